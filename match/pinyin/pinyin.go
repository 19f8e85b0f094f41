package pinyin

import (
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

// The characters that have readings here.
const (
	first = 0x3400
	last  = 0x9FFF
)

// book is the tables, opened.
type book struct {
	syllables []string
	mostly    [last - first + 1]uint16 // index of syllables + 1
	too       map[rune][]uint16
	words     map[string]string
	begins    [last - first + 1]bool // characters that words begin with
	longest   int                    // word, in characters
	surnames  map[string]string
	spellings map[string][]string
}

var open = newBook()

func newBook() *book {
	b := &book{too: map[rune][]uint16{}, words: pairs(words), surnames: pairs(surnames), spellings: map[string][]string{}}
	number := map[string]uint16{}
	b.each(firstReadings, number, func(r rune, n uint16) { b.mostly[r-first] = n + 1 })
	b.each(otherReadings, number, func(r rune, n uint16) { b.too[r] = append(b.too[r], n) })
	for han, reading := range pairs(inNames) {
		r, _ := utf8.DecodeRuneInString(han)
		b.prefer(r, number[reading])
	}
	for word := range b.words {
		r, _ := utf8.DecodeRuneInString(word)
		b.begins[r-first] = true
		b.longest = max(b.longest, utf8.RuneCountInString(word))
	}
	for han, list := range pairs(spellings) {
		b.spellings[han] = append(b.spellings[han], strings.Fields(list)...)
	}
	return b
}

// pairs reads "汉 han|字 zi", lines or not.
func pairs(table string) map[string]string {
	out := map[string]string{}
	for _, entry := range strings.FieldsFunc(table, func(r rune) bool { return r == '|' || r == '\n' }) {
		han, latin, _ := strings.Cut(entry, " ")
		out[han] = latin
	}
	return out
}

// each reads "a啊阿ai爱", a syllable and its characters.
func (b *book) each(table string, number map[string]uint16, fn func(rune, uint16)) {
	for table != "" {
		n := strings.IndexFunc(table, func(r rune) bool { return r >= first })
		syllable := table[:n]
		table = table[n:]
		end := strings.IndexFunc(table, func(r rune) bool { return r < first })
		if end < 0 {
			end = len(table)
		}
		i, ok := number[syllable]
		if !ok {
			i = uint16(len(b.syllables))
			number[syllable] = i
			b.syllables = append(b.syllables, syllable)
		}
		for _, r := range table[:end] {
			fn(r, i)
		}
		table = table[end:]
	}
}

// prefer makes a reading the first of a character.
func (b *book) prefer(r rune, n uint16) {
	before := b.mostly[r-first] - 1
	if before == n {
		return
	}
	rest := []uint16{before}
	for _, other := range b.too[r] {
		if other != n {
			rest = append(rest, other)
		}
	}
	b.mostly[r-first], b.too[r] = n+1, rest
}

func (b *book) reading(r rune) string {
	if r < first || r > last || b.mostly[r-first] == 0 {
		return ""
	}
	return b.syllables[b.mostly[r-first]-1]
}

// Readings returns the syllables of a character, the one in most names first;
// none for what is not a Chinese character or has no known reading.
func Readings(r rune) []string {
	s := open.reading(r)
	if s == "" {
		return nil
	}
	all := []string{s}
	for _, n := range open.too[r] {
		all = append(all, open.syllables[n])
	}
	return all
}

// Text returns a text with its Chinese characters read, a syllable a word. The
// rest stays, set apart by spaces.
func Text(s string) string {
	var b strings.Builder
	b.Grow(2 * len(s))
	word := func(s string) {
		if b.Len() > 0 && b.String()[b.Len()-1] != ' ' {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	han := false
	for s != "" {
		if reading, size := open.word(s); size > 0 {
			word(reading)
			s, han = s[size:], true
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		if reading := open.reading(r); reading != "" {
			word(reading)
			han = true
		} else {
			if han && r != ' ' {
				b.WriteByte(' ')
			}
			b.WriteString(s[:size])
			han = false
		}
		s = s[size:]
	}
	return b.String()
}

// word returns the reading of the longest word that s begins with, and its size.
func (b *book) word(s string) (reading string, size int) {
	if r, _ := utf8.DecodeRuneInString(s); r < first || r > last || !b.beginsWord(fold.Han(r)) {
		return "", 0
	}
	var simple strings.Builder
	at := 0
	for range b.longest {
		r, n := utf8.DecodeRuneInString(s[at:])
		if r < first || r > last {
			break
		}
		at += n
		simple.WriteRune(fold.Han(r))
		if found, ok := b.words[simple.String()]; ok {
			reading, size = found, at
		}
	}
	return reading, size
}

// Person reads the name of a person written in Chinese: the surname, of one
// character or a known one of two, as one word, the rest by character; ok is
// false if the text is not two to six characters that it can read.
func Person(name string) (family, given string, ok bool) {
	var runes, simple []rune
	for _, r := range name {
		if open.reading(r) == "" {
			return "", "", false
		}
		runes, simple = append(runes, r), append(simple, fold.Han(r))
	}
	if len(runes) < 2 || len(runes) > 6 {
		return "", "", false
	}
	n := 1
	if _, ok := open.surnames[string(simple[:2])]; ok && len(runes) > 2 {
		n = 2
	}
	family, found := open.surnames[string(simple[:n])]
	if !found {
		family = open.reading(runes[0])
	}
	var rest []string
	for _, r := range runes[n:] {
		rest = append(rest, open.reading(r))
	}
	return strings.ReplaceAll(family, " ", ""), strings.Join(rest, " "), true
}

// Surname returns how a Chinese surname is spelt in Latin letters, folded: in
// pinyin, in Wade-Giles, then as in Hong Kong, Malaysia, Singapore, Vietnam, for
// common ones. None for what it cannot read.
func Surname(han string) []string {
	simple := strings.Map(fold.Han, han)
	list := []string{}
	add := func(s string) {
		s = strings.ReplaceAll(s, " ", "")
		for _, have := range list {
			if have == s {
				return
			}
		}
		list = append(list, s)
	}
	own, ok := open.surnames[simple]
	if !ok {
		r, size := utf8.DecodeRuneInString(han)
		if own = open.reading(r); own == "" || size != len(han) {
			return nil
		}
	}
	add(own)
	add(WadeGiles(own))
	for _, s := range open.spellings[simple] {
		add(s)
	}
	return list
}

func (b *book) beginsWord(r rune) bool { return first <= r && r <= last && b.begins[r-first] }
