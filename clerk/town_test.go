package clerk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"reflect"
	"strings"
	"sync"
	"testing"

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

// office is an authority of the town; people hold its keys.
type office struct {
	id       standing.AuthorityID
	kind     string
	region   string
	entitled []string
}

var offices = []office{
	{"cn-court-3710", "court", "CN/37", []string{"cn-courts"}},
	{"cn-court-1", "court", "CN", []string{"cn-courts"}},
	{"cn-court-3702", "court", "CN/37", []string{"cn-courts"}},
	{"cn-court-44", "court", "CN/44", []string{"cn-courts"}},
	{"cn-agency-3710", "agency", "CN/37", []string{"cn-sectors"}},
	{"cn-city-371082", "municipality", "CN/37/10/82", []string{"cn-sectors/rongcheng-supplementary"}},
	{"cn-city-4403", "municipality", "CN/44/03", []string{"cn-sectors/rongcheng-supplementary"}},
	{"bank-world", "bank", "*", []string{"mdb-debarment/world-bank"}},
	{"bank-ebrd", "bank", "*", []string{"mdb-debarment/ebrd"}},
	{"gb-court", "court", "GB", []string{"uk-judgments"}},
	{"register", "register", "*", []string{"cn-courts", "cn-sectors", "mdb-debarment", "uk-judgments"}},
	{"registry-2", "registry", "CN", nil},
}

// people are the keys of the town. Two keys with one person are one officer.
var people = []struct {
	name, person string
	office       standing.AuthorityID
	roles        []string
}{
	{"officer", "officer", "cn-court-3710", []string{standing.RoleOfficer}},
	{"officer's other key", "officer", "cn-court-3710", []string{standing.RoleOfficer}},
	{"president", "president", "cn-court-3710", []string{standing.RoleOfficer}},
	{"intake", "intake", "cn-court-3710", []string{standing.RoleIntake}},
	{"high judge", "high judge", "cn-court-1", []string{standing.RoleOfficer}},
	{"neighbour", "neighbour", "cn-court-3702", []string{standing.RoleOfficer}},
	{"southern judge", "southern judge", "cn-court-44", []string{standing.RoleOfficer}},
	{"agency", "agency", "cn-agency-3710", []string{standing.RoleOfficer}},
	{"agency head", "agency head", "cn-agency-3710", []string{standing.RoleOfficer}},
	{"city", "city", "cn-city-371082", []string{standing.RoleOfficer}},
	{"other city", "other city", "cn-city-4403", []string{standing.RoleOfficer}},
	{"world bank", "world bank", "bank-world", []string{standing.RoleOfficer}},
	{"ebrd", "ebrd", "bank-ebrd", []string{standing.RoleOfficer}},
	{"judge", "judge", "gb-court", []string{standing.RoleOfficer}},
	{"registrar", "registrar", "register", []string{standing.RoleRegistrar}},
	{"other registrar", "other registrar", "registry-2", []string{standing.RoleRegistrar}},
	{"register officer", "register officer", "register", []string{standing.RoleOfficer}},
	{"scribe", "scribe", "register", []string{standing.RoleTranscriber}},
}

// town is a small register with its offices and a clock that a test sets.
type town struct {
	t        testing.TB
	clerk    *clerk.Clerk
	store    store.Store
	books    *rulebook.Set
	verifier note.Verifier
	keys     map[string]ed25519.PrivateKey
	holds    map[string]standing.AuthorityID
	now      standing.Instant
	config   clerk.Config

	forgetful bool                   // the clerk is started anew before every act
	heard     func(clerk.Submission) // is told of all that is submitted
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

// shipped are the rulebooks of the town, compiled once: that takes longer than
// most stories.
var shipped = sync.OnceValues(func() (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	for _, name := range []string{"cn-courts", "cn-sectors", "mdb-debarment", "uk-judgments"} {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...), nil
})

// newTown founds a register on an empty store on 2 January 2024.
func newTown(t testing.TB, s store.Store) *town {
	t.Helper()
	w := unfounded(t, s)
	if _, err := w.submit(w.founding()); err != nil {
		t.Fatal(err)
	}
	return w
}

func unfounded(t testing.TB, s store.Store) *town {
	t.Helper()
	books, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	private, public, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{t: t, store: s, books: books, keys: map[string]ed25519.PrivateKey{"founder 1": key(), "founder 2": key()},
		holds: map[string]standing.AuthorityID{}, now: day("2024-01-02")}
	if w.verifier, err = note.NewVerifier(public); err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		w.keys[p.name], w.holds[p.name] = key(), p.office
	}
	w.config = clerk.Config{Store: s, Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}), Rulebooks: w.books,
		Signer: signer, Clock: func() standing.Instant { return w.now }, Rand: rand.Reader}
	w.open()
	t.Cleanup(func() { w.clerk.Close() })
	return w
}

