package index

import (
	"bytes"
	"encoding/binary"
	"iter"
	"sort"
)

// chunkSlots is the number of entries that a Builder makes room for at a time.
const chunkSlots = 4096

// Builder collects entries in any order. The zero Builder is ready to use.
type Builder struct {
	chunks [][]slot
	n      int
}

// Add takes one entry. Adding the same one twice makes Find return it twice.
func (b *Builder) Add(k Key, v Interval) {
	if b.n%chunkSlots == 0 {
		b.chunks = append(b.chunks, make([]slot, 0, chunkSlots))
	}
	last := &b.chunks[len(b.chunks)-1]
	*last = append(*last, *newSlot(&k, &v))
	b.n++
}

// Build makes an index of what was added, and empties the builder. While it
// runs it needs about 70 bytes for each entry beside the 100 of the index,
// whose bytes do not depend on the order of Add.
func (b *Builder) Build(asOf AsOf) *Index {
	made := assemble(b.n, func(yield func(*slot) bool) {
		for _, chunk := range b.chunks {
			for i := range chunk {
				if !yield(&chunk[i]) {
					return
				}
			}
		}
	})
	*b = Builder{}
	return newIndex(made, asOf)
}

// assemble makes a base of n entries, which it walks through twice: once to
// count who lives where and once to move each in. Keys are uniform, so what is
// left to sort is a few neighbours.
func assemble(n int, entries iter.Seq[*slot]) *base {
	if n > maxEntries {
		panic("index: more than 2147483647 intervals; split the register by list")
	}
	homes := homesFor(n)
	next := make([]uint32, homes)
	for e := range entries {
		next[scale(e.hi(), homes)]++
	}
	free := 0
	for home, count := range next {
		free = max(free, home)
		next[home] = uint32(free)
		free += int(count)
	}
	slots := max(free, homes) + 1
	b := newBase(make([]byte, bodySize(n, slots)), n, slots)
	fill(b.slots, gapByte)
	for e := range entries {
		at := &next[b.home(e.hi())]
		*b.slot(int(*at)) = *e
		*at++
	}
	b.sortNeighbours(next)
	b.fillFilter()
	b.fillListings()
	return b
}

func fill(section []byte, v byte) {
	for i := range section {
		section[i] = v
	}
}

// sortNeighbours puts those who share a home in order; ends are the slots after
// the last of each home.
func (b *base) sortNeighbours(ends []uint32) {
	var s neighbours
	free := 0
	for home, end := range ends {
		if start := max(free, home); int(end)-start > 1 {
			s = b.slots[start*slotSize : int(end)*slotSize]
			sort.Sort(&s)
		}
		free = int(end)
	}
}

// neighbours are adjacent slots, to be sorted in place.
type neighbours []byte

func (s *neighbours) at(i int) *slot     { return (*slot)((*s)[i*slotSize:]) }
func (s *neighbours) Len() int           { return len(*s) / slotSize }
func (s *neighbours) Less(i, j int) bool { return bytes.Compare(s.at(i)[:], s.at(j)[:]) < 0 }
func (s *neighbours) Swap(i, j int)      { a, b := s.at(i), s.at(j); *a, *b = *b, *a }

// taken yields the slots that have an entry, with their positions.
func (b *base) taken() iter.Seq2[int, *slot] {
	return func(yield func(int, *slot) bool) {
		for pos := range b.slotCount() {
			if s := b.slot(pos); !s.gap() && !yield(pos, s) {
				return
			}
		}
	}
}

func (b *base) fillFilter() {
	for _, s := range b.taken() {
		w := b.filter[8*scale(s.hi(), len(b.filter)/8):]
		binary.LittleEndian.PutUint64(w, binary.LittleEndian.Uint64(w)|filterMask(s.lo()))
	}
}

func (b *base) fillListings() {
	next := make([]uint32, listBuckets(b.n))
	for _, s := range b.taken() {
		next[listBucket(s.listing(), len(next))]++
	}
	sum := 0
	for i, count := range next {
		putNumber(b.buckets, i, sum)
		next[i] = uint32(sum)
		sum += int(count)
	}
	putNumber(b.buckets, len(next), sum)
	for pos, s := range b.taken() {
		at := &next[listBucket(s.listing(), len(next))]
		putNumber(b.positions, int(*at), pos)
		*at++
	}
}
