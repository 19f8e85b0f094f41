package find

import (
	"cmp"
	"math/bits"
	"slices"
)

// candidates are the texts of a segment that hold the rarest words of a query,
// in the order of relevance; to meet it they must hold the rest too.
type candidates struct {
	segment *segment
	texts   []uint32 // numbers
	rest    [][]byte
}

// narrow answers a query whose rarest words are few enough to be gathered: it
// counts all and, but for the ranks of very many, orders all.
func (x *search) narrow(among []uint32) (hits []Hit, count int, more bool) {
	all, total := make([]candidates, len(x.segments)), 0
	for i := range x.segments {
		all[i] = x.gather(i)
		total += len(all[i].texts)
	}
	if x.order == nil && total <= x.bounds.rank {
		for _, c := range all {
			hits = x.ranked(c, hits)
		}
		return hits, len(hits), false
	}
	gathers, limit := x.order != nil && !x.walkPays(among), x.maxCount
	if gathers {
		limit = x.bounds.narrow
	}
	docs, more := x.docs(all, limit)
	switch {
	case x.order == nil:
		for i, c := range slices.Backward(all) {
			hits = append(hits, x.first(i, c)...)
		}
	case gathers:
		hits = x.page(docs)
	default:
		hits = x.each(among, x.want)
	}
	return hits, max(len(docs), len(hits)), more
}

// gather intersects the texts of the words, the rarest first, as long as that is
// less work than to look at those that are left.
func (x *search) gather(i int) candidates {
	const lookPerStep = 16
	s := x.segments[i]
	order := make([]int, len(x.words))
	for w := range order {
		order[w] = w
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x.ranges[i][a].len(), x.ranges[i][b].len()) })
	c := candidates{segment: s, texts: s.holding(x.ranges[i][order[0]])}
	for _, w := range order[1:] {
		if r := x.ranges[i][w]; r.len() <= min(lookPerStep*len(c.texts), x.bounds.narrow) {
			c.texts = intersect(c.texts, s.holding(r))
		} else {
			c.rest = append(c.rest, x.words[w])
		}
	}
	return c
}

// holding returns the texts of a range, ascending.
func (s *segment) holding(r span) []uint32 {
	const few = 64 // members of a range to sort rather than to mark
	members := s.words.pos[r.lo:r.hi]
	if len(members)*few < len(s.doc) {
		texts := make([]uint32, len(members))
		for i, pos := range members {
			texts[i] = s.number(pos)
		}
		slices.Sort(texts)
		return slices.Compact(texts)
	}
	marks := make([]uint64, len(s.doc)/64+1)
	for _, pos := range members {
		n := s.number(pos)
		marks[n/64] |= 1 << (n % 64)
	}
	texts := make([]uint32, 0, len(members))
	for i, m := range marks {
		for ; m != 0; m &= m - 1 {
			texts = append(texts, uint32(i*64+bits.TrailingZeros64(m)))
		}
	}
	return texts
}

// intersect keeps of a what is in b too; both are ascending.
func intersect(a, b []uint32) []uint32 {
	both := a[:0]
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both = append(both, a[i])
			i++
			j++
		}
	}
	return both
}

// meets reports whether a candidate holds the rest.
func (c *candidates) meets(n uint32) bool {
	if len(c.rest) == 0 {
		return true
	}
	text := c.segment.body(n)
	for _, w := range c.rest {
		if unitAt(text, w, 0) < 0 {
			return false
		}
	}
	return true
}

// ranked appends every document among the candidates, each with its best text.
func (x *search) ranked(c candidates, hits []Hit) []Hit {
	at := map[uint32]int{}
	for _, n := range c.texts {
		doc := c.segment.doc[n]
		j, seen := at[doc]
		if !seen && !x.accepts(c.segment, doc) {
			continue
		}
		switch h, ok := x.hit(c.segment, n); {
		case !ok:
		case !seen:
			at[doc] = len(hits)
			hits = append(hits, h)
		case h.better(hits[j]):
			hits[j] = h
		}
	}
	return hits
}

// docs returns the documents among the candidates, at most limit of them; more
// says that there are or may be others.
func (x *search) docs(all []candidates, limit int) (docs []uint32, more bool) {
	looks := x.bounds.looks
	for _, c := range slices.Backward(all) {
		var seen docSet
		for _, n := range c.texts {
			doc := c.segment.doc[n]
			if seen.has(doc) || !x.accepts(c.segment, doc) {
				continue
			}
			if len(c.rest) > 0 {
				if looks == 0 {
					return docs, true
				}
				looks--
			}
			if !c.meets(n) {
				continue
			}
			if len(docs) == limit {
				return docs, true
			}
			seen.add(doc)
			docs = append(docs, doc)
		}
	}
	return docs, false
}

// first returns the first hits by relevance among candidates.
func (x *search) first(i int, c candidates) []Hit {
	k := newCollector(x, x.segments[i])
	k.takeWhole()
	texts := c.texts
	k.verify(func() (uint32, bool) {
		if len(texts) == 0 {
			return 0, false
		}
		n := texts[0]
		texts = texts[1:]
		return n, true
	})
	return k.hits
}

// page returns the hits that are asked for and those before, in order.
func (x *search) page(docs []uint32) []Hit {
	slices.SortFunc(docs, func(a, b uint32) int { return cmp.Or(x.order(a, b), cmp.Compare(a, b)) })
	var hits []Hit
	for _, doc := range docs[:min(len(docs), x.want)] {
		if h, ok := x.document(doc); ok {
			hits = append(hits, h)
		}
	}
	return hits
}
