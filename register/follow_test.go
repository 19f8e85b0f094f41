package register_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
)

// country loads a generated country through a register that follows itself
// meanwhile, and returns it with its configuration.
func country(t *testing.T, parties int) (*register.Register, register.Config) {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	books, err := shipped()
	ok(err)
	digests := map[string]standing.Digest{}
	for _, b := range books.All() {
		digests[b.Name] = b.Digest
	}
	w, err := synth.New(synth.Options{Parties: parties, Seed: 7, Register: origin, Start: standing.At(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)),
		End: standing.At(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), Rulebooks: digests})
	ok(err)
	private, _, err := tile.NewKey(origin, rand.Reader)
	ok(err)
	signer, err := note.NewSigner(private)
	ok(err)
	var now atomic.Int64
	now.Store(int64(standing.At(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC))))
	clock := func() standing.Instant { return standing.Instant(now.Load()) }
	cfg := register.Config{Origin: origin, Store: memory.New(memory.Faults{}), Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}), Rulebooks: books, Clock: clock, Follow: true}
	cfg.Clerk = func(ctx context.Context, onCommit func(*clerk.Committed)) (*clerk.Clerk, error) {
		return clerk.Open(ctx, clerk.Config{Store: cfg.Store, Keys: cfg.Keys, Hasher: cfg.Hasher, Rulebooks: books, Signer: signer, Clock: clock, Rand: rand.Reader, OnCommit: onCommit})
	}
	r, err := register.Open(context.Background(), cfg)
	ok(err)
	t.Cleanup(func() { r.Close() })
	for step := range w.All() {
		now.Store(int64(step.At))
		_, err := r.Clerk().Submit(context.Background(), clerk.Submission{Statement: step.Statement(), Openings: step.Openings})
		ok(err)
	}
	cfg.Clerk = nil
	return r, cfg
}

// everything is all that can be browsed and counted, as text.
func everything(t *testing.T, r *register.Register) map[string]string {
	t.Helper()
	ctx := context.Background()
	size, err := r.Store().Size(ctx)
	if err == nil {
		err = r.Followed(ctx, size)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	note := func(key string, v any, err error) {
		t.Helper()
		b, e := json.Marshal(v)
		if err != nil || e != nil {
			t.Fatalf("%s: %v, %v", key, err, e)
		}
		out[key] = string(b)
	}
	_, err = r.EachParty(ctx, func(p *api.PartyRow) error {
		slices.Sort(p.Names) // records of one party come in any order
		note("party "+p.Party, p, nil)
		return nil
	})
	note("parties", nil, err)
	_, err = r.EachListing(ctx, func(l *api.ListingRow) error { note("listing "+l.ID, l, nil); return nil })
	note("listings", nil, err)
	day, err := r.Today(ctx)
	note("today", day, err)
	for _, by := range []string{api.ByList, api.ByField, api.ByRegion, api.ByMonth} {
		s, err := r.Statistics(ctx, api.StatisticsQuery{By: by})
		note("by "+by, s, err)
	}
	cursor := ""
	for {
		page, err := r.Corrections(ctx, cursor, 100)
		note("corrections from "+cursor, page, err)
		if cursor = page.Next; cursor == "" {
			return out
		}
	}
}

// TestFollowedIsSurveyed: what a register has taken in act by act is what one
// that starts anew reads, whatever the number of passes; and it shows exactly
// the listings whose gate is open.
func TestFollowedIsSurveyed(t *testing.T) {
	r, cfg := country(t, 600)
	want := everything(t, r)
	for _, acts := range []int{0, 100} {
		cfg.SurveyActs = acts
		again, err := register.Open(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		got := everything(t, again)
		for key := range want {
			if got[key] != want[key] {
				t.Errorf("passes of %d acts: %s\nread anew %s\nfollowed  %s", acts, key, got[key], want[key])
			}
		}
		for key := range got {
			if _, ok := want[key]; !ok {
				t.Errorf("passes of %d acts: %s stands only in what was read anew", acts, key)
			}
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
	open := 0
	err := r.Store().EachHead(context.Background(), func(h store.Head) error {
		if h.Kind != standing.ListingCase {
			return nil
		}
		v, err := r.Listing(context.Background(), api.Caller{}, h.Case.String())
		if err != nil {
			return err
		}
		_, shown := want["listing "+v.ID]
		if (v.Party != nil) != shown {
			t.Errorf("%s: gate open %v, shown %v", v.ID, v.Party != nil, shown)
		}
		if shown {
			open++
		}
		return nil
	})
	if err != nil || open < 10 {
		t.Errorf("%d listings shown: %v", open, err)
	}
	for key, text := range want {
		if strings.Contains(text, "cn-citizen") || strings.Contains(text, `"person"`) {
			t.Errorf("a natural person stands in %s: %s", key, text)
		}
	}
}

// TestFollowed: whoever waits for a position gets a view that holds it; where
// nothing follows, browsing says so.
func TestFollowed(t *testing.T) {
	w := newTown(t, memory.Faults{})
	_, err := w.register.Search(context.Background(), api.PartyQuery{})
	w.kind(err, standing.Unavailable)
	w.kind(w.register.Followed(context.Background(), 1), standing.Unavailable)
	listing, ruling := w.defaulter()
	cfg := w.config
	cfg.Follow = true
	w.ok(w.register.Close())
	w.register, err = register.Open(context.Background(), cfg)
	w.ok(err)
	size, err := w.store.Size(context.Background())
	w.ok(err)
	w.ok(w.register.Followed(context.Background(), size))
	page, err := w.register.Listings(context.Background(), api.ListingQuery{})
	w.ok(err)
	if len(page.Items) != 1 || !strings.HasSuffix(page.Items[0].ID, listing.String()) || page.Items[0].Party != firmID || page.Position != size || page.Behind != 0 {
		t.Errorf("entries %s", text(page))
	}
	v, err := w.register.Ruling(context.Background(), anonymous, ruling.String())
	w.ok(err)
	if len(v.Addressees) != 1 || len(v.Listings) != 1 || v.Docket == "" {
		t.Errorf("ruling %s", text(v))
	}
	p, err := w.register.Proof(context.Background(), size-1)
	w.ok(err)
	if p.Size != size || len(p.Path) == 0 {
		t.Errorf("proof %s", text(p))
	}
	w.days(1)
	w.performed(ruling)
	size, err = w.store.Size(context.Background())
	w.ok(err)
	w.ok(w.register.Followed(context.Background(), size))
	w.days(40)
	page, err = w.register.Listings(context.Background(), api.ListingQuery{})
	w.ok(err)
	if len(page.Items) != 0 {
		t.Errorf("after performance: %s", text(page))
	}
	v, err = w.register.Ruling(context.Background(), anonymous, ruling.String())
	w.ok(err)
	w.hides(v, firmID, "Sample Trading", "(2023) Sample 1")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	w.kind(w.register.Followed(ended, size+1), standing.Unavailable)
}
