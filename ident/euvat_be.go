package ident

// checkBE: Belgium, ten digits, the enterprise number: eight digits beginning
// with 0 or 1, and 97 less their rest by 97. The older form of nine digits lacks
// the first zero. Source: VIES construction rules, BE.
func checkBE(n string) fault {
	if f := number(n, 10); f.broken() {
		return f
	}
	if n[0] > '1' {
		return fault{rule: "prefix", at: 1, reason: "an enterprise number begins with 0 or 1"}
	}
	if f := notZero(n); f.broken() {
		return f
	}
	if decimal(n[8:]) != 97-decimal(n[:8])%97 {
		return badChecks("mod97", 9)
	}
	return fault{}
}
