package ident

// checkLU: Luxembourg, six digits and their rest by 89. Source: VIES
// construction rules, LU.
func checkLU(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	if f := notZero(n); f.broken() {
		return f
	}
	if decimal(n[6:]) != decimal(n[:6])%89 {
		return badChecks("mod89", 7)
	}
	return fault{}
}
