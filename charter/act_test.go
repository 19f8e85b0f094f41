package charter_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
)

// badActs has a bad sample for every clause that is held at acts.
var badActs = []struct {
	clause, name string
	good         func() charter.Facts
	spoil        func(f *charter.Facts)
}{
	{"1.1", "ruling not final", proposed, func(f *charter.Facts) { f.Ruling.Final = 0 }},
	{"1.1", "ruling final tomorrow", proposed, func(f *charter.Facts) { f.Ruling.Final = today + day }},
	{"1.1", "ruling annulled before confirmation", confirmed, func(f *charter.Facts) { f.Ruling.AnnulledAt = today - day }},
	{"1.1", "ruling annulled before renewal", renewed, func(f *charter.Facts) { f.Ruling.AnnulledAt = today }},
	{"1.1", "another ruling judged", proposed, func(f *charter.Facts) { f.RulingCase = otherID }},
	{"1.1", "no ruling cited", proposed, func(f *charter.Facts) { f.Act.Refs = nil }},
	{"1.2", "kind of ruling", proposed, func(f *charter.Facts) { f.Ruling.Kind = "order" }},
	{"1.2", "no rule in force", proposed, func(f *charter.Facts) { f.Rule = nil }},
	{"1.2", "another list's rule", confirmed, func(f *charter.Facts) { f.Rule.List = "xx-courts/other" }},
	{"1.3", "no authority", proposed, func(f *charter.Facts) { f.Authority = nil }},
	{"1.3", "not entitled", proposed, func(f *charter.Facts) { f.Authority.Entitled = []string{"xx-tax"} }},
	{"1.3", "kind of authority", confirmed, func(f *charter.Facts) { f.Authority.Kind = "agency" }},
	{"1.3", "authority of another region", proposed, func(f *charter.Facts) { f.Authority.Region = "CN/11" }},
	{"1.3", "authority of another country", proposed, func(f *charter.Facts) { f.Authority.Region, f.Act.Region = "DE", "" }},
	{"1.3", "speaks for another", confirmed, func(f *charter.Facts) { f.Act.Authority = "court-2" }},
	{"1.3", "key of another authority", noticed, func(f *charter.Facts) { f.Signer.Holder = "court-2" }},
	{"1.4", "not due", proposed, func(f *charter.Facts) { f.Ruling.Due = today + day }},
	{"1.4", "no deadline", proposed, func(f *charter.Facts) { f.Ruling.Due = 0 }},
	{"1.4", "performed meanwhile", confirmed, func(f *charter.Facts) { f.Ruling.Performances = []standing.Performance{{At: today - day, Full: true}} }},
	{"1.4", "settlement kept", confirmed, func(f *charter.Facts) { f.Ruling.Settlements = []standing.Interval{{From: 1, Until: standing.Forever}} }},
	{"1.4", "security given", proposed, func(f *charter.Facts) { f.Ruling.SecurityAt = 500 * day }},
	{"1.4", "cannot pay", proposed, func(f *charter.Facts) { f.Ruling.InabilityAt = 500 * day }},
	{"1.4", "not ordered", reported, func(f *charter.Facts) { f.Ruling.Addressees[0].Facts = 0 }},
	{"1.5", "no source", reported, func(f *charter.Facts) { f.Act.Source = nil }},
	{"1.5", "snapshot from the future", reported, func(f *charter.Facts) { f.Act.Source.Date = today + day }},
	{"1.5", "no snapshot", reported, func(f *charter.Facts) { f.Act.Source.Snapshot = standing.Digest{} }},
	{"1.5", "signed by an officer", reported, func(f *charter.Facts) { f.Signer = officer(alice) }},
	{"1.5", "borrowed source", confirmed, func(f *charter.Facts) {
		f.Act.Source, f.Signer.Roles = &standing.Provenance{Source: "x", Snapshot: standing.Digest{1}, Date: 1}, []string{standing.RoleTranscriber}
	}},
	{"1.5", "list takes nothing over", reported, func(f *charter.Facts) { f.Rule.Reported = false }},
	{"1.6", "list not recognised", recognises, func(f *charter.Facts) { f.Rule.Recognises = nil }},
	{"1.6", "listing not recorded here", recognises, func(f *charter.Facts) { f.Recognised = nil }},
	{"1.6", "listing ended", recognises, func(f *charter.Facts) { f.Recognised.Ended = &standing.Ended{At: today} }},
	{"1.6", "reported ruling, own listing", recognises, func(f *charter.Facts) { f.Act.Facts = 0 }},
	{"2.1", "no notice", confirmed, func(f *charter.Facts) { f.Case.Listing.Notice = nil }},
	{"2.1", "notice before the ruling", confirmed, func(f *charter.Facts) { f.Case.Listing.Notice.Served, f.Case.Listing.ProposedAt = 90*day, 80*day }},
	{"2.1", "notice dated ahead", noticed, func(f *charter.Facts) { f.Act.Instants[0].At = today + 2*day }},
	{"2.1", "notice of no date", noticed, func(f *charter.Facts) { f.Act.Instants = nil }},
	{"2.1", "notice before the proposal", noticed, func(f *charter.Facts) { f.Act.Instants[0].At = 299 * day }},
	{"2.1", "notice before its ruling", noticed, func(f *charter.Facts) { f.Act.Instants[0].At = 99 * day }},
	{"2.1", "shouted in the street", noticed, func(f *charter.Facts) { f.Act.Code = "loudspeaker" }},
	{"2.2", "window still open", confirmed, func(f *charter.Facts) { f.Case.Listing.Notice.WindowEnd = today + 1 }},
	{"2.2", "dated after the window, recorded within", confirmed, func(f *charter.Facts) { f.Act.Occurred, f.Case.Listing.Notice.WindowEnd = today-day, today }},
	{"2.2", "no window resolved", noticed, func(f *charter.Facts) { f.Resolution = standing.Resolution{} }},
	{"2.3", "objection waits", confirmed, func(f *charter.Facts) { f.Case.Listing.Objections = []standing.Objection{{Version: 3}} }},
	{"2.4", "waived by the officer", proposed, func(f *charter.Facts) { f.Act.Facts = standing.NoticeWaived }},
	{"2.4", "waived without the ruling", confirmed, func(f *charter.Facts) { f.Case.Listing.Facts = standing.NoticeWaived }},
	{"2.5", "own objection", decided, func(f *charter.Facts) { f.Proposer = bob }},
	{"2.5", "proposer not known", decided, func(f *charter.Facts) { f.Proposer = standing.OfficerID{} }},
	{"2.5", "intake decides", decided, func(f *charter.Facts) { f.Signer.Roles = []string{standing.RoleIntake} }},
	{"2.6", "claim waits for ever", claimed, func(f *charter.Facts) { f.Resolution = standing.Resolution{} }},
	{"2.7", "nobody attests", reported, func(f *charter.Facts) { f.Rule.Attested, f.Act.Facts = false, standing.AddresseeAdult }},
	{"3.1", "neither term nor review", confirmed, func(f *charter.Facts) { f.Resolution.Instants = f.Resolution.Instants[:1] }},
	{"3.1", "open end with a term alone", confirmed, func(f *charter.Facts) { f.Resolution.Instants[1].Name = standing.TermEnd }},
	{"3.1", "renewed for life", renewed, func(f *charter.Facts) { f.Resolution = standing.Resolution{} }},
	{"3.1", "reported without end", reported, func(f *charter.Facts) { f.Act.Instants = f.Act.Instants[:1] }},
	{"3.2", "review after three years", confirmed, func(f *charter.Facts) { f.Resolution.Instants[1].At, f.Rule.ReviewMax = today+1100*day, 0 }},
	{"3.2", "review later than the list's", confirmed, func(f *charter.Facts) { f.Rule.ReviewMax = 100 * day }},
	{"3.2", "renewed for three years", renewed, func(f *charter.Facts) { f.Resolution.Instants[0].At = today + 1100*day }},
	{"3.2", "term too long", confirmed, func(f *charter.Facts) {
		f.Rule.Mode, f.Rule.TermMax = "fixed-term", 0
		f.Resolution.Instants = f.Resolution.Instants.With(standing.TermEnd, today+4000*day)
	}},
	{"3.2", "term over the list's", confirmed, func(f *charter.Facts) {
		f.Rule.Mode = "fixed-term"
		f.Resolution.Instants = f.Resolution.Instants.With(standing.TermEnd, today+800*day)
	}},
	{"3.1", "reported as permanent", reported, func(f *charter.Facts) { f.Act.Facts = standing.Permanent | standing.Indefinite }},
	{"3.2", "reported beyond a working life", reported, func(f *charter.Facts) { f.Act.Instants[1].At = 20000 * day }},
	{"3.3", "renewed after its end", renewed, func(f *charter.Facts) { f.Case.Listing.Confirmed.Review = today }},
	{"3.3", "renewed by a machine", renewed, func(f *charter.Facts) { f.Signer.Roles = nil }},
	{"3.3", "moved in passing", corrected, func(f *charter.Facts) {
		f.Resolution.Instants = f.Resolution.Instants.With(standing.Review, today+9*day)
	}},
	{"3.5", "snapshot holds for ever", snapshot, func(f *charter.Facts) { f.Resolution = standing.Resolution{} }},
	{"4.1", "outside the list's region", confirmed, func(f *charter.Facts) { f.Rule.Region = "CN/37/06" }},
	{"4.5", "heavier than the list", proposed, func(f *charter.Facts) { f.Act.Severity = 3 }},
	{"6.2", "reason in words", exempted, func(f *charter.Facts) { f.Opening.Text = "mother in hospital" }},
	{"6.2", "reason as a code", exempted, func(f *charter.Facts) { f.Act.Code = "funeral" }},
	{"6.2", "document described", exempted, func(f *charter.Facts) { f.Opening.Documents[0].Title = "diagnosis" }},
	{"6.2", "values", exempted, func(f *charter.Facts) { f.Opening.Values = map[string]string{"illness": "1"} }},
	{"6.3", "value that no rule reads", proposed, func(f *charter.Facts) { f.Opening.Values["faith"] = "x" }},
	{"8.1", "adulthood not stated", proposed, func(f *charter.Facts) { f.Ruling.Addressees[0].Facts = 0 }},
	{"8.1", "unknown kind, adulthood not stated", proposed, func(f *charter.Facts) {
		f.Act.Party, f.Ruling.Addressees[0] = standing.UnknownParty, standing.Addressee{Capacity: "debtor"}
	}},
	{"8.1", "screened without an attested procedure", reported, func(f *charter.Facts) { f.Rule.Attested, f.Rule.Screening, f.Resolution.Screening = false, true, true }},
	{"8.2", "a child by date of birth", proposed, func(f *charter.Facts) { f.Opening.Party.BirthDate = "1960-01-01" }},
	{"9.1", "not named", proposed, func(f *charter.Facts) { f.Act.Addressee, f.Act.Facts = 2, standing.AddresseeAdult }},
	{"9.2", "named as a witness", proposed, func(f *charter.Facts) { f.Ruling.Addressees[0].Capacity = "witness" }},
	{"9.3", "another kind of party", proposed, func(f *charter.Facts) { f.Act.Party = standing.Organisation }},
	{"9.3", "kind that the list leaves out", proposed, func(f *charter.Facts) { f.Rule.Subjects = []string{"organisation"} }},
	{"10.4", "rejected without a word", decided, func(f *charter.Facts) { f.Act.Commitment = standing.Digest{} }},
	{"10.4", "rejected without reasons", decided, func(f *charter.Facts) { f.Opening.Text = "" }},
	{"11.3", "seals nothing", sealed, func(f *charter.Facts) { f.Act.Digest = standing.Digest{} }},
	{"11.3", "sealed ahead", sealed, func(f *charter.Facts) { f.Act.Instants[0].At = today + day }},
	{"12.2", "exempted too long", exempted, func(f *charter.Facts) { f.Act.Instants[1].At = today + 40*day }},
	{"12.2", "exempted for ever", exempted, func(f *charter.Facts) { f.Act.Instants = nil }},
	{"12.2", "list exempts nobody", exempted, func(f *charter.Facts) { f.Rule.ExemptionMax = 0 }},
	{"13.1", "dated ahead", confirmed, func(f *charter.Facts) { f.Act.Occurred = today + 301 }},
	{"13.1", "no register", confirmed, func(f *charter.Facts) { f.Act.Register = "" }},
	{"13.1", "unknown kind", confirmed, func(f *charter.Facts) { f.Act.Kind, f.Resolution = 398, standing.Resolution{} }},
	{"13.2", "empty correction", corrected, func(f *charter.Facts) { f.Act.Commitment = standing.Digest{} }},
}

