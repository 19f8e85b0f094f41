package ident

// checkEE: Estonia, nine digits. Source: VIES construction rules, EE.
func checkEE(n string) fault {
	if f := number(n, 9); f.broken() {
		return f
	}
	return endsIn(n, (10-weigh(n, 3, 7, 1, 3, 7, 1, 3, 7)%10)%10, "mod10")
}
