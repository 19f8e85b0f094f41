package synth_test

import (
	"context"
	"crypto/rand"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
)

// shipped are the rulebooks that the made-up country lives under.
func shipped(t testing.TB) *rulebook.Set {
	t.Helper()
	var books []*rulebook.Compiled
	files, err := filepath.Glob("../rulebook/builtin/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rulebooks: %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := rulebook.Load(text)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...)
}

// loaded is a world in a real register.
type loaded struct {
	world *synth.World
	store *memory.Store
	books *rulebook.Set
	clerk *clerk.Clerk
	clock standing.Instant
	kinds map[standing.Kind]int
}

// load submits a whole world to a real clerk; no statement may be refused.
func load(t testing.TB, parties int, seed uint64) *loaded {
	t.Helper()
	l := &loaded{store: memory.New(memory.Faults{}), books: shipped(t), kinds: map[standing.Kind]int{}}
	digests := map[string]standing.Digest{}
	for _, b := range l.books.All() {
		digests[b.Name] = b.Digest
	}
	var err error
	if l.world, err = synth.New(synth.Options{Parties: parties, Seed: seed, Register: origin, Rulebooks: digests}); err != nil {
		t.Fatal(err)
	}
	private, _, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	l.clerk, err = clerk.Open(context.Background(), clerk.Config{Store: l.store, Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}),
		Rulebooks: l.books, Signer: signer, Clock: func() standing.Instant { return l.clock }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.clerk.Close() })
	for s := range l.world.All() {
		l.clock = s.At
		if _, err := l.clerk.Submit(context.Background(), clerk.Submission{Statement: s.Statement(), Openings: s.Openings}); err != nil {
			t.Fatalf("at %s: %v", s.At, err)
		}
		for _, raw := range s.Acts {
			act, err := standing.DecodeAct(raw)
			if err != nil {
				t.Fatal(err)
			}
			l.kinds[act.Kind]++
		}
	}
	return l
}

func TestClerkRefusesNothing(t *testing.T) {
	l := load(t, 2000, 1)
	for _, k := range slices.Sorted(maps.Keys(l.kinds)) {
		t.Logf("%6d %s", l.kinds[k], k)
	}
}

// engine answers checks about a loaded world at its end.
func (l *loaded) engine(t testing.TB) *check.Engine {
	t.Helper()
	loader := check.NewLoader(index.NewHasher([32]byte{1}), check.NewLaw(l.clerk.Constitution(), l.books), nil, l.clock)
	size, err := l.store.EachEffect(context.Background(), func(row *store.EffectRow) error { return loader.Add(row) })
	if err != nil {
		t.Fatal(err)
	}
	return loader.Done(size)
}

var verdicts = map[check.Verdict]string{check.Clear: "clear", check.Restricted: "restricted", check.Unknown: "unknown", check.NotCovered: "not covered"}

func TestHighlightsHold(t *testing.T) {
	l := load(t, 1000, 7)
	engine := l.engine(t)
	for _, h := range l.world.Highlights() {
		id, err := ident.Parse(h.Party)
		if err != nil {
			t.Fatal(err)
		}
		if h.Expect == "key" {
			if !id.Personal() {
				t.Errorf("%s: %s is no person's number", h.Title["en"], h.Party)
			}
			h.Expect = "restricted"
		}
		for _, later := range []standing.Instant{0, 3 * day, 10 * day} {
			d, err := engine.Check(id, h.Activity, region.ID(h.Region), 1793491200+later)
			if err != nil {
				t.Fatal(err)
			}
			if verdicts[d.Verdict] != h.Expect {
				t.Errorf("%s: %s, want %s: %+v", h.Title["en"], verdicts[d.Verdict], h.Expect, d)
			}
		}
	}
}
