package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/openstanding/standing/lang"
)

// spoken is a writer whose reader reads a language.
type spoken struct {
	io.Writer
	*lang.Catalogue
}

// tongue is the language of a writer's reader.
func tongue(w io.Writer) *lang.Catalogue {
	if s, ok := w.(spoken); ok {
		return s.Catalogue
	}
	return lang.All()[0]
}

// say prints what a format says in the reader's language, as fmt.Fprintf does.
func say(w io.Writer, format string, args ...any) {
	fmt.Fprint(w, tongue(w).Sprintf(format, args...))
}

// counted is a number of things, which takes the plural or not.
type counted struct {
	n          int64
	one, other string
}

// count counts things by two formats with one %d.
func count[N int | int64 | uint64](n N, one, other string) counted {
	return counted{int64(n), one, other}
}

func (c counted) String() string { return c.Say(func(english string) string { return english }) }

// Say is the count in another language.
func (c counted) Say(translate func(string) string) string {
	if c.n == 1 {
		return fmt.Sprintf(translate(c.one), c.n)
	}
	return fmt.Sprintf(translate(c.other), c.n)
}

// word is what the pages call a code in the reader's language; in English the
// code itself, since scripts read it.
func word(w io.Writer, prefix, code string) string {
	c := tongue(w)
	switch {
	case c.Lang == "en":
		return code
	case c.Has(prefix + code):
		return c.T(prefix + code)
	}
	return c.Message(code)
}

// choose finds the language: --lang, else the environment's in the order of
// POSIX, else English. The arguments are read before kong reads them, since its
// help is to be in the language too.
func choose(args []string, env func(string) string) *lang.Catalogue {
	asked := ""
	for i, a := range args {
		if a == "--" {
			break
		}
		if value, ok := strings.CutPrefix(a, "--lang="); ok {
			asked = value
		} else if a == "--lang" && i+1 < len(args) {
			asked = args[i+1]
		}
	}
	all := lang.All()
	for _, name := range []string{asked, env("STANDING_LANG"), env("LC_ALL"), env("LC_MESSAGES"), env("LANG")} {
		if name != "" {
			code, _, _ := strings.Cut(strings.ToLower(name), "_")
			code, _, _ = strings.Cut(code, "-")
			c, _ := all.Choose(code, "")
			return c
		}
	}
	return all[0]
}

// http is a client that asks servers for the reader's language.
func (p *program) http() *http.Client { return &http.Client{Transport: asker(tongue(p.out).Tag)} }

// asker is the language that it asks for.
type asker string

func (a asker) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Language", string(a))
	return http.DefaultTransport.RoundTrip(r)
}

// kongSays are the words of the command line's own that people meet.
func kongSays() []string {
	what := []string{"Usage:", "Arguments:", "Flags:", "Commands:", "Show context-sensitive help.", `Run "%s --help" for more information on a command.`, "Run \"%s <command> --help\" for more information on a command.",
		"missing flags: %s", "expected %s", "expected one of %s", "missing positional arguments %s", "unknown flag %s", "unknown flag %s, did you mean %s?", "unknown flag %s, did you mean one of %s?",
		"unexpected argument %s", "unexpected argument %s, did you mean %s?", "unexpected argument %s, did you mean one of %s?", "unexpected flag argument %s", "%s must be one of %s but got %s",
		"--%s and --%s can't be used together", "expected a valid %s bit int but got %s", "expected duration but got %s: %s", "bool value must be true, 1, yes, false, 0 or no but got %s"}
	return what
}

// translate puts the help of the whole command line into a language.
func translate(app *kong.Application, c *lang.Catalogue) {
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		switch n := node.(type) {
		case *kong.Application:
			n.Help = c.Message(n.Help)
		case *kong.Node:
			n.Help = c.Message(n.Help)
		case *kong.Flag:
			n.Help = c.Message(n.Help)
		case *kong.Value:
			n.Help = c.Message(n.Help)
		}
		return next(nil)
	})
}

// help prints a help page with its headings in a language.
func help(c *lang.Catalogue) kong.HelpPrinter {
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		var page bytes.Buffer
		out := ctx.Stdout
		ctx.Stdout = &page
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = out
		for line := range strings.Lines(page.String()) {
			text := strings.TrimRight(line, "\n")
			if usage, ok := strings.CutPrefix(text, "Usage:"); ok {
				text = c.Message("Usage:") + usage
			} else if text != "" && text[0] != ' ' {
				text = c.Message(text)
			}
			fmt.Fprintln(out, text)
		}
		return err
	}
}
