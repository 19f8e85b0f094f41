package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		" \t...—!":                     "",
		"Beijing  Cheng-Lan Co., Ltd.": "beijing cheng lan co ltd",
		"株式會社 ＡＢＣ（Żółć）":               "株式会社abc zolc",
		"株式會社　ＡＢＣ":                     "株式会社abc",
		"㍿トヨタ":                         "株式会社トヨタ",
		"ｱｲﾁｹﾞﾝ":                       "アイチゲン",
		"北 京 市":                        "北京市",
		"ABC 公司 XYZ":                   "abc公司xyz",
		"臺灣積體電路製造股份有限公司":            "台湾积体电路制造股份有限公司",
		"說 説 说 黃 黄 産業 衛 関西 電気":      "说说说黄黄产业卫关西电气",
		"Société Générale S.A.R.L.": "societe generale sarl",
		"J.P.Morgan & Co":           "jp morgan and co",
		"S.p.A":                     "spa",
		"sp. z o.o.":                "sp z oo",
		"No.1 A.1":                  "no 1 a 1",
		"O’Brien O'Neill":           "obrien oneill",
		"INT'L":                     "intl",
		"Straße STRASSE ﬁn":         "strasse strasse fin",
		"Łódź Ørsted Þór Əliyev İstanbul ısı": "lodz orsted thor aliyev istanbul isi",
		"ОАО «Ёлкин Йод»":                     "оао елкин йод",
		"и\u0306од И\u0306ОД":                 "йод йод",
		"Ελλάς ΑΒΓΏ":                          "ελλασ αβγω",
		"شَرِكَة أحمد إبراهيم علی":            "شركه احمد ابراهيم علي",
		"שָׁלוֹם":                             "שלומ",
		"٣٤ ３４":                               "34 34",
		"삼성 전자":                               "삼성전자",
		"บริษัท ไทย จำกัด":                    "บริษัทไทยจํากัด",
		"राम शर्मा":                           "राम शर्मा",
		"a\u200db\u00adc\ufeffd":              "abcd",
		"a\x00b\x01c":                         "a b c",
		"\xffab\xed\xa0\x80c\xc0":             "ab c",
		"x😀y":                                 "x y",
		"𝔘𝔫𝔦 ①Ⅳ":                              "uni 1iv",
		"\u202eabc\u202c":                     "abc",
	} {
		if got := fold.Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	got := strings.Join(fold.Words(" 北京 科技 (Holdings) ABC公司, "), "|")
	if want := "北京|科技|holdings|abc公司"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStarts(t *testing.T) {
	for in, want := range map[string]string{
		"Cheng Lan": "^cheng ^lan",
		"ABC公司12号x": "^abc^公^司^12^号^x",
		"ไทย จำกัด": "^ไ^ท^ย^จํ^า^กั^ด",
		"राम शर्मा": "^राम ^शर्मा",
		"第1建筑é":     "^第^1^建^筑^e",
	} {
		text := []byte(fold.Text(in))
		var b strings.Builder
		for i, r := range string(text) {
			if r != ' ' && fold.Starts(text, i) {
				b.WriteByte('^')
			}
			b.WriteRune(r)
		}
		if b.String() != want {
			t.Errorf("%q: got %s, want %s", in, b.String(), want)
		}
	}
}

func TestMap(t *testing.T) {
	const s = "「Żółć & S.A.」 會社 x½y"
	m := fold.Map(s)
	for part, want := range map[string]string{"zolc": "Żółć", "and": "&", "sa": "S.A", "会": "會", "会社": "會社", "l": "ł", "x1": "x½", "2y": "½y"} {
		at := strings.Index(m.Text, part)
		if at < 0 {
			t.Fatalf("%q is not in %q", part, m.Text)
		}
		from, to := m.Source(at, at+len(part))
		if got := s[from:to]; got != want {
			t.Errorf("%q came from %q, want %q", part, got, want)
		}
	}
}

func TestEveryCharacter(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		once := fold.Text("a" + string(r) + "b")
		if twice := fold.Text(once); twice != once {
			t.Errorf("%U: once %q, twice %q", r, once, twice)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Żółć S.A. & Co", "臺灣 ㍿", "и\u0306", "\xff\x00", "ΐ\u0345ŉ", "ﷺ", "ẞ", "e\u0301\u0301", "กำ", "각\u11a8", "क\u093c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := fold.Text(s)
		if twice := fold.Text(once); twice != once {
			t.Errorf("%q: once %q, twice %q", s, once, twice)
		}
		if !utf8.ValidString(once) || strings.Contains(once, "  ") || strings.Trim(once, " ") != once || strings.ContainsFunc(once, func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q is not clean: %q", s, once)
		}
		m := fold.Map(s)
		if m.Text != once {
			t.Errorf("%q: Map has %q, Text %q", s, m.Text, once)
		}
		last := 0
		for i := range len(m.Text) {
			from, to := m.Source(i, i+1)
			if from >= to || to > len(s) || from < last {
				t.Fatalf("%q: byte %d came from %d..%d, the one before from %d", s, i, from, to, last)
			}
			last = from
		}
		if joined := fold.Text(strings.Join(fold.Words(s), " ")); joined != once {
			t.Errorf("%q: words give %q, text %q", s, joined, once)
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"English": "Zhengzhou Chenglanji Information Consulting Co., Ltd.", "Chinese": "郑州市澄岚霁信息咨询有限责任公司", "Russian": "Общество с ограниченной ответственностью", "French": "Société Générale de Développement",
	} {
		b.Run(name, func(b *testing.B) {
			var dst []byte
			for b.Loop() {
				dst = fold.Append(dst[:0], s)
			}
		})
	}
}
