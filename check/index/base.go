package index

import (
	"encoding/binary"
	"math/bits"
)

const (
	filterBits = 12        // of filter to an entry: about 1 clear key in 100 passes
	perBucket  = 4         // entries to a bucket of listings, on average
	maxEntries = 1<<31 - 1 // so that slots can be numbered in 32 bits
)

// base is the immutable part: sections of one run of bytes, in this order.
type base struct {
	n         int    // entries
	homes     int    // see home
	body      []byte // all sections
	slots     []byte // in the order of keys, with gaps, the last one a gap
	filter    []byte // 8-byte words, four bits set for each key
	buckets   []byte // 4-byte place in positions of each bucket of listings, and n
	positions []byte // 4-byte numbers of slots, by bucket of their listing
}

// homesFor is the number of slots in which n entries would fit loosely: 7 in 10
// are taken. Fewer gaps make a look-up pass by more strangers, more gaps make
// the index larger and no faster.
func homesFor(n int) int    { return n*10/7 + 1 }
func filterWords(n int) int { return n*filterBits/64 + 1 }
func listBuckets(n int) int { return n/perBucket + 1 }
func bodySize(n, s int) int { return slotSize*s + 8*filterWords(n) + 4*(listBuckets(n)+1) + 4*n }

// newBase lays a base of n entries in s slots over body, of bodySize(n, s).
func newBase(body []byte, n, s int) *base {
	b := &base{n: n, homes: homesFor(n), body: body}
	take := func(size int) []byte {
		section := body[:size:size]
		body = body[size:]
		return section
	}
	b.slots = take(slotSize * s)
	b.filter = take(8 * filterWords(n))
	b.buckets = take(4 * (listBuckets(n) + 1))
	b.positions = take(4 * n)
	return b
}

// scale maps a uniform number to [0, n) and keeps order.
func scale(u uint64, n int) int {
	i, _ := bits.Mul64(u, uint64(n))
	return int(i)
}

// home is the first slot where a key may be. Entries lie in the order of their
// keys, each at its home or, if that is taken, in the next free slot (linear
// probing, kept in order: Amble and Knuth, "Ordered hash tables", 1974). The
// memory of a base is far from the processor, so it is the number of waits that
// counts: here a look-up has one, for the slot.
func (b *base) home(hi uint64) int { return scale(hi, b.homes) }

func (b *base) slot(pos int) *slot { return (*slot)(b.slots[pos*slotSize:]) }

func (b *base) slotCount() int { return len(b.slots) / slotSize }

// filterMask picks four bits of a word.
func filterMask(lo uint64) uint64 {
	return 1<<(lo&63) | 1<<(lo>>6&63) | 1<<(lo>>12&63) | 1<<(lo>>18&63)
}

// mayHold reports false only if no entry has the key. It is a Bloom filter whose
// bits for one key lie in one word (Putze, Sanders and Singler, "Cache-, hash-
// and space-efficient Bloom filters", 2007): one load instead of the three of a
// fuse filter, and nothing to solve when it is built.
func (b *base) mayHold(hi, lo uint64) bool {
	mask := filterMask(lo)
	at := 8 * scale(hi, len(b.filter)/8)
	return binary.LittleEndian.Uint64((*[8]byte)(b.filter[at:])[:])&mask == mask
}

// listBucket spreads listings over n buckets. Their ids begin with a time, so
// the bits are mixed first (the finisher of MurmurHash3).
func listBucket(l ID, n int) int {
	u := binary.BigEndian.Uint64(l[:8])*0x9e3779b97f4a7c15 ^ binary.BigEndian.Uint64(l[8:])
	u ^= u >> 33
	u *= 0xff51afd7ed558ccd
	u ^= u >> 33
	u *= 0xc4ceb9fe1a85ec53
	u ^= u >> 33
	return scale(u, n)
}

// ofListing calls f with the position of every entry of a listing.
func (b *base) ofListing(l ID, f func(pos int)) {
	bucket := listBucket(l, listBuckets(b.n))
	for i, end := number(b.buckets, bucket), number(b.buckets, bucket+1); i < end; i++ {
		if pos := number(b.positions, i); b.slot(pos).listing() == l {
			f(pos)
		}
	}
}

func number(section []byte, i int) int   { return int(binary.LittleEndian.Uint32(section[4*i:])) }
func putNumber(section []byte, i, v int) { binary.LittleEndian.PutUint32(section[4*i:], uint32(v)) }
