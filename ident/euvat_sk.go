package ident

// checkSK: Slovakia, ten digits divisible by 11, the first not zero, the third
// one of 2, 3, 4, 7, 8 and 9. Source: VIES construction rules, SK.
func checkSK(n string) fault {
	if f := number(n, 10); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	if c := n[2]; c < '2' || c == '5' || c == '6' {
		return fault{rule: "range", at: 3, reason: "the third digit is 2, 3, 4, 7, 8 or 9"}
	}
	return endsIn(n, (11-decimal(n[:9])*10%11)%11, "mod11")
}
