package sqlite_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/store/storetest"
)

// twins compares a store with one in memory that took the same batches.
func twins(t *testing.T, twin, s store.Store, m *storetest.Maker) {
	t.Helper()
	want, err := storetest.Read(t.Context(), twin, m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := storetest.Read(t.Context(), s, m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := storetest.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

func refusedAsFull(t *testing.T, err error) {
	t.Helper()
	if standing.KindOf(err) != standing.Unavailable || err == nil || !strings.Contains(err.Error(), "make room") {
		t.Fatalf("a batch on a full disk: %v, want Unavailable and what to do", err)
	}
}

func TestFull(t *testing.T) {
	ctx, twin, m := t.Context(), memory.New(memory.Faults{}), storetest.NewMaker(31)
	s, _ := create(t)
	for range 20 {
		b := m.Batch(50)
		pages, err := s.Pages()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Limit(pages + 1); err != nil {
			t.Fatal(err)
		}
		refusedAsFull(t, s.Commit(ctx, b))
		many := slices.Repeat([]store.Look{{Relying: "bank", Purpose: "credit"}}, 500)
		refusedAsFull(t, s.AppendLooks(ctx, many))
		if size, err := s.Size(ctx); err != nil || size != b.PreviousSize {
			t.Fatalf("Size = %d, %v after a batch that found no room on %d", size, err, b.PreviousSize)
		}
		if err := s.Limit(0); err != nil {
			t.Fatal(err)
		}
		for _, one := range []store.Store{twin, s} {
			if err := errors.Join(one.Commit(ctx, b), one.AppendLooks(ctx, many)); err != nil {
				t.Fatal(err)
			}
		}
	}
	twins(t, twin, s, m)
	if err := s.Integrity(); err != nil {
		t.Error(err)
	}
}

func TestNewerFormat(t *testing.T) {
	s, path := create(t)
	if err := s.SetFormat(store.FormatVersion + 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*sqlite.Store, error){"Open": sqlite.Open, "OpenReadOnly": sqlite.OpenReadOnly} {
		if _, err := open(path); standing.KindOf(err) != standing.Unsupported || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("%s of a newer format: %v", name, err)
		}
	}
}

func TestReadOnly(t *testing.T) {
	ctx, twin, m := t.Context(), memory.New(memory.Faults{}), storetest.NewMaker(32)
	s, path := create(t)
	b := m.Batch(100)
	for _, one := range []store.Store{twin, s} {
		if err := one.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	for _, beside := range []bool{true, false} { // the writer, then nobody
		r, err := sqlite.OpenReadOnly(path)
		if err != nil {
			t.Fatal(err)
		}
		twins(t, twin, r, m)
		next := m.Batch(1)
		_, lease := r.Lease(ctx, "a", 1, 1)
		for name, err := range map[string]error{
			"Commit": r.Commit(ctx, next), "AppendLooks": r.AppendLooks(ctx, nil), "AppendTold": r.AppendTold(ctx, nil),
			"Bulk": r.Bulk(ctx, true), "Bulk off": r.Bulk(ctx, false), "Flush": r.Flush(ctx), "Lease": lease,
		} {
			if standing.KindOf(err) != standing.Forbidden || err == nil {
				t.Errorf("%s of a store opened for reading: %v", name, err)
			}
		}
		if beside {
			for _, one := range []store.Store{twin, s} {
				if err := one.Commit(ctx, next); err != nil {
					t.Fatal(err)
				}
			}
		}
		if size, err := r.Size(ctx); err != nil || beside && size != 101 {
			t.Errorf("Size = %d, %v beside the writer %t", size, err, beside)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPathsWithOddNames(t *testing.T) {
	for _, name := range []string{"a b.db", "100%.db", "a?b#c.db", "登记.db", "a'b\"c.db"} {
		path := filepath.Join(t.TempDir(), name)
		s, err := sqlite.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		t.Chdir(filepath.Dir(path))
		for _, path := range []string{path, name, "./" + name} {
			s, err := sqlite.Open(path)
			if err != nil {
				t.Errorf("Open(%q): %v", path, err)
				continue
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
