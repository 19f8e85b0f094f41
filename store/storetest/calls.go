package storetest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

func looks(t *testing.T, s store.Store) {
	ctx := t.Context()
	one, two := store.Key{1}, store.Key{2}
	all := []store.Look{
		{At: 30, Relying: "bank", Purpose: "credit", Key: one, Case: standing.CaseID{5}, Verdict: "restricted"},
		{At: 10, Relying: "carrier", Purpose: "ticket", Key: two, Verdict: "clear"},
		{At: 20, Relying: "bank", Purpose: "credit", Key: one, Verdict: "clear"},
		{At: 5, Relying: "bank", Purpose: "名", Key: one, Verdict: "unknown"},
	}
	must(t, s.AppendLooks(ctx, all[:2]))
	must(t, s.AppendLooks(ctx, all[2:]))
	for key, want := range map[store.Key][]store.Look{{}: all, one: {all[0], all[2], all[3]}, two: {all[1]}, {3}: nil} {
		var got []store.Look
		must(t, s.Looks(ctx, key, func(l store.Look) error {
			got = append(got, l)
			return nil
		}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Looks at %x, in the order they were appended: -want +got\n%s", key, diff)
		}
	}
}

// looksAtOnce has many callers record looks together; each of theirs is there,
// in its order, once the call returns.
func looksAtOnce(t *testing.T, s store.Store) {
	ctx := t.Context()
	const callers, each = 16, 20
	var group sync.WaitGroup
	for caller := range byte(callers) {
		group.Go(func() {
			key := store.Key{caller + 1}
			for i := range each {
				if err := s.AppendLooks(ctx, []store.Look{{At: standing.Instant(i), Key: key}}); err != nil {
					t.Error(err)
				}
				n := 0
				err := s.Looks(ctx, key, func(l store.Look) error {
					if l.At != standing.Instant(n) {
						t.Errorf("look %d of caller %d is number %d", n, caller, l.At)
					}
					n++
					return nil
				})
				if err != nil || n != i+1 {
					t.Errorf("%d looks of caller %d, %v, after %d", n, caller, err, i+1)
				}
			}
		})
	}
	group.Wait()
}

func told(t *testing.T, s store.Store) {
	ctx, id := t.Context(), standing.CaseID{1}
	must(t, s.AppendTold(ctx, []store.Told{{Listing: id, Relying: "carrier", At: 20}, {Listing: id, Relying: "bank", At: 30}, {Listing: id, Relying: "bank", At: 10}}))
	must(t, s.AppendTold(ctx, []store.Told{{Listing: id, Relying: "carrier", At: 5}, {Listing: standing.CaseID{2}, Relying: "agency", At: 1}}))
	got, err := s.ToldOf(ctx, id)
	want := []store.Told{{Listing: id, Relying: "bank", At: 30}, {Listing: id, Relying: "carrier", At: 20}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("ToldOf = %v, %v, want %v: what came first stays", got, err, want)
	}
}

func lease(t *testing.T, s store.Store) {
	for _, step := range []struct {
		node string
		now  standing.Instant
		want string
	}{
		{"a", 100, "a"},
		{"b", 105, "a"},
		{"a", 108, "a"}, // renewed until 118
		{"b", 117, "a"},
		{"b", 118, "b"},
		{"a", 127, "b"},
		{"a", 1000, "a"},
	} {
		if holder, err := s.Lease(t.Context(), step.node, step.now, 10); err != nil || holder != step.want {
			t.Errorf("Lease for %s at %d = %q, %v, want %q", step.node, step.now, holder, err, step.want)
		}
	}
}

// within checks that a function called with rows may read and write the store.
func within(t *testing.T, s store.Store) {
	ctx, m := t.Context(), NewMaker(13)
	commit(t, m.Batch(60), s)
	must(t, s.AppendLooks(ctx, make([]store.Look, 3)))
	for name, call := range walks(s) {
		calls := 0
		err := call(ctx, func() error {
			if calls++; calls == 2 {
				commit(t, m.Batch(1), s)
			}
			_, err := s.Size(ctx)
			return err
		})
		if err != nil || calls < 3 {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
	// A function within a function, deeper than any store has connections.
	var deeper func(n int) error
	deeper = func(n int) error {
		if n == 0 {
			return nil
		}
		return s.Leaves(ctx, 0, 1, func(uint64, []byte) error { return deeper(n - 1) })
	}
	must(t, deeper(20))
}

// calls are all methods with a context.
func calls(s store.Store) map[string]func(context.Context) error {
	id := standing.CaseID{1}
	out := map[string]func(context.Context) error{
		"Commit":      func(ctx context.Context) error { return s.Commit(ctx, NewMaker(0).Batch(1)) },
		"Size":        func(ctx context.Context) error { _, err := s.Size(ctx); return err },
		"Head":        func(ctx context.Context) error { _, err := s.Head(ctx, id); return err },
		"Case":        func(ctx context.Context) error { _, err := s.Case(ctx, id); return err },
		"LastCase":    func(ctx context.Context) error { _, err := s.LastCase(ctx); return err },
		"Vault":       func(ctx context.Context) error { _, err := s.Vault(ctx, 1); return err },
		"Lookup":      func(ctx context.Context) error { _, err := s.Lookup(ctx, store.Key{1}); return err },
		"Effect":      func(ctx context.Context) error { _, err := s.Effect(ctx, id); return err },
		"Tile":        func(ctx context.Context) error { _, err := s.Tile(ctx, 0, 0); return err },
		"Checkpoint":  func(ctx context.Context) error { _, err := s.Checkpoint(ctx); return err },
		"Document":    func(ctx context.Context) error { _, err := s.Document(ctx, standing.Digest{1}); return err },
		"AppendLooks": func(ctx context.Context) error { return s.AppendLooks(ctx, make([]store.Look, 1)) },
		"AppendTold":  func(ctx context.Context) error { return s.AppendTold(ctx, make([]store.Told, 1)) },
		"ToldOf":      func(ctx context.Context) error { _, err := s.ToldOf(ctx, id); return err },
		"Lease":       func(ctx context.Context) error { _, err := s.Lease(ctx, "a", 1, 1); return err },
		"Bulk on":     func(ctx context.Context) error { return s.Bulk(ctx, true) },
		"Bulk off":    func(ctx context.Context) error { return s.Bulk(ctx, false) },
	}
	for name, call := range walks(s) {
		out[name] = func(ctx context.Context) error { return call(ctx, func() error { return nil }) }
	}
	return out
}

func contextEnded(t *testing.T, s store.Store) {
	twin, m := memory.New(memory.Faults{}), NewMaker(14)
	commit(t, m.Batch(30), twin, s)
	must(t, s.AppendLooks(t.Context(), make([]store.Look, 3)))
	must(t, twin.AppendLooks(t.Context(), make([]store.Look, 3)))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls(s) {
		kind(t, name+" after its context ended", call(over), standing.Unavailable)
	}
	for name, call := range walks(s) {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		err := call(ctx, func() error {
			n++
			cancel()
			return nil
		})
		kind(t, name+" whose context ends within", err, standing.Unavailable)
		if n != 1 {
			t.Errorf("%s went on for %d rows after its context ended", name, n-1)
		}
	}
	same(t, twin, s, m)
	if told, err := s.ToldOf(t.Context(), standing.CaseID{}); err != nil || len(told) != 0 {
		t.Errorf("told after the context ended: %v, %v", told, err)
	}
}

func closed(t *testing.T, s store.Store) {
	commit(t, NewMaker(15).Batch(3), s)
	must(t, s.Close())
	for name, call := range calls(s) {
		kind(t, name+" of a closed store", call(t.Context()), standing.Unavailable)
	}
	must(t, s.Close())
}

// step is how many acts each batch of the writer beside readers has.
const step = 7

// readers checks that nobody sees a part of a batch.
func readers(t *testing.T, s store.Store) {
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	watch := func(look func() (int, error)) {
		group.Go(func() {
			last := 0
			for ctx.Err() == nil {
				n, err := look()
				if ctx.Err() != nil {
					return
				}
				if err != nil || n%step != 0 || n < last {
					t.Errorf("%d acts after %d seen, in batches of %d: %v", n, last, step, err)
					return
				}
				last = n
			}
		})
	}
	watch(func() (int, error) { n, err := s.Size(ctx); return int(n), err })
	watch(func() (n int, err error) {
		err = s.Leaves(ctx, 0, 1<<62, func(uint64, []byte) error { n++; return nil })
		return n, err
	})
	watch(func() (n int, err error) { // every act is in one case
		err = s.EachHead(ctx, func(h store.Head) error { n += len(h.Positions); return nil })
		return n, err
	})
	watch(func() (n int, err error) { // every act here renews one effect row
		size, err := s.EachEffect(ctx, func(e *store.EffectRow) error { n += int(e.Severity); return nil })
		if err == nil && int(size) != n {
			t.Errorf("EachEffect says size %d and shows effects of %d acts", size, n)
		}
		return n, err
	})
	watch(func() (int, error) { // a case of acts in every batch
		entries, err := s.Case(ctx, standing.CaseID{})
		return len(entries) * step, err
	})
	watch(func() (int, error) {
		positions, err := s.Lookup(ctx, store.Key{1})
		return len(positions), err
	})
	m := NewMaker(16)
	for batch := range 60 {
		must(t, s.Commit(ctx, m.sevenfold(batch)))
		if batch == 20 || batch == 40 {
			must(t, s.Bulk(ctx, batch == 20))
		}
	}
	stop()
	group.Wait()
}

// sevenfold makes a batch for readers: one act of the zero case, six of fresh
// cases, seven rows of one key, severities that add up to the size.
func (m *Maker) sevenfold(batch int) *store.Batch {
	b := &store.Batch{PreviousSize: uint64(batch * step)}
	for i := range step {
		p := uint64(batch*step + i)
		c := made{kind: standing.RulingCase, version: uint64(batch)}
		if i > 0 {
			c = made{id: standing.CaseID(m.bytes(16)), kind: standing.RulingCase}
		}
		b.Leaves = append(b.Leaves, m.leaf(&c))
		b.Heads = append(b.Heads, store.HeadChange{Case: c.id, Kind: c.kind, Version: c.version + 1, Positions: []uint64{p}})
		b.Vault = append(b.Vault, store.VaultRow{Position: p, Sealed: []byte{1}, Keys: []store.Key{{1}}})
		b.Effects = append(b.Effects, store.EffectRow{Listing: standing.CaseID(m.bytes(16)), Severity: 1})
	}
	return b
}

// writers checks that of racing commits on one size one wins.
func writers(t *testing.T, s store.Store) {
	const rounds, each = 20, 4
	for round := range uint64(rounds) {
		var group sync.WaitGroup
		results := make([]error, each)
		for i := range each {
			group.Go(func() {
				m := NewMaker(1000*round + uint64(i))
				m.size = round
				results[i] = s.Commit(t.Context(), m.Batch(1))
			})
		}
		group.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
			} else {
				kind(t, "a commit that lost the race", err, standing.Conflict)
			}
		}
		if won != 1 {
			t.Fatalf("%d of %d commits on size %d won", won, each, round)
		}
	}
	if size, err := s.Size(t.Context()); err != nil || size != rounds {
		t.Errorf("Size = %d, %v, want %d", size, err, rounds)
	}
}
