package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/verify"
)

func onSQLite(folder string) (store.Store, error) {
	return sqlite.Create(filepath.Join(folder, "register.db"))
}

func onPostgres(t testing.TB) func(string) (store.Store, error) {
	return func(string) (store.Store, error) { return postgres.Create(context.Background(), testenv.Postgres(t)) }
}

func verified(t *testing.T, w *town, s store.Store) {
	t.Helper()
	if _, err := verify.Run(t.Context(), verify.Options{Origin: origin, Store: s, Rulebooks: rulebook.NewSet(), Verifier: w.verifier}); err != nil {
		t.Errorf("what was restored does not verify: %v", err)
	}
}

// TestEveryWay backs a register up from each store and restores it into each.
func TestEveryWay(t *testing.T) {
	for name, from := range map[string]func(string) (store.Store, error){
		"sqlite": onSQLite, "postgres": onPostgres(t), "memory": func(string) (store.Store, error) { return memory.New(memory.Faults{}), nil },
	} {
		for into, place := range map[string]func(testing.TB, *town) place{"sqlite": inSQLite, "postgres": inPostgres} {
			t.Run(name+" into "+into, func(t *testing.T) {
				w := newTown(t, from)
				kept := []clerk.Receipt{w.party("One"), w.party("Two")}
				gone := w.party("Gone")
				w.erase(gone)
				w.ok(w.store.AppendLooks(t.Context(), []store.Look{{At: 7, Relying: "bank", Purpose: "credit", Key: store.Key{1}, Verdict: "clear"}}))
				w.ok(w.store.AppendTold(t.Context(), []store.Told{{Listing: standing.CaseID{1}, Relying: "bank", At: 8}}))
				s, keys, report := place(t, w).restore(w, w.backUp(), w.copyKeys())
				verified(t, w, s)
				for i, r := range kept {
					want, err := w.read(r)
					w.ok(err)
					if got, err := opened(s, keys, r); got != want || err != nil {
						t.Errorf("opening %d is %q, %v, want %q", i, got, err, want)
					}
				}
				if _, err := opened(s, keys, gone); err == nil {
					t.Error("an erased opening can be read")
				}
				looks := 0
				w.ok(s.Looks(t.Context(), store.Key{1}, func(l store.Look) error { looks++; return nil }))
				told, err := s.ToldOf(t.Context(), standing.CaseID{1})
				if looks != 1 || len(told) != 1 || err != nil {
					t.Errorf("%d looks, told %v, %v", looks, told, err)
				}
				if report.Unreadable != 0 || report.Manifest.Acts != 7 {
					t.Errorf("report %+v of %+v", report, report.Manifest)
				}
			})
		}
	}
}

// TestErasedStaysErased restores a back-up that is older than an erasure. What
// was erased cannot be read: by whom a newer key copy tells, or a newer back-up.
func TestErasedStaysErased(t *testing.T) {
	for _, know := range []string{"keys", "back-up"} {
		t.Run(know, func(t *testing.T) {
			w := newTown(t, onSQLite)
			gone, kept := w.party("Gone"), w.party("Kept")
			old, oldKeys := w.backUp(), w.copyKeys()
			w.erase(gone)
			p := inSQLite(t, w)
			var later []string
			if know == "keys" {
				oldKeys = w.copyKeys()
			} else {
				later = append(later, w.backUp())
			}
			s, keys, report := p.restore(w, old, oldKeys, later...)
			if name, err := opened(s, keys, gone); err == nil {
				t.Errorf("the erased opening reads %q", name)
			}
			row, err := s.Vault(t.Context(), gone.Position)
			if row.Sealed != nil || len(row.Keys) != 0 || err != nil {
				t.Errorf("the vault row came back: %v, %v", row, err)
			}
			// Slot 1 seals the authority, 2 who is gone, 3 who is kept.
			for slot := privacy.Slot(1); slot <= keys.Given(); slot++ {
				if _, err := keys.Get(slot); (err == nil) != (slot == 1 || slot == 3) {
					t.Errorf("key %d: %v", slot, err)
				}
			}
			if got, err := opened(s, keys, kept); got != "Kept" || err != nil {
				t.Errorf("the kept opening is %q, %v", got, err)
			}
			if report.Openings != 1 {
				t.Errorf("report %+v", report)
			}
			verified(t, w, s)
		})
	}
}

// TestKeysOlderThanActs restores acts whose keys were made after the key copy:
// their openings are lost, and no slot is given to another.
func TestKeysOlderThanActs(t *testing.T) {
	w := newTown(t, onSQLite)
	kept := w.party("Kept")
	keys := w.copyKeys()
	w.ok(w.keys.Close())
	if err := os.Truncate(keys, 4096+2*64); err != nil { // as a copy made before keys were written ahead
		t.Fatal(err)
	}
	path := filepath.Join(w.folder, "party-keys")
	w.keys = reopen(t, w, path)
	w.openClerk()
	lost := w.party("Lost")
	w.now += 60
	s, k, report := inSQLite(t, w).restore(w, w.backUp(), keys)
	if got, err := opened(s, k, kept); got != "Kept" || err != nil {
		t.Errorf("the kept opening is %q, %v", got, err)
	}
	if _, err := opened(s, k, lost); err == nil || report.Unreadable != 1 {
		t.Errorf("the lost opening: %v, report %+v", err, report)
	}
	slot, err := k.Allocate(1)
	if err != nil || uint64(slot) <= report.HighestSlot {
		t.Errorf("slot %d is handed out, the register mentions %d: %v", slot, report.HighestSlot, err)
	}
}

