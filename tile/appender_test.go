package tile_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/openstanding/standing/tile"
)

// checkRows compares what a store keeps with what tlog says a tree of this size
// consists of: every tile, and nothing else.
func checkRows(t interface{ Fatalf(string, ...any) }, kept rows, size int, n naive) {
	want := tlog.NewTiles(tile.Height, 0, int64(size))
	if len(kept) != len(want) {
		t.Fatalf("size %d: %d tiles are kept, the tree has %d", size, len(kept), len(want))
	}
	for _, x := range want {
		data, err := tlog.ReadTileData(x, n)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if got := kept[coordinates{uint8(x.L), uint64(x.N)}]; !bytes.Equal(got, data) {
			t.Fatalf("size %d: tile %d/%d has %d bytes that differ from the %d of tlog", size, x.L, x.N, len(got), len(data))
		}
		if w := tile.WidthAt(uint64(size), x.L, uint64(x.N)); w != x.W {
			t.Fatalf("WidthAt(%d, %d, %d) = %d, want %d", size, x.L, x.N, w, x.W)
		}
	}
}

// Every size from 0 to 1,100, one entry at a time.
func TestAppendEverySize(t *testing.T) {
	n := newNaive(t, 1100)
	var a tile.Appender
	kept := rows{}
	for size := 0; ; size++ {
		if a.Size() != uint64(size) || a.Root() != n.root(t, size) {
			t.Fatalf("size %d: Size %d, Root %v, want %v", size, a.Size(), a.Root(), n.root(t, size))
		}
		checkRows(t, kept, size, n)
		if size == 1100 {
			return
		}
		next, tiles, err := a.Append(leaves(size, size+1))
		if err != nil {
			t.Fatal(err)
		}
		if want := tlog.NewTiles(tile.Height, int64(size), int64(size+1)); len(tiles) != len(want) {
			t.Fatalf("size %d: %d tiles changed, want %d", size+1, len(tiles), len(want))
		}
		kept.write(tiles)
		a = next
	}
}

// Any batches, with failed commits and restarts in between.
func TestAppendChunks(t *testing.T) {
	const most = 1100
	n := newNaive(t, most)
	rapid.Check(t, func(t *rapid.T) {
		var a tile.Appender
		kept := rows{}
		for size := 0; size < most; {
			to := min(most, size+rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(200, 300), rapid.IntRange(0, most)).Draw(t, "batch"))
			if rapid.IntRange(0, 3).Draw(t, "commit fails") == 0 {
				if _, _, err := a.Append(append(leaves(size, to), tlog.Hash{1})); err != nil {
					t.Fatal(err)
				}
			}
			next, tiles, err := a.Append(leaves(size, to))
			if err != nil {
				t.Fatal(err)
			}
			want := tlog.NewTiles(tile.Height, int64(size), int64(to))
			if len(tiles) != len(want) {
				t.Fatalf("%d to %d: %d tiles changed, want %d", size, to, len(tiles), len(want))
			}
			for i, x := range tiles {
				if int(x.Level) != want[i].L || int64(x.Index) != want[i].N || x.Width() != want[i].W {
					t.Fatalf("%d to %d: tile %d is %d/%d of %d, want %v", size, to, i, x.Level, x.Index, x.Width(), want[i])
				}
			}
			kept.write(tiles)
			a, size = next, to
			if rapid.Bool().Draw(t, "restart") {
				if a, err = tile.Restore(uint64(size), kept.read); err != nil {
					t.Fatal(err)
				}
			}
			checkRows(t, kept, size, n)
			if h, _ := tlog.TreeHash(int64(size), n); a.Root() != h || a.Size() != uint64(size) {
				t.Fatalf("size %d: Root %v, want %v", size, a.Root(), h)
			}
		}
	})
}

