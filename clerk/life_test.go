package clerk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/tile"
	"github.com/openstanding/standing/verify"
)

const origin = "register.example"

// town is a small register with a court of two officers, an intake office and a
// clock that a test sets.
type town struct {
	t        testing.TB
	clerk    *clerk.Clerk
	store    store.Store
	books    *rulebook.Set
	verifier note.Verifier
	keys     map[string]ed25519.PrivateKey
	now      standing.Instant
	config   clerk.Config
}

func day(s string) standing.Instant {
	i, err := standing.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

func key() ed25519.PrivateKey {
	_, k, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
}

func pub(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func newTown(t testing.TB, s store.Store) *town {
	t.Helper()
	var books []*rulebook.Compiled
	for _, name := range []string{"cn-courts", "cn-sectors", "mdb-debarment"} {
		b, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	private, public, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{t: t, store: s, books: rulebook.NewSet(books...), keys: map[string]ed25519.PrivateKey{}, now: day("2024-01-02")}
	if w.verifier, err = note.NewVerifier(public); err != nil {
		t.Fatal(err)
	}
	w.config = clerk.Config{Store: s, Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}), Rulebooks: w.books,
		Signer: signer, Clock: func() standing.Instant { return w.now }, Rand: rand.Reader}
	w.open()
	t.Cleanup(func() { w.clerk.Close() })
	w.found()
	return w
}

func (w *town) open() {
	w.t.Helper()
	c, err := clerk.Open(context.Background(), w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	w.clerk = c
}

func (w *town) found() {
	w.t.Helper()
	for _, name := range []string{"founder 1", "founder 2", "officer", "president", "intake", "registrar", "agency", "scribe"} {
		w.keys[name] = key()
	}
	d := draft.New(origin, rand.Reader)
	must := func(err error) {
		if err != nil {
			w.t.Helper()
			w.t.Fatal(err)
		}
	}
	must(d.Found(w.now, pub(w.keys["founder 1"]), pub(w.keys["founder 2"])))
	con := d.Constitution(1, w.now)
	must(con.Authority("cn-court-3710", "court", "CN/37", []string{"cn-courts"}, []string{"Weihai Intermediate Court (test)"}, ""))
	must(con.Authority("cn-agency-3710", "agency", "CN/37", []string{"cn-sectors"}, []string{"Agency (test)"}, ""))
	must(con.Authority("register", "register", "*", []string{"cn-courts", "cn-sectors", "mdb-debarment"}, []string{"Register"}, ""))
	grant := func(name string, holder standing.AuthorityID, roles ...string) {
		must(con.Key(pub(w.keys[name]), holder, standing.OfficerID(standing.KeyIDOf(pub(w.keys[name]))), roles...))
	}
	grant("officer", "cn-court-3710", standing.RoleOfficer)
	grant("president", "cn-court-3710", standing.RoleOfficer)
	grant("intake", "cn-court-3710", standing.RoleIntake)
	grant("agency", "cn-agency-3710", standing.RoleOfficer)
	grant("registrar", "register", standing.RoleRegistrar)
	grant("scribe", "register", standing.RoleTranscriber)
	for _, b := range w.books.All() {
		must(con.Adopt(b.Name, b.Digest))
	}
	s, o := d.Sign(w.keys["founder 1"])
	s.Countersign(w.keys["founder 2"])
	if _, err := w.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: o}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) newCase() standing.CaseID {
	id, err := standing.NewCaseID(w.now, rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// say signs one act as somebody and submits it, at the case's version unless the
// act says one.
func (w *town) say(who string, a standing.Act, o *standing.Opening) (clerk.Receipt, error) {
	w.t.Helper()
	if a.Authority == "" {
		a.Authority = map[string]standing.AuthorityID{"agency": "cn-agency-3710", "registrar": "register", "scribe": "register"}[who]
		if a.Authority == "" {
			a.Authority = "cn-court-3710"
		}
	}
	if a.Occurred == 0 {
		a.Occurred = w.now
	}
	if a.Version == 0 && !a.Kind.Opens() {
		head, err := w.store.Head(context.Background(), a.Case)
		if err != nil {
			w.t.Fatal(err)
		}
		a.Version = head.Version
	}
	d := draft.New(origin, rand.Reader)
	if err := d.Add(a, o); err != nil {
		return clerk.Receipt{}, err
	}
	s, openings := d.Sign(w.keys[who])
	if who == "intake" {
		s.Signature = standing.Sign(s.Acts, w.keys[who], standing.Intake, "party").Signature
	}
	r, err := w.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: openings})
	if err != nil {
		return clerk.Receipt{}, err
	}
	return r[0], nil
}

func (w *town) must(who string, a standing.Act, o *standing.Opening) clerk.Receipt {
	w.t.Helper()
	r, err := w.say(who, a, o)
	if err != nil {
		w.t.Fatalf("%s: %v", a.Kind, err)
	}
	return r
}

func (w *town) refused(want, who string, a standing.Act, o *standing.Opening) {
	w.t.Helper()
	size, _ := w.store.Size(context.Background())
	_, err := w.say(who, a, o)
	if err == nil {
		w.t.Fatalf("%s was taken; want a refusal with %q", a.Kind, want)
	}
	if !strings.Contains(err.Error(), want) {
		w.t.Fatalf("%s: refused with %q, want %q", a.Kind, err, want)
	}
	if after, _ := w.store.Size(context.Background()); after != size {
		w.t.Fatalf("%s: refused, yet the store grew from %d to %d", a.Kind, size, after)
	}
}

func firm() *standing.Identity {
	return &standing.Identity{Names: []string{"Shandong Sample Trading Co., Ltd."}, Identifiers: []string{"uscc:91110105MA0000007L"}}
}

// judgment records a ruling on which money was due, final and unpaid.
func (w *town) judgment() standing.CaseID {
	w.t.Helper()
	id := w.newCase()
	w.must("officer", standing.Act{Kind: standing.RulingRecorded, Case: id, Code: "judgment", Region: "CN/37", Party: standing.Organisation,
		Instants: standing.Instants(nil).With(standing.Decided, day("2023-06-01")).With(standing.Final, day("2023-06-20")).With(standing.Due, day("2023-09-01"))},
		&standing.Opening{Party: firm(), Docket: "(2023) Sample 1", Obligation: &standing.Obligation{Kind: "pay", Amount: "120000.00", Currency: "CNY", Creditor: "Sample Creditor", Reference: "R-1"}})
	return id
}

func propose(id, ruling standing.CaseID) standing.Act {
	return standing.Act{Kind: standing.ListingProposed, Case: id, List: "cn-courts/judgment-defaulters", Code: "refuses-though-able", Addressee: 1,
		Party: standing.Organisation, Severity: 3, Refs: []standing.Ref{{Role: standing.RefRuling, Case: ruling}}}
}

func served(id standing.CaseID, at standing.Instant) standing.Act {
	return standing.Act{Kind: standing.NoticeServed, Case: id, Code: "personal", Instants: standing.Instants(nil).With(standing.Served, at)}
}

func (w *town) effects(id standing.CaseID) []standing.Effect {
	w.t.Helper()
	row, err := w.store.Effect(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return row.Effects
}

func (w *town) verify() {
	w.t.Helper()
	if _, err := verify.Run(context.Background(), verify.Options{Origin: origin, Store: w.store, Rulebooks: w.books, Verifier: w.verifier}); err != nil {
		w.t.Fatal(err)
	}
}

// TestLifeOfOneRuling is the life of design.md, from record to clear.
func TestLifeOfOneRuling(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	ruling := w.judgment()
	id := w.newCase()
	w.must("officer", propose(id, ruling), nil)
	w.now += 86400
	r := w.must("officer", served(id, w.now), &standing.Opening{Text: "handed over at the counter"})
	window := r.Resolution.Instants.Get(standing.WindowEnd)
	// 2024-01-03 is a Wednesday: five working days end with Wednesday the 10th in Shanghai.
	if want := standing.At(time.Date(2024, 1, 10, 16, 0, 0, 0, time.UTC)); window != want {
		t.Fatalf("window ends %s, want %s", window, want)
	}
	w.refused("window", "president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	o := w.must("intake", standing.Act{Kind: standing.ObjectionMade, Case: id}, &standing.Opening{Text: "we have paid a part"})
	w.now = window + 3600
	w.refused("objection", "president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	decide := standing.Act{Kind: standing.ObjectionDecided, Case: id, Code: "rejected", Refs: []standing.Ref{{Role: standing.RefCause, Case: id, Version: o.Version}}}
	w.refused("another officer", "officer", decide, nil)
	w.must("president", decide, &standing.Opening{Text: "a part is not the whole"})
	w.must("president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	if e := w.effects(id); len(e) != 1 || e[0].From != w.now {
		t.Fatalf("effects after confirmation: %+v", e)
	}
	w.verify()
	w.now += 86400 * 30
	w.must("officer", standing.Act{Kind: standing.PerformanceRecorded, Case: ruling, Facts: standing.FullPerformance}, nil)
	if e := w.effects(id); len(e) != 1 || e[0].Until != w.now {
		t.Fatalf("effects after performance: %+v, now %s", e, w.now)
	}
	w.verify()
}
