package columns_test

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

func TestColumnsGrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positions := rapid.SliceOf(rapid.Uint64()).Draw(t, "positions")
		cut := rapid.IntRange(0, len(positions)).Draw(t, "cut")
		b := append(columns.AppendPositions(nil, positions[:cut]), columns.AppendPositions(nil, positions[cut:])...)
		if got, err := columns.Positions(b); err != nil || !slices.Equal(got, positions) {
			t.Fatalf("%v became %v, %v", positions, got, err)
		}
		ids := make([]standing.CaseID, rapid.IntRange(0, 4).Draw(t, "ids"))
		keys := make([]store.Key, len(ids))
		for i := range ids {
			copy(ids[i][:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
			keys[i] = store.Key(ids[i])
		}
		if got := columns.Cases(columns.AppendCases(nil, ids)); !slices.Equal(got, ids) {
			t.Fatalf("%v became %v", ids, got)
		}
		column := columns.AppendKeys(nil, keys)
		if got := columns.Keys(column); !slices.Equal(got, keys) {
			t.Fatalf("%v became %v", keys, got)
		}
		other := store.Key(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "other"))
		for _, k := range append(keys, other) {
			if got := columns.HasKey(column, k); got != slices.Contains(keys, k) {
				t.Fatalf("HasKey(%x) = %t", k, got)
			}
		}
	})
}

// TestBytes pins what stands in databases.
func TestBytes(t *testing.T) {
	if got := columns.AppendPositions(nil, []uint64{0, 127, 128, 1 << 40}); !bytes.Equal(got, []byte{0, 127, 128, 1, 128, 128, 128, 128, 128, 32}) {
		t.Errorf("positions: %v", got)
	}
	if got := columns.Short(store.Key{0: 0x81, 7: 2, 8: 3}); got != -0x7efffffffffffffe {
		t.Errorf("short key: %#x", got)
	}
	if got := columns.Place(2, 3); got != 2<<56+3 {
		t.Errorf("place of a tile: %d", got)
	}
	if got := columns.Bound(1<<64 - 1); got != 1<<63-1 {
		t.Errorf("bound: %d", got)
	}
}

func TestPairs(t *testing.T) {
	one, two := store.Key{7: 1}, store.Key{7: 2}
	got := columns.Pairs([]store.VaultRow{{Position: 9, Keys: []store.Key{two, one, two}}, {Position: 3, Keys: []store.Key{two}}, {Position: 4}})
	want := []columns.Pair{{Key: 1, Position: 9}, {Key: 2, Position: 3}, {Key: 2, Position: 9}}
	if !slices.Equal(got, want) {
		t.Errorf("Pairs = %v, want %v", got, want)
	}
}

func TestByCase(t *testing.T) {
	heads := []store.HeadChange{{Case: standing.CaseID{2}}, {Case: standing.CaseID{1, 9}}, {Case: standing.CaseID{1}}}
	got := columns.ByCase(heads)
	if got[0] != &heads[2] || got[1] != &heads[1] || got[2] != &heads[0] {
		t.Error("ByCase does not sort by id")
	}
}

func FuzzPositions(f *testing.F) {
	f.Add([]byte{0, 127, 128, 1})
	f.Add([]byte{128})
	f.Fuzz(func(t *testing.T, b []byte) {
		positions, err := columns.Positions(b)
		if err != nil {
			return
		}
		again, err := columns.Positions(columns.AppendPositions(nil, positions))
		if err != nil || !slices.Equal(again, positions) {
			t.Errorf("%v became %v, %v", positions, again, err)
		}
	})
}
