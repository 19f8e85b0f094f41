package storetest_test

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/storetest"
)

// mutantVariable tells a test binary which broken store to check.
const mutantVariable = "STANDING_STORETEST_MUTANT"

// mutant is a store that breaks one promise.
type mutant struct {
	store.Store
	commit   func(s store.Store, ctx context.Context, b *store.Batch) error
	told     func(s store.Store, ctx context.Context, told []store.Told) error
	lookup   func(s store.Store, ctx context.Context, key store.Key) ([]uint64, error)
	tile     func(s store.Store, ctx context.Context, level uint8, index uint64) ([]byte, error)
	each     func(s store.Store, ctx context.Context, fn func(*store.EffectRow) error) (uint64, error)
	leaves   func(s store.Store, ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error
	leaseFor func(s store.Store, ctx context.Context, node string, now standing.Instant, ttl int64) (string, error)
	close    func(s store.Store) error
}

func (m mutant) Commit(ctx context.Context, b *store.Batch) error {
	if m.commit == nil {
		return m.Store.Commit(ctx, b)
	}
	return m.commit(m.Store, ctx, b)
}

func (m mutant) AppendTold(ctx context.Context, told []store.Told) error {
	if m.told == nil {
		return m.Store.AppendTold(ctx, told)
	}
	return m.told(m.Store, ctx, told)
}

func (m mutant) Lookup(ctx context.Context, key store.Key) ([]uint64, error) {
	if m.lookup == nil {
		return m.Store.Lookup(ctx, key)
	}
	return m.lookup(m.Store, ctx, key)
}

func (m mutant) Tile(ctx context.Context, level uint8, index uint64) ([]byte, error) {
	if m.tile == nil {
		return m.Store.Tile(ctx, level, index)
	}
	return m.tile(m.Store, ctx, level, index)
}

func (m mutant) EachEffect(ctx context.Context, fn func(*store.EffectRow) error) (uint64, error) {
	if m.each == nil {
		return m.Store.EachEffect(ctx, fn)
	}
	return m.each(m.Store, ctx, fn)
}

func (m mutant) Leaves(ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error {
	if m.leaves == nil {
		return m.Store.Leaves(ctx, from, to, fn)
	}
	return m.leaves(m.Store, ctx, from, to, fn)
}

func (m mutant) Lease(ctx context.Context, node string, now standing.Instant, ttl int64) (string, error) {
	if m.leaseFor == nil {
		return m.Store.Lease(ctx, node, now, ttl)
	}
	return m.leaseFor(m.Store, ctx, node, now, ttl)
}

func (m mutant) Close() error {
	if m.close == nil {
		return m.Store.Close()
	}
	return m.close(m.Store)
}

// changing returns a mutant that stores something else than it is given.
func changing(change func(b *store.Batch)) mutant {
	return mutant{commit: func(s store.Store, ctx context.Context, b *store.Batch) error {
		c := *b
		change(&c)
		return s.Commit(ctx, &c)
	}}
}

// mutants returns the broken stores by the promise that each breaks, and the
// subtest that must find it.
func mutants() map[string]mutant {
	return map[string]mutant{
		"wrong_size": {commit: func(s store.Store, ctx context.Context, b *store.Batch) error {
			c := *b
			c.PreviousSize, _ = s.Size(ctx)
			return s.Commit(ctx, &c)
		}},
		"case_exists": changing(func(b *store.Batch) {
			b.Heads = slices.Clone(b.Heads)
			seen := map[standing.CaseID]bool{}
			b.Heads = slices.DeleteFunc(b.Heads, func(h store.HeadChange) bool {
				twice := seen[h.Case]
				seen[h.Case] = true
				return twice || len(h.Positions) == 1 && h.Positions[0] == 19
			})
		}),
		"erased": changing(func(b *store.Batch) { b.Erased = nil }),
		"batches": changing(func(b *store.Batch) {
			b.Effects = slices.DeleteFunc(slices.Clone(b.Effects), func(e store.EffectRow) bool { return len(e.Effects) == 0 })
		}),
		"large_batch": changing(func(b *store.Batch) { b.Vault = b.Vault[:min(len(b.Vault), 4000)] }),
		"widest_tile": changing(func(b *store.Batch) {
			if len(b.Tiles) == 1 && b.Tiles[0].Level == 3 && len(b.Tiles[0].Bytes) > 8000 {
				b.Tiles = nil
			}
		}),
		"keys_share_a_beginning": {lookup: func(s store.Store, ctx context.Context, key store.Key) ([]uint64, error) {
			if key[0] == 200 {
				key = store.Key{0: 200, 15: 2}
			}
			return s.Lookup(ctx, key)
		}},
		"told": {told: func(s store.Store, ctx context.Context, told []store.Told) error {
			told = slices.Clone(told)
			slices.Reverse(told)
			return s.AppendTold(ctx, told)
		}},
		"lease": {leaseFor: func(s store.Store, ctx context.Context, node string, now standing.Instant, ttl int64) (string, error) {
			return s.Lease(ctx, node, now, ttl+1)
		}},
		"leaves": {leaves: func(s store.Store, ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error {
			return s.Leaves(ctx, from, to+1, fn)
		}},
		"readers_beside_the_writer": {commit: func(s store.Store, ctx context.Context, b *store.Batch) error {
			// Half now, half a moment later.
			if len(b.Leaves) != 7 {
				return s.Commit(ctx, b)
			}
			one, two := *b, *b
			one.Leaves, one.Heads, one.Vault, one.Effects = b.Leaves[:3], b.Heads[:3], b.Vault[:3], b.Effects[:3]
			two.PreviousSize, two.Leaves, two.Heads, two.Vault, two.Effects = b.PreviousSize+3, b.Leaves[3:], b.Heads[3:], b.Vault[3:], b.Effects[3:]
			if err := s.Commit(ctx, &one); err != nil {
				return err
			}
			for range 1000 {
				if _, err := s.Size(ctx); err != nil {
					return err
				}
			}
			return s.Commit(ctx, &two)
		}},
		"caller's_error": {each: func(s store.Store, ctx context.Context, fn func(*store.EffectRow) error) (uint64, error) {
			return s.EachEffect(ctx, func(e *store.EffectRow) error {
				fn(e)
				return nil
			})
		}},
		"context_ended": {tile: func(s store.Store, ctx context.Context, level uint8, index uint64) ([]byte, error) {
			return s.Tile(context.WithoutCancel(ctx), level, index)
		}},
		"closed": {close: func(store.Store) error { return nil }},
	}
}

// TestFindsMutants runs the suite on each mutant in a process of its own, where
// it must fail.
func TestFindsMutants(t *testing.T) {
	if name := os.Getenv(mutantVariable); name != "" {
		m := mutants()[name]
		storetest.Run(t, func(*testing.T) store.Store {
			m.Store = memory.New(memory.Faults{})
			return m
		})
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name := range mutants() {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), exe, "-test.run=^TestFindsMutants$/^"+name+"$", "-test.v", "-rapid.nofailfile")
			cmd.Env = append(os.Environ(), mutantVariable+"="+name)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "--- FAIL: TestFindsMutants/"+name) {
				t.Errorf("the suite finds nothing wrong with a store that breaks %q: %v\n%.2000s", name, err, out)
			}
		})
	}
}
