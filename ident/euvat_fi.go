package ident

// checkFI: Finland, eight digits, the business identity code without its hyphen.
// Source: VIES construction rules, FI.
func checkFI(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	return endsIn(n, (11-weigh(n, 7, 9, 10, 5, 8, 4, 2)%11)%11, "mod11")
}
