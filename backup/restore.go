package backup

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
)

// Names in a register's folder.
const (
	secretsName = "secrets"
	keysName    = "party-keys"
	logKeyName  = "log.key"
	markName    = "restoring" // there while a restore is under way
)

// Plan is what is restored from where to where.
type Plan struct {
	From    string   // folder of the back-up
	Later   []string // folders of newer back-ups, whose erasures are done again
	KeyFile string   // a copy of the party keys, the newest there is
	Safe    string   // folder with secrets and log.key
	Folder  string   // of the register's secrets, which holds no register
	// Place names the database, so that a restore that was cut short goes on in
	// the same one. Vacant says with a Conflict that something is there. Import
	// makes a database out of what fill puts into the sink, whole or not at all.
	// Clear removes what an Import that was cut short left in a place that was
	// vacant before: a database that holds exactly this signed checkpoint.
	Place  string
	Vacant func(ctx context.Context) error
	Import func(ctx context.Context, fill func(store.Sink) error) error
	Clear  func(ctx context.Context, checkpoint string) error
	// Prove, unless nil, is called before the register becomes whole; an error
	// means that it does not.
	Prove func(ctx context.Context) error
}

// Report says what was restored.
type Report struct {
	Manifest    *Manifest
	Parties     int // erased again
	Openings    int // that went with them
	Keys        int // destroyed: no opening needs them
	Unreadable  int // openings whose keys are newer than the key copy: lost
	HighestSlot uint64
}

// Restore makes a register out of a back-up. The register is there when its log
// key is; a restore that was cut short is begun again by calling it again.
func Restore(ctx context.Context, p Plan) (*Report, error) {
	b, err := Open(p.From)
	if err != nil {
		return nil, err
	}
	mark, err := p.begin()
	if err != nil {
		return nil, err
	}
	verifier, secret, err := p.secrets(b)
	if err != nil {
		return nil, err
	}
	a, err := p.audit(b, verifier)
	if err != nil {
		return nil, err
	}
	if err := p.vacate(ctx, mark, b.Checkpoint); err != nil {
		return nil, err
	}
	keyPath := filepath.Join(p.Folder, keysName)
	if err := copyFile(keyPath, p.KeyFile); err != nil {
		return nil, err
	}
	keys, err := keyfile.Open(keyPath, keyfile.Options{Origin: b.Register, Master: secret.Master})
	if err != nil {
		return nil, err
	}
	f := &filter{audit: a, keys: keys, copied: keys.Given()}
	err = p.Import(ctx, func(to store.Sink) error {
		f.Sink = to
		return b.Copy(f)
	})
	if err == nil {
		err = f.destroy()
	}
	if err == nil && p.Prove != nil {
		err = p.Prove(ctx)
	}
	if err = errors.Join(err, keys.Close()); err != nil {
		return nil, err
	}
	f.report.Manifest, f.report.Parties, f.report.HighestSlot = b.Manifest, len(a.erased), a.highest
	return &f.report, p.end(b)
}

