package clerk_test

import (
	"testing"

	"github.com/openstanding/standing"
)

// The ways out of a list, and what only marks.

func TestSettlement(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		w.refused("no settlement is being kept", "officer", act(standing.SettlementFailed, j))
		w.days(3)
		w.must("officer", act(standing.SettlementRecorded, j))
		w.restrictsNow(id)
		w.refused("is being kept already", "officer", act(standing.SettlementRecorded, j))
		w.refused("a settlement is being kept", "officer", w.proposal(w.newCase(), j, defaulters, "evades"))
		w.days(3)
		w.must("officer", act(standing.SettlementFailed, j))
		w.restrictsNow(id)
		w.days(3)
		w.must("officer", act(standing.SettlementRecorded, j, fact(standing.FullPerformance)))
		w.clearNow(id)
	})
}

// One act on the ruling lifts every listing that rests on it, whoever it lists
// and on whichever list.
func TestAnnulmentLiftsAll(t *testing.T) {
	tell(t, func(w *town) {
		j := w.ruled("officer", "order", fact(standing.RulingOrders))
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.Person), codes("controller"), fact(standing.AddresseeAdult|standing.RulingOrders)), &standing.Opening{Party: man()})
		one := w.listed("officer", j, defaulters, "refuses-though-able", nil)
		two := w.listed("officer", j, consumption, "unpaid-after-notice", nil)
		three := w.listed("officer", j, consumption, "named-for-entity", nil, addressee(2), kind(standing.Person))
		waiting := w.proposed("officer", j, consumption, "listed-defaulter", nil)
		w.days(1)
		w.refused("may not change it", "agency", act(standing.RulingAnnulled, j))
		w.refused("lacks the role", "registrar", act(standing.RulingAnnulled, j))
		before := w.size()
		w.must("high judge", act(standing.RulingAnnulled, j), text("on appeal"))
		if w.size() != before+1 {
			w.t.Fatalf("annulment took %d acts", w.size()-before)
		}
		for _, id := range []standing.CaseID{one, two, three} {
			w.clearNow(id)
			if s := w.status(id, w.now); s != standing.StatusEnded {
				w.t.Fatalf("status %s", s)
			}
		}
		w.refused("was annulled", "officer", act(standing.ListingConfirmed, waiting))
		w.refused("was annulled", "officer", propose(w.newCase(), j))
		w.refused("was annulled", "officer", act(standing.RulingVaried, j, when(standing.Due, day("2025-01-01"))))
	})
}

// conduct is a finding that grounds the list of serious violations.
func conduct() *standing.Opening {
	return values("finding.conduct", "food-safety", "penalty.heavier-band", "true", "finding.malicious", "true", "finding.harm", "large")
}

// violator is a firm on the list of serious violations.
func (w *town) violator() (listing, penalty standing.CaseID) {
	w.t.Helper()
	penalty = w.ruled("agency", "penalty", fact(standing.RulingOrders))
	return w.listed("agency", penalty, "cn-sectors/serious-violations", "food", conduct()), penalty
}

func TestConditionOfTheGround(t *testing.T) {
	tell(t, func(w *town) {
		p := w.ruled("agency", "penalty", fact(standing.RulingOrders))
		const onto = "cn-sectors/serious-violations"
		w.refused("ground food", "agency", w.proposal(w.newCase(), p, onto, "food"))
		mild := conduct()
		mild.Values["finding.harm"] = "small"
		w.refused("ground food", "agency", w.proposal(w.newCase(), p, onto, "food"), mild)
		missing := conduct()
		delete(missing.Values, "finding.malicious")
		w.refused("ground food", "agency", w.proposal(w.newCase(), p, onto, "food"), missing)
		extra := conduct()
		extra.Values["person.religion"] = "none"
		w.refused("charter 6.3", "agency", w.proposal(w.newCase(), p, onto, "food"), extra)
		w.must("agency", w.proposal(w.newCase(), p, onto, "food"), conduct())
	})
}

// A repair is open from a day on: asked for early, it lifts on that day.
func TestRepairHasItsFirstDay(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.violator()
		c := w.confirmed(id)
		yearOn := standing.At(c.From.Time().AddDate(1, 0, 0))
		w.days(100)
		w.refused("no listing on ground food here", "agency", act(standing.ListingEnded, id, code("repaired")))
		w.refused("no listing on ground food here", "agency", act(standing.ListingEnded, id, code("left-office")))
		w.refused("no listing on ground food here", "agency", act(standing.ListingMarked, id, code("repaired"), fact(standing.FullPerformance)))
		w.must("agency", act(standing.ListingEnded, id, code("repaired"), fact(standing.FullPerformance)))
		if end := w.effects(id)[0].Until; end < yearOn || end > yearOn+86400 {
			w.t.Fatalf("repaired: ends %s, a year after %s is %s", end, c.From, yearOn)
		}
		w.restrictsNow(id)
		w.refused("can only end earlier", "agency", act(standing.ListingEnded, id, code("repaired"), fact(standing.FullPerformance)))
		w.must("agency", act(standing.ListingEnded, id, code("corrected")))
		w.clearNow(id)
	})
}

