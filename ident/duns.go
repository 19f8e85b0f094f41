package ident

// D-U-N-S numbers: nine digits, printed 12-345-6789. Source: Dun & Bradstreet;
// no check digit is published, so this is a shape.
var duns = definition{
	Info: Info{
		Scheme: SchemeDUNS, Name: "D-U-N-S number", NameZH: "邓白氏编码",
		Standard: "D&B D-U-N-S", Jurisdiction: "*", Example: "123456789",
	},
	separators: "-",
	check: func(v string) fault {
		if f := number(v, 9); f.broken() {
			return f
		}
		return notZero(v)
	},
}
