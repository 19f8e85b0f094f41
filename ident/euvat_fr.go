package ident

import "strings"

// checkFR: France and Monaco, a key of two characters and the SIREN of nine
// digits with its own Luhn check (Monaco's numbers begin with 000 and have
// none). A key of two digits is computed from the SIREN; keys with letters
// (never I or O) follow the newer rule. Source: VIES construction rules, FR.
func checkFR(n string) fault {
	if len(n) != 11 {
		return wrongLength(n, "a key of 2 and 9 digits")
	}
	first, second := strings.IndexByte(keyFR, n[0]), strings.IndexByte(keyFR, n[1])
	if first < 0 || second < 0 {
		at := 1
		if first >= 0 {
			at = 2
		}
		return alien(at, rune(n[at-1]), "only digits and letters other than I and O")
	}
	siren := n[2:]
	if f := digits(siren); f.broken() {
		return f.after(2)
	}
	if siren[:3] != "000" {
		if f := luhn(siren); f.broken() {
			return f.after(2)
		}
	}
	if !fitsKeyFR(first, second, decimal(siren)) {
		return badChecks("mod97", 1)
	}
	return fault{}
}

const keyFR = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

func fitsKeyFR(first, second, siren int) bool {
	if first < 10 && second < 10 {
		return first*10+second == (12+3*(siren%97))%97
	}
	key := first*34 + second - 100
	if first < 10 {
		key = first*24 + second - 10
	}
	return (siren+1+key/11)%11 == key%11
}
