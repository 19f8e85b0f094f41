package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/synth"
)

type synthCmd struct {
	where
	Parties  int    `help:"How many parties, 1,000 to 10,000,000." default:"10000"`
	Seed     uint64 `help:"The same seed gives the same country." default:"1"`
	Out      string `help:"Write statements to a file instead, one in a line." placeholder:"FILE.jsonl" type:"path" xor:"place"`
	Register string `help:"Origin of the generated register." default:"demo.standing.example"`
}

// Run generates a country.
func (c *synthCmd) Run(p *program) error {
	if c.Out != "" {
		return c.toFile(p)
	}
	h, _, err := generate(p, c.where, c.Register, c.Parties, c.Seed)
	if err != nil {
		return err
	}
	return h.close()
}

// world makes the generated country's plan under the shipped rulebooks.
func world(books *rulebook.Set, origin string, parties int, seed uint64) (*synth.World, error) {
	digests := map[string]standing.Digest{}
	for _, b := range books.All() {
		digests[b.Name] = b.Digest
	}
	now := clockNow()
	start := standing.At(time.Date(now.Time().Year()-7, 1, 1, 0, 0, 0, 0, time.UTC))
	return synth.New(synth.Options{Parties: parties, Seed: seed, Register: origin, Start: start, End: now, Rulebooks: digests})
}

func (c *synthCmd) toFile(p *program) error {
	books, err := shipped()
	if err != nil {
		return err
	}
	w, err := world(books, c.Register, c.Parties, c.Seed)
	if err != nil {
		return err
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	bar := newProgress(p.errOut, "synth", int64(w.Estimate()))
	acts := 0
	err = synth.WriteJSONL(f, w.All(), func(n int) { acts = n; bar.set(int64(n)) })
	bar.done(int64(acts), "acts")
	return errors.Join(err, f.Close())
}

// generate founds a register in a new place and loads a generated country into
// it, by a clerk whose clock is the generated time.
func generate(p *program, at where, origin string, parties int, seed uint64) (*home, *synth.World, error) {
	if err := at.create(p.ctx, origin); err != nil {
		return nil, nil, err
	}
	h, err := at.open(p.ctx, true)
	if err != nil {
		return nil, nil, err
	}
	w, err := world(h.books, origin, parties, seed)
	if err == nil {
		err = h.load(p, w)
	}
	if err != nil {
		return nil, nil, errors.Join(err, h.close())
	}
	return h, w, nil
}

// load submits all that a world says, several statements under way at a time:
// while some are recorded, the next are made and prepared.
func (h *home) load(p *program, w *synth.World) error {
	var now atomic.Int64
	k, err := clerk.Open(p.ctx, h.clerkConfig(func() standing.Instant { return standing.Instant(now.Load()) }, nil))
	if err != nil {
		return err
	}
	if err := h.store.Bulk(p.ctx, true); err != nil {
		return err
	}
	// A load makes garbage faster than anything else here; without a limit the
	// heap doubles beside the database's own cache.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(768 << 20))
	bar := newProgress(p.errOut, "load", int64(w.Estimate()))
	acts := 0
	var waiting []func() ([]clerk.Receipt, error)
	settle := func() (err error) {
		for _, wait := range waiting {
			_, e := wait()
			err = errors.Join(err, e)
		}
		waiting = waiting[:0]
		return err
	}
	for step := range w.All() {
		now.Store(int64(step.At))
		var wait func() ([]clerk.Receipt, error)
		if wait, err = k.Begin(p.ctx, clerk.Submission{Statement: step.Statement(), Openings: step.Openings}); err != nil {
			err = fmt.Errorf("generated statement of %s: %w", step.At, err)
			break
		}
		waiting = append(waiting, wait)
		acts += len(step.Acts)
		bar.set(int64(acts))
		// Keys that a statement grants serve from when it is durable.
		if len(waiting) >= 64 || step.Second != nil {
			if err = errors.Join(settle(), context.Cause(p.ctx)); err != nil {
				break
			}
		}
	}
	err = errors.Join(err, settle())
	err = errors.Join(err, k.Close())
	k = nil
	debug.FreeOSMemory() // the clerk's cases go before the look-ups are sorted
	err = errors.Join(err, h.store.Bulk(p.ctx, false))
	bar.done(int64(acts), "acts")
	if err != nil {
		return err
	}
	return h.grantScribe(p.ctx, w)
}

// grantScribe gives a generated register a transcriber, so that real lists can
// be imported beside the generated ones.
func (h *home) grantScribe(ctx context.Context, w *synth.World) error {
	scribe, err := newKey(filepath.Join(h.dir, "keys", "transcriber.key"))
	if err != nil {
		return err
	}
	head, err := h.store.Head(ctx, standing.ConstitutionID)
	if err != nil {
		return err
	}
	var names []string
	for _, b := range h.books.All() {
		names = append(names, b.Name)
	}
	one, two := w.Founders()
	d := draft.New(h.origin, randomness())
	con := d.Constitution(head.Version, clockNow())
	if err := con.Authority(transcriber, "register", "*", names, []string{"This register", "本登记册"}, ""); err != nil {
		return err
	}
	if err := con.Key(public(scribe), transcriber, officerOf(scribe), standing.RoleTranscriber, standing.RoleRegistrar); err != nil {
		return err
	}
	s, o := d.Sign(one)
	s.Countersign(two)
	return h.submit(ctx, clerk.Submission{Statement: s, Openings: o})
}
