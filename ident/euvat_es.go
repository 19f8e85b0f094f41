package ident

import "strings"

// checkES: Spain, nine characters, the tax number (NIF): eight digits and a
// letter (national identity card); X, Y or Z, seven digits and a letter
// (foreigners); K, L or M, seven digits and a letter (other persons); another
// letter, seven digits and a check (entities), which is a digit or a letter by
// kind of entity; sources differ on which, so that either is taken. Source: VIES
// construction rules, ES; Real Decreto 1065/2007 articles 18 to 22.
func checkES(n string) fault {
	if len(n) != 9 {
		return wrongLength(n, "9")
	}
	if !isDigit(n[0]) && !strings.Contains(entitiesES+personsES, n[:1]) {
		return alien(1, rune(n[0]), "only digits and letters other than I, O and T")
	}
	if f := digits(n[1:8]); f.broken() {
		return f.after(1)
	}
	switch {
	case strings.Contains(entitiesES, n[:1]):
		want := (10 - luhnSum(n[1:8])%10) % 10
		if int(n[8]-'0') == want || n[8] == "JABCDEFGHI"[want] {
			return fault{}
		}
		return badCheck("luhn", 9)
	case n[8] != letterES(n):
		return badCheck("mod23", 9)
	}
	return fault{}
}

const (
	entitiesES = "ABCDEFGHJNPQRSUVW"
	personsES  = "KLMXYZ"
)

// letterES is the check letter of a person's number: X, Y and Z count as the
// digits 0, 1 and 2, while K, L and M do not count.
func letterES(n string) byte {
	value := decimal(n[1:8])
	switch {
	case isDigit(n[0]):
		value += int(n[0]-'0') * 10_000_000
	case n[0] >= 'X':
		value += int(n[0]-'X') * 10_000_000
	}
	return "TRWAGMYFPDXBNJZSQVHLCKE"[value%23]
}

func isPersonES(n string) bool { return !strings.Contains(entitiesES, n[:1]) }
