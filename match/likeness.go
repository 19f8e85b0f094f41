package match

import (
	"unicode"
	"unicode/utf8"

	"github.com/openstanding/standing/match/word"
)

// likeness says how alike two words are, 0 to 1, and by which rule.
func likeness(a, b *entry) (float32, Feature) {
	if a.text == b.text {
		return 1, Exact
	}
	if a.class == number || b.class == number || a.class == letter || b.class == letter {
		return 0, ""
	}
	if a.script && b.script && isHan(a.text) && isHan(b.text) {
		return hanLikeness(a, b)
	}
	best, rule := latinLikeness(a, b)
	if s := translated(a, b); s > best {
		best, rule = s, Translated
	}
	if !a.script && !b.script && best < 0.9 && (ofTrade(a) || ofTrade(b)) && (word.Abbreviates(a.text, b.text) || word.Abbreviates(b.text, a.text)) {
		best, rule = 0.9, Abbreviation
	}
	return best, rule
}

// ofTrade reports whether a word is one that firms shorten.
func ofTrade(e *entry) bool { return e.class == tradeWord || e.class == generic }

func isHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}

// hanLikeness compares Chinese words: characters are names, so the same sound
// says less than the same sign.
func hanLikeness(a, b *entry) (float32, Feature) {
	ra, rb := []rune(a.text), []rune(b.text)
	if n := max(len(ra), len(rb)); n >= 3 && n <= 32 {
		d := 0
		if len(ra) == len(rb) {
			for i := range ra {
				if ra[i] != rb[i] {
					d++
				}
			}
			if d == 1 {
				return 1 - 1.2/float32(n), Edit
			}
		} else if len(ra)-len(rb) == 1 || len(rb)-len(ra) == 1 {
			short, long := ra, rb
			if len(ra) > len(rb) {
				short, long = rb, ra
			}
			i := 0
			for _, r := range long {
				if i < len(short) && short[i] == r {
					i++
				}
			}
			if i == len(short) {
				return 1 - 1.2/float32(n), Edit
			}
		}
	}
	if shareIdea(a, b) {
		return 0.4, Translated
	}
	if l := a.latin(); l != "" && l == b.latin() {
		return 0.5, Phonetic
	}
	return 0, ""
}

// latinLikeness compares the spellings in Latin letters.
func latinLikeness(a, b *entry) (best float32, rule Feature) {
	for i := 0; ; i++ {
		sa := a.spelling(i)
		if sa == "" {
			break
		}
		for j := 0; ; j++ {
			sb := b.spelling(j)
			if sb == "" {
				break
			}
			s, r := spelt(sa, sb)
			if r == Exact {
				s, r = 0.97, Romanised
			}
			if s > best {
				best, rule = s, r
			}
		}
	}
	if a.bones != 0 && a.bones == b.bones {
		if s := soundsAlike(a, b, best); s > best {
			best, rule = s, Phonetic
		}
	}
	return best, rule
}

// soundsAlike is the likeness of two words with one skeleton: vowels differ, or
// letters that transliterations exchange. near is how alike they are by letters.
func soundsAlike(a, b *entry, near float32) float32 {
	la, lb := len(a.latin()), len(b.latin())
	short, apart := min(la, lb), max(la-lb, lb-la)
	switch {
	case a.bony && (a.script || b.script):
		return 0.9
	case a.script != b.script:
		return 0.75
	case near >= 0.7 && short >= 4:
		return 0.9
	case near >= 0.5 && short >= 4:
		return 0.78
	case a.bony && short >= 5 && apart <= 2:
		return 0.8
	case a.bony:
		return 0.6
	}
	return 0
}

// spelling is the i-th of up to three Latin spellings; "" if there are no more.
func (e *entry) spelling(i int) string {
	switch {
	case i >= 3:
	case !e.script:
		if i == 0 {
			return e.text
		}
	case i < len(e.spell):
		return e.spell[i]
	}
	return ""
}

// spelt compares two Latin words letter by letter.
func spelt(a, b string) (float32, Feature) {
	if a == b {
		return 1, Exact
	}
	n := max(len(a), len(b))
	limit := allowed(n)
	if len(a)-len(b) > limit || len(b)-len(a) > limit || limit == 0 {
		return 0, ""
	}
	d := distance(a, b, limit)
	if d > limit {
		return 0, ""
	}
	switch d {
	case 1:
		if len(a) == len(b) && letters(a) == letters(b) { // two letters exchanged
			return max(0.72, 1-0.8/float32(n)), Edit
		}
		if n < 5 {
			return 0.18 * float32(n), Edit
		}
		return 1 - 1/float32(n), Edit
	case 2:
		if n >= 5 {
			return 1 - 2.4/float32(n), Edit
		}
	case 3:
		return 1 - 4/float32(n), Edit
	}
	return 0, ""
}

// translated compares the ideas of two words: strong between two languages, in
// one language they are two words.
func translated(a, b *entry) float32 {
	if !shareIdea(a, b) {
		return 0
	}
	if a.script != b.script {
		return 0.92
	}
	return 0.45
}

func shareIdea(a, b *entry) bool {
	for _, x := range a.ideas {
		for _, y := range b.ideas {
			if x == y {
				return true
			}
		}
	}
	return false
}
