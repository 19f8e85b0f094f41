package main

import "github.com/openstanding/standing"

// cause cites the act of a case that this one answers.
func cause(id standing.CaseID, version uint64) []standing.Ref {
	return []standing.Ref{{Role: standing.RefCause, Case: id, Version: version}}
}

func exitFacts(consents, met, proof, full bool) standing.Facts {
	var f standing.Facts
	for fact, set := range map[standing.Facts]bool{standing.CreditorConsents: consents, standing.ConditionsMet: met, standing.ProofAttached: proof, standing.FullPerformance: full} {
		if set {
			f |= fact
		}
	}
	return f
}

type finalCmd struct {
	signing
	Ruling standing.CaseID  `arg:"" help:"Ruling."`
	On     standing.Instant `help:"When it became final." required:"" placeholder:"TIME"`
}

// Run records finality.
func (c *finalCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.RulingFinal, Case: c.Ruling}
	a.Instants = a.Instants.With(standing.Final, c.On)
	return c.send(p, a, nil, "")
}

type amendCmd struct {
	signing
	Listing standing.CaseID   `arg:"" help:"Listing."`
	Ground  string            `help:"New ground."`
	Value   map[string]string `help:"Fact that the ground's condition reads, name=value."`
}

// Run changes a proposal.
func (c *amendCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingAmended, Case: c.Listing}
	var o *standing.Opening
	a.Code = c.Ground
	if len(c.Value) > 0 {
		o = &standing.Opening{Values: c.Value}
	}
	return c.send(p, a, o, "")
}

type serveNoticeCmd struct {
	signing
	Listing standing.CaseID  `arg:"" help:"Listing."`
	Method  string           `help:"How it was served; the list names the methods." required:""`
	Served  standing.Instant `help:"When it reached the party." required:"" placeholder:"TIME"`
}

// Run records service.
func (c *serveNoticeCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.NoticeServed, Case: c.Listing}
	a.Code, a.Instants = c.Method, a.Instants.With(standing.Served, c.Served)
	return c.send(p, a, nil, "")
}

type objectCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
}

// Run records an objection.
func (c *objectCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ObjectionMade, Case: c.Listing}
	return c.send(p, a, nil, "party")
}

type decideCmd struct {
	signing
	Listing   standing.CaseID `arg:"" help:"Listing."`
	Objection uint64          `help:"Version of the objection in the case." required:""`
	Outcome   string          `help:"upheld or rejected." required:"" enum:"upheld,rejected"`
}

// Run decides an objection.
func (c *decideCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ObjectionDecided, Case: c.Listing}
	a.Code, a.Refs = c.Outcome, cause(c.Listing, c.Objection)
	return c.send(p, a, nil, "")
}

type confirmCmd struct {
	signing
	Listing standing.CaseID  `arg:"" help:"Listing."`
	From    standing.Instant `help:"When the effect begins; at once unless given." placeholder:"TIME"`
	Until   standing.Instant `help:"End of a fixed term, within the list's bounds; its least unless given." placeholder:"TIME"`
}

// Run confirms a listing.
func (c *confirmCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingConfirmed, Case: c.Listing}
	a.Instants = a.Instants.With(standing.From, c.From).With(standing.Until, c.Until)
	return c.send(p, a, nil, "")
}

type dropCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
}

// Run withdraws a proposal.
func (c *dropCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingDropped, Case: c.Listing}
	return c.send(p, a, nil, "")
}

type stayCmd struct {
	signing
	Listing standing.CaseID  `arg:"" help:"Listing."`
	From    standing.Instant `help:"Now unless given." placeholder:"TIME"`
	Until   standing.Instant `help:"Until lifted unless given." placeholder:"TIME"`
}

// Run stays a listing.
func (c *stayCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingStayed, Case: c.Listing}
	a.Instants = a.Instants.With(standing.From, c.From).With(standing.Until, c.Until)
	return c.send(p, a, nil, "")
}

type liftStayCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
}

// Run lifts a stay.
func (c *liftStayCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.StayLifted, Case: c.Listing}
	return c.send(p, a, nil, "")
}

type exemptCmd struct {
	signing
	Listing  standing.CaseID  `arg:"" help:"Listing."`
	Activity []string         `help:"Activity or branch of activities." required:""`
	From     standing.Instant `help:"Now unless given." placeholder:"TIME"`
	Until    standing.Instant `help:"When it ends." required:"" placeholder:"TIME"`
}

// Run exempts activities.
func (c *exemptCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.Exempted, Case: c.Listing}
	a.Codes = c.Activity
	a.Instants = a.Instants.With(standing.From, c.From).With(standing.Until, c.Until)
	return c.send(p, a, nil, "")
}

type performCmd struct {
	signing
	Ruling    standing.CaseID `arg:"" help:"Ruling."`
	Partial   bool            `help:"A part only."`
	Addressee uint8           `help:"By this addressee; the whole obligation unless given."`
}

