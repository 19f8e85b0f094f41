package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestHarness runs scripts about the fake program, which must pass.
func TestHarness(t *testing.T) {
	scripts, err := filepath.Glob("testdata/good/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, flavour := range flavours {
		t.Run(flavour.name, func(t *testing.T) {
			testscript.Run(t, flavour.params(t, scripts, fakeProgram, ""))
		})
	}
}

// TestHarnessFails runs scripts that must fail with what their first line says:
// a harness that lets everything pass proves nothing.
func TestHarnessFails(t *testing.T) {
	scripts, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(text), "\n")
			want, ok := strings.CutPrefix(first, "# fails: ")
			if !ok {
				t.Fatalf("the first line is %q, and should say how it fails", first)
			}
			r := &recorder{}
			params := flavours[0].params(t, []string{script}, fakeProgram, "")
			r.Run("", func(r testscript.T) { testscript.RunT(r, params) })
			if log := r.log.String(); !r.failed || !strings.Contains(log, want) {
				t.Errorf("failed: %t, want %q in\n%s", r.failed, want, log)
			}
		})
	}
}

func TestOnlyFor(t *testing.T) {
	for text, want := range map[string]string{
		"# only: postgres\nhttp GET /\n": "postgres",
		"# A party is listed.\n":         "",
		"":                               "",
		"# only: oracle\n":               "error",
	} {
		script := filepath.Join(t.TempDir(), "script.txtar")
		if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := onlyFor(script)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("onlyFor(%q) = %q, want %q", text, got, want)
		}
	}
}

// recorder is a testscript.T that remembers instead of failing this test.
type recorder struct {
	mu     sync.Mutex
	failed bool
	log    strings.Builder
}

// Run runs f to its end, or to its FailNow.
func (r *recorder) Run(_ string, f func(testscript.T)) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
}

func (r *recorder) Log(args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintln(&r.log, args...)
}

func (r *recorder) FailNow() {
	r.mu.Lock()
	r.failed = true
	r.mu.Unlock()
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) { r.Log(args...); r.FailNow() }
func (r *recorder) Skip(args ...any)  { r.Log(args...); runtime.Goexit() }
func (r *recorder) Parallel()         {}
func (r *recorder) Verbose() bool     { return true }
