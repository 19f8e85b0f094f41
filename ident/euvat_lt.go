package ident

import "strconv"

// checkLT: Lithuania, nine digits (legal entities) or twelve (temporary
// taxpayers), the last but one always 1. Source: VIES construction rules, LT.
func checkLT(n string) fault {
	if len(n) != 9 && len(n) != 12 {
		return wrongLength(n, "9 or 12")
	}
	if f := digits(n); f.broken() {
		return f
	}
	body := n[:len(n)-1]
	if body[len(body)-1] != '1' {
		return fault{rule: "shape", at: len(body), reason: "character " + strconv.Itoa(len(body)+2) + " is always 1"}
	}
	rest := cycleLT(body, 0) % 11
	if rest == 10 {
		rest = cycleLT(body, 2) % 11 % 10
	}
	return endsIn(n, rest, "mod11")
}

// cycleLT weighs digits by 1 to 9 over and over, beginning at start.
func cycleLT(digits string, start int) int {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i]-'0') * (1 + (i+start)%9)
	}
	return sum
}
