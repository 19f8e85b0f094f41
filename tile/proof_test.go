package tile_test

import (
	"errors"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/openstanding/standing/tile"
)

func TestProofs(t *testing.T) {
	const most = 1100
	n := newNaive(t, most)
	_, kept := build(t, most, 97)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, most).Draw(t, "size")
		index := rapid.IntRange(0, size-1).Draw(t, "index")
		older := rapid.IntRange(1, size).Draw(t, "older")
		root, _ := tlog.TreeHash(int64(size), n)
		olderRoot, _ := tlog.TreeHash(int64(older), n)

		p, err := tile.Inclusion(uint64(size), uint64(index), kept.read)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := tlog.ProveRecord(int64(size), int64(index), n); !slices.Equal(p, want) {
			t.Fatalf("inclusion of %d in %d differs from tlog's", index, size)
		}
		leaf := tile.LeafHash(entry(index))
		if err := tlog.CheckRecord(p, int64(size), root, int64(index), leaf); err != nil {
			t.Fatal(err)
		}
		if err := tile.CheckInclusion(p, uint64(size), root, uint64(index), leaf); err != nil {
			t.Fatal(err)
		}
		if tile.CheckInclusion(p, uint64(size), root, uint64(index), tile.LeafHash(entry(most))) == nil {
			t.Fatal("another entry is proven")
		}

		q, err := tile.Consistency(uint64(older), uint64(size), kept.read)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckTree(q, int64(size), root, int64(older), olderRoot); err != nil {
			t.Fatal(err)
		}
		if err := tile.CheckConsistency(q, uint64(older), olderRoot, uint64(size), root); err != nil {
			t.Fatal(err)
		}
		if tile.CheckConsistency(q, uint64(older), tlog.Hash{1}, uint64(size), root) == nil {
			t.Fatal("another past is proven")
		}
		if len(p) > 0 {
			p[rapid.IntRange(0, len(p)-1).Draw(t, "bad")][0] ^= 1
			if tile.CheckInclusion(p, uint64(size), root, uint64(index), leaf) == nil {
				t.Fatal("a damaged proof proves")
			}
		}
	})
}

// A client is asked for exactly the tiles that a tree of that size has, and
// each one once.
func TestProofsAskForWhatExists(t *testing.T) {
	const size = 70_000
	_, kept := build(t, size, size)
	for _, of := range []uint64{1, 255, 256, 300, 65_536, 65_537, 69_999, size} {
		asked := map[coordinates]bool{}
		read := func(level int, index uint64, width int) ([]byte, error) {
			at := coordinates{uint8(level), index}
			if width != tile.WidthAt(of, level, index) || asked[at] {
				t.Errorf("size %d: asked for tile %d/%d of width %d", of, level, index, width)
			}
			asked[at] = true
			return kept[at][:width*tlog.HashSize], nil
		}
		if _, err := tile.Inclusion(of, of/2, read); err != nil {
			t.Error(err)
		}
		clear(asked)
		if _, err := tile.Consistency(of/2+1, of, read); err != nil {
			t.Error(err)
		}
	}
}

func TestProofEdges(t *testing.T) {
	_, kept := build(t, 10, 10)
	empty, root := tile.Appender{}.Root(), tlog.Hash{1}
	if _, err := tile.Inclusion(10, 10, kept.read); err == nil {
		t.Error("proved an entry beyond the end")
	}
	if _, err := tile.Consistency(11, 10, kept.read); err == nil {
		t.Error("proved a shrinking log")
	}
	if _, err := tile.Inclusion(300, 10, kept.read); err == nil {
		t.Error("proved from a tile that is too narrow")
	}
	if _, err := tile.Inclusion(70_000, 300, kept.read); !errors.Is(err, errNoTile) {
		t.Errorf("missing tile: %v", err)
	}
	if err := tile.CheckInclusion(nil, 1<<60, root, 0, root); err == nil {
		t.Error("checked a proof in a log beyond MaxSize")
	}
	p, err := tile.Consistency(0, 10, kept.read)
	if err != nil || len(p) != 0 {
		t.Errorf("from nothing: %v, %v", p, err)
	}
	for name, ok := range map[string]bool{
		"from nothing":     tile.CheckConsistency(nil, 0, empty, 10, root) == nil,
		"nothing is still": tile.CheckConsistency(nil, 0, empty, 0, empty) == nil,
		"wrong nothing":    tile.CheckConsistency(nil, 0, root, 10, root) != nil,
		"nothing changed":  tile.CheckConsistency(nil, 0, empty, 0, root) != nil,
		"too much":         tile.CheckConsistency(tlog.TreeProof{root}, 0, empty, 10, root) != nil,
		"backwards":        tile.CheckConsistency(nil, 10, root, 9, root) != nil,
	} {
		if !ok {
			t.Errorf("%s: wrong answer", name)
		}
	}
}
