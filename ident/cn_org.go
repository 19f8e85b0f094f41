package ident

// Organisation codes: eight characters and a check character, printed
// XXXXXXXX-C. Source: GB 11714-1997. Issued alone until 2015, they live on as
// characters 9 to 17 of the unified social credit code.
var cnOrg = definition{
	Info: Info{
		Scheme: SchemeOrg, Name: "Organisation code", NameZH: "组织机构代码",
		Standard: "GB 11714-1997", Jurisdiction: "CN", Checked: true, Example: "D2143569X",
	},
	separators: "-",
	check:      checkOrg,
}

func checkOrg(v string) fault {
	if len(v) != 9 {
		return wrongLength(v, "8 and a check character")
	}
	if f := alphanumeric(v[:8]); f.broken() {
		return f
	}
	if !isDigit(v[8]) && v[8] != 'X' {
		return alien(9, rune(v[8]), "only digits and X")
	}
	// PDY00001 to PDY99999 each system gives out for itself, so they would name
	// different bodies here and there.
	if v[:3] == "PDY" && !digits(v[3:8]).broken() {
		return fault{rule: "reserved", at: 1, reason: "codes PDY00001 to PDY99999 are private to one system"}
	}
	if v[8] != orgCheck(v[:8]) {
		return badCheck("gb11714", 9)
	}
	return fault{}
}

var orgWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// orgCheck computes the check character of eight characters. Letters count by
// base 36 (A is 10, J is 19, Z is 35), also inside a USCC, whose own check
// counts in an alphabet without I, O, S, V and Z (J is 18 there). Two characters
// whose values differ by 11, such as 0 and B, are the same to it.
func orgCheck(body string) byte {
	sum := 0
	for i, w := range orgWeights {
		sum += value36(body[i]) * w
	}
	// The rest is positive for whatever body holds, at worst -1 a character.
	return "0X987654321"[((sum%11)+11)%11]
}

// OrgCodeFrom returns the organisation code of eight body characters, its check
// character computed. The error is an [*Error].
func OrgCodeFrom(body8 string) (Identifier, error) {
	return complete(&cnOrg, body8, 8, func(body string) string { return string(orgCheck(body)) })
}

// complete folds a body, appends what finish computes from it, and lets New
// judge the whole.
func complete(d *definition, body string, length int, finish func(body string) string) (Identifier, error) {
	if len(body) > MaxText {
		return Identifier{}, tooLong(d.Scheme)
	}
	folded, f := fold(body, d.separators)
	if !f.broken() && len(folded) != length {
		f = fault{rule: "length", reason: "the body without its check characters has the wrong length"}
	}
	if f.broken() {
		return Identifier{}, f.err(d)
	}
	return New(d.Scheme, folded+finish(folded))
}
