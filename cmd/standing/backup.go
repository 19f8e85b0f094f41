package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/verify"
)

type backupCmd struct {
	where
	Dir    string `arg:"" optional:"" help:"New folder for the back-up: acts, sealed openings and what follows from them; nothing in it can be read without the party keys." type:"path"`
	Keys   string `help:"Copy the party keys into this folder, and remove copies there that are older than --keep." placeholder:"DIR" type:"path"`
	Keep   int    `help:"Days that copies of party keys are kept, 1 to 30." default:"30"`
	Safe   string `help:"Copy the secrets and the log's key into this empty folder, to be put into a safe; once is enough." placeholder:"DIR" type:"path"`
	Verify bool   `help:"Recompute the whole register from the copy before it counts."`
}

// Run backs a register up while it is served, or not.
func (c *backupCmd) Run(p *program) error {
	if c.Dir == "" && c.Keys == "" && c.Safe == "" {
		return standing.Errorf(standing.Invalid, "say what to back up: a new folder for the register, --keys DIR for the party keys, --safe DIR for the secrets")
	}
	folder, err := c.folder()
	if err != nil {
		return err
	}
	out := map[string]any{}
	if c.Dir != "" {
		m, err := c.rows(p, folder)
		if err != nil {
			return err
		}
		out["backup"], out["manifest"] = c.Dir, m
		p.line("backed up: %d acts, root %s, %d bytes in %s\n", m.Acts, m.Root, bytesOf(m), c.Dir)
	}
	if c.Keys != "" { // after the rows, so that no opening in them lacks its key
		path, err := copyKeys(folder, c.Keys, c.Keep)
		if err != nil {
			return err
		}
		out["keys"] = path
		p.line("party keys: %s\n", path)
	}
	if c.Safe != "" {
		if err := backup.Safe(c.Safe, folder); err != nil {
			return err
		}
		out["safe"] = c.Safe
		p.line("secrets and log key: %s: put it into a safe, apart from all back-ups, and remove it here\n", c.Safe)
	}
	if p.json {
		return p.printJSON(out)
	}
	return nil
}

// line prints a line for a person.
func (p *program) line(format string, args ...any) {
	if !p.json {
		say(p.out, format, args...)
	}
}

func bytesOf(m *backup.Manifest) (n int64) {
	for _, f := range m.Files {
		n += f.Bytes
	}
	return n
}