// Three levels of tiles, and a store that is ahead of the size asked for.
func TestRestoreLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("short: not building a tree of 70,000 entries")
	}
	const most = 70_000
	n := newNaive(t, most)
	a, kept := build(t, most, 1000)
	checkRows(t, kept, most, n)
	if a.Root() != n.root(t, most) {
		t.Error("wrong root")
	}
	for _, size := range []int{0, 1, 255, 256, 257, 65535, 65536, 65537, 65792, 69_999, most} {
		b, err := tile.Restore(uint64(size), kept.read)
		if err != nil {
			t.Fatal(err)
		}
		if b.Root() != n.root(t, size) {
			t.Errorf("restored at %d: wrong root", size)
		}
		if b, _, err = b.Append(leaves(size, min(size+300, most))); err != nil || b.Root() != n.root(t, min(size+300, most)) {
			t.Errorf("restored at %d and appended to: wrong root, %v", size, err)
		}
	}
}

// Two successors of one Appender do not disturb each other.
func TestAppendIsAValue(t *testing.T) {
	for _, size := range []int{0, 1, 100, 255, 256, 511, 600} {
		a, _ := build(t, size, 7)
		root := a.Root()
		b, bTiles, _ := a.Append(leaves(size, size+10))
		before := fmt.Sprint(bTiles, b.Root())
		c, _, _ := a.Append(leaves(5000, 5300))
		if a.Root() != root || a.Size() != uint64(size) {
			t.Errorf("size %d: appending changed the Appender", size)
		}
		if fmt.Sprint(bTiles, b.Root()) != before || b.Root() == c.Root() {
			t.Errorf("size %d: a second Append changed the first one's result", size)
		}
	}
}

func TestRestoreErrors(t *testing.T) {
	_, kept := build(t, 600, 600)
	if _, err := tile.Restore(700, kept.read); err == nil {
		t.Error("restored a tree larger than its tiles")
	}
	if _, err := tile.Restore(70_000, kept.read); !errors.Is(err, errNoTile) {
		t.Errorf("missing tile: %v", err)
	}
	if _, err := tile.Restore(tile.MaxSize+1, kept.read); err == nil {
		t.Error("restored a tree beyond MaxSize")
	}
	full := make([]byte, tile.Width*tlog.HashSize)
	a, err := tile.Restore(tile.MaxSize, func(int, uint64, int) ([]byte, error) { return full, nil })
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Append(leaves(0, 1)); err == nil {
		t.Error("appended beyond MaxSize")
	}
	if _, tiles, err := a.Append(nil); err != nil || len(tiles) != 0 {
		t.Errorf("appending nothing: %d tiles, %v", len(tiles), err)
	}
}

func TestWidthAt(t *testing.T) {
	for _, c := range []struct {
		size  uint64
		level int
		index uint64
		want  int
	}{
		{0, 0, 0, 0}, {70_000, 0, 272, 256}, {70_000, 0, 273, 112}, {70_000, 0, 274, 0},
		{70_000, tile.Entries, 273, 112}, {70_000, 1, 1, 17}, {70_000, 2, 0, 1}, {70_000, 3, 0, 0},
		{256, 0, 0, 256}, {256, 0, 1, 0}, {256, 1, 0, 1}, {256, 0, 1 << 63, 0}, {256, 63, 0, 0},
	} {
		if got := tile.WidthAt(c.size, c.level, c.index); got != c.want {
			t.Errorf("WidthAt(%d, %d, %d) = %d, want %d", c.size, c.level, c.index, got, c.want)
		}
	}
}

func TestLeafHash(t *testing.T) {
	if got, want := tile.LeafHash([]byte("ab")), tlog.Hash(sha256.Sum256([]byte("\x00ab"))); got != want {
		t.Errorf("LeafHash = %v, want %v", got, want)
	}
}

func BenchmarkAppend(b *testing.B) {
	for _, batch := range []int{1, 16, 256, 4096} {
		b.Run(fmt.Sprint(batch), func(b *testing.B) {
			hashes := leaves(0, batch)
			a, _ := build(b, 70_000, 70_000)
			b.ReportAllocs()
			for b.Loop() {
				a, _, _ = a.Append(hashes)
				a.Root()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*batch), "ns/leaf")
		})
	}
}

func BenchmarkLeafHash(b *testing.B) {
	e := make([]byte, 400)
	b.ReportAllocs()
	for b.Loop() {
		tile.LeafHash(e)
	}
}
