package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// masked stands for a name of which nothing can be shown.
const masked = "***"

// Mask returns what the public may see of a natural person's name. A name that
// begins with a Han character keeps it, and each further character becomes
// "＊" (张三丰: 张＊＊), as the courts print it. In any other script each word
// keeps its initial and hides its length (John Smith: J*** S***). A name of one
// Han character, and anything that is not a name, is hidden whole.
func Mask(name string) string {
	if len(name) > MaxNameRunes*utf8.UTFMax || !utf8.ValidString(name) {
		return masked
	}
	words := strings.Fields(norm.NFC.String(name))
	if len(words) == 0 {
		return masked
	}
	if first, _ := utf8.DecodeRuneInString(words[0]); isHan(first) {
		n := utf8.RuneCountInString(strings.Join(words, ""))
		if n == 1 {
			return "＊"
		}
		return string(first) + strings.Repeat("＊", n-1)
	}
	var parts []string
	for _, w := range words {
		if i := strings.IndexFunc(w, unicode.IsLetter); i >= 0 {
			initial, _ := utf8.DecodeRuneInString(w[i:])
			parts = append(parts, string(initial)+masked)
		}
	}
	if len(parts) == 0 {
		return masked
	}
	return strings.Join(parts, " ")
}
