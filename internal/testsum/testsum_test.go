package testsum_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/openstanding/standing/internal/testsum"
)

// TestRealRun runs the real go command on a module with every way to fail.
func TestRealRun(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/module.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := txtar.Write(archive, dir); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-json", "-vet=off", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	events, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	out, totals := summarise(t, string(events))
	// passed: all/TestGood, all/TestParent/good, all/ExampleGood
	// failed: all/TestParent/bad, all/TestLone, build, exits/TestExits, panics/TestPanics
	// skipped: all/TestSkipped, all/TestLone/fine
	if want := (testsum.Totals{Passed: 3, Failed: 5, Skipped: 2}); totals != want {
		t.Errorf("totals %v, want %v", totals, want)
	}
	for _, want := range []string{
		"the bad subtest says why",
		"the parent fails by itself",
		"undefined: absent",
		"last words before the exit",
		"panic: the reason of the panic",
		"skipped (2):",
		"sample/all TestSkipped: all_test.go:21: for a good reason",
		"sample/all TestLone/fine: NO REASON GIVEN",
		"packages without tests (1):\n  sample/none\n",
		"FAIL: sample/exits TestExits (never ended)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary lacks %q", want)
		}
	}
	if strings.Contains(out, "chatter of a test that passed") {
		t.Error("the summary repeats what a passing test said")
	}
	if t.Failed() {
		t.Logf("the summary:\n%s", out)
	}
}

func TestInterruptedRun(t *testing.T) {
	out, totals := summarise(t, `{"Action":"start","Package":"a"}
{"Action":"run","Package":"a","Test":"TestDone"}
{"Action":"pass","Package":"a","Test":"TestDone"}
{"Action":"run","Package":"a","Test":"TestHangs"}
{"Action":"output","Package":"a","Test":"TestHangs","Output":"waiting for ever\n"}
{"Action":"start","Package":"b"}
{"Action":"pass","Package":"c","Elapsed":7.25}
not an event
{"Action":"start","Pack`)
	if want := (testsum.Totals{Passed: 1, Failed: 2}); totals != want {
		t.Errorf("totals %v, want %v", totals, want)
	}
	for _, want := range []string{
		"a TestHangs (never ended)", "waiting for ever", "--- FAIL: b",
		"packages of 5s and more (1):\n     7.2s  c\n",
		"not an event\n", `{"Action":"start","Pack`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary lacks %q:\n%s", want, out)
		}
	}
}

func TestCheck(t *testing.T) {
	var b strings.Builder
	s := testsum.New(&b)
	s.Check("go vet", nil)
	s.Check("gofmt", errors.New("a.go is not formatted"))
	s.Close()
	if got, want := s.Totals().String(), "1 passed, 1 failed, 0 skipped"; got != want {
		t.Errorf("totals %q, want %q", got, want)
	}
	if !strings.Contains(b.String(), "a.go is not formatted") {
		t.Errorf("the reason is not shown:\n%s", b.String())
	}
}

func summarise(t *testing.T, events string) (string, testsum.Totals) {
	t.Helper()
	var b strings.Builder
	s := testsum.New(&b)
	if err := s.Read(strings.NewReader(events)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	return filepath.ToSlash(b.String()), s.Totals()
}

// FuzzRead holds that no stream loses a failure: what was announced as failed is
// counted, and a closed summary counts nothing below zero.
func FuzzRead(f *testing.F) {
	f.Add("p", "TestA", "output\n", "fail")
	f.Add("p", "TestA/b", "", "skip")
	f.Fuzz(func(t *testing.T, pkg, test, output, action string) {
		var stream strings.Builder
		for _, e := range []map[string]any{
			{"Action": "run", "Package": pkg, "Test": test},
			{"Action": "output", "Package": pkg, "Test": test, "Output": output},
			{"Action": action, "Package": pkg, "Test": test},
			{"Action": action, "Package": pkg},
		} {
			line, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			stream.Write(append(line, '\n'))
		}
		_, totals := summarise(t, stream.String())
		if action == "fail" && pkg != "" && totals.Failed == 0 {
			t.Errorf("a failure is lost: %v of\n%s", totals, &stream)
		}
		if totals.Passed < 0 || totals.Skipped < 0 || totals.Passed+totals.Failed+totals.Skipped > 2 {
			t.Errorf("%v of\n%s", totals, &stream)
		}
	})
}
