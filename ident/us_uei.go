package ident

// US unique entity identifiers: twelve digits and letters without I and O, the
// first not zero, which replaced the D-U-N-S number in SAM.gov on 2022-04-04.
// Source: GSA. The last character is a check, but how it is computed is not
// public, so this is a shape.
var usUEI = definition{
	Info: Info{
		Scheme: SchemeUEI, Name: "Unique entity identifier", NameZH: "美国唯一实体标识",
		Standard: "GSA UEI", Jurisdiction: "US", Example: "A1B2C3D4E5F6",
	},
	separators: "-",
	check: func(v string) fault {
		if len(v) != 12 {
			return wrongLength(v, "12")
		}
		for i := range len(v) {
			if c := v[i]; value36(c) < 0 || c == 'I' || c == 'O' {
				return alien(i+1, rune(c), "only digits and letters other than I and O")
			}
		}
		if v[0] == '0' {
			return fault{rule: "range", at: 1, reason: "the first character is never zero"}
		}
		return fault{}
	},
}
