package stats_test

import (
	"context"
	"crypto/rand"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/stats"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
)

// country is a generated country in a register kept by a real clerk, and the
// fold that followed every commit.
func country(t *testing.T) (*memory.Store, *stats.Fold, standing.Instant) {
	const origin = "register.example"
	ctx, s := context.Background(), memory.New(memory.Faults{})
	var books []*rulebook.Compiled
	o := synth.Options{Register: origin, Rulebooks: map[string]standing.Digest{}, Seed: 1, Parties: 400}
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		books, o.Rulebooks[name] = append(books, b), b.Digest
	}
	world, err := synth.New(o)
	if err != nil {
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
	f := stats.New(stats.Config{})
	var clock standing.Instant
	var seen uint64
	c, err := clerk.Open(ctx, clerk.Config{Store: s, Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}), Rulebooks: rulebook.NewSet(books...),
		Signer: signer, Clock: func() standing.Instant { return clock }, Rand: rand.Reader, OnCommit: func(c *clerk.Committed) {
			follow(t, s, f, seen, c)
			seen = c.Size
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	for step := range world.All() {
		clock = step.At
		if _, err := c.Submit(ctx, clerk.Submission{Statement: step.Statement(), Openings: step.Openings}); err != nil {
			t.Fatal(err)
		}
	}
	return s, f, clock
}

// follow tells a fold what was committed, as whoever wires it does.
func follow(t *testing.T, s store.Store, f *stats.Fold, seen uint64, c *clerk.Committed) {
	ctx := context.Background()
	if c.Constitution != nil {
		f.Law(c.Constitution)
	}
	err := s.Leaves(ctx, seen, c.Size, func(position uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(position, leaf)
		if err != nil {
			return err
		}
		f.Entry(e)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for i := range c.Effects {
		f.Effect(&c.Effects[i])
		l, r := folded(t, s, c.Effects[i].Listing)
		at, event := standing.End(c.Effects[i].Listing, l, r)
		f.End(c.Effects[i].Listing, at, event)
	}
}

func folded(t *testing.T, s store.Store, id standing.CaseID) (*standing.Listing, *standing.Ruling) {
	var cases [2]*standing.Case
	for i := range cases {
		entries, err := s.Case(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if cases[i], err = standing.Fold(entries, standing.Forever); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			id = cases[i].Listing.Ruling
		}
	}
	return cases[0].Listing, cases[1].Ruling
}

// A fold that follows a real clerk counts what the cases say one by one.
func TestCountryIsCountedRight(t *testing.T) {
	s, f, now := country(t)
	want, ended := api.StatisticsRow{Exits: map[string]int{}}, 0
	persons := map[string]int{}
	err := s.EachHead(context.Background(), func(h store.Head) error {
		if h.Kind != standing.ListingCase {
			return nil
		}
		l, r := folded(t, s, h.Case)
		effects := standing.Effects(h.Case, l, r)
		end, event := standing.End(h.Case, l, r)
		began := len(effects) > 0 && effects[0].From <= now
		if l.Party.Protected() {
			if began {
				persons[string(l.List)]++
			}
			return nil
		}
		if began {
			want.Listed++
			if end <= now {
				want.Lifted++
				want.Exits[event]++
			} else {
				want.InForce++
			}
		}
		if l.Notice != nil {
			want.Notices++
		}
		want.Objections += len(l.Objections)
		for _, o := range l.Objections {
			if o.Upheld {
				want.Upheld++
			}
		}
		for _, c := range l.Claims {
			if c.Upheld {
				want.Errors++
			}
		}
		want.Exemptions += len(l.Exemptions)
		if end <= now {
			ended++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Statistics(api.StatisticsQuery{By: api.ByList}, now, 0)
	if err != nil {
		t.Fatal(err)
	}
	total := got.Total
	total.MedianDays, total.Persons, total.Withheld = 0, nil, false
	if d := cmp.Diff(want, total); d != "" {
		t.Errorf("(-case by case +statistics)\n%s", d)
	}
	if want.Listed < 20 || want.Lifted < 5 || want.Notices < 20 || len(persons) == 0 {
		t.Errorf("the country is too quiet to test with: %+v, persons %v", want, persons)
	}
	for _, row := range got.Rows {
		if n := persons[row.Key]; row.Persons.Listed > n {
			t.Errorf("%s: %d persons published, %d listed", row.Key, row.Persons.Listed, n)
		}
	}
	t.Logf("%s", show(got))
}
