package form_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/form"
)

func TestSplit(t *testing.T) {
	for name, want := range map[string]string{
		"":             "",
		"河北建设集团股份有限公司": "河北建设集团 [股份有限公司]",
		"台灣積體電路製造股份有限公司":                     "台湾积体电路制造 [股份有限公司]",
		"Hebei Construction Group Co., Ltd.": "hebei construction group [co ltd]",
		"ООО «Ромашка»":                      "ромашка [ооо]",
		"Общество с ограниченной ответственностью \"Ромашка\"": "ромашка [общество с ограниченной ответственностью]",
		"Müller GmbH & Co. KG":          "muller [gmbh and co kg]",
		"株式会社トヨタ":                       "トヨタ [株式会社]",
		"トヨタ自動車㈱":                       "トヨタ自动车 [株]",
		"주식회사 삼성전자":                     "삼성전자 [주식회사]",
		"PT Bank Mandiri (Persero) Tbk": "bank mandiri [persero tbk pt]",
		"บริษัท ไทยเบฟ จำกัด (มหาชน)": "ไทยเบฟ [จํากัดมหาชน บริษัท]",
		"Petróleo Brasileiro S.A.": "petroleo brasileiro [sa]",
		"Acme":                     "acme []",
		"Limited":                  "limited []",
		"Co Ltd":                   "co ltd []",
		"公司":                       "公司 []",
		"S.A.R.L. Dupont":          "dupont [sarl]",
		"威海建设集团股份有限公司城阳分公司":                "威海建设集团股份有限公司城阳 [分公司]",
		"Beta Corp, Representative Office": "beta [representative office corp]",
		"Sanayi Ltd. Şti.":                 "sanayi [ltd sti]",
		"Cemex S. A. B. de C. V.":          "cemex [s a b de c v]",
		"Kowalski Sp. z o.o.":              "kowalski [sp z oo]",
	} {
		p := form.Split(fold.Text(name))
		var forms []string
		for _, f := range p.Forms {
			forms = append(forms, f.Text)
		}
		got := strings.TrimSpace(p.Core + " [" + strings.Join(forms, " ") + "]")
		if name == "" {
			got = p.Core
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	kinds := func(name string) form.Kind { return form.Split(fold.Text(name)).Kinds() }
	for _, same := range []string{"X 有限责任公司|X Co., Ltd.|X LLC|X GmbH|ООО X|X S.r.l.|X Sp. z o.o.|X Pte Ltd|X 有限公司|X|X Company", "X 股份有限公司|X AG|X JSC|ПАО X|X S.A.|X PLC|X Co., Ltd.", "X 分公司|X Branch"} {
		names := strings.Split(same, "|")
		for _, n := range names[1:] {
			if !kinds(names[0]).Alike(kinds(n)) {
				t.Errorf("%s and %s are not alike", names[0], n)
			}
		}
	}
	for _, other := range []string{"X 有限责任公司|X 股份有限公司", "X GmbH|X AG", "X Co., Ltd.|X 分公司", "X Ltd|X Foundation", "X|X Branch"} {
		a, b, _ := strings.Cut(other, "|")
		if kinds(a).Alike(kinds(b)) {
			t.Errorf("%s and %s are alike", a, b)
		}
	}
}

func TestParent(t *testing.T) {
	for name, want := range map[string]string{
		"威海建设集团股份有限公司第一建筑分公司":                                    "威海建设集团股份有限公司|第一建筑",
		"中国移动通信集团北京有限公司海淀分公司":                                    "中国移动通信集团北京有限公司|海淀",
		"中国银行股份有限公司北京市分行":                                        "中国银行股份有限公司|北京市",
		"中国银行北京支行":                                               "中国银行|北京",
		"Chengyang Branch of Weihai Construction Group Co. Ltd.": "weihai construction group co ltd|chengyang",
		"Weihai Construction Group Co. Ltd. Chengyang Branch":    "weihai construction group co ltd|chengyang",
		"Beta Corp, Representative Office":                       "beta corp|",
		"Olive Branch":                                           "",
		"分公司":                                                    "",
		"Bank of China":                                          "",
		"河北建设集团有限公司":                                             "",
	} {
		parent, branch, ok := form.Parent(fold.Text(name))
		got := parent + "|" + branch
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// TestJurisdictions holds what was promised: thirty at least, each with a form of
// more than one kind or spelling.
func TestJurisdictions(t *testing.T) {
	var countries []string
	for _, f := range form.All() {
		for _, c := range f.Countries {
			if !slices.Contains(countries, c) {
				countries = append(countries, c)
			}
		}
	}
	if len(countries) < 30 {
		t.Errorf("%d countries: %v", len(countries), countries)
	}
}

// TestAgainstLists asks how many abbreviations of ISO 20275, as GLEIF publishes
// it, are known for the countries held here.
func TestAgainstLists(t *testing.T) {
	dir := os.Getenv("STANDING_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	codes, err := os.ReadFile(filepath.Join(dir, "data/names/elf-codes-1.4.1.csv"))
	if err != nil {
		t.Log("not compared with ISO 20275")
		t.Skip("shared data absent: " + err.Error())
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(codes), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, f := range form.All() {
		for _, c := range f.Countries {
			held[c] = true
		}
	}
	known, total := 0, 0
	var unknown []string
	for _, row := range rows[1:] {
		if !held[row[2]] || row[12] != "ACTV" {
			continue
		}
		for abbreviation := range strings.SplitSeq(row[9], ";") {
			if abbreviation = strings.TrimSpace(abbreviation); abbreviation == "" {
				continue
			}
			total++
			if p := form.Split(fold.Text("xyzzy " + abbreviation + " ")); p.Core == "xyzzy" {
				known++
			} else if p := form.Split(fold.Text(abbreviation + " xyzzy")); p.Core == "xyzzy" {
				known++
			} else {
				unknown = append(unknown, row[2]+" "+abbreviation)
			}
		}
	}
	t.Logf("%d of %d abbreviations of ISO 20275 are known; not: %v", known, total, unknown)
	if known*10 < total*6 {
		t.Errorf("only %d of %d abbreviations are known", known, total)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("Müller GmbH & Co. KG")
	f.Add("威海建设集团股份有限公司第一建筑分公司")
	f.Add("บริษัท จำกัด")
	f.Fuzz(func(t *testing.T, s string) {
		folded := fold.Text(s)
		p := form.Split(folded)
		if p.Core != folded[p.From:p.To] || p.Core == "" && folded != "" || strings.Trim(p.Core, " ") != p.Core {
			t.Errorf("%q: %+v", folded, p)
		}
		if parent, _, ok := form.Parent(folded); ok && parent == "" {
			t.Errorf("%q is a branch of nobody", folded)
		}
	})
}
