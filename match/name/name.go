package name

import (
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/form"
	"github.com/openstanding/standing/match/pinyin"
	"github.com/openstanding/standing/match/roman"
	"github.com/openstanding/standing/match/word"
)

// MaxText is how many bytes of a name are read; no name is longer.
const MaxText = 4096

// Word is a word of a name, or a run of characters of a script without spaces.
type Word struct {
	Text     string   // folded
	From, To int      // in the name as it was given, in bytes
	Latin    []string // how it may be spelt in Latin letters, the most usual first; none if nobody knows
	Bones    string   // what its spellings have in common: roman.Skeleton of the first
	Full     []string // what it stands for, if it is a known abbreviation
	Weight   word.Weight
}

// Organisation is the name of a firm or body, taken apart.
type Organisation struct {
	Folded string       // all of it
	Core   string       // without legal forms
	Words  []Word       // of Core
	Forms  []form.Found // as they were found: at the end, then at the beginning
	Kinds  form.Kind    // what Forms are
	Parent string       // whose branch it says it is, folded; "" if it is none
	Branch string       // which branch
}

// ParseOrganisation takes the name of an organisation apart. Any text is sound.
func ParseOrganisation(text string) Organisation {
	r := read(text)
	parts := form.Split(r.folded.Text)
	o := Organisation{Folded: r.folded.Text, Core: parts.Core, Forms: parts.Forms, Kinds: parts.Kinds()}
	o.Words = r.words(parts.From, parts.To)
	o.Parent, o.Branch, _ = form.Parent(r.folded.Text)
	return o
}

// Person is the name of a natural person, taken apart.
type Person struct {
	Folded string
	Words  []Word // without titles, in the order given
	Family int    // which of Words is known to be the family's name; -1 if the order does not say
}

// ParsePerson takes the name of a person apart. The family's name is known where
// the script sets it first (Chinese, Korean) or a comma follows it.
func ParsePerson(text string) Person {
	r := read(text)
	p := Person{Folded: r.folded.Text, Family: -1}
	if words, ok := r.eastAsian(); ok {
		p.Words, p.Family = words, 0
		return p
	}
	comma := strings.IndexAny(r.text, ",،，")
	for _, w := range r.words(0, len(r.folded.Text)) {
		if titles[w.Text] {
			continue
		}
		if w.To <= comma {
			p.Family = len(p.Words)
		}
		p.Words = append(p.Words, w)
	}
	if p.Family > 0 || len(p.Words) < 2 { // several words before the comma
		p.Family = -1
	}
	return p
}

// titles are no part of a name.
var titles = func() map[string]bool {
	m := map[string]bool{}
	for t := range strings.FieldsSeq("mr mrs ms miss dr prof sir madam mme mlle herr frau sr sra srta eng ing hon rev haji hajji hadji sheikh shaykh mullah maulavi maulawi ustad sayyid г гн") {
		m[t] = true
	}
	return m
}()

// reader reads one name.
type reader struct {
	text   string
	folded fold.Mapped
}

func read(text string) reader {
	for len(text) > MaxText {
		_, size := utf8.DecodeLastRuneInString(text[:MaxText])
		text = text[:MaxText-size]
	}
	return reader{text, fold.Map(text)}
}

// words returns the words of a part of the folded text.
func (r reader) words(from, to int) []Word {
	var words []Word
	for at := from; at < to; {
		if r.folded.Text[at] == ' ' {
			at++
			continue
		}
		end := at + runLength(r.folded.Text[at:to])
		words = append(words, r.word(at, end))
		at = end
	}
	return words
}

// runLength is the size of the word that s begins with: up to a space, or to
// where a script without spaces begins or ends.
func runLength(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	unit := fold.IsUnit(first)
	for i, c := range s {
		if c == ' ' || fold.IsUnit(c) != unit {
			return i
		}
	}
	return len(s)
}

func (r reader) word(at, end int) Word {
	w := Word{Text: r.folded.Text[at:end]}
	w.From, w.To = r.folded.Source(at, end)
	w.Weight, w.Full = word.Weigh(w.Text), word.Full(w.Text)
	w.spell(latin(r.text[w.From:w.To], w.Text))
	return w
}

// spell sets the Latin spellings and what follows from them.
func (w *Word) spell(spellings ...string) {
	for _, s := range spellings {
		if s != "" && isASCII(s) {
			w.Latin = append(w.Latin, s)
		}
	}
	if len(w.Latin) > 0 {
		w.Bones = roman.Skeleton(w.Latin[0])
	}
}

// latin reads a word: Chinese characters as they were written, other scripts
// folded.
func latin(original, folded string) string {
	if isASCII(folded) {
		return folded
	}
	return strings.ReplaceAll(roman.Text(fold.Text(pinyin.Text(original))), " ", "")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// eastAsian reads the name of a person in Chinese characters or Hangul, the
// family first.
func (r reader) eastAsian() ([]Word, bool) {
	if !utf8.ValidString(r.text) {
		return nil, false
	}
	text := strings.Join(strings.Fields(r.text), "")
	if family, given, ok := pinyin.Person(text); ok {
		size := utf8.RuneCountInString(text) - strings.Count(given, " ") - 1
		words := r.split(size)
		words[0].spell(pinyin.Surname(prefix(text, size))...)
		if len(words[0].Latin) == 0 {
			words[0].spell(family)
		}
		joined := strings.ReplaceAll(given, " ", "")
		words[1].spell(joined, strings.ReplaceAll(pinyin.WadeGiles(given), " ", ""))
		return words, true
	}
	syllables := utf8.RuneCountInString(r.folded.Text)
	if syllables < 2 || syllables > 5 || strings.ContainsFunc(r.folded.Text, func(c rune) bool { return c < 0xAC00 || c > 0xD7A3 }) {
		return nil, false
	}
	size := 1
	if syllables > 2 && roman.KoreanSurname(prefix(r.folded.Text, 2)) != nil {
		size = 2
	}
	words := r.split(size)
	words[0].spell(append(roman.KoreanSurname(words[0].Text), roman.Text(words[0].Text))...)
	words[1].spell(roman.Text(words[1].Text))
	return words, true
}

// split returns two bare words, the first of n characters.
func (r reader) split(n int) []Word {
	at := len(prefix(r.folded.Text, n))
	words := []Word{{Text: r.folded.Text[:at]}, {Text: r.folded.Text[at:]}}
	words[0].From, words[0].To = r.folded.Source(0, at)
	words[1].From, words[1].To = r.folded.Source(at, len(r.folded.Text))
	return words
}

// prefix returns the first n characters.
func prefix(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
