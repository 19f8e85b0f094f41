package bulk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// disk is what publishing asks of a file system; tests make every call of it
// fail, and let none after it have any effect, as if the process had been killed.
type disk interface {
	Open(name string) (io.ReadCloser, error)
	Create(name string) (file, error) // a new one
	Mkdir(name string) error          // with those above it
	Rename(from, to string) error     // in place of what is there, for files
	Link(from, to string) error       // an error if to is there
	Remove(name string) error         // with all below it
	List(name string) ([]string, error)
	SyncDir(name string) error // makes entries durable
}

type file interface {
	io.Writer
	Sync() error
	Close() error
}

type osDisk struct{}

func (osDisk) Open(name string) (io.ReadCloser, error) { return os.Open(name) }

func (osDisk) Create(name string) (file, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (osDisk) Mkdir(name string) error { return os.MkdirAll(name, 0o755) }

func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }

func (osDisk) Link(from, to string) error { return os.Link(from, to) }

func (osDisk) Remove(name string) error { return os.RemoveAll(name) }

func (osDisk) List(name string) ([]string, error) {
	entries, err := os.ReadDir(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

func (osDisk) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil // a folder cannot be synced there
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeWhole writes a small file and makes it durable.
func writeWhole(d disk, name string, content []byte) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// currentFile names the folder of the issue that is served. Renaming it is the
// moment of publication.
const currentFile = "CURRENT"

const (
	issuesFolder     = "issues"
	statisticsFolder = "statistics"
	deltasFolder     = "deltas"
)

// readAll reads a small file; nil if it is not there.
func readAll(d disk, name string) ([]byte, error) {
	f, err := d.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

func join(parts ...string) string { return filepath.Join(parts...) }
