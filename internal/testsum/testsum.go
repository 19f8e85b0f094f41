// Package testsum turns the event stream of `go test -json` into what a person
// wants to read: the output of what failed, when it fails; at the end the slow
// packages, every skip with its reason, and the names of what failed.
//
//	s := testsum.New(os.Stdout)
//	err := s.Read(stdout of go test -json)
//	s.Close()                // the lists
//	fmt.Println(s.Totals())  // "12 passed, 0 failed, 1 skipped"
//
// It counts leaves: a test with subtests counts only if it failed by itself. A
// package that failed without a failing test (it does not build, or exited)
// counts as one failure, and so does a test that never ended.
package testsum

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Slow is the time from which a package is listed as slow.
const Slow = 5 * time.Second

// Totals counts tests by outcome.
type Totals struct{ Passed, Failed, Skipped int }

// String returns the one line that closes every run of the tests.
func (t Totals) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.Passed, t.Failed, t.Skipped)
}

// event is one line of `go test -json`; see `go doc test2json` and, for builds,
// `go help buildjson`.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string
}

// Summary collects the events of a run. It is not for concurrent use.
type Summary struct {
	out      io.Writer
	packages map[string]*pkg
	builds   map[string]*strings.Builder // build output by import path
	skips    []string
	failures []string
	slow     []slowPackage
	untested []string
	totals   Totals
}

type slowPackage struct {
	name    string
	elapsed time.Duration
}

// New returns an empty summary that writes to out.
func New(out io.Writer) *Summary {
	return &Summary{out: out, packages: map[string]*pkg{}, builds: map[string]*strings.Builder{}}
}

// Read consumes a stream to its end, writing a line for every package and the
// output of every failure as they come. Lines that are no events are passed on.
// The error is that of the reader.
func (s *Summary) Read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			s.line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("testsum: read the events of go test: %w", err)
		}
	}
}

func (s *Summary) line(line []byte) {
	var e event
	if line[0] != '{' || json.Unmarshal(line, &e) != nil || e.Action == "" {
		fmt.Fprintf(s.out, "%s\n", bytes.TrimRight(line, "\n"))
		return
	}
	if e.Action == "build-output" {
		if s.builds[e.ImportPath] == nil {
			s.builds[e.ImportPath] = new(strings.Builder)
		}
		s.builds[e.ImportPath].WriteString(e.Output)
		return
	}
	if e.Package == "" {
		return
	}
	p := s.packages[e.Package]
	if p == nil {
		p = &pkg{name: e.Package, tests: map[string]*test{}}
		s.packages[e.Package] = p
	}
	if e.Test != "" {
		p.event(e)
		return
	}
	switch e.Action {
	case "output":
		p.output.WriteString(e.Output)
	case "pass", "fail", "skip":
		s.finish(p, e)
	}
}

// finish reports a package that has ended.
func (s *Summary) finish(p *pkg, e event) {
	p.done = true
	elapsed := time.Duration(e.Elapsed * float64(time.Second))
	if elapsed >= Slow {
		s.slow = append(s.slow, slowPackage{p.name, elapsed})
	}
	if e.Action == "skip" && len(p.tests) == 0 {
		s.untested = append(s.untested, p.name)
		return
	}
	r := p.result()
	s.totals.Passed += r.passed
	s.totals.Skipped += len(r.skips)
	s.skips = append(s.skips, r.skips...)
	if e.Action != "fail" && len(r.failed) == 0 {
		fmt.Fprintf(s.out, "ok    %s  %.1fs\n", p.name, elapsed.Seconds())
		return
	}
	fmt.Fprintf(s.out, "FAIL  %s  %.1fs\n", p.name, elapsed.Seconds())
	for _, t := range r.failed {
		s.fail(p.name+" "+t.name+t.state(), t.text())
	}
	if len(r.failed) == 0 {
		s.fail(p.name, s.build(e.FailedBuild)+readable(p.output.String()))
	} else if p.crashed() {
		fmt.Fprint(s.out, indent(readable(p.output.String())))
	}
}

func (s *Summary) build(importPath string) string {
	if b := s.builds[importPath]; b != nil {
		return b.String()
	}
	return ""
}

func (s *Summary) fail(name, output string) {
	s.totals.Failed++
	s.failures = append(s.failures, name)
	fmt.Fprintf(s.out, "--- FAIL: %s\n%s", name, indent(output))
}

// Check adds the outcome of something that is not a Go test, such as go vet, to
// the totals: nil is a pass.
func (s *Summary) Check(name string, err error) {
	if err == nil {
		s.totals.Passed++
		fmt.Fprintf(s.out, "ok    %s\n", name)
		return
	}
	s.fail(name, err.Error()+"\n")
}

// Close ends the run: packages that began and never ended count as failed, and
// the lists are written.
func (s *Summary) Close() {
	var open []string
	for name, p := range s.packages {
		if !p.done {
			open = append(open, name)
		}
	}
	slices.Sort(open)
	for _, name := range open {
		s.finish(s.packages[name], event{Action: "fail"})
	}
	slices.SortFunc(s.slow, func(a, b slowPackage) int { return int(b.elapsed - a.elapsed) })
	slow := make([]string, len(s.slow))
	for i, p := range s.slow {
		slow[i] = fmt.Sprintf("%6.1fs  %s", p.elapsed.Seconds(), p.name)
	}
	slices.Sort(s.untested)
	slices.Sort(s.skips)
	s.list("packages without tests", s.untested)
	s.list(fmt.Sprintf("packages of %s and more", Slow), slow)
	s.list("skipped", s.skips)
	s.list("failed", s.failures)
}

func (s *Summary) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(s.out, "\n%s (%d):\n", title, len(lines))
	for _, line := range lines {
		fmt.Fprintf(s.out, "  %s\n", line)
	}
}

// Totals returns the counts; they are final after Close.
func (s *Summary) Totals() Totals { return s.totals }
