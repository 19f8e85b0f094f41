package ident

// Brazilian legal entity numbers: root (8), establishment (4), two check digits,
// printed 12.ABC.345/01DE-35. Source: Instrução Normativa RFB 2119/2022 as
// amended by 2229/2024: from July 2026 the first twelve characters may be
// letters too; each counts as its ASCII code less 48, so that the check digits
// of numeric numbers did not change.
var brCNPJ = definition{
	Info: Info{
		Scheme: SchemeCNPJ, Name: "National register of legal entities (CNPJ)", NameZH: "巴西法人登记号",
		Standard: "IN RFB 2229/2024", Jurisdiction: "BR", Checked: true, Example: "12ABC34501DE35",
	},
	separators: "-./",
	check:      checkCNPJ,
}

func checkCNPJ(v string) fault {
	if len(v) != 14 {
		return wrongLength(v, "14")
	}
	if f := alphanumeric(v[:12]); f.broken() {
		return f
	}
	if f := digits(v[12:]); f.broken() {
		return f.after(12)
	}
	if v[:12] == "000000000000" {
		return fault{rule: "range", at: 1, reason: "zeros alone number nobody"}
	}
	if v[12] != cnpjCheck(v[:12]) {
		return badCheck("mod11", 13)
	}
	if v[13] != cnpjCheck(v[:13]) {
		return badCheck("mod11", 14)
	}
	return fault{}
}

// cnpjCheck computes the check digit that follows: weights 2 to 9 over and over
// from the right; rests 0 and 1 both give 0, so a few mistakes pass one digit
// (not often both), as do characters that differ by 11, 22 or 33.
func cnpjCheck(prefix string) byte {
	sum := 0
	for i := range len(prefix) {
		sum += int(prefix[len(prefix)-1-i]-'0') * (2 + i%8)
	}
	if rest := sum % 11; rest > 1 {
		return byte('0' + 11 - rest)
	}
	return '0'
}

// CNPJFrom returns the number of twelve characters, its check digits computed.
// The error is an [*Error].
func CNPJFrom(body12 string) (Identifier, error) {
	return complete(&brCNPJ, body12, 12, func(body string) string {
		first := string(cnpjCheck(body))
		return first + string(cnpjCheck(body+first))
	})
}
