package ident

// checkPT: Portugal, nine digits, the first not zero: the NIF. Source: VIES
// construction rules, PT.
func checkPT(n string) fault {
	if f := number(n, 9); f.broken() {
		return f
	}
	if n[0] == '0' {
		return leadingZero
	}
	rest := weigh(n, 9, 8, 7, 6, 5, 4, 3, 2) % 11
	return endsIn(n, (11-rest)%11%10, "mod11")
}

// isPersonPT: natural persons' numbers begin with 1, 2 or 3, those of persons
// abroad with 45. Source: Autoridade Tributária, kinds of NIF.
func isPersonPT(n string) bool { return n[0] >= '1' && n[0] <= '3' || len(n) > 1 && n[:2] == "45" }