func TestCheckAct(t *testing.T) {
	for name, good := range map[string]func() charter.Facts{"proposed": proposed, "noticed": noticed, "confirmed": confirmed, "renewed": renewed, "decided": decided,
		"reported": reported, "recognises": recognises, "exempted": exempted, "claimed": claimed, "snapshot": snapshot, "sealed": sealed, "corrected": corrected} {
		expect(t, name, charter.CheckAct(good()))
	}
	for _, bad := range badActs {
		f := bad.good()
		bad.spoil(&f)
		if bad.clause == "2.1" && bad.name == "notice before its ruling" {
			f.Case.Listing.ProposedAt = 50 * day
		}
		expect(t, bad.name, charter.CheckAct(f), bad.clause)
	}
}

// TestGoodActs holds what must pass although it looks like a bad sample.
func TestGoodActs(t *testing.T) {
	samples := map[string]func() charter.Facts{
		"national authority, local listing": func() charter.Facts { f := proposed(); f.Authority.Region = "CN"; return f },
		"city court, entry for the nation":  func() charter.Facts { f := proposed(); f.Act.Region = "CN"; return f },
		"national list without a region":    func() charter.Facts { f := proposed(); f.Act.Region = ""; return f },
		"part performed": func() charter.Facts {
			f := confirmed()
			f.Ruling.Performances = []standing.Performance{{At: today - day}}
			return f
		},
		"other addressee performed": func() charter.Facts {
			f := confirmed()
			f.Ruling.Performances = []standing.Performance{{At: today - day, Full: true, Addressee: 2}}
			return f
		},
		"ruling orders immediate effect": func() charter.Facts {
			f := confirmed()
			f.Case.Listing.Notice, f.Case.Listing.Facts = nil, standing.NoticeWaived|standing.RulingOrders
			f.Ruling.Addressees[0].Facts |= standing.NoticeWaived | standing.RulingOrders
			return f
		},
		"organisation needs no adulthood": func() charter.Facts {
			f := proposed()
			f.Act.Party, f.Ruling.Addressees[0] = standing.Organisation, standing.Addressee{Party: standing.Organisation, Capacity: "debtor"}
			return f
		},
		"public body like any other": func() charter.Facts {
			f := proposed()
			f.Act.Party, f.Ruling.Addressees[0] = standing.PublicBody, standing.Addressee{Party: standing.PublicBody, Capacity: "debtor"}
			return f
		},
		"reported, open end": func() charter.Facts {
			f := reported()
			f.Act.Instants, f.Act.Facts = f.Act.Instants[:1], standing.Indefinite
			return f
		},
		"reported for long": func() charter.Facts { f := reported(); f.Act.Instants[1].At = 9000 * day; return f },
		"reported as permanent, for screening": func() charter.Facts {
			f := reported()
			f.Act.Facts, f.Resolution.Screening = standing.Permanent|standing.Indefinite, true
			return f
		},
		"unattested, for screening": func() charter.Facts {
			f := reported()
			f.Rule.Attested, f.Resolution.Screening, f.Act.Facts = false, true, standing.AddresseeAdult
			return f
		},
		"clock a little ahead": func() charter.Facts { f := confirmed(); f.Act.Occurred = today + 60; return f },
		"claim without proof":  func() charter.Facts { f := claimed(); f.Act.Facts, f.Resolution = 0, standing.Resolution{}; return f },
		"opening not at hand":  func() charter.Facts { f := decided(); f.Opening = nil; return f },
		"exempted in Chinese":  func() charter.Facts { f := exempted(); f.Opening.Text = charter.EmergencyZH; return f },
		"upheld needs no reasons": func() charter.Facts {
			f := decided()
			f.Act.Code, f.Act.Commitment = "upheld", standing.Digest{}
			return f
		},
		"ruling about a child":      childRuled,
		"eighteen today":            func() charter.Facts { f := proposed(); f.Opening.Party.BirthDate = "1954-09-27"; return f },
		"date of birth not a date":  func() charter.Facts { f := proposed(); f.Opening.Party.BirthDate = "about 1960"; return f },
		"confirmed on the last day": func() charter.Facts { f := confirmed(); f.Case.Listing.Notice.WindowEnd = today; return f },
	}
	for name, good := range samples {
		expect(t, name, charter.CheckAct(good()))
	}
	f := childRuled()
	f.Act.Facts = standing.AddresseeAdult
	expect(t, "a child stated to be an adult", charter.CheckAct(f), "8.2")
	f = proposed()
	f.Opening.Party.BirthDate = "1954-09-28"
	expect(t, "eighteen tomorrow", charter.CheckAct(f), "8.2")
}

func childRuled() charter.Facts {
	return charter.Facts{Now: today, Act: &standing.Act{Kind: standing.RulingRecorded, Register: "register.example"},
		Opening: &standing.Opening{Party: &standing.Identity{BirthDate: "1965-01-01"}}}
}

// TestHelpPasses: what helps a party is not held up by anything that guards
// the way in, even where ruling, rule and authority are gone.
func TestHelpPasses(t *testing.T) {
	for _, kind := range []standing.Kind{standing.ListingEnded, standing.ListingDropped, standing.ListingStayed, standing.ExemptionRevoked, standing.RulingAnnulled,
		standing.PerformanceRecorded, standing.PerformanceClaimed, standing.SettlementRecorded, standing.SecurityGiven, standing.InabilityFound, standing.ObjectionMade,
		standing.ErrorClaimed, standing.MakeGoodServed, standing.ListRepealed, standing.PartyErased, standing.ListingMarked} {
		f := charter.Facts{Act: &standing.Act{Kind: kind, Register: "register.example"}, Now: today}
		expect(t, kind.String(), charter.CheckAct(f))
	}
}
