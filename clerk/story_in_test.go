package clerk_test

import (
	"testing"

	"github.com/openstanding/standing"
)

// The way into a list: record, propose, serve, hear, confirm.

func TestRecordRuling(t *testing.T) {
	tell(t, func(w *town) {
		id := w.newCase()
		w.refused("lacks the role officer", "registrar", ruling(id, "judgment"), against(firm()))
		w.refused("lacks the role officer", "intake", ruling(id, "judgment"), against(firm()))
		w.refused("not a kind of ruling", "officer", ruling(id, "rumour"), against(firm()))
		w.refused("say when it was decided", "officer", ruling(id, "judgment", when(standing.Decided, 0), when(standing.Final, 0), when(standing.Due, 0)), against(firm()))
		w.refused("before it was decided", "officer", ruling(id, "judgment", when(standing.Final, day("2023-05-01"))), against(firm()))
		w.refused("neither a name nor an identifier", "officer", ruling(id, "judgment"), against(&standing.Identity{}))
		w.must("officer", ruling(id, "judgment"), against(firm()))
		w.refused("exists already", "officer", ruling(id, "award"), against(firm()))
		w.refused("may not change it", "southern judge", act(standing.PerformanceRecorded, id, fact(standing.FullPerformance)))
		w.refused("may not change it", "agency", act(standing.SumStated, id), text("120000"))
		w.must("officer", act(standing.SumStated, id), &standing.Opening{Obligation: &standing.Obligation{Kind: "pay", Amount: "90000.00", Currency: "CNY"}})
	})
}

func TestProposeNeedsGround(t *testing.T) {
	tell(t, func(w *town) {
		id := w.newCase()
		open := w.ruled("officer", "judgment", when(standing.Final, 0))
		w.refused("charter 1.1", "officer", propose(id, open))
		w.must("officer", act(standing.RulingFinal, open, when(standing.Final, day("2023-12-01"))))
		w.must("officer", act(standing.RulingVaried, open, when(standing.Due, day("2024-02-01"))))
		w.refused("is due only at 2024-02-01", "officer", propose(id, open))

		j := w.judgment()
		nothing := propose(id, j)
		nothing.Refs = nil
		w.refused("charter 1.1", "officer", nothing)
		w.refused("charter 1.1", "officer", propose(id, w.newCase()))
		w.refused("charter 1.3", "agency", w.proposal(id, j, defaulters, "refuses-though-able"))
		w.refused("charter 9.1", "officer", w.proposal(id, j, defaulters, "refuses-though-able", addressee(2)))
		w.refused("charter 9.3", "officer", w.proposal(id, j, defaulters, "refuses-though-able", kind(standing.PublicBody)))
		w.refused("charter 4.1", "officer", w.proposal(id, j, defaulters, "refuses-though-able", in("US")))
		w.refused("charter 4.5", "officer", w.proposal(id, j, defaulters, "refuses-though-able", severity(4)))
		w.refused("no ground is-rude", "officer", w.proposal(id, j, defaulters, "is-rude"))
		w.refused("has no list debtors", "officer", w.proposal(id, j, "cn-courts/debtors", "refuses-though-able"))
		w.refused("is not in force", "officer", w.proposal(id, j, "nowhere/defaulters", "refuses-though-able"))
		w.refused("list and ground are needed", "officer", w.proposal(id, j, defaulters, ""))
		w.refused("list and ground are needed", "officer", w.proposal(id, j, "", "refuses-though-able"))

		suspended := w.ruled("officer", "suspension")
		w.refused("charter 1.2", "officer", propose(id, suspended))
		w.must("officer", propose(id, j))
		w.refused("exists already", "president", w.proposal(id, j, defaulters, "evades"))
	})
}

func TestNoticeComesAfterRulingAndProposal(t *testing.T) {
	tell(t, func(w *town) {
		j, id := w.judgment(), w.newCase()
		w.refused("does not exist", "officer", served(id, w.now))
		w.must("officer", propose(id, j))
		w.refused("before its ruling", "officer", served(id, day("2023-05-31")))
		w.refused("before the listing was proposed", "officer", served(id, w.now-1))
		w.refused("still to come", "officer", served(id, w.now+3600))
		w.refused("the notice has no date", "officer", act(standing.NoticeServed, id, code("personal")))
		w.refused("is no method of list", "officer", act(standing.NoticeServed, id, code("loudspeaker"), when(standing.Served, w.now)))
		w.refused("charter 1.3", "agency", served(id, w.now))
		w.must("officer", served(id, w.now), text("handed over"))
		w.refused("notice was served already", "officer", served(id, w.now))
	})
}

