package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/internal/testsum"
)

func TestPostgresVariableIsTheOneOfTestenv(t *testing.T) {
	if postgresVariable != testenv.PostgresVariable {
		t.Errorf("%s here, %s there", postgresVariable, testenv.PostgresVariable)
	}
}

// inModule makes a module from a txtar file the working directory.
func inModule(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := txtar.Write(archive, dir); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	t.Setenv("GOWORK", "off")
	t.Setenv("GOFLAGS", "")
	// These modules need no database; the value only keeps a server from starting.
	t.Setenv(postgresVariable, "postgres://unused@127.0.0.1:1/unused")
}

func TestTestRunsVetFormatAndTests(t *testing.T) {
	inModule(t, "testdata/module.txtar")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	var out strings.Builder
	s := testsum.New(&out)
	test(ctx, s, options{packages: []string{"./good", "./vet"}})
	s.Close()
	// passed: good/TestGood, vet/TestVet; failed: go vet, gofmt; skipped: good/TestSkip
	if got, want := s.Totals().String(), "2 passed, 2 failed, 1 skipped"; got != want {
		t.Errorf("totals %q, want %q", got, want)
	}
	for _, want := range []string{"format %d has arg", "gofmt -w good/ugly.go", "TestSkip: good_test.go:8: because"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(out.String())
	}
}

func TestTestEndsAtItsDeadline(t *testing.T) {
	inModule(t, "testdata/module.txtar")
	const limit = 6 * time.Second
	begin := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	s := testsum.New(t.Output())
	test(ctx, s, options{packages: []string{"./hangs"}})
	if took := time.Since(begin); took > limit+20*time.Second {
		t.Errorf("a run with a limit of %s took %s", limit, took)
	}
	if ctx.Err() == nil {
		t.Error("the hanging test ended by itself: the sample is wrong")
	}
}

func TestFuzzRunsEveryTarget(t *testing.T) {
	inModule(t, "testdata/module.txtar")
	var out strings.Builder
	s := testsum.New(&out)
	fuzz(t.Context(), s, options{packages: []string{"./fuzzed"}, fuzz: time.Second})
	s.Close()
	if got, want := s.Totals().String(), "1 passed, 1 failed, 0 skipped"; got != want {
		t.Errorf("totals %q, want %q", got, want)
	}
	if !strings.Contains(out.String(), "ok    sample/fuzzed FuzzGood (") || !strings.Contains(out.String(), "the bad input") {
		t.Errorf("the report lacks a target:\n%s", out.String())
	}
	s = testsum.New(t.Output())
	fuzz(t.Context(), s, options{packages: []string{"./hangs"}, fuzz: time.Second})
	if got, want := s.Totals().String(), "0 passed, 1 failed, 0 skipped"; got != want {
		t.Errorf("without targets: %q, want %q", got, want)
	}
}

func TestExecutions(t *testing.T) {
	for output, want := range map[string]int{
		"fuzz: elapsed: 0s, gathering baseline coverage: 0/1 completed\n" +
			"fuzz: elapsed: 3s, execs: 4811 (1603/sec), new interesting: 2 (total: 9)\n" +
			"fuzz: elapsed: 4s, execs: 5000 (1000/sec), new interesting: 2 (total: 9)\nPASS\n": 5000,
		"testing: warning: no fuzz tests to fuzz\nPASS\n": 0,
		"": 0,
	} {
		if got := executions(output); got != want {
			t.Errorf("executions(%q) = %d, want %d", output, got, want)
		}
	}
}

func TestNeedsOfThisMachine(t *testing.T) {
	absent := func(context.Context) error { return errors.New("absent") }
	present := func(context.Context) error { return nil }
	missing := unmet(t.Context(), []need{{"a", "pkg-a", absent}, {"b", "pkg-b", present}, {"c", "pkg-c1 pkg-c2", absent}})
	if got, want := packagesOf(missing), "pkg-a pkg-c1 pkg-c2"; got != want {
		t.Errorf("packages %q, want %q", got, want)
	}
	if got, want := describe(missing), "  a (Debian and Ubuntu: pkg-a)\n  c (Debian and Ubuntu: pkg-c1 pkg-c2)\n"; got != want {
		t.Errorf("describe = %q, want %q", got, want)
	}
}

func TestInstall(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	script := "#!/bin/sh\necho \"$DEBIAN_FRONTEND $*\" >>" + log + "\n"
	apt := filepath.Join(dir, "apt-get")
	if err := os.WriteFile(apt, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := install(t.Context(), []string{apt}, []string{"one", "two"}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	want := "noninteractive -o DPkg::Lock::Timeout=120 -q update\n" +
		"noninteractive -o DPkg::Lock::Timeout=120 -q install -y --no-install-recommends one two\n"
	if string(got) != want {
		t.Errorf("apt-get was called with\n%swant\n%s", got, want)
	}
	if err := os.WriteFile(apt, []byte("#!/bin/sh\nexit 100\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := install(t.Context(), []string{apt}, []string{"one"}); err == nil || !strings.Contains(err.Error(), "apt-get update: exit status 100") {
		t.Errorf("a failing apt-get gives %v", err)
	}
}

func TestInstallerWithoutApt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := installer(t.Context()); err == nil || !strings.Contains(err.Error(), "no apt-get") {
		t.Errorf("installer = %v, want that there is no apt-get", err)
	}
}
