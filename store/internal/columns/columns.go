// Package columns holds what the SQL stores have in common: how lists stand in
// one binary column, and how look-up keys are indexed.
package columns

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// AppendPositions appends positions as unsigned varints, so that a column grows
// by the bytes of what is added.
func AppendPositions(b []byte, positions []uint64) []byte {
	for _, p := range positions {
		b = binary.AppendUvarint(b, p)
	}
	return b
}

// Positions reads what AppendPositions wrote, once or several times.
func Positions(b []byte) ([]uint64, error) {
	var out []uint64
	for len(b) > 0 {
		p, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, standing.Errorf(standing.Internal, "a list of positions is damaged: run standing verify")
		}
		out = append(out, p)
		b = b[n:]
	}
	return out, nil
}

// AppendCases appends case ids, 16 bytes each.
func AppendCases(b []byte, ids []standing.CaseID) []byte {
	for i := range ids {
		b = append(b, ids[i][:]...)
	}
	return b
}

// Cases reads what AppendCases wrote.
func Cases(b []byte) []standing.CaseID {
	var out []standing.CaseID
	for ; len(b) >= 16; b = b[16:] {
		out = append(out, standing.CaseID(b[:16]))
	}
	return out
}

// AppendKeys appends look-up keys, 16 bytes each.
func AppendKeys(b []byte, keys []store.Key) []byte {
	for i := range keys {
		b = append(b, keys[i][:]...)
	}
	return b
}

// Keys reads what AppendKeys wrote.
func Keys(b []byte) []store.Key {
	var out []store.Key
	for ; len(b) >= 16; b = b[16:] {
		out = append(out, store.Key(b[:16]))
	}
	return out
}

// HasKey reports whether a key is among those that AppendKeys wrote.
func HasKey(b []byte, key store.Key) bool {
	for ; len(b) >= 16; b = b[16:] {
		if store.Key(b[:16]) == key {
			return true
		}
	}
	return false
}

// Head puts the columns of a head together.
func Head(id []byte, kind, version int64, positions, listings []byte) (store.Head, error) {
	h := store.Head{Kind: standing.CaseKind(kind), Version: uint64(version), Listings: Cases(listings)}
	copy(h.Case[:], id)
	var err error
	h.Positions, err = Positions(positions)
	return h, err
}

// ByCase lists the heads of a batch in the order of their ids, in which they
// touch each page of a tree once.
func ByCase(heads []store.HeadChange) []*store.HeadChange {
	out := make([]*store.HeadChange, len(heads))
	for i := range heads {
		out[i] = &heads[i]
	}
	slices.SortFunc(out, func(a, b *store.HeadChange) int { return bytes.Compare(a.Case[:], b.Case[:]) })
	return out
}

// Pair is a row of the index of look-up keys.
type Pair struct{ Key, Position int64 }

// Short is the part of a key by which it is indexed, its first 8 bytes. Keys
// are spread evenly, so that two share it once in many billions; the vault row,
// which has all 16, decides.
func Short(k store.Key) int64 { return int64(binary.BigEndian.Uint64(k[:8])) }

// Pairs lists the index rows of vault rows, sorted, each once.
func Pairs(rows []store.VaultRow) []Pair {
	var out []Pair
	for i := range rows {
		for _, k := range rows[i].Keys {
			out = append(out, Pair{Short(k), int64(rows[i].Position)})
		}
	}
	return Sorted(out)
}

// Sorted sorts index rows in place and drops repetitions.
func Sorted(pairs []Pair) []Pair {
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Position, b.Position))
	})
	return slices.Compact(pairs)
}

// Place orders tiles by level, then index.
func Place(level uint8, index uint64) int64 { return int64(level)<<56 | int64(index) }

// Bound fits a position into a column.
func Bound(p uint64) int64 { return int64(min(p, 1<<63-1)) }
