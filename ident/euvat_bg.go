package ident

// checkBG: Bulgaria, nine digits (legal entities) or ten, of which the national
// numbers of citizens (EGN), of foreigners, and those of other bodies each have
// their own check. Source: VIES construction rules, BG.
func checkBG(n string) fault {
	if len(n) != 9 && len(n) != 10 {
		return wrongLength(n, "9 or 10")
	}
	if f := digits(n); f.broken() {
		return f
	}
	if len(n) == 9 {
		rest := weigh(n, 1, 2, 3, 4, 5, 6, 7, 8) % 11
		if rest == 10 {
			rest = weigh(n, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10
		}
		return endsIn(n, rest, "mod11")
	}
	citizen := weigh(n, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10
	foreigner := weigh(n, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10
	other := (11 - weigh(n, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	switch last := int(n[9] - '0'); {
	case last == citizen && isBirthBG(n), last == foreigner, last == other:
		return fault{}
	}
	return badCheck("mod11", 10)
}

// isBirthBG reads YYMMDD, the month raised by 20 before 1900 and by 40 from 2000.
func isBirthBG(n string) bool {
	year, month := 1900+decimal(n[:2]), decimal(n[2:4])
	switch {
	case month > 40:
		year, month = year+100, month-40
	case month > 20:
		year, month = year-100, month-20
	}
	return isDate(year, month, decimal(n[4:6]))
}

// isPersonBG: whichever of the three kinds ten digits are, a person's is likely.
func isPersonBG(n string) bool { return len(n) == 10 }
