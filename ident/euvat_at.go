package ident

// checkAT: Austria, U and eight digits, the last a Luhn-like check that begins
// from 4. Source: VIES construction rules, AT.
func checkAT(n string) fault {
	if len(n) != 9 {
		return wrongLength(n, "U and 8 digits")
	}
	if n[0] != 'U' {
		return fault{rule: "prefix", at: 1, reason: "the letter U follows AT"}
	}
	if f := digits(n[1:]); f.broken() {
		return f.after(1)
	}
	return endsIn(n, (16-luhnAT(n[1:8]))%10, "luhn")
}

// luhnAT doubles the second, fourth and sixth of seven digits.
func luhnAT(seven string) int {
	// A zero behind them shifts the doubling of luhnSum by one place.
	return luhnSum(seven+"0") % 10
}
