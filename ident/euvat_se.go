package ident

// checkSE: Sweden, ten digits with a Luhn check (the organisation number, of
// sole traders the personal number) and two of 01 to 94. Source: VIES
// construction rules, SE.
func checkSE(n string) fault {
	if f := number(n, 12); f.broken() {
		return f
	}
	if last := decimal(n[10:]); last < 1 || last > 94 {
		return fault{rule: "range", at: 11, reason: "the last two digits are 01 to 94"}
	}
	if f := notZero(n[:10]); f.broken() {
		return f
	}
	return luhn(n[:10])
}

// isPersonSE: the third digit begins a month in a personal number, and is 2 or
// more in an organisation's so that the two never meet.
func isPersonSE(n string) bool { return len(n) > 2 && n[2] < '2' }
