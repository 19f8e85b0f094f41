package importer_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/importer"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/source"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/tile"
	"github.com/openstanding/standing/verify"
)

const (
	origin = "register.example"
	scribe = standing.AuthorityID("register")
)

// The lists that the tests import into, and what they are asked about.
const (
	iadbList = standing.ListID("mdb-debarment/iadb")
	ebrdList = standing.ListID("mdb-debarment/ebrd")
	dplList  = standing.ListID("us-dpl/denied-persons")
	cnepList = standing.ListID("br-anticorruption/cnep")

	finance = "project-finance.mdb"
	export  = "export.us-origin"
)

// office is a register with one transcriber and one officer, whose clock the
// test sets.
type office struct {
	t        testing.TB
	now      standing.Instant
	store    *memory.Store
	keys     privacy.Keys
	hasher   *index.Hasher
	books    *rulebook.Set
	verifier note.Verifier
	clerk    *clerk.Clerk
	scribe   ed25519.PrivateKey
	officer  ed25519.PrivateKey

	submit  func(context.Context, clerk.Submission) error // in place of the clerk's own
	rejects []source.Reject                               // of the last import
	clock   func() standing.Instant
}

// day is the first instant of a civil day in UTC.
func day(s string) standing.Instant {
	i, err := standing.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

// shipped are the rulebooks of the lists, compiled once.
var shipped = sync.OnceValues(func() (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	for _, name := range []string{"mdb-debarment", "us-dpl", "br-anticorruption"} {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...), nil
})

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, k, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	return k
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newOffice founds a register on a day.
func newOffice(t testing.TB, on string) *office {
	t.Helper()
	books, err := shipped()
	must(t, err)
	private, public, err := tile.NewKey(origin, rand.Reader)
	must(t, err)
	signer, err := note.NewSigner(private)
	must(t, err)
	o := &office{t: t, now: day(on), store: memory.New(memory.Faults{}), keys: privacy.NewMemoryKeys(rand.Reader), hasher: index.NewHasher([32]byte{1}),
		books: books, scribe: newKey(t), officer: newKey(t)}
	o.clock = func() standing.Instant { return o.now }
	o.verifier, err = note.NewVerifier(public)
	must(t, err)
	o.clerk, err = clerk.Open(context.Background(), clerk.Config{Store: o.store, Keys: o.keys, Hasher: o.hasher, Rulebooks: books, Signer: signer,
		Clock: o.clock, Rand: rand.Reader})
	must(t, err)
	t.Cleanup(func() { o.clerk.Close() })
	o.submit = o.direct
	o.found()
	return o
}

func (o *office) found() {
	o.t.Helper()
	one, two := newKey(o.t), newKey(o.t)
	pub := func(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }
	d := draft.New(origin, rand.Reader)
	must(o.t, d.Found(o.now, pub(one), pub(two)))
	con := d.Constitution(1, o.now)
	var names []string
	for _, b := range o.books.All() {
		names = append(names, b.Name)
	}
	must(o.t, con.Authority(scribe, "register", "*", names, []string{"Register (test)"}, ""))
	must(o.t, con.Key(pub(o.scribe), scribe, standing.OfficerID(standing.KeyIDOf(pub(o.scribe))), standing.RoleTranscriber, standing.RoleRegistrar))
	must(o.t, con.Key(pub(o.officer), scribe, standing.OfficerID(standing.KeyIDOf(pub(o.officer))), standing.RoleOfficer))
	for _, b := range o.books.All() {
		must(o.t, con.Adopt(b.Name, b.Digest, 0))
	}
	s, openings := d.Sign(one)
	s.Countersign(two)
	must(o.t, o.direct(context.Background(), clerk.Submission{Statement: s, Openings: openings}))
}

func (o *office) direct(ctx context.Context, s clerk.Submission) error {
	_, err := o.clerk.Submit(ctx, s)
	return err
}

// read imports a snapshot of a day and returns what the import says of it.
func (o *office) read(format string, list standing.ListID, text []byte, on string) (*importer.Report, error) {
	o.t.Helper()
	date, err := source.ParseDate(on)
	must(o.t, err)
	digest, ok := o.clerk.Constitution().Adopted(list.Rulebook(), o.now)
	book, known := o.books.ByDigest(digest)
	if !ok || !known {
		o.t.Fatalf("rulebook %s is not in force", list.Rulebook())
	}
	o.rejects = nil
	return importer.Run(context.Background(), importer.Options{Register: origin, Source: format, List: list, Rulebook: book,
		Digest: standing.Digest(sha256.Sum256(text)), Snapshot: day(on),
		Open: func() (source.Reader, error) {
			return source.Open(format, bytes.NewReader(text), source.Options{Snapshot: date})
		},
		Authority: scribe, Key: o.scribe, Rand: rand.Reader, Clock: o.clock, Store: o.store, Keys: o.keys, Submit: o.submit,
		Reject: func(r source.Reject) error { o.rejects = append(o.rejects, r); return nil }})
}

// must imports a snapshot that has to be taken, and holds what every report
// keeps: each row is counted once, each reject handed out.
func (o *office) must(format string, list standing.ListID, text []byte, on string) *importer.Report {
	o.t.Helper()
	r, err := o.read(format, list, text, on)
	must(o.t, err)
	if sum := r.Added + r.Changed + r.Revived + r.Same + r.Rejected; r.Rows != sum {
		o.t.Fatalf("%d rows, but %d added + %d changed + %d revived + %d same + %d rejected = %d", r.Rows, r.Added, r.Changed, r.Revived, r.Same, r.Rejected, sum)
	}
	if len(o.rejects) != r.Rejected {
		o.t.Fatalf("%d rows rejected, %d handed out", r.Rejected, len(o.rejects))
	}
	return r
}

// verified checks the whole register from its acts.
func (o *office) verified() {
	o.t.Helper()
	if _, err := verify.Run(context.Background(), verify.Options{Origin: origin, Store: o.store, Rulebooks: o.books, Verifier: o.verifier}); err != nil {
		o.t.Fatalf("verify: %v", err)
	}
}

// desk is the register as it answers from what is stored.
func (o *office) desk() *register.Register {
	o.t.Helper()
	r, err := register.Open(context.Background(), register.Config{Origin: origin, Store: o.store, Keys: o.keys, Hasher: o.hasher, Rulebooks: o.books, Clock: o.clock})
	must(o.t, err)
	return r
}

// ask asks by exact name, as the register's operator, about a day.
func ask(t testing.TB, r *register.Register, name, activity string, at standing.Instant) *api.Answer {
	t.Helper()
	a, err := r.Check(context.Background(), api.Caller{Operator: true}, api.Question{Party: "name:" + name, Activity: activity, At: at})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return a
}

// shared reads a real list, which the repository does not hold.
func shared(t testing.TB, path string) []byte {
	t.Helper()
	root := os.Getenv("STANDING_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	b, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Logf("REAL DATA NOT TESTED: %v", err)
		t.Skip("shared data absent: set STANDING_SHARED to its folder: " + path)
	}
	return b
}

// in is the first instant of the civil day in a zone that comes so many days
// after a date.
func in(t testing.TB, zone, date string, after int) standing.Instant {
	t.Helper()
	l, err := time.LoadLocation(zone)
	must(t, err)
	d, err := time.ParseInLocation(time.DateOnly, date, l)
	must(t, err)
	return standing.At(d.AddDate(0, 0, after))
}
