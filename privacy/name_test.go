package privacy_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openstanding/standing/privacy"
)

var names = []struct{ in, normal, mask string }{
	// Han: no case, no word spaces, padding and interpuncts go.
	{"张三丰", "张三丰", "张＊＊"},
	{"张　三", "张三", "张＊"},
	{"张 三", "张三", "张＊"},
	{"王", "王", "＊"},
	{"阿不都·热合曼", "阿不都热合曼", "阿＊＊＊＊＊＊"},
	{"阿不都•热合曼", "阿不都热合曼", "阿＊＊＊＊＊＊"},
	{"示例（上海）贸易有限公司", "示例上海贸易有限公司", "示＊＊＊＊＊＊＊＊＊＊＊"},
	{"示例(上海)贸易有限公司", "示例上海贸易有限公司", "示＊＊＊＊＊＊＊＊＊＊＊"},
	{"ＡＢＣ 科技公司", "abc科技公司", "Ａ*** 科***"},
	{"田中 太郎", "田中太郎", "田＊＊＊"},
	{"𠮷野家", "𠮷野家", "𠮷＊＊"},
	// Latin.
	{"John Smith", "john smith", "J*** S***"},
	{"  JOHN \t  SMITH ", "john smith", "J*** S***"},
	{"O'Neil-Example, Mary", "oneilexample mary", "O*** M***"},
	{"Johnson & Johnson", "johnson and johnson", "J*** J***"},
	{"A&B", "a and b", "A***"},
	{"A＆B", "a and b", "A***"},
	{"Example Co., Ltd.", "example co ltd", "E*** C*** L***"},
	{"ＥＸＡＭＰＬＥ　ＬＴＤ", "example ltd", "Ｅ*** Ｌ***"},
	{"Straße", "strasse", "S***"},
	{"José", "josé", "J***"},
	{"Jose\u0301", "josé", "J***"},
	{"E\u0301lodie", "élodie", "É***"},
	{"“Quoted” Name", "quoted name", "Q*** N***"},
	{"ﬁrm", "firm", "ﬁ***"},
	{"Ex\u200bam\u00adple", "example", "E***"},
	{"X", "x", "X***"},
	{"3 Suisses", "3 suisses", "S***"},
	// Other scripts.
	{"Иван Петров", "иван петров", "И*** П***"},
	{"ΣΊΣΥΦΟΣ", "σίσυφοσ", "Σ***"},
	{"홍길동", "홍길동", "홍***"},
	{"محمد علي", "محمد علي", "م*** ع***"},
	// No names.
	{"", "", "***"},
	{" \u3000\t", "", "***"},
	{"...!?", "", "***"},
	{"11000018000101003X", "11000018000101003x", "X***"},
	{"110000180001010013", "110000180001010013", "***"},
	{"bad \xff utf-8", "", "***"},
	{strings.Repeat("a", 1024), strings.Repeat("a", 1024), "a***"},
	{strings.Repeat("a", 1025), "", "a***"},
	{strings.Repeat("\ufdfa", 100), "", "\ufdfa***"}, // one rune, eighteen when normalised
	{strings.Repeat("a", 5000), "", "***"},
}

func TestNames(t *testing.T) {
	for _, n := range names {
		if got := privacy.NormalName(n.in); got != n.normal {
			t.Errorf("NormalName(%.40q) = %q, want %q", n.in, got, n.normal)
		}
		if got := privacy.Mask(n.in); got != n.mask {
			t.Errorf("Mask(%.40q) = %q, want %q", n.in, got, n.mask)
		}
	}
}

func TestKeyTexts(t *testing.T) {
	if got := privacy.NameKeyText("Example Co., Ltd."); got != "name:example co ltd" {
		t.Errorf("NameKeyText = %q", got)
	}
	if got := privacy.NameKeyText("--"); got != "" {
		t.Errorf("NameKeyText of no name = %q", got)
	}
	for _, c := range []struct {
		name, birth, country string
		want                 []string
	}{
		{"张三", "1980-01-02", "cn", []string{"name+birthdate:张三|1980-01-02", "name+country:张三|CN"}},
		{"John Smith", "1980", "", []string{"name+birthdate:john smith|1980"}},
		{"John|Smith: X", "", " gb ", []string{"name+country:johnsmith x|GB"}},
		{"John Smith", "", " ", nil},
		{"", "1980-01-02", "CN", nil},
	} {
		if got := privacy.PersonKeyTexts(c.name, c.birth, c.country); !slices.Equal(got, c.want) {
			t.Errorf("PersonKeyTexts(%q, %q, %q) = %q, want %q", c.name, c.birth, c.country, got, c.want)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, n := range names {
		f.Add(n.in)
	}
	f.Fuzz(func(t *testing.T, name string) {
		n := privacy.NormalName(name)
		if again := privacy.NormalName(n); again != n {
			t.Errorf("NormalName(%q) = %q, and of that %q", name, n, again)
		}
		if utf8.RuneCountInString(n) > privacy.MaxNameRunes || !utf8.ValidString(n) {
			t.Errorf("NormalName(%q) = %q", name, n)
		}
		if strings.ContainsAny(n, "|:&.,") || strings.TrimSpace(n) != n || strings.Contains(n, "  ") {
			t.Errorf("NormalName(%q) = %q", name, n)
		}
		m := privacy.Mask(name)
		if !strings.Contains(m, "***") && !strings.Contains(m, "＊") || !utf8.ValidString(m) {
			t.Errorf("Mask(%q) = %q hides nothing", name, m)
		}
	})
}

func BenchmarkNormalName(b *testing.B) {
	for _, name := range []string{"示例（上海）贸易有限公司", "Example Trading Co., Ltd.", "José Example"} {
		b.Run(name[:3], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				privacy.NormalName(name)
			}
		})
	}
}
