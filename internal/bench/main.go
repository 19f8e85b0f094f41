// Command bench measures the register's figures on the machine it runs on and
// prints them as a table beside their goals: rates of durable acts, a load of a
// generated country, checks beside a Go map and beside a bare HTTP handler in
// the same run, start, memory, verification, statistics, and every kind of page.
//
//	go run ./internal/bench [-only check,acts,postgres,load,pages,bulk] [-parties 1000000] [-postgres URL]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// options are what the command was asked for.
type options struct {
	only     string
	parties  int
	postgres string
	seconds  float64
	dir      string
}

// row is one figure.
type row struct {
	what, measured, goal, note string
	met                        bool
}

// bench is one run.
type bench struct {
	options
	rows []row
}

func (b *bench) wants(name string) bool {
	return b.only == "" || slices.Contains(strings.Split(b.only, ","), name)
}

func (b *bench) add(what string, met bool, measured, goal, note string) {
	b.rows = append(b.rows, row{what, measured, goal, note, met})
	fmt.Fprintf(os.Stderr, "%s: %s (goal %s) %s\n", what, measured, goal, note)
}

func main() {
	var o options
	flag.StringVar(&o.only, "only", "", "parts to measure: check, acts, postgres, load, stats, pages, bulk")
	flag.IntVar(&o.parties, "parties", 1_000_000, "parties of the generated register for load, start and verify")
	flag.StringVar(&o.postgres, "postgres", os.Getenv("STANDING_TEST_POSTGRES"), "PostgreSQL server to measure on")
	flag.Float64Var(&o.seconds, "seconds", 8, "length of each rate's run")
	flag.StringVar(&o.dir, "dir", "", "folder for databases; a temporary one unless given")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "standing-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	b := &bench{options: o}
	for _, part := range []struct {
		name string
		run  func() error
	}{{"check", b.check}, {"acts", b.acts}, {"postgres", b.onPostgres}, {"load", b.load}, {"stats", b.stats}, {"pages", b.pages}, {"bulk", b.bulk}} {
		if !b.wants(part.name) {
			continue
		}
		if err := part.run(); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	b.print()
	return nil
}

func (b *bench) print() {
	fmt.Printf("\n%s, %d cores, %s %s/%s, %s\n\n", cpu(), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, time.Now().Format("2006-01-02"))
	fmt.Println("| figure | measured | goal | |\n|---|---|---|---|")
	for _, r := range b.rows {
		mark := "met"
		if !r.met {
			mark = "falls short"
		}
		if r.note != "" {
			mark += ": " + r.note
		}
		fmt.Printf("| %s | %s | %s | %s |\n", r.what, r.measured, r.goal, mark)
	}
}

func cpu() string {
	out, err := exec.Command("sh", "-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2").Output()
	if err != nil || len(out) == 0 {
		return "processor unknown"
	}
	return strings.TrimSpace(string(out))
}

// standing builds the command once and returns its path.
func (b *bench) standing() (string, error) {
	bin := filepath.Join(b.dir, "standing")
	if _, err := os.Stat(bin); err == nil {
		return bin, nil
	}
	out, err := exec.Command("go", "build", "-o", bin, "./cmd/standing").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
}