// Another row lets some months pass after the repair.
func TestRepairTakesTime(t *testing.T) {
	tell(t, func(w *town) {
		o := w.ruled("agency", "order", codes("employer"))
		id := w.listed("agency", o, "cn-sectors/migrant-wages", "incident", values("arrears.wage-incident", "true"))
		w.days(30)
		w.refused("no listing on ground incident here", "agency", act(standing.ListingEnded, id, code("repaired"), fact(standing.FullPerformance)))
		w.must("agency", act(standing.ListingEnded, id, code("repaired"), fact(standing.FullPerformance|standing.ProofAttached)), text("we promise"))
		half := standing.At(w.now.Time().AddDate(0, 6, 0))
		if end := w.effects(id)[0].Until; end < half || end > half+86400 {
			w.t.Fatalf("ends %s, half a year from %s is %s", end, w.now, half)
		}
	})
}

// Paid within a month of the judgment the entry goes; later it is only marked.
func TestMarkOrLift(t *testing.T) {
	tell(t, func(w *town) {
		soon := []detail{fact(standing.RulingOrders), when(standing.Decided, w.now-86400), when(standing.Final, w.now-86400), when(standing.Due, w.now-86400), in("GB")}
		quick, slow := w.ruled("judge", "judgment", soon...), w.ruled("judge", "judgment", soon...)
		one, two := w.newCase(), w.newCase()
		w.must("judge", w.proposal(two, slow, "uk-judgments/judgments", "money-judgment"))
		w.must("judge", served(two, w.now))
		w.must("judge", w.proposal(one, quick, "uk-judgments/judgments", "money-judgment"))
		w.noticed("judge", one)
		w.must("judge", act(standing.ListingConfirmed, one))
		w.must("judge", act(standing.ListingConfirmed, two))
		w.now = day("2024-01-31")
		w.must("judge", act(standing.PerformanceRecorded, quick, fact(standing.FullPerformance)))
		w.clearNow(one)
		w.now = day("2024-02-10")
		w.must("judge", act(standing.PerformanceRecorded, slow, fact(standing.FullPerformance)))
		w.restrictsNow(two)
		w.refused("lifts no listing", "judge", act(standing.ListingEnded, two, code("performed"), fact(standing.FullPerformance)))
		w.must("judge", act(standing.ListingMarked, two, code("performed"), fact(standing.FullPerformance)))
		w.restrictsNow(two)
		if l, _ := w.listing(two); len(l.Marks) != 1 || l.Marks[0].Event != "performed" {
			w.t.Fatalf("marks %+v", l.Marks)
		}
	})
}

func TestFixedTerm(t *testing.T) {
	for _, c := range []struct {
		name    string
		asked   string // "" = the list's own
		refused string
		ends    string
	}{
		{"the list's own", "", "", "2026-01"},
		{"asked for", "2027-06-01", "", "2027-06"},
		{"too short", "2024-06-01", "ask for an end in between", ""},
		{"too long", "2030-01-01", "ask for an end in between", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tell(t, func(w *town) {
				id := w.proposed("officer", w.judgment(), defaulters, "evades", nil)
				confirm := act(standing.ListingConfirmed, id)
				if c.asked != "" {
					confirm = act(standing.ListingConfirmed, id, when(standing.Until, day(c.asked)))
				}
				if c.refused != "" {
					w.refused(c.refused, "officer", confirm)
					return
				}
				w.must("officer", confirm)
				e := w.effects(id)[0]
				if got := e.Until.String(); got[:7] != c.ends && got[:7] != "2027-05" { // midnight in Shanghai
					w.t.Fatalf("ends %s, want %s", got, c.ends)
				}
				// The end needs nobody, and performance does not move it.
				w.now = e.Until - 1
				w.restrictsNow(id)
				w.now = e.Until
				w.clearNow(id)
				if l, r := w.listing(id); true {
					if at, why := standing.End(id, l, r); at != e.Until || why != "expired" {
						w.t.Fatalf("ended %s (%s)", at, why)
					}
				}
			})
		})
	}
}

