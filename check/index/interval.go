package index

import (
	"encoding/binary"
	"fmt"
	"math"
)

// ID is a case id.
type ID [16]byte

// Interval is one effect of one listing on one identifier.
type Interval struct {
	Rule    uint32 // in the caller's dictionary: rulebook digest, list, region, class, ground; at most MaxRule
	Except  uint32 // in the caller's dictionary of exempted activity sets, at most MaxExcept; 0 = none
	From    int64  // Unix seconds; before the year -15000 is cut to it
	Until   int64  // Unix seconds, exclusive; math.MaxInt64 = open, and so is anything after the year 19000
	Listing ID     // the case of the listing
	Subject ID     // the case of the ruling
}

// The largest numbers that an index can hold; Add and Apply panic beyond them.
const (
	MaxRule   = 1<<24 - 2
	MaxExcept = 1<<24 - 1
)

// Entry is an interval under the key of the identifier that it binds.
type Entry struct {
	Key      Key
	Interval Interval
}

// Change replaces all entries of one listing by Set; an empty Set removes them.
// The listing of every entry in Set is taken to be Listing.
type Change struct {
	Listing ID
	Set     []Entry
}

// AsOf says which state of the register an index shows: the caller's own
// encoding of a position and a tree root. The index only carries it.
type AsOf [64]byte

// slot is an entry in the base, one line of a processor's cache: the key, the
// rule in 24 bits and from in 40, except in 24 and until in 40, listing and
// subject; big endian, so that slots sort as their keys do.
type slot [slotSize]byte

const (
	slotSize = 64
	timeBits = 40
	open     = 1<<(timeBits-1) - 1
	gapByte  = 0xff // fills a slot that has no entry; its rule is MaxRule + 1
)

func newSlot(k *Key, v *Interval) *slot {
	if v.Rule > MaxRule || v.Except > MaxExcept {
		panic(fmt.Sprintf("index: rule %d or exception %d is beyond the dictionaries' %d; number them from 0", v.Rule, v.Except, MaxRule))
	}
	var s slot
	copy(s[:], k[:])
	binary.BigEndian.PutUint64(s[16:], uint64(v.Rule)<<timeBits|packTime(v.From))
	binary.BigEndian.PutUint64(s[24:], uint64(v.Except)<<timeBits|packTime(v.Until))
	copy(s[32:], v.Listing[:])
	copy(s[48:], v.Subject[:])
	return &s
}

func packTime(t int64) uint64 {
	return uint64(min(max(t, -open-1), open)) & (1<<timeBits - 1)
}

func unpackTime(w uint64) int64 {
	t := int64(w<<(64-timeBits)) >> (64 - timeBits)
	if t == open {
		return math.MaxInt64
	}
	return t
}

func (s *slot) interval() Interval {
	rule, except := binary.BigEndian.Uint64(s[16:]), binary.BigEndian.Uint64(s[24:])
	return Interval{
		Rule:    uint32(rule >> timeBits),
		Except:  uint32(except >> timeBits),
		From:    unpackTime(rule),
		Until:   unpackTime(except),
		Listing: s.listing(),
		Subject: ID(s[48:]),
	}
}

func (s *slot) listing() ID { return ID(s[32:48]) }
func (s *slot) hi() uint64  { return binary.BigEndian.Uint64(s[:]) }
func (s *slot) lo() uint64  { return binary.BigEndian.Uint64(s[8:]) }

// gap reports whether the slot has no entry.
func (s *slot) gap() bool { return s[16]&s[17]&s[18] == gapByte }
