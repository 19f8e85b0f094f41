package verify_test

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
	"github.com/openstanding/standing/verify"
)

const origin = "verify.example"

// country is a small generated register in memory.
func country(t *testing.T) verify.Options {
	t.Helper()
	var books []*rulebook.Compiled
	digests := map[string]standing.Digest{}
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		books, digests[name] = append(books, b), b.Digest
	}
	private, public, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	o := verify.Options{Origin: origin, Store: memory.New(memory.Faults{}), Rulebooks: rulebook.NewSet(books...), Verifier: verifier}
	w, err := synth.New(synth.Options{Parties: 300, Seed: 5, Register: origin, Start: standing.At(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)),
		End: standing.At(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)), Rulebooks: digests})
	if err != nil {
		t.Fatal(err)
	}
	var now standing.Instant
	c, err := clerk.Open(context.Background(), clerk.Config{Store: o.Store, Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}),
		Rulebooks: o.Rulebooks, Signer: signer, Clock: func() standing.Instant { return now }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for step := range w.All() {
		now = step.At
		if _, err := c.Submit(context.Background(), clerk.Submission{Statement: step.Statement(), Openings: step.Openings}); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// tampered is a store that shows something else in one place.
type tampered struct {
	store.Store
	leaf       func(position uint64, leaf []byte) []byte
	head       func(*store.Head)
	effect     func(*store.EffectRow)
	tile       func(level uint8, index uint64, b []byte)
	checkpoint func([]byte) []byte
}

// Leaves shows the leaves, one of them changed.
func (s *tampered) Leaves(ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error {
	return s.Store.Leaves(ctx, from, to, func(p uint64, leaf []byte) error {
		if s.leaf != nil {
			leaf = s.leaf(p, slices.Clone(leaf))
		}
		return fn(p, leaf)
	})
}

// EachHead shows the heads.
func (s *tampered) EachHead(ctx context.Context, fn func(store.Head) error) error {
	return s.Store.EachHead(ctx, func(h store.Head) error {
		if s.head != nil {
			h.Positions, h.Listings = slices.Clone(h.Positions), slices.Clone(h.Listings)
			s.head(&h)
		}
		return fn(h)
	})
}

// EachEffect shows the effect rows.
func (s *tampered) EachEffect(ctx context.Context, fn func(*store.EffectRow) error) (uint64, error) {
	return s.Store.EachEffect(ctx, func(r *store.EffectRow) error {
		row := *r
		row.Effects = slices.Clone(r.Effects)
		if s.effect != nil {
			s.effect(&row)
		}
		return fn(&row)
	})
}

// Tile shows the tiles.
func (s *tampered) Tile(ctx context.Context, level uint8, index uint64) ([]byte, error) {
	b, err := s.Store.Tile(ctx, level, index)
	b = slices.Clone(b)
	if s.tile != nil && err == nil {
		s.tile(level, index, b)
	}
	return b, err
}

// Checkpoint shows the checkpoint.
func (s *tampered) Checkpoint(ctx context.Context) ([]byte, error) {
	b, err := s.Store.Checkpoint(ctx)
	if s.checkpoint != nil {
		b = s.checkpoint(slices.Clone(b))
	}
	return b, err
}

// TestNamesTheFirstDifference: whatever is changed in a store, verify says so
// and where; unchanged, it passes.
func TestNamesTheFirstDifference(t *testing.T) {
	o := country(t)
	report, err := verify.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if report.Acts < 500 || report.Listings < 20 || !report.Checkpoint {
		t.Fatalf("a small country should have more: %+v", report)
	}
	done := false
	once := func(f func()) {
		if !done {
			done = true
			f()
		}
	}
	for _, c := range []struct {
		name, want string
		store      tampered
	}{
		{"a byte of a leaf", "act 200", tampered{leaf: func(p uint64, b []byte) []byte {
			if p == 200 {
				b[len(b)/2] ^= 1
			}
			return b
		}}},
		{"a leaf in another's place", "act 10", tampered{leaf: func(p uint64, b []byte) []byte {
			if p == 10 {
				o.Store.Leaves(context.Background(), 11, 12, func(_ uint64, other []byte) error { b = slices.Clone(other); return nil })
			}
			return b
		}}},
		{"a head's version", "the head says", tampered{head: func(h *store.Head) { once(func() { h.Version++ }) }}},
		{"a dropped listing", "names listings", tampered{head: func(h *store.Head) {
			if len(h.Listings) > 0 {
				once(func() { h.Listings = h.Listings[1:] })
			}
		}}},
		{"an effect that goes on", "the acts say", tampered{effect: func(r *store.EffectRow) {
			if len(r.Effects) > 0 {
				once(func() { r.Effects[0].Until++ })
			}
		}}},
		{"a tile", "tree", tampered{tile: func(level uint8, index uint64, b []byte) {
			if level == 0 && index == 1 {
				b[33] ^= 1
			}
		}}},
		{"a checkpoint's root", "checkpoint", tampered{checkpoint: func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "\n", "\n1", 1))
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			done = false
			bad := o
			c.store.Store = o.Store
			bad.Store = &c.store
			_, err := verify.Run(context.Background(), bad)
			if err == nil {
				t.Fatal("verify passed")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Fatalf("verify said %q, want %q", err, c.want)
			}
		})
	}
}
