// Package crash kills programs at random moments and looks at what they left: the
// test binary runs itself again as the victim, which writes "ack N" to its
// standard output whenever it promises that N is durable.
//
//	func TestMain(m *testing.M) {
//		crash.Main(map[string]crash.Program{"append": appendForEver})
//		os.Exit(m.Run())
//	}
//
//	func TestKill(t *testing.T) {
//		err := crash.Rounds{Program: "append", Args: []string{dir}, N: 20, Seed: 1}.Run(t.Context(),
//			func(round int, acked []int64) error { ... everything acked is in dir ... })
//	}
//
// SIGKILL shows what a program loses when it dies; the operating system lives on
// and keeps what was written without fsync. That an fsync stands before every
// acknowledgement is the business of package syscalltrace.
package crash

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
)

// programVariable tells a test binary which program it is.
const programVariable = "STANDING_CRASH_PROGRAM"

// AckMarker begins every line of acknowledgement.
const AckMarker = "ack "

// Program is what a victim does. It calls ack(n) after it has made n durable and
// never returns nil before its work is done. args are those of [Start].
type Program func(args []string, ack func(n int64)) error

// Main turns this process into a victim if it was started as one, and then does
// not return. Otherwise it does nothing. It must come first in TestMain.
func Main(programs map[string]Program) {
	name := os.Getenv(programVariable)
	if name == "" {
		return
	}
	program := programs[name]
	if program == nil {
		fmt.Fprintf(os.Stderr, "crash: this test binary has no program %q\n", name)
		os.Exit(2)
	}
	go dieWithParent()
	if err := program(os.Args[1:], acknowledge); err != nil {
		fmt.Fprintf(os.Stderr, "crash: program %s: %v\n", name, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// acknowledge writes one line with one write, so that the kill cannot cut it and
// a trace shows it whole.
func acknowledge(n int64) {
	if _, err := os.Stdout.WriteString(AckMarker + strconv.FormatInt(n, 10) + "\n"); err != nil {
		os.Exit(1) // nobody listens any more
	}
}

// dieWithParent ends a victim whose parent is gone: standard input is a pipe that
// the parent holds open.
func dieWithParent() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}

// Command returns this test binary as a victim, not yet started, for callers that
// run it in their own way, such as under a tracer. Its standard input must be a
// pipe that stays open.
func Command(ctx context.Context, program string, args ...string) (*exec.Cmd, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("crash: %w", err)
	}
	cmd := procgroup.Command(ctx, exe, args...)
	cmd.Env = append(os.Environ(), programVariable+"="+program)
	return cmd, nil
}

// Process is a running victim. Its methods may be called from any goroutine.
type Process struct {
	cmd    *exec.Cmd
	stderr strings.Builder // read only after done is closed
	done   chan struct{}   // closed when the victim has ended and all was read
	exit   error           // set before done is closed

	mu    sync.Mutex
	acked []int64       // guarded by mu
	more  chan struct{} // guarded by mu; closed and replaced at every acknowledgement
}

// Start starts a program of [Main] as a child process. It is killed when ctx ends.
func Start(ctx context.Context, program string, args ...string) (*Process, error) {
	cmd, err := Command(ctx, program, args...)
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, done: make(chan struct{}), more: make(chan struct{})}
	cmd.Stderr = &p.stderr
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("crash: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("crash: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("crash: start program %s: %w", program, err)
	}
	go func() {
		defer close(p.done)
		bad := p.read(out)
		p.exit = errors.Join(bad, cmd.Wait())
	}()
	return p, nil
}

// read takes acknowledgements until the victim's output ends.
func (p *Process) read(out io.Reader) error {
	var bad error
	for lines := bufio.NewScanner(out); lines.Scan(); {
		number, isAck := strings.CutPrefix(lines.Text(), AckMarker)
		if !isAck {
			continue // a program may say other things
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			bad = fmt.Errorf("crash: acknowledgement %q: %w", lines.Text(), err)
			continue
		}
		p.mu.Lock()
		p.acked = append(p.acked, n)
		close(p.more)
		p.more = make(chan struct{})
		p.mu.Unlock()
	}
	return bad
}

// Wait waits until the victim has acknowledged at least count times, or fails if
// it ends or ctx ends before.
func (p *Process) Wait(ctx context.Context, count int) error {
	for {
		p.mu.Lock()
		have, more := len(p.acked), p.more
		p.mu.Unlock()
		if have >= count {
			return nil
		}
		select {
		case <-more:
		case <-p.done:
			p.mu.Lock()
			have = len(p.acked)
			p.mu.Unlock()
			if have >= count {
				return nil
			}
			return fmt.Errorf("crash: the program ended after %d of %d acknowledgements: %w\n%s", have, count, p.exit, p.stderr.String())
		case <-ctx.Done():
			return fmt.Errorf("crash: %d of %d acknowledgements: %w", have, count, ctx.Err())
		}
	}
}

// Kill sends SIGKILL, waits until the victim is dead, and returns everything it
// acknowledged before, in order. It is an error if the victim had ended by itself.
func (p *Process) Kill() ([]int64, error) {
	killErr := procgroup.Kill(p.cmd, syscall.SIGKILL)
	<-p.done
	p.mu.Lock()
	defer p.mu.Unlock()
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		return p.acked, fmt.Errorf("crash: the program ended by itself: %w\n%s", errors.Join(killErr, p.exit), p.stderr.String())
	}
	return p.acked, nil
}

// KillAfter waits for count acknowledgements and then for delay, which makes the
// moment of the kill random inside the work on the next one, and kills.
func (p *Process) KillAfter(ctx context.Context, count int, delay time.Duration) ([]int64, error) {
	waitErr := p.Wait(ctx, count)
	if waitErr == nil {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-p.done:
		case <-ctx.Done():
		}
	}
	acked, err := p.Kill()
	return acked, errors.Join(waitErr, err)
}
