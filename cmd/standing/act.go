package main

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/register"
)

// actCmd is one act at a time, in the order of a ruling's life.
type actCmd struct {
	RecordParty    recordPartyCmd    `cmd:"" help:"A registry records who exists."`
	ChangeParty    changePartyCmd    `cmd:"" help:"A registry replaces what its record of a party says."`
	EraseParty     erasePartyCmd     `cmd:"" help:"Erase a party's record: the key that opens it is destroyed."`
	RecordRuling   recordRulingCmd   `cmd:"" help:"A court or agency records a ruling with its first addressee."`
	NameAddressee  nameAddresseeCmd  `cmd:"" help:"Name a further addressee of the same ruling."`
	Final          finalCmd          `cmd:"" help:"The ruling became final."`
	StateSum       stateSumCmd       `cmd:"" help:"State the sum that is owed now."`
	Propose        proposeCmd        `cmd:"" help:"Propose a listing of an addressee, on a ground of a list."`
	Amend          amendCmd          `cmd:"" help:"Change a proposal before notice."`
	ServeNotice    serveNoticeCmd    `cmd:"" help:"Notice was served; the objection window begins."`
	Object         objectCmd         `cmd:"" help:"The party objects (received by an intake office)."`
	Decide         decideCmd         `cmd:"" help:"Decide an objection; by another officer than the proposer."`
	Confirm        confirmCmd        `cmd:"" help:"Confirm a listing after its window; its measures take effect."`
	Drop           dropCmd           `cmd:"" help:"Withdraw a proposal."`
	Stay           stayCmd           `cmd:"" help:"Stay a listing."`
	LiftStay       liftStayCmd       `cmd:"" help:"Lift a stay."`
	Exempt         exemptCmd         `cmd:"" help:"Exempt named activities for a bounded time."`
	Perform        performCmd        `cmd:"" help:"The authority records that the obligation is performed."`
	Claim          claimCmd          `cmd:"" help:"The party claims performance (received by an intake office)."`
	Answer         answerCmd         `cmd:"" help:"Answer a claim of performance."`
	Settle         settleCmd         `cmd:"" help:"The parties settled."`
	SettlementFail settlementFailCmd `cmd:"" help:"A settlement is no longer kept."`
	Secure         secureCmd         `cmd:"" help:"Enough security was given."`
	Unable         unableCmd         `cmd:"" help:"The debtor was found unable to pay."`
	Annul          annulCmd          `cmd:"" help:"Annul the ruling: lifts everything that rests on it."`
	Repair         repairCmd         `cmd:"" help:"An exit event of the list ends the listing (repaired, creditor-consent, ...)."`
	Mark           markCmd           `cmd:"" help:"An exit event of the list that only marks."`
	Correct        correctCmd        `cmd:"" help:"Correct a listing after notice; with --revoke it ends."`
	MakeGood       makeGoodCmd       `cmd:"" help:"Everyone who was told has been told of the correction."`
	ClaimError     claimErrorCmd     `cmd:"" help:"The party claims that the entry is wrong (received by an intake office)."`
	AnswerError    answerErrorCmd    `cmd:"" help:"Answer a claim of error."`
	Renew          renewCmd          `cmd:"" help:"Renew a listing before its review date."`
	Creditor       creditorCmd       `cmd:"" help:"The creditor asks for the entry or for its deletion (received by an intake office)."`
}

// signing is what every act needs: where, with which key, when.
type signing struct {
	where
	Server     string           `help:"A register served elsewhere." placeholder:"URL" xor:"place"`
	Key        string           `help:"Your key file." required:"" type:"path"`
	Authority  string           `help:"Authority you act for." required:""`
	Occurred   standing.Instant `help:"When it happened; now unless given." placeholder:"TIME"`
	Text       string           `help:"Reasons, or what is said; sealed, shown to whom it concerns."`
	Document   []string         `help:"File whose digest goes with the act." placeholder:"FILE" type:"path"`
	Quiet      bool             `help:"Print the id of the case alone." short:"q"`
	Idempotent string           `name:"idempotency-key" help:"The same command with the same key is one act."`
}

// register opens the register that the act goes to.
func (s *signing) register(p *program) (api.Register, string, func() error, error) {
	if s.Server != "" {
		r, origin, err := remote(p, s.Server)
		return r, origin, func() error { return nil }, err
	}
	h, err := s.where.open(p.ctx, true)
	if err != nil {
		return nil, "", nil, err
	}
	r, err := h.register(p.ctx, running{write: true})
	if err != nil {
		return nil, "", nil, errors.Join(err, h.close())
	}
	return r, h.origin, func() error { return errors.Join(r.Close(), h.close()) }, nil
}

