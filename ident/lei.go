package ident

// Legal entity identifiers: issuer (4), reserved (2, often 00), entity (12), two
// check digits. Source: ISO 17442; check by ISO 7064 MOD 97-10.
var lei = definition{
	Info: Info{
		Scheme: SchemeLEI, Name: "Legal entity identifier", NameZH: "法人机构识别编码",
		Standard: "ISO 17442", Jurisdiction: "*", Checked: true, Example: "HWUPKR0MPOU8FGXBT394",
	},
	separators: "-",
	check:      checkLEI,
}

func checkLEI(v string) fault {
	if len(v) != 20 {
		return wrongLength(v, "20")
	}
	if f := alphanumeric(v[:18]); f.broken() {
		return f
	}
	if f := digits(v[18:]); f.broken() {
		return f.after(18)
	}
	// 98 less a rest of 0 to 96: 00, 01 and 99 fit too but are never issued.
	if decimal(v[18:]) != leiCheck(v[:18]) {
		return badChecks("mod97", 19)
	}
	return fault{}
}

// leiCheck computes the check digits of the first 18 characters, 2 to 98.
func leiCheck(prefix string) int { return 98 - mod97(prefix)*100%97 }

// LEIFrom returns the legal entity identifier of 18 characters, its check digits
// computed. The error is an [*Error].
func LEIFrom(prefix18 string) (Identifier, error) {
	return complete(&lei, prefix18, 18, func(prefix string) string { return twoDigits(leiCheck(prefix)) })
}
