package tile

import (
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion returns the proof that the entry at index is in the tree of this
// size: its audit path (RFC 6962, section 2.1.1). It believes the tiles.
func Inclusion(size, index uint64, read ReadTile) (tlog.RecordProof, error) {
	if size > MaxSize || index >= size {
		return nil, fmt.Errorf("tile: inclusion of entry %d in a log of %d: there is no such entry", index, size)
	}
	return tlog.ProveRecord(int64(size), int64(index), hashReader(size, read))
}

// CheckInclusion checks a proof that leaf, the [LeafHash] of an entry, stands
// at index in the tree of this size and root. nil means proven.
func CheckInclusion(p tlog.RecordProof, size uint64, root tlog.Hash, index uint64, leaf tlog.Hash) error {
	if size > MaxSize || index >= size {
		return fmt.Errorf("tile: inclusion of entry %d in a log of %d: there is no such entry", index, size)
	}
	if err := tlog.CheckRecord(p, int64(size), root, int64(index), leaf); err != nil {
		return fmt.Errorf("tile: entry %d is not proven to be in the log of %d with root %v: %w", index, size, root, err)
	}
	return nil
}

// Consistency returns the proof that the tree of size older is a prefix of the
// tree of size newer (RFC 6962, section 2.1.2). It believes the tiles.
func Consistency(older, newer uint64, read ReadTile) (tlog.TreeProof, error) {
	if newer > MaxSize || older > newer {
		return nil, fmt.Errorf("tile: consistency of logs of %d and %d: the first must be the smaller", older, newer)
	}
	if older == 0 {
		return tlog.TreeProof{}, nil // tlog has no proof for what needs none
	}
	return tlog.ProveTree(int64(newer), int64(older), hashReader(newer, read))
}

// CheckConsistency checks a proof that the tree of size older and root
// olderRoot is a prefix of the newer one. nil means proven.
func CheckConsistency(p tlog.TreeProof, older uint64, olderRoot tlog.Hash, newer uint64, newerRoot tlog.Hash) error {
	if newer > MaxSize || older > newer {
		return fmt.Errorf("tile: consistency of logs of %d and %d: the first must be the smaller", older, newer)
	}
	if older == 0 {
		if len(p) > 0 || olderRoot != emptyRoot() || newer == 0 && newerRoot != emptyRoot() {
			return fmt.Errorf("tile: a log of no entries has root %v and needs no proof", emptyRoot())
		}
		return nil
	}
	if err := tlog.CheckTree(p, int64(newer), newerRoot, int64(older), olderRoot); err != nil {
		return fmt.Errorf("tile: the log of %d with root %v is not proven to begin with the log of %d with root %v: %w", newer, newerRoot, older, olderRoot, err)
	}
	return nil
}

// hashReader reads the stored hashes of a tree of this size from its tiles,
// each tile once.
func hashReader(size uint64, read ReadTile) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		have := map[tlog.Tile][]byte{}
		hashes := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			t := tlog.TileForIndex(Height, x)
			t.W = WidthAt(size, t.L, uint64(t.N))
			b, ok := have[t]
			if !ok {
				var err error
				if b, err = read.hashes(t.L, uint64(t.N), t.W); err != nil {
					return nil, err
				}
				have[t] = b
			}
			var err error
			if hashes[i], err = tlog.HashFromTile(t, b, x); err != nil {
				return nil, fmt.Errorf("tile: %w", err)
			}
		}
		return hashes, nil
	})
}

// emptyRoot is the root of the tree with no leaves (RFC 6962, section 2.1).
func emptyRoot() tlog.Hash { return sha256.Sum256(nil) }
