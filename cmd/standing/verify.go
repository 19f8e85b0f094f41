package main

import (
	"github.com/openstanding/standing/verify"
)

type verifyCmd struct {
	where
}

// Run verifies a register.
func (c *verifyCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, false)
	if err != nil {
		return err
	}
	defer h.close()
	var bar *progress
	report, err := verify.Run(p.ctx, verify.Options{Origin: h.origin, Store: h.store, Rulebooks: h.books, Verifier: h.verifier, Progress: func(done, total uint64) {
		if bar == nil {
			bar = newProgress(p.errOut, "verify", int64(total))
		}
		bar.set(int64(done))
	}})
	if err != nil {
		return err
	}
	if bar != nil {
		bar.done(int64(report.Acts), "acts")
	}
	if p.json {
		return p.printJSON(report)
	}
	say(p.out, "verified: %s in %s, %s, %s; every signature, resolved instant, head, effect and tile agrees\nroot %s\n",
		count(report.Acts, "%d act", "%d acts"), count(report.Statements, "%d statement", "%d statements"), count(report.Cases, "%d case", "%d cases"),
		count(report.Listings, "%d listing", "%d listings"), report.Root)
	return nil
}
