// Command standing keeps and asks a register of legal standing: it serves one,
// fills one, imports lists into one, signs acts for one, verifies one, and asks
// one, here or elsewhere. This file is the table of contents.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/openstanding/standing"
)

// Exit codes. A check's verdict is one, so that scripts can ask.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitRestricted = 10
	exitUnknown    = 11
	exitNotCovered = 12
)

type cli struct {
	Demo     demoCmd     `cmd:"" help:"Fill a register with a generated country, serve it, and say what to try."`
	Serve    serveCmd    `cmd:"" help:"Serve a register: API, pages and public log."`
	Init     initCmd     `cmd:"" help:"Found a new, empty register with two founders' keys and the shipped rulebooks."`
	Synth    synthCmd    `cmd:"" help:"Generate a country of parties, rulings and listings."`
	Import   importCmd   `cmd:"" help:"Import another body's published list."`
	Check    checkCmd    `cmd:"" help:"May this party do this here now? Exit code 0 clear, 10 restricted, 11 unknown, 12 not covered."`
	Party    partyCmd    `cmd:"" help:"Show a party with what is in force on it."`
	Listing  listingCmd  `cmd:"" help:"Show a listing: its chain, history, and way out."`
	Looks    looksCmd    `cmd:"" help:"Show a natural person who looked at them, when and why."`
	Rulebook rulebookCmd `cmd:"" help:"List, show, check, explain and compare rulebooks."`
	Verify   verifyCmd   `cmd:"" help:"Recompute the whole register from its acts and name the first difference."`
	Act      actCmd      `cmd:"" help:"Sign and record one act: a ruling, a notice, an objection, a performance ..."`
	Publish  publishCmd  `cmd:"" help:"Publish everything public as files: CSV, JSON lines, Parquet, FollowTheMoney, with daily deltas."`
	Backup   backupCmd   `cmd:"" help:"Back a register up while it runs; copy its party keys and its secrets."`
	Restore  restoreCmd  `cmd:"" help:"Make a register out of a back-up, in an empty place; what was erased since is erased again."`
	Ready    readyCmd    `cmd:"" help:"Is a server ready? Exit code 0 if it is."`
	Version  versionCmd  `cmd:"" help:"Print version and dependencies."`
	Key      keyCmd      `cmd:"" help:"Make keys for officers and relying parties, and grant them."`
	Complete completeCmd `cmd:"" help:"Print a completion script for bash."`
	JSON     bool        `name:"json" help:"Print JSON." env:"STANDING_JSON"`
	Lang     string      `help:"Language: en or zh; the environment's unless given." placeholder:"LANG" env:"STANDING_LANG"`
}

// program is one run of the command, with everything it touches as a field, so
// that a test can start it.
type program struct {
	ctx    context.Context
	out    io.Writer
	errOut io.Writer
	json   bool
}

// verdictExit ends the program with a verdict's exit code, nothing more to say.
type verdictExit int

func (v verdictExit) Error() string { return fmt.Sprintf("exit %d", int(v)) }

// Main runs the command and returns its exit code.
func Main(ctx context.Context, args []string, out, errOut io.Writer) (code int) {
	var c cli
	words := choose(args, os.Getenv)
	out, errOut = spoken{out, words}, spoken{errOut, words}
	parser, err := kong.New(&c, kong.Name("standing"), kong.UsageOnError(), kong.Writers(out, errOut),
		kong.Description("A public register of legal standing: who has not honoured a ruling in force, what follows from it, and how they get out."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}), kong.Help(help(words)), kong.Exit(func(code int) { panic(verdictExit(code)) }))
	if err != nil {
		fmt.Fprintln(errOut, "standing:", err)
		return exitFailed
	}
	translate(parser.Model, words)
	defer func() {
		if v, ok := recover().(verdictExit); ok {
			code = int(v)
		}
	}()
	k, err := parser.Parse(args)
	if err != nil {
		say(errOut, "standing: %s\nTry: standing --help\n", words.Line(err))
		return exitUsage
	}
	err = k.Run(&program{ctx: ctx, out: out, errOut: errOut, json: c.JSON})
	var verdict verdictExit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &verdict):
		return int(verdict)
	}
	fmt.Fprintln(errOut, "standing:", words.Line(err))
	if kind := standing.KindOf(err); kind == standing.Invalid {
		return exitUsage
	}
	return exitFailed
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
