package find

import (
	"cmp"
	"slices"
)

// bounds limit a search, in looks at one text.
type bounds struct {
	rank   int // texts of which each is ranked
	narrow int // members of ranges that are gathered as a whole
	looks  int // at texts, for the hits, and again for the count
	steps  int // through ranges or documents without a look
	wait   int // looks for texts that hold the words in order when enough hold them in another
}

// usual bounds keep a search within some 10 ms.
var usual = bounds{rank: 1 << 12, narrow: 1 << 18, looks: 1 << 14, steps: 1 << 17, wait: 1 << 11}

// search is one question to all segments.
type search struct {
	terms
	keep     func(uint32) bool
	order    func(a, b uint32) int
	bounds   bounds
	segments []*segment
	ranges   [][]span // of each segment: of each word
	rarest   []span   // of each segment
	total    int      // members of rarest
	want     int      // hits
	maxCount int
}

// span is a range of segment.words.
type span struct{ lo, hi int }

func (s span) len() int { return s.hi - s.lo }

// lookUp finds the ranges of the words.
func (x *search) lookUp() {
	x.ranges, x.rarest, x.total = nil, nil, 0
	for _, s := range x.segments {
		ranges := make([]span, len(x.words))
		rarest := span{0, len(s.words.pos)}
		for i, w := range x.words {
			ranges[i].lo, ranges[i].hi = s.prefixed(&s.words, w)
			if ranges[i].len() < rarest.len() {
				rarest = ranges[i]
			}
			if rarest.len() == 0 {
				break
			}
		}
		x.ranges, x.rarest = append(x.ranges, ranges), append(x.rarest, rarest)
		x.total += rarest.len()
	}
}

// run returns the first hits and the count.
func (x *search) run(among []uint32) (hits []Hit, count int, more bool) {
	if x.lookUp(); x.total > 0 {
		return x.found(among)
	}
	typed := x.terms
	for _, apart := range []func(*search, []rune) [][]rune{longest, twos} {
		x.terms = typed
		words, ok := x.breakUp(apart)
		if !ok {
			break
		}
		x.words, x.single = words, false
		x.lookUp()
		if hits, count, more = x.found(among); count > 0 {
			break
		}
	}
	return hits, count, more
}

// found searches by the ranges of the words.
func (x *search) found(among []uint32) (hits []Hit, count int, more bool) {
	switch {
	case among != nil && len(among) <= min(x.bounds.rank, x.total):
		hits = x.each(among, len(among))
		count = len(hits)
	case x.total > x.bounds.narrow:
		hits, count, more = x.wide(among)
	default:
		hits, count, more = x.narrow(among)
	}
	x.sort(hits)
	return hits[:min(len(hits), x.want)], min(count, x.maxCount), more || count > x.maxCount
}

func (x *search) sort(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		if x.order != nil {
			return cmp.Or(x.order(a.Doc, b.Doc), cmp.Compare(a.Doc, b.Doc))
		}
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.size, b.size), cmp.Compare(a.Doc, b.Doc))
	})
}

// accepts reports whether a document of a segment may be found.
func (x *search) accepts(s *segment, doc uint32) bool {
	return !s.dead.has(doc) && (x.keep == nil || x.keep(doc))
}

// hit looks at one text.
func (x *search) hit(s *segment, n uint32) (Hit, bool) {
	text := s.body(n)
	r, ok := x.rank(text)
	return Hit{Doc: s.doc[n], Text: int(s.ordinal[n]), Rank: r, size: uint32(len(text))}, ok
}

// better reports whether a hit is better than another of the same document.
func (h Hit) better(other Hit) bool {
	return cmp.Or(cmp.Compare(h.Rank, other.Rank), cmp.Compare(h.size, other.size), cmp.Compare(h.Text, other.Text)) < 0
}

// walkPays reports whether to walk documents in the order that was asked for,
// until there are enough, promises less work than to gather all that match.
func (x *search) walkPays(among []uint32) bool {
	const lookPerStep = 16
	return among != nil && lookPerStep*float64(x.want)*float64(len(among)) < float64(x.total)*float64(x.total)
}

// each looks at documents one by one, in their order, until it has enough.
func (x *search) each(docs []uint32, enough int) []Hit {
	var hits []Hit
	for _, doc := range docs[:min(len(docs), x.bounds.steps)] {
		if len(hits) == enough {
			break
		}
		if x.keep != nil && !x.keep(doc) {
			continue
		}
		if h, ok := x.document(doc); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// document looks at all texts of one document.
func (x *search) document(doc uint32) (best Hit, ok bool) {
	for _, s := range slices.Backward(x.segments) {
		texts := s.textsOf(doc)
		if len(texts) == 0 || s.dead.has(doc) {
			continue
		}
		for _, n := range texts {
			if h, met := x.hit(s, n); met && (!ok || h.better(best)) {
				best, ok = h, true
			}
		}
		return best, ok
	}
	return Hit{}, false
}
