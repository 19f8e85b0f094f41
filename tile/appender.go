package tile

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Appender is the right edge of a tree: all that is needed to append to it. It
// is a value: Append returns the next one and leaves this one as it was, so a
// commit that fails needs no undoing. The zero Appender is the empty tree. It
// is safe for concurrent use.
type Appender struct {
	size  uint64
	peaks []tlog.Hash // roots of the perfect subtrees, largest first, one per bit of size; never written to
	edge  [][]byte    // by level, the partial tile, empty if there is none; never written to
}

// Restore returns the Appender of a tree of this size, from its partial tiles.
// It believes them: compare Root with the one in the store's checkpoint.
func Restore(size uint64, read ReadTile) (Appender, error) {
	if size > MaxSize {
		return Appender{}, fmt.Errorf("tile: size %d: at most %d", size, uint64(MaxSize))
	}
	a := Appender{size: size, edge: make([][]byte, levels(size))}
	for level := len(a.edge) - 1; level >= 0; level-- {
		have := size >> (Height * level)
		width := int(have % Width)
		if width == 0 {
			continue
		}
		b, err := read.hashes(level, have/Width, width)
		if err != nil {
			return Appender{}, err
		}
		a.edge[level] = slices.Clone(b)
		for b := a.edge[level]; len(b) > 0; {
			n := tlog.HashSize << (bits.Len(uint(len(b)/tlog.HashSize)) - 1)
			a.peaks = append(a.peaks, subtree(b[:n]))
			b = b[n:]
		}
	}
	return a, nil
}

// Size returns the number of leaves.
func (a Appender) Size() uint64 { return a.size }

// Root returns the tree's root hash; of the empty tree, SHA-256 of nothing.
func (a Appender) Root() tlog.Hash {
	if a.size == 0 {
		return emptyRoot()
	}
	root := a.peaks[len(a.peaks)-1]
	for i := len(a.peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(a.peaks[i], root)
	}
	return root
}

// Append returns the tree with these leaf hashes added, and every tile that is
// new or wider than before, by level and index. A store that held the tiles of
// a and overwrites each of these holds exactly the tiles of next. It costs one
// SHA-256 per leaf. The only error is a tree beyond MaxSize.
func (a Appender) Append(leaves []tlog.Hash) (next Appender, tiles []Tile, err error) {
	if uint64(len(leaves)) > MaxSize-a.size {
		return a, nil, fmt.Errorf("tile: %d more leaves than %d: at most %d", len(leaves), a.size, uint64(MaxSize))
	}
	size := a.size + uint64(len(leaves))
	columns := a.columns(size)
	peaks := append(make([]tlog.Hash, 0, bits.Len64(size)+1), a.peaks...)
	for i, h := range leaves {
		columns[0].add(h)
		level := 0
		for n := a.size + uint64(i); n&1 == 1; n >>= 1 {
			h = tlog.NodeHash(peaks[len(peaks)-1], h)
			peaks = peaks[:len(peaks)-1]
			if level++; level%Height == 0 {
				columns[level/Height].add(h)
			}
		}
		peaks = append(peaks, h)
	}
	next = Appender{size: size, peaks: peaks, edge: make([][]byte, len(columns))}
	for level, c := range columns {
		next.edge[level] = c.bytes
		for i, b := range c.full {
			tiles = append(tiles, Tile{uint8(level), c.index + uint64(i), b})
		}
		if c.owned && len(c.bytes) > 0 {
			tiles = append(tiles, Tile{uint8(level), c.index + uint64(len(c.full)), c.bytes})
		}
	}
	return next, tiles, nil
}

// columns returns the tile levels of a, ready to grow to size.
func (a Appender) columns(size uint64) []column {
	columns := make([]column, levels(size))
	for level := range columns {
		c := &columns[level]
		c.index = a.size >> (Height * (level + 1))
		c.room = size>>(Height*level) - c.index*Width
		if level < len(a.edge) {
			c.bytes = a.edge[level]
		}
	}
	return columns
}

// column is one level of tiles during an Append.
type column struct {
	index uint64   // of the first tile that may change
	full  [][]byte // tiles filled, from index on
	bytes []byte   // the tile being filled
	owned bool     // bytes is ours, not the edge of the Appender before
	room  uint64   // hashes that the tiles from bytes on will hold in the end
}

func (c *column) add(h tlog.Hash) {
	if !c.owned {
		c.bytes = append(make([]byte, 0, min(c.room, Width)*tlog.HashSize), c.bytes...)
		c.owned = true
	}
	c.bytes = append(c.bytes, h[:]...)
	if len(c.bytes) == Width*tlog.HashSize {
		c.full = append(c.full, c.bytes)
		c.bytes, c.owned, c.room = nil, false, c.room-Width
	}
}

// levels returns the number of tile levels of a tree of this size.
func levels(size uint64) int { return (bits.Len64(size) + Height - 1) / Height }