// TestWhileWritten backs up again and again while acts are recorded.
func TestWhileWritten(t *testing.T) {
	for name, create := range map[string]func(string) (store.Store, error){"sqlite": onSQLite, "postgres": onPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, create)
			w.party("First")
			stop := make(chan struct{})
			var writing sync.WaitGroup
			writing.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
						w.party(fmt.Sprint("Party ", i))
					}
				}
			})
			for range 5 {
				dir := w.backUp()
				s, _, report := inSQLite(t, w).restore(w, dir, w.copyKeys())
				verified(t, w, s)
				if report.Unreadable != 0 {
					t.Errorf("openings without keys: %+v", report)
				}
			}
			close(stop)
			writing.Wait()
		})
	}
}

// TestDamage changes every file of a back-up, here and there: no restore takes it.
func TestDamage(t *testing.T) {
	w := newTown(t, onSQLite)
	w.party("One")
	dir, keys := w.backUp(), w.copyKeys()
	files, err := os.ReadDir(dir)
	w.ok(err)
	for _, f := range files {
		path := filepath.Join(dir, f.Name())
		text, err := os.ReadFile(path)
		w.ok(err)
		for at := 0; at < len(text); at += max(1, len(text)/40) {
			bad := bytes.Clone(text)
			bad[at] ^= 0x20
			w.ok(os.WriteFile(path, bad, 0o600))
			b, err := backup.Open(dir)
			if err == nil && f.Name() != "manifest.json" {
				err = b.Check(w.verifier)
			}
			if err == nil && f.Name() != "manifest.json" {
				t.Errorf("%s with byte %d changed is taken", f.Name(), at)
			}
			if err != nil && standing.KindOf(err) == standing.Internal {
				t.Errorf("%s with byte %d changed: %v", f.Name(), at, err)
			}
		}
		w.ok(os.WriteFile(path, text[:len(text)/2], 0o600))
		p := inSQLite(t, w)
		p.plan.From, p.plan.KeyFile = dir, keys
		if _, err := backup.Restore(t.Context(), p.plan); err == nil {
			t.Errorf("half of %s is taken", f.Name())
		}
		if _, err := os.Stat(filepath.Join(p.folder, "log.key")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("half of %s left a register", f.Name())
		}
		w.ok(os.WriteFile(path, text, 0o600))
	}
}

func TestRefusals(t *testing.T) {
	w, other := newTown(t, onSQLite), newTown(t, onSQLite)
	w.party("One")
	old := w.backUp()
	w.party("Two")
	dir, keys := w.backUp(), w.copyKeys()
	for name, test := range map[string]struct {
		change func(*backup.Plan)
		want   string
	}{
		"another's safe":       {func(p *backup.Plan) { p.Safe = other.folder }, "safe of the same register"},
		"another's keys":       {func(p *backup.Plan) { p.KeyFile = other.copyKeys() }, "master key"},
		"an older one later":   {func(p *backup.Plan) { p.Later = []string{old} }, "not later"},
		"another's later":      {func(p *backup.Plan) { p.Later = []string{other.backUp()} }, "not signed by this register"},
		"no back-up":           {func(p *backup.Plan) { p.From = w.folder }, "no back-up"},
		"a register's folder":  {func(p *backup.Plan) { p.Folder = w.folder }, "holds a register"},
		"what does not verify": {func(p *backup.Plan) { p.Prove = func(context.Context) error { return errors.New("no proof") } }, "no proof"},
	} {
		p := inSQLite(t, w)
		p.plan.From, p.plan.KeyFile = dir, keys
		test.change(&p.plan)
		if _, err := backup.Restore(t.Context(), p.plan); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		if _, err := os.Stat(filepath.Join(p.folder, "log.key")); err == nil {
			t.Errorf("%s: a register is there", name)
		}
	}
	if _, err := backup.Write(t.Context(), dir, w.source()); standing.KindOf(err) != standing.Conflict {
		t.Errorf("a back-up over another: %v", err)
	}
	src := w.source()
	src.Prove = func(string) error { return errors.New("no proof") }
	where := filepath.Join(t.TempDir(), "b")
	if _, err := backup.Write(t.Context(), where, src); err == nil {
		t.Error("a back-up that does not verify is taken")
	}
	if left, _ := filepath.Glob(where + "*"); len(left) != 0 {
		t.Errorf("it left %v", left)
	}
}

// TestKeysArePruned sees that no copy of party keys outlives its days.
func TestKeysArePruned(t *testing.T) {
	w, dir := newTown(t, onSQLite), t.TempDir()
	file := filepath.Join(w.folder, "party-keys")
	for day := range 40 {
		if _, err := backup.Keys(dir, file, w.now.Time().Add(time.Duration(day)*24*time.Hour), backup.MaxKeep); err != nil {
			t.Fatal(err)
		}
	}
	copies, err := backup.KeyCopies(dir)
	if err != nil || len(copies) != 31 { // of today and of the 30 days before
		t.Errorf("%d copies are left: %v", len(copies), err)
	}
	if _, err := backup.Keys(dir, file, w.now.Time(), 31*24*time.Hour); standing.KindOf(err) != standing.Invalid {
		t.Errorf("31 days: %v", err)
	}
}

// TestSafe sees that a safe is filled once.
func TestSafe(t *testing.T) {
	w, dir := newTown(t, onSQLite), filepath.Join(t.TempDir(), "safe")
	w.ok(backup.Safe(dir, w.folder))
	if err := backup.Safe(dir, w.folder); standing.KindOf(err) != standing.Conflict {
		t.Errorf("a second time: %v", err)
	}
	w.party("One")
	p := inSQLite(t, w)
	p.plan.Safe = dir
	p.restore(w, w.backUp(), w.copyKeys())
}
