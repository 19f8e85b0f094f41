package tile

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree audits a log: fed every leaf hash in order, it works out the tiles
// anew and compares them with those that are kept. Make one with [NewTree].
type Tree struct {
	read    ReadTile
	a       Appender
	pending []tlog.Hash
}

// MismatchError says which kept hash is not the one that the entries have.
type MismatchError struct {
	Level uint8
	Index uint64
	Hash  int // place within the tile
}

// Error says which hash of which tile differs.
func (e *MismatchError) Error() string {
	first := (e.Index*Width + uint64(e.Hash)) << (Height * uint(e.Level))
	return fmt.Sprintf("tile: hash %d of tile %d/%d is not that of the entries from %d on; the log or the tile has been changed",
		e.Hash, e.Level, e.Index, first)
}

// NewTree returns a Tree over no leaves that compares with what read returns;
// with a nil read it compares nothing and only works out the root.
func NewTree(read ReadTile) *Tree {
	return &Tree{read: read, pending: make([]tlog.Hash, 0, Width)}
}

// Add takes the next leaf. When it completes a tile, the kept one is read and
// compared: a [*MismatchError], or the error of reading, comes from the Add
// that completes it. The caller may go on all the same.
func (t *Tree) Add(leaf tlog.Hash) error {
	t.pending = append(t.pending, leaf)
	if len(t.pending) < Width {
		return nil
	}
	return t.flush()
}

// Finish compares the partial tiles and returns the root over every leaf
// added, which must be the one of the checkpoint. Size and root hold even if
// there is an error.
func (t *Tree) Finish() (size uint64, root tlog.Hash, err error) {
	err = t.flush()
	for level, b := range t.a.edge {
		if len(b) > 0 && err == nil {
			err = t.compare(Tile{uint8(level), t.a.size >> (Height * (level + 1)), b})
		}
	}
	return t.a.Size(), t.a.Root(), err
}

// flush appends what is pending and compares the tiles that are full.
func (t *Tree) flush() error {
	next, tiles, err := t.a.Append(t.pending)
	if err != nil {
		return err
	}
	t.a, t.pending = next, t.pending[:0]
	for _, x := range tiles {
		if x.Width() == Width && err == nil {
			err = t.compare(x)
		}
	}
	return err
}

func (t *Tree) compare(x Tile) error {
	if t.read == nil {
		return nil
	}
	kept, err := t.read.hashes(int(x.Level), x.Index, x.Width())
	if err != nil {
		return err
	}
	for i := range x.Width() {
		if at := i * tlog.HashSize; tlog.Hash(kept[at:at+tlog.HashSize]) != tlog.Hash(x.Bytes[at:at+tlog.HashSize]) {
			return &MismatchError{x.Level, x.Index, i}
		}
	}
	return nil
}
