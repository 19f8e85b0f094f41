package register_test

import (
	"context"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/tile"
)

// checkpoint reads and opens the signed note.
func (w *town) checkpoint() tile.Checkpoint {
	w.t.Helper()
	b, err := w.register.Checkpoint(context.Background())
	w.ok(err)
	c, err := tile.Open(b, w.verifier)
	w.ok(err)
	return c
}

// tileAt reads a tile as a monitor does, by its path.
func (w *town) tileAt(level int, index uint64, width int) ([]byte, error) {
	return w.register.Tile(context.Background(), tile.Path(level, index, width))
}

// TestLogVerifies from what is served alone: every entry of every bundle is
// proven to be in the log that the checkpoint signs.
func TestLogVerifies(t *testing.T) {
	w := newTown(t, memory.Faults{})
	before := w.checkpoint()
	for range 45 {
		w.days(1)
		w.judgment(firm(), standing.Organisation)
	}
	for len(w.leaves(w.checkpoint().Size)) <= tile.Width {
		w.days(1)
		w.judgment(firm(), standing.Organisation)
	}
	now := w.checkpoint()
	proof, err := tile.Consistency(before.Size, now.Size, w.tileAt)
	w.ok(err)
	w.ok(tile.CheckConsistency(proof, before.Size, before.Root, now.Size, now.Root))
	for i, leaf := range w.leaves(now.Size) {
		proof, err := tile.Inclusion(now.Size, uint64(i), w.tileAt)
		w.ok(err)
		w.ok(tile.CheckInclusion(proof, now.Size, now.Root, uint64(i), leaf))
	}
}

// leaves are the hashes of the entries of all bundles.
func (w *town) leaves(size uint64) []tlog.Hash {
	w.t.Helper()
	var out []tlog.Hash
	for uint64(len(out)) < size {
		width := int(min(size-uint64(len(out)), tile.Width))
		b, err := w.register.Tile(context.Background(), tile.Path(tile.Entries, uint64(len(out))/tile.Width, width))
		w.ok(err)
		entries, err := tile.ParseBundle(b)
		w.ok(err)
		if len(entries) != width {
			w.t.Fatalf("a bundle of %d holds %d entries", width, len(entries))
		}
		for _, e := range entries {
			if _, err := standing.DecodeEntry(uint64(len(out)), e); err != nil {
				w.t.Fatal(err)
			}
			out = append(out, tile.LeafHash(e))
		}
	}
	return out
}

func TestNoSuchTile(t *testing.T) {
	w := newTown(t, memory.Faults{})
	size := int(w.checkpoint().Size)
	for _, path := range []string{"", "tile/", "tile/0/000", "tile/0/001", "tile/1/000", "tile/entries/000", "tile/entries/x001/000", "tile/7/000", "checkpoint", "../secret",
		tile.Path(0, 0, size+1), tile.Path(tile.Entries, 0, size+1), tile.Path(1, 0, 1), "/" + tile.Path(0, 0, size)} {
		b, err := w.register.Tile(context.Background(), path)
		if standing.KindOf(err) != standing.NotFound || b != nil {
			t.Errorf("%q: %d bytes, %v; want not found", path, len(b), err)
		}
	}
}
