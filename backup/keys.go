package backup

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/openstanding/standing"
)

// MaxKeep is how long a copy of the party keys may be kept: as long as an erasure
// may take. Older copies are removed by every [Keys].
const MaxKeep = 30 * 24 * time.Hour

const (
	keysPrefix = "party-keys-"
	keysStamp  = "20060102T150405Z"
)

// Keys copies the key file of a register, in use or not, into the folder dir and
// removes the copies there that are older than keep. It returns the path of the
// copy. The keys in it open nothing without the secrets, which must not be near.
func Keys(dir, keyFile string, now time.Time, keep time.Duration) (string, error) {
	if keep <= 0 || keep > MaxKeep {
		return "", standing.Errorf(standing.Invalid, "copies of party keys are kept for 1 to %d days: an erasure must be complete by then", int(MaxKeep.Hours()/24))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, keysPrefix+now.UTC().Format(keysStamp))
	if err := copyFile(path, keyFile); err != nil {
		return "", err
	}
	return path, prune(dir, now.Add(-keep))
}

// prune removes copies of keys from before an instant, and what a copy that was
// cut short left.
func prune(dir string, before time.Time) error {
	copies, err := KeyCopies(dir)
	for _, path := range copies {
		at, bad := time.Parse(keysStamp, strings.TrimPrefix(filepath.Base(path), keysPrefix))
		if bad == nil && at.Before(before) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	left, bad := filepath.Glob(filepath.Join(dir, keysPrefix+"*.partial"))
	for _, path := range left {
		err = errors.Join(err, os.Remove(path))
	}
	return errors.Join(err, bad)
}

// KeyCopies lists the copies of party keys in a folder, the oldest first.
func KeyCopies(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if _, bad := time.Parse(keysStamp, strings.TrimPrefix(e.Name(), keysPrefix)); bad == nil && strings.HasPrefix(e.Name(), keysPrefix) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	return out, nil
}

// Safe copies what must be kept in a safe, apart from all back-ups, into the
// folder dir: the secrets (master key and peppers) and the log's key. They never
// change; once is enough.
func Safe(dir, folder string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, name := range []string{secretsName, publicName, logKeyName} {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, standing.Errorf(standing.Conflict, "%s exists already: name an empty folder", path))
		}
		if err := copyFile(path, filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// copyFile copies a file so that it stands at path whole or not at all; its owner
// alone reads it.
func copyFile(path, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	partial := path + ".partial"
	if _, err := writeFile(partial, func(to io.Writer) error {
		_, err := io.Copy(to, in)
		return err
	}); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	return errors.Join(os.Rename(partial, path), syncFolder(filepath.Dir(path)))
}
