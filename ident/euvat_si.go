package ident

// checkSI: Slovenia, eight digits, the first not zero, the tax number; a rest of
// 0 is never issued. Source: VIES construction rules, SI.
func checkSI(n string) fault {
	if f := number(n, 8); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	want := 11 - weigh(n, 8, 7, 6, 5, 4, 3, 2)%11
	if want == 10 {
		want = 0
	}
	return endsIn(n, want, "mod11")
}
