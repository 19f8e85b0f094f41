package register_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/tile"
)

const (
	origin      = "register.example"
	defaulters  = standing.ListID("cn-courts/judgment-defaulters")
	consumption = standing.ListID("cn-courts/consumption-restriction")

	firmID   = "uscc:91110105MA0000007L"
	otherID  = "uscc:91350211M000100Y46"
	womanID  = "cn-citizen:110000180001010021"
	manID    = "cn-citizen:11000018000101003X"
	nobodyID = "cn-citizen:110000180001010013"
)

var (
	anonymous = api.Caller{}
	bank      = api.Caller{Relying: "bank", Purpose: "credit"}
	operator  = api.Caller{Operator: true}
)

// people are the keys of the town, the court's and the register's.
var people = []struct{ name, office, role string }{
	{"officer", "cn-court-3710", standing.RoleOfficer},
	{"president", "cn-court-3710", standing.RoleOfficer},
	{"intake", "cn-court-3710", standing.RoleIntake},
	{"scribe", "register", standing.RoleTranscriber},
	{"registrar", "register", standing.RoleRegistrar},
}

// town is a running register with a court and a clock that a test sets.
type town struct {
	t        testing.TB
	register *register.Register
	store    store.Store
	config   register.Config
	hasher   *index.Hasher
	verifier note.Verifier
	keys     map[string]ed25519.PrivateKey
	now      standing.Instant
}

func day(s string) standing.Instant {
	i, err := standing.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

// shipped are the rulebooks of the town, compiled once.
var shipped = sync.OnceValues(func() (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	for _, name := range []string{"cn-courts", "mdb-debarment"} {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...), nil
})

// newTown founds a register on an empty store on 2 January 2024.
func newTown(t testing.TB, f memory.Faults) *town {
	t.Helper()
	w := &town{t: t, store: memory.New(f), keys: map[string]ed25519.PrivateKey{}, now: day("2024-01-02"), hasher: index.NewHasher([32]byte{1})}
	books, err := shipped()
	w.ok(err)
	private, public, err := tile.NewKey(origin, rand.Reader)
	w.ok(err)
	signer, err := note.NewSigner(private)
	w.ok(err)
	w.verifier, err = note.NewVerifier(public)
	w.ok(err)
	for _, name := range []string{"founder 1", "founder 2", "officer", "president", "intake", "scribe", "registrar"} {
		_, w.keys[name], err = ed25519.GenerateKey(rand.Reader)
		w.ok(err)
	}
	clock := func() standing.Instant { return w.now }
	keys := privacy.NewMemoryKeys(rand.Reader)
	w.config = register.Config{Origin: origin, Store: w.store, Keys: keys, Hasher: w.hasher, Rulebooks: books, Clock: clock}
	w.config.Clerk = func(ctx context.Context, onCommit func(*clerk.Committed)) (*clerk.Clerk, error) {
		return clerk.Open(ctx, clerk.Config{Store: w.store, Keys: keys, Hasher: w.hasher, Rulebooks: books, Signer: signer, Clock: clock, Rand: rand.Reader, OnCommit: onCommit})
	}
	w.register, err = register.Open(context.Background(), w.config)
	w.ok(err)
	t.Cleanup(func() { w.register.Close() })
	w.found(books)
	return w
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) public(name string) ed25519.PublicKey {
	return w.keys[name].Public().(ed25519.PublicKey)
}

func (w *town) found(books *rulebook.Set) {
	w.t.Helper()
	d := draft.New(origin, rand.Reader)
	w.ok(d.Found(w.now, w.public("founder 1"), w.public("founder 2")))
	con := d.Constitution(1, w.now)
	w.ok(con.Authority("cn-court-3710", "court", "CN/37", []string{"cn-courts"}, []string{"Sample court"}, ""))
	w.ok(con.Authority("register", "register", "*", []string{"mdb-debarment"}, []string{"The register"}, ""))
	for _, p := range people {
		w.ok(con.Key(w.public(p.name), standing.AuthorityID(p.office), standing.OfficerID(standing.KeyIDOf(w.public(p.name))), p.role))
	}
	for _, b := range books.All() {
		w.ok(con.Adopt(b.Name, b.Digest, 0))
	}
	s, o := d.Sign(w.keys["founder 1"])
	s.Countersign(w.keys["founder 2"])
	_, err := w.register.Submit(context.Background(), wire(s, o))
	w.ok(err)
}

// wire is a statement as it is sent, through JSON and back.
func wire(s standing.Statement, openings [][]byte) api.Submission {
	b, err := json.Marshal(api.Submission{Acts: s.Acts, Openings: openings, Signature: register.SignatureWire(&s.Signature)})
	if err != nil {
		panic(err)
	}
	var out api.Submission
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}

func (w *town) newCase() standing.CaseID {
	id, err := standing.NewCaseID(w.now, rand.Reader)
	w.ok(err)
	return id
}

// signed makes a statement of one act, as somebody says it now.
func (w *town) signed(who string, a standing.Act, o *standing.Opening) api.Submission {
	w.t.Helper()
	for _, p := range people {
		if p.name == who {
			a.Authority = standing.AuthorityID(p.office)
		}
	}
	a.Occurred = w.now
	if !a.Kind.Opens() {
		version, err := w.register.Version(context.Background(), a.Case.String())
		w.ok(err)
		a.Version = version
	}
	d := draft.New(origin, rand.Reader)
	w.ok(d.Add(a, o))
	if who == "intake" {
		return wire(d.Receive(w.keys[who], "party"))
	}
	if who == "founders" {
		s, o := d.Sign(w.keys["founder 1"])
		s.Countersign(w.keys["founder 2"])
		return wire(s, o)
	}
	return wire(d.Sign(w.keys[who]))
}

// must says what has to be taken.
func (w *town) must(who string, a standing.Act, o *standing.Opening) api.ReceiptView {
	w.t.Helper()
	r, err := w.register.Submit(context.Background(), w.signed(who, a, o))
	if err != nil {
		w.t.Fatalf("%s by %s: %v", a.Kind, who, err)
	}
	return r[0]
}

func (w *town) days(n int) { w.now += standing.Instant(n) * 86400 }

func firm() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample Trading Co., Ltd."}, Identifiers: []string{firmID}, Country: "CN", Address: "1 Sample Road"}
}

