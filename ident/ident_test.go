package ident_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/ident"
)

// sound are canonical values: public bodies and companies, or made up. Citizen
// numbers are of birth year 1800 and so nobody's.
var sound = map[ident.Scheme][]string{
	ident.SchemeUSCC: {
		"91100000100003962T", "914403001922038216", "9144030071526726XG", "91330100799655058B",
		"9152000071430580XT", "91110000710925462X", "91440300192317458F", "911000001000013428",
		"91110108551385082Q", "12100000400002259P", "12100000400000624D", "31110000E00017891P",
		"91110105MA0000007L",
	},
	ident.SchemeOrg:       {"100003962", "192203821", "71526726X", "799655058", "71430580X", "E00017891", "D2143569X"},
	ident.SchemeCitizen:   {"110000180001010013", "110000180001010021", "11000018000101003X", "110000180001010048", "110000180001010056"},
	ident.SchemeReg:       {"100000000003965", "440301103097413", "440301103448669", "330100400013364", "100000000032522", "440301501124347"},
	ident.SchemeLEI:       {"HWUPKR0MPOU8FGXBT394", "7LTWFZYICNSX8D621K86", "INR2EJN1ERAN0W5ZP974", "5493002ERZU2K9PZDL40", "W38RGI023J3WT1HWRP32"},
	ident.SchemeGBCompany: {"00445790", "00102498", "00617987", "SC045551", "02723534", "R0000123", "IP12345R", "OC300001", "RS00592C"},
	ident.SchemeEIN:       {"942404110", "911144442", "911646860", "130871985", "611767919"},
	ident.SchemeCNPJ:      {"12ABC34501DE35", "00000000000191", "33000167000101", "11222333000181"},
	ident.SchemeDUNS:      {"123456789", "000000001"},
	ident.SchemeUEI:       {"A1B2C3D4E5F6", "ZQGGHJH74DW7"},
	ident.SchemeEUID:      {"DEK1101R.HRB116737", "NLNHR.12345678", "ROONRC.J40/8302/1997", "ATBRA.123456-000", "FR7501.552032534_0"},
	ident.SchemeRef:       {"CASE 2024/17", "(2020)京01执123号", "A"},
}

func TestSoundValuesAreCanonical(t *testing.T) {
	for scheme, values := range sound {
		for _, v := range values {
			id, err := ident.New(scheme, v)
			if err != nil {
				t.Errorf("New(%s, %s): %v", scheme, v, err)
			} else if id != (ident.Identifier{Scheme: scheme, Value: v}) {
				t.Errorf("New(%s, %s) = %v", scheme, v, id)
			}
			if again, err := ident.Parse(string(scheme) + ":" + v); err != nil || again != id {
				t.Errorf("Parse(%s:%s) = %v, %v", scheme, v, again, err)
			}
		}
	}
}

func TestPrintedForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"uscc:9110 0000 1000 0396 2t", "uscc:91100000100003962T"},
		{" USCC : 91100000-10000396-2T\n", "uscc:91100000100003962T"},
		{"uscc：９１１０００００１００００３９６２Ｔ", "uscc:91100000100003962T"},
		{"uscc:91100000\u201310000396\u22122T", "uscc:91100000100003962T"},
		{"cn-org:71526726-x", "cn-org:71526726X"},
		{"cn-citizen:110000 18000101 003x", "cn-citizen:11000018000101003X"},
		{"lei:hwup kr0m pou8 fgxb t394", "lei:HWUPKR0MPOU8FGXBT394"},
		{"br-cnpj:12.abc.345/01de-35", "br-cnpj:12ABC34501DE35"},
		{"br-cnpj:00.000.000/0001-91", "br-cnpj:00000000000191"},
		{"gb-company:445790", "gb-company:00445790"},
		{"gb-company:sc 45551", "gb-company:SC045551"},
		{"gb-company:r123", "gb-company:R0000123"},
		{"us-ein:94-2404110", "us-ein:942404110"},
		{"duns:12-345-6789", "duns:123456789"},
		{"euid:dek1101r.hrb 116737", "euid:DEK1101R.HRB116737"},
		{"eu-vat:GR 94259216", "eu-vat:EL094259216"},
		{"eu-vat:BE (0)417.497.106", "eu-vat:BE0417497106"},
		{"eu-vat:be 417.497.106", "eu-vat:BE0417497106"},
		{"eu-vat:NL 4495445B01", "eu-vat:NL004495445B01"},
		{"eu-vat:xi 980 7806 84", "eu-vat:XI980780684"},
		{"eu-vat:IE8d79739i", "eu-vat:IE8D79739I"},
		{"ref:  case\t2024/17 ", "ref:CASE 2024/17"},
		{"ref:（２０２０）京01执123号", "ref:(2020)京01执123号"},
		{"ref:a: b", "ref:A: B"},
	} {
		if id, err := ident.Parse(c.text); err != nil || id.String() != c.want {
			t.Errorf("Parse(%q) = %v, %v, want %s", c.text, id, err, c.want)
		}
	}
}

