//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package keyfile

import (
	"os"
	"syscall"
)

// checkMode is whether the permission bits of a file say who can read it.
const checkMode = true

// lockFile takes the file for this opener alone. The lock ends when the file is
// closed or the process dies in whatever way; there is nothing to release.
func lockFile(f *os.File) (release func() error, err error) {
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, err
	}
	return func() error { return nil }, nil
}

// syncDir makes the entry of a new file durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
