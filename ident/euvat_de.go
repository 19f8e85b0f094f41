package ident

// checkDE: Germany, nine digits, the first not zero, the last by ISO 7064 MOD
// 11,10. Source: VIES construction rules, DE.
func checkDE(n string) fault {
	if f := number(n, 9); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	return endsIn(n, mod1110(n[:8]), "mod11-10")
}