// Run records performance.
func (c *performCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.PerformanceRecorded, Case: c.Ruling}
	a.Addressee = c.Addressee
	if !c.Partial {
		a.Facts |= standing.FullPerformance
	}
	return c.send(p, a, nil, "")
}

type claimCmd struct {
	signing
	Ruling    standing.CaseID `arg:"" help:"Ruling."`
	Proof     bool            `help:"The claim comes with proof (give --document)."`
	Addressee uint8           `help:"Claimed by this addressee." default:"1"`
}

// Run records a claim of performance.
func (c *claimCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.PerformanceClaimed, Case: c.Ruling}
	a.Addressee = c.Addressee
	if c.Proof {
		a.Facts |= standing.ProofAttached
	}
	return c.send(p, a, nil, "party")
}

type answerCmd struct {
	signing
	Ruling  standing.CaseID `arg:"" help:"Ruling."`
	Claim   uint64          `help:"Version of the claim in the case." required:""`
	Outcome string          `help:"upheld or rejected." required:"" enum:"upheld,rejected"`
}

// Run answers a claim of performance.
func (c *answerCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ClaimAnswered, Case: c.Ruling}
	a.Code, a.Refs = c.Outcome, cause(c.Ruling, c.Claim)
	return c.send(p, a, nil, "")
}

type settleCmd struct {
	signing
	Ruling    standing.CaseID `arg:"" help:"Ruling."`
	Performed bool            `help:"The settlement is performed in full, not only reached."`
}

// Run records a settlement.
func (c *settleCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.SettlementRecorded, Case: c.Ruling}
	if c.Performed {
		a.Facts |= standing.FullPerformance
	}
	return c.send(p, a, nil, "")
}

type settlementFailCmd struct {
	signing
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run records that a settlement failed.
func (c *settlementFailCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.SettlementFailed, Case: c.Ruling}
	return c.send(p, a, nil, "")
}

type secureCmd struct {
	signing
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run records security.
func (c *secureCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.SecurityGiven, Case: c.Ruling}
	return c.send(p, a, nil, "")
}

type unableCmd struct {
	signing
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run records inability to pay.
func (c *unableCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.InabilityFound, Case: c.Ruling}
	return c.send(p, a, nil, "")
}

type annulCmd struct {
	signing
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run annuls a ruling.
func (c *annulCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.RulingAnnulled, Case: c.Ruling}
	return c.send(p, a, nil, "")
}

type repairCmd struct {
	signing
	Listing          standing.CaseID `arg:"" help:"Listing."`
	Event            string          `help:"Exit event of the list." default:"repaired"`
	CreditorConsents bool            `help:"The creditor consents."`
	ConditionsMet    bool            `help:"The office judged the conditions of release met."`
	Proof            bool            `help:"Proof was given."`
	Full             bool            `help:"The obligation is performed in full."`
}

// Run ends a listing by an exit event.
func (c *repairCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingEnded, Case: c.Listing}
	a.Code = c.Event
	a.Facts = exitFacts(c.CreditorConsents, c.ConditionsMet, c.Proof, c.Full)
	return c.send(p, a, nil, "")
}

type markCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
	Event   string          `help:"Exit event of the list." required:""`
}

// Run marks a listing.
func (c *markCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingMarked, Case: c.Listing}
	a.Code = c.Event
	a.Facts = standing.FullPerformance
	return c.send(p, a, nil, "")
}

type correctCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
	Revoke  bool            `help:"It should not have been made: it ends now."`
}

// Run corrects a listing.
func (c *correctCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingCorrected, Case: c.Listing}
	if c.Revoke {
		a.Code = "revoked"
	}
	return c.send(p, a, nil, "")
}

type makeGoodCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
}

// Run records make-good notice.
func (c *makeGoodCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.MakeGoodServed, Case: c.Listing}
	return c.send(p, a, nil, "")
}

type claimErrorCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
	Proof   bool            `help:"The claim comes with proof (give --document)."`
}

// Run records a claim of error.
func (c *claimErrorCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ErrorClaimed, Case: c.Listing}
	if c.Proof {
		a.Facts |= standing.ProofAttached
	}
	return c.send(p, a, nil, "party")
}

type answerErrorCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
	Claim   uint64          `help:"Version of the claim in the case." required:""`
	Outcome string          `help:"upheld or rejected." required:"" enum:"upheld,rejected"`
}

// Run answers a claim of error.
func (c *answerErrorCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ErrorAnswered, Case: c.Listing}
	a.Code, a.Refs = c.Outcome, cause(c.Listing, c.Claim)
	return c.send(p, a, nil, "")
}

type renewCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
}

// Run renews a listing.
func (c *renewCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingRenewed, Case: c.Listing}
	return c.send(p, a, nil, "")
}

type creditorCmd struct {
	signing
	Listing standing.CaseID `arg:"" help:"Listing."`
	Asks    string          `help:"entry or deletion." enum:"entry,deletion" required:""`
}

// Run records what the creditor asks.
func (c *creditorCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.CreditorRequested, Case: c.Listing}
	a.Code = c.Asks
	return c.send(p, a, nil, "creditor")
}
