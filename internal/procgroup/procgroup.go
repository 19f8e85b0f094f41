// Package procgroup starts commands that can be ended together with everything
// they started themselves, so that no test run leaves a process behind and none
// waits for one.
//
//	cmd := procgroup.Command(ctx, "go", "test", "./...")
//	err := cmd.Run() // when ctx ends, the whole process group is killed
package procgroup

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// outputGrace is how long Wait still reads the output of a group that was
// killed: a grandchild that left the group may hold the pipe open for ever.
const outputGrace = 5 * time.Second

// Command returns a command, not yet started, that runs in a process group of
// its own. When ctx ends, every process of the group is killed with SIGKILL and
// Wait returns at the latest 5 s later.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = attributes()
	cmd.Cancel = func() error { return Kill(cmd, syscall.SIGKILL) }
	cmd.WaitDelay = outputGrace
	return cmd
}

// Kill sends a signal to every process of the group of a started command. A
// group that has already ended is [os.ErrProcessDone].
func Kill(cmd *exec.Cmd, signal syscall.Signal) error {
	err := syscall.Kill(-cmd.Process.Pid, signal)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	return err
}
