package cluster_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing/internal/testenv/cluster"
)

// childVariable makes this test binary start a cluster, print its URL and wait
// to be killed.
const childVariable = "STANDING_CLUSTER_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	c, err := cluster.Start(context.Background())
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	os.Stdout.WriteString(c.URL() + "\n")
	select {}
}

func TestStartQueryStop(t *testing.T) {
	c, err := cluster.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var fsync, dir string
	conn := connect(t, c.URL())
	if err := conn.QueryRow(t.Context(), "select current_setting('fsync'), current_setting('data_directory')").Scan(&fsync, &dir); err != nil {
		t.Error(err)
	}
	conn.Close(t.Context())
	if fsync != "on" {
		t.Errorf("fsync = %q: durability tests would prove nothing", fsync)
	}
	if err := c.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !os.IsNotExist(err) {
		t.Errorf("the server's folder is still there: %v", err)
	}
	if conn, err := pgx.Connect(t.Context(), c.URL()); err == nil {
		conn.Close(t.Context())
		t.Error("the server still answers after Stop")
	}
}

func TestPasswordIsNeeded(t *testing.T) {
	c, err := cluster.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Stop()
	user, _, _ := strings.Cut(strings.TrimPrefix(c.URL(), "postgres://"), ":")
	_, host, _ := strings.Cut(c.URL(), "@")
	if conn, err := pgx.Connect(t.Context(), "postgres://"+user+"@"+host); err == nil {
		conn.Close(t.Context())
		t.Error("the server let in a stranger from this machine")
	}
}

func TestServerEndsWithItsKilledOwner(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 256)
	n, err := out.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, strings.TrimSpace(string(buf[:n])))
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := conn.WaitForNotification(ctx); ctx.Err() != nil {
		t.Errorf("20 s after its owner was killed the server still runs: %v", err)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}
