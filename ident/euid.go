package ident

import "strings"

// European unique identifiers: country (2), register, a point, the number in
// that register, and perhaps an underscore and a check character. Source:
// Implementing Regulation (EU) 2015/884 and its successors (now 2021/1042).
// Register numbers follow national custom, their points and slashes included,
// and the check is national too, so this is a shape.
var euid = definition{
	Info: Info{
		Scheme: SchemeEUID, Name: "European unique identifier (EUID)", NameZH: "欧盟企业唯一标识",
		Standard: "Regulation (EU) 2021/1042", Jurisdiction: "EU", Example: "DEK1101R.HRB116737",
	},
	check: checkEUID,
}

func checkEUID(v string) fault {
	point := strings.IndexByte(v, '.')
	if point < 3 {
		return fault{rule: "shape", reason: "a country, a register, a point and a number must follow one another, as in DEK1101R.HRB116737"}
	}
	for i := range 2 {
		if !isLetter(v[i]) {
			return alien(i+1, rune(v[i]), "only the two letters of a country")
		}
	}
	if f := alphanumeric(v[2:point]); f.broken() {
		return f.after(2)
	}
	return checkEUIDNumber(v[point+1:]).after(point + 1)
}

func checkEUIDNumber(number string) fault {
	body, check, marked := strings.Cut(number, "_")
	if body == "" {
		return fault{rule: "shape", reason: "the number in the register is missing after the point"}
	}
	for i := range len(body) {
		if body[i] <= ' ' || body[i] > '~' {
			return alien(i+1, rune(body[i]), "only visible ASCII characters other than the underscore")
		}
	}
	if marked && (len(check) != 1 || value36(check[0]) < 0) {
		return fault{rule: "shape", at: len(body) + 1, reason: "one digit or letter must follow the underscore, and nothing after it"}
	}
	return fault{}
}