func TestPerformanceDoesNotLiftAFixedTerm(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		id := w.listed("officer", j, defaulters, "evades", nil)
		w.days(10)
		w.must("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)))
		w.restrictsNow(id)
		w.must("officer", act(standing.ListingEnded, id, code("repaired")))
		w.clearNow(id)
	})
}

func TestReviewAndRenewal(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.defaulter()
		c := w.confirmed(id)
		w.now = c.Review - 60*86400
		w.refused("lacks the role", "intake", act(standing.ListingRenewed, id))
		r := w.must("president", act(standing.ListingRenewed, id), text("still unpaid"))
		next := r.Resolution.Instants.Get(standing.Review)
		if twoOn := standing.At(w.now.Time().AddDate(2, 0, 0)); next < twoOn || next > twoOn+86400 {
			w.t.Fatalf("renewed at %s until %s", w.now, next)
		}
		w.spans(id, standing.Interval{From: c.From, Until: next})
		// A second time in the same minute moves nothing.
		w.refused("no review date ahead", "president", act(standing.ListingRenewed, id))
		w.now = next
		w.clearNow(id)
		w.refused("charter 3.3", "president", act(standing.ListingRenewed, id))
		if l, r := w.listing(id); true {
			if at, why := standing.End(id, l, r); at != next || why != "not-renewed" {
				w.t.Fatalf("ended %s (%s)", at, why)
			}
		}
	})
}

// Renewal is a decision on the ground as it is then.
func TestRenewalNeedsItsGround(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		w.now = w.confirmed(id).Review - 86400
		w.must("officer", act(standing.InabilityFound, j, happened(w.now-86400)))
		w.clearNow(id)
		w.refused("listing.renewed", "officer", act(standing.ListingRenewed, id))
	})
}

func TestCorrectionAndMakeGood(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.defaulter()
		c := w.confirmed(id)
		w.days(4)
		w.refused("nothing was corrected", "officer", act(standing.MakeGoodServed, id))
		w.refused("charter 13.2", "officer", act(standing.ListingCorrected, id))
		w.must("officer", act(standing.ListingCorrected, id, code("sum")), text("the sum was misprinted"))
		w.spans(id, standing.Interval{From: c.From, Until: c.Review})
		w.must("officer", act(standing.MakeGoodServed, id))
		w.days(1)
		w.must("officer", act(standing.ListingCorrected, id, code("revoked")), text("listed in error"))
		w.spans(id, standing.Interval{From: c.From, Until: w.now})
		w.days(1)
		w.must("officer", act(standing.MakeGoodServed, id))
		if l, _ := w.listing(id); l.Told != w.now || len(l.Corrected) != 2 {
			w.t.Fatalf("told %s, corrected %v", l.Told, l.Corrected)
		}
		w.refused("the listing ended", "officer", act(standing.ListingRenewed, id))
	})
}

func TestCreditorAndRelistBar(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		w.days(4)
		asks := act(standing.CreditorRequested, id, code("deletion"))
		party := w.signed("intake", asks, nil)
		party.Statement.Signature = standing.Sign(party.Statement.Acts, w.keys["intake"], standing.Intake, "party").Signature
		w.refusedAs(standing.Forbidden, "on behalf of the creditor", party)
		w.refused("received by an intake office", "officer", asks)
		w.must("intake", asks, text("they pay by instalments"))
		w.restrictsNow(id)
		w.refused("no listing on ground", "officer", act(standing.ListingEnded, id, code("creditor-consent")))
		w.must("officer", act(standing.ListingEnded, id, code("creditor-consent"), fact(standing.CreditorConsents)))
		w.clearNow(id)
		ended := w.now
		w.now = standing.At(ended.Time().AddDate(0, 5, 20))
		w.refused("relist-bar", "officer", propose(w.newCase(), j))
		// The bar is this list's and this debtor's: others are free.
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.PublicBody), in("CN/37")), &standing.Opening{Party: county()})
		w.must("officer", w.proposal(w.newCase(), j, defaulters, "refuses-though-able", addressee(2), kind(standing.PublicBody)))
		w.must("officer", w.proposal(w.newCase(), j, consumption, "unpaid-after-notice"))
		w.now = standing.At(ended.Time().AddDate(0, 6, 1))
		w.must("officer", propose(w.newCase(), j))
	})
}

func TestSecurityLiftsWhereTheListSaysSo(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		restriction := w.listed("officer", j, consumption, "unpaid-after-notice", nil)
		entry := w.listed("officer", j, defaulters, "refuses-though-able", nil)
		w.days(2)
		w.must("officer", act(standing.SecurityGiven, j))
		w.clearNow(restriction)
		w.restrictsNow(entry) // the list knows security as an exclusion, not as an exit
	})
}
