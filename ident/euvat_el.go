package ident

// checkEL: Greece, nine digits; the older form of eight lacks the first zero.
// Source: VIES construction rules, EL.
func checkEL(n string) fault {
	if f := number(n, 9); f.broken() {
		return f
	}
	if f := notZero(n); f.broken() {
		return f
	}
	return endsIn(n, weigh(n, 256, 128, 64, 32, 16, 8, 4, 2)%11%10, "mod11")
}
