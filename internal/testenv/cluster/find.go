package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/openstanding/standing/internal/procgroup"
)

// MinVersion is the oldest major version of PostgreSQL that the tests accept.
const MinVersion = 15

// ErrMissing says that this machine has no PostgreSQL server that will do, and
// what to install.
var ErrMissing = errors.New("PostgreSQL " + strconv.Itoa(MinVersion) +
	" or later is not installed: sudo apt-get install postgresql")

// places are where distributions put the server's programs, which are not meant
// for the PATH of users.
var places = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/pgsql/bin"}

// Find returns the folder with the programs of the newest installed PostgreSQL
// server, or [ErrMissing].
func Find(ctx context.Context) (string, error) {
	var folders []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			folders = append(folders, filepath.Dir(path))
		}
	}
	return newest(ctx, append(folders, installed(places)...))
}

func installed(patterns []string) (folders []string) {
	for _, pattern := range patterns {
		found, _ := filepath.Glob(pattern)
		folders = append(folders, found...)
	}
	return folders
}

func newest(ctx context.Context, folders []string) (string, error) {
	best, top := "", MinVersion-1
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err != nil {
			continue
		}
		if v := version(ctx, folder); v > top {
			best, top = folder, v
		}
	}
	if best == "" {
		return "", ErrMissing
	}
	return best, nil
}

// version asks the server in a folder for its major version; 0 if it cannot say.
func version(ctx context.Context, folder string) int {
	out, err := procgroup.Command(ctx, filepath.Join(folder, "postgres"), "--version").Output()
	if err != nil {
		return 0
	}
	return parseVersion(string(out))
}

// parseVersion reads the major version from a line such as
// "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"; 0 if there is none.
func parseVersion(line string) int {
	_, rest, ok := strings.Cut(line, "(PostgreSQL) ")
	if !ok {
		return 0
	}
	digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(rest)
	}
	major, err := strconv.Atoi(rest[:digits])
	if err != nil {
		return 0
	}
	return major
}

// reachable reports whether every user may pass through dir and its parents and
// make folders in dir.
func reachable(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o002 == 0 {
		return fmt.Errorf("%s is not writable for all", dir)
	}
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o001 == 0 {
			return fmt.Errorf("%s is closed to other users", dir)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}
