package sqlite_test

import (
	"bytes"
	"index/suffixarray"
	"os"
	"testing"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/storetest"
)

// TestErasedLeavesNoTrace looks for erased bytes in the raw files.
func TestErasedLeavesNoTrace(t *testing.T) {
	ctx := t.Context()
	s, path := create(t)
	m := storetest.NewMaker(21)
	m.Plain, m.Keyed = true, true
	var rows []store.VaultRow
	var effects []store.EffectRow
	for batch := range 40 {
		b := m.Batch(100)
		// Long openings go to pages of their own.
		b.Vault[batch].Sealed = bytes.Repeat(b.Vault[batch].Sealed, 1+batch*10)
		if err := s.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
		rows, effects = append(rows, b.Vault...), append(effects, b.Effects...)
	}
	if err := s.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	kept := rows[1].Sealed[:32]
	if !found(raw(t, path), kept) {
		t.Fatal("what is kept is not found in the raw files: the search proves nothing")
	}
	gone := map[uint64]bool{}
	for round := range 3 { // what is left moves together, and goes next time
		b := &store.Batch{PreviousSize: m.Size()}
		for i, v := range rows {
			if round == 0 && i%4 == 1 || round == 1 && i%8 < 4 || round == 2 && i%64 != 6 {
				b.Erased = append(b.Erased, v.Position)
				gone[v.Position] = true
			}
		}
		for i, e := range effects {
			if i%3 <= round {
				b.Forgotten = append(b.Forgotten, e.Listing)
			}
		}
		if err := s.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
		if err := s.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		if err := s.Integrity(); err != nil {
			t.Fatal(err)
		}
	}
	files := raw(t, path)
	search(t, files, rows, gone)
	if !found(files, rows[6].Sealed[:32]) {
		t.Error("a row that was not erased is gone")
	}
	for _, e := range effects {
		if found(files, e.Keys[0][:]) {
			t.Errorf("the key of the forgotten listing %s is still in the files", e.Listing)
		}
	}
}

// search looks for the rows that are gone, and for keys that no other row has.
func search(t *testing.T, files *suffixarray.Index, rows []store.VaultRow, gone map[uint64]bool) {
	t.Helper()
	kept := map[store.Key]bool{}
	for _, v := range rows {
		kept[v.Keys[0]] = kept[v.Keys[0]] || !gone[v.Position]
	}
	for _, v := range rows {
		if !gone[v.Position] {
			continue
		}
		for _, part := range [][]byte{v.Sealed[:24], v.Sealed[len(v.Sealed)/2:][:24], v.Sealed[len(v.Sealed)-24:]} {
			if found(files, part) {
				t.Fatalf("%d bytes of the erased opening %d are still in the files", len(part), v.Position)
			}
		}
		if key := v.Keys[0]; !kept[key] && found(files, key[:8]) {
			t.Errorf("the look-up key of the erased opening %d is still in the files", v.Position)
		}
	}
}

// raw indexes the bytes of the database file and of its log.
func raw(t *testing.T, path string) *suffixarray.Index {
	t.Helper()
	var all []byte
	for _, name := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return suffixarray.New(all)
}

func found(files *suffixarray.Index, what []byte) bool { return len(files.Lookup(what, 1)) > 0 }
