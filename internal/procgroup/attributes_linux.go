package procgroup

import "syscall"

// attributes also ties the child to its parent: a parent that was killed with
// SIGKILL had no chance to end the group.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
