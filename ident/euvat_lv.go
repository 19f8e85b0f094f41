package ident

// checkLV: Latvia, eleven digits: a legal entity's when the first is 4 or more,
// else a personal code, built on a birth date or, since July 2017, beginning
// with 32. Source: VIES construction rules, LV; the rule for codes beginning
// with 32 is that of the older codes without the date.
func checkLV(n string) fault {
	if f := number(n, 11); f.broken() {
		return f
	}
	if !isPersonLV(n) {
		rest := weigh(n, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6) % 11
		return endsIn(n, (14-rest)%11, "mod11")
	}
	if n[:2] != "32" && !isDate(1800+100*int(n[6]-'0')+decimal(n[4:6]), decimal(n[2:4]), decimal(n[:2])) {
		return fault{rule: "date", at: 1, reason: "a personal code begins with a birth date, DDMMYY"}
	}
	return endsIn(n, (1+weigh(n, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9))%11%10, "mod11")
}

func isPersonLV(n string) bool { return n[0] <= '3' }
