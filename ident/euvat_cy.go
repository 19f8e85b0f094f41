package ident

// checkCY: Cyprus, eight digits and a check letter, never beginning with 12.
// Source: VIES construction rules, CY.
func checkCY(n string) fault {
	if len(n) != 9 {
		return wrongLength(n, "8 digits and a letter")
	}
	if f := digits(n[:8]); f.broken() {
		return f
	}
	if !isLetter(n[8]) {
		return alien(9, rune(n[8]), "only a check letter")
	}
	if n[:2] == "12" {
		return fault{rule: "prefix", at: 1, reason: "no number begins with 12"}
	}
	// Digits at odd places count as the table says, those at even places as they are.
	odd := [10]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21}
	sum := 0
	for i := 0; i < 8; i += 2 {
		sum += odd[n[i]-'0'] + int(n[i+1]-'0')
	}
	if n[8] != byte('A'+sum%26) {
		return badCheck("mod26", 9)
	}
	return fault{}
}
