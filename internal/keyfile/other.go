//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package keyfile

import (
	"fmt"
	"os"
)

// checkMode is false: permission bits mean little here.
const checkMode = false

// lockFile takes the file by creating PATH.lock, for want of a lock that ends
// with the process: after a crash an operator must remove it.
func lockFile(f *os.File) (release func() error, err error) {
	path := f.Name() + ".lock"
	l, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("if no process uses it, remove %s: %w", path, err)
	}
	l.Close()
	return func() error { return os.Remove(path) }, nil
}

// syncDir does nothing: a directory cannot be synced here.
func syncDir(string) error { return nil }
