package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold brings a printed value to capital ASCII without spaces and separators;
// dashes of any kind count as hyphens. A value that needs nothing is returned
// as it is, without a copy. A character that does not fold to ASCII is an
// alphabet fault.
func fold(value, separators string) (string, fault) {
	if plain(value) {
		return value, fault{}
	}
	var buffer [MaxText]byte
	kept := buffer[:0]
	for _, r := range value {
		r = foldRune(r)
		switch {
		case r == ' ' || r < utf8.RuneSelf && strings.IndexByte(separators, byte(r)) >= 0:
		case r >= utf8.RuneSelf:
			return "", alien(len(kept)+1, r, onlyAlphanumeric)
		default:
			kept = append(kept, byte(r))
		}
	}
	if string(kept) == value {
		return value, fault{}
	}
	return string(kept), fault{}
}

// plain reports whether value holds only capital ASCII letters and digits.
func plain(value string) bool {
	for i := 0; i < len(value); i++ {
		if c := value[i]; c-'0' > 9 && c-'A' > 25 {
			return false
		}
	}
	return true
}

// foldRune is the part of NFKC that identifiers need, with upper case.
func foldRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case unicode.IsSpace(r):
		return ' '
	case r >= '\u2010' && r <= '\u2015' || r == '\u2212':
		return '-'
	}
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	return r
}