func TestConfirmOnlyAfterTheWindow(t *testing.T) {
	tell(t, func(w *town) {
		j, id := w.judgment(), w.newCase()
		w.must("officer", propose(id, j))
		w.days(1)
		w.refused("no notice was served", "president", act(standing.ListingConfirmed, id))
		r := w.must("officer", served(id, w.now))
		end := r.Resolution.Instants.Get(standing.WindowEnd)
		w.now = end - 1
		w.refused("charter 2.2", "president", act(standing.ListingConfirmed, id))
		w.now = end
		w.refused("charter 2.2", "president", act(standing.ListingConfirmed, id, happened(end-1)))
		w.spans(id)
		w.must("president", act(standing.ListingConfirmed, id))
		if from := w.effects(id)[0].From; from != w.now {
			w.t.Fatalf("in force from %s, confirmed at %s", from, w.now)
		}
		w.refused("was confirmed", "president", act(standing.ListingConfirmed, id))
		w.refused("was confirmed", "officer", act(standing.ListingDropped, id))
		w.refused("was confirmed", "intake", act(standing.ObjectionMade, id), text("late"))
	})
}

// A beginning is an act: time alone begins nothing, and nothing begins before
// the act that says so.
func TestNothingBeginsByTime(t *testing.T) {
	tell(t, func(w *town) {
		id := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
		w.days(400)
		w.spans(id)
		w.must("officer", act(standing.ListingConfirmed, id, when(standing.From, w.now+10*86400)))
		if from := w.effects(id)[0].From; from != w.now+10*86400 {
			w.t.Fatalf("in force from %s, asked for %s", from, w.now+10*86400)
		}
	})
}

// An act may be recorded after the day it is dated; the effect waits for that.
func TestConfirmedYesterday(t *testing.T) {
	tell(t, func(w *town) {
		id := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
		w.days(2)
		w.must("officer", act(standing.ListingConfirmed, id, happened(w.now-86400)))
		if from := w.effects(id)[0].From; from != w.now {
			w.t.Fatalf("in force from %s, recorded at %s", from, w.now)
		}
		w.days(2)
		w.must("officer", act(standing.ListingEnded, id, code("corrected"), happened(w.now-86400)))
		if until := w.effects(id)[0].Until; until != w.now {
			w.t.Fatalf("in force until %s, ended at %s", until, w.now)
		}
	})
}

func TestObjections(t *testing.T) {
	tell(t, func(w *town) {
		j, id := w.judgment(), w.newCase()
		w.must("officer", propose(id, j))
		w.refused("no notice was served", "intake", act(standing.ObjectionMade, id), text("too early"))
		w.noticed("officer", id)
		w.refused("received by an intake office", "officer", act(standing.ObjectionMade, id), text("for them"))
		o := w.must("intake", act(standing.ObjectionMade, id), text("we have paid a part"))
		w.refused("charter 2.3", "president", act(standing.ListingConfirmed, id))

		rejected := act(standing.ObjectionDecided, id, code("rejected"), answers(id, o.Version))
		why := text("a part is not the whole")
		w.refused("charter 2.5", "officer", rejected, why)
		w.refused("charter 2.5", "officer's other key", rejected, why)
		w.refused("charter 10.4", "president", rejected)
		w.refused("charter 10.4", "president", rejected, text(""))
		w.refused("lacks the role officer", "intake", rejected, why)
		w.refused("decides no open objection", "president", act(standing.ObjectionDecided, id, code("rejected"), answers(id, 1)), why)
		w.refused("upheld or rejected", "president", act(standing.ObjectionDecided, id, code("perhaps"), answers(id, o.Version)), why)
		w.must("president", rejected, why)
		w.refused("decides no open objection", "president", rejected, why)
		w.must("officer", act(standing.ListingConfirmed, id))
	})
}

