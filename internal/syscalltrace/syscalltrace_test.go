package syscalltrace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openstanding/standing/internal/crash"
	"github.com/openstanding/standing/internal/syscalltrace"
)

func TestMain(m *testing.M) {
	crash.Main(map[string]crash.Program{
		"syncs":  func(args []string, ack func(int64)) error { return appendTo(args[0], ack, true) },
		"trusts": func(args []string, ack func(int64)) error { return appendTo(args[0], ack, false) },
	})
	os.Exit(m.Run())
}

// appendTo writes ten records and acknowledges each.
func appendTo(name string, ack func(int64), sync bool) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for n := range int64(10) {
		if _, err := f.WriteString("record\n"); err != nil {
			return err
		}
		if sync {
			if err := f.Sync(); err != nil {
				return err
			}
		}
		ack(n)
	}
	return f.Close()
}

func TestRealPrograms(t *testing.T) {
	if err := syscalltrace.Available(t.Context()); err != nil {
		t.Skipf("system calls cannot be traced: %v", err)
	}
	for program, want := range map[string]string{"syncs": "", "trusts": "was not synced"} {
		file := filepath.Join(t.TempDir(), "records.log")
		cmd, err := crash.Command(t.Context(), program, file)
		if err != nil {
			t.Fatal(err)
		}
		trace, err := syscalltrace.Run(cmd)
		if err != nil {
			t.Fatal(err)
		}
		err = syscalltrace.AckAfterSync(trace, "records.log", crash.AckMarker)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", program, err, want)
		}
	}
}

func TestRunPassesOnFailure(t *testing.T) {
	if err := syscalltrace.Available(t.Context()); err != nil {
		t.Skipf("system calls cannot be traced: %v", err)
	}
	cmd, err := crash.Command(t.Context(), "syncs", "/no/such/folder/log")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := syscalltrace.Run(cmd); err == nil || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("Run of a program that fails = %v", err)
	}
}
