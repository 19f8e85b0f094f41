package find

import "slices"

// wide answers a query whose rarest word stands in so many texts that they are
// not gathered. By relevance the tree of minima yields the first ones; in
// another order the documents are walked, if they were given.
func (x *search) wide(among []uint32) (hits []Hit, count int, more bool) {
	docs, more := x.count()
	switch {
	case x.order == nil:
		for i, s := range slices.Backward(x.segments) {
			k := newCollector(x, s)
			k.takeWhole()
			if next := s.words.ascending(x.rarest[i].lo, x.rarest[i].hi); !x.single {
				k.verify(func() (uint32, bool) {
					pos, ok := next()
					return s.number(pos), ok
				})
			}
			hits = append(hits, k.hits...)
		}
	case among != nil:
		hits = x.each(among, x.want)
	default:
		hits = x.page(docs)
	}
	return hits, max(len(docs), len(hits)), more
}

// count returns the documents found, up to maxCount, and whether there are or
// may be more.
func (x *search) count() (docs []uint32, more bool) {
	steps, looks := x.bounds.steps, x.bounds.looks
	for i, s := range slices.Backward(x.segments) {
		var seen docSet
		for _, pos := range s.words.pos[x.rarest[i].lo:x.rarest[i].hi] {
			if steps == 0 || looks == 0 {
				return docs, true
			}
			steps--
			n := s.number(pos)
			doc := s.doc[n]
			if seen.has(doc) || !x.accepts(s, doc) {
				continue
			}
			if !x.single {
				looks--
				if _, ok := x.hit(s, n); !ok {
					continue
				}
			}
			if len(docs) == x.maxCount {
				return docs, true
			}
			seen.add(doc)
			docs = append(docs, doc)
		}
	}
	return docs, false
}

// collector gathers the first hits of one segment by relevance.
type collector struct {
	*search
	segment *segment
	seen    map[uint32]bool // documents, true if they are among hits
	hits    []Hit
	looks   int // left
}

func newCollector(x *search, s *segment) *collector {
	return &collector{search: x, segment: s, seen: map[uint32]bool{}, looks: x.bounds.looks}
}

// takeWhole takes the texts that hold the whole query as it is, the best ranks
// first, each from the shortest text up.
func (c *collector) takeWhole() {
	s := c.segment
	lo, hi := s.prefixed(&s.heads, append(c.whole[:len(c.whole):len(c.whole)], 0))
	c.take(&s.heads, span{lo, hi}, Exact)
	lo, hi = s.prefixed(&s.heads, c.whole)
	c.take(&s.heads, span{lo, hi}, Begins)
	lo, hi = s.prefixed(&s.words, c.whole)
	c.take(&s.words, span{lo, hi}, Phrase)
}

// take adds the members of a range, all of which meet the query.
func (c *collector) take(of *sorted, r span, rank Rank) {
	next := of.ascending(r.lo, r.hi)
	for steps := c.bounds.looks; len(c.hits) < c.want && steps > 0; steps-- {
		pos, ok := next()
		if !ok {
			return
		}
		n := c.segment.number(pos)
		doc := c.segment.doc[n]
		if _, seen := c.seen[doc]; seen {
			continue
		}
		if c.seen[doc] = c.accepts(c.segment, doc); c.seen[doc] {
			size := uint32(len(c.segment.body(n)))
			c.hits = append(c.hits, Hit{Doc: doc, Text: int(c.segment.ordinal[n]), Rank: rank, size: size})
		}
	}
}

// verify looks at texts one by one, which come in the order of relevance. Those
// that hold the words in another order wait until all others have come, or
// those that came next held none in order.
func (c *collector) verify(next func() (uint32, bool)) {
	var waiting []Hit
	for len(c.hits) < c.want && c.looks > 0 {
		n, ok := next()
		if !ok {
			break
		}
		doc := c.segment.doc[n]
		if _, seen := c.seen[doc]; seen || !c.accepts(c.segment, doc) {
			continue
		}
		c.looks--
		h, ok := c.hit(c.segment, n)
		switch {
		case !ok:
		case h.Rank == Anywhere:
			if waiting = append(waiting, h); len(waiting) == c.want {
				c.looks = min(c.looks, c.bounds.wait)
			}
		default:
			c.seen[doc] = true
			c.hits = append(c.hits, h)
		}
	}
	for _, h := range waiting {
		if len(c.hits) >= c.want {
			break
		}
		if !c.seen[h.Doc] {
			c.seen[h.Doc] = true
			c.hits = append(c.hits, h)
		}
	}
}