// send signs one act on a case and submits it. A zero case is opened.
func (s *signing) send(p *program, a standing.Act, o *standing.Opening, behalf string) error {
	key, err := readKey(s.Key)
	if err != nil {
		return err
	}
	r, origin, done, err := s.register(p)
	if err != nil {
		return err
	}
	defer done()
	a.Authority, a.Occurred = standing.AuthorityID(s.Authority), s.Occurred
	if a.Occurred == 0 {
		a.Occurred = clockNow()
	}
	if s.Idempotent != "" {
		// The key stands in public bytes: without the officer's secret nobody
		// can tell from it what was typed, a docket perhaps.
		mac := hmac.New(sha256.New, key.Seed())
		mac.Write([]byte("standing/idempotency/v1\x00" + s.Idempotent))
		a.Key = mac.Sum(nil)[:16]
	}
	if a.Case.IsZero() {
		if a.Case, err = standing.NewCaseID(clockNow(), rand.Reader); err != nil {
			return err
		}
		if len(a.Key) > 0 {
			a.Case = standing.KeyedCaseID(a.Authority, a.Key)
		}
	} else if a.Version, err = r.Version(p.ctx, a.Case.String()); err != nil {
		return err
	}
	if o, err = s.opening(o); err != nil {
		return err
	}
	d := draft.New(origin, rand.Reader)
	if err := d.Add(a, o); err != nil {
		return err
	}
	sign := d.Sign
	if behalf != "" {
		sign = func(key ed25519.PrivateKey) (standing.Statement, [][]byte) { return d.Receive(key, behalf) }
	}
	st, openings := sign(key)
	receipts, err := r.Submit(p.ctx, api.Submission{Acts: st.Acts, Openings: openings, Signature: register.SignatureWire(&st.Signature)})
	if err != nil {
		return err
	}
	if s.Quiet {
		fmt.Fprintln(p.out, receipts[0].Case)
		return nil
	}
	return p.receipt(origin, a.Kind, receipts[0])
}

// opening adds text and documents to what the act says.
func (s *signing) opening(o *standing.Opening) (*standing.Opening, error) {
	if s.Text == "" && len(s.Document) == 0 {
		return o, nil
	}
	if o == nil {
		o = &standing.Opening{}
	}
	o.Text = s.Text
	for _, path := range s.Document {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		o.Documents = append(o.Documents, standing.Document{Title: path[strings.LastIndexByte(path, '/')+1:], SHA256: sha256.Sum256(b)})
	}
	return o, nil
}

func (p *program) receipt(origin string, kind standing.Kind, r api.ReceiptView) error {
	if p.json {
		return p.printJSON(r)
	}
	again := ""
	if r.Again {
		again = " (recorded before: nothing was added)"
	}
	say(p.out, "%s recorded as act %d of %s/%s/%s, version %d%s\n", kind, r.Position, origin, kind.Noun(), r.Case, r.Version, again)
	for _, n := range r.Resolved {
		say(p.out, "  %s: %s\n", n.Name, n.At)
	}
	return nil
}

// party is whom a ruling names.
type party struct {
	ID        []string `help:"Identifier of the addressee, scheme:value; once for each." placeholder:"ID" sep:"none"`
	Name      []string `help:"Name as the ruling has it; once for each name." required:"" sep:"none"`
	PartyKind string   `help:"organisation, public-body, person or unknown." enum:"organisation,public-body,person,unknown" default:"unknown"`
	Adult     bool     `help:"The authority states that the addressee is an adult; without it no natural person is listed."`
	Capacity  string   `help:"Capacity in which the ruling names the addressee." default:"debtor"`
	Country   string   `help:"Country of the addressee, two letters."`
	Born      string   `help:"Birth date of a natural person, 2006-01-02."`
	Address   string   `help:"Address as the ruling has it."`
	Region    string   `help:"Region of the ruling, such as CN/37." default:"*"`
}

func (c *party) fill(a *standing.Act, o *standing.Opening) error {
	if err := a.Party.UnmarshalText([]byte(c.PartyKind)); err != nil {
		return err
	}
	a.Region, a.Codes = c.Region, []string{c.Capacity}
	if c.Adult {
		a.Facts |= standing.AddresseeAdult
	}
	o.Party = &standing.Identity{Names: c.Name, Country: c.Country, BirthDate: c.Born, Address: c.Address}
	for _, text := range c.ID {
		id, err := ident.Parse(text)
		if err != nil {
			return standing.Errorf(standing.Invalid, "%v", err)
		}
		o.Party.Identifiers = append(o.Party.Identifiers, id.String())
	}
	return nil
}

