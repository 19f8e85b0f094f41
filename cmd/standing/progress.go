package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a long piece of work is: a bar on a terminal, a plain
// line every few seconds elsewhere.
type progress struct {
	bar   *progressbar.ProgressBar
	w     io.Writer
	what  string
	total int64
	next  time.Time
	start time.Time
}

func newProgress(w io.Writer, what string, total int64) *progress {
	p := &progress{w: w, what: what, total: total, start: time.Now(), next: time.Now().Add(5 * time.Second)}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true))
	}
	return p
}

func (p *progress) set(done int64) {
	if p.bar != nil {
		p.bar.Set64(min(done, max(p.total, 1)))
		return
	}
	if now := time.Now(); now.After(p.next) {
		p.next = now.Add(5 * time.Second)
		fmt.Fprintf(p.w, "%s: %d of %d\n", p.what, done, p.total)
	}
}

func (p *progress) done(n int64, unit string) {
	if p.bar != nil {
		p.bar.Finish()
		fmt.Fprintln(p.w)
	}
	took := time.Since(p.start)
	fmt.Fprintf(p.w, "%s: %d %s in %.1f s (%.0f/s)\n", p.what, n, unit, took.Seconds(), float64(n)/max(took.Seconds(), 1e-3))
}
