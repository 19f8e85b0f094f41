package ident

// checkRO: Romania, two to ten digits, the first not zero: the CUI. The personal
// number of thirteen digits (CNP) is no VAT number by the public rules. Source:
// VIES construction rules, RO.
func checkRO(n string) fault {
	if len(n) < 2 || len(n) > 10 {
		return wrongLength(n, "2 to 10")
	}
	if f := digits(n); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	weights := [9]int{7, 5, 3, 2, 1, 7, 5, 3, 2}
	body := n[:len(n)-1]
	sum := weigh(body, weights[9-len(body):]...)
	return endsIn(n, sum*10%11%10, "mod11")
}