func TestFaultsNameRuleAndCharacter(t *testing.T) {
	for _, c := range []struct {
		scheme ident.Scheme
		value  string
		rule   string
		at     int
	}{
		{"uscc", "91100000100003962X", "check-mod31", 18},
		{"uscc", "91100000100003926T", "check-mod31", 18},
		{"uscc", "91440300I922038216", "alphabet", 9},
		{"uscc", "9144 0300-I922 038216", "alphabet", 9}, // separators are not counted
		{"uscc", "9110000010000396ZT", "alphabet", 17},
		{"uscc", "9110000010000396AT", "alphabet", 17},
		{"uscc", "91100000100003963X", "check-gb11714", 17},
		{"uscc", "9110000010000396京T", "alphabet", 17},
		{"uscc", "911000A0100003962T", "alphabet", 7},
		{"uscc", "B1100000100003962T", "prefix", 1},
		{"uscc", "97100000100003962T", "prefix", 2},
		{"uscc", "91990000100003962T", "region", 3},
		{"uscc", "12345", "length", 0},
		{"uscc", "", "length", 0},
		{"cn-org", "100003963", "check-gb11714", 9},
		{"cn-org", "10000396A", "alphabet", 9},
		{"cn-org", "1000/3962", "alphabet", 5},
		{"cn-org", "PDY000015", "reserved", 1},
		{"cn-org", "1234567", "length", 0},
		{"cn-citizen", "110000180001010014", "check-mod11-2", 18},
		{"cn-citizen", "1100001800010100A3", "alphabet", 17},
		{"cn-citizen", "11000018000101001Y", "alphabet", 18},
		{"cn-citizen", "990000180001010013", "region", 1},
		{"cn-citizen", "110000180002300013", "date", 7},
		{"cn-citizen", "110000170001010013", "date", 7},
		{"cn-citizen", "110000000101001", "length", 0},
		{"cn-citizen", "1", "length", 0},
		{"cn-reg", "100000000003966", "check-mod11-10", 15},
		{"cn-reg", "990000000003966", "region", 1},
		{"cn-reg", "10000000000396A", "alphabet", 15},
		{"cn-reg", "1000000000039", "length", 0},
		{"lei", "HWUPKR0MPOU8FGXBT395", "check-mod97", 19},
		{"lei", "HWUPKR0MPOU8FGXBT3A4", "alphabet", 19},
		{"lei", "HWUPKR0MPOU8.GXBT394", "alphabet", 13},
		{"lei", "HWUPKR0MPOU8FGXBT39", "length", 0},
		{"lei", "YVFYSPNE1YJSR8MJQO00", "check-mod97", 19}, // congruent, but 97 is what is issued
		{"gb-company", "00000000", "range", 1},
		{"gb-company", "A1234567", "prefix", 1},
		{"gb-company", "ABC12345", "shape", 3},
		{"gb-company", "SC0A5551", "alphabet", 4},
		{"gb-company", "SC000000", "range", 3},
		{"gb-company", "ABCDEFGH", "shape", 3},
		{"gb-company", "SC", "length", 0},
		{"gb-company", "123456789", "length", 0},
		{"us-ein", "07-1144442", "prefix", 1},
		{"us-ein", "94240411", "length", 0},
		{"us-ein", "94240411O", "alphabet", 9},
		{"br-cnpj", "12ABC34501DE45", "check-mod11", 13},
		{"br-cnpj", "12ABC34501DE36", "check-mod11", 14},
		{"br-cnpj", "12ABC34501DEA5", "alphabet", 13},
		{"br-cnpj", "12A_C34501DE35", "alphabet", 4},
		{"br-cnpj", "00000000000000", "range", 1},
		{"br-cnpj", "1", "length", 0},
		{"duns", "12345678", "length", 0},
		{"duns", "000000000", "range", 1},
		{"us-uei", "A1B2C3D4E5O6", "alphabet", 11},
		{"us-uei", "01B2C3D4E5F6", "range", 1},
		{"us-uei", "A1B2C3D4E5F", "length", 0},
		{"euid", "DE.HRB1", "shape", 0},
		{"euid", "DEHRB1", "shape", 0},
		{"euid", "D1K.HRB1", "alphabet", 2},
		{"euid", "DEK/1.HRB1", "alphabet", 4},
		{"euid", "DEK1.", "shape", 0},
		{"euid", "DEK1.HRB1_", "shape", 10},
		{"euid", "DEK1.HRB1_AB", "shape", 10},
		{"euid", "DEK1.HR\x01B1", "alphabet", 8},
		{"ref", "", "length", 0},
		{"ref", " \t", "length", 0},
		{"ref", strings.Repeat("x", 65), "length", 0},
		{"ref", "A\u202eB", "alphabet", 2},
		{"ref", "京\x00", "alphabet", 2},
		{"ref", "A\xff", "alphabet", 2},
		{"uscc", strings.Repeat("9", 124), "length", 0},
	} {
		_, err := ident.New(c.scheme, c.value)
		var e *ident.Error
		if !errors.As(err, &e) {
			t.Errorf("New(%s, %q): no *Error but %v", c.scheme, c.value, err)
			continue
		}
		if e.Rule != c.rule || e.At != c.at || e.Scheme != c.scheme {
			t.Errorf("New(%s, %q) broke %s %s at %d, want %s at %d", c.scheme, c.value, e.Scheme, e.Rule, e.At, c.rule, c.at)
		}
		if e.Standard == "" || e.Reason == "" {
			t.Errorf("New(%s, %q): an error without standard or reason: %+v", c.scheme, c.value, e)
		}
	}
}

