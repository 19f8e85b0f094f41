package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// MaxNameRunes bounds a name: what is longer is not a name, and cutting it
// would make two names one.
const MaxNameRunes = 1024

// NormalName returns the form of a name under which it is looked up exactly;
// two spellings that differ only in what a clerk's keyboard or a printer adds
// have the same one. It is NFKC (so full width becomes half width) and case
// folded (Unicode Standard Annex 15 and section 3.13), '&' reads " and ", other
// punctuation and symbols and invisible characters are removed, white space is
// collapsed to single spaces, and dropped beside a Han character, because
// Chinese has no word spaces and official tables pad names with them. Legal
// forms ("Ltd", "有限公司") stay: this is exact look-up, not matching.
//
// It returns "" where there is no name to look up: nothing is left, the text is
// not valid UTF-8, or it is longer than [MaxNameRunes]. Never index "".
// NormalName(NormalName(s)) == NormalName(s).
func NormalName(name string) string {
	// Folding can undo a normal form and removing a character can bring two
	// others together; the second round nearly always changes nothing.
	const maxRounds = 8
	for range maxRounds {
		if len(name) > MaxNameRunes*utf8.UTFMax || utf8.RuneCountInString(name) > MaxNameRunes || !utf8.ValidString(name) {
			return ""
		}
		next := reduce(name)
		if next == name || isPlain(next) {
			return next
		}
		name = next
	}
	return ""
}

// reduce is one round of NormalName.
func reduce(name string) string {
	if !isPlain(name) {
		name = cases.Fold().String(norm.NFKC.String(name))
	}
	var b strings.Builder
	b.Grow(len(name) + len(" and "))
	space, prev := false, rune(0)
	write := func(r rune) {
		if space && prev != 0 && !isHan(prev) && !isHan(r) {
			b.WriteByte(' ')
		}
		space, prev = false, r
		b.WriteRune(r)
	}
	for _, r := range name {
		switch {
		case r == '&':
			space = true
			for _, r := range "and" {
				write(r)
			}
			space = true
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			space = true
		case unicode.IsPunct(r) || unicode.IsSymbol(r) || isInvisible(r):
		default:
			write(r)
		}
	}
	if b.Len() > MaxNameRunes && utf8.RuneCountInString(b.String()) > MaxNameRunes {
		return ""
	}
	return b.String()
}

// isPlain reports whether neither normalising nor folding can change s, nor
// removing characters from it: lower-case ASCII and the main Han block have no
// case and compose with nothing.
func isPlain(s string) bool {
	for _, r := range s {
		if (r >= utf8.RuneSelf || 'A' <= r && r <= 'Z') && (r < 0x4E00 || r > 0x9FA5) {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return r >= 0x2E80 && unicode.Is(unicode.Han, r) }

func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// NameKeyText returns the text under which the name of an organisation is
// looked up, to be given to [Pepper.Key]; "" where there is no name. The name
// of a natural person alone is no key: see [PersonKeyTexts].
func NameKeyText(name string) string { return keyText("name", name) }

// PersonKeyTexts returns the texts under which a natural person is looked up
// where the source has no identifier: full name with date of birth
// (YYYY-MM-DD, or as far as it is known), full name with country (ISO 3166
// alpha-2). One text for each that is given, none where there is no name: a
// person is never found by name alone.
func PersonKeyTexts(name, birth, country string) []string {
	var texts []string
	if t := keyText("name+birthdate", name, birth); t != "" {
		texts = append(texts, t)
	}
	if t := keyText("name+country", name, strings.ToUpper(country)); t != "" {
		texts = append(texts, t)
	}
	return texts
}

// keyText joins what is looked up together. A normalised name holds neither
// ':' nor '|', so no two lists of parts give the same text.
func keyText(scheme, name string, rest ...string) string {
	n := NormalName(name)
	if n == "" {
		return ""
	}
	text := scheme + ":" + n
	for _, r := range rest {
		r = strings.TrimSpace(r)
		if r == "" {
			return ""
		}
		text += "|" + r
	}
	return text
}
