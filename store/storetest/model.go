package storetest

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// model plays random calls on a store and on one in memory, which must answer
// alike.
func model(t *testing.T, open func(t *testing.T) store.Store) {
	rapid.Check(t, func(r *rapid.T) {
		s, twin := open(t), memory.New(memory.Faults{})
		defer s.Close()
		ctx, m := t.Context(), NewMaker(rapid.Uint64().Draw(r, "seed"))
		m.Keyed = rapid.Bool().Draw(r, "keyed")
		both := func(what string, call func(store.Store) error) {
			want, got := call(twin), call(s)
			if (want == nil) != (got == nil) || want != nil && standing.KindOf(want) != standing.KindOf(got) {
				r.Fatalf("%s: %v, in memory %v", what, got, want)
			}
		}
		var last *store.Batch
		listings := rapid.SampledFrom([]standing.CaseID{{1}, {2}})
		relying := rapid.SampledFrom([]string{"bank", "carrier", ""})
		r.Repeat(map[string]func(*rapid.T){
			"commit": func(r *rapid.T) {
				last = m.Batch(rapid.IntRange(0, 8).Draw(r, "acts"))
				both("Commit", func(s store.Store) error { return s.Commit(ctx, last) })
			},
			"commit again": func(r *rapid.T) {
				if last != nil && len(last.Leaves) > 0 {
					both("Commit of the same batch", func(s store.Store) error { return s.Commit(ctx, last) })
				}
			},
			"commit into a case that has moved": func(r *rapid.T) {
				if last == nil || len(last.Heads) == 0 {
					return
				}
				h := last.Heads[rapid.IntRange(0, len(last.Heads)-1).Draw(r, "head")]
				if len(h.Positions) == 0 {
					return // a listing appended to its ruling leaves the version as it was
				}
				b := &store.Batch{PreviousSize: m.size, Leaves: [][]byte{{1}}, Heads: []store.HeadChange{h}}
				both("Commit of an old head", func(s store.Store) error { return s.Commit(ctx, b) })
			},
			"look": func(r *rapid.T) {
				l := store.Look{At: standing.Instant(rapid.Int64Range(1, 9).Draw(r, "at")), Relying: relying.Draw(r, "relying"), Key: store.Key{2}}
				both("AppendLooks", func(s store.Store) error { return s.AppendLooks(ctx, []store.Look{l}) })
			},
			"tell": func(r *rapid.T) {
				x := store.Told{Listing: listings.Draw(r, "listing"), Relying: relying.Draw(r, "relying"), At: standing.Instant(rapid.Int64Range(1, 9).Draw(r, "at"))}
				both("AppendTold", func(s store.Store) error { return s.AppendTold(ctx, []store.Told{x}) })
				want, _ := twin.ToldOf(ctx, x.Listing)
				if got, err := s.ToldOf(ctx, x.Listing); err != nil || !slices.Equal(want, got) {
					r.Fatalf("ToldOf = %v, %v, want %v", got, err, want)
				}
			},
			"lease": func(r *rapid.T) {
				node, now, ttl := relying.Draw(r, "node"), standing.Instant(rapid.Int64Range(1, 50).Draw(r, "now")), rapid.Int64Range(1, 20).Draw(r, "ttl")
				if node == "" {
					return
				}
				want, _ := twin.Lease(ctx, node, now, ttl)
				if got, err := s.Lease(ctx, node, now, ttl); err != nil || got != want {
					r.Fatalf("Lease = %q, %v, want %q", got, err, want)
				}
			},
			"bulk": func(r *rapid.T) {
				on := rapid.Bool().Draw(r, "on")
				both("Bulk", func(s store.Store) error { return s.Bulk(ctx, on) })
			},
			"compare": func(r *rapid.T) { compare(r, s, twin, m) },
		})
		compare(r, s, twin, m)
	})
}

func compare(r *rapid.T, s, twin store.Store, m *Maker) {
	want, err := Read(context.Background(), twin, m)
	if err != nil {
		r.Fatal(err)
	}
	got, err := Read(context.Background(), s, m)
	if err != nil {
		r.Fatal(err)
	}
	if diff := Diff(want, got); diff != "" {
		r.Fatalf("-memory +store\n%s", diff)
	}
}