// open starts a clerk on the town's store, with cold caches.
func (w *town) open() {
	w.t.Helper()
	if w.clerk != nil {
		w.clerk.Close()
	}
	c, err := clerk.Open(context.Background(), w.config)
	if err != nil {
		w.t.Fatal(err)
	}
	w.clerk = c
}

func (w *town) founding() clerk.Submission {
	w.t.Helper()
	d := draft.New(origin, rand.Reader)
	must := func(err error) {
		if err != nil {
			w.t.Helper()
			w.t.Fatal(err)
		}
	}
	must(d.Found(w.now, pub(w.keys["founder 1"]), pub(w.keys["founder 2"])))
	con := d.Constitution(1, w.now)
	for _, o := range offices {
		must(con.Authority(o.id, o.kind, o.region, o.entitled, []string{string(o.id) + " (test)"}, ""))
	}
	for _, p := range people {
		must(con.Key(pub(w.keys[p.name]), p.office, standing.OfficerID(standing.KeyIDOf(pub(w.keys[p.person]))), p.roles...))
	}
	for _, b := range w.books.All() {
		must(con.Adopt(b.Name, b.Digest, 0))
	}
	s, o := d.Sign(w.keys["founder 1"])
	s.Countersign(w.keys["founder 2"])
	return clerk.Submission{Statement: s, Openings: o}
}

func (w *town) submit(s clerk.Submission) ([]clerk.Receipt, error) {
	if w.forgetful {
		w.open()
	}
	if w.heard != nil {
		w.heard(s)
	}
	return w.clerk.Submit(context.Background(), s)
}

