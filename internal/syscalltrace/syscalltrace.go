// Package syscalltrace shows what a program asked of the operating system, and in
// which order, to prove that nothing is acknowledged before it is on disk.
//
//	cmd := exec.CommandContext(ctx, program, args...)
//	trace, err := syscalltrace.Run(cmd)
//	err = syscalltrace.AckAfterSync(trace, "register.db-wal", "ack ")
//
// It needs strace and the permission to trace; [Available] says whether both are
// there. It sees system calls only: not stores into mapped memory, not files
// opened with O_SYNC (whose writes count here as not synced), and not whether the
// folder of a new file was synced.
package syscalltrace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/openstanding/standing/internal/procgroup"
)

// calls are the system calls that are recorded: all that write data or sync it.
const calls = "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,fsync,fdatasync"

// ErrMissing says that strace is not installed and how to install it.
var ErrMissing = errors.New("strace is not installed: sudo apt-get install strace")

// Available returns nil if programs can be traced here, and else the reason, for
// a test to skip with: containers often forbid it.
func Available(ctx context.Context) error {
	if _, err := exec.LookPath("strace"); err != nil {
		return ErrMissing
	}
	out, err := procgroup.Command(ctx, "strace", "-f", "-y", "-qq", "-e", calls, "-o", os.DevNull, "true").CombinedOutput()
	if err != nil {
		return fmt.Errorf("strace does not work here: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// Wrap changes a command, not yet started, so that it runs under strace, which
// writes to file. Threads and child processes are followed. Use it with
// [ParseFile] for a command that is not simply run to its end.
func Wrap(cmd *exec.Cmd, file string) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return ErrMissing
	}
	traced := append([]string{cmd.Path}, cmd.Args[1:]...)
	cmd.Args = append([]string{"strace", "-f", "-y", "-qq", "-s", "256", "-e", calls, "-e", "signal=none", "-o", file, "--"}, traced...)
	cmd.Path = strace
	return nil
}

// Run runs a command, not yet started, to its end under strace and returns what
// it recorded. A command without standard input gets one that stays open. The
// error includes that of the command; the trace is valid even then.
func Run(cmd *exec.Cmd) (Trace, error) {
	dir, err := os.MkdirTemp("", "syscalltrace-")
	if err != nil {
		return nil, fmt.Errorf("syscalltrace: %w", err)
	}
	defer os.RemoveAll(dir)
	file := dir + "/trace"
	if err := Wrap(cmd, file); err != nil {
		return nil, err
	}
	if cmd.Stdin == nil {
		if _, err := cmd.StdinPipe(); err != nil {
			return nil, fmt.Errorf("syscalltrace: %w", err)
		}
	}
	runErr := cmd.Run()
	if runErr != nil {
		runErr = fmt.Errorf("syscalltrace: run %s: %w", strings.Join(cmd.Args, " "), runErr)
	}
	trace, err := ParseFile(file)
	return trace, errors.Join(runErr, err)
}

// AckAfterSync proves from a trace that whenever the program acknowledged, every
// earlier write to the file was on disk: each acknowledgement, a write of data
// with ackMarker to anything but the file, must come after an fsync or fdatasync
// of the file that began after its last write had ended and that succeeded. The
// file is any whose path contains pathPart.
//
// It is an error if there is no acknowledgement or no write to the file: such a
// trace proves nothing. The program must write one batch at a time; the next
// batch, written while this one is acknowledged, looks like a broken promise.
func AckAfterSync(trace Trace, pathPart, ackMarker string) error {
	var writes, syncs []Call
	acks := 0
	for _, c := range trace {
		ofFile := strings.Contains(c.Path, pathPart)
		switch {
		case ofFile && c.syncs() && c.ok():
			syncs = append(syncs, c)
		case ofFile && c.writes():
			writes = append(writes, c)
		case !ofFile && c.writes() && strings.Contains(c.Data, ackMarker):
			acks++
			if len(writes) == 0 {
				return fmt.Errorf("syscalltrace: %q at line %d of the trace: nothing was written to a file with %q in its path before", c.Data, c.Begin, pathPart)
			}
			last := lastEnd(writes, c.Begin)
			if !syncedBetween(syncs, last, c.Begin) {
				return fmt.Errorf("syscalltrace: %q at line %d of the trace: the write to %s that ended at line %d was not synced before", c.Data, c.Begin, writes[len(writes)-1].Path, last)
			}
		}
	}
	if acks == 0 {
		return fmt.Errorf("syscalltrace: no write of %q in %d calls", ackMarker, len(trace))
	}
	return nil
}

// lastEnd returns where the last write ended that began before a line. One that
// is still under way there ends at that line as far as the proof is concerned.
func lastEnd(writes []Call, line int) int {
	last := 0
	for _, w := range writes {
		last = max(last, min(w.End, line))
	}
	return last
}

func syncedBetween(syncs []Call, after, before int) bool {
	for _, s := range syncs {
		if s.Begin > after && s.End < before {
			return true
		}
	}
	return false
}
