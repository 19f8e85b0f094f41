package charter_test

import (
	"slices"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
)

// day is the unit in which the tests count; today is day 1000.
const (
	day   = standing.Instant(86400)
	today = 1000 * day
)

var (
	rulingID  = standing.CaseID{1}
	listingID = standing.CaseID{2}
	otherID   = standing.CaseID{3}
	alice     = standing.OfficerID{1}
	bob       = standing.OfficerID{2}
)

// goodRulebook breaks nothing; each sample breaks one thing of a fresh copy.
func goodRulebook() charter.Proposal {
	return charter.Proposal{
		Name: "xx-courts", Version: "2026-01-01", Jurisdiction: "CN", Sources: []string{"law"}, Severities: []uint8{1, 2},
		Measures: []charter.Measure{
			{ID: "no-air", Severity: 1, Field: "*", Activities: []charter.Activity{{ID: "air-travel.business", Known: true}}, Source: []string{"law#1"}, Executor: true},
			{ID: "no-bid", Severity: 2, Field: "enforcement", Region: "CN/37/10", Activities: []charter.Activity{{ID: "procurement.bid", Known: true}},
				Subjects: []string{"organisation", "public-body"}, Source: []string{"law#2"}, Executor: true},
		},
		Lists: []charter.List{{
			ID: "defaulters", Field: "enforcement", Region: "CN/37", Source: []string{"law"}, Rulings: []string{"judgment"}, Authorities: []string{"court"},
			Subjects: []string{"organisation", "public-body", "person"}, Capacities: []string{"debtor", "legal-representative"}, Severity: 2,
			Grounds: []charter.Ground{
				{ID: "refuses", Mode: "until-performed", Default: true, Source: []string{"law#1"}, Variables: []charter.Variable{{Name: "amount", Known: true, Category: "money"}}},
				{ID: "evades", Mode: "fixed-term", Ordered: true, TermDays: 732, TermMaxDays: 1830, Source: []string{"law#1"}},
			},
			WindowDays: 15, Methods: []string{"personal"}, ObjectionDays: 15, ClaimDays: 15, ReviewDays: 732,
			Exits: []charter.Exit{
				{Event: "performed", Lifts: true, Source: []string{"law#10"}},
				{Event: "left-office", Lifts: true, Source: []string{"law#10"}},
				{Event: "repaired", Lifts: false, Grounds: []string{"evades"}, Source: []string{"law#10"}},
			},
			Exemption: &charter.Exemption{MaxDays: 31, Source: []string{"law#8"}},
			Measures:  []string{"no-air", "no-bid"}, Publication: "organisations", ObjectTo: true,
		}, {
			ID: "debarred", Field: "procurement", Region: "CN", Source: []string{"law"}, Rulings: []string{"decision"}, Authorities: []string{"bank"},
			Subjects: []string{"organisation", "public-body", "person"}, Capacities: []string{"respondent"}, Severity: 2,
			Grounds:    []charter.Ground{{ID: "fraud", Mode: "conditional", Ordered: true, Source: []string{"law#1"}}},
			WindowDays: 30, Methods: []string{"post"}, ObjectionDays: 30, ClaimDays: 30, ReviewDays: 366,
			Exits:    []charter.Exit{{Event: "released", Lifts: true, Source: []string{"law#1"}}},
			Measures: []string{"no-air"}, Publication: "screening", ObjectTo: true,
			Reported: &charter.Reported{Attested: true, MaxAgeDays: 31},
		}},
		Scores: []charter.Score{{ID: "own-grade", Persons: true, OnRequest: true}, {ID: "firm-class", Authorities: true, Adverse: true}},
	}
}

func rule() *charter.Rule {
	return &charter.Rule{
		List: "xx-courts/defaulters", Ground: "refuses", Field: "enforcement", Region: "CN", Rulings: []string{"judgment"}, Authorities: []string{"court"},
		Subjects: []string{"organisation", "public-body", "person", "unknown"}, Capacities: []string{"debtor"}, Methods: []string{"personal"},
		Variables: []string{"amount"}, Mode: "until-performed", Default: true, Severity: 2, ReviewMax: 750 * day, TermMax: 750 * day, ExemptionMax: 31 * day,
	}
}

