package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/tile"
)

// Names in a back-up.
const (
	manifestName = "manifest.json"
	rowsName     = "rows"
	publicName   = "log.pub"
	relyingName  = "relying.yaml"
)

// Manifest says what a back-up holds.
type Manifest struct {
	Format      int               `json:"format"` // 1
	Register    string            `json:"register"`
	Made        time.Time         `json:"made"`
	Software    string            `json:"software"`
	Acts        uint64            `json:"acts"`
	Root        string            `json:"root"`        // of the log, in hex
	Checkpoint  string            `json:"checkpoint"`  // signed note
	HighestSlot uint64            `json:"highestSlot"` // of the party keys that openings need
	Rows        map[string]uint64 `json:"rows"`
	Files       []File            `json:"files"`
}

// File is a file of a back-up, its size in bytes and its SHA-256 in hex.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// format is the version of back-ups that this software writes and reads.
const format = 1

// Source is what is backed up.
type Source struct {
	Origin   string
	Store    store.Exporter
	Verifier note.Verifier // of the log's key
	Folder   string        // where log.pub and relying.yaml are
	Software string        // version, for the manifest
	Now      time.Time
	// Prove, unless nil, is called with the folder of the finished copy before it
	// gets its name; an error means that there is no back-up.
	Prove func(folder string) error
}

// Write makes a back-up in dir, a folder that does not exist yet. It stands at
// dir when everything was written, synced and read again; cut short, it leaves
// dir.partial, which the next one removes.
func Write(ctx context.Context, dir string, s Source) (*Manifest, error) {
	dir = filepath.Clean(dir)
	if _, err := os.Stat(dir); err == nil {
		return nil, standing.Errorf(standing.Conflict, "%s exists already: name a new folder for each back-up", dir)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	partial := dir + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(partial, 0o700); err != nil {
		return nil, err
	}
	m, err := s.write(ctx, partial)
	if err == nil && s.Prove != nil {
		err = s.Prove(partial)
	}
	if err == nil {
		err = errors.Join(syncFolder(partial), os.Rename(partial, dir), syncFolder(filepath.Dir(dir)))
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(partial))
	}
	return m, nil
}

func (s *Source) write(ctx context.Context, dir string) (*Manifest, error) {
	m := &Manifest{Format: format, Register: s.Origin, Made: s.Now.UTC().Truncate(time.Second), Software: s.Software}
	var w *writer
	rows, err := writeFile(filepath.Join(dir, rowsName), func(to io.Writer) error {
		w = newWriter(to)
		return errors.Join(s.Store.Export(ctx, w), w.end())
	})
	if err != nil {
		return nil, err
	}
	m.Rows, m.HighestSlot, m.Files = w.rows, w.slot, append(m.Files, rows)
	for _, name := range []string{publicName, relyingName} {
		text, err := os.ReadFile(filepath.Join(s.Folder, name))
		if name == relyingName && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		f, err := writeFile(filepath.Join(dir, name), func(to io.Writer) error {
			_, err := to.Write(text)
			return err
		})
		if err != nil {
			return nil, err
		}
		m.Files = append(m.Files, f)
	}
	b := &Backup{dir: dir, Manifest: m}
	a, err := b.audit(s.Verifier, nil, 0)
	if err != nil {
		return nil, fmt.Errorf("what was just copied does not hold: run standing verify: %w", err)
	}
	m.Acts, m.Root, m.Checkpoint = a.size, hex.EncodeToString(a.signed.Root[:]), a.note
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	_, err = writeFile(filepath.Join(dir, manifestName), func(to io.Writer) error {
		_, err := to.Write(append(text, '\n'))
		return err
	})
	return m, err
}

// writeFile makes a file that only its owner reads, and makes it durable.
func writeFile(path string, fill func(io.Writer) error) (File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return File{}, err
	}
	sum := &counter{w: f, hash: sha256.New()}
	err = errors.Join(fill(sum), f.Sync(), f.Close())
	return sum.file(filepath.Base(path)), err
}

