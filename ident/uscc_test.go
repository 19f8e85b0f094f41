package ident_test

import (
	"errors"
	"testing"

	"github.com/openstanding/standing/ident"
)

func TestUSCCParts(t *testing.T) {
	id, err := ident.Parse("uscc:12100000400002259P")
	if err != nil {
		t.Fatal(err)
	}
	u, err := ident.USCCParts(id)
	if want := (ident.USCC{Authority: '1', Class: '2', Region: "100000", OrgCode: "400002259"}); err != nil || u != want {
		t.Fatalf("USCCParts = %+v, %v, want %+v", u, err, want)
	}
	if en, zh := u.AuthorityName(); en != "establishment office" || zh != "机构编制" {
		t.Errorf("AuthorityName = %s, %s", en, zh)
	}
	if en, zh := u.ClassName(); en != "public institution" || zh != "事业单位" {
		t.Errorf("ClassName = %s, %s", en, zh)
	}
	if _, err := ident.New(ident.SchemeOrg, u.OrgCode); err != nil {
		t.Errorf("the part is no organisation code: %v", err)
	}
}

func TestUSCCPartsRefusesOthers(t *testing.T) {
	for _, id := range []ident.Identifier{
		{}, {Scheme: "lei", Value: "HWUPKR0MPOU8FGXBT394"}, {Scheme: "uscc", Value: "12100000400002259Q"},
		{Scheme: "uscc"}, {Scheme: "uscc", Value: "京京京京京京"},
	} {
		var e *ident.Error
		if u, err := ident.USCCParts(id); !errors.As(err, &e) || u != (ident.USCC{}) {
			t.Errorf("USCCParts(%v) = %v, %v", id, u, err)
		}
	}
}

// Classes beyond the table of 2015 are in use: villagers' committees, among others.
func TestUSCCClassOutsideTheTable(t *testing.T) {
	id, err := ident.USCCFrom('5', '4', "110105", "MA000001")
	if err != nil {
		t.Fatal(err)
	}
	u, err := ident.USCCParts(id)
	if err != nil {
		t.Fatal(err)
	}
	if en, zh := u.ClassName(); en != "" || zh != "" {
		t.Errorf("ClassName = %s, %s, want none", en, zh)
	}
	if en, _ := (ident.USCC{Authority: 'B'}).AuthorityName(); en != "" {
		t.Errorf("AuthorityName of B = %s, want none", en)
	}
}

func TestGenerators(t *testing.T) {
	for name, c := range map[string]struct {
		id   ident.Identifier
		err  error
		want string
	}{
		"uscc":     result(ident.USCCFrom('9', '1', "440300", "71526726")).with("uscc:9144030071526726XG"),
		"law firm": result(ident.USCCFrom('3', '1', "110000", "E0001789")).with("uscc:31110000E00017891P"),
		"org":      result(ident.OrgCodeFrom("d2143569")).with("cn-org:D2143569X"),
		"lei":      result(ident.LEIFrom("5493002ERZU2K9PZDL")).with("lei:5493002ERZU2K9PZDL40"),
		"cnpj":     result(ident.CNPJFrom("12.ABC.345/01DE")).with("br-cnpj:12ABC34501DE35"),
		"citizen":  result(ident.CitizenFrom("11000018000101003")).with("cn-citizen:11000018000101003X"),
		"reg":      result(ident.RegFrom("10000000000396")).with("cn-reg:100000000003965"),
	} {
		if c.err != nil || c.id.String() != c.want {
			t.Errorf("%s: %v, %v, want %s", name, c.id, c.err, c.want)
		}
	}
}

func TestGeneratorsRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		id   ident.Identifier
		err  error
		want string
	}{
		"uscc registrar":    result(ident.USCCFrom('0', '1', "440300", "71526726")).with("prefix"),
		"uscc region":       result(ident.USCCFrom('9', '1', "990300", "71526726")).with("region"),
		"uscc region short": result(ident.USCCFrom('9', '1', "44030", "71526726")).with("length"),
		"uscc body letter":  result(ident.USCCFrom('9', '1', "440300", "7152672I")).with("alphabet"),
		"uscc body rune":    result(ident.USCCFrom('9', '1', "440300", "715267é")).with("alphabet"),
		"uscc separator":    result(ident.USCCFrom('9', '1', "440300", "7152672-")).with("length"),
		"uscc byte":         result(ident.USCCFrom(0xff, 0xff, "440300", "71526726")).with("alphabet"),
		"org short":         result(ident.OrgCodeFrom("D214356")).with("length"),
		"org sign":          result(ident.OrgCodeFrom("D214356_")).with("alphabet"),
		"lei sign":          result(ident.LEIFrom("5493002ERZU2K9PZD_")).with("alphabet"),
		"cnpj zero":         result(ident.CNPJFrom("000000000000")).with("range"),
		"cnpj sign":         result(ident.CNPJFrom("12ABC34501D_")).with("alphabet"),
		"citizen of today":  result(ident.CitizenFrom("11000019900101003")).with("range"),
		"citizen spaced":    result(ident.CitizenFrom("110000 19900101003")).with("range"),
		"citizen letter":    result(ident.CitizenFrom("1100001800010100A")).with("alphabet"),
		"reg letter":        result(ident.RegFrom("1000000000039A")).with("alphabet"),
		"too long":          result(ident.LEIFrom(string(make([]byte, 1000)))).with("length"),
	} {
		var e *ident.Error
		if !errors.As(c.err, &e) || e.Rule != c.want || c.id != (ident.Identifier{}) {
			t.Errorf("%s: %v, %v, want rule %s", name, c.id, c.err, c.want)
		}
	}
}

type outcome struct {
	id  ident.Identifier
	err error
}

func result(id ident.Identifier, err error) outcome { return outcome{id, err} }

func (o outcome) with(want string) struct {
	id   ident.Identifier
	err  error
	want string
} {
	return struct {
		id   ident.Identifier
		err  error
		want string
	}{o.id, o.err, want}
}
