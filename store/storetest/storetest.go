// Package storetest checks that a store keeps the promises of package store. It
// is run on every implementation.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) store.Store { ... an empty store ... })
//	}
//
// A [Maker] makes what the clerk would commit, deterministic by seed, also for
// benchmarks; [Read] reads a store from end to end and [Diff] compares.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// Run checks every promise on stores from open, which returns an empty one at
// each call and closes it when the test that it is given ends; closing it twice
// must do no harm.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, store.Store)
	}{
		{"empty", empty},
		{"batches", batches},
		{"large batch", largeBatch},
		{"bulk", bulk},
		{"wrong size", wrongSize},
		{"case exists", caseExists},
		{"case has moved on", caseMoved},
		{"leaves", leaves},
		{"keys share a beginning", sharedBeginning},
		{"widest tile", widestTile},
		{"erased", erased},
		{"looks", looks},
		{"looks at once", looksAtOnce},
		{"told", told},
		{"lease", lease},
		{"caller's error", callersError},
		{"calls within calls", within},
		{"context ended", contextEnded},
		{"closed", closed},
		{"readers beside the writer", readers},
		{"writers race", writers},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
	t.Run("model", func(t *testing.T) { model(t, open) })
}

// Reopen checks that what a store was given is there when it is opened again.
// register prepares an empty register; the function it returns opens it, again
// and again.
func Reopen(t *testing.T, register func(t *testing.T) (open func() store.Store)) {
	ctx, open, twin, m := t.Context(), register(t), memory.New(memory.Faults{}), NewMaker(11)
	for round := range 5 {
		s := open()
		same(t, twin, s, m)
		for _, one := range []store.Store{twin, s} {
			must(t, one.AppendLooks(ctx, []store.Look{{At: standing.Instant(round + 1), Relying: "bank", Purpose: "credit", Key: store.Key{1}, Verdict: "clear"}}))
			must(t, one.AppendTold(ctx, []store.Told{{Listing: standing.CaseID{1}, Relying: fmt.Sprint(round), At: 1}}))
			must(t, one.Bulk(ctx, round%2 == 0)) // now and then a load does not end
		}
		if holder, err := s.Lease(ctx, "first", 10, 100); err != nil || holder != "first" {
			t.Errorf("Lease = %q, %v", holder, err)
		}
		if holder, err := s.Lease(ctx, "second", 20, 100); err != nil || holder != "first" {
			t.Errorf("Lease of another node = %q, %v", holder, err)
		}
		for range 4 {
			commit(t, m.Batch(20), twin, s)
		}
		same(t, twin, s, m)
		got, err := s.ToldOf(ctx, standing.CaseID{1})
		if err != nil || len(got) != round+1 {
			t.Errorf("ToldOf = %v, %v, want %d", got, err, round+1)
		}
		must(t, s.Close())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func kind(t *testing.T, what string, err error, want standing.ErrorKind) {
	t.Helper()
	if err == nil || standing.KindOf(err) != want {
		t.Errorf("%s: error %v, want one of kind %s", what, err, want)
	}
}

func commit(t *testing.T, b *store.Batch, stores ...store.Store) {
	t.Helper()
	for _, s := range stores {
		must(t, s.Commit(t.Context(), b))
	}
}

// same compares two stores from end to end.
func same(t *testing.T, want, got store.Store, m *Maker) {
	t.Helper()
	w, err := Read(t.Context(), want, m)
	must(t, err)
	g, err := Read(t.Context(), got, m)
	must(t, err)
	if diff := Diff(w, g); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
}

func empty(t *testing.T, s store.Store) {
	same(t, memory.New(memory.Faults{}), s, NewMaker(0))
	ctx, id := t.Context(), standing.CaseID{1}
	if h, err := s.Head(ctx, id); err != nil || h.Version != 0 || len(h.Positions) != 0 {
		t.Errorf("Head of an unknown case = %v, %v", h, err)
	}
	if entries, err := s.Case(ctx, id); err != nil || len(entries) != 0 {
		t.Errorf("Case that is unknown = %v, %v", entries, err)
	}
	if v, err := s.Vault(ctx, 7); err != nil || v.Sealed != nil || v.Keys != nil || v.Position != 7 {
		t.Errorf("Vault of an unknown position = %v, %v", v, err)
	}
	_, err := s.Effect(ctx, id)
	kind(t, "Effect of an unknown listing", err, standing.NotFound)
	_, err = s.Tile(ctx, 0, 0)
	kind(t, "Tile that is unknown", err, standing.NotFound)
	_, err = s.Document(ctx, standing.Digest{1})
	kind(t, "Document that is unknown", err, standing.NotFound)
	if told, err := s.ToldOf(ctx, id); err != nil || len(told) != 0 {
		t.Errorf("ToldOf an unknown listing = %v, %v", told, err)
	}
	must(t, s.Commit(ctx, &store.Batch{}))
	must(t, s.AppendLooks(ctx, nil))
	must(t, s.AppendTold(ctx, nil))
	same(t, memory.New(memory.Faults{}), s, NewMaker(0))
}

func batches(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(1)
	for i := range 30 {
		commit(t, m.Batch(1+i), twin, s)
	}
	same(t, twin, s, m)
}

func largeBatch(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(2)
	m.Keyed = true
	for _, n := range []int{100, 4096, 100} {
		commit(t, m.Batch(n), twin, s)
	}
	same(t, twin, s, m)
}

func bulk(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(3)
	for _, on := range []bool{false, true, true, false, false, true, false} {
		must(t, s.Bulk(t.Context(), on))
		for range 3 {
			commit(t, m.Batch(10), twin, s)
		}
		same(t, twin, s, m)
	}
}

func wrongSize(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(4)
	commit(t, m.Batch(10), twin, s)
	for _, previous := range []uint64{0, 9, 11, 1 << 40} {
		b := NewMaker(5).Batch(10)
		b.PreviousSize = previous
		b.Documents = []store.Document{{Digest: standing.Digest{1}, Bytes: []byte("text")}}
		b.Erased = []uint64{0, 1, 2}
		kind(t, fmt.Sprintf("a batch that follows %d", previous), s.Commit(t.Context(), b), standing.Conflict)
	}
	same(t, twin, s, m)
	_, err := s.Document(t.Context(), standing.Digest{1})
	kind(t, "Document of a batch in conflict", err, standing.NotFound)
}

func caseExists(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(6)
	b := m.Batch(10)
	commit(t, b, twin, s)
	again := NewMaker(7).Batch(10)
	again.PreviousSize = 10
	again.Heads = append(again.Heads, store.HeadChange{Case: b.Heads[0].Case, Kind: b.Heads[0].Kind, Version: 1, Positions: []uint64{19}})
	kind(t, "a case opened twice", s.Commit(t.Context(), again), standing.Conflict)
	same(t, twin, s, m)
	again.Heads = again.Heads[:len(again.Heads)-1]
	must(t, s.Commit(t.Context(), again))
}

func caseMoved(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(8)
	b := m.Batch(30)
	commit(t, b, twin, s)
	for _, h := range []store.HeadChange{
		{Case: standing.CaseID{9, 9}, Kind: standing.ListingCase, Version: 2, Positions: []uint64{30}},
		{Case: b.Heads[0].Case, Kind: b.Heads[0].Kind, Version: b.Heads[0].Version + 2, Positions: []uint64{30}},
		{Case: b.Heads[0].Case, Kind: b.Heads[0].Kind, Version: b.Heads[0].Version + 1, Listings: []standing.CaseID{{1}}},
	} {
		wrong := &store.Batch{PreviousSize: 30, Leaves: [][]byte{{1}}, Heads: []store.HeadChange{h}}
		kind(t, fmt.Sprintf("a head at version %d moved by %d to %d", b.Heads[0].Version, len(h.Positions), h.Version),
			s.Commit(t.Context(), wrong), standing.Conflict)
	}
	same(t, twin, s, m)
}

func leaves(t *testing.T, s store.Store) {
	m := NewMaker(9)
	commit(t, m.Batch(10), s)
	for _, test := range []struct {
		from, to uint64
		want     []uint64
	}{{0, 3, []uint64{0, 1, 2}}, {8, 20, []uint64{8, 9}}, {4, 4, nil}, {5, 4, nil}, {10, 20, nil}, {1 << 63, 1<<64 - 1, nil}} {
		var got []uint64
		must(t, s.Leaves(t.Context(), test.from, test.to, func(p uint64, _ []byte) error {
			got = append(got, p)
			return nil
		}))
		if !slices.Equal(got, test.want) {
			t.Errorf("Leaves from %d to %d: positions %v, want %v", test.from, test.to, got, test.want)
		}
	}
}

func sharedBeginning(t *testing.T, s store.Store) {
	ctx := t.Context()
	one, two, three := store.Key{0: 200, 15: 1}, store.Key{0: 200, 15: 2}, store.Key{0: 200, 15: 3}
	must(t, s.Commit(ctx, &store.Batch{Leaves: [][]byte{{1}, {2}, {3}}, Vault: []store.VaultRow{
		{Position: 0, Sealed: []byte{1}, Keys: []store.Key{two, one, one}},
		{Position: 1, Sealed: []byte{1}, Keys: []store.Key{two}},
		{Position: 2, Sealed: []byte{1}, Keys: []store.Key{one, two}},
	}}))
	for key, want := range map[store.Key][]uint64{one: {0, 2}, two: {0, 1, 2}, three: nil} {
		if got, err := s.Lookup(ctx, key); err != nil || !slices.Equal(got, want) {
			t.Errorf("Lookup(%x) = %v, %v, want %v", key, got, err, want)
		}
	}
}

func widestTile(t *testing.T, s store.Store) {
	for _, width := range []int{1, 3, 2, 256, 255} {
		b := make([]byte, 32*width)
		b[0] = byte(width)
		must(t, s.Commit(t.Context(), &store.Batch{Tiles: []store.Tile{{Level: 3, Index: 1 << 40, Bytes: b}}}))
	}
	if b, err := s.Tile(t.Context(), 3, 1<<40); err != nil || len(b) != 32*256 || b[0] != 0 {
		t.Errorf("Tile = %d bytes, %v, want the widest", len(b), err)
	}
}

func erased(t *testing.T, s store.Store) {
	ctx, m := t.Context(), NewMaker(10)
	m.Plain = true
	b := m.Batch(12)
	commit(t, b, s)
	gone, row := b.Vault[5], b.Effects[0]
	next := m.Batch(3)
	next.Erased, next.Forgotten = []uint64{gone.Position, gone.Position, 999}, []standing.CaseID{row.Listing, {1, 2, 3}}
	next.Effects = slices.DeleteFunc(next.Effects, func(e store.EffectRow) bool { return e.Listing == row.Listing })
	next.Erased = append(next.Erased, next.Vault[0].Position) // of the batch itself
	commit(t, next, s)
	for _, v := range []store.VaultRow{gone, next.Vault[0]} {
		if got, err := s.Vault(ctx, v.Position); err != nil || got.Sealed != nil || got.Keys != nil || got.Slot != 0 {
			t.Errorf("Vault of an erased position = %v, %v", got, err)
		}
		for _, k := range v.Keys {
			if got, err := s.Lookup(ctx, k); err != nil || slices.Contains(got, v.Position) {
				t.Errorf("Lookup of an erased key = %v, %v", got, err)
			}
		}
	}
	want := row
	want.Keys = nil
	if got, err := s.Effect(ctx, row.Listing); err != nil || !cmp.Equal(want, got, cmpopts.EquateEmpty()) {
		t.Errorf("Effect of a forgotten listing = %+v, %v, want %+v", got, err, want)
	}
}

func callersError(t *testing.T, s store.Store) {
	ctx, mine := t.Context(), errors.New("mine")
	commit(t, NewMaker(12).Batch(30), s)
	must(t, s.AppendLooks(ctx, make([]store.Look, 3)))
	for name, call := range walks(s) {
		calls := 0
		err := call(ctx, func() error {
			calls++
			return mine
		})
		if !errors.Is(err, mine) || calls != 1 {
			t.Errorf("%s = %v after %d calls of a function that fails", name, err, calls)
		}
	}
}

// walks are the methods that call a function.
func walks(s store.Store) map[string]func(context.Context, func() error) error {
	return map[string]func(context.Context, func() error) error{
		"Leaves": func(ctx context.Context, fn func() error) error {
			return s.Leaves(ctx, 0, 100, func(uint64, []byte) error { return fn() })
		},
		"EachHead": func(ctx context.Context, fn func() error) error {
			return s.EachHead(ctx, func(store.Head) error { return fn() })
		},
		"EachEffect": func(ctx context.Context, fn func() error) error {
			_, err := s.EachEffect(ctx, func(*store.EffectRow) error { return fn() })
			return err
		},
		"Looks": func(ctx context.Context, fn func() error) error {
			return s.Looks(ctx, store.Key{}, func(store.Look) error { return fn() })
		},
	}
}
