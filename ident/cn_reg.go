package ident

// Business registration numbers of the market regulator: region of the first
// registrar (6), sequence (8), check. Source: GS 15-2006, in use from
// 2007-07-01 to the unified codes of 2015; check by ISO 7064 MOD 11,10 (GB/T
// 17710). The 13-digit numbers before it have no check and are refused.
var cnReg = definition{
	Info: Info{
		Scheme: SchemeReg, Name: "Business registration number", NameZH: "工商注册号",
		Standard: "GS 15-2006", Jurisdiction: "CN", Checked: true, Example: "100000000003965",
	},
	separators: "-",
	check:      checkReg,
	// Sequences beginning with 6 to 9 were kept for individual businesses, each
	// of which is one person.
	personal: func(v string) bool { return len(v) == 15 && v[6] >= '6' },
}

func checkReg(v string) fault {
	if len(v) == 13 {
		return fault{rule: "length", reason: "numbers of 13 digits were replaced in 2007; ask for the number of 15 or the unified code"}
	}
	if f := number(v, 15); f.broken() {
		return f
	}
	if f := checkRegistrarRegion(v, 0); f.broken() {
		return f
	}
	return endsIn(v, mod1110(v[:14]), "mod11-10")
}

// RegFrom returns the business registration number of 14 digits, its check
// digit computed. The error is an [*Error].
func RegFrom(body14 string) (Identifier, error) {
	return complete(&cnReg, body14, 14, func(body string) string { return string(rune('0' + mod1110(body))) })
}
