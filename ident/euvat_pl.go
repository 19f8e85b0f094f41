package ident

// checkPL: Poland, ten digits, the NIP. Source: VIES construction rules, PL.
func checkPL(n string) fault {
	if f := number(n, 10); f.broken() {
		return f
	}
	if f := notZero(n); f.broken() {
		return f
	}
	return endsIn(n, weigh(n, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11, "mod11")
}
