// Command runtests is `make test`: it sees that this machine has what the tests
// need, starts what they need, runs them under the race detector, and closes
// with the line "N passed, N failed, N skipped".
//
//	go run ./internal/runtests                      everything
//	go run ./internal/runtests -run Commit ./store/...  a part
//	go run ./internal/runtests -fuzz 10s            every fuzz target
//
// It ends by itself: the tests have a deadline, what they start is killed with
// them, and the PostgreSQL server ends with this process even if it is killed.
// This program uses the standard library alone, so that it runs before anything
// was downloaded or installed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/openstanding/standing/internal/testsum"
)

// options are what the command line says.
type options struct {
	run      string        // -run of go test
	fuzz     time.Duration // time for each fuzz target; 0: run the tests
	limit    time.Duration // for everything after the installation
	packages []string
}

func main() {
	var o options
	flag.StringVar(&o.run, "run", "", "run only the tests that match this `regexp`")
	flag.DurationVar(&o.fuzz, "fuzz", 0, "instead of the tests, run every fuzz target for this `time`")
	flag.DurationVar(&o.limit, "limit", 40*time.Minute, "end everything after this `time`")
	flag.Parse()
	if o.packages = flag.Args(); len(o.packages) == 0 {
		o.packages = []string{"./..."}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	s := testsum.New(os.Stdout)
	work(ctx, s, o)
	stop()
	s.Close()
	fmt.Printf("\n%s\n", s.Totals())
	if s.Totals().Failed > 0 {
		os.Exit(1)
	}
}

// work does what was asked and reports every outcome to s.
func work(ctx context.Context, s *testsum.Summary, o options) {
	if err := prepare(ctx); err != nil {
		s.Check("what the tests need", err)
		return
	}
	limited, cancel := context.WithTimeoutCause(ctx, o.limit, fmt.Errorf("ended after %s, the limit of the whole run", o.limit))
	defer cancel()
	if o.fuzz > 0 {
		fuzz(limited, s, o)
	} else {
		test(limited, s, o)
	}
	if ctx.Err() != nil {
		s.Check("the run", fmt.Errorf("ended by a signal: %w", context.Cause(ctx)))
	} else if limited.Err() != nil {
		s.Check("the run", context.Cause(limited))
	}
}
