package source

import (
	_ "embed"
	"strings"
)

//go:embed tables/countries.txt
var countriesText string

// countries maps folded names and codes to ISO 3166 alpha-2.
type countries map[string]string

func newCountries() countries {
	c := countries{}
	for _, row := range strings.Split(countriesText, "\n") {
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		names := strings.Split(row, "|")
		for _, name := range names {
			c[foldCountry(name)] = names[0]
		}
	}
	return c
}

// code returns the code of a printed name or code, "" if it is none or stands
// for more than one country.
func (c countries) code(printed string) string { return c[foldCountry(printed)] }

// foldCountry drops what spellings differ in: case, diacritics, punctuation.
func foldCountry(s string) string {
	s = strings.ReplaceAll(plain(s), "&", " AND ")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "'", ""), "’", "")
	words := strings.FieldsFunc(s, func(r rune) bool {
		return !(r >= 'A' && r <= 'Z')
	})
	return strings.Join(words, " ")
}
