package ident

// checkIT: Italy, eleven digits: seven of the taxpayer, three of the office that
// gave the number, a Luhn check. Companies and sole traders bear it alike; the
// fiscal code of persons (16 characters) is another number. Source: VIES
// construction rules, IT.
func checkIT(n string) fault {
	if f := number(n, 11); f.broken() {
		return f
	}
	if f := notZero(n[:7]); f.broken() {
		return f
	}
	switch office := decimal(n[7:10]); {
	case office >= 1 && office <= 100, office == 120, office == 121, office == 888, office == 999:
		return luhn(n)
	}
	return fault{rule: "region", at: 8, reason: "no office has this code; it is 001 to 100, 120, 121, 888 or 999"}
}
