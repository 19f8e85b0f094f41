package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
)

// TestDocs runs the documents. In every ```console block a line that begins with
// "$ " is a command for bash, and what follows is what it prints, where "..."
// stands for anything, on a line of its own for any lines; nothing said means that it only has to succeed. A block with a file's name behind its language, ```yaml
// port.yaml, is that file. A page is one shell in a folder of its own; other
// blocks (```sh) are not run.
func TestDocs(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal(err) // every Debian has it
	}
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	program := build(t)
	for _, page := range append(pages, "../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		blocks := fenced(string(text))
		if !hasConsole(blocks) {
			continue
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			runPage(t, bash, program, blocks)
		})
	}
}

// block is a fenced block of a document.
type block struct {
	line           int
	language, file string
	text           string
}

func fenced(text string) []block {
	var out []block
	var open *block
	for i, line := range strings.Split(text, "\n") {
		switch {
		case open == nil && strings.HasPrefix(line, "```"):
			language, file, _ := strings.Cut(strings.TrimPrefix(line, "```"), " ")
			open = &block{line: i + 1, language: language, file: file}
		case open != nil && strings.HasPrefix(line, "```"):
			out, open = append(out, *open), nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	return out
}

func hasConsole(blocks []block) bool {
	for _, b := range blocks {
		if b.language == "console" {
			return true
		}
	}
	return false
}

// pageLimit bounds one document.
const pageLimit = 5 * time.Minute

func runPage(t *testing.T, bash, program string, blocks []block) {
	dir := t.TempDir()
	address := freeAddress(t)
	ctx, cancel := context.WithTimeout(context.Background(), pageLimit)
	defer cancel()
	var script strings.Builder
	// A page that serves waits for the address before it goes on.
	script.WriteString("wait_for() { for i in $(seq 1 600); do grep -q 'listening on' \"$1\" 2>/dev/null && return; sleep 0.1; done; echo 'it never listened'; }\n")
	type step struct {
		at         int
		cmd, wants string
	}
	var steps []step
	for _, b := range blocks {
		body := strings.ReplaceAll(b.text, "127.0.0.1:8080", address)
		if b.file != "" {
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(b.file)), []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if b.language != "console" {
			continue
		}
		for i, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
			if cmd, ok := strings.CutPrefix(line, "$ "); ok {
				steps = append(steps, step{at: b.line + i + 1, cmd: cmd})
			} else if len(steps) > 0 {
				steps[len(steps)-1].wants += line + "\n"
			}
		}
	}
	for i, s := range steps {
		if cmd, background := strings.CutSuffix(s.cmd, "&"); background {
			fmt.Fprintf(&script, "%s > background.%d 2>&1 &\nwait_for background.%d\ncat background.%d\n", cmd, i, i, i)
		} else {
			fmt.Fprintf(&script, "{ %s\n} 2>&1\n", s.cmd)
		}
		fmt.Fprintf(&script, "printf '\\n\\036%d %%d\\036\\n' $?\n", i)
	}
	script.WriteString("kill $(jobs -p) 2>/dev/null; wait\n")
	cmd := procgroup.Command(ctx, bash, "-c", script.String())
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+program+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+dir, "LC_ALL=C")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatalf("%v\n%s", err, out.String())
	}
	rest := out.String()
	for i, s := range steps {
		printed, after, ok := strings.Cut(rest, fmt.Sprintf("\n\x1e%d ", i))
		if !ok {
			t.Fatalf("line %d: the page ended before its end\n%s", s.at, rest)
		}
		status, after, _ := strings.Cut(after, "\x1e\n")
		rest = after
		if status != "0" {
			t.Errorf("line %d: $ %s\nends with %s:\n%s", s.at, s.cmd, status, printed)
		}
		if strings.TrimSpace(s.wants) != "" && !printsAs(printed, s.wants) {
			t.Errorf("line %d: $ %s\nprints\n%s\nthe page says\n%s", s.at, s.cmd, printed, s.wants)
		}
	}
}

// printsAs compares what a command printed with what a page says of it.
func printsAs(printed, says string) bool {
	var pattern strings.Builder
	pattern.WriteString("^")
	for line := range strings.Lines(strings.TrimSpace(says) + "\n") {
		line = strings.TrimSpace(line)
		if line == "..." {
			pattern.WriteString(`(?:[^\n]*\n)*`)
			continue
		}
		pattern.WriteString(`[ \t]*` + strings.ReplaceAll(regexp.QuoteMeta(line), `\.\.\.`, `[^\n]*`) + `\n`)
	}
	pattern.WriteString("$")
	return regexp.MustCompile(pattern.String()).MatchString(strings.TrimSpace(printed) + "\n")
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