func TestUpheldObjectionDrops(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		id := w.proposed("officer", j, defaulters, "refuses-though-able", nil)
		o := w.must("intake", act(standing.ObjectionMade, id), text("we have paid"))
		w.must("president", act(standing.ObjectionDecided, id, code("upheld"), answers(id, o.Version)))
		w.refused("was withdrawn", "officer", act(standing.ListingConfirmed, id))
		w.spans(id)
		if s := w.status(id, w.now); s != standing.StatusDropped {
			w.t.Fatalf("status %s", s)
		}
	})
}

func TestDropped(t *testing.T) {
	tell(t, func(w *town) {
		id := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
		w.must("officer", act(standing.ListingDropped, id))
		w.refused("was withdrawn", "officer", act(standing.ListingConfirmed, id))
		w.refused("was withdrawn", "officer", act(standing.NoticeServed, id, code("post"), when(standing.Served, w.now)))
	})
}

// Only a ruling that itself orders immediate effect does without notice.
func TestNoticeWaivedByTheRuling(t *testing.T) {
	tell(t, func(w *town) {
		plain := w.judgment()
		w.refused("charter 2.4", "officer", w.proposal(w.newCase(), plain, defaulters, "refuses-though-able", fact(standing.NoticeWaived|standing.RulingOrders)))
		half := w.judgment(fact(standing.NoticeWaived))
		id := w.newCase()
		w.must("officer", w.proposal(id, half, defaulters, "refuses-though-able", fact(standing.NoticeWaived)))
		w.refused("no notice was served", "officer", act(standing.ListingConfirmed, id))

		orders := w.judgment(fact(standing.NoticeWaived | standing.RulingOrders))
		id = w.newCase()
		w.must("officer", w.proposal(id, orders, defaulters, "refuses-though-able", fact(standing.NoticeWaived|standing.RulingOrders)))
		w.must("officer", act(standing.ListingConfirmed, id))
		w.restrictsNow(id)
	})
}

func TestAmendBeforeNotice(t *testing.T) {
	tell(t, func(w *town) {
		j, id := w.judgment(), w.newCase()
		w.must("officer", propose(id, j))
		w.refused("no ground is-rude", "officer", act(standing.ListingAmended, id, code("is-rude")))
		w.refused("no notice was served", "officer", act(standing.ListingCorrected, id, code("ground")))
		w.must("officer", act(standing.ListingAmended, id, code("evades")))
		w.noticed("officer", id)
		w.refused("what changes after it is a correction", "officer", act(standing.ListingAmended, id, code("obstructs")))
		w.must("officer", act(standing.ListingConfirmed, id))
		c := w.confirmed(id)
		if l, _ := w.listing(id); l.Ground != "evades" || c.TermEnd == 0 || c.Review != 0 {
			w.t.Fatalf("ground %s, term end %s, review %s", l.Ground, c.TermEnd, c.Review)
		}
	})
}

// What an exclusion says is looked at when it counts: at confirmation too.
func TestWhatExcludes(t *testing.T) {
	for _, c := range []struct {
		name, want string
		event      standing.Kind
		details    []detail
	}{
		{"security given", "security was given", standing.SecurityGiven, nil},
		{"cannot pay", "unable to pay", standing.InabilityFound, nil},
		{"settlement kept", "a settlement is being kept", standing.SettlementRecorded, nil},
		{"performed", "is performed", standing.PerformanceRecorded, []detail{fact(standing.FullPerformance)}},
		{"annulled", "was annulled", standing.RulingAnnulled, nil},
		{"deadline moved", "is due only at", standing.RulingVaried, []detail{when(standing.Due, day("2025-01-01"))}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tell(t, func(w *town) {
				j := w.judgment()
				waiting := w.proposed("officer", j, defaulters, "refuses-though-able", nil)
				w.must("officer", act(c.event, j, c.details...))
				w.refused(c.want, "officer", act(standing.ListingConfirmed, waiting))
				w.refused(c.want, "officer", propose(w.newCase(), j))
				w.spans(waiting)
			})
		})
	}
}

