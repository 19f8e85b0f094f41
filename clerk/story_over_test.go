package clerk_test

import (
	"testing"

	"github.com/openstanding/standing"
)

// What lies over a listing for a time: stays, exemptions, claims that wait.

func TestStayAndLift(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.defaulter()
		c := w.confirmed(id)
		w.days(3)
		w.refused("no stay runs", "officer", act(standing.StayLifted, id))
		w.refused("ends before it begins", "officer", act(standing.ListingStayed, id, when(standing.Until, w.now)))
		stayed := w.now
		s := w.must("officer", act(standing.ListingStayed, id))
		w.spans(id, standing.Interval{From: c.From, Until: stayed})
		if got := w.status(id, w.now); got != standing.StatusStayed {
			w.t.Fatalf("status %s", got)
		}
		w.days(30)
		lifted := w.now
		w.must("president", act(standing.StayLifted, id, answers(id, s.Version)))
		w.spans(id, standing.Interval{From: c.From, Until: stayed}, standing.Interval{From: lifted, Until: c.Review})
		w.days(5)
		ends := w.now + 10*86400
		w.must("officer", act(standing.ListingStayed, id, when(standing.Until, ends)))
		w.spans(id, standing.Interval{From: c.From, Until: stayed}, standing.Interval{From: lifted, Until: w.now}, standing.Interval{From: ends, Until: c.Review})
	})
}

func TestStayNeedsAListingInForce(t *testing.T) {
	tell(t, func(w *town) {
		id := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
		w.refused("not confirmed", "officer", act(standing.ListingStayed, id))
	})
}

func TestExemption(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.defaulter()
		c := w.confirmed(id)
		w.days(2)
		from, until := w.now, w.now+20*86400
		fly := func(details ...detail) standing.Act {
			return act(standing.Exempted, id, append([]detail{codes("air-travel.economy"), when(standing.From, from), when(standing.Until, until)}, details...)...)
		}
		w.refused("may last until", "officer", fly(when(standing.Until, w.now+40*86400)))
		month := standing.At(w.now.Time().AddDate(0, 1, 0))
		month += 86400 - (month+8*3600)%86400 // the day after it, in Shanghai
		w.refused("may last until", "officer", fly(when(standing.Until, month+1)))
		whole := w.must("officer", fly(when(standing.Until, month)))
		w.must("officer", act(standing.ExemptionRevoked, id, answers(id, whole.Version)))
		w.refused("allows no exemption of company.director", "officer", fly(codes("air-travel.economy", "company.director")))
		w.refused("names its activities and ends", "officer", fly(codes()))
		w.refused("charter 12.2", "officer", fly(when(standing.Until, 0)))
		w.refused("charter 6.2", "officer", fly(code("illness")))
		w.refused("charter 6.2", "officer", fly(), text("her mother is dying"))
		w.refused("charter 6.2", "officer", fly(), &standing.Opening{Documents: []standing.Document{{Title: "hospital record", SHA256: standing.Digest{1}}}})
		x := w.must("officer", fly(), &standing.Opening{Text: "personal emergency", Documents: []standing.Document{{SHA256: standing.Digest{1}}}})
		if w.restricts(id, "air-travel.economy", w.now) || !w.restricts(id, "rail.high-speed", w.now) || !w.restricts(id, "air-travel.economy", until) {
			w.t.Fatalf("effects with an exemption of air travel until %s: %+v", until, w.effects(id))
		}
		w.days(1)
		w.refused("no such exemption runs", "officer", act(standing.ExemptionRevoked, id))
		w.must("officer", act(standing.ExemptionRevoked, id, answers(id, x.Version)))
		if !w.restricts(id, "air-travel.economy", w.now) {
			w.t.Fatal("the exemption was revoked and still holds")
		}
		if e := w.effects(id); e[len(e)-1].Until != c.Review {
			w.t.Fatalf("ends %s, review %s", e[len(e)-1].Until, c.Review)
		}
	})
}

func TestListWithoutExemption(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.unreachable()
		w.refused("knows no exemption", "agency", act(standing.Exempted, id, codes("subsidy.apply"), when(standing.Until, w.now+86400)))
	})
}

// unreachable is a firm on the list of abnormal operations, with its decision.
func (w *town) unreachable() (listing, decision standing.CaseID) {
	w.t.Helper()
	decision = w.ruled("agency", "decision")
	return w.listed("agency", decision, "cn-sectors/abnormal-operations", "unreachable", values("address.unreachable", "true")), decision
}

func TestPerformanceReported(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		c := w.confirmed(id)
		w.days(10)
		w.refused("may not change it", "agency", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)))
		w.must("officer", act(standing.PerformanceRecorded, j))
		w.spans(id, standing.Interval{From: c.From, Until: c.Review})
		paid := w.now - 86400
		w.must("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance), happened(paid)))
		w.spans(id, standing.Interval{From: c.From, Until: paid})
		if l, r := w.listing(id); true {
			if at, why := standing.End(id, l, r); at != paid || why != "performed" {
				w.t.Fatalf("ended %s (%s)", at, why)
			}
		}
	})
}

func TestPerformanceByOneOfTwo(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.PublicBody), in("CN/37")), &standing.Opening{Party: county()})
		one := w.listed("officer", j, defaulters, "refuses-though-able", nil)
		two := w.listed("officer", j, defaulters, "refuses-though-able", nil, addressee(2), kind(standing.PublicBody))
		w.days(1)
		w.must("officer", act(standing.PerformanceRecorded, j, addressee(2), fact(standing.FullPerformance)))
		w.restrictsNow(one)
		w.clearNow(two)
		w.must("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)))
		w.clearNow(one)
	})
}

