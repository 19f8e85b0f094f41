package index

import (
	"iter"
	"slices"
	"sync/atomic"
)

// overlay holds the entries newer than the base: a tree of fixed depth by the
// leading 14 bits of the key. It is never changed once readers see it, but for
// its filter, to which bits are only added, and before they are needed.
type overlay struct {
	top    [256]*node
	n      int
	filter []uint64
}

// node holds the shards under one leading byte.
type node [64][]slot

// newOverlay makes an overlay whose filter is good for limit entries.
func newOverlay(limit int) *overlay {
	return &overlay{filter: make([]uint64, filterWords(limit))}
}

// mayHold reports false only if the overlay has no entry of the key; see that
// of base.
func (o *overlay) mayHold(hi, lo uint64) bool {
	mask := filterMask(lo)
	return atomic.LoadUint64(&o.filter[scale(hi, len(o.filter))])&mask == mask
}

func branch(hi uint64) (top, shard int) { return int(hi >> 56), int(hi >> 50 & 63) }

// shard returns the entries that share the key's leading bits.
func (o *overlay) shard(hi uint64) []slot {
	top, shard := branch(hi)
	if o.top[top] == nil {
		return nil
	}
	return o.top[top][shard]
}

func (o *overlay) has(hi, lo uint64) bool {
	shard := o.shard(hi)
	for i := range shard {
		if shard[i].hi() == hi && shard[i].lo() == lo {
			return true
		}
	}
	return false
}

func (o *overlay) find(hi, lo uint64, dst []Interval) []Interval {
	shard := o.shard(hi)
	for i := range shard {
		if shard[i].hi() == hi && shard[i].lo() == lo {
			dst = append(dst, shard[i].interval())
		}
	}
	return dst
}

func (o *overlay) entries() iter.Seq[*slot] {
	return func(yield func(*slot) bool) {
		for _, node := range o.top {
			if node == nil {
				continue
			}
			for _, shard := range node {
				for i := range shard {
					if !yield(&shard[i]) {
						return
					}
				}
			}
		}
	}
}

// setShard replaces a shard in a copy of its node.
func (o *overlay) setShard(hi uint64, entries []slot) {
	top, shard := branch(hi)
	var fresh node
	if old := o.top[top]; old != nil {
		fresh = *old
	}
	fresh[shard] = entries
	o.top[top] = &fresh
}

func (o *overlay) add(e *slot) {
	hi := e.hi()
	atomic.OrUint64(&o.filter[scale(hi, len(o.filter))], filterMask(e.lo()))
	o.setShard(hi, append(slices.Clip(o.shard(hi)), *e))
	o.n++
}

// remove drops the entries of a listing from the shard of a key.
func (o *overlay) remove(k *Key, listing ID) {
	hi, _ := k.halves()
	var kept []slot
	old := o.shard(hi)
	for i := range old {
		if old[i].listing() != listing {
			kept = append(kept, old[i])
		}
	}
	o.n -= len(old) - len(kept)
	o.setShard(hi, kept)
}

// bitmap marks slots of the base whose entries hold no longer, in chunks that
// states share until they change; a nil chunk has no mark.
type bitmap []*[chunkWords]uint64

const (
	chunkWords = 512
	chunkBits  = 64 * chunkWords
)

func (m bitmap) has(i int) bool {
	if m == nil {
		return false
	}
	chunk := m[i/chunkBits]
	return chunk != nil && chunk[i%chunkBits/64]>>(i%64)&1 != 0
}

// set marks i. m is the writer's own, but for the chunks that are still those
// of shared, which are copied first.
func (m bitmap) set(i int, shared bitmap) {
	chunk := &m[i/chunkBits]
	switch {
	case *chunk == nil:
		*chunk = new([chunkWords]uint64)
	case shared != nil && *chunk == shared[i/chunkBits]:
		fresh := **chunk
		*chunk = &fresh
	}
	(*chunk)[i%chunkBits/64] |= 1 << (i % 64)
}