func TestErrorText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"uscc:91440300I922038216", "uscc: character 9: 'I' cannot stand here, only digits and letters other than I, O, S, V and Z (alphabet, GB 32100-2015)"},
		{"uscc:91100000100003963X", "uscc: character 17: the check character does not fit the others: one is mistyped or two are swapped; compare with the document (check-gb11714, GB 11714-1997)"},
		{"cn-citizen:1100001800010100A3", "cn-citizen: character 17: only digits (alphabet, GB 11643-1999)"},
		{"lei:1", "lei: has 1 characters where 20 must stand (length, ISO 17442)"},
	} {
		if _, err := ident.Parse(c.text); err == nil || err.Error() != c.want {
			t.Errorf("Parse(%s):\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestNoErrorRepeatsTheValue(t *testing.T) {
	for _, text := range []string{
		"110000180001010013",   // no scheme
		"110000180001010013:x", // the number where the scheme stands
		"cn-citizen:110000180001010014",
		"cn-citizen:11000018000101001",
		"cn-citizen:110000180001010013" + strings.Repeat("0", 128),
		"110000180001010013" + strings.Repeat("0", 128),
		"uscc:92110000180001010014",
		"eu-vat:CZ1800010100",
	} {
		_, err := ident.Parse(text)
		if err == nil {
			t.Errorf("Parse(%s): no error", text)
		} else if strings.Contains(err.Error(), "180001") {
			t.Errorf("Parse(%s) repeats the value: %v", text, err)
		}
	}
}

func TestUnknownScheme(t *testing.T) {
	_, err := ident.Parse("usc:91100000100003962T")
	var e *ident.Error
	if !errors.As(err, &e) || e.Rule != "scheme" || !strings.Contains(e.Reason, "uscc") {
		t.Errorf("got %v, want a scheme error that lists the schemes", err)
	}
}

func TestPersonal(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"cn-citizen:110000180001010013", true},
		{"uscc:91110105MA0000007L", false},
		{"cn-reg:440301103097413", false},
		{"cn-reg:" + reg(t, "11000060000001"), true},
		{"lei:HWUPKR0MPOU8FGXBT394", false},
		{"eu-vat:DE143454214", false},
		{"eu-vat:CZ25123891", false},
		{"eu-vat:BG175074752", false},
		{"eu-vat:ESA15075062", false},
		{"eu-vat:LV40003521600", false},
		{"eu-vat:PT500019720", false},
		{"eu-vat:SE556012579001", false},
	} {
		id, err := ident.Parse(c.text)
		if err != nil {
			t.Errorf("Parse(%s): %v", c.text, err)
		} else if id.Personal() != c.want {
			t.Errorf("%s: Personal() = %v, want %v", c.text, id.Personal(), c.want)
		}
	}
	individual, err := ident.USCCFrom('9', '2', "110105", "MA000001")
	if err != nil || !individual.Personal() {
		t.Errorf("an individual business, %v (%v), must be personal", individual, err)
	}
	if (ident.Identifier{}).Personal() || (ident.Identifier{Scheme: "eu-vat", Value: "PT"}).Personal() {
		t.Error("a malformed identifier was called personal")
	}
}

