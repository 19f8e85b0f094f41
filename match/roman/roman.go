package roman

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text returns a folded text with the letters it knows in Latin. Where a script
// begins or ends within a word, a space is set.
func Text(folded string) string {
	if isLatin(folded) {
		return folded
	}
	w := writer{rest: folded}
	for w.rest != "" {
		w.next()
	}
	return strings.TrimSpace(w.b.String())
}

func isLatin(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// writer writes what it reads from rest.
type writer struct {
	b    strings.Builder
	rest string
	last script // of the character before
}

// script is a group of letters that form words with one another.
type script uint8

const (
	none script = iota
	latin
	cyrillicScript
	greekScript
	hebrewScript
	arabicScript
	thaiScript
	kanaScript
	hangulScript
	other
)

func scriptOf(r rune) script {
	switch {
	case r == ' ':
		return none
	case r < 0x370:
		return latin
	case r < 0x400:
		return greekScript
	case r < 0x530:
		return cyrillicScript
	case 0x590 <= r && r < 0x600:
		return hebrewScript
	case 0x600 <= r && r < 0x780:
		return arabicScript
	case 0xE00 <= r && r < 0xE80:
		return thaiScript
	case 0x3040 <= r && r < 0x3100:
		return kanaScript
	case 0xAC00 <= r && r < 0xD7A4:
		return hangulScript
	}
	return other
}

// next writes one character, or some that are read together.
func (w *writer) next() {
	r, size := utf8.DecodeRuneInString(w.rest)
	s := scriptOf(r)
	begins := s != w.last
	if begins && s != none && w.last != none {
		w.b.WriteByte(' ')
	}
	w.last = s
	rest := w.rest
	w.rest = rest[size:]
	switch s {
	case cyrillicScript:
		w.letter(r, cyrillic)
	case greekScript:
		if size := w.greekPair(rest, begins); size > 0 {
			w.rest = rest[size:]
			return
		}
		w.letter(r, greek)
	case hebrewScript:
		w.hebrew(r, begins)
	case arabicScript:
		w.arabic(r, rest, begins)
	case thaiScript:
		w.letter(r, thai)
	case kanaScript:
		w.kana(r)
	case hangulScript:
		w.hangul(r)
	default:
		w.b.WriteRune(r)
	}
}

// letter writes r as the table says; what is not in it stays.
func (w *writer) letter(r rune, table map[rune]string) {
	if latin, ok := table[r]; ok {
		w.b.WriteString(latin)
	} else {
		w.b.WriteRune(r)
	}
}

// greekPair writes two letters that are read together and returns their length.
func (w *writer) greekPair(rest string, begins bool) int {
	const size = len("ου")
	if len(rest) < size {
		return 0
	}
	pair, ok := greekPairs[rest[:size]]
	if !ok {
		return 0
	}
	out := pair[1]
	if begins {
		out = pair[0]
	}
	next, _ := utf8.DecodeRuneInString(rest[size:])
	if strings.HasSuffix(out, "v") && strings.ContainsRune("θκξπστφχψ", next) {
		out = out[:len(out)-1] + "f"
	}
	w.b.WriteString(out)
	return size
}

// hebrew reads vav within a word as a vowel, unless it is doubled.
func (w *writer) hebrew(r rune, begins bool) {
	switch {
	case r == 'ו' && strings.HasPrefix(w.rest, "ו"):
		w.rest = w.rest[len("ו"):]
		w.b.WriteByte('v')
	case r == 'ו' && !begins && w.rest != "" && w.rest[0] != ' ':
		w.b.WriteByte('o')
	case r == 'י' && begins:
		w.b.WriteByte('y')
	default:
		w.letter(r, hebrew)
	}
}

// arabic sets the article apart and reads waw and ya at the beginning of a word
// as consonants.
func (w *writer) arabic(r rune, rest string, begins bool) {
	const article = "ال"
	word, _, _ := strings.Cut(rest, " ")
	switch {
	case begins && strings.HasPrefix(word, article) && utf8.RuneCountInString(word) > 4:
		w.b.WriteString("al ")
		w.rest = rest[len(article):]
		w.last = none
	case begins && r == 'و':
		w.b.WriteByte('w')
	case begins && r == 'ي':
		w.b.WriteByte('y')
	default:
		w.letter(r, arabic)
	}
}

// kana writes a syllable with the small letters that belong to it.
func (w *writer) kana(r rune) {
	switch {
	case r == 'ー':
		return
	case hiragana(r) == 'っ':
		next, _ := utf8.DecodeRuneInString(w.rest)
		if s := kana[hiragana(next)]; s != "" && !strings.ContainsAny(s[:1], "aiueon") {
			w.b.WriteString(strings.TrimSuffix(s[:1], "c"))
			if s[0] == 'c' {
				w.b.WriteByte('t')
			}
		}
		return
	}
	s, ok := kana[hiragana(r)]
	if !ok {
		if s, ok = smallKana[hiragana(r)]; !ok {
			w.b.WriteRune(r)
			return
		}
	}
	next, size := utf8.DecodeRuneInString(w.rest)
	if small, ok := smallKana[hiragana(next)]; ok {
		w.rest = w.rest[size:]
		s = s[:len(s)-1]
		if len(s) > 1 && s != "ts" || s == "j" { // sha, chu, jo
			small = strings.TrimPrefix(small, "y")
		}
		s += small
	}
	w.b.WriteString(s)
}

func hiragana(r rune) rune {
	if 0x30A1 <= r && r <= 0x30F6 {
		return r - 0x60
	}
	return r
}

// hangul writes a syllable by its parts. A final consonant is carried over to a
// vowel that follows.
func (w *writer) hangul(r rune) {
	const first, perVowel = 0xAC00, 28
	i := int(r - first)
	w.b.WriteString(initials[i/perVowel/len(vowels)])
	w.b.WriteString(vowels[i/perVowel%len(vowels)])
	final := finals[i%perVowel]
	next, _ := utf8.DecodeRuneInString(w.rest)
	if scriptOf(next) == hangulScript && int(next-first)/perVowel/len(vowels) == silentInitial {
		if voiced, ok := carried[final]; ok {
			final = voiced
		}
	}
	w.b.WriteString(final)
}

// silentInitial is the number of ㅇ among initials.
const silentInitial = 11

// carried is how a final consonant sounds before a vowel.
var carried = map[string]string{"k": "g", "p": "b", "t": "s", "l": "r"}

// Skeleton returns of a romanised text what its spellings have in common: of
// every word the consonants, in classes that transliterations keep apart at
// will, single, without h at the end. A word of vowels keeps its first.
//
// Two names with the same skeleton need not be the same; two spellings of one
// name mostly have it.
func Skeleton(latin string) string {
	var b strings.Builder
	for i, word := range strings.Fields(latin) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(bones(word))
	}
	return b.String()
}

// digraphs are read as one sound; longer ones first.
var digraphs = strings.NewReplacer(
	"shch", "s", "sch", "s", "tsch", "s", "tch", "s", "dzh", "j", "dj", "j", "gj", "g", "kj", "k",
	"sh", "s", "ch", "s", "zh", "j", "kh", "h", "gh", "g", "ph", "f", "th", "t", "dh", "d", "ts", "s", "tz", "s", "cz", "s", "sz", "s",
	"ck", "k", "qu", "k", "x", "ks", "ce", "se", "ci", "si", "cy", "si",
)

func bones(word string) string {
	sounds := digraphs.Replace(word)
	var b strings.Builder
	last := rune(0)
	for _, r := range sounds {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			last = 0
			continue
		case 'q', 'c':
			r = 'k'
		case 'w':
			r = 'v'
		case 'z':
			r = 's'
		}
		if r != last && unicode.IsPrint(r) {
			b.WriteRune(r)
		}
		last = r
	}
	s := b.String()
	if short := strings.TrimSuffix(s, "h"); short != "" {
		s = short
	}
	if s == "" && word != "" {
		r, _ := utf8.DecodeRuneInString(word)
		s = string(r)
	}
	return s
}
