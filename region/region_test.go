package region_test

import (
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/region"
)

func TestParse(t *testing.T) {
	for _, good := range []string{"*", "CN", "CN/37", "CN/37/10", "CN/37/10/82", "US", "DE", "GB/ENG", "BR/MG"} {
		id, err := region.Parse(good)
		if err != nil || string(id) != good {
			t.Errorf("Parse(%q) = %q, %v", good, id, err)
		}
	}
	bad := map[string]string{
		"":               "segment",
		"cn":             "segment",
		"C":              "segment",
		"CHN":            "country",
		"37":             "country",
		"CN/":            "segment",
		"/CN":            "segment",
		"CN//37":         "segment",
		"CN/3":           "segment",
		"CN/3710":        "segment",
		"CN/37/10/82/01": "5 segments",
		"CN/*":           "segment",
		"**":             "segment",
		"CN/37 ":         "segment",
		"ＣＮ":             "segment",
	}
	for text, says := range bad {
		if id, err := region.Parse(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Parse(%q) = %q, %v; want an error that says %q", text, id, err, says)
		}
	}
}

func TestUnmarshalText(t *testing.T) {
	var id region.ID
	if err := id.UnmarshalText([]byte("BR/MG")); err != nil || id != "BR/MG" {
		t.Errorf("UnmarshalText(BR/MG) = %q, %v", id, err)
	}
	if err := id.UnmarshalText([]byte("br/mg")); err == nil || id != "BR/MG" {
		t.Errorf("UnmarshalText(br/mg) = %q, %v; want an error and no change", id, err)
	}
}

func TestContains(t *testing.T) {
	tests := []struct {
		outer, inner region.ID
		want         bool
	}{
		{"*", "CN/37/10/82", true},
		{"*", "*", true},
		{"CN", "*", false},
		{"CN", "CN", true},
		{"CN", "CN/37/10/82", true},
		{"CN/37/10", "CN/37/10/82", true},
		{"CN/37/10/82", "CN/37/10", false},
		{"CN/37", "CN/371", false}, // a segment, not a prefix of bytes
		{"CN/37", "CN/32/03/24", false},
		{"CN", "HK", false},
		{"", "CN", false},
		{"*", "", false},
	}
	for _, test := range tests {
		if got := region.Contains(test.outer, test.inner); got != test.want {
			t.Errorf("Contains(%q, %q) = %v, want %v", test.outer, test.inner, got, test.want)
		}
	}
}

