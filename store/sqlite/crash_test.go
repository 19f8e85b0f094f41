package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/internal/crash"
	"github.com/openstanding/standing/internal/syscalltrace"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/store/storetest"
)

func TestMain(m *testing.M) {
	crash.Main(map[string]crash.Program{"commit": commitTo, "follow": follow, "break": untilBroken})
	os.Exit(m.Run())
}

// commitTo commits args[1] batches to the register at args[0].
func commitTo(args []string, ack func(int64)) error {
	s, err := sqlite.Open(args[0])
	if err != nil {
		return err
	}
	enough, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	if err := storetest.Victim(context.Background(), s, enough, ack); err != nil {
		return err
	}
	return s.Close()
}

// follow reads the register at args[0], opened for reading, and acknowledges
// how many acts it sees, again and again.
func follow(args []string, ack func(int64)) error {
	s, err := sqlite.OpenReadOnly(args[0])
	if err != nil {
		return err
	}
	for {
		n := int64(0)
		err := s.Leaves(context.Background(), 0, 1<<62, func(uint64, []byte) error {
			n++
			return nil
		})
		if err != nil {
			return err
		}
		ack(n)
	}
}

func TestKill(t *testing.T) {
	s, path := create(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	total := 0
	rounds := crash.Rounds{Program: "commit", Args: []string{path, "1000000"}, N: 12, Seed: 41, MaxAcks: 12}
	err := rounds.Run(t.Context(), func(_ int, acked []int64) error {
		total += len(acked)
		s, err := sqlite.Open(path)
		if err != nil {
			return err
		}
		defer s.Close()
		return storetest.Survived(t.Context(), s, acked)
	})
	if err != nil {
		t.Error(err)
	}
	if total == 0 {
		t.Error("not one acknowledgement in all rounds: the test proves nothing")
	}
}

// TestSyncedBeforeAcknowledged proves from system calls that no commit returns
// before the log file is synced.
func TestSyncedBeforeAcknowledged(t *testing.T) {
	if err := syscalltrace.Available(t.Context()); err != nil {
		t.Skipf("system calls cannot be traced: %v", err)
	}
	s, path := create(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cmd, err := crash.Command(t.Context(), "commit", path, "30")
	if err != nil {
		t.Fatal(err)
	}
	trace, err := syscalltrace.Run(cmd)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscalltrace.AckAfterSync(trace, filepath.Base(path)+"-wal", crash.AckMarker); err != nil {
		t.Error(err)
	}
}

// untilBroken commits until a sync fails, and then finds that nothing can be
// written any more, whatever the disk says next.
func untilBroken(args []string, ack func(int64)) error {
	ctx := context.Background()
	s, err := sqlite.Open(args[0])
	if err != nil {
		return err
	}
	err = storetest.Victim(ctx, s, 1000, ack)
	if standing.KindOf(err) != standing.Unavailable {
		return fmt.Errorf("a commit whose sync fails = %w, want Unavailable", err)
	}
	err = s.AppendLooks(ctx, nil)
	if standing.KindOf(err) != standing.Unavailable || !strings.Contains(err.Error(), "failed to sync") {
		return fmt.Errorf("a write after a failed sync = %w, want Unavailable for good", err)
	}
	_, err = s.Size(ctx)
	return err
}

func TestFailedSync(t *testing.T) {
	if err := syscalltrace.Available(t.Context()); err != nil {
		t.Skipf("system calls cannot be made to fail: %v", err)
	}
	s, path := create(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cmd, err := crash.Command(t.Context(), "break", path)
	if err != nil {
		t.Fatal(err)
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Args = append([]string{"strace", "-f", "-qq", "-o", os.DevNull, "-e", "inject=fsync,fdatasync:error=EIO:when=12", "--", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = strace
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if out, err := cmd.CombinedOutput(); err != nil || bytes.Count(out, []byte(crash.AckMarker)) < 3 {
		t.Fatalf("%v\n%s", err, out)
	}
	if s, err = sqlite.Open(path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := storetest.Survived(t.Context(), s, nil); err != nil {
		t.Error(err)
	}
}

func TestSecondProcessReads(t *testing.T) {
	ctx := t.Context()
	s, path := create(t)
	reader, err := crash.Start(ctx, "follow", path)
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Wait(ctx, 1); err != nil {
		t.Fatal(err)
	}
	sizes := map[int64]bool{0: true}
	end := int64(0)
	err = storetest.Victim(ctx, s, 40, func(size int64) { sizes[size], end = true, size })
	if err != nil {
		t.Fatal(err)
	}
	seen, err := reader.Kill()
	if err != nil {
		t.Fatal(err)
	}
	last := int64(0)
	for _, n := range seen {
		if !sizes[n] || n < last || n > end {
			t.Errorf("the second process saw %d acts after %d, no end of a batch", n, last)
		}
		last = n
	}
	if last == 0 {
		t.Error("the second process saw nothing but an empty register")
	}
}
