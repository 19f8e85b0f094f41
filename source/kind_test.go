package source_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// TestKindByName reads names of which the source says nothing.
func TestKindByName(t *testing.T) {
	for _, c := range []struct {
		name, country string
		kind          source.Kind
		why           string
	}{
		{"Acme Trading Co., Ltd.", "CN", source.Organisation, `"CO"`},
		{"ACME (HK) LIMITED", "", source.Organisation, `"LIMITED"`},
		{"Muster Pvt.Ltd.", "IN", source.Organisation, `"PVT"`},
		{"Muster GmbH & Co. KG", "DE", source.Organisation, `"GMBH"`},
		{"Muster Ges.m.b.H.", "AT", source.Organisation, `"GES M B H"`},
		{"Aktiengesellschaft Muster", "DE", source.Organisation, `"AKTIENGESELLSCHAFT"`},
		{"Muster AG", "CH", source.Organisation, `"AG"`},
		{"Muster Empresa, S.A.", "PE", source.Organisation, `"SA"`},
		{"Muster S.A. de C.V.", "MX", source.Organisation, `"SA DE CV"`},
		{"Construtora Muster Ltda.", "BR", source.Organisation, `"LTDA"`},
		{"Muster Sp. z o.o.", "PL", source.Organisation, `"SP Z OO"`},
		{"MUSTER İNŞAAT A.Ş.", "TR", source.Organisation, `"AS"`},
		{"Muster OÜ", "EE", source.Organisation, `"OU"`},
		{"PT. Contoh Karya", "ID", source.Organisation, `"PT"`},
		{"PT Contoh Tbk", "", source.Organisation, `"TBK"`},
		{"Contoh Sdn. Bhd", "MY", source.Organisation, `"SDN"`},
		{"TOO Primer", "KZ", source.Organisation, `"TOO"`},
		{"ООО «Пример»", "RU", source.Organisation, `"ООО"`},
		{"Общество с ограниченной ответственностью Пример", "", source.Organisation, "ОТВЕТСТВЕННОСТЬЮ"},
		{"例子建设集团股份有限公司", "", source.Organisation, `"有限公司"`},
		{"株式会社例", "", source.Organisation, "株式会社"},
		{"Any Town University", "", source.Organisation, `word "UNIVERSITY"`},
		{"Sample Airlines", "", source.Organisation, `word "AIRLINES"`},
		{"Ministry of Samples", "", source.PublicBody, `"MINISTRY"`},
		{"示例县人民政府", "", source.PublicBody, "人民政府"},
		{"Mr. Sample Person", "BD", source.Person, `title "MR"`},
		{"Frau Muster", "DE", source.Person, `title "FRAU"`},
		{"SAMPLE PERSON, JR.", "", source.Person, `title "JR"`},
		{"Dr. Muster Programs B.V.", "NL", source.Organisation, `"BV"`},

		// What could be a person stays unknown, and so protected.
		{"Sample Person", "US", source.Unknown, "neither"},
		{"Rahman, S.A.", "BD", source.Unknown, "neither"}, // initials: no form of Bangladesh
		{"Rahman, S.A.", "", source.Unknown, "neither"},
		{"Antonio Co", "PH", source.Unknown, "neither"}, // a family name
		{"Pao Zao", "CN", source.Unknown, "neither"},    // names, and Russian forms
		{"Sal Muster", "LB", source.Unknown, "neither"}, // not at the end
		{"Bank", "", source.Unknown, "neither"},         // alone
		{"Limited", "", source.Unknown, "neither"},      // alone
		{"Sample Construction", "BD", source.Unknown, "neither"},
		{"Sample Person Enterprise", "GY", source.Unknown, "neither"},
		{"Sample General Trading", "AE", source.Unknown, "neither"},
		{"Mr. Sample Group", "", source.Unknown, `title "MR", yet word "GROUP"`},
		{"Sample Works (with Mr. Person as proprietor) Ltd", "", source.Unknown, "PROPRIETOR"},
		{"示例食品经营部", "CN", source.Unknown, "one-person"},
		{"ИП Иванов", "RU", source.Unknown, "one-person"},
	} {
		rows, _ := read(t, bare("country: {column: Country}\n"), "Name,Country\n\""+c.name+"\","+c.country+"\n")
		if len(rows) != 1 {
			t.Fatalf("%s: no row", c.name)
		}
		if r := rows[0]; r.Kind != c.kind || !strings.Contains(r.KindReason, c.why) {
			t.Errorf("%s [%s]: %s (%s), want %s (%s)", c.name, c.country, r.Kind, r.KindReason, c.kind, c.why)
		}
	}
}

// TestKindBySource holds what a source says against the name.
func TestKindBySource(t *testing.T) {
	const rules = `kind:
  - {when: {Is: company}, kind: organisation}
  - {when: {Is: [man, woman]}, kind: person}
country: {column: Land}
`
	for _, c := range []struct {
		row  string
		kind source.Kind
		why  string
	}{
		{"Sample,company,", source.Organisation, `source: Is "company"`},
		{"Sample,woman,", source.Person, `source: Is "woman"`},
		{"Sample,other,", source.Unknown, "neither"},
		{"Sample GmbH,other,", source.Organisation, "legal form"},
		{"Mr. Sample,company,", source.Unknown, "title"},
		{"Eheleute A und B Muster,company,DE", source.Unknown, "title"},
		{"Dr. Sample Health B.V.,company,DE", source.Organisation, "source"},
		{"Sample Proprietorship,company,", source.Unknown, "one-person"},
		{"Sample Ltda,man,", source.Unknown, "legal form"},
		{"Sample Trading,man,", source.Person, "source"},
	} {
		rows, _ := read(t, bare(rules), "Name,Is,Land\n"+c.row+"\n")
		if r := rows[0]; r.Kind != c.kind || !strings.Contains(r.KindReason, c.why) {
			t.Errorf("%s: %s (%s), want %s (%s)", c.row, r.Kind, r.KindReason, c.kind, c.why)
		}
	}
	rows, _ := read(t, bare("kind: [{kind: public-body, because: the list is of ministries}]\n"), "Name\nSample\n")
	if r := rows[0]; r.Kind != source.PublicBody || r.KindReason != "source: the list is of ministries" {
		t.Errorf("%s (%s)", r.Kind, r.KindReason)
	}
}

func TestCountries(t *testing.T) {
	for printed, want := range map[string]string{
		"China": "CN", "People's Republic of China": "CN", "Peoples Republic of China": "CN", "PRC": "CN", "cn": "CN",
		"Türkiye": "TR", "Turkiye": "TR", "TURKEY": "TR", "Côte d’Ivoire": "CI", "Cote d'Ivoire": "CI",
		"Iran (Islamic Republic of)": "IR", "Bolivarian Republic of Venezuela": "VE", "Kosovo": "XK",
		"Democratic Republic of Congo": "CD", "Republic of the Congo": "CG",
		"Congo": "", "Iraq (Islamic Republic of)": "", "Regional": "", "NM": "", "": "",
	} {
		rows, _ := read(t, bare("country: {column: Land}\n"), "Name,Land\nA,"+printed+"\n")
		if got := rows[0].Country; got != want {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
		if noted := len(rows[0].Notes) == 1; noted != (want == "" && printed != "") {
			t.Errorf("%q: notes %q", printed, rows[0].Notes)
		}
	}
}
