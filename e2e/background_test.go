package e2e

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/openstanding/standing/internal/procgroup"
)

const (
	listenLimit = time.Minute      // from start to the line with the address
	stopLimit   = 20 * time.Second // from SIGTERM to the end
)

// listening is what a server prints when it accepts connections.
var listening = regexp.MustCompile(`listening on (http://[\w.:\[\]-]+)`)

// serversKey finds the servers of a script among its values.
type serversKey struct{}

// servers are the background processes of one script. Only the script's own
// goroutine uses it.
type servers struct {
	program string
	byName  map[string]*server
}

// server is one background process, running or ended.
type server struct {
	args []string
	cmd  *exec.Cmd
	out  *transcript
	done chan struct{} // closed when the process has ended
	exit error         // set before done is closed
}

// transcript collects what a process prints and reports the first address in it.
type transcript struct {
	address chan string // receives one address

	mu    sync.Mutex
	text  []byte // guarded by mu
	found bool   // guarded by mu
}

// Write is for the goroutine of package exec.
func (o *transcript) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, p...)
	if !o.found {
		// The pattern's end is only known when something follows it.
		if m := listening.FindSubmatchIndex(o.text); m != nil && m[1] < len(o.text) {
			o.found = true
			o.address <- string(o.text[m[2]:m[3]])
		}
	}
	return len(p), nil
}

func (o *transcript) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}

// named splits "-as NAME" from the front of the arguments.
func named(args []string) (name string, rest []string) {
	if len(args) >= 2 && args[0] == "-as" {
		return args[1], args[2:]
	}
	return "", args
}

// variable is where the address of a server is put.
func variable(name string) string {
	if name == "" {
		return "ADDR"
	}
	return "ADDR_" + name
}

// serve is: serve-bg [-as NAME] args...
func serve(ts *testscript.TestScript, args []string) {
	name, args := named(args)
	if len(args) == 0 {
		ts.Fatalf("usage: serve-bg [-as NAME] args...")
	}
	all := ts.Value(serversKey{}).(*servers)
	if old := all.byName[name]; old != nil && old.running() {
		ts.Fatalf("serve-bg: it runs already: kill9 or stop-bg it first, or use -as NAME")
	}
	all.byName[name] = all.start(ts, name, args)
}

// start starts a server and waits until it says where it listens.
func (all *servers) start(ts *testscript.TestScript, name string, args []string) *server {
	environ := environment(ts)
	path := ""
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, "PATH="); ok {
			path = value
		}
	}
	program, err := lookPath(all.program, path)
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{
		args: args,
		cmd:  procgroup.Command(ctx, program, args...),
		out:  &transcript{address: make(chan string, 1)},
		done: make(chan struct{}),
	}
	s.cmd.Dir, s.cmd.Env = ts.MkAbs("."), environ
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		cancel()
		ts.Fatalf("serve-bg: %v", err)
	}
	go func() {
		defer close(s.done)
		s.exit = s.cmd.Wait()
	}()
	ts.Defer(func() {
		cancel()
		<-s.done
		ts.Logf("[output of %s %s]\n%s", all.program, strings.Join(args, " "), s.out)
	})
	select {
	case address := <-s.out.address:
		ts.Setenv(variable(name), address)
	case <-s.done:
		ts.Fatalf("serve-bg: it ended before it listened: %v\n%s", s.exit, s.out)
	case <-time.After(listenLimit):
		ts.Fatalf("serve-bg: no line \"listening on http://...\" within %s\n%s", listenLimit, s.out)
	}
	return s
}

// lookPath finds a program in the folders of a script's PATH, which is not ours.
func lookPath(program, path string) (string, error) {
	for dir := range strings.SplitSeq(path, string(os.PathListSeparator)) {
		if found, err := exec.LookPath(dir + "/" + program); err == nil {
			return found, nil
		}
	}
	return "", errors.New(program + " is not on the PATH of the script")
}

func (s *server) running() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// current returns the running server that a command means.
func current(ts *testscript.TestScript, command string, args []string) *server {
	name, rest := named(args)
	if len(rest) > 0 {
		ts.Fatalf("usage: %s [-as NAME]", command)
	}
	s := ts.Value(serversKey{}).(*servers).byName[name]
	if s == nil {
		ts.Fatalf("%s: there was no serve-bg for it", command)
	}
	if !s.running() {
		ts.Fatalf("%s: it has ended: %v\n%s", command, s.exit, s.out)
	}
	return s
}

// kill9 is: kill9 [-as NAME]
func kill9(ts *testscript.TestScript, args []string) {
	s := current(ts, "kill9", args)
	ts.Check(procgroup.Kill(s.cmd, syscall.SIGKILL))
	<-s.done
}

// stop is: stop-bg [-as NAME]. The process must end by itself, with exit code 0.
// Everything it ever printed goes to stdout.
func stop(ts *testscript.TestScript, args []string) {
	s := current(ts, "stop-bg", args)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-s.done:
	case <-time.After(stopLimit):
		ts.Fatalf("stop-bg: it still runs %s after SIGTERM\n%s", stopLimit, s.out)
	}
	if s.exit != nil {
		ts.Fatalf("stop-bg: %v\n%s", s.exit, s.out)
	}
	write(ts, s)
}

// restart is: restart [-as NAME]. It starts again, with the same arguments, what
// was killed or stopped.
func restart(ts *testscript.TestScript, args []string) {
	name, rest := named(args)
	all := ts.Value(serversKey{}).(*servers)
	old := all.byName[name]
	if len(rest) > 0 || old == nil {
		ts.Fatalf("usage: restart [-as NAME], after serve-bg")
	}
	if old.running() {
		ts.Fatalf("restart: it still runs: kill9 or stop-bg it first")
	}
	all.byName[name] = all.start(ts, name, old.args)
}

// output is: output [-as NAME]. What the running process printed so far goes to
// stdout.
func output(ts *testscript.TestScript, args []string) {
	write(ts, current(ts, "output", args))
}

func write(ts *testscript.TestScript, s *server) {
	_, err := ts.Stdout().Write([]byte(s.out.String()))
	ts.Check(err)
}