func TestPersons(t *testing.T) {
	tell(t, func(w *town) {
		id := w.newCase()
		person := kind(standing.Person)
		unstated := w.ruledOn(woman(), "officer", "judgment", person)
		w.refused("charter 8.1", "officer", w.proposal(id, unstated, defaulters, "refuses-though-able", person))
		child := woman()
		child.BirthDate = "2010-05-05"
		w.refused("charter 8.2", "officer", ruling(w.newCase(), "judgment", person, fact(standing.AddresseeAdult)), against(child))
		unknown := w.ruledOn(woman(), "officer", "judgment", kind(standing.UnknownParty), fact(standing.AddresseeAdult))
		w.refused("charter 9.3", "officer", w.proposal(id, unknown, defaulters, "refuses-though-able", kind(standing.UnknownParty)))

		adult := w.ruledOn(woman(), "officer", "judgment", person, fact(standing.AddresseeAdult))
		listed := w.listed("officer", adult, defaulters, "refuses-though-able", nil, person)
		w.restrictsNow(listed)
	})
}

// The head of a firm is named by an act of her own, has her own notice and
// objection, and leaves with the office.
func TestLegalRepresentative(t *testing.T) {
	tell(t, func(w *town) {
		j := w.ruled("officer", "order", fact(standing.RulingOrders))
		debtor := w.listed("officer", j, consumption, "unpaid-after-notice", nil)
		person := []detail{kind(standing.Person), addressee(2)}
		w.refused("charter 9.1", "officer", w.proposal(w.newCase(), j, consumption, "named-for-entity", person...))
		w.refused("may not change it", "southern judge", act(standing.AddresseeNamed, j, kind(standing.Person), codes("legal-representative")), &standing.Opening{Party: woman()})
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.Person), codes("legal-representative"), in("CN/37"), fact(standing.AddresseeAdult|standing.RulingOrders)),
			&standing.Opening{Party: woman()})
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.Person), codes("guarantor"), fact(standing.AddresseeAdult)), &standing.Opening{Party: man()})
		w.refused("charter 9.2", "officer", w.proposal(w.newCase(), j, consumption, "named-for-entity", kind(standing.Person), addressee(3)))
		w.refused("charter 9.2", "officer", w.proposal(w.newCase(), j, defaulters, "refuses-though-able", person...))

		id := w.newCase()
		w.must("officer", w.proposal(id, j, consumption, "named-for-entity", person...))
		w.refused("no notice was served", "officer", act(standing.ListingConfirmed, id))
		w.noticed("officer", id)
		w.must("officer", act(standing.ListingConfirmed, id))
		w.days(30)
		w.must("officer", act(standing.ListingEnded, id, code("left-office")))
		w.clearNow(id)
		w.restrictsNow(debtor)
	})
}

func TestPublicBody(t *testing.T) {
	tell(t, func(w *town) {
		public := kind(standing.PublicBody)
		j := w.ruledOn(county(), "officer", "judgment", public)
		id := w.listed("officer", j, defaulters, "refuses-though-able", nil, public)
		w.restrictsNow(id)
		w.days(10)
		w.must("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)))
		w.clearNow(id)
	})
}

// A case is acted on by who is entitled to its list where it is kept, and by
// the authority that it belongs to.
func TestStrangersDoNotAct(t *testing.T) {
	tell(t, func(w *town) {
		j := w.judgment()
		w.refused("charter 1.3", "world bank", w.proposal(w.newCase(), j, defaulters, "refuses-though-able"))
		id := w.proposed("officer", j, defaulters, "refuses-though-able", nil)
		for _, a := range []standing.Act{
			act(standing.ListingConfirmed, id), act(standing.ListingDropped, id), act(standing.ListingStayed, id),
			act(standing.ListingAmended, id, code("evades")),
		} {
			w.refused("is cn-court-3710's", "southern judge", a)
			w.refused("is cn-court-3710's", "neighbour", a)
		}
		w.must("officer", act(standing.ListingConfirmed, id))
		for _, a := range []standing.Act{
			act(standing.ListingStayed, id), act(standing.ListingEnded, id, code("creditor-consent"), fact(standing.CreditorConsents)), act(standing.ListingRenewed, id),
			act(standing.ListingCorrected, id, code("revoked")), act(standing.Exempted, id, codes("air-travel.economy"), when(standing.Until, w.now+86400)),
		} {
			w.refused("is cn-court-3710's", "southern judge", a)
			w.refused("is cn-court-3710's", "neighbour", a)
		}
		// A higher court may: here upon reconsideration.
		w.must("high judge", act(standing.ListingStayed, id))
		w.clearNow(id)
	})
}