// counter counts and hashes what is written through it.
type counter struct {
	w    io.Writer
	hash hash.Hash
	n    int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.hash.Write(b[:n])
	c.n += int64(n)
	return n, err
}

func (c *counter) file(name string) File {
	return File{Name: name, Bytes: c.n, SHA256: hex.EncodeToString(c.hash.Sum(nil))}
}

// syncFolder makes the names in a folder durable. Windows does it by itself.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Backup is a back-up on disk.
type Backup struct {
	*Manifest
	dir string
}

// Open reads the manifest of a back-up. NotFound: there is none, or one that was
// cut short; Unsupported: of a newer version.
func Open(dir string) (*Backup, error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, os.ErrNotExist) {
		return nil, standing.Errorf(standing.NotFound, "%s is no back-up: it has no %s", dir, manifestName)
	}
	if err != nil {
		return nil, err
	}
	b := &Backup{dir: dir, Manifest: &Manifest{}}
	if err := json.Unmarshal(text, b.Manifest); err != nil {
		return nil, damaged("%s: %v", manifestName, err)
	}
	if b.Format != format {
		return nil, standing.Errorf(standing.Unsupported, "%s is a back-up of format %d, this software reads format %d: use the version that wrote it, or a newer one", dir, b.Format, format)
	}
	return b, nil
}

// Check reads a back-up from end to end: every digest, every row, and that the
// acts hash to the root that the checkpoint signs.
func (b *Backup) Check(v note.Verifier) error {
	_, err := b.audit(v, nil, 0)
	return err
}

// Copy gives a sink everything that the back-up holds, tiles included. It believes
// the back-up: call Check before.
func (b *Backup) Copy(to store.Sink) error {
	t := &tiler{Sink: to}
	t.log.tiles = func(t tile.Tile) error {
		return to.Tile(&store.Tile{Level: t.Level, Index: t.Index, Bytes: t.Bytes})
	}
	if _, err := b.rows(t); err != nil {
		return err
	}
	return t.log.settle()
}

// tiler is a sink that makes tiles of the acts that pass.
type tiler struct {
	store.Sink
	log log
}

// Leaf lets an act through and hashes it.
func (t *tiler) Leaf(position uint64, leaf []byte) error {
	if err := t.log.add(leaf); err != nil {
		return err
	}
	return t.Sink.Leaf(position, leaf)
}

// audit is Check, for whoever needs to know more. The root at size at is kept.
func (b *Backup) audit(v note.Verifier, erased map[standing.CaseID]bool, at uint64) (*audit, error) {
	for _, f := range b.Files {
		if f.Name == rowsName {
			continue
		}
		got, err := digestOf(filepath.Join(b.dir, filepath.Base(f.Name)))
		if err != nil {
			return nil, err
		}
		if got != f {
			return nil, damaged("%s is not what %s says", f.Name, manifestName)
		}
	}
	a := newAudit(b.Register, v, erased)
	a.log.at = at
	got, err := b.rows(a)
	if err != nil {
		return nil, err
	}
	if err := a.finish(); err != nil {
		return nil, err
	}
	for _, f := range b.Files {
		if f.Name == rowsName && f == got {
			return a, nil
		}
	}
	return nil, damaged("%s is not what %s says", rowsName, manifestName)
}

func digestOf(path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := &counter{w: io.Discard, hash: sha256.New()}
	_, err = io.Copy(sum, f)
	return sum.file(filepath.Base(path)), err
}

// rows gives a sink what the back-up holds and returns what was read.
func (b *Backup) rows(to store.Sink) (File, error) {
	f, err := os.Open(filepath.Join(b.dir, rowsName))
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := &counter{w: io.Discard, hash: sha256.New()}
	err = readRows(bufio.NewReaderSize(io.TeeReader(f, sum), 1<<20), to)
	return sum.file(rowsName), err
}
