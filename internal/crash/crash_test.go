package crash_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/internal/crash"
)

func TestMain(m *testing.M) {
	crash.Main(map[string]crash.Program{
		"append": appendForEver,
		"liar":   acknowledgeFirst,
		"fails":  func([]string, func(int64)) error { return errors.New("no disk today") },
		"ends":   func(_ []string, ack func(int64)) error { ack(1); return nil },
	})
	os.Exit(m.Run())
}

const recordSize = 8

// appendForEver goes on with the numbers in the file args[0], each synced before
// it is acknowledged.
func appendForEver(args []string, ack func(int64)) error {
	f, next, err := open(args[0])
	if err != nil {
		return err
	}
	for ; ; next++ {
		if err := write(f, next); err != nil {
			return err
		}
		ack(next)
	}
}

// acknowledgeFirst is wrong: it promises ten records ahead of what it writes, so
// that almost every moment is a bad one.
func acknowledgeFirst(args []string, ack func(int64)) error {
	f, next, err := open(args[0])
	if err != nil {
		return err
	}
	for ; ; next++ {
		ack(next + 10)
		if err := write(f, next); err != nil {
			return err
		}
	}
}

// open drops a torn record at the end of the file.
func open(name string) (*os.File, int64, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, 0, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, 0, err
	}
	whole := size / recordSize * recordSize
	if err := f.Truncate(whole); err != nil {
		return nil, 0, err
	}
	_, err = f.Seek(whole, io.SeekStart)
	return f, whole / recordSize, err
}

func write(f *os.File, n int64) error {
	if err := binary.Write(f, binary.BigEndian, n); err != nil {
		return err
	}
	return f.Sync()
}

// holds checks that the file has the numbers from 0 without a gap and everything
// that was acknowledged.
func holds(name string, acked []int64) error {
	data, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	numbers := make([]int64, len(data)/recordSize)
	if err := binary.Read(bytes.NewReader(data), binary.BigEndian, numbers); err != nil {
		return err
	}
	for i, n := range numbers {
		if n != int64(i) {
			return fmt.Errorf("record %d is %d", i, n)
		}
	}
	for _, n := range acked {
		if n >= int64(len(numbers)) {
			return fmt.Errorf("%d was acknowledged and is lost; the file ends at %d", n, len(numbers))
		}
	}
	return nil
}

func TestRoundsHold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	total := 0
	rounds := crash.Rounds{Program: "append", Args: []string{file}, N: 8, Seed: 1}
	err := rounds.Run(t.Context(), func(_ int, acked []int64) error {
		total += len(acked)
		return holds(file, acked)
	})
	if err != nil {
		t.Error(err)
	}
	if total == 0 {
		t.Error("not one acknowledgement in all rounds: the test proves nothing")
	}
}

func TestRoundsCatchALiar(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	rounds := crash.Rounds{Program: "liar", Args: []string{file}, N: 20, Seed: 2}
	err := rounds.Run(t.Context(), func(_ int, acked []int64) error { return holds(file, acked) })
	if err == nil || !strings.Contains(err.Error(), "is lost") || !strings.Contains(err.Error(), "seed 2") {
		t.Errorf("20 kills of a program that promises first: %v", err)
	}
}

func TestProgramThatEnds(t *testing.T) {
	for program, want := range map[string]string{
		"fails":  "no disk today",
		"ends":   "ended after 1 of 2 acknowledgements",
		"absent": `no program "absent"`,
	} {
		p, err := crash.Start(t.Context(), program)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Wait(t.Context(), 2); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Wait of %s = %v, want %q", program, err, want)
		}
		if _, err := p.Kill(); err == nil || !strings.Contains(err.Error(), "ended by itself") {
			t.Errorf("Kill of %s = %v, want that it had ended by itself", program, err)
		}
	}
}

func TestContextKills(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	p, err := crash.Start(ctx, "append", filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(ctx, 1<<30); err == nil {
		t.Error("Wait for a billion acknowledgements returned")
	}
	if _, err := p.Kill(); err != nil {
		t.Errorf("the context did not kill: %v", err)
	}
}
