package index

import (
	"sync"
	"sync/atomic"
)

// Index finds the intervals of a key. Make one with a [Builder] or [Open]. All
// methods may be called from several goroutines; Find, Has and View take no
// lock and never wait.
type Index struct {
	state atomic.Pointer[state]

	mu      sync.Mutex // held by whoever replaces state
	keys    map[ID][]Key
	merging bool
	late    []change // applied while a merge runs, which has not seen them
}

func newIndex(b *base, asOf AsOf) *Index {
	x := &Index{keys: map[ID][]Key{}}
	x.state.Store(&state{base: b, asOf: asOf})
	return x
}

// View is the index as it was at one moment. It stays valid, and costs the
// memory of what has been replaced since: use it for one question.
type View struct{ s *state }

// View returns the present state.
func (x *Index) View() View { return View{x.state.Load()} }

// Has reports whether any interval, past, present or to come, is under the key.
// It does not allocate.
func (v View) Has(k Key) bool { return v.s.has(&k) }

// Find appends the intervals under the key to dst, in no particular order. It
// allocates only if dst has no room.
func (v View) Find(k Key, dst []Interval) []Interval { return v.s.find(&k, dst) }

// AsOf returns what the last Apply, Build or Open gave.
func (v View) AsOf() AsOf { return v.s.asOf }

// Has is [View.Has] on the present state.
func (x *Index) Has(k Key) bool { return x.state.Load().has(&k) }

// Find is [View.Find] on the present state.
func (x *Index) Find(k Key, dst []Interval) []Interval { return x.state.Load().find(&k, dst) }

// AsOf is [View.AsOf] of the present state.
func (x *Index) AsOf() AsOf { return x.state.Load().asOf }

// Len returns the number of intervals.
func (x *Index) Len() int { return x.state.Load().len() }

// Pending returns how many intervals have come or gone since the last merge. At
// 1/32 of the base (at least 1024) Apply merges by itself.
func (x *Index) Pending() int { return x.state.Load().pending() }

// Apply replaces all intervals of the listings named, in order, and the AsOf.
// Readers see all of it at once. Changes may be empty: then only AsOf moves.
//
// A call takes some microseconds for each change, but the one that finds the
// overlay grown large merges it first, a fraction of a second for a million
// intervals; readers go on meanwhile. Whoever cannot let the writer wait calls
// Compact from another goroutine before Pending reaches its limit.
func (x *Index) Apply(asOf AsOf, changes []Change) {
	own := make([]change, len(changes))
	for i, c := range changes {
		own[i] = change{c.Listing, make([]slot, len(c.Set))}
		for j, e := range c.Set {
			e.Interval.Listing = c.Listing
			own[i].set[j] = *newSlot(&e.Key, &e.Interval)
		}
	}
	if x.apply(asOf, own) {
		x.Compact()
	}
}

// apply reports whether a merge is due.
func (x *Index) apply(asOf AsOf, changes []change) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	next := *x.state.Load()
	if len(changes) > 0 {
		next = *next.with(changes, x.keys)
	}
	next.asOf = asOf
	x.state.Store(&next)
	if x.merging {
		x.late = append(x.late, changes...)
	}
	return !x.merging && next.pending() > next.limit()
}

// Compact merges what was applied into a new base, while readers and Apply go
// on. It needs room for a second base while it runs. It returns at once if
// there is nothing to merge or another call is at work.
func (x *Index) Compact() {
	x.mu.Lock()
	from := x.state.Load()
	if x.merging || from.pending() == 0 {
		x.mu.Unlock()
		return
	}
	x.merging = true
	x.mu.Unlock()

	merged := from.merged()

	x.mu.Lock()
	defer x.mu.Unlock()
	next := &state{base: merged}
	clear(x.keys)
	if len(x.late) > 0 {
		next = next.with(x.late, x.keys)
	}
	next.asOf = x.state.Load().asOf
	x.state.Store(next)
	x.late, x.merging = nil, false
}

// Bytes returns the memory that the index takes, all told; what lies over the
// base is estimated.
func (x *Index) Bytes() int {
	const (
		entryCost = 64 + 100 // in its shard; its listing and key in the writer's map
		nodeCost  = 64 * 24
	)
	s := x.state.Load()
	size := headerSize + len(s.base.body) + 8*len(s.dead)
	for _, chunk := range s.dead {
		if chunk != nil {
			size += 8 * chunkWords
		}
	}
	if s.over != nil {
		size += 8*len(s.over.top) + 8*len(s.over.filter) + s.over.n*entryCost
		for _, node := range s.over.top {
			if node != nil {
				size += nodeCost
			}
		}
	}
	return size
}
