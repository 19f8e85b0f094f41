package main

import (
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

// terminal is the file behind a writer.
func terminal(w io.Writer) (f *os.File, ok bool) {
	if s, spoken := w.(spoken); spoken {
		w = s.Writer
	}
	f, ok = w.(*os.File)
	return f, ok
}

func newProgress(w io.Writer, what string, total int64) *progress {
	p := &progress{w: w, what: tongue(w).Message(what), total: total, start: time.Now(), next: time.Now().Add(5 * time.Second)}
	if f, ok := terminal(w); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(p.what),
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
		say(p.w, "%s: %d of %d\n", p.what, done, p.total)
	}
}

func (p *progress) done(n int64, what string) {
	if p.bar != nil {
		p.bar.Finish()
		say(p.w, "\n")
	}
	took := time.Since(p.start)
	say(p.w, "%s: %d %s in %.1f s (%.0f/s)\n", p.what, n, tongue(p.w).Message(what), took.Seconds(), float64(n)/max(took.Seconds(), 1e-3))
}
