package ident

import "strings"

// British company numbers: eight characters, padded with zeros on the left of
// the digits. Source: Companies House, under section 1066 of the Companies Act
// 2006; there is no check. The forms are eight digits (England and Wales), two
// letters and six digits (SC, NI, OC, FC, ...), R and seven digits (Northern
// Ireland before 1922), and two letters, five digits and a letter (societies,
// IP12345R). The letters are not held against a list: the registrar adds to it.
var gbCompany = definition{
	Info: Info{
		Scheme: SchemeGBCompany, Name: "British company number", NameZH: "英国公司注册号",
		Standard: "Companies Act 2006 s. 1066", Jurisdiction: "GB", Example: "00445790",
	},
	separators: "-",
	pad:        padGBCompany,
	check:      checkGBCompany,
}

func padGBCompany(v string) string {
	if len(v) >= 8 {
		return v
	}
	body := strings.TrimLeft(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if body == "" || digits(body).broken() {
		return v
	}
	return v[:len(v)-len(body)] + strings.Repeat("0", 8-len(v)) + body
}

func checkGBCompany(v string) fault {
	if len(v) != 8 {
		return wrongLength(v, "8")
	}
	if f := alphanumeric(v); f.broken() {
		return f
	}
	letters := len(v) - len(strings.TrimLeft(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if letters > 2 {
		return fault{rule: "shape", at: 3, reason: "after two letters only digits follow"}
	}
	if letters == 1 && v[0] != 'R' {
		return fault{rule: "prefix", at: 1, reason: "a single letter before the digits can only be R"}
	}
	body := v[letters:]
	if letters == 2 && isLetter(v[7]) {
		body = v[2:7]
	}
	if f := digits(body); f.broken() {
		return f.after(letters)
	}
	return notZero(body).after(letters)
}
