package ident

// checkHU: Hungary, eight digits, the core of the tax number. Source: VIES
// construction rules, HU.
func checkHU(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	if f := notZero(n); f.broken() {
		return f
	}
	return endsIn(n, (10-weigh(n, 9, 7, 3, 1, 9, 7, 3)%10)%10, "mod10")
}
