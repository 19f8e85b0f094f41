package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
	"github.com/openstanding/standing/internal/testenv/cluster"
	"github.com/openstanding/standing/internal/testsum"
)

// postgresVariable must be testenv.PostgresVariable; testenv itself needs the
// database driver, which may not be downloaded yet.
const postgresVariable = "STANDING_TEST_POSTGRES"

// reportTime is what is left between the deadline of a single test program, which
// then prints its goroutines, and the deadline of the run, which kills.
const reportTime = 45 * time.Second

// test runs go vet, the check of formatting, and the tests.
func test(ctx context.Context, s *testsum.Summary, o options) {
	deadline, _ := ctx.Deadline()
	s.Check("go vet", vet(ctx, o.packages))
	s.Check("gofmt", formatted("."))
	env, stop, err := services(ctx)
	if err != nil {
		s.Check("PostgreSQL for the tests", err)
		return
	}
	defer stop()
	args := []string{"test", "-json", "-race", "-vet=off", "-count=1"}
	if left := time.Until(deadline) - reportTime; left > 0 {
		args = append(args, "-timeout="+left.Round(time.Second).String())
	}
	if o.run != "" {
		args = append(args, "-run="+o.run)
	}
	cmd := procgroup.Command(ctx, "go", append(args, o.packages...)...)
	cmd.Env = env
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.Check("go test", err)
		return
	}
	before := s.Totals().Failed
	readErr := s.Read(events)
	err = cmd.Wait()
	// The exit code is news only if no test has said so already.
	if s.Totals().Failed == before && ctx.Err() == nil {
		if err = errors.Join(readErr, err); err != nil {
			s.Check("go test", err)
		}
	}
}

// services starts what tests share and returns the environment that names it.
func services(ctx context.Context) (env []string, stop func(), err error) {
	env = append(os.Environ(), "CGO_ENABLED=1")
	if os.Getenv(postgresVariable) != "" {
		return env, func() {}, nil
	}
	c, err := cluster.Start(ctx)
	if err != nil {
		return nil, nil, err
	}
	return append(env, postgresVariable+"="+c.URL()), func() {
		if err := c.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}, nil
}

func vet(ctx context.Context, packages []string) error {
	cmd := procgroup.Command(ctx, "go", append([]string{"vet"}, packages...)...)
	var progress bytes.Buffer
	cmd.Stderr = &progress
	cmd.Stdout = &progress
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w\n%s", err, progress.String())
	}
	return nil
}

// formatted names the Go files under root that gofmt would change. It formats
// them itself because an installed go command need not have gofmt beside it.
func formatted(root string) error {
	var wrong []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || path == filepath.Join(root, "data")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		want, err := format.Source(source)
		if err != nil || !bytes.Equal(source, want) {
			wrong = append(wrong, path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return fmt.Errorf("run gofmt -w %s", strings.Join(wrong, " "))
	}
	return nil
}
