package ident

import "strings"

// US employer identification numbers: a campus prefix (2) and seven digits,
// printed NN-NNNNNNN. Source: IRS, "How EINs are assigned and valid EIN
// prefixes"; there is no check digit. The IRS adds prefixes now and then.
var usEIN = definition{
	Info: Info{
		Scheme: SchemeEIN, Name: "Employer identification number", NameZH: "美国雇主识别号",
		Standard: "IRS EIN", Jurisdiction: "US", Example: "942404110",
	},
	separators: "-",
	check: func(v string) fault {
		if f := number(v, 9); f.broken() {
			return f
		}
		if strings.Contains(einUnused, v[:2]) {
			return fault{rule: "prefix", at: 1, reason: "the IRS gives out no numbers that begin with these two digits"}
		}
		return fault{}
	},
}

// einUnused are the prefixes that the IRS does not list.
const einUnused = "00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97"
