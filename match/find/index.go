package find

import (
	"math"
	"sync"
)

// Index finds documents by their texts. Its methods may be called at the same
// time; a search sees each document wholly before or after a change of it.
//
// What was built is one sorted segment. A changed document is a small segment
// beside it, and dead in the one that had it; eight segments of like size are
// merged into one when they have come together, so a change costs the sorting of
// its texts about four times, some 50 µs each. Segments of 4,096 documents and
// more are left to [Index.Compact].
type Index struct {
	bounds bounds
	write  sync.Mutex // held by whoever changes the index

	mu       sync.RWMutex // over what follows
	segments []*segment   // large ones first
	home     map[uint32]*segment
	fixed    int             // segments at the beginning that are being compacted
	changed  map[uint32]bool // documents replaced meanwhile
}

func newIndex(base *segment) *Index {
	x := &Index{bounds: usual, home: map[uint32]*segment{}}
	if len(base.docs) > 0 {
		x.segments = []*segment{base}
	}
	return x
}

// Search returns a page of the documents found, the same on every run. It looks
// at a bounded number of texts, whatever the query.
func (x *Index) Search(q Query) Result {
	t := parse(q.Text)
	if len(t.words) == 0 {
		return Result{}
	}
	s := search{terms: t, keep: q.Keep, order: q.Order, bounds: x.bounds, maxCount: q.MaxCount}
	if s.maxCount <= 0 {
		s.maxCount = MaxCount
	}
	offset, limit := min(max(q.Offset, 0), s.maxCount), min(max(q.Limit, 0), s.maxCount)
	s.want = offset + limit
	x.mu.RLock()
	defer x.mu.RUnlock()
	s.segments = x.segments
	hits, count, more := s.run(q.Among)
	return Result{Hits: hits[min(offset, len(hits)):], Count: count, More: more}
}

// Replace makes texts all that a document is found by; none: it is not found.
// It is so from when Replace returns.
func (x *Index) Replace(doc uint32, texts ...string) {
	b := Builder{}
	b.Add(doc, texts...)
	s := b.segment()
	x.write.Lock()
	defer x.write.Unlock()
	x.insert(doc, s)
	x.mergeSmall()
}

func (x *Index) insert(doc uint32, s *segment) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if old, ok := x.home[doc]; ok {
		old.dead.add(doc)
		delete(x.home, doc)
	} else {
		for _, old := range x.segments {
			if len(old.textsOf(doc)) > 0 {
				old.dead.add(doc)
			}
		}
	}
	if x.changed != nil {
		x.changed[doc] = true
	}
	if len(s.docs) > 0 {
		x.home[doc] = s
		x.segments = append(x.segments[:len(x.segments):len(x.segments)], s)
	}
}

// The rule of merging.
const (
	together = 8    // segments of a class become one
	large    = 4096 // documents from which a segment is left alone
)

// class is how many times a segment was merged, by its size.
func (s *segment) class() int {
	return int(math.Log2(float64(max(1, len(s.docs)-s.dead.n)))) / 3
}

// mergeSmall merges the last segments as long as enough of a class stand there.
// The caller holds write, so nothing dies meanwhile.
func (x *Index) mergeSmall() {
	for {
		n := len(x.segments)
		first := n
		for first > x.fixed && len(x.segments[first-1].docs) < large && x.segments[first-1].class() <= x.segments[n-1].class() {
			first--
		}
		if n-first < together {
			return
		}
		merged := merge(x.segments[first:], nil)
		x.mu.Lock()
		x.segments = append(x.segments[:first:first], merged...)
		for _, s := range merged {
			for _, doc := range s.docs {
				x.home[doc] = s
			}
		}
		x.mu.Unlock()
	}
}

// merge builds one segment, or none, of what lives in several. dead are copies
// of their sets of the dead, or nil if nobody changes those.
func merge(segments []*segment, dead []docSet) []*segment {
	var b Builder
	for i, s := range segments {
		gone := &s.dead
		if dead != nil {
			gone = &dead[i]
		}
		for j, doc := range s.docs {
			if gone.has(doc) {
				continue
			}
			end := len(s.texts)
			if j+1 < len(s.first) {
				end = int(s.first[j+1])
			}
			for _, n := range s.texts[s.first[j]:end] {
				from := len(b.raw)
				b.raw = append(b.raw, s.body(n)...)
				b.keep(doc, s.ordinal[n], from)
			}
		}
	}
	if len(b.entries) == 0 {
		return nil
	}
	return []*segment{b.segment()}
}

// Segments is how many parts a search must look into: one when nothing has
// changed, a few dozen after 100,000 changes. Above 40, [Index.Compact] pays.
func (x *Index) Segments() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.segments)
}

// Compact makes the index what building it anew would make. It takes as long;
// searches and changes go on meanwhile. Two at a time are one too many: the
// second returns at once.
func (x *Index) Compact() {
	x.write.Lock()
	x.mu.Lock()
	if x.changed != nil {
		x.mu.Unlock()
		x.write.Unlock()
		return
	}
	old := x.segments
	dead := make([]docSet, len(old))
	for i, s := range old {
		dead[i] = docSet{append([]uint32(nil), s.dead.slots...), s.dead.n}
	}
	x.fixed, x.changed = len(old), map[uint32]bool{}
	x.mu.Unlock()
	x.write.Unlock()

	merged := merge(old, dead)

	x.write.Lock()
	defer x.write.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range merged {
		for doc := range x.changed {
			if len(s.textsOf(doc)) > 0 {
				s.dead.add(doc)
			}
		}
	}
	for doc, s := range x.home {
		for _, gone := range old {
			if s == gone {
				delete(x.home, doc)
			}
		}
	}
	x.segments = append(merged, x.segments[len(old):]...)
	x.fixed, x.changed = 0, nil
}
