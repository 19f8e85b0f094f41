package source

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy returns s without invisible characters, each run of white space one
// space, none at the ends.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.Map(dropInvisible, s)), " ")
}

func dropInvisible(r rune) rune {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
		return -1
	case '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069':
		return -1 // they turn what follows around, also what is not theirs
	}
	return r
}

// tidyLines is tidy for a value on several lines; a line that only repeats an
// earlier one is dropped (a slip of copying seen in the EBRD list).
func tidyLines(s string) string {
	if !strings.Contains(s, "\n") {
		return tidy(s)
	}
	parts := strings.Split(s, "\n")
	for i, part := range parts {
		parts[i] = tidy(part)
	}
	return strings.Join(distinct(parts, ""), " ")
}

// distinct returns the texts in their order, each once, without skip.
func distinct(list []string, skip string) []string {
	seen := map[string]bool{"": true, skip: true}
	var kept []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// Letters that Unicode does not decompose but that lists print either way.
var plainLetters = strings.NewReplacer("Ø", "O", "Đ", "D", "Ł", "L", "ß", "SS", "ẞ", "SS", "Æ", "AE", "Œ", "OE", "Ə", "A", "Ð", "D")

// plain returns s in capitals without diacritics, for comparing tokens; never
// for showing.
func plain(s string) string {
	s = strings.ToUpper(s)
	if isASCII(s) { // most names are; decomposing would be most of the work
		return s
	}
	s = norm.NFKD.String(s)
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	return plainLetters.Replace(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// joinHan removes the spaces between Han characters: Chinese is written
// without them, so they come from line breaks of the page that was copied.
func joinHan(s string) string {
	rs := []rune(s)
	var b strings.Builder
	for i, r := range rs {
		if r == ' ' && i > 0 && i+1 < len(rs) && isHan(rs[i-1]) && isHan(rs[i+1]) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func hasHan(s string) bool { return strings.IndexFunc(s, isHan) >= 0 }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
