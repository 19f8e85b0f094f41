package backup_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/internal/crash"
	"github.com/openstanding/standing/internal/keyfile"
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
			continue
		}
		path := filepath.Join(folder, "register.db")
		plan := backup.Plan{From: args[1], KeyFile: args[2], Safe: args[0], Folder: folder,
			Import: func(_ context.Context, fill func(store.Sink) error) error { return sqlite.Import(path, fill) },
			Clear: func(context.Context, string) error {
				os.Remove(path)
				return nil
			}}
		if args[4] != "" {
			plan.Import = func(ctx context.Context, fill func(store.Sink) error) error {
				return postgres.Import(ctx, args[4], fill)
			}
			plan.Clear = func(ctx context.Context, checkpoint string) error {
				return postgres.Discard(ctx, args[4], []byte(checkpoint))
			}
		}
		if _, err := backup.Restore(context.Background(), plan); err != nil {
			return err
		}
		ack(n)
		if args[4] != "" {
			return nil
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
