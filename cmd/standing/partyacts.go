package main

import "github.com/openstanding/standing"

type recordPartyCmd struct {
	signing
	party
}

// Run records that a party exists.
func (c *recordPartyCmd) Run(p *program) error {
	return c.state(p, standing.Act{Kind: standing.PartyRecorded})
}

func (c *recordPartyCmd) state(p *program, a standing.Act) error {
	o := &standing.Opening{}
	if err := c.fill(&a, o); err != nil {
		return err
	}
	a.Codes, a.Facts = nil, 0 // a registry states who exists, not in which capacity
	return c.send(p, a, o, "")
}

type changePartyCmd struct {
	recordPartyCmd
	Record standing.CaseID `arg:"" help:"The party's record."`
}

// Run replaces what a record says.
func (c *changePartyCmd) Run(p *program) error {
	return c.state(p, standing.Act{Kind: standing.PartyChanged, Case: c.Record})
}

type erasePartyCmd struct {
	signing
	Record standing.CaseID `arg:"" help:"The party's record."`
}

// Run destroys the key that opens a party's record; what is left proves that it
// was there.
func (c *erasePartyCmd) Run(p *program) error {
	return c.send(p, standing.Act{Kind: standing.PartyErased, Case: c.Record}, nil, "")
}
