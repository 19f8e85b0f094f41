package cluster

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// maxSocketDir leaves room for "/.s.PGSQL.65535" in the 107 bytes that a socket
// path may have.
const maxSocketDir = 90

// unprivileged returns the user the server runs as: nil, this user, unless this
// user is root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("cluster: user %s has the id %q: %w", name, u.Uid, err)
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("cluster: user %s has the group %q: %w", name, u.Gid, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("cluster: PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody: run the tests as another user")
}

// folder makes the folder of a cluster, closed to all but its owner, in the first
// temporary folder that the owner can reach and whose path fits a socket.
func folder(owner *syscall.Credential) (string, error) {
	var errs []error
	for _, base := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		if len(base) > maxSocketDir-len("/standing-pg-0123456789") {
			errs = append(errs, fmt.Errorf("%s is too long for a socket", base))
			continue
		}
		if owner != nil {
			if err := reachable(base); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		dir, err := os.MkdirTemp(base, "standing-pg-")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		return filepath.Clean(dir), give(dir, owner)
	}
	return "", fmt.Errorf("cluster: no folder for the server: %w", errors.Join(errs...))
}

func give(path string, owner *syscall.Credential) error {
	if owner == nil {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}
