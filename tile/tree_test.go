package tile_test

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing/tile"
)

// audit feeds a Tree and returns the first error.
func audit(size int, read tile.ReadTile) (uint64, tlog.Hash, error) {
	tree := tile.NewTree(read)
	var first error
	for _, h := range leaves(0, size) {
		if err := tree.Add(h); err != nil && first == nil {
			first = err
		}
	}
	n, root, err := tree.Finish()
	if first == nil {
		first = err
	}
	return n, root, first
}

func TestTree(t *testing.T) {
	const most = 66_000
	n := newNaive(t, most)
	_, kept := build(t, most, most)
	for _, size := range []int{0, 1, 255, 256, 257, 512, 1000, most} {
		_, exact := build(t, size, 300)
		for name, read := range map[string]tile.ReadTile{"exact": exact.read, "ahead": kept.read, "none": nil} {
			got, root, err := audit(size, read)
			if err != nil || got != uint64(size) || root != n.root(t, size) {
				t.Errorf("%s: size %d: %d, %v, %v", name, size, got, root, err)
			}
		}
	}
}

func TestTreeFindsDamage(t *testing.T) {
	const size = 66_000
	_, kept := build(t, size, size)
	want, err := tile.Restore(size, kept.read)
	if err != nil {
		t.Fatal(err)
	}
	for at, good := range kept {
		if at.level == 0 && at.index%50 != 0 && at.index < 256 {
			continue
		}
		hash := len(good) / tlog.HashSize / 2
		bad := bytes.Clone(good)
		bad[hash*tlog.HashSize+31] ^= 1
		kept[at] = bad
		_, root, err := audit(size, kept.read)
		var mismatch *tile.MismatchError
		if !errors.As(err, &mismatch) || *mismatch != (tile.MismatchError{Level: at.level, Index: at.index, Hash: hash}) {
			t.Errorf("tile %v damaged: %v", at, err)
		}
		if root != want.Root() {
			t.Errorf("tile %v damaged, and the root over the entries with it", at)
		}
		delete(kept, at)
		if _, _, err := audit(size, kept.read); !errors.Is(err, errNoTile) {
			t.Errorf("tile %v missing: %v", at, err)
		}
		kept[at] = good[:len(good)-1]
		if _, _, err := audit(size, kept.read); err == nil {
			t.Errorf("tile %v cut short: no error", at)
		}
		kept[at] = good
	}
	e := &tile.MismatchError{Level: 1, Index: 2, Hash: 3}
	if got := e.Error(); !bytes.Contains([]byte(got), []byte("entries from 131840 on")) {
		t.Errorf("%s", got)
	}
}
