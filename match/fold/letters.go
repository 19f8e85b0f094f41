package fold

import (
	"unicode"
	"unicode/utf8"
)

// letters are those that Unicode does not decompose but that are written either
// way, or that only differ at the end of a word.
var letters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ŧ': "t",
	'ŋ': "ng", 'ə': "a", 'ı': "i", 'ĸ': "k", 'ƒ': "f", 'ƙ': "k", 'ɓ': "b", 'ɗ': "d", 'ɛ': "e", 'ɔ': "o", 'ƴ': "y",
	'ѐ': "е", 'ё': "е", 'ѝ': "и", 'ґ': "г",
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ە': "ه", 'ہ': "ه", 'ھ': "ه", 'ٱ': "ا",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
}

// IsUnit reports whether a character of a folded text is a unit by itself,
// because its script sets no spaces between words (or, as Korean, sets them as
// the writer likes): Han, kana, Hangul, Thai, Lao, Burmese, Khmer.
func IsUnit(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF, 0x1000 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x17FF:
		return true
	case r < 0x2E80:
		return false
	}
	return r <= hanLast || 0xAC00 <= r && r <= 0xD7A3 || 0xF900 <= r && r <= 0xFAFF || 0x20000 <= r && r <= 0x3FFFF
}

// Starts reports whether a unit of the folded text begins at byte i, which is
// the first byte of a character.
func Starts(text []byte, i int) bool {
	if i == 0 || text[i-1] == ' ' {
		return true
	}
	if text[i] < utf8.RuneSelf && text[i-1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRune(text[i:])
	if IsUnit(r) {
		return r >= 0x2E80 || !unicode.IsMark(r)
	}
	last, _ := utf8.DecodeLastRune(text[:i])
	return IsUnit(last) && !unicode.IsMark(r)
}

// losesMarks reports whether accents are dropped from the letters of r's script:
// those of Cyrillic and kana make other letters.
func losesMarks(r rune) bool {
	return r < 0x400 || 0x590 <= r && r < 0x700 || 0x1E00 <= r && r < 0x2000
}

// isDropped reports whether a reader does not see the character, or sees an
// apostrophe in it: it separates nothing.
func isDropped(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == '‘' || r == '’' || r == '‛' || r == '′' || r == '´' || r == 0x0640 || 0x2B9 <= r && r <= 0x2FF || r == 0xA78B || r == 0xA78C:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// digit returns the ASCII digit of a decimal digit of any script. Unicode keeps
// them in runs of ten that begin with zero.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// markFollows reports whether s begins with a combining mark that a Cyrillic
// letter could compose with (U+0300 to U+036F).
func markFollows(s string) bool { return len(s) > 0 && (s[0] == 0xCC || s[0] == 0xCD) }
