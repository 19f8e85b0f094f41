package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/tile"
)

// where says where a register lives. The secrets (pepper, party keys, log key)
// never live in the database: with --data they are in the folder beside it,
// with --store in a folder of their own.
type where struct {
	Data    string `help:"Folder of an embedded register." placeholder:"DIR" type:"path" env:"STANDING_DATA" xor:"place"`
	Store   string `help:"PostgreSQL store, postgres://..." placeholder:"URL" env:"STANDING_STORE" xor:"place"`
	Secrets string `help:"Folder of the register's secrets; beside the database with --data, in your configuration folder with --store." placeholder:"DIR" type:"path" env:"STANDING_SECRETS"`
}

func (w where) given() bool { return w.Data != "" || w.Store != "" }

// folder is where the secrets are.
func (w where) folder() (string, error) {
	switch {
	case w.Secrets != "":
		return w.Secrets, nil
	case w.Data != "":
		return w.Data, nil
	case w.Store == "":
		return "", standing.Errorf(standing.Invalid, "say where the register is: --data DIR or --store postgres://...")
	}
	u, err := url.Parse(w.Store)
	if err != nil {
		return "", standing.Errorf(standing.Invalid, "--store is not a URL: write postgres://user@host/database")
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(u.Host+u.Query().Get("host")+u.Path))
	return filepath.Join(base, "standing", name), nil
}

// home is an open register's folder and store.
type home struct {
	dir      string
	origin   string
	store    store.Store
	keys     *keyfile.File
	hasher   *index.Hasher
	books    *rulebook.Set
	signer   note.Signer
	verifier note.Verifier
}

const logKeyFile = "log.key"

// exists reports whether a register was founded there.
func (w where) exists() (bool, error) {
	dir, err := w.folder()
	if err != nil {
		return false, err
	}
	_, err = os.Stat(filepath.Join(dir, logKeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// create makes folder, secrets, log key and database of a new register.
func (w where) create(ctx context.Context, origin string) error {
	if !standing.ValidCode(origin) || strings.ContainsAny(origin, ":/") {
		return standing.Errorf(standing.Invalid, "%q cannot be a register's origin: use a host name such as register.example", origin)
	}
	if ok, err := w.exists(); err != nil || ok {
		return errors.Join(err, standing.Errorf(standing.Conflict, "a register is there already"))
	}
	dir, err := w.folder()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "keys"), 0o700); err != nil {
		return err
	}
	secret, err := keyfile.Secrets(filepath.Join(dir, "secrets"))
	if err != nil {
		return err
	}
	keys, err := keyfile.Create(filepath.Join(dir, "party-keys"), keyfile.Options{Origin: origin, Master: secret.Master})
	if err != nil {
		return err
	}
	if err := keys.Close(); err != nil {
		return err
	}
	s, err := w.createStore(ctx, dir)
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	// The log key comes last: with it the register is there.
	private, public, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "log.pub"), []byte(public+"\n"), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, logKeyFile), []byte(private+"\n"), 0o600)
}

func (w where) createStore(ctx context.Context, dir string) (store.Store, error) {
	if w.Store != "" {
		return postgres.Create(ctx, w.Store)
	}
	return sqlite.Create(filepath.Join(w.Data, "register.db"))
}

func (w where) openStore(ctx context.Context, write bool) (store.Store, error) {
	switch {
	case w.Store != "":
		return postgres.Open(ctx, w.Store)
	}
	path := filepath.Join(w.Data, "register.db")
	s, err := sqlite.Open(path)
	if err == nil || write {
		return s, err
	}
	// On a medium that cannot be written persons cannot be looked up, since no
	// look can be logged; all else can be read.
	return sqlite.OpenReadOnly(path)
}

