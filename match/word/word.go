// Package word knows single words in the names of firms: what abbreviations
// stand for, and which words say little because so many firms have them.
//
//	word.Full("mfg")                        // "manufacturing", "manufacture"
//	word.Abbreviates("srvces", "services")  // true, by rule
//	word.Weigh("corp")                      // Generic: never enough for a hit
//
// All words are folded (package fold). Legal forms are the matter of package
// form.
package word

import "strings"

// Weight is how much a word says about who bears it.
type Weight uint8

// The weights.
const (
	Telling Weight = iota // a name, as far as is known here
	Generic               // many firms have it: group, trading, 国际
	Joining               // and, of, the, de, und
)

// Weigh returns the weight of a word, or of a row of Chinese characters.
func Weigh(word string) Weight { return known.weights[word] }

// Full returns the words that an abbreviation stands for, the most common first;
// none if it is not a known one.
func Full(word string) []string { return known.full[word] }

// Abbreviates reports whether short may stand for long: because it is known to,
// as its beginning of three letters or more (comm, communications), or because
// it keeps the first letter, the last consonant and others in order, at least
// half of the consonants (grp, group; srvces, services; intl, international).
func Abbreviates(short, long string) bool {
	for _, full := range known.full[short] {
		if full == long || strings.TrimSuffix(long, "s") == full {
			return true
		}
	}
	if len(short) < 2 || len(long) < len(short)+2 || short[0] != long[0] || !isLetters(short) || !isLetters(long) {
		return false
	}
	if strings.HasPrefix(long, short) {
		return len(short) >= 3
	}
	return contracts(strings.TrimSuffix(short, "s"), strings.TrimSuffix(long, "s"))
}

// contracts reports whether short is long with letters left out, mostly vowels.
func contracts(short, long string) bool {
	kept, consonants, at := 0, 0, 0
	last := byte(0)
	for i := range len(long) {
		took := at < len(short) && long[i] == short[at]
		if took {
			at++
		}
		if !isVowel(long[i]) {
			consonants++
			last = long[i]
			if took {
				kept++
			}
		}
	}
	return at == len(short) && len(short) >= 3 && 2*kept >= consonants && strings.HasSuffix(strings.TrimRight(short, "aeiou"), string(last))
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// book is the tables, opened.
type book struct {
	full    map[string][]string
	weights map[string]Weight
}

var known = newBook()

func newBook() *book {
	b := &book{map[string][]string{}, map[string]Weight{}}
	for entry := range strings.FieldsFuncSeq(abbreviations, func(r rune) bool { return r == '|' || r == '\n' }) {
		words := strings.Fields(entry)
		b.full[words[0]] = words[1:]
	}
	for w := range strings.FieldsSeq(generic) {
		b.weights[w] = Generic
	}
	for w := range strings.FieldsSeq(joining) {
		b.weights[w] = Joining
	}
	for short, full := range b.full {
		if _, ok := b.weights[short]; !ok && b.weights[full[0]] == Generic {
			b.weights[short] = Generic
		}
	}
	return b
}
