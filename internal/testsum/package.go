package testsum

import (
	"slices"
	"strings"
)

// pkg is one package while its tests run.
type pkg struct {
	name   string
	tests  map[string]*test
	order  []*test
	output strings.Builder // what no test claims: panics, TestMain
	done   bool
}

// test is one test, subtest, example or fuzz target.
type test struct {
	name   string
	action string // pass, fail, skip; "" while it runs
	output strings.Builder
	parent bool
}

func (p *pkg) event(e event) {
	t := p.tests[e.Test]
	if t == nil {
		t = &test{name: e.Test}
		p.tests[e.Test] = t
		p.order = append(p.order, t)
		for name := e.Test; ; {
			cut := strings.LastIndexByte(name, '/')
			if cut < 0 {
				break
			}
			name = name[:cut]
			if up := p.tests[name]; up != nil {
				up.parent = true
			}
		}
	}
	switch e.Action {
	case "output":
		t.output.WriteString(e.Output)
	case "pass", "fail", "skip":
		t.action = e.Action
		if e.Action == "pass" {
			t.output.Reset()
		}
	}
}

type result struct {
	passed int
	skips  []string // "package test: reason"
	failed []*test
}

// result counts the leaves, and those parents that failed by themselves.
func (p *pkg) result() result {
	var r result
	blamed := map[string]bool{} // parents of a failure
	for _, t := range slices.Backward(p.order) {
		switch {
		case t.action == "fail" || t.action == "":
			if !blamed[t.name] {
				r.failed = append(r.failed, t)
			}
			for name := t.name; strings.Contains(name, "/"); {
				name = name[:strings.LastIndexByte(name, '/')]
				blamed[name] = true
			}
		case t.action == "skip":
			r.skips = append(r.skips, p.name+" "+t.name+": "+t.reason())
		case !t.parent:
			r.passed++
		}
	}
	slices.Reverse(r.failed)
	return r
}

// crashed reports whether some test never ended; the cause is then in the output
// of the package.
func (p *pkg) crashed() bool {
	return slices.ContainsFunc(p.order, func(t *test) bool { return t.action == "" })
}

func (t *test) state() string {
	if t.action == "" {
		return " (never ended)"
	}
	return ""
}

func (t *test) text() string { return readable(t.output.String()) }

// reason is what the test logged before it was skipped, in one line.
func (t *test) reason() string {
	var reasons []string
	for line := range strings.Lines(t.text()) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "--- SKIP") {
			reasons = append(reasons, line)
		}
	}
	if len(reasons) == 0 {
		return "NO REASON GIVEN"
	}
	return strings.Join(reasons, "; ")
}

// readable drops the lines that only say that a test began, paused or went on.
func readable(output string) string {
	var b strings.Builder
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "=== ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("    " + line)
	}
	if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		b.WriteByte('\n')
	}
	return b.String()
}
