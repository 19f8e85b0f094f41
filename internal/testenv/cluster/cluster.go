// Package cluster runs a throw-away PostgreSQL server for tests, with durability
// left on, because that is what the tests are about.
//
//	c, err := cluster.Start(ctx) // initdb in a temporary folder, loopback, random port
//	defer c.Stop()
//	use(c.URL())
//
// The server ends with the process that started it, however that ends: a small
// shell stands between the two and stops the server when its standard input,
// a pipe from this process, is closed.
package cluster

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
)

const (
	startLimit = time.Minute      // initdb and first start, together
	stopLimit  = 20 * time.Second // an immediate shutdown takes 5 s at worst
	portTries  = 5                // another process may take the port between choice and use
	superuser  = "standing"
)

// supervisor runs the server given as "$@" and its folder $0. The server is
// stopped at once (SIGQUIT) and its folder removed when standard input ends.
const supervisor = `
trap '' PIPE
exec 3<&0
"$@" >"$0/log" 2>&1 </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -QUIT $server 2>/dev/null; } &
wait $server
echo stopped
wait
rm -rf "$0"
`

// Cluster is one running server. Its methods may be called from any goroutine,
// Stop only once.
type Cluster struct {
	dir      string
	url      string
	lifeline io.Closer     // closing it stops the server
	stopped  chan struct{} // closed when the server has ended
	done     chan error    // receives the end of the supervisor
	cmd      *exec.Cmd
}

// URL returns the address of the server's database "postgres", with user and
// password.
func (c *Cluster) URL() string { return c.url }

// Start makes and starts a server and waits until it accepts connections, a
// minute at most. ctx bounds the start only; the server runs until Stop or the
// end of this process. As root the server runs as the user postgres or, where
// there is none, nobody: PostgreSQL refuses to run as root.
func Start(ctx context.Context) (*Cluster, error) {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	bin, err := Find(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := folder(owner)
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	if err := initialise(ctx, bin, dir, password, owner); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	for range portTries {
		var c *Cluster
		if c, err = launch(ctx, bin, dir, password, owner); err == nil {
			return c, nil
		}
		if !strings.Contains(err.Error(), "Address already in use") {
			break
		}
	}
	os.RemoveAll(dir)
	return nil, err
}

func initialise(ctx context.Context, bin, dir, password string, owner *syscall.Credential) error {
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	if err := give(secret, owner); err != nil {
		return err
	}
	cmd := procgroup.Command(ctx, filepath.Join(bin, "initdb"),
		"--pgdata="+filepath.Join(dir, "data"), "--username="+superuser, "--pwfile="+secret,
		"--auth-local=scram-sha-256", "--auth-host=scram-sha-256",
		"--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.Dir = dir
	cmd.SysProcAttr.Credential = owner
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("cluster: initdb in %s: %w\n%s", dir, err, out)
	}
	return nil
}

func launch(ctx context.Context, bin, dir, password string, owner *syscall.Credential) (*Cluster, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	// The supervisor must outlive ctx, and must not die with the thread that
	// started it, hence no procgroup here: it ends when its lifeline does.
	cmd := exec.Command("/bin/sh", "-c", supervisor, dir,
		filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"), "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+dir,
		"-c", "max_connections=200", "-c", "fsync=on", "-c", "synchronous_commit=on")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: owner}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	c := &Cluster{
		dir: dir, cmd: cmd, lifeline: stdin, stopped: make(chan struct{}), done: make(chan error, 1),
		url: (&url.URL{
			Scheme: "postgres", User: url.UserPassword(superuser, password),
			Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/postgres",
			RawQuery: "sslmode=disable",
		}).String(),
	}
	go func() {
		bufio.NewReader(stdout).ReadString('\n')
		close(c.stopped)
		c.done <- cmd.Wait()
	}()
	if err := c.ready(ctx); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		c.Stop()
		return nil, fmt.Errorf("cluster: start PostgreSQL on port %d: %w\n%s", port, err, log)
	}
	return c, nil
}

// ready waits until the server has written "ready" into the eighth line of its
// pid file, which is what pg_ctl looks at.
func (c *Cluster) ready(ctx context.Context) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		pidFile, _ := os.ReadFile(filepath.Join(c.dir, "data", "postmaster.pid"))
		lines := strings.Split(string(pidFile), "\n")
		if len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready" {
			return nil
		}
		select {
		case <-c.stopped:
			return fmt.Errorf("the server ended at once")
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// Stop ends the server at once, without saving anything, and removes its folder.
// It returns within 20 s.
func (c *Cluster) Stop() error {
	c.lifeline.Close()
	defer os.RemoveAll(c.dir)
	select {
	case err := <-c.done:
		return err
	case <-time.After(stopLimit):
		procgroup.Kill(c.cmd, syscall.SIGKILL)
		return fmt.Errorf("cluster: PostgreSQL in %s did not stop within %s and was killed", c.dir, stopLimit)
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("cluster: choose a port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
