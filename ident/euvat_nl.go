package ident

import "strings"

// checkNL: the Netherlands, nine digits, B and two digits. Until 2020 the nine
// digits were a tax number (RSIN) or, of sole traders, a citizen service number
// (BSN), both with a check by 11; since then sole traders bear numbers without
// any meaning, checked whole by 97. The form does not tell them apart. Source:
// VIES construction rules, NL; Belastingdienst on the VAT identification number
// of 2020 for the check by 97.
func checkNL(n string) fault {
	if len(n) != 12 {
		return wrongLength(n, "9 digits, B and 2 digits")
	}
	if f := digits(n[:9]); f.broken() {
		return f
	}
	if n[9] != 'B' {
		return alien(10, rune(n[9]), "only the letter B")
	}
	if f := digits(n[10:]); f.broken() {
		return f.after(10)
	}
	if f := notZero(n[:9]); f.broken() {
		return f
	}
	if f := notZero(n[10:]); f.broken() {
		return f.after(10)
	}
	if int(n[8]-'0') == weigh(n, 9, 8, 7, 6, 5, 4, 3, 2)%11 {
		return fault{}
	}
	if mod97("NL"+n) == 1 {
		return fault{}
	}
	return badCheck("mod11", 9)
}

// padNL completes a number whose leading zeros were left out.
func padNL(n string) string {
	if missing := 12 - len(n); missing > 0 && missing < 9 && n[len(n)-3] == 'B' {
		return strings.Repeat("0", missing) + n
	}
	return n
}