func woman() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample Woman"}, Identifiers: []string{womanID}, BirthDate: "1980-01-01", Country: "CN"}
}

func man() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample Man"}, Identifiers: []string{manID}, BirthDate: "1980-01-01", Country: "CN"}
}

// judgment is a final judgment of June 2023 to pay, due in September.
func (w *town) judgment(who *standing.Identity, kind standing.PartyKind) standing.CaseID {
	w.t.Helper()
	a := standing.Act{Kind: standing.RulingRecorded, Case: w.newCase(), Code: "judgment", Region: "CN/37", Party: kind,
		Instants: standing.Instants{}.With(standing.Decided, day("2023-06-01")).With(standing.Final, day("2023-06-20")).With(standing.Due, day("2023-09-01"))}
	if kind == standing.Person {
		a.Facts = standing.AddresseeAdult
	}
	w.must("officer", a, &standing.Opening{Party: who, Docket: "(2023) Sample 1", Title: "Sample v. Sample",
		Obligation: &standing.Obligation{Kind: "pay", Amount: "120000.00", Currency: "CNY", Creditor: "Sample Creditor Bank", Reference: "R-1", StatedOn: "2023-06-20"}})
	return a.Case
}

// listed takes a ruling's addressee all the way to confirmation on a list.
func (w *town) listed(ruling standing.CaseID, kind standing.PartyKind, list standing.ListID) standing.CaseID {
	w.t.Helper()
	id := w.newCase()
	books := w.config.Rulebooks
	book, _ := books.Named(list.Rulebook(), "")
	l, _ := book.List(list.Name())
	ground := map[standing.ListID]string{defaulters: "refuses-though-able", consumption: "unpaid-after-notice"}[list]
	w.must("officer", standing.Act{Kind: standing.ListingProposed, Case: id, List: list, Code: ground, Addressee: 1, Party: kind, Severity: l.Severity,
		Refs: []standing.Ref{{Role: standing.RefRuling, Case: ruling}}}, nil)
	w.days(1)
	r := w.must("officer", standing.Act{Kind: standing.NoticeServed, Case: id, Code: "personal", Instants: standing.Instants{}.With(standing.Served, w.now)},
		&standing.Opening{Text: "handed over at the counter"})
	w.now = r.Resolved.Get(standing.WindowEnd) + 60
	w.must("president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	return id
}

func (w *town) performed(ruling standing.CaseID) {
	w.t.Helper()
	w.must("officer", standing.Act{Kind: standing.PerformanceRecorded, Case: ruling, Facts: standing.FullPerformance}, nil)
}

// defaulter is the firm on the list of defaulters.
func (w *town) defaulter() (listing, ruling standing.CaseID) {
	w.t.Helper()
	ruling = w.judgment(firm(), standing.Organisation)
	return w.listed(ruling, standing.Organisation, defaulters), ruling
}

// flying asks whether a party may fly first class in China.
func flying(party string) api.Question {
	return api.Question{Party: party, Activity: "air-travel.first", Region: "CN"}
}

func (w *town) check(c api.Caller, q api.Question) *api.Answer {
	w.t.Helper()
	a, err := w.register.Check(context.Background(), c, q)
	if err != nil {
		w.t.Fatalf("check %s: %v", q.Party, err)
	}
	return a
}

// verdict fails unless a check gives a verdict.
func (w *town) verdict(want api.Verdict, c api.Caller, q api.Question) *api.Answer {
	w.t.Helper()
	a := w.check(c, q)
	if a.Verdict != want {
		w.t.Fatalf("%s: %s, want %s: %s", q.Party, a.Verdict, want, text(a))
	}
	return a
}

// text is what goes over the wire.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// hides fails if an answer holds any of the words.
func (w *town) hides(v any, words ...string) {
	w.t.Helper()
	for _, s := range words {
		if strings.Contains(text(v), s) {
			w.t.Fatalf("%q is shown: %s", s, text(v))
		}
	}
}

// shows fails unless an answer holds all of the words.
func (w *town) shows(v any, words ...string) {
	w.t.Helper()
	for _, s := range words {
		if !strings.Contains(text(v), s) {
			w.t.Fatalf("%q is not shown: %s", s, text(v))
		}
	}
}

func (w *town) looks() []store.Look {
	w.t.Helper()
	var out []store.Look
	w.ok(w.store.Looks(context.Background(), store.Key{}, func(l store.Look) error {
		out = append(out, l)
		return nil
	}))
	return out
}

func (w *town) kind(err error, want standing.ErrorKind) {
	w.t.Helper()
	if standing.KindOf(err) != want || err == nil {
		w.t.Fatalf("error %v, want %s", err, want)
	}
}
