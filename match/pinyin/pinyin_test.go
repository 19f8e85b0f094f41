package pinyin_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/pinyin"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":             "",
		"重庆长安汽车":       "chong qing chang an qi che",
		"重慶銀行":         "chong qing yin hang",
		"河北建设集团股份有限公司": "he bei jian she ji tuan gu fen you xian gong si",
		"成都音乐都会":       "cheng du yin yue du hui",
		"ABC公司 no 1":   "ABC gong si no 1",
		"厦门大厦":         "xia men da sha",
		"六安 Lu'an 会计":  "lu an Lu'an kuai ji",
		"呂布":           "lu bu",
		"宝坻旅行社":        "bao di lu xing she",
		"名著":           "ming zhu",
		"三菱UFJ銀行":      "san ling UFJ yin hang",
	} {
		if got := pinyin.Text(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestPerson(t *testing.T) {
	for in, want := range map[string]string{
		"单雄信": "shan, xiong xin", "仇英": "qiu, ying", "区伟": "ou, wei", "解晓东": "xie, xiao dong", "查良镛": "zha, liang yong", "曾国藩": "zeng, guo fan",
		"任正非": "ren, zheng fei", "欧阳修": "ouyang, xiu", "歐陽修": "ouyang, xiu", "尉迟恭": "yuchi, gong", "万俟卨": "moqi, xie", "万里": "wan, li",
		"朴树": "piao, shu", "缪贤": "miao, xian", "盖叫天": "ge, jiao tian", "翟志刚": "zhai, zhi gang", "王伟": "wang, wei", "張偉": "zhang, wei", "乐嘉": "yue, jia",
	} {
		family, given, ok := pinyin.Person(in)
		if got := family + ", " + given; !ok || got != want {
			t.Errorf("%s: got %s (%v), want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "王", "John", "王 伟", "河北建设集团有限公司", "王\x00"} {
		if _, _, ok := pinyin.Person(in); ok {
			t.Errorf("%q was read as a person", in)
		}
	}
}

func TestSurname(t *testing.T) {
	for han, some := range map[string]string{
		"陳": "chen chan tan", "张": "zhang chang cheung", "李": "li lee", "黄": "huang wong ng", "徐": "xu hsu tsui", "邱": "qiu chiu khoo", "区": "ou au",
		"欧阳": "ouyang auyeung", "朱": "zhu chu", "蔡": "cai tsai choi", "谢": "xie hsieh tse", "郭": "guo kuo kwok", "吕": "lu lyu", "曾": "zeng tseng tsang",
	} {
		got := strings.Join(pinyin.Surname(han), " ")
		for _, s := range strings.Fields(some) {
			if !slices.Contains(strings.Fields(got), s) {
				t.Errorf("%s: %q is not among %s", han, s, got)
			}
		}
	}
	if got := pinyin.Surname("Li"); len(got) > 0 {
		t.Errorf("Li: %v", got)
	}
}

func TestWadeGiles(t *testing.T) {
	for in, want := range map[string]string{
		"zhong guo": "chung kuo", "jiang jie shi": "chiang chieh shih", "mao ze dong": "mao tse tung", "deng xiao ping": "teng hsiao ping",
		"si": "ssu", "xue": "hsueh", "ren": "jen", "tai bei": "tai pei", "gao xiong": "kao hsiung", "yan": "yen", "ou yang": "ou yang",
	} {
		if got := pinyin.WadeGiles(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestReadings(t *testing.T) {
	for r, some := range map[rune]string{'单': "dan shan chan", '行': "xing hang", '乐': "le yue", '一': "yi", '著': "zhu", '龍': "long"} {
		got := pinyin.Readings(r)
		if len(got) == 0 || got[0] != strings.Fields(some)[0] {
			t.Fatalf("%c: %v", r, got)
		}
		for _, s := range strings.Fields(some) {
			if !slices.Contains(got, s) {
				t.Errorf("%c: %q is not among %v", r, s, got)
			}
		}
	}
	if got := pinyin.Readings('a'); got != nil {
		t.Errorf("a: %v", got)
	}
}

// TestTables finds slips of the pen: two entries for one word, a syllable too few
// or one that nobody says, a traditional character where keys are simplified.
func TestTables(t *testing.T) {
	syllables := map[string]bool{}
	for r := rune(0x4E00); r < 0xA000; r++ {
		for _, s := range pinyin.Readings(r) {
			syllables[s] = true
		}
	}
	for name, table := range pinyin.Tables {
		seen := map[string]bool{}
		for _, entry := range strings.FieldsFunc(table, func(r rune) bool { return r == '|' || r == '\n' }) {
			parts := strings.Fields(entry)
			key, reading := parts[0], parts[1:]
			if seen[key] {
				t.Errorf("%s has %s twice", name, key)
			}
			seen[key] = true
			if simple := strings.Map(fold.Han, key); simple != key && name != "surnames" {
				t.Errorf("%s: %s is not simplified, %s is", name, key, simple)
			}
			if name == "spellings" {
				continue
			}
			if len(reading) != utf8.RuneCountInString(key) {
				t.Errorf("%s: %s has %d syllables", name, key, len(reading))
			}
			for _, s := range reading {
				if !syllables[s] {
					t.Errorf("%s: %s is read %q, which is no syllable", name, key, s)
				}
			}
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("重庆 a 银行b")
	f.Add("\xff重")
	f.Fuzz(func(t *testing.T, s string) {
		if got := pinyin.Text(s); utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q became %q", s, got)
		}
		pinyin.Person(s)
		pinyin.Surname(s)
	})
}

func BenchmarkText(b *testing.B) {
	for b.Loop() {
		pinyin.Text("河北建设集团股份有限公司")
	}
}
