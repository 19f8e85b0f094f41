package find

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

// Span is a stretch of a text in bytes, half-open.
type Span struct{ From, To int }

// Spans returns what of a text met a query, for highlighting: the query as it
// is, wherever it stands, else its words, else pieces of a run of Chinese. The spans are ascending and apart, and
// end with whole characters.
func Spans(query, text string) []Span {
	t := parse(query)
	m := fold.Map(cut(text, 4*MaxText))
	if len(t.words) == 0 {
		return nil
	}
	spans := occurrences(m, t.whole)
	if len(spans) == 0 {
		for _, w := range t.words {
			found := occurrences(m, w)
			if len(found) == 0 && utf8.RuneCount(w) >= minRun {
				for _, piece := range inPieces([]byte(m.Text), w) {
					found = append(found, occurrences(m, piece)...)
				}
			}
			spans = append(spans, found...)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var apart []Span
	for _, s := range spans {
		if n := len(apart); n > 0 && s.From <= apart[n-1].To {
			apart[n-1].To = max(apart[n-1].To, s.To)
		} else {
			apart = append(apart, s)
		}
	}
	return apart
}

func occurrences(m fold.Mapped, word []byte) []Span {
	var spans []Span
	text := []byte(m.Text)
	for at := unitAt(text, word, 0); at >= 0; at = unitAt(text, word, at+len(word)) {
		from, to := m.Source(at, at+len(word))
		spans = append(spans, Span{from, to})
	}
	return spans
}
