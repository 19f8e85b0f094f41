package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/openstanding/standing/internal/procgroup"
	"github.com/openstanding/standing/internal/testenv/cluster"
)

// installLimit bounds apt-get altogether, waiting for its lock included.
const installLimit = 6 * time.Minute

// need is a thing outside Go without which the tests cannot run.
type need struct {
	what     string // what is missing, in words
	packages string // the Debian packages that bring it
	check    func(context.Context) error
}

// needs lists what is looked for before every run.
func needs() []need {
	return []need{
		{"a C compiler, which the race detector is linked with", "gcc libc6-dev", compiler},
		{"PostgreSQL 15 or later, for the tests of that store", "postgresql", postgres},
		{"strace, for the proof that nothing is acknowledged before it is on disk", "strace", program("strace")},
		{"Chromium, for the tests of pages", "chromium", anyOf("chromium", "chromium-browser", "google-chrome")},
		{"root certificates, to download modules", "ca-certificates", certificates},
	}
}

func program(name string) func(context.Context) error {
	return func(context.Context) error {
		_, err := exec.LookPath(name)
		return err
	}
}

func anyOf(names ...string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		for _, name := range names {
			if err = program(name)(ctx); err == nil {
				return nil
			}
		}
		return err
	}
}

func postgres(ctx context.Context) error {
	_, err := cluster.Find(ctx)
	return err
}

// compiler compiles, because a compiler without the headers of the C library is
// as good as none.
func compiler(ctx context.Context) error {
	cmd := procgroup.Command(ctx, cc(), "-x", "c", "-", "-c", "-o", os.DevNull)
	cmd.Stdin = strings.NewReader("#include <stdlib.h>\n")
	return cmd.Run()
}

func cc() string {
	if cc := strings.Fields(os.Getenv("CC")); len(cc) > 0 {
		return cc[0]
	}
	return "gcc"
}

func certificates(context.Context) error {
	pool, err := x509.SystemCertPool()
	if err != nil {
		return err
	}
	if pool.Equal(x509.NewCertPool()) {
		return errors.New("no root certificates")
	}
	return nil
}

// prepare installs what is missing, if it may; otherwise the error says exactly
// what to install.
func prepare(ctx context.Context) error {
	missing := unmet(ctx, needs())
	if len(missing) == 0 {
		return nil
	}
	command := "apt-get install -y --no-install-recommends " + packagesOf(missing)
	apt, err := installer(ctx)
	if err != nil {
		return fmt.Errorf("this machine lacks\n%s%w; run this once and try again:\n\n  sudo %s", describe(missing), err, command)
	}
	fmt.Printf("installing what the tests need:\n%s", describe(missing))
	if err := install(ctx, apt, strings.Fields(packagesOf(missing))); err != nil {
		return fmt.Errorf("this machine lacks\n%s%w; the command was:\n\n  sudo %s", describe(missing), err, command)
	}
	if missing = unmet(ctx, missing); len(missing) > 0 {
		return fmt.Errorf("after the installation this machine still lacks\n%s", describe(missing))
	}
	return nil
}

func unmet(ctx context.Context, needs []need) []need {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var missing []need
	for _, n := range needs {
		if n.check(ctx) != nil {
			missing = append(missing, n)
		}
	}
	return missing
}

func describe(missing []need) string {
	var b strings.Builder
	for _, n := range missing {
		fmt.Fprintf(&b, "  %s (Debian and Ubuntu: %s)\n", n.what, n.packages)
	}
	return b.String()
}

func packagesOf(missing []need) string {
	names := make([]string, len(missing))
	for i, n := range missing {
		names[i] = n.packages
	}
	return strings.Join(names, " ")
}

// installer returns the command line that runs apt-get with the rights it needs,
// or why there is none. It never asks for a password.
func installer(ctx context.Context) ([]string, error) {
	apt, err := exec.LookPath("apt-get")
	if err != nil {
		return nil, errors.New("and has no apt-get")
	}
	if os.Geteuid() == 0 {
		return []string{apt}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if procgroup.Command(ctx, "sudo", "-n", "true").Run() != nil {
		return nil, errors.New("and installing needs root or sudo without a password")
	}
	return []string{"sudo", "-n", "DEBIAN_FRONTEND=noninteractive", apt}, nil
}

func install(ctx context.Context, apt, packages []string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, installLimit, fmt.Errorf("apt-get did not end within %s", installLimit))
	defer cancel()
	wait := []string{"-o", "DPkg::Lock::Timeout=120", "-q"}
	for _, args := range [][]string{
		append(wait, "update"),
		append(append(wait, "install", "-y", "--no-install-recommends"), packages...),
	} {
		cmd := procgroup.Command(ctx, apt[0], append(apt[1:len(apt):len(apt)], args...)...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			if ctx.Err() != nil {
				err = context.Cause(ctx)
			}
			return fmt.Errorf("apt-get %s: %w", args[len(wait)], err)
		}
	}
	return nil
}
