package ident

// checkHR: Croatia, eleven digits by ISO 7064 MOD 11,10: the OIB, which persons
// and entities bear alike. Source: VIES construction rules, HR.
func checkHR(n string) fault {
	if f := number(n, 11); f.broken() {
		return f
	}
	return endsIn(n, mod1110(n[:10]), "mod11-10")
}
