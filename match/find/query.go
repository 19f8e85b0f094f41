package find

import (
	"bytes"

	"github.com/openstanding/standing/match/fold"
)

// MaxCount is up to where a search counts, unless its query says otherwise.
const MaxCount = 10_000

// Query asks for documents.
type Query struct {
	Text string // beginnings of words; nothing but punctuation finds nothing

	// Keep says which documents may be found; nil: all. It is called while the
	// index is held, so it must not change it, and often, so it must be fast.
	Keep func(doc uint32) bool

	// Among, unless nil, holds every document that Keep accepts, each once; it
	// may hold others. It is what a filter that has its documents at hand gives,
	// so that a rare filter and a common word need not be walked. With Order it
	// must be in that order.
	Among []uint32

	// Order sorts what is found; nil: by relevance, that is rank, length of the
	// text, document. A word that is too common to be walked is sorted
	// completely only if Among is given; else the order holds among the first
	// MaxCount found.
	Order func(a, b uint32) int

	Offset, Limit int // a page; pages beyond MaxCount are empty
	MaxCount      int // counts are exact up to this; 0: [MaxCount]
}

// Rank is how well a text meets a query; less is better.
type Rank uint8

// The ranks.
const (
	Exact    Rank = iota // the text is the query
	Begins               // the text begins with the query
	Phrase               // the query stands in the text as it is
	InOrder              // its words do, in order
	Anywhere             // its words do
)

// Hit is a document that was found.
type Hit struct {
	Doc  uint32
	Text int // which of its texts met the query best
	Rank Rank

	size uint32
}

// Result is a page of what was found.
type Result struct {
	Hits  []Hit
	Count int  // documents found
	More  bool // and there are, or may be, more than Count
}

// terms is a query as it is looked for.
type terms struct {
	whole  []byte   // the text of it, folded
	words  [][]byte // its words, each once
	single bool     // whole is the only word
}

func parse(text string) terms {
	text = cut(text, 4*MaxText)
	t := terms{whole: cut(fold.Append(nil, text), MaxText)}
	seen := map[string]bool{}
	at := 0
	for _, w := range fold.Words(text) {
		if at < len(t.whole) && t.whole[at] == ' ' {
			at++
		}
		if at >= len(t.whole) {
			break
		}
		w = w[:min(len(w), len(t.whole)-at)]
		at += len(w)
		if !seen[w] {
			seen[w] = true
			t.words = append(t.words, []byte(w))
		}
	}
	t.single = len(t.words) == 1 && len(t.words[0]) == len(t.whole)
	return t
}

// rank says how a text meets the terms; ok is false if it does not.
func (t *terms) rank(text []byte) (r Rank, ok bool) {
	switch {
	case bytes.HasPrefix(text, t.whole):
		if len(text) == len(t.whole) {
			return Exact, true
		}
		return Begins, true
	case unitAt(text, t.whole, 0) >= 0:
		return Phrase, true
	case t.single:
		return 0, false
	}
	at, r := 0, InOrder
	for _, w := range t.words {
		if r == InOrder {
			if i := unitAt(text, w, at); i >= 0 {
				at = i + len(w)
				continue
			}
			r = Anywhere
		}
		if unitAt(text, w, 0) < 0 {
			return 0, false
		}
	}
	return r, true
}
