package ident

// checkMT: Malta, six digits, the first not zero, and a check of 01 to 37.
// Source: VIES construction rules, MT.
func checkMT(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	if decimal(n[6:]) != 37-weigh(n, 3, 4, 6, 7, 8, 9)%37 {
		return badChecks("mod37", 7)
	}
	return fault{}
}
