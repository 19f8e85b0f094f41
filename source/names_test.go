package source_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

func TestNameParts(t *testing.T) {
	for _, c := range []struct{ printed, name, others, idents, notes string }{
		{"Alfa Ltd.", "Alfa Ltd.", "", "", ""},
		{"Alfa Ltd. (formerly Beta Ltd.)", "Alfa Ltd.", "Beta Ltd.", "", ""},
		{"Alfa S.A.S.(formerly Beta Ltda.)", "Alfa S.A.S.", "Beta Ltda.", "", ""},
		{"Alfa Ltd, formerly known as Beta Ltd", "Alfa Ltd", "Beta Ltd", "", ""},
		{"Alfa (also known as Beta b.v.; also d.b.a. Gamma)", "Alfa", "Beta b.v.|Gamma", "", ""},
		{"LTD Alfa Also doing business as Beta LLC", "LTD Alfa", "Beta LLC", "", ""},
		{"Alfa Person, also doing business under Beta or Gamma", "Alfa Person", "Beta|Gamma", "", ""},
		{"Alfa may also be doing business as  Beta", "Alfa", "Beta", "", ""},
		{"Alfa (formerly operating as: Beta)", "Alfa", "Beta", "", ""},
		{"Alfa (Currently doing business as 'Beta')", "Alfa", "Beta", "", ""},
		{"Alfa (also know as Beta)", "Alfa", "Beta", "", ""},
		{"ALFA A/K/A BETA", "ALFA", "BETA", "", ""},
		{"ALFA D/B/A BETA", "ALFA", "BETA", "", ""},
		{"PEARL (A.K.A. ALFA BETA) LI", "PEARL LI", "ALFA BETA", "", ""},
		{"Alfa, f/k/a Beta", "Alfa", "Beta", "", ""},
		{"Alfa LLC aka Beta ", "Alfa LLC", "Beta", "", ""},
		{"Jean Aka Exemple", "Jean Aka Exemple", "", "", ""}, // a family name
		{"“Alfa” LLP (“Alfa”)", "“Alfa” LLP", "Alfa", "", ""},
		{"Alfa Eireli (“ALFA”),", "Alfa Eireli", "ALFA", "", ""},
		{"Alfa Ltd. (“BETA)", "Alfa Ltd.", "BETA", "", ""},
		{"Alfa (ALF)", "Alfa (ALF)", "", "", ""}, // not marked as another name
		{"Alfa (Beijing) Co., Ltd.", "Alfa (Beijing) Co., Ltd.", "", "", ""},
		{"Alfa Ltd. (", "Alfa Ltd.", "", "", ""},
		{"Alfa JSC,", "Alfa JSC", "", "", ""},
		{"Alfa Ltda (CNPJ: 20. 182.043/0001-42)", "Alfa Ltda", "", "br-cnpj:20182043000142", ""},
		{"Alfa Ltda (CNPJ: 20.182.043/0001-43)", "Alfa Ltda", "", "", "br-cnpj left out"},
		{"Alfa (TIN No. 304332224)", "Alfa", "", "ref:TIN 304332224", ""},
		{"Alfa Co., Ltd. (Reg. No. 0205556035570)", "Alfa Co., Ltd.", "", "ref:REG 0205556035570", ""},
		{"Mr. Alfa and any entity controlled directly or indirectly by Mr. Alfa, which was", "Mr. Alfa", "", "", "each addressee must be named"},
		{"Mr. Alfa (“Mr. A”) c/o Beta S.A", "Mr. Alfa", "Mr. A", "", "c/o Beta S.A"},
		{"(formerly Alfa)", "(formerly Alfa)", "", "", ""}, // nothing else would be left
	} {
		rows, rejects := read(t, bare("")[:len("mapping: 1\nsource: test\n")]+
			"name: {column: Name, parts: true}\nkey: [Name]\neffects: [{effect: record}]\n", "Name\n\""+strings.ReplaceAll(c.printed, `"`, `""`)+"\"\n")
		if len(rows) != 1 {
			t.Errorf("%s: %+v", c.printed, rejects)
			continue
		}
		r := rows[0]
		var idents []string
		for _, id := range r.Identifiers {
			idents = append(idents, id.Scheme+":"+id.Value)
		}
		if r.Name != c.name || strings.Join(r.OtherNames, "|") != c.others || strings.Join(idents, "|") != c.idents ||
			(c.notes == "") != (len(r.Notes) == 0) || !strings.Contains(strings.Join(r.Notes, "|"), c.notes) {
			t.Errorf("%s:\n got %q %q %q %q", c.printed, r.Name, r.OtherNames, idents, r.Notes)
		}
	}
}

func TestLimitedEntry(t *testing.T) {
	for _, name := range []string{
		"Alfa Water (but only for its business operations in one Sector)",
		"ALFA WATER business operations in the Water and Sanitation Sector",
	} {
		_, rejects := readWith(t, "iadb", "Title,Entity,Nationality,Country,From,To,Grounds,Source,IDB Sanction Type,IDB Sanction Source,Other Name\n"+
			name+",Firm,France,,\"Jul 03, 2024\",Ongoing,Fraud,IDB,Debarment,,\n", source.Options{})
		if len(rejects) != 1 || rejects[0].Code != source.Limited {
			t.Errorf("%s: %+v", name, rejects)
		}
	}
}

func TestOtherNames(t *testing.T) {
	for printed, want := range map[string][]string{
		"示例 有限公司":              {"示例有限公司"},
		"示例集团有限公司, 示例":         {"示例集团有限公司", "示例"},
		"Alfa Group Co., Ltd.": {"Alfa Group Co., Ltd."},
		"Công Ty TNHH Ví Dụ":   {"Công Ty TNHH Ví Dụ"},
		"":                     nil,
		"A":                    nil, // the name itself
	} {
		rows, _ := read(t, bare("other-names: Other\n"), "Name,Other\nA,\""+printed+"\"\n")
		if got := rows[0].OtherNames; !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
	}
}
