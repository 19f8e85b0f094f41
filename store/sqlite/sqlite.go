// Package sqlite keeps a register in one SQLite file: the embedded default.
//
//	s, err := sqlite.Create("register.db")       // a new register: an explicit act
//	s, err := sqlite.Open("register.db")         // one that exists
//	s, err := sqlite.OpenReadOnly("register.db") // beside the process that writes
//
// A commit is one transaction on the one connection that writes, in WAL mode
// with synchronous=FULL: the log file is synced before Commit returns. Reads
// run beside it on connections of their own, each on a consistent state.
// Deleted content is overwritten (secure_delete); [Store.Flush] removes what may
// remain of it in the log and in unused space.
//
// The driver is used beneath database/sql, with statements prepared once per
// connection: one writes and some read, which a pool of equals does not express.
package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/gate"
)

// Options tune a store. The zero value is right for a register of any size on
// a small server.
type Options struct {
	Cache   int64 // bytes of pages kept by the writing connection; 0 = 256 MiB
	Readers int   // connections kept for reading; 0 = 8
}

func (o Options) cache() int64 {
	if o.Cache == 0 {
		return 256 << 20
	}
	return o.Cache
}

func (o Options) readers() int {
	if o.Readers == 0 {
		return 8
	}
	return o.Readers
}

// Store is a register in a SQLite file.
type Store struct {
	path     string
	options  Options
	readOnly bool
	gate     gate.Gate
	readers  pool

	mu     sync.Mutex // held by the one call that writes
	writer *conn      // guarded by mu; nil when read-only
	broken error      // guarded by mu: after a failed sync nothing may be written

	looksMu sync.Mutex
	waiting *lookGroup // guarded by looksMu; nil when nobody waits
}

var _ store.Store = (*Store)(nil)

// Create makes a new register in a file that does not exist yet.
func Create(path string) (*Store, error) { return Options{}.Create(path) }

// Open opens the register in a file, which must exist.
func Open(path string) (*Store, error) { return Options{}.Open(path) }

// OpenReadOnly opens the register in a file for reading, while another process
// may write to it. Every method that writes returns [standing.Forbidden].
func OpenReadOnly(path string) (*Store, error) { return Options{}.OpenReadOnly(path) }

// Create is [Create] with options.
func (o Options) Create(path string) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, standing.Errorf(standing.Conflict, "%s exists already: open it, or name another file for a new register", path)
	}
	if err != nil {
		return nil, standing.Errorf(standing.Unavailable, "no register can be made at %s: %v", path, err)
	}
	if err := errors.Join(file.Close(), syncFolder(filepath.Dir(path)), lay(path)); err != nil {
		os.Remove(path)
		return nil, failure("make a register at "+path, err)
	}
	return o.Open(path)
}

// syncFolder makes the name of a new file durable. Windows has no such call and
// does it by itself.
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

// lay writes the empty tables.
func lay(path string) error {
	c, err := dial(path, "rw", fmt.Sprintf("PRAGMA page_size=%d; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", pageSize))
	if err != nil {
		return err
	}
	return errors.Join(c.script("BEGIN IMMEDIATE;"+schema+"COMMIT;"), c.close())
}

// Open is [Open] with options.
func (o Options) Open(path string) (*Store, error) {
	s := &Store{path: path, options: o}
	if err := s.present(); err != nil {
		return nil, err
	}
	var err error
	s.writer, err = dial(path, "rw", fmt.Sprintf(writerPragmas, o.cache()>>10, autocheckpoint))
	if err == nil {
		err = s.check(s.writer)
	}
	if err == nil {
		s.startPool()
		err = s.endBulk()
	}
	if err != nil {
		s.Close()
		return nil, failure("open "+path, err)
	}
	return s, nil
}

// OpenReadOnly is [OpenReadOnly] with options.
func (o Options) OpenReadOnly(path string) (*Store, error) {
	s := &Store{path: path, options: o, readOnly: true}
	if err := s.present(); err != nil {
		return nil, err
	}
	s.startPool()
	err := s.readers.use(s.check)
	if err != nil {
		s.Close()
		return nil, failure("open "+path, err)
	}
	return s, nil
}

func (s *Store) startPool() {
	mode := "rw"
	if s.readOnly {
		mode = "ro"
	}
	s.readers.start(s.options.readers(), func() (*conn, error) { return dial(s.path, mode, readerPragmas) })
}

func (s *Store) present() error {
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return standing.Errorf(standing.NotFound, "there is no register at %s: give the right path, or create a register there", s.path)
	case err != nil:
		return standing.Errorf(standing.Unavailable, "%s cannot be read: %v", s.path, err)
	case info.Size() == 0:
		return standing.Errorf(standing.Invalid, "%s is empty, left by a creation that did not end: remove it and create the register again", s.path)
	}
	return nil
}

// check refuses a file that is not a register, or a newer one.
func (s *Store) check(c *conn) error {
	application, err := c.number("PRAGMA application_id")
	if err != nil {
		return err
	}
	if application != applicationID {
		return standing.Errorf(standing.Invalid, "%s is a SQLite file but no register: give the right path", s.path)
	}
	format, err := c.number("PRAGMA user_version")
	if err == nil && format > store.FormatVersion {
		return standing.Errorf(standing.Unsupported, "%s is of format %d, this software reads format %d: use a newer version", s.path, format, store.FormatVersion)
	}
	return err
}

// Close waits for calls in progress and releases the file.
func (s *Store) Close() error {
	if !s.gate.Close() {
		return nil
	}
	err := s.readers.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer != nil {
		err = errors.Join(err, s.writer.close())
		s.writer = nil
	}
	if err != nil {
		return failure("close "+s.path, err)
	}
	return nil
}
