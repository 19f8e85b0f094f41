package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/openstanding/standing/portal"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/server"
)

func randomness() io.Reader { return rand.Reader }

type serveCmd struct {
	where
	Listen string `help:"Address to listen on; port 0 takes a free one." default:"127.0.0.1:8080"`
	operating
	quotas
	Relying string `help:"File of relying parties and their API keys; relying.yaml beside the secrets unless given." type:"path" placeholder:"FILE"`
}

// Run serves a register until it is told to stop.
func (c *serveCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return err
	}
	defer h.close()
	return h.serve(p, c.Listen, c.Relying, c.operating, c.quotas, nil)
}

// serve serves API, pages and log; ready is called with the address.
func (h *home) serve(p *program, listen, relyingFile string, how operating, bounds quotas, ready func(url string)) error {
	rates, err := bounds.rates()
	if err != nil {
		return err
	}
	if relyingFile == "" {
		relyingFile = filepath.Join(h.dir, "relying.yaml")
	}
	relying, err := readRelying(relyingFile)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewJSONHandler(p.errOut, nil))
	keeper, err := how.keep(h, logger)
	if err != nil {
		return err
	}
	reg, err := h.register(p.ctx, running{write: true, follow: true, logger: logger})
	if err != nil {
		return err
	}
	defer reg.Close()
	ctx, stop := context.WithCancel(p.ctx)
	defer keeper.wait()
	defer stop()
	if err := keeper.start(ctx, reg); err != nil {
		return err
	}
	defer how.daily(ctx, h, reg, logger)()
	defer stop()
	if err := settle(p.ctx, reg); err != nil {
		return err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	url := "http://" + l.Addr().String()
	say(p.out, "listening on %s\n", url)
	if ready != nil {
		ready(url)
	}
	files := how.files(h)
	counted := keeper.metrics.Register(reg)
	return server.Serve(p.ctx, l, keeper.metrics.HTTP(server.New(counted, server.Options{Relying: relying, Rates: rates, Logger: logger, Ready: keeper.ready, Published: files,
		Portal: portal.New(counted, portal.Options{Logger: logger, Published: files})})))
}

// settleWithin is how long the first readers wait for what can be browsed. A
// register of some size takes longer; checks do not wait for that.
const settleWithin = time.Second

// settle waits a moment for the public view, so that a small register greets
// nobody with an excuse.
func settle(ctx context.Context, reg *register.Register) error {
	size, err := reg.Store().Size(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	_ = reg.Followed(ctx, size) // it goes on by itself
	return nil
}

func readRelying(path string) (*server.Relying, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return server.LoadRelying(b)
}

type demoCmd struct {
	Data    string `help:"Folder of the demo register; filled when it is not there yet." default:"standing-demo" type:"path" placeholder:"DIR"`
	Listen  string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Parties int    `help:"How many parties to generate." default:"10000"`
	Seed    uint64 `help:"The same seed gives the same country." default:"1"`
}

const demoOrigin = "demo.standing.example"

// Run fills a demo register, serves it and says what to try.
func (c *demoCmd) Run(p *program) error {
	at := where{Data: c.Data}
	there, err := at.exists()
	if err != nil {
		return err
	}
	var h *home
	if there {
		h, err = at.open(p.ctx, true)
	} else {
		say(p.errOut, "filling %s with %d generated parties; nobody in it is real\n", c.Data, c.Parties)
		h, _, err = generate(p, at, demoOrigin, c.Parties, c.Seed)
	}
	if err != nil {
		return err
	}
	defer h.close()
	w, err := world(h.books, h.origin, c.Parties, c.Seed)
	if err != nil {
		return err
	}
	return h.serve(p, c.Listen, "", operating{}, quotas{}, func(url string) {
		say(p.out, "\nOpen it in a browser, or try in another terminal:\n")
		for _, i := range []int{0, 1, 6} {
			x := w.Highlights()[i]
			expect := map[string]string{"key": "a person: refused without an API key"}[x.Expect]
			if expect == "" {
				expect = x.Expect
			}
			say(p.out, "\n  %s (%s)\n    go run ./cmd/standing check %s %s --region %s --server %s\n", tongue(p.out).Say(x.Title), expect, x.Party, x.Activity, x.Region, url)
		}
		say(p.out, "\nStop with Ctrl-C. The register stays in %s.\n", c.Data)
	})
}
