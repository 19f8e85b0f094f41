package tile

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	// Height is the height of a tile.
	Height = 8
	// Width is how many hashes a full tile has.
	Width = 1 << Height

	// MaxSize bounds a tree, so that it has seven levels of tiles at most, 0 to
	// MaxLevel, and so that tlog, which counts with int64, never overflows.
	MaxSize = 1<<56 - 1
	// MaxLevel is the highest level of tiles.
	MaxLevel = 6
)

// Tile is one hash tile: up to 256 consecutive hashes at one level of the tree,
// 32 bytes each. Bytes must not be changed: tiles share them.
type Tile struct {
	Level uint8  // 0 holds leaf hashes, n+1 the roots of full tiles of level n
	Index uint64 // within the level, from 0
	Bytes []byte
}

// Width returns the number of hashes in t; a full tile never changes again.
func (t Tile) Width() int { return len(t.Bytes) / tlog.HashSize }

// ReadTile returns at least the first width hashes of the tile at level and
// index. A wider tile is as good, since a tile only ever grows at its end: a
// store may keep one row per tile and ignore width; a client must ask for
// exactly this width, which is the one that the tree has.
type ReadTile func(level int, index uint64, width int) ([]byte, error)

// hashes calls read and cuts what it returns to width hashes.
func (read ReadTile) hashes(level int, index uint64, width int) ([]byte, error) {
	b, err := read(level, index, width)
	if err != nil {
		return nil, fmt.Errorf("tile: read %s: %w", Path(level, index, width), err)
	}
	if want := width * tlog.HashSize; len(b) < want {
		return nil, fmt.Errorf("tile: read %s: %d bytes instead of %d; the store has lost part of the log", Path(level, index, width), len(b), want)
	}
	return b[:width*tlog.HashSize], nil
}

// WidthAt returns how many hashes, 0 to 256, the tile at level and index has in
// a tree of this size; for level [Entries], how many entries the bundle has.
func WidthAt(size uint64, level int, index uint64) int {
	have := size >> (Height * max(level, 0))
	if index >= have>>Height+1 {
		return 0
	}
	return int(min(have-index<<Height, Width))
}

// LeafHash returns the RFC 6962 hash of a log entry, SHA-256(0x00 || entry).
func LeafHash(entry []byte) tlog.Hash { return tlog.RecordHash(entry) }

// subtree returns the root of the perfect tree over hashes, 2^k of them.
func subtree(hashes []byte) tlog.Hash {
	if len(hashes) == tlog.HashSize {
		return tlog.Hash(hashes)
	}
	half := len(hashes) / 2
	return tlog.NodeHash(subtree(hashes[:half]), subtree(hashes[half:]))
}
