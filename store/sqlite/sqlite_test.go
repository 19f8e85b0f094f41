package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/store/storetest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	letter := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear register, this is not a database at all, and it is long enough to be looked at."), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]standing.ErrorKind{filepath.Join(dir, "absent.db"): standing.NotFound, empty: standing.Invalid, letter: standing.Internal} {
		for name, open := range map[string]func(string) (*sqlite.Store, error){"Open": sqlite.Open, "OpenReadOnly": sqlite.OpenReadOnly} {
			if _, err := open(path); standing.KindOf(err) != want || err == nil {
				t.Errorf("%s(%s) = %v, want kind %s", name, filepath.Base(path), err, want)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "absent.db")); err == nil {
		t.Error("opening a missing file made one")
	}
	if _, err := sqlite.Create(letter); standing.KindOf(err) != standing.Conflict {
		t.Errorf("Create over a file = %v, want conflict", err)
	}
}

func TestBatchIsWhole(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "a register?.db")
	s, err := sqlite.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	m := storetest.NewMaker(1)
	m.Plain = true
	for _, bulk := range []bool{true, false} {
		if err := s.Bulk(ctx, bulk); err != nil {
			t.Fatal(err)
		}
		b := m.Batch(100)
		if err := s.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
		if err := s.Commit(ctx, b); standing.KindOf(err) != standing.Conflict {
			t.Errorf("the same batch again: %v", err)
		}
		n, rows := 0, 0
		if err := s.Leaves(ctx, 0, 1e9, func(p uint64, _ []byte) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		size, err := s.EachEffect(ctx, func(*store.EffectRow) error { rows++; return nil })
		if err != nil || size != m.Size() || n != int(size) || rows != len(m.Listings()) {
			t.Errorf("size %d, leaves %d, effects %d, %v", size, n, rows, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err = sqlite.Open(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
