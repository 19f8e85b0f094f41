package ident

import "strings"

// VAT numbers of the European Union's members and of Northern Ireland (XI):
// country code and national number. Sources: Directive 2006/112/EC article 215
// for the prefix (Greece is EL; GR is read as EL), and the Commission's "VIES
// VAT number construction rules" for the national numbers; where a country's
// file adds to those it says so. Numbers of the one-stop shop (EU, IM) are of a
// scheme, not of a country, and are refused, as is GB, which left.
//
// A VAT number may be built on the national number of a natural person. Where
// its form tells so, Personal is true: BG of ten digits, CZ of nine or ten, ES
// other than a company's letter, LV personal codes, PT beginning 1, 2, 3 or 45,
// SE on a birth date. In AT, BE, CY, DE, EL, FR, HR, HU, IE, IT, LT, LU, NL, PL,
// RO, SI, SK and XI sole traders bear numbers of the same form as companies, or
// the public rules do not say; false there does not mean a company.
var euVAT = definition{
	Info: Info{
		Scheme: SchemeEUVAT, Name: "EU VAT identification number", NameZH: "欧盟增值税号",
		Standard: "Directive 2006/112/EC art. 215, VIES construction rules", Jurisdiction: "EU",
		Checked: true, Example: "DE143454214",
	},
	separators: "-.,/:()",
	pad:        padVAT,
	check:      checkVAT,
	personal: func(v string) bool {
		c := vatCountryOf(v)
		return c != nil && c.person != nil && len(v) > 2 && c.person(v[2:])
	},
}

// vatCountry is one country's rules, over the number without its prefix.
type vatCountry struct {
	code   string
	check  func(national string) fault
	pad    func(national string) string // completes older, shorter forms; nil: none
	person func(national string) bool   // forms that only natural persons bear; nil: none known
}

var vatCountries = [...]vatCountry{
	{code: "AT", check: checkAT},
	{code: "BE", check: checkBE, pad: zeroTo(10)},
	{code: "BG", check: checkBG, person: isPersonBG},
	{code: "CY", check: checkCY},
	{code: "CZ", check: checkCZ, person: isPersonCZ},
	{code: "DE", check: checkDE},
	{code: "DK", check: checkDK},
	{code: "EE", check: checkEE},
	{code: "EL", check: checkEL, pad: zeroTo(9)},
	{code: "ES", check: checkES, person: isPersonES},
	{code: "FI", check: checkFI},
	{code: "FR", check: checkFR},
	{code: "HR", check: checkHR},
	{code: "HU", check: checkHU},
	{code: "IE", check: checkIE},
	{code: "IT", check: checkIT},
	{code: "LT", check: checkLT},
	{code: "LU", check: checkLU},
	{code: "LV", check: checkLV, person: isPersonLV},
	{code: "MT", check: checkMT},
	{code: "NL", check: checkNL, pad: padNL},
	{code: "PL", check: checkPL},
	{code: "PT", check: checkPT, person: isPersonPT},
	{code: "RO", check: checkRO},
	{code: "SE", check: checkSE, person: isPersonSE},
	{code: "SI", check: checkSI},
	{code: "SK", check: checkSK},
	{code: "XI", check: checkXI},
}

func vatCountryOf(v string) *vatCountry {
	if len(v) < 2 {
		return nil
	}
	for i := range vatCountries {
		if vatCountries[i].code == v[:2] {
			return &vatCountries[i]
		}
	}
	return nil
}

func padVAT(v string) string {
	if strings.HasPrefix(v, "GR") {
		v = "EL" + v[2:]
	}
	if c := vatCountryOf(v); c != nil && c.pad != nil {
		if national := c.pad(v[2:]); len(national) != len(v)-2 {
			return v[:2] + national
		}
	}
	return v
}

// zeroTo puts the one zero before a number that older forms leave out.
func zeroTo(length int) func(string) string {
	return func(national string) string {
		if len(national) == length-1 {
			return "0" + national
		}
		return national
	}
}

func checkVAT(v string) fault {
	c := vatCountryOf(v)
	if c == nil {
		return fault{rule: "prefix", at: 1, reason: "begin with the country: AT, BE, ... SK, EL for Greece, XI for Northern Ireland"}
	}
	f := c.check(v[2:]).after(2)
	if f.broken() {
		f.standard = "VIES construction rules, " + c.code
	}
	return f
}
