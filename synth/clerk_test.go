package synth_test

import (
	"context"
	"crypto/rand"
	"maps"
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
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
)

// shipped are the rulebooks that the made-up country lives under.
func shipped(t testing.TB) *rulebook.Set {
	t.Helper()
	var books []*rulebook.Compiled
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
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
func load(t testing.TB, o synth.Options) *loaded {
	t.Helper()
	l := &loaded{store: memory.New(memory.Faults{}), books: shipped(t), kinds: map[standing.Kind]int{}}
	o.Register, o.Rulebooks = origin, map[string]standing.Digest{}
	for _, b := range l.books.All() {
		o.Rulebooks[b.Name] = b.Digest
	}
	var err error
	if l.world, err = synth.New(o); err != nil {
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
	l := load(t, synth.Options{Parties: 2000, Seed: 1})
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
	for _, span := range []struct{ start, end string }{
		{"", ""},
		{"2020-02-29T12:00:00Z", "2024-03-01T00:00:00Z"},
		{"2022-12-31T23:59:59Z", "2025-02-28T01:02:03Z"},
		{"2008-01-06", "2010-01-31"},
		{"2019-01-01", "2026-11-22T21:00:00Z"},
		{"2021-03-15", "2026-12-06"},
	} {
		o := synth.Options{Parties: 1000, Seed: 7, Start: instant(t, span.start), End: instant(t, span.end)}
		l := load(t, o)
		if o.End == 0 {
			o.End = instant(t, "2026-11-01")
		}
		if l.clock > o.End {
			t.Errorf("%s: the last step is at %s", span.end, l.clock)
		}
		if o.End > instant(t, "2024-01-01") {
			l.try(t, o.End)
		}
	}
}

func instant(t *testing.T, s string) standing.Instant {
	t.Helper()
	at, err := standing.ParseInstant(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// try holds the highlights at the end of the world and some days later.
func (l *loaded) try(t *testing.T, end standing.Instant) {
	t.Helper()
	engine := l.engine(t)
	reached := map[string]bool{}
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
		reached[h.Expect] = true
		for _, later := range []standing.Instant{0, 3 * day, 9 * day} {
			d, err := engine.Check(id, h.Activity, region.ID(h.Region), end+later)
			if err != nil {
				t.Fatal(err)
			}
			if verdicts[d.Verdict] != h.Expect {
				t.Errorf("%s at %s: %s, want %s: %+v", h.Title["en"], end+later, verdicts[d.Verdict], h.Expect, d)
			}
		}
	}
	if len(reached) != len(verdicts) {
		t.Errorf("verdicts reached: %v", reached)
	}
}

// TestRates holds what comes out against what rates.go says goes in.
func TestRates(t *testing.T) {
	l := load(t, synth.Options{Parties: 20_000, Seed: 11})
	begun, ended, city := map[int]int{}, map[int]int{}, map[int]map[store.Key]bool{}
	in2020 := standing.Instant(1577836800)
	lists := map[standing.ListID]int{}
	stayed := 0
	_, err := l.store.EachEffect(context.Background(), func(row *store.EffectRow) error {
		if len(row.Effects) == 0 {
			return nil
		}
		from, until := row.Effects[0].From, row.Effects[len(row.Effects)-1].Until
		lists[row.List]++
		if len(row.Effects) > 1 {
			stayed++
		}
		switch row.List {
		case "cn-courts/judgment-defaulters":
			begun[from.Time().Year()]++
			if until <= l.clock {
				ended[until.Time().Year()]++
			}
		case "cn-sectors/rongcheng-supplementary":
			year := from.Time().Year()
			if city[year] == nil {
				city[year] = map[store.Key]bool{}
			}
			city[year][row.Keys[0]] = true
		}
		if from < in2020 && row.Region != "" && row.List != "cn-sectors/rongcheng-supplementary" {
			t.Errorf("a listing on %s stands in %s alone", row.List, row.Region)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	percent := func(what string, got, of, least, most int) {
		t.Helper()
		if p := 100 * got / max(of, 1); p < least || p > most {
			t.Errorf("%s: %d of %d, %d %%, want %d to %d", what, got, of, p, least, most)
		}
	}
	percent("new listings of 2024 to those of 2023", begun[2024], begun[2023], 66, 88) // 76.6 by the source
	percent("restored to newly listed in 2024", ended[2024], begun[2024], 95, 140)     // 114.8 by the source
	percent("restored to newly listed in 2022", ended[2022], begun[2022], 60, 105)     // fewer, before that year
	percent("party records among acts", l.kinds[standing.PartyRecorded], total(l.kinds), 28, 33)
	percent("listings of sectors", total(lists)-lists["cn-courts/judgment-defaulters"]-lists["cn-courts/consumption-restriction"], total(lists), 2, 12)
	percent("listings that rested, were stayed or exempted", stayed, total(lists), 1, 8)
	people := 20_000 * 2 / 100 // in the city
	for year, listed := range city {
		if 1000*len(listed) > 5*people+1000 { // half a percent, and one for the set piece
			t.Errorf("%d: %d of %d people on the city's list", year, len(listed), people)
		}
	}
	if len(lists) < 10 {
		t.Errorf("only %d lists have entries", len(lists))
	}
}

func total[K comparable](counts map[K]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
