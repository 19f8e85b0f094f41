package ident

// checkDK: Denmark, eight digits, the first not zero, weighing a multiple of 11:
// the CVR number. Source: VIES construction rules, DK.
func checkDK(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	return endsIn(n, (11-weigh(n, 2, 7, 6, 5, 4, 3, 2)%11)%11, "mod11")
}
