package builtin_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
)

// TestEveryGroundCanBeUsed: for each ground of each shipped list there is a
// listing that the charter lets through, from proposal to confirmation, or as
// reported, and its instants can be worked out.
func TestEveryGroundCanBeUsed(t *testing.T) {
	for _, name := range builtin.Names() {
		c, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Lists {
			for j := range c.Lists[i].Grounds {
				useGround(t, c, &c.Lists[i], &c.Lists[i].Grounds[j])
			}
		}
	}
}

func useGround(t *testing.T, c *rulebook.Compiled, l *rulebook.List, g *rulebook.Ground) {
	const day = 86400
	now := standing.Instant(20_600 * day)
	var party standing.PartyKind
	if err := party.UnmarshalText([]byte(l.Subjects[len(l.Subjects)-1])); err != nil {
		t.Fatal(err)
	}
	id := standing.CaseID{1}
	addressee := standing.Addressee{Party: party, Facts: standing.AddresseeAdult | standing.RulingOrders, Capacity: l.Capacities[0]}
	f := charter.Facts{
		Act:    &standing.Act{Register: "x", Authority: "a", Occurred: now, List: c.ListID(l), Code: g.ID, Addressee: 1, Party: party, Severity: l.Severity, Refs: []standing.Ref{{Role: standing.RefRuling, Case: id}}},
		Ruling: &standing.Ruling{Kind: l.Rulings[0], Decided: now - 400*day, Final: now - 300*day, Due: now - 200*day, Addressees: []standing.Addressee{addressee}}, RulingCase: id,
		Rule: c.Rule(l.ID, g.ID), Authority: &standing.Authority{ID: "a", Kind: l.Authorities[0], Region: string(l.Region), Entitled: []string{c.Name}},
		Signer: &standing.Key{Holder: "a", Officer: standing.OfficerID{1}, Roles: []string{standing.RoleOfficer, standing.RoleTranscriber}}, Now: now,
	}
	pass := func(kind standing.Kind) {
		t.Helper()
		f.Act.Kind = kind
		if err := charter.AsError(charter.CheckAct(f)); err != nil {
			t.Errorf("%s on %s %s: %v", kind, c.ListID(l), g.ID, err)
		}
	}
	if l.Reported != nil {
		f.Act.Source = &standing.Provenance{Source: "s", Snapshot: standing.Digest{1}, Date: now - day}
		f.Act.Instants = standing.Instants{{Name: standing.From, At: now - 300*day}, {Name: standing.Until, At: now + 5000*day}}
		pass(standing.ListingReported)
		if stale, _ := c.StaleAfter(l, now); stale <= now {
			t.Errorf("%s: snapshots are stale at %s", c.ListID(l), stale)
		}
		return
	}
	pass(standing.ListingProposed)
	window, _ := c.WindowEnd(l, now-100*day)
	f.Case = &standing.Case{Listing: &standing.Listing{List: f.Act.List, Ruling: id, Addressee: 1, Party: party, Ground: g.ID, Severity: l.Severity, ProposedAt: now - 110*day,
		Notice: &standing.Notice{Served: now - 100*day, WindowEnd: window}}}
	end, _, err := c.TermEnd(l.ID, g.ID, now, 0)
	if err != nil {
		t.Error(err)
	}
	review, _ := c.Review(l, now)
	f.Resolution.Instants = standing.Instants(nil).With(standing.From, now).With(standing.TermEnd, end)
	if g.Mode != "fixed-term" {
		f.Resolution.Instants = f.Resolution.Instants.With(standing.Review, review)
	}
	pass(standing.ListingConfirmed)
}