// ruling was decided on day 100, final on day 130, due on day 200.
func ruling() *standing.Ruling {
	return &standing.Ruling{Kind: "judgment", Authority: "court-1", Region: "CN/37/10", Decided: 100 * day, Final: 130 * day, Due: 200 * day,
		Addressees: []standing.Addressee{{Party: standing.Person, Facts: standing.AddresseeAdult, Capacity: "debtor"}}}
}

func authority() *standing.Authority {
	return &standing.Authority{ID: "court-1", Kind: "court", Region: "CN/37/10", Entitled: []string{"xx-courts"}}
}

func officer(id standing.OfficerID) *standing.Key {
	return &standing.Key{Holder: "court-1", Officer: id, Roles: []string{standing.RoleOfficer}}
}

// listing was proposed on day 300; notice was served on day 310, its window
// ended on day 340.
func listing() *standing.Listing {
	return &standing.Listing{List: "xx-courts/defaulters", Region: "CN/37/10", Authority: "court-1", Ruling: rulingID, Addressee: 1, Party: standing.Person,
		Ground: "refuses", Severity: 2, ProposedAt: 300 * day, Notice: &standing.Notice{Served: 310 * day, WindowEnd: 340 * day, Method: "personal"}}
}

// facts of an act on the listing.
func facts(kind standing.Kind) charter.Facts {
	l := listing()
	return charter.Facts{
		Act:    &standing.Act{Kind: kind, Register: "register.example", Case: listingID, Authority: "court-1", Occurred: today},
		Case:   &standing.Case{ID: listingID, Kind: standing.ListingCase, Version: 3, Listing: l},
		Ruling: ruling(), RulingCase: rulingID, Rule: rule(), Authority: authority(), Signer: officer(alice), Proposer: alice, Now: today,
	}
}

func proposed() charter.Facts {
	f := facts(standing.ListingProposed)
	f.Case = nil
	f.Act.List, f.Act.Region, f.Act.Code, f.Act.Addressee, f.Act.Party, f.Act.Severity = "xx-courts/defaulters", "CN/37/10", "refuses", 1, standing.Person, 2
	f.Act.Refs = []standing.Ref{{Role: standing.RefRuling, Case: rulingID}}
	f.Opening = &standing.Opening{Party: &standing.Identity{Names: []string{"A. Example"}, BirthDate: "1900-01-01"}, Values: map[string]string{"amount": "5"}}
	return f
}

func noticed() charter.Facts {
	f := facts(standing.NoticeServed)
	f.Case.Listing.Notice = nil
	f.Act.Code, f.Act.Instants = "personal", standing.Instants{{Name: standing.Served, At: 990 * day}}
	f.Resolution.Instants = standing.Instants{{Name: standing.WindowEnd, At: 1010 * day}}
	return f
}

func confirmed() charter.Facts {
	f := facts(standing.ListingConfirmed)
	f.Resolution.Instants = standing.Instants{{Name: standing.From, At: today}, {Name: standing.Review, At: today + 731*day}}
	return f
}

func renewed() charter.Facts {
	f := facts(standing.ListingRenewed)
	f.Case.Listing.Confirmed = &standing.Confirmation{At: 400 * day, From: 400 * day, Review: 1100 * day}
	f.Resolution.Instants = standing.Instants{{Name: standing.Review, At: today + 731*day}}
	return f
}

func decided() charter.Facts {
	f := facts(standing.ObjectionDecided)
	f.Signer, f.Act.Code, f.Act.Commitment = officer(bob), "rejected", standing.Digest{1}
	f.Opening = &standing.Opening{Text: "the debt is not paid"}
	return f
}

