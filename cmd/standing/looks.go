package main

import (
	"fmt"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store"
)

type looksCmd struct {
	where
	Party string `arg:"" help:"Identifier of the person who asks, scheme:value."`
}

// Run shows a natural person who looked at them (charter 11). Reading the log of
// looks is no look.
func (c *looksCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, false)
	if err != nil {
		return err
	}
	defer h.close()
	r, err := h.register(p.ctx, running{})
	if err != nil {
		return err
	}
	defer r.Close()
	type line struct {
		At      standing.Instant `json:"at"`
		Relying string           `json:"relying"`
		Purpose string           `json:"purpose,omitempty"`
		Verdict string           `json:"verdict"`
	}
	lines := []line{}
	err = r.Looks(p.ctx, api.Caller{Operator: true}, api.Question{Party: c.Party}, func(l store.Look) error {
		lines = append(lines, line{l.At, l.Relying, l.Purpose, l.Verdict})
		return nil
	})
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(lines)
	}
	for _, l := range lines {
		fmt.Fprintf(p.out, "%s  %s  %s  %s\n", l.At, l.Relying, l.Purpose, l.Verdict)
	}
	if len(lines) == 0 {
		say(p.out, "nobody has looked\n")
	}
	return nil
}
