package ident

// checkCZ: Czechia, eight digits (legal entities), nine beginning with 6 (other
// persons), or the birth number of a natural person: nine digits without a check
// until 1953, ten with one since. Source: VIES construction rules, CZ.
func checkCZ(n string) fault {
	if len(n) < 8 || len(n) > 10 {
		return wrongLength(n, "8, 9 or 10")
	}
	if f := digits(n); f.broken() {
		return f
	}
	switch {
	case len(n) == 8:
		return checkLegalCZ(n)
	case len(n) == 9 && n[0] == '6':
		rest := weigh(n[1:], 8, 7, 6, 5, 4, 3, 2) % 11
		return endsIn(n, [11]int{8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8}[rest], "mod11")
	case !isBirthCZ(n):
		return fault{rule: "date", at: 1, reason: "characters 3 to 8 must be the birth date of a birth number, YYMMDD"}
	case len(n) == 10:
		return endsIn(n, decimal(n[:9])%11%10, "mod11")
	}
	return fault{}
}

func checkLegalCZ(n string) fault {
	if n[0] == '9' {
		return fault{rule: "prefix", at: 1, reason: "no legal entity's number begins with 9"}
	}
	return endsIn(n, (11-weigh(n, 8, 7, 6, 5, 4, 3, 2)%11)%10, "mod11")
}

// isBirthCZ reads YYMMDD: women's months are raised by 50, and since 2004 any
// month by a further 20 when the day's numbers have run out.
func isBirthCZ(n string) bool {
	year, month, day := 1900+decimal(n[:2]), decimal(n[2:4]), decimal(n[4:6])
	switch {
	case len(n) == 9 && year >= 1980:
		year -= 100
	case len(n) == 9 && year > 1953:
		return false
	case len(n) == 10 && year < 1954:
		year += 100
	}
	if month > 50 {
		month -= 50
	}
	if month > 20 && year >= 2004 {
		month -= 20
	}
	return isDate(year, month, day)
}

// isPersonCZ: nine digits beginning with 6 go to persons without a birth number.
func isPersonCZ(n string) bool { return len(n) == 9 || len(n) == 10 }