func (c *backupCmd) rows(p *program, folder string) (*backup.Manifest, error) {
	verifier, err := logVerifier(folder)
	if err != nil {
		return nil, err
	}
	s, err := c.openBeside(p.ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	src := backup.Source{Origin: verifier.Name(), Store: s.(store.Exporter), Verifier: verifier, Folder: folder, Software: softwareVersion(), Now: time.Now()}
	if c.Verify {
		src.Prove = func(copied string) error { return prove(p.ctx, copied, verifier) }
	}
	return backup.Write(p.ctx, c.Dir, src)
}

// openBeside opens the store without touching anything that another process
// has under way in it.
func (w where) openBeside(ctx context.Context) (store.Store, error) {
	if w.Store != "" {
		return postgres.Open(ctx, w.Store)
	}
	path := filepath.Join(w.Data, "register.db")
	s, err := sqlite.OpenReadOnly(path)
	if standing.KindOf(err) == standing.Unavailable {
		return sqlite.Open(path) // nobody has it open, and its log must be read first
	}
	return s, err
}

func logVerifier(folder string) (note.Verifier, error) {
	public, err := os.ReadFile(filepath.Join(folder, "log.pub"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, &standing.Error{Kind: standing.NotFound, What: "no register in " + folder, Do: "give --data or --store and --secrets of the register"}
	}
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(trimmed(public))
}

// prove makes a register out of a copy, in the copy's own folder, and verifies
// the whole of it.
func prove(ctx context.Context, copied string, v note.Verifier) error {
	path := filepath.Join(copied, "verify.db")
	defer os.Remove(path)
	b, err := backup.Open(copied)
	if err != nil {
		return err
	}
	if err := sqlite.Import(path, b.Copy); err != nil {
		return err
	}
	s, err := sqlite.Open(path)
	if err != nil {
		return err
	}
	books, err := rulebooks(ctx, s)
	if err == nil {
		_, err = verify.Run(ctx, verify.Options{Origin: v.Name(), Store: s, Rulebooks: books, Verifier: v})
	}
	return errors.Join(err, s.Close())
}

// copyKeys copies the party keys and proves that the copy opens.
func copyKeys(folder, into string, days int) (string, error) {
	signer, err := logVerifier(folder)
	if err != nil {
		return "", err
	}
	secret, err := keyfile.ReadSecrets(filepath.Join(folder, "secrets"))
	if err != nil {
		return "", err
	}
	path, err := backup.Keys(into, filepath.Join(folder, "party-keys"), time.Now(), time.Duration(days)*24*time.Hour)
	if err != nil {
		return "", err
	}
	f, err := keyfile.OpenRead(path, keyfile.Options{Origin: signer.Name(), Master: secret.Master})
	if err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return path, f.Close()
}

type restoreCmd struct {
	where
	Dir    string   `arg:"" help:"Folder of the back-up." type:"existingdir"`
	Keys   string   `help:"A copy of the party keys, or the folder of such copies, of which the newest is taken." required:"" placeholder:"PATH" type:"path"`
	Safe   string   `help:"Folder with the secrets and the log's key, from the safe." required:"" placeholder:"DIR" type:"existingdir"`
	Later  []string `help:"A newer back-up: what it says was erased is erased again. Once for each." placeholder:"DIR" type:"existingdir" sep:"none"`
	Verify bool     `help:"Recompute the whole register before it counts as restored."`
}

// Run makes a register out of a back-up.
func (c *restoreCmd) Run(p *program) error {
	folder, err := c.folder()
	if err != nil {
		return err
	}
	keys := c.Keys
	if info, err := os.Stat(keys); err == nil && info.IsDir() {
		copies, err := backup.KeyCopies(keys)
		if err != nil {
			return err
		}
		if len(copies) == 0 {
			return standing.Errorf(standing.NotFound, "%s holds no copy of party keys: standing backup --keys makes them", keys)
		}
		keys = copies[len(copies)-1]
	}
	plan := backup.Plan{From: c.Dir, Later: c.Later, KeyFile: keys, Safe: c.Safe, Folder: folder}
	c.database(&plan)
	if c.Verify {
		plan.Prove = func(ctx context.Context) error {
			verifier, err := logVerifier(folder)
			if err != nil {
				return err
			}
			s, err := c.openStore(ctx, true)
			if err != nil {
				return err
			}
			books, err := rulebooks(ctx, s)
			if err == nil {
				_, err = verify.Run(ctx, verify.Options{Origin: verifier.Name(), Store: s, Rulebooks: books, Verifier: verifier})
			}
			return errors.Join(err, s.Close())
		}
	}
	report, err := backup.Restore(p.ctx, plan)
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(report)
	}
	p.line("restored: %s with %d acts, root %s\n", report.Manifest.Register, report.Manifest.Acts, report.Manifest.Root)
	p.line("erased again: %d openings; every key that no opening needs is destroyed\n", report.Openings)
	if report.Unreadable > 0 {
		p.line("LOST: %d openings cannot be read, since their keys are newer than %s\n", report.Unreadable, keys)
	}
	return nil
}

// database says how the database of a restore is made.
func (c *restoreCmd) database(plan *backup.Plan) {
	if c.Store != "" {
		plan.Place = c.Store
		plan.Vacant = func(ctx context.Context) error { return postgres.Vacant(ctx, c.Store) }
		plan.Import = func(ctx context.Context, fill func(store.Sink) error) error {
			return postgres.Import(ctx, c.Store, fill)
		}
		plan.Clear = func(ctx context.Context, checkpoint string) error {
			return postgres.Discard(ctx, c.Store, []byte(checkpoint))
		}
		return
	}
	plan.Place = filepath.Join(c.Data, "register.db")
	plan.Vacant = func(context.Context) error { return sqlite.Vacant(plan.Place) }
	plan.Import = func(_ context.Context, fill func(store.Sink) error) error {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return err
		}
		return sqlite.Import(plan.Place, fill)
	}
	plan.Clear = func(ctx context.Context, checkpoint string) error {
		return sqlite.Discard(ctx, plan.Place, []byte(checkpoint))
	}
}