func TestClaimUpheld(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		w.days(5)
		w.refused("received by an intake office", "officer", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
		claim := w.must("intake", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
		w.days(2)
		w.restrictsNow(id)
		w.refused("answers no open claim", "officer", act(standing.ClaimAnswered, j, code("upheld")))
		w.refused("may not change it", "southern judge", act(standing.ClaimAnswered, j, code("upheld"), answers(j, claim.Version)))
		w.must("officer", act(standing.ClaimAnswered, j, code("upheld"), answers(j, claim.Version)))
		w.clearNow(id)
		w.refused("answers no open claim", "officer", act(standing.ClaimAnswered, j, code("rejected"), answers(j, claim.Version)), text("no"))
		w.refused("is performed", "officer", w.proposal(w.newCase(), j, defaulters, "refuses-though-able"))
	})
}

func TestClaimRejected(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		c := w.confirmed(id)
		claim := w.must("intake", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
		w.days(2)
		w.refused("charter 10.4", "officer", act(standing.ClaimAnswered, j, code("rejected"), answers(j, claim.Version)))
		w.refused("upheld or rejected", "officer", act(standing.ClaimAnswered, j, code("maybe"), answers(j, claim.Version)), text("?"))
		w.must("officer", act(standing.ClaimAnswered, j, code("rejected"), answers(j, claim.Version)), text("the receipt is of another case"))
		w.spans(id, standing.Interval{From: c.From, Until: c.Review})
	})
}

// The office's silence helps the party: from the deadline until the answer.
func TestClaimUnanswered(t *testing.T) {
	tell(t, func(w *town) {
		id, j := w.defaulter()
		c := w.confirmed(id)
		w.must("intake", act(standing.PerformanceClaimed, j), text("paid, I think"))
		claim := w.must("intake", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
		by := claim.Resolution.Instants.Get(standing.AnswerBy)
		if by <= w.now || by > w.now+20*86400 {
			w.t.Fatalf("to be answered by %s, claimed at %s", by, w.now)
		}
		w.spans(id, standing.Interval{From: c.From, Until: by})
		if s := w.status(id, by); s != standing.StatusRested {
			w.t.Fatalf("status %s", s)
		}
		w.now = by + 30*86400
		w.must("president", act(standing.ClaimAnswered, j, code("rejected"), answers(j, claim.Version)), text("forged"))
		w.spans(id, standing.Interval{From: c.From, Until: by}, standing.Interval{From: w.now, Until: c.Review})
	})
}

// A claim that was made before the listing is no less a claim.
func TestClaimBeforeTheListing(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		claim := w.must("intake", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
		id := w.proposed("officer", j, defaulters, "refuses-though-able", nil)
		w.refused("waits for its answer", "officer", act(standing.ListingConfirmed, id))
		w.must("president", act(standing.ClaimAnswered, j, code("rejected"), answers(j, claim.Version)), text("forged"))
		w.must("officer", act(standing.ListingConfirmed, id))
	})
}

// The list that has to answer soonest sets the day.
func TestClaimOnTwoLists(t *testing.T) {
	tell(t, func(w *town) {
		d := w.ruled("agency", "decision", fact(standing.RulingOrders))
		slow := w.listed("agency", d, "cn-sectors/serious-violations", "food", conduct())
		ten := w.must("intake", act(standing.PerformanceClaimed, d, fact(standing.ProofAttached)), text("done")).Resolution.Instants.Get(standing.AnswerBy)
		quick := w.listed("agency", d, "cn-sectors/abnormal-operations", "unreachable", values("address.unreachable", "true"))
		claimed := w.now
		five := w.must("intake", act(standing.PerformanceClaimed, d, fact(standing.ProofAttached)), text("done")).Resolution.Instants.Get(standing.AnswerBy)
		sectors, _ := w.books.Named("cn-sectors", "")
		by := func(list string) standing.Instant {
			l, _ := sectors.List(list)
			at, _ := sectors.AnswerBy(l, claimed)
			return at
		}
		if five != by("abnormal-operations") || five >= by("serious-violations") {
			w.t.Fatalf("answer by %s, claimed at %s; the lists say %s and %s", five, claimed, by("abnormal-operations"), by("serious-violations"))
		}
		w.now = max(five, ten)
		w.clearNow(quick)
		w.clearNow(slow)
	})
}

func TestErrorClaimed(t *testing.T) {
	tell(t, func(w *town) {
		id, _ := w.defaulter()
		c := w.confirmed(id)
		claim := w.must("intake", act(standing.ErrorClaimed, id, fact(standing.ProofAttached)), text("we are another firm"))
		by := claim.Resolution.Instants.Get(standing.AnswerBy)
		w.spans(id, standing.Interval{From: c.From, Until: by})
		w.refused("charter 10.4", "officer", act(standing.ErrorAnswered, id, code("rejected"), answers(id, claim.Version)))
		w.days(1)
		w.must("officer", act(standing.ErrorAnswered, id, code("upheld"), answers(id, claim.Version)))
		w.spans(id, standing.Interval{From: c.From, Until: w.now})
		w.must("officer", act(standing.MakeGoodServed, id))
		if l, _ := w.listing(id); l.Told != w.now {
			w.t.Fatalf("told %s", l.Told)
		}
	})
}