func reg(t *testing.T, body string) string {
	t.Helper()
	id, err := ident.RegFrom(body)
	if err != nil {
		t.Fatal(err)
	}
	return id.Value
}

func TestMask(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"11000018000101003X", "11**************3X"},
		{"12345678", "12****78"},
		{"1234567", "1*****7"},
		{"1234", "1**4"},
		{"123", "***"},
		{"", ""},
		{"(2020)京01执123号", "(2**********3号"},
	} {
		if got := (ident.Identifier{Value: c.value}).Mask(); got != c.want {
			t.Errorf("Mask of %s = %s, want %s", c.value, got, c.want)
		}
	}
}

func TestSchemes(t *testing.T) {
	list := ident.Schemes()
	if len(list) != 13 || !slices.IsSortedFunc(list, func(a, b ident.Info) int { return strings.Compare(string(a.Scheme), string(b.Scheme)) }) {
		t.Errorf("%d schemes, or out of order", len(list))
	}
	for _, info := range list {
		if info.Name == "" || info.NameZH == "" || info.Standard == "" || info.Jurisdiction == "" {
			t.Errorf("%s lacks a description: %+v", info.Scheme, info)
		}
		id, err := ident.New(info.Scheme, info.Example)
		if err != nil || id.Value != info.Example {
			t.Errorf("the example of %s is not sound and canonical: %v, %v", info.Scheme, id, err)
		}
		if got, ok := ident.Lookup(info.Scheme); !ok || got != info {
			t.Errorf("Lookup(%s) = %v, %v", info.Scheme, got, ok)
		}
		if strings.ContainsFunc(string(info.Scheme), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r == '-') }) {
			t.Errorf("scheme code %s", info.Scheme)
		}
	}
	list[0].Name = "changed"
	if ident.Schemes()[0].Name == "changed" {
		t.Error("Schemes gives out its own list")
	}
	if _, ok := ident.Lookup("nope"); ok {
		t.Error("Lookup found a scheme that is none")
	}
}
