//go:build darwin || linux

package main

import "syscall"

// freeBytes is the room on the disk of a folder that a process may use; -1 when
// it cannot be known.
func freeBytes(path string) int64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize)
}
