package ident

import "strings"

// Citizen numbers: region (6), birth date (8), sequence (3), check. Source: GB
// 11643-1999, ISO 7064 MOD 11-2. The number of one natural person: personal
// throughout, its errors name positions but never characters.
//
// Residence permits of Hong Kong, Macao (81, 82) and Taiwan (83) residents
// follow the same rules. The old form of 15 digits has neither century nor
// check and is refused, as is the foreigner's permanent residence number
// (beginning with 9), which is no citizen number.
var cnCitizen = definition{
	Info: Info{
		Scheme: SchemeCitizen, Name: "Citizen number", NameZH: "公民身份号码",
		Standard: "GB 11643-1999", Jurisdiction: "CN", Personal: true, Checked: true, Example: "11000018000101003X",
	},
	separators: "-",
	check:      checkCitizen,
}

func checkCitizen(v string) fault {
	switch len(v) {
	case 18:
	case 15:
		return fault{rule: "length", reason: "the form of 15 digits was withdrawn; ask for the number of 18"}
	default:
		return wrongLength(v, "18")
	}
	if f := digits(v[:17]); f.broken() {
		return f
	}
	if !isDigit(v[17]) && v[17] != 'X' {
		return alien(18, rune(v[17]), "only digits and X")
	}
	if !isProvince(v) && !strings.HasPrefix(v, "83") {
		return fault{rule: "region", at: 1, reason: "no province has this region code; GB/T 2260 lists them"}
	}
	year, month, day := decimal(v[6:10]), decimal(v[10:12]), decimal(v[12:14])
	if year < 1800 || year > 2199 || !isDate(year, month, day) {
		return fault{rule: "date", at: 7, reason: "characters 7 to 14 must be a birth date, YYYYMMDD"}
	}
	if v[17] != citizenCheck(v) {
		return badCheck("mod11-2", 18)
	}
	return fault{}
}

// citizenCheck computes the check character of the first 17 digits.
func citizenCheck(v string) byte {
	return "10X98765432"[weigh(v, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11]
}

// CitizenFrom returns the citizen number of 17 digits, its check character
// computed. It makes test numbers that can be nobody's: a birth year of 1900 or
// later is refused. The error is an [*Error].
func CitizenFrom(body17 string) (Identifier, error) {
	id, err := complete(&cnCitizen, body17, 17, func(body string) string {
		if digits(body).broken() {
			return "0"
		}
		return string(citizenCheck(body))
	})
	if err == nil && id.Value[6:10] >= "1900" {
		return Identifier{}, fault{rule: "range", at: 7, reason: "made-up numbers need a birth year of 1800 to 1899, so that they are nobody's"}.err(&cnCitizen)
	}
	return id, err
}