func reported() charter.Facts {
	f := facts(standing.ListingReported)
	source := &standing.Provenance{Source: "bank", Snapshot: standing.Digest{1}, Date: 990 * day, Row: 7}
	f.Case = nil
	f.Act.List, f.Act.Authority, f.Act.Code, f.Act.Addressee, f.Act.Party, f.Act.Source = "xx-bank/debarred", "bank-1", "fraud", 1, standing.Person, source
	f.Act.Refs = []standing.Ref{{Role: standing.RefRuling, Case: rulingID}}
	f.Act.Instants = standing.Instants{{Name: standing.From, At: 500 * day}, {Name: standing.Until, At: 1500 * day}}
	f.Ruling = &standing.Ruling{Kind: "decision", Authority: "bank-1", Decided: 400 * day, Final: 400 * day, Facts: standing.RulingOrders, Reported: source,
		Addressees: []standing.Addressee{{Party: standing.Person, Facts: standing.RulingOrders, Capacity: "respondent"}}}
	f.Rule = &charter.Rule{List: "xx-bank/debarred", Ground: "fraud", Region: "*", Rulings: []string{"decision"}, Authorities: []string{"bank"},
		Subjects: []string{"person"}, Capacities: []string{"respondent"}, Mode: "conditional", Ordered: true, Severity: 2, ReviewMax: 750 * day,
		TermMax: 3000 * day, Reported: true, Attested: true}
	f.Authority = &standing.Authority{ID: "bank-1", Kind: "bank", Region: "*", Entitled: []string{"xx-bank/debarred"}}
	f.Signer = &standing.Key{Roles: []string{standing.RoleTranscriber}}
	return f
}

// recognises rests a listing on another list's reported decision.
func recognises() charter.Facts {
	f := proposed()
	r := reported()
	f.Ruling = r.Ruling
	f.Ruling.Addressees[0].Facts |= standing.AddresseeAdult
	f.Rule.Rulings, f.Rule.Capacities, f.Rule.Ordered, f.Rule.Mode = []string{"decision"}, []string{"respondent"}, true, "conditional"
	f.Rule.Recognises = []standing.ListID{"xx-bank/debarred"}
	f.Act.Facts = standing.Recognised
	f.Act.Refs = append(f.Act.Refs, standing.Ref{Role: standing.RefListing, Case: otherID})
	f.Recognised = &standing.Listing{List: "xx-bank/debarred", Ruling: rulingID, Confirmed: &standing.Confirmation{From: 500 * day}}
	return f
}

func exempted() charter.Facts {
	f := facts(standing.Exempted)
	f.Act.Code, f.Act.Codes = "personal-emergency", []string{"air-travel.business"}
	f.Act.Instants = standing.Instants{{Name: standing.From, At: today}, {Name: standing.Until, At: today + 20*day}}
	f.Opening = &standing.Opening{Text: "personal emergency", Documents: []standing.Document{{SHA256: standing.Digest{1}}}}
	return f
}

func claimed() charter.Facts {
	f := facts(standing.ErrorClaimed)
	f.Act.Facts = standing.ProofAttached
	f.Resolution.Instants = standing.Instants{{Name: standing.AnswerBy, At: today + 15*day}}
	return f
}

func sealed() charter.Facts {
	return charter.Facts{Now: today, Act: &standing.Act{Kind: standing.LooksSealed, Register: "register.example", Digest: standing.Digest{1},
		Instants: standing.Instants{{Name: standing.From, At: today - day}}}}
}

func snapshot() charter.Facts {
	f := charter.Facts{Now: today, Act: &standing.Act{Kind: standing.SnapshotImported, Register: "register.example", List: "xx-bank/debarred"}}
	f.Resolution.Instants = standing.Instants{{Name: standing.StaleAfter, At: today + 31*day}}
	return f
}

func corrected() charter.Facts {
	f := facts(standing.ListingCorrected)
	f.Act.Commitment = standing.Digest{1}
	return f
}

func clauses(vs []charter.Violation) []string {
	var out []string
	for _, v := range vs {
		out = append(out, v.Clause)
	}
	return slices.Compact(out)
}

func expect(t *testing.T, name string, vs []charter.Violation, want ...string) {
	t.Helper()
	got := clauses(vs)
	if !slices.Equal(got, want) {
		t.Errorf("%s: broken clauses %v, want %v: %v", name, got, want, charter.AsError(vs))
	}
	for _, v := range vs {
		if v.Where == "" || v.What == "" || v.Do == "" {
			t.Errorf("%s: a violation says not where, what and what to do: %+v", name, v)
		}
	}
}
