package find

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// padding follows the texts, so that eight bytes can be read from anywhere.
const padding = 8

// suffix is a position with the next eight bytes of its text as a number.
type suffix struct {
	key uint64
	pos uint32
}

// sortSuffixes puts positions, which are ascending, in the order of the texts
// from there to their ends; equal ones stay ascending.
func sortSuffixes(text []byte, positions []uint32) []uint32 {
	const small = 1 << 14
	if len(positions) < small {
		s := sorter{text: text}
		s.sort(positions, 0)
		return positions
	}
	var bounds [1<<16 + 1]uint32
	for _, p := range positions {
		bounds[binary.BigEndian.Uint16(text[p:])+1]++
	}
	for i := 1; i < len(bounds); i++ {
		bounds[i] += bounds[i-1]
	}
	next, sorted := bounds, make([]uint32, len(positions))
	for _, p := range positions {
		at := &next[binary.BigEndian.Uint16(text[p:])]
		sorted[*at] = p
		*at++
	}
	sortBuckets(text, sorted, bounds[:])
	return sorted
}

// sortBuckets sorts runs of positions whose first two bytes are equal, the
// largest first, on all processors.
func sortBuckets(text []byte, sorted []uint32, bounds []uint32) {
	var buckets []int
	for b := range len(bounds) - 1 {
		if bounds[b+1]-bounds[b] > 1 {
			buckets = append(buckets, b)
		}
	}
	slices.SortStableFunc(buckets, func(a, b int) int {
		return cmp.Compare(bounds[b+1]-bounds[b], bounds[a+1]-bounds[a])
	})
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			s := sorter{text: text}
			for i := next.Add(1) - 1; i < int64(len(buckets)); i = next.Add(1) - 1 {
				b := buckets[i]
				s.sort(sorted[bounds[b]:bounds[b+1]], 0)
			}
		})
	}
	workers.Wait()
}

// sorter sorts runs of suffixes with two buffers that it keeps.
type sorter struct {
	text           []byte
	items, another []suffix
}

func (s *sorter) sort(positions []uint32, depth uint32) {
	if len(s.items) < len(positions) {
		s.items = make([]suffix, len(positions))
		s.another = make([]suffix, len(positions))
	}
	s.run(positions, depth, s.items[:len(positions)], s.another[:len(positions)])
}

// run sorts suffixes that are equal up to depth. A group that is still equal
// after eight more bytes is sorted in its own part of the buffers, which nobody
// needs any more.
func (s *sorter) run(positions []uint32, depth uint32, items, another []suffix) {
	for i, p := range positions {
		items[i] = suffix{s.key(p + depth), p}
	}
	sortItems(items, another)
	for i, it := range items {
		positions[i] = it.pos
	}
	for i := 0; i < len(items); {
		key, j := items[i].key, i+1
		for j < len(items) && items[j].key == key {
			j++
		}
		if j-i > 1 && key&0xFF != 0 {
			s.run(positions[i:j], depth+8, items[i:j], another[i:j])
		}
		i = j
	}
}

// key is the eight bytes at p as a number that sorts alike, zero from the end of
// the text on. No text holds a byte of 1, so the borrow of the subtraction
// reports no byte that is not zero.
func (s *sorter) key(p uint32) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	x := binary.BigEndian.Uint64(s.text[p:])
	if zeros := (x - ones) &^ x & highs; zeros != 0 {
		x &= ^uint64(0) << (64 - bits.LeadingZeros64(zeros))
	}
	return x
}

// sortItems sorts by key and leaves equal ones in their order.
func sortItems(items, another []suffix) {
	if len(items) < 256 {
		slices.SortFunc(items, func(a, b suffix) int {
			if a.key != b.key {
				return cmp.Compare(a.key, b.key)
			}
			return cmp.Compare(a.pos, b.pos)
		})
		return
	}
	var counts [8][256]uint32
	for _, it := range items {
		for digit := range counts {
			counts[digit][byte(it.key>>(8*digit))]++
		}
	}
	from, to := items, another
	for digit := range counts {
		count := &counts[digit]
		if count[byte(from[0].key>>(8*digit))] == uint32(len(from)) {
			continue
		}
		var sum uint32
		for i, n := range count {
			count[i] = sum
			sum += n
		}
		for _, it := range from {
			at := &count[byte(it.key>>(8*digit))]
			to[*at] = it
			*at++
		}
		from, to = to, from
	}
	if &from[0] != &items[0] {
		copy(items, from)
	}
}
