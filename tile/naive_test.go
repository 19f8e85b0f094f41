package tile_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing/tile"
)

// naive is the tree as tlog itself keeps it: every hash, in storage order.
type naive []tlog.Hash

func (n naive) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(n)) {
			return nil, fmt.Errorf("hash %d of %d", x, len(n))
		}
		out[i] = n[x]
	}
	return out, nil
}

// newNaive returns the tree over the first size entries.
func newNaive(t testing.TB, size int) naive {
	t.Helper()
	var n naive
	for i := range size {
		hashes, err := tlog.StoredHashes(int64(i), entry(i), n)
		if err != nil {
			t.Fatal(err)
		}
		n = append(n, hashes...)
	}
	return n
}

func (n naive) root(t testing.TB, size int) tlog.Hash {
	t.Helper()
	h, err := tlog.TreeHash(int64(size), n)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func entry(i int) []byte { return binary.BigEndian.AppendUint64([]byte("entry "), uint64(i)) }

func leaves(from, to int) []tlog.Hash {
	out := make([]tlog.Hash, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, tile.LeafHash(entry(i)))
	}
	return out
}

type coordinates struct {
	level uint8
	index uint64
}

// rows is a store that keeps one row per tile, overwritten as it grows.
type rows map[coordinates][]byte

var errNoTile = errors.New("no such tile")

func (r rows) write(tiles []tile.Tile) {
	for _, x := range tiles {
		r[coordinates{x.Level, x.Index}] = x.Bytes
	}
}

func (r rows) read(level int, index uint64, _ int) ([]byte, error) {
	b, ok := r[coordinates{uint8(level), index}]
	if !ok {
		return nil, errNoTile
	}
	return b, nil
}

// build appends entries 0 to size in batches.
func build(t testing.TB, size, batch int) (tile.Appender, rows) {
	t.Helper()
	var a tile.Appender
	kept := rows{}
	for from := 0; from < size; from += batch {
		next, tiles, err := a.Append(leaves(from, min(from+batch, size)))
		if err != nil {
			t.Fatal(err)
		}
		kept.write(tiles)
		a = next
	}
	return a, kept
}