func (w *town) newCase() standing.CaseID {
	id, err := standing.NewCaseID(w.now, rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// complete fills in what every act needs and the story does not say: the
// speaker's authority, now, the case's version.
func (w *town) complete(who string, a standing.Act) standing.Act {
	w.t.Helper()
	if a.Authority == "" {
		a.Authority = w.holds[who]
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
	return a
}

// signed makes a statement of one act, as somebody says it: a party or creditor
// through the intake office, founders both together.
func (w *town) signed(who string, a standing.Act, o *standing.Opening) clerk.Submission {
	w.t.Helper()
	d := draft.New(origin, rand.Reader)
	if err := d.Add(w.complete(who, a), o); err != nil {
		w.t.Fatal(err)
	}
	if who == "intake" {
		behalf := "party"
		if a.Kind == standing.CreditorRequested {
			behalf = "creditor"
		}
		s, openings := d.Receive(w.keys[who], behalf)
		return clerk.Submission{Statement: s, Openings: openings}
	}
	name := who
	if who == "founders" {
		name = "founder 1"
	}
	s, openings := d.Sign(w.keys[name])
	if who == "founders" {
		s.Countersign(w.keys["founder 2"])
	}
	return clerk.Submission{Statement: s, Openings: openings}
}

// say submits one act as somebody.
func (w *town) say(who string, a standing.Act, o ...*standing.Opening) (clerk.Receipt, error) {
	w.t.Helper()
	r, err := w.submit(w.signed(who, a, opening(o)))
	if err != nil {
		return clerk.Receipt{}, err
	}
	return r[0], nil
}

func opening(o []*standing.Opening) *standing.Opening {
	if len(o) == 0 {
		return nil
	}
	return o[0]
}

// must says what has to be taken.
func (w *town) must(who string, a standing.Act, o ...*standing.Opening) clerk.Receipt {
	w.t.Helper()
	r, err := w.say(who, a, o...)
	if err != nil {
		w.t.Fatalf("%s by %s: %v", a.Kind, who, err)
	}
	return r
}

// refused says what must not be taken, for a reason that contains want, and
// sees that nothing was stored.
func (w *town) refused(want, who string, a standing.Act, o ...*standing.Opening) {
	w.t.Helper()
	w.refusedAs("", want, w.signed(who, a, opening(o)))
}

// refusedAs submits what must be refused with a kind of error ("" = any).
func (w *town) refusedAs(kind standing.ErrorKind, want string, s clerk.Submission) {
	w.t.Helper()
	before := w.size()
	_, err := w.submit(s)
	switch {
	case err == nil:
		w.t.Fatalf("it was taken; want a refusal with %q", want)
	case !strings.Contains(err.Error(), want):
		w.t.Fatalf("refused with %q, want %q", err, want)
	case kind != "" && standing.KindOf(err) != kind:
		w.t.Fatalf("refused as %s (%v), want %s", standing.KindOf(err), err, kind)
	case standing.KindOf(err) == standing.Internal:
		w.t.Fatalf("an internal fault for a bad input: %v", err)
	}
	if after := w.size(); after != before {
		w.t.Fatalf("refused with %q, yet the store grew from %d to %d", err, before, after)
	}
}

func (w *town) size() uint64 {
	w.t.Helper()
	size, err := w.store.Size(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return size
}

func (w *town) days(n int) { w.now += standing.Instant(n) * 86400 }

// effects are a listing's effects as the store holds them.
func (w *town) effects(id standing.CaseID) []standing.Effect {
	w.t.Helper()
	row, err := w.store.Effect(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return row.Effects
}

// restricts says whether a listing restricts an activity at an instant.
func (w *town) restricts(id standing.CaseID, activity string, at standing.Instant) bool {
	w.t.Helper()
	row, err := w.store.Effect(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	if !w.clerk.Constitution().InForce(row.List).Holds(at) {
		return false
	}
	for _, e := range row.Effects {
		if e.Holds(at) && !contains(e.Exempted, activity) {
			return true
		}
	}
	return false
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// spans fails unless the listing has effect in these spans and no others.
func (w *town) spans(id standing.CaseID, want ...standing.Interval) {
	w.t.Helper()
	var got []standing.Interval
	for _, e := range w.effects(id) {
		got = append(got, e.Interval)
	}
	if !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
		w.t.Fatalf("in force %s, want %s", show(got), show(want))
	}
}

func show(spans []standing.Interval) string {
	if len(spans) == 0 {
		return "never"
	}
	var out []string
	for _, s := range spans {
		out = append(out, s.From.String()+" to "+s.Until.String())
	}
	return strings.Join(out, ", ")
}

// listing folds a listing and its ruling from the store.
func (w *town) listing(id standing.CaseID) (*standing.Listing, *standing.Ruling) {
	w.t.Helper()
	l := w.fold(id).Listing
	return l, w.fold(l.Ruling).Ruling
}

func (w *town) fold(id standing.CaseID) *standing.Case {
	w.t.Helper()
	entries, err := w.store.Case(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	c, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *town) status(id standing.CaseID, at standing.Instant) standing.Status {
	w.t.Helper()
	l, r := w.listing(id)
	return standing.StatusAt(id, l, r, at)
}

func (w *town) verify() {
	w.t.Helper()
	if _, err := verify.Run(context.Background(), verify.Options{Origin: origin, Store: w.store, Rulebooks: w.books, Verifier: w.verifier}); err != nil {
		w.t.Fatal(err)
	}
}

// tell runs a story in a town of its own: once as it is, and once with a clerk
// that is started anew before every act, so that nothing rests on its memory.
// Then the register must verify and keep the charter.
func tell(t *testing.T, story func(*town)) {
	t.Helper()
	for _, mode := range []string{"warm", "cold"} {
		t.Run(mode, func(t *testing.T) {
			w := newTown(t, memory.New(memory.Faults{}))
			w.forgetful = mode == "cold"
			story(w)
			w.verify()
			w.keepsCharter()
		})
	}
}
