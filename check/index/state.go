package index

import "slices"

// state is all that a reader sees; it is never changed once published.
type state struct {
	base *base
	over *overlay // nil until something is applied
	dead bitmap   // nil as long as over is
	gone int      // marks in dead
	asOf AsOf
}

func (s *state) has(k *Key) bool {
	hi, lo := k.halves()
	if s.base.mayHold(hi, lo) {
		for pos := s.base.home(hi); ; pos++ {
			e := s.base.slot(pos)
			if e.hi() > hi || e.gap() {
				break
			}
			if e.hi() == hi && e.lo() == lo && !s.dead.has(pos) {
				return true
			}
		}
	}
	return s.over != nil && s.over.mayHold(hi, lo) && s.over.has(hi, lo)
}

func (s *state) find(k *Key, dst []Interval) []Interval {
	hi, lo := k.halves()
	if s.base.mayHold(hi, lo) {
		for pos := s.base.home(hi); ; pos++ {
			e := s.base.slot(pos)
			if e.hi() > hi || e.gap() {
				break
			}
			if e.hi() == hi && e.lo() == lo && !s.dead.has(pos) {
				dst = append(dst, e.interval())
			}
		}
	}
	if s.over != nil && s.over.mayHold(hi, lo) {
		dst = s.over.find(hi, lo, dst)
	}
	return dst
}

func (s *state) len() int {
	n := s.base.n - s.gone
	if s.over != nil {
		n += s.over.n
	}
	return n
}

// pending is the number of marks and entries over the base.
func (s *state) pending() int {
	if s.over == nil {
		return s.gone
	}
	return s.gone + s.over.n
}

// limit is the pending beyond which a state is merged: small enough that the
// overlay's cost in memory and to readers is slight, large enough that the
// merges cost each change some ten microseconds.
func (s *state) limit() int { return max(1024, s.base.n/32) }

// change is a Change in the form in which the index keeps it.
type change struct {
	listing ID
	set     []slot
}

// with returns the state after the changes. keys tells, for each listing, under
// which keys the overlay has entries of it; it is kept up to date.
func (s *state) with(changes []change, keys map[ID][]Key) *state {
	next := *s
	if next.over == nil {
		next.over = newOverlay(s.limit())
		next.dead = make(bitmap, s.base.slotCount()/chunkBits+1)
	} else {
		over := *s.over
		next.over = &over
		next.dead = slices.Clone(s.dead)
	}
	for _, c := range changes {
		next.replace(c, keys, s.dead)
	}
	return &next
}

// replace makes one change; s is not published yet, shared is the bitmap of the
// state that is.
func (s *state) replace(c change, keys map[ID][]Key, shared bitmap) {
	s.base.ofListing(c.listing, func(pos int) {
		if !s.dead.has(pos) {
			s.dead.set(pos, shared)
			s.gone++
		}
	})
	for _, k := range keys[c.listing] {
		s.over.remove(&k, c.listing)
	}
	delete(keys, c.listing)
	for i := range c.set {
		s.over.add(&c.set[i])
		keys[c.listing] = append(keys[c.listing], Key(c.set[i][:16]))
	}
}

// merged is a base of all that the state holds.
func (s *state) merged() *base {
	if s.pending() == 0 {
		return s.base
	}
	return assemble(s.len(), func(yield func(*slot) bool) {
		for pos, e := range s.base.taken() {
			if !s.dead.has(pos) && !yield(e) {
				return
			}
		}
		for e := range s.over.entries() {
			if !yield(e) {
				return
			}
		}
	})
}