// open opens a register that exists.
func (w where) open(ctx context.Context, write bool) (*home, error) {
	dir, err := w.folder()
	if err != nil {
		return nil, err
	}
	private, err := os.ReadFile(filepath.Join(dir, logKeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &standing.Error{Kind: standing.NotFound, What: "no register in " + dir, Do: "found one with standing init, or fill one with standing demo, synth or import"}
	} else if err != nil {
		return nil, err
	}
	h := &home{dir: dir}
	if h.signer, err = note.NewSigner(strings.TrimSpace(string(private))); err != nil {
		return nil, fmt.Errorf("%s: %w", logKeyFile, err)
	}
	h.origin = h.signer.Name()
	public, err := os.ReadFile(filepath.Join(dir, "log.pub"))
	if err != nil {
		return nil, err
	}
	if h.verifier, err = note.NewVerifier(strings.TrimSpace(string(public))); err != nil {
		return nil, fmt.Errorf("log.pub: %w", err)
	}
	secret, err := keyfile.ReadSecrets(filepath.Join(dir, "secrets"))
	if err != nil {
		return nil, err
	}
	h.hasher = index.NewHasher(secret.Pepper)
	openKeys := keyfile.OpenRead
	if write {
		openKeys = keyfile.Open
	}
	if h.keys, err = openKeys(filepath.Join(dir, "party-keys"), keyfile.Options{Origin: h.origin, Master: secret.Master}); err != nil {
		return nil, err
	}
	if h.store, err = w.openStore(ctx, write); err != nil {
		return nil, errors.Join(err, h.keys.Close())
	}
	if h.books, err = rulebooks(ctx, h.store); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *home) close() error { return errors.Join(h.store.Close(), h.keys.Close()) }

// rulebooks are the shipped texts and every text that the register ever adopted.
func rulebooks(ctx context.Context, s store.Store) (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	have := map[standing.Digest]bool{}
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books, have[b.Digest] = append(books, b), true
	}
	entries, err := s.Case(ctx, standing.ConstitutionID)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Act.Kind != standing.RulebookAdopted || have[e.Act.Digest] {
			continue
		}
		text, err := s.Document(ctx, e.Act.Digest)
		if err != nil {
			return nil, err
		}
		b, err := rulebook.Load(text)
		if err != nil {
			return nil, fmt.Errorf("rulebook %s as adopted at act %d: %w", e.Act.List, e.Position, err)
		}
		books, have[b.Digest] = append(books, b), true
	}
	return rulebook.NewSet(books...), nil
}

func clockNow() standing.Instant { return standing.At(time.Now()) }

// register starts the register of a home. A nil clock means now; without write
// it has no clerk.
// running is how a register is to run.
type running struct {
	write  bool                    // with a clerk
	follow bool                    // browsed and counted, too
	clock  func() standing.Instant // nil: the machine's
	logger *slog.Logger
}

func (h *home) register(ctx context.Context, as running) (*register.Register, error) {
	clock := as.clock
	if clock == nil {
		clock = clockNow
	}
	cfg := register.Config{Origin: h.origin, Store: h.store, Keys: h.keys, Hasher: h.hasher, Rulebooks: h.books, Clock: clock, Follow: as.follow, Logger: as.logger}
	if as.write {
		cfg.Clerk = func(ctx context.Context, onCommit func(*clerk.Committed)) (*clerk.Clerk, error) {
			return clerk.Open(ctx, h.clerkConfig(clock, onCommit))
		}
	}
	return register.Open(ctx, cfg)
}

func (h *home) clerkConfig(clock func() standing.Instant, onCommit func(*clerk.Committed)) clerk.Config {
	return clerk.Config{Store: h.store, Keys: h.keys, Hasher: h.hasher, Rulebooks: h.books, Signer: h.signer, Clock: clock, Rand: rand.Reader, OnCommit: onCommit}
}

// readKey reads a private key file: one line of hex.
func readKey(path string) (ed25519.PrivateKey, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, standing.Errorf(standing.Invalid, "%s is not a key file: 64 hex digits are expected; make one with standing key new", path)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// newKey makes a key file, readable by its owner only; an existing one stays.
func newKey(path string) (ed25519.PrivateKey, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(f, hex.EncodeToString(private.Seed())); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return private, f.Close()
}

var _ privacy.Keys = (*keyfile.File)(nil)
