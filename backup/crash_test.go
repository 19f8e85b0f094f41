package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/internal/crash"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
)

func TestMain(m *testing.M) {
	crash.Main(map[string]crash.Program{"backup": backUpForEver, "restore": restoreForEver})
	os.Exit(m.Run())
}

func reopen(t *testing.T, w *town, path string) *keyfile.File {
	t.Helper()
	secret, err := keyfile.ReadSecrets(filepath.Join(w.folder, "secrets"))
	w.ok(err)
	k, err := keyfile.Open(path, keyfile.Options{Origin: origin, Master: secret.Master})
	w.ok(err)
	return k
}

func verifierIn(folder string) (note.Verifier, error) {
	public, err := os.ReadFile(filepath.Join(folder, "log.pub"))
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(strings.TrimSpace(string(public)))
}

// backUpForEver backs the register in args[0] up into folders below args[1].
func backUpForEver(args []string, ack func(int64)) error {
	v, err := verifierIn(args[0])
	if err != nil {
		return err
	}
	s, err := sqlite.OpenReadOnly(filepath.Join(args[0], "register.db"))
	if err != nil {
		return err
	}
	for n := int64(0); ; n++ {
		dir := filepath.Join(args[1], fmt.Sprintf("%d-%d", os.Getpid(), n))
		if _, err := backup.Write(context.Background(), dir, backup.Source{Origin: origin, Store: s, Verifier: v, Folder: args[0]}); err != nil {
			return err
		}
		ack(n)
	}
}

// restoreForEver restores args[1] with the keys args[2] and the safe args[0] into
// folders below args[3], or into the database args[4].
func restoreForEver(args []string, ack func(int64)) error {
	for n := int64(0); ; n++ {
		folder := filepath.Join(args[3], fmt.Sprint(n))
		if _, err := os.Stat(filepath.Join(folder, "log.key")); err == nil {
			if args[4] != "" { // there is one database: all is done
				ack(n)
				select {}
			}
			continue
		}
		plan := intoSQLite(backup.Plan{From: args[1], KeyFile: args[2], Safe: args[0], Folder: folder}, filepath.Join(folder, "register.db"))
		if args[4] != "" {
			plan = intoPostgres(plan, args[4])
		}
		if _, err := backup.Restore(context.Background(), plan); err != nil {
			return err
		}
		ack(n)
		if args[4] != "" {
			select {}
		}
	}
}

// TestKillBackup kills back-ups: every folder that bears its name is whole.
func TestKillBackup(t *testing.T) {
	w, into := newTown(t, onSQLite), t.TempDir()
	for i := range 50 {
		w.party(fmt.Sprint("Party ", i))
	}
	err := crash.Rounds{Program: "backup", Args: []string{w.folder, into}, N: 15, Seed: 3, MaxAcks: 6}.Run(t.Context(), func(int, []int64) error {
		dirs, err := os.ReadDir(into)
		if err != nil {
			return err
		}
		for _, d := range dirs {
			dir := filepath.Join(into, d.Name())
			if !strings.HasSuffix(dir, ".partial") {
				b, err := backup.Open(dir)
				if err == nil {
					err = b.Check(w.verifier)
				}
				if err != nil {
					return fmt.Errorf("%s: %w", d.Name(), err)
				}
			}
			os.RemoveAll(dir)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestKillRestore kills restores: a folder with a log key holds a whole register,
// and one without can be restored into again.
func TestKillRestore(t *testing.T) {
	w, into := newTown(t, onSQLite), t.TempDir()
	for i := range 50 {
		w.party(fmt.Sprint("Party ", i))
	}
	from, keys := w.backUp(), w.copyKeys()
	err := crash.Rounds{Program: "restore", Args: []string{w.folder, from, keys, into, ""}, N: 15, Seed: 5, MaxAcks: 6}.Run(t.Context(), func(int, []int64) error {
		dirs, err := os.ReadDir(into)
		if err != nil {
			return err
		}
		for _, d := range dirs {
			folder := filepath.Join(into, d.Name())
			if _, err := os.Stat(filepath.Join(folder, "log.key")); err == nil {
				s, err := sqlite.Open(filepath.Join(folder, "register.db"))
				if err != nil {
					return err
				}
				verified(t, w, s)
				s.Close()
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestKillRestoreIntoPostgres kills restores into one database: it holds the whole
// register or none, and the next restore ends the work.
func TestKillRestoreIntoPostgres(t *testing.T) {
	w, into, url := newTown(t, onSQLite), t.TempDir(), testenv.Postgres(t)
	for i := range 50 {
		w.party(fmt.Sprint("Party ", i))
	}
	from, keys := w.backUp(), w.copyKeys()
	args := []string{w.folder, from, keys, into, url}
	err := crash.Rounds{Program: "restore", Args: args, N: 10, Seed: 7, MaxAcks: 1}.Run(t.Context(), func(int, []int64) error {
		_, err := os.Stat(filepath.Join(into, "0", "log.key"))
		there := postgres.Vacant(t.Context(), url) != nil
		if err == nil && !there {
			return errors.New("a log key without a database")
		}
		if !there {
			return nil
		}
		s, err := postgres.Open(t.Context(), url)
		if err != nil {
			return err
		}
		defer s.Close()
		verified(t, w, s)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(into, "0", "log.key")); err == nil {
		return // one of them got to the end
	}
	plan := intoPostgres(backup.Plan{From: from, KeyFile: keys, Safe: w.folder, Folder: filepath.Join(into, "0")}, url)
	if _, err := backup.Restore(t.Context(), plan); err != nil {
		t.Error(err)
	}
}

// TestNothingIsOverwritten restores to where a register is, twice: neither the
// first nor the second attempt, which finds the mark of the first, touches it.
func TestNothingIsOverwritten(t *testing.T) {
	for name, create := range map[string]func(string) (store.Store, error){"sqlite": onSQLite, "postgres": nil} {
		t.Run(name, func(t *testing.T) {
			url := ""
			if create == nil {
				url = testenv.Postgres(t)
				create = func(string) (store.Store, error) { return postgres.Create(t.Context(), url) }
			}
			w := newTown(t, create)
			r := w.party("One")
			plan := backup.Plan{From: w.backUp(), KeyFile: w.copyKeys(), Safe: w.folder, Folder: filepath.Join(t.TempDir(), "new")}
			if url != "" {
				plan = intoPostgres(plan, url)
			} else {
				plan = intoSQLite(plan, filepath.Join(w.folder, "register.db"))
			}
			for range 2 {
				if _, err := backup.Restore(t.Context(), plan); standing.KindOf(err) != standing.Conflict {
					t.Errorf("over a register: %v", err)
				}
			}
			if got, err := w.read(r); got != "One" || err != nil {
				t.Errorf("the register reads %q, %v", got, err)
			}
		})
	}
}
