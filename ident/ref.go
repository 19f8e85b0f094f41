package ident

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// References are an authority's own numbers for a party or a case, as importers
// find them: text of 1 to 64 visible characters in any script. They are unique
// only within the authority that gave them, which whoever compares two of them
// must also compare.
//
// Canonical is: full-width forms folded to ASCII, so that a docket number
// printed with either kind of brackets is one; ASCII letters in capitals; one
// space for any run of white space, none at the ends. Nothing else is folded:
// other scripts keep their case and their compositions.
var ref = definition{
	Info: Info{
		Scheme: SchemeRef, Name: "Reference number of an authority", NameZH: "机关自编号",
		Standard: "none", Jurisdiction: "*", Example: "CASE 2024/17",
	},
	normalise: foldRef,
	check:     checkRef,
}

const maxRef = 64

func foldRef(value string) (string, fault) {
	var b strings.Builder
	b.Grow(len(value))
	gap := false
	for _, r := range value {
		if r >= '！' && r <= '～' || r < utf8.RuneSelf || unicode.IsSpace(r) {
			r = foldRune(r)
		}
		if r == ' ' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String(), fault{}
}

func checkRef(v string) fault {
	n := 0
	for _, r := range v {
		n++
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return alien(n, r, "only visible characters")
		}
	}
	if n == 0 || n > maxRef {
		return fault{rule: "length", reason: "has " + strconv.Itoa(n) + " characters where 1 to 64 must stand"}
	}
	return fault{}
}
