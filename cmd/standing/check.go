package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/client"
	"github.com/openstanding/standing/register"
)

// asking is where to ask and as whom.
type asking struct {
	where
	Server  string `help:"Ask a register served elsewhere." placeholder:"URL" xor:"place"`
	APIKey  string `help:"API key of a relying party, for --server." env:"STANDING_API_KEY"`
	Purpose string `help:"Why you ask; needed for persons." env:"STANDING_PURPOSE"`
}

// open opens what is asked, with who asks: over a local store that is the
// register's own operator, whose looks at persons are logged like anyone's.
func (a *asking) open(p *program) (api.Register, api.Caller, func() error, error) {
	if a.Server != "" {
		return client.New(a.Server, a.APIKey, a.Purpose, p.http()), api.Caller{}, func() error { return nil }, nil
	}
	h, err := a.where.open(p.ctx, false)
	if err != nil {
		return nil, api.Caller{}, nil, err
	}
	r, err := h.register(p.ctx, running{})
	if err != nil {
		h.close()
		return nil, api.Caller{}, nil, err
	}
	purpose := a.Purpose
	if purpose == "" {
		purpose = "operator"
	}
	return r, api.Caller{Operator: true, Purpose: purpose}, h.close, nil
}

// remote opens a served register and reads its origin from its checkpoint.
func remote(p *program, url string) (api.Register, string, error) {
	c := client.New(url, "", "", p.http())
	b, err := c.Checkpoint(p.ctx)
	if err != nil {
		return nil, "", err
	}
	origin, _, _ := strings.Cut(string(b), "\n")
	return c, origin, nil
}

type checkCmd struct {
	asking
	Party     string           `arg:"" help:"scheme:value, the id of a party's record, or name:TEXT."`
	Activity  string           `arg:"" help:"Leaf of the activity tree, such as procurement.bid (standing rulebook activities)."`
	Region    string           `help:"Where, such as CN/37; anywhere unless given."`
	At        standing.Instant `help:"At this time; now unless given." placeholder:"TIME"`
	AsKnownOn standing.Instant `help:"By what was recorded up to this time." placeholder:"TIME"`
	Born      string           `help:"Birth date, with name:TEXT of a person." placeholder:"DATE"`
	Country   string           `help:"Country, with name:TEXT of a person." placeholder:"XX"`
}

// Run asks one question.
func (c *checkCmd) Run(p *program) error {
	r, caller, done, err := c.open(p)
	if err != nil {
		return err
	}
	defer done()
	a, err := r.Check(p.ctx, caller, api.Question{Party: c.Party, Activity: c.Activity, Region: c.Region, At: c.At, AsKnownOn: c.AsKnownOn, BirthDate: c.Born, Country: c.Country})
	if err != nil {
		return err
	}
	if p.json {
		err = p.printJSON(a)
	} else {
		printAnswer(p.out, a)
	}
	if err != nil {
		return err
	}
	switch a.Verdict {
	case api.Clear:
		return nil
	case api.Restricted:
		return verdictExit(exitRestricted)
	case api.NotCovered:
		return verdictExit(exitNotCovered)
	}
	return verdictExit(exitUnknown)
}