// begin refuses a folder that holds a register, or anything of one that no
// restore left there. It returns the mark of a restore that was cut short.
func (p *Plan) begin() (mark string, err error) {
	if err := os.MkdirAll(p.Folder, 0o700); err != nil {
		return "", err
	}
	old, err := os.ReadFile(filepath.Join(p.Folder, markName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	again := err == nil
	for _, name := range []string{logKeyName, keysName, secretsName} {
		_, err := os.Stat(filepath.Join(p.Folder, name))
		if err == nil && (!again || name == logKeyName) {
			return "", standing.Errorf(standing.Conflict, "%s holds a register or a part of one (%s): restore into an empty folder", p.Folder, name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if again {
		return string(old), nil
	}
	return markBegun, p.mark(markBegun)
}

// What the mark says: that a restore is under way, and once the place of the
// database was found vacant, which one it is.
const (
	markBegun  = "A restore is under way here, or was cut short: run it again.\n"
	markFilled = markBegun + "It fills a database that was not there before: "
)

func (p *Plan) mark(text string) error {
	_, err := writeFile(filepath.Join(p.Folder, markName), func(to io.Writer) error {
		_, err := io.WriteString(to, text)
		return err
	})
	return errors.Join(err, syncFolder(p.Folder))
}

// vacate makes sure that nothing is where the database comes, and removes nothing
// but what a restore left that had made sure before.
func (p *Plan) vacate(ctx context.Context, mark, checkpoint string) error {
	place := fmt.Sprintf("%x\n", sha256.Sum256([]byte(p.Place))) // it may hold a password
	switch {
	case mark == markFilled+place:
		return p.Clear(ctx, checkpoint)
	case strings.HasPrefix(mark, markFilled):
		return standing.Errorf(standing.Conflict, "the restore that was cut short here filled another database: name that one, or begin in an empty folder")
	}
	if err := p.Vacant(ctx); err != nil {
		return err
	}
	return p.mark(markFilled + place)
}

// secrets brings the secrets and proves that they are this register's.
func (p *Plan) secrets(b *Backup) (note.Verifier, keyfile.Secret, error) {
	fail := func(err error) (note.Verifier, keyfile.Secret, error) { return nil, keyfile.Secret{}, err }
	private, err := os.ReadFile(filepath.Join(p.Safe, logKeyName))
	if err != nil {
		return fail(err)
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(private)))
	if err != nil {
		return fail(standing.Errorf(standing.Invalid, "%s in %s is no log key", logKeyName, p.Safe))
	}
	public, err := os.ReadFile(filepath.Join(b.dir, publicName))
	if err != nil {
		return fail(err)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(public)))
	if err != nil {
		return fail(damaged("%s: %v", publicName, err))
	}
	if signer.Name() != b.Register || signer.KeyHash() != verifier.KeyHash() || verifier.Name() != b.Register {
		return fail(standing.Errorf(standing.Invalid, "the log key in %s is %s's, the back-up is of %s: give the safe of the same register", p.Safe, signer.Name(), b.Register))
	}
	secret, err := keyfile.ReadSecrets(filepath.Join(p.Safe, secretsName))
	if err != nil {
		return fail(err)
	}
	return verifier, secret, errors.Join(copyFile(filepath.Join(p.Folder, secretsName), filepath.Join(p.Safe, secretsName)),
		copyFile(filepath.Join(p.Folder, publicName), filepath.Join(b.dir, publicName)))
}

// audit reads the back-up, and the later ones for what was erased since. They
// must be of one history.
func (p *Plan) audit(b *Backup, v note.Verifier) (*audit, error) {
	erased := map[standing.CaseID]bool{}
	roots := map[string]*audit{}
	for _, dir := range p.Later {
		later, err := Open(dir)
		if err != nil {
			return nil, err
		}
		a, err := later.audit(v, nil, b.Acts)
		if err != nil {
			return nil, err
		}
		if a.size < b.Acts {
			return nil, standing.Errorf(standing.Invalid, "%s has %d acts, fewer than %s: it is not later", dir, a.size, p.From)
		}
		for id := range a.erased {
			erased[id] = true
		}
		roots[dir] = a
	}
	a, err := b.audit(v, erased, 0)
	if err != nil {
		return nil, err
	}
	for dir, later := range roots {
		if later.log.rootAt != a.signed.Root {
			return nil, standing.Errorf(standing.Invalid, "%s does not go on where %s ends: the log of one of them is not this register's", dir, p.From)
		}
	}
	return a, nil
}

// end makes the register whole.
func (p *Plan) end(b *Backup) error {
	if _, err := os.Stat(filepath.Join(b.dir, relyingName)); err == nil {
		if err := copyFile(filepath.Join(p.Folder, relyingName), filepath.Join(b.dir, relyingName)); err != nil {
			return err
		}
	}
	if err := copyFile(filepath.Join(p.Folder, logKeyName), filepath.Join(p.Safe, logKeyName)); err != nil {
		return err
	}
	return errors.Join(os.Remove(filepath.Join(p.Folder, markName)), syncFolder(p.Folder))
}

// filter is a sink that lets through what was not erased.
type filter struct {
	store.Sink
	audit  *audit
	keys   *keyfile.File
	copied privacy.Slot // keys in the copy
	kept   bits
	log    log
	report Report
}

// Vault keeps back the openings of erased parties, with their look-ups.
func (f *filter) Vault(v *store.VaultRow) error {
	if f.audit.gone[v.Position] {
		f.report.Openings++
		return nil
	}
	if v.Slot != 0 {
		switch _, err := f.keys.Get(privacy.Slot(v.Slot)); {
		case errors.Is(err, privacy.ErrErased):
			f.report.Openings++
			return nil
		case errors.Is(err, privacy.ErrNoSlot), errors.Is(err, privacy.ErrTampered):
			f.report.Unreadable++
		case err != nil:
			return err
		}
		f.kept.set(v.Slot)
	}
	return f.Sink.Vault(v)
}

// destroy overwrites every key that no opening needs, and sees to it that no slot
// that the register names is ever handed out again.
func (f *filter) destroy() error {
	const step = 4096
	var slots []privacy.Slot
	flush := func() error {
		if len(slots) == 0 {
			return nil
		}
		f.report.Keys += len(slots)
		err := f.keys.Erase(slots...)
		slots = slots[:0]
		return err
	}
	for s := privacy.Slot(1); s <= f.copied; s++ {
		if f.kept.has(uint64(s)) {
			continue
		}
		if _, err := f.keys.Get(s); errors.Is(err, privacy.ErrErased) {
			continue
		}
		if slots = append(slots, s); len(slots) == step {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if privacy.Slot(f.audit.highest) <= f.copied {
		return nil
	}
	// Skipping is remembered by the file only once something stands behind it.
	if err := f.keys.Skip(privacy.Slot(f.audit.highest)); err != nil {
		return err
	}
	_, err := f.keys.Allocate(1)
	return err
}
