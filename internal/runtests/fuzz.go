package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
	"github.com/openstanding/standing/internal/testsum"
)

// target is one fuzz target.
type target struct{ pkg, name string }

// fuzz runs every fuzz target for o.fuzz and fails those that ran no input: the
// go command is silent about a target that matched nothing.
func fuzz(ctx context.Context, s *testsum.Summary, o options) {
	targets, err := fuzzTargets(ctx, o.packages)
	if err == nil && len(targets) == 0 {
		err = errors.New("there is not one fuzz target in these packages")
	}
	if err != nil {
		s.Check("the list of fuzz targets", err)
		return
	}
	env, stop, err := services(ctx)
	if err != nil {
		s.Check("PostgreSQL for the tests", err)
		return
	}
	defer stop()
	for _, t := range targets {
		if ctx.Err() != nil {
			return
		}
		runs, err := fuzzOne(ctx, t, o.fuzz, env)
		s.Check(fmt.Sprintf("%s %s (%d inputs)", t.pkg, t.name, runs), err)
	}
}

func fuzzOne(ctx context.Context, t target, duration time.Duration, env []string) (runs int, err error) {
	// Building, and minimising a finding, take time beside the fuzzing itself.
	ctx, cancel := context.WithTimeout(ctx, duration+5*time.Minute)
	defer cancel()
	cmd := procgroup.Command(ctx, "go", "test", "-run=^$", "-fuzz=^"+t.name+"$", "-fuzztime="+duration.String(), t.pkg)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	runs = executions(string(out))
	if err != nil && !cutShort(string(out)) {
		return runs, fmt.Errorf("%w\n%s", err, out)
	}
	if runs == 0 {
		return 0, fmt.Errorf("the target did not run\n%s", out)
	}
	return runs, nil
}

// cutShort reports whether the fuzzer failed for nothing but the end of its time,
// as it does now and then on a busy machine: it found no input, and says only that
// its deadline passed.
func cutShort(output string) bool {
	return regexp.MustCompile(`(?m)^--- FAIL: \w+ \([\d.]+s\)\n\s+context deadline exceeded\nFAIL$`).MatchString(output) && !strings.Contains(output, "Failing input written")
}

// executions reads the last count of inputs from lines such as
// "fuzz: elapsed: 3s, execs: 4811 (1603/sec), new interesting: 2 (total: 9)".
func executions(output string) int {
	matches := regexp.MustCompile(`(?m)^fuzz: elapsed: .*execs: (\d+)`).FindAllStringSubmatch(output, -1)
	if len(matches) == 0 {
		return 0
	}
	n, err := strconv.Atoi(matches[len(matches)-1][1])
	if err != nil {
		return 0
	}
	return n
}

// fuzzTargets finds the targets in the sources: asking the test programs would
// mean to build them all first.
func fuzzTargets(ctx context.Context, packages []string) ([]target, error) {
	list, err := procgroup.Command(ctx, "go", append([]string{"list", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles"}, packages...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var targets []target
	for decoder := json.NewDecoder(strings.NewReader(string(list))); ; {
		var p struct {
			ImportPath, Dir           string
			TestGoFiles, XTestGoFiles []string
		}
		if err := decoder.Decode(&p); err == io.EOF {
			return targets, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for _, file := range append(p.TestGoFiles, p.XTestGoFiles...) {
			source, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				return nil, err
			}
			for _, m := range regexp.MustCompile(`(?m)^func (Fuzz\w*)\(`).FindAllSubmatch(source, -1) {
				targets = append(targets, target{p.ImportPath, string(m[1])})
			}
		}
	}
}
