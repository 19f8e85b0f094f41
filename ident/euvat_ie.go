package ident

import "strings"

// checkIE: Ireland, seven digits, a check letter and since 2013 perhaps another
// letter (A to I, W), which counts nine times; or the older form whose second
// character is a letter, + or *. Source: VIES construction rules, IE. Sole
// traders bear their personal public service number, of the same form.
func checkIE(n string) fault {
	if len(n) != 8 && len(n) != 9 {
		return wrongLength(n, "8 or 9")
	}
	old := len(n) == 8 && !isDigit(n[1])
	if old && !isLetter(n[1]) && n[1] != '+' && n[1] != '*' {
		return alien(2, rune(n[1]), "only digits, letters, + and *")
	}
	for i := range 7 {
		if !isDigit(n[i]) && !(old && i == 1) {
			return alien(i+1, rune(n[i]), onlyDigits)
		}
	}
	counted := n[:7]
	if old {
		counted = "0" + n[2:7] + n[:1]
	}
	sum := weigh(counted, 8, 7, 6, 5, 4, 3, 2)
	if len(n) == 9 {
		second := strings.IndexByte("WABCDEFGHI", n[8])
		if second < 0 {
			return alien(9, rune(n[8]), "only the letters A to I and W")
		}
		sum += 9 * second
	}
	if n[7] != "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] {
		return badCheck("mod23", 8)
	}
	return fault{}
}