type recordRulingCmd struct {
	signing
	party
	obligation
	Kind        string           `help:"Kind of ruling: judgment, award, penalty, decision, order, suspension." required:"" enum:"judgment,award,penalty,decision,order,suspension"`
	Decided     standing.Instant `help:"When it was given." required:"" placeholder:"TIME"`
	Final       standing.Instant `help:"When it became final; leave out while it is not." placeholder:"TIME"`
	Due         standing.Instant `help:"Deadline of the obligation." placeholder:"TIME"`
	Docket      string           `help:"Docket number."`
	Title       string           `help:"What the ruling is called."`
	OrdersEntry bool             `help:"The ruling itself orders the entry on a list."`
}

// obligation is what a ruling orders.
type obligation struct {
	Obligation string `help:"pay, do or refrain." enum:"pay,do,refrain," default:""`
	Ordered    string `help:"What is ordered, in words."`
	Amount     string `help:"Sum as the authority states it, decimal."`
	Currency   string `help:"ISO 4217."`
	Creditor   string `help:"Whom to pay."`
	Reference  string `help:"Reference to pay under."`
}

func (c *obligation) read(on standing.Instant) *standing.Obligation {
	if c.Obligation == "" && c.Amount == "" {
		return nil
	}
	return &standing.Obligation{Kind: c.Obligation, Text: c.Ordered, Amount: c.Amount, Currency: c.Currency, Creditor: c.Creditor,
		Reference: c.Reference, StatedOn: on.Time().Format("2006-01-02")}
}

// Run records a ruling.
func (c *recordRulingCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.RulingRecorded, Code: c.Kind,
		Instants: standing.Instants(nil).With(standing.Decided, c.Decided).With(standing.Final, c.Final).With(standing.Due, c.Due)}
	o := &standing.Opening{Docket: c.Docket, Title: c.Title, Obligation: c.read(clockNow())}
	if c.OrdersEntry {
		a.Facts |= standing.RulingOrders
	}
	if err := c.fill(&a, o); err != nil {
		return err
	}
	return c.send(p, a, o, "")
}

type nameAddresseeCmd struct {
	signing
	party
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run names a further addressee.
func (c *nameAddresseeCmd) Run(p *program) error {
	a, o := standing.Act{Kind: standing.AddresseeNamed, Case: c.Ruling}, &standing.Opening{}
	if err := c.fill(&a, o); err != nil {
		return err
	}
	return c.send(p, a, o, "")
}

type stateSumCmd struct {
	signing
	obligation
	Ruling standing.CaseID `arg:"" help:"Ruling."`
}

// Run states the sum owed.
func (c *stateSumCmd) Run(p *program) error {
	return c.send(p, standing.Act{Kind: standing.SumStated, Case: c.Ruling}, &standing.Opening{Obligation: c.read(clockNow())}, "")
}

type proposeCmd struct {
	signing
	Ruling    standing.CaseID   `arg:"" help:"Ruling that the listing rests on."`
	List      string            `help:"List, such as cn-courts/judgment-defaulters." required:""`
	Ground    string            `help:"Ground of the list." required:""`
	Addressee uint8             `help:"Number of the addressee in the ruling, from 1." default:"1"`
	PartyKind string            `help:"Kind of the addressee, as the ruling has it." enum:"organisation,public-body,person,unknown" default:"unknown"`
	Adult     bool              `help:"The addressee is an adult."`
	Region    string            `help:"Narrower than the list's region, such as CN/37; the whole of it unless given."`
	Severity  uint8             `help:"Severity class, 1 lightest; the list's unless given."`
	Value     map[string]string `help:"Fact that the ground's condition reads, name=value."`
	Waived    bool              `help:"The ruling itself orders immediate effect."`
}

// Run proposes a listing.
func (c *proposeCmd) Run(p *program) error {
	a := standing.Act{Kind: standing.ListingProposed, List: standing.ListID(c.List), Code: c.Ground, Addressee: c.Addressee, Region: c.Region,
		Severity: c.Severity, Refs: []standing.Ref{{Role: standing.RefRuling, Case: c.Ruling}}}
	if err := a.Party.UnmarshalText([]byte(c.PartyKind)); err != nil {
		return err
	}
	if c.Adult {
		a.Facts |= standing.AddresseeAdult
	}
	if c.Waived {
		a.Facts |= standing.NoticeWaived | standing.RulingOrders
	}
	var o *standing.Opening
	if len(c.Value) > 0 {
		o = &standing.Opening{Values: c.Value}
	}
	return c.send(p, a, o, "")
}
