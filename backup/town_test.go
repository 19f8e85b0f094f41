package backup_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/tile"
)

const origin = "register.example"

// town is a register on disk with a registry that records who exists.
type town struct {
	t        testing.TB
	folder   string
	store    store.Store
	keys     *keyfile.File
	clerk    *clerk.Clerk
	verifier note.Verifier
	register ed25519.PrivateKey
	now      standing.Instant
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// newTown founds a register whose database is made by create in the folder.
func newTown(t testing.TB, create func(folder string) (store.Store, error)) *town {
	t.Helper()
	w := &town{t: t, folder: t.TempDir(), now: 1_760_000_000}
	private, public, err := tile.NewKey(origin, rand.Reader)
	w.ok(err)
	w.ok(os.WriteFile(filepath.Join(w.folder, "log.key"), []byte(private+"\n"), 0o600))
	w.ok(os.WriteFile(filepath.Join(w.folder, "log.pub"), []byte(public+"\n"), 0o600))
	w.verifier, err = note.NewVerifier(public)
	w.ok(err)
	secret, err := keyfile.Secrets(filepath.Join(w.folder, "secrets"))
	w.ok(err)
	w.keys, err = keyfile.Create(filepath.Join(w.folder, "party-keys"), keyfile.Options{Origin: origin, Master: secret.Master})
	w.ok(err)
	w.store, err = create(w.folder)
	w.ok(err)
	w.openClerk()
	t.Cleanup(func() { w.clerk.Close(); w.store.Close(); w.keys.Close() })
	w.found()
	return w
}

func (w *town) openClerk() {
	private, err := os.ReadFile(filepath.Join(w.folder, "log.key"))
	w.ok(err)
	signer, err := note.NewSigner(strings.TrimSpace(string(private)))
	w.ok(err)
	w.clerk, err = clerk.Open(context.Background(), clerk.Config{Store: w.store, Keys: w.keys, Hasher: index.NewHasher([32]byte{1}), Rulebooks: rulebook.NewSet(),
		Signer: signer, Clock: func() standing.Instant { return w.now }, Rand: rand.Reader})
	w.ok(err)
}

func (w *town) found() {
	var keys []ed25519.PrivateKey
	for range 3 {
		_, k, err := ed25519.GenerateKey(rand.Reader)
		w.ok(err)
		keys = append(keys, k)
	}
	pub := func(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }
	w.register = keys[2]
	d := draft.New(origin, rand.Reader)
	w.ok(d.Found(w.now, pub(keys[0]), pub(keys[1])))
	con := d.Constitution(1, w.now)
	w.ok(con.Authority("register", "register", "*", nil, []string{"Register"}, ""))
	w.ok(con.Key(pub(w.register), "register", standing.OfficerID(standing.KeyIDOf(pub(w.register))), standing.RoleRegistrar))
	s, o := d.Sign(keys[0])
	s.Countersign(keys[1])
	_, err := w.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: o})
	w.ok(err)
}

func (w *town) say(a standing.Act, o *standing.Opening) clerk.Receipt {
	w.t.Helper()
	d := draft.New(origin, rand.Reader)
	a.Authority, a.Occurred = "register", w.now
	w.ok(d.Add(a, o))
	s, openings := d.Sign(w.register)
	r, err := w.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: openings})
	w.ok(err)
	return r[0]
}

// party records a party and returns its receipt.
func (w *town) party(name string) clerk.Receipt {
	w.t.Helper()
	id, err := standing.NewCaseID(w.now, rand.Reader)
	w.ok(err)
	return w.say(standing.Act{Kind: standing.PartyRecorded, Case: id, Party: standing.Organisation}, &standing.Opening{Party: &standing.Identity{Names: []string{name}}})
}

func (w *town) erase(r clerk.Receipt) {
	w.t.Helper()
	w.say(standing.Act{Kind: standing.PartyErased, Case: r.Case, Version: 1}, nil)
}

// read opens the opening of an act.
func (w *town) read(r clerk.Receipt) (string, error) {
	w.t.Helper()
	return opened(w.store, w.keys, r)
}

func opened(s store.Store, keys *keyfile.File, r clerk.Receipt) (string, error) {
	row, err := s.Vault(context.Background(), r.Position)
	if err != nil {
		return "", err
	}
	o, err := clerk.OpenVault(keys, row, r.Act)
	if err != nil {
		return "", err
	}
	return o.Party.Names[0], nil
}

// backUp makes a back-up and returns its folder.
func (w *town) backUp() string {
	w.t.Helper()
	dir := filepath.Join(w.t.TempDir(), "backup")
	_, err := backup.Write(context.Background(), dir, w.source())
	w.ok(err)
	return dir
}

func (w *town) source() backup.Source {
	return backup.Source{Origin: origin, Store: w.store.(store.Exporter), Verifier: w.verifier, Folder: w.folder, Software: "test", Now: w.now.Time()}
}

func (w *town) copyKeys() string {
	w.t.Helper()
	path, err := backup.Keys(w.t.TempDir(), filepath.Join(w.folder, "party-keys"), w.now.Time(), backup.MaxKeep)
	w.ok(err)
	return path
}

// place is somewhere to restore into.
type place struct {
	folder string
	plan   backup.Plan
	open   func() (store.Store, error)
}

func inSQLite(t testing.TB, w *town) place {
	folder := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(folder, "register.db")
	return place{folder, intoSQLite(backup.Plan{Safe: w.folder, Folder: folder}, path), func() (store.Store, error) { return sqlite.Open(path) }}
}

func intoSQLite(p backup.Plan, path string) backup.Plan {
	p.Place = path
	p.Vacant = func(context.Context) error { return sqlite.Vacant(path) }
	p.Import = func(_ context.Context, fill func(store.Sink) error) error { return sqlite.Import(path, fill) }
	p.Clear = func(ctx context.Context, checkpoint string) error {
		return sqlite.Discard(ctx, path, []byte(checkpoint))
	}
	return p
}

func inPostgres(t testing.TB, w *town) place {
	folder, url := filepath.Join(t.TempDir(), "new"), testenv.Postgres(t)
	return place{folder, intoPostgres(backup.Plan{Safe: w.folder, Folder: folder}, url), func() (store.Store, error) { return postgres.Open(context.Background(), url) }}
}

func intoPostgres(p backup.Plan, url string) backup.Plan {
	p.Place = url
	p.Vacant = func(ctx context.Context) error { return postgres.Vacant(ctx, url) }
	p.Import = func(ctx context.Context, fill func(store.Sink) error) error { return postgres.Import(ctx, url, fill) }
	p.Clear = func(ctx context.Context, checkpoint string) error {
		return postgres.Discard(ctx, url, []byte(checkpoint))
	}
	return p
}

// restore restores and opens what was restored.
func (p place) restore(w *town, from, keys string, later ...string) (store.Store, *keyfile.File, *backup.Report) {
	w.t.Helper()
	p.plan.From, p.plan.KeyFile, p.plan.Later = from, keys, later
	report, err := backup.Restore(context.Background(), p.plan)
	w.ok(err)
	s, err := p.open()
	w.ok(err)
	w.t.Cleanup(func() { s.Close() })
	secret, err := keyfile.ReadSecrets(filepath.Join(p.folder, "secrets"))
	w.ok(err)
	k, err := keyfile.Open(filepath.Join(p.folder, "party-keys"), keyfile.Options{Origin: origin, Master: secret.Master})
	w.ok(err)
	w.t.Cleanup(func() { k.Close() })
	return s, k, report
}