func (p *program) printJSON(v any) error {
	e := json.NewEncoder(p.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func date(i standing.Instant) string {
	if i == 0 || i == standing.Forever {
		return ""
	}
	return i.Time().Format("2006-01-02")
}

func moment(i standing.Instant) string { return i.Time().Format(time.RFC3339) }

func printAnswer(w io.Writer, a *api.Answer) {
	say(w, "%s: %s, %s", strings.ToUpper(word(w, "verdict.", string(a.Verdict))), a.Party, a.Activity)
	if a.Region != "" {
		say(w, " in %s", a.Region)
	}
	say(w, ", at %s (known %s, %s)\n", moment(a.EffectiveAt), moment(a.KnownAt), count(a.Position, "%d act", "%d acts"))
	if a.Identity != "" {
		say(w, "  identity: %s\n", tongue(w).Message(a.Identity))
	}
	for i := range a.Grounds {
		printGround(w, &a.Grounds[i])
	}
	for _, g := range a.Gaps {
		say(w, "  %s could not be asked: %s", g.List, tongue(w).Message(g.Why))
		if len(g.AskBy) > 0 {
			say(w, "; ask by %s", strings.Join(g.AskBy, ", "))
		}
		say(w, "\n")
	}
	for _, c := range a.Candidates {
		say(w, "  candidate: %s %s %s %s\n", strings.Join(c.Names, " / "), strings.Join(c.Identifiers, " "), c.Country, c.Address)
	}
	if a.CaseCode != "" {
		say(w, "  case code: %s\n", a.CaseCode)
	}
	for _, n := range a.Notes {
		say(w, "  %s\n", tongue(w).Message(n))
	}
}

func printGround(w io.Writer, g *api.Ground) {
	say(w, "- %s (%s)\n", tongue(w).Say(g.Measure.Title), g.Measure.ID)
	if g.List != "" {
		say(w, "    list     %s: %s\n", g.List, tongue(w).Say(g.Title))
	}
	say(w, "    rule     %s, %s; %s\n", g.Rule.ID, g.Rule.Rulebook, strings.Join(g.Rule.Source, "; "))
	if r := g.Ruling; r != nil {
		say(w, "    ruling   %s %s by %s%s, decided %s\n", word(w, "ruling.", r.Kind), r.Docket, r.Authority, prefix(w, " for ", r.Issuer), date(r.Decided))
	}
	if g.Listing != "" {
		say(w, "    listing  %s\n", g.Listing)
	}
	until := standing.Phrasef("until an exit below")
	if g.Until != 0 {
		until = standing.Phrasef("until %s", date(g.Until))
	}
	say(w, "    in force %s %s\n", prefix(w, "from ", date(g.From)), until)
	if r := g.Reported; r != nil {
		say(w, "    reported by %s, snapshot of %s, row %d\n", tongue(w).Say(r.By), date(r.Snapshot), r.Row)
	}
	for _, x := range g.Exits {
		say(w, "    way out  %s (%s)%s%s%s\n", tongue(w).Say(x.Title), effect(w, x.Effect), prefix(w, ", not before ", date(x.Earliest)), prefix(w, ": ", strings.TrimSpace(x.Amount+" "+x.Currency)), prefix(w, " to ", x.PayTo))
	}
	say(w, "    object   %s\n", tongue(w).Say(g.ObjectTo))
}

// effect is what an exit does.
func effect(w io.Writer, effect string) string {
	what := []string{"lifts", "marks"}
	if i := slices.Index(what, effect); i >= 0 {
		return tongue(w).Message(what[i])
	}
	return effect
}

func prefix(w io.Writer, what, s string) string {
	if s == "" {
		return ""
	}
	return tongue(w).Message(what) + s
}

type partyCmd struct {
	asking
	Party   string `arg:"" help:"scheme:value, the id of a party's record, or name:TEXT."`
	Born    string `help:"Birth date, with name:TEXT of a person." placeholder:"DATE"`
	Country string `help:"Country, with name:TEXT of a person." placeholder:"XX"`
}

// Run shows a party.
func (c *partyCmd) Run(p *program) error {
	r, caller, done, err := c.open(p)
	if err != nil {
		return err
	}
	defer done()
	v, err := r.Party(p.ctx, caller, api.Question{Party: c.Party, BirthDate: c.Born, Country: c.Country})
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(v)
	}
	say(p.out, "%s (%s) %s\n", strings.Join(v.Names, " / "), word(p.out, "party.kind.", v.Kind.String()), strings.Join(v.Identifiers, " "))
	if v.Country+v.Address != "" {
		say(p.out, "  %s %s\n", v.Country, v.Address)
	}
	for _, c := range v.Candidates {
		say(p.out, "  candidate: %s %s %s\n", strings.Join(c.Names, " / "), strings.Join(c.Identifiers, " "), c.Country)
	}
	for _, rec := range v.Records {
		say(p.out, "  record %s by %s\n", rec.ID, rec.Authority)
	}
	for i := range v.Listings {
		l := &v.Listings[i]
		say(p.out, "- %s on %s, %s\n", word(p.out, "status.", string(l.Status)), l.List, l.ID)
	}
	if len(v.Listings) == 0 {
		say(p.out, "  no listing on the public face\n")
	}
	return nil
}

type listingCmd struct {
	asking
	ID string `arg:"" help:"Id of the listing."`
}

// Run shows a listing.
func (c *listingCmd) Run(p *program) error {
	r, caller, done, err := c.open(p)
	if err != nil {
		return err
	}
	defer done()
	v, err := r.Listing(p.ctx, caller, c.ID)
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(v)
	}
	say(p.out, "%s\n  %s on %s: %s\n  ground   %s, %s\n", v.ID, strings.ToUpper(word(p.out, "status.", string(v.Status))), v.List, tongue(p.out).Say(v.ListTitle), v.Rule.ID, strings.Join(v.Rule.Source, "; "))
	if v.Party != nil {
		say(p.out, "  party    %s %s\n", strings.Join(v.Party.Names, " / "), strings.Join(v.Party.Identifiers, " "))
	}
	if v.Ruling != nil {
		say(p.out, "  ruling   %s %s by %s, decided %s\n", word(p.out, "ruling.", v.Ruling.Kind), v.Ruling.Docket, v.Ruling.Authority, date(v.Ruling.Decided))
	}
	for _, e := range v.Effects {
		say(p.out, "  restricts %s to %s%s\n", date(e.From), e.Until, prefix(p.out, ", except ", strings.Join(e.Exempted, ", ")))
	}
	for _, x := range v.Exits {
		say(p.out, "  way out  %s (%s)\n", tongue(p.out).Say(x.Title), effect(p.out, x.Effect))
	}
	if local, ok := r.(*register.Register); ok {
		id, err := standing.ParseCaseID(c.ID)
		if err != nil {
			return err
		}
		told, err := local.Told(p.ctx, id)
		if err != nil {
			return err
		}
		for _, t := range told {
			say(p.out, "  told     %s on %s\n", t.Relying, date(t.At))
		}
	}
	for _, h := range v.History {
		say(p.out, "  %6d  %s  %-22s %s %s\n", h.Position, date(h.Occurred), word(p.out, "act.", string(h.Kind)), h.Code, h.Authority)
		for _, n := range h.Resolved {
			say(p.out, "          %s %s\n", n.Name, n.At)
		}
	}
	return nil
}