func TestGB2260(t *testing.T) {
	codes := map[string]region.ID{
		"371082": "CN/37/10/82",
		"371000": "CN/37/10",
		"370000": "CN/37",
		"100000": "CN",
		"110108": "CN/11/01/08",
		"310115": "CN/31/01/15",
		"810000": "CN/81",
		"110103": "CN/11/01/03", // closed in 2010
		"110199": "CN/11/01/99", // never in the table
	}
	for code, want := range codes {
		got, err := region.FromGB2260(code)
		if err != nil || got != want {
			t.Errorf("FromGB2260(%q) = %q, %v; want %q", code, got, err, want)
		}
		if back, ok := got.GB2260(); !ok || back != code {
			t.Errorf("%q.GB2260() = %q, %v; want %q", got, back, ok, code)
		}
	}
	for _, bad := range []string{"", "37108", "3710820", "37108X", "990000", "370082", "000000", "３71082"} {
		if id, err := region.FromGB2260(bad); err == nil {
			t.Errorf("FromGB2260(%q) = %q, want an error", bad, id)
		}
	}
	for _, id := range []region.ID{"", "*", "US", "BR/MG", "CN/37/1", "CN/ABC"} {
		if code, ok := id.GB2260(); ok {
			t.Errorf("%q.GB2260() = %q, want none", id, code)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		id       region.ID
		en, zh   string
		fen, fzh string
	}{
		{"*", "Everywhere", "全球", "Everywhere", "全球"},
		{"CN", "China", "中国", "China", "中国"},
		{"CN/37/10/82", "Rongcheng", "荣成市", "Rongcheng, Weihai, Shandong", "山东省威海市荣成市"},
		{"CN/11/01/08", "Haidian District", "海淀区", "Haidian District, Beijing", "北京市海淀区"},
		{"CN/32/03/24", "Suining County", "睢宁县", "Suining County, Xuzhou, Jiangsu", "江苏省徐州市睢宁县"},
		{"CN/61/01", "Xi'an", "西安市", "Xi'an, Shaanxi", "陕西省西安市"},
		{"CN/35/02", "Xiamen", "厦门市", "Xiamen, Fujian", "福建省厦门市"},
		{"CN/42/90/21", "Shennongjia Forestry District", "神农架林区", "Shennongjia Forestry District, Hubei", "湖北省神农架林区"},
		{"CN/14/01/09", "Wanbailin District", "万柏林区", "Wanbailin District, Taiyuan, Shanxi", "山西省太原市万柏林区"},
		{"BR/MG", "Minas Gerais", "米纳斯吉拉斯州", "Minas Gerais", "米纳斯吉拉斯州"},
	}
	for _, test := range tests {
		if en, zh := region.Name(test.id, "en"), region.Name(test.id, "zh"); en != test.en || zh != test.zh {
			t.Errorf("Name(%q) = %q, %q; want %q, %q", test.id, en, zh, test.en, test.zh)
		}
		if en, zh := region.FullName(test.id, "en"), region.FullName(test.id, "zh"); en != test.fen || zh != test.fzh {
			t.Errorf("FullName(%q) = %q, %q; want %q, %q", test.id, en, zh, test.fen, test.fzh)
		}
	}
	if got := region.Name("XX/YY", "en"); got != "XX/YY" {
		t.Errorf("an unknown region is named %q, want its ID", got)
	}
	if got := region.Name("CN", "pt"); got != "China" {
		t.Errorf("Name(CN, pt) = %q, want the English name", got)
	}
}

func TestKnown(t *testing.T) {
	for _, id := range []region.ID{"*", "AD", "ZW", "CN/37/10/82", "CN/11/01/03", "BR/MG", "US/DC", "DE/TH", "GB/WLS"} {
		if !region.Known(id) {
			t.Errorf("%q is not known", id)
		}
	}
	for _, id := range []region.ID{"", "#", "AA", "ZZ", "EU", "CN/37/10/99", "US/ZZ", "CN/3", "CN/13/01/71"} {
		if region.Known(id) {
			t.Errorf("%q is known", id)
		}
	}
}

func TestValidAt(t *testing.T) {
	tests := []struct {
		id   region.ID
		day  string
		want bool
	}{
		{"*", "1000-01-01", true},
		{"CN/37/10/82", "1988-12-31", false},
		{"CN/37/10/82", "1989-01-01", true},
		{"CN/31/01/15", "1991-12-31", false},
		{"CN/11/01/03", "2010-06-30", true},
		{"CN/11/01/03", "2010-07-01", false},
		{"CN/50", "1997-03-13", false},
		{"CN/11/01/08", "1949-10-01", true}, // open
		{"CN/99", "2020-01-01", false},
	}
	for _, test := range tests {
		day, err := time.Parse(time.DateOnly, test.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := region.ValidAt(test.id, day); got != test.want {
			t.Errorf("ValidAt(%q, %s) = %v, want %v", test.id, test.day, got, test.want)
		}
	}
}

func TestChildren(t *testing.T) {
	counts := map[region.ID]int{"*": 249, "BR": 27, "US": 51, "DE": 16, "GB": 4, "CN": 34, "CN/37/10": 4, "CN/37/10/82": 0, "": 0, "FR": 0}
	for id, want := range counts {
		children := region.Children(id)
		if len(children) != want {
			t.Errorf("%q has %d children, want %d: %v", id, len(children), want, children)
		}
		if !slices.IsSorted(children) {
			t.Errorf("the children of %q are out of order", id)
		}
		for _, child := range children {
			if parent, ok := child.Parent(); !ok || parent != id || child.Depth() != id.Depth()+1 {
				t.Errorf("%q, a child of %q, says that its parent is %q", child, id, parent)
			}
		}
	}
}

// TestEveryLine walks the whole table: each ID parses, is found, is named in
// both languages and hangs below a region that is in the table too.
func TestEveryLine(t *testing.T) {
	ids := everyID(t)
	if !slices.IsSorted(ids) {
		t.Error("data/regions.txt is not sorted by ID")
	}
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error("data/regions.txt has an ID twice")
	}
	for _, id := range ids {
		if _, err := region.Parse(string(id)); err != nil {
			t.Error(err)
		}
		if !region.Known(id) {
			t.Errorf("%q is in the table and not found", id)
		}
		for _, lang := range []string{"en", "zh"} {
			if name := region.Name(id, lang); name == "" || name == string(id) || strings.TrimSpace(name) != name {
				t.Errorf("%q is named %q in %s", id, name, lang)
			}
		}
		if parent, ok := id.Parent(); !ok || !region.Known(parent) || !region.Contains(parent, id) {
			t.Errorf("%q hangs below %q, which the table lacks", id, parent)
		}
	}
}

// TestDigest makes every change of the table deliberate: a new digest comes
// with a new version.
func TestDigest(t *testing.T) {
	digest := region.Digest()
	const want = "2026.1 1ccf4d3b16c087572a1fb1aa863a662384b230784e14336e1a9ba13e485da74d"
	if got := region.Version + " " + hex.EncodeToString(digest[:]); got != want {
		t.Errorf("the table is %s, want %s", got, want)
	}
}

// TestContainsIsAnOrder holds that containment is reflexive, antisymmetric and
// transitive, and that World is its top.
func TestContainsIsAnOrder(t *testing.T) {
	ids := append(everyID(t), region.World)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := rapid.SampledFrom(ids).Draw(t, "a"), rapid.SampledFrom(ids).Draw(t, "b"), rapid.SampledFrom(ids).Draw(t, "c")
		if !region.Contains(a, a) || !region.Contains(region.World, a) {
			t.Fatalf("%q is outside itself or the world", a)
		}
		if a != b && region.Contains(a, b) && region.Contains(b, a) {
			t.Fatalf("%q and %q contain each other", a, b)
		}
		for up, ok := c.Parent(); ok; up, ok = up.Parent() {
			if !region.Contains(up, c) {
				t.Fatalf("%q is not in %q, which is above it", c, up)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"*", "CN", "CN/37/10/82", "cn", "", "CN//", "GB/ENG"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := region.Parse(text)
		if err != nil {
			return
		}
		if string(id) != text {
			t.Errorf("Parse(%q) = %q", text, id)
		}
		if id.Depth() > 4 || !region.Contains(region.World, id) {
			t.Errorf("%q has depth %d", id, id.Depth())
		}
		region.FullName(id, "zh")
	})
}

func FuzzFromGB2260(f *testing.F) {
	for _, seed := range []string{"371082", "370000", "100000", "", "37108X"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		id, err := region.FromGB2260(code)
		if err != nil {
			return
		}
		if back, ok := id.GB2260(); !ok || back != code {
			t.Errorf("%q gives %q, which gives %q", code, id, back)
		}
		if _, err := region.Parse(string(id)); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkName(b *testing.B) {
	for b.Loop() {
		region.Name("CN/37/10/82", "zh")
	}
}

func everyID(t *testing.T) []region.ID {
	text, err := os.ReadFile("data/regions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var ids []region.ID
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			id, _, _ := strings.Cut(line, "\t")
			ids = append(ids, region.ID(id))
		}
	}
	return ids
}
