package clerk_test

import (
	"testing"

	"github.com/openstanding/standing"
)

// Lists of other fields and places: development banks, a city, other bodies'
// publications; and what ends a list as a whole.

// debarred is a firm that the World Bank has debarred for a time.
func (w *town) debarred(until standing.Instant) (listing, decision standing.CaseID) {
	w.t.Helper()
	decision = w.ruled("world bank", "decision", fact(standing.RulingOrders), in("*"))
	listing = w.newCase()
	w.must("world bank", w.proposal(listing, decision, "mdb-debarment/world-bank", "fraudulent-practice"))
	w.noticed("world bank", listing)
	w.must("world bank", act(standing.ListingConfirmed, listing, when(standing.Until, until)))
	return listing, decision
}

func (w *town) crossDebarment(decision, of standing.CaseID, details ...detail) standing.Act {
	return w.proposal(w.newCase(), decision, "mdb-debarment/ebrd", "cross-debarment",
		append([]detail{fact(standing.Recognised), cites(standing.RefListing, of, 0)}, details...)...)
}

func TestCrossDebarment(t *testing.T) {
	tell(t, func(w *town) {
		of, decision := w.debarred(day("2027-01-01"))
		w.refused("charter 1.6", "ebrd", w.proposal(w.newCase(), decision, "mdb-debarment/ebrd", "cross-debarment", fact(standing.Recognised)))
		w.refused("charter 1.6", "ebrd", w.crossDebarment(decision, w.newCase()))
		w.refused("recognises", "ebrd", w.proposal(w.newCase(), decision, "mdb-debarment/ebrd", "fraudulent-practice"))
		other := w.ruled("world bank", "decision", fact(standing.RulingOrders), in("*"))
		w.refused("charter 1.6", "ebrd", w.crossDebarment(other, of))
		w.must("world bank", act(standing.AddresseeNamed, decision, kind(standing.Organisation), fact(standing.RulingOrders)), &standing.Opening{Party: firm()})
		w.refused("the same addressee", "ebrd", w.crossDebarment(decision, of, addressee(2)))

		a := w.crossDebarment(decision, of)
		w.must("ebrd", a)
		w.noticed("ebrd", a.Case)
		w.must("ebrd", act(standing.ListingConfirmed, a.Case, when(standing.Until, day("2027-01-01"))))
		w.restrictsNow(a.Case)
		w.days(1)
		w.must("high judge", act(standing.RulingAnnulled, decision))
		w.clearNow(of)
		w.clearNow(a.Case)
	})
}

func TestShortDebarmentBindsNobodyElse(t *testing.T) {
	tell(t, func(w *town) {
		of, decision := w.debarred(day("2025-01-01"))
		w.refused("recognises", "ebrd", w.crossDebarment(decision, of))
	})
}

func TestRecognitionNeedsAListingInForce(t *testing.T) {
	tell(t, func(w *town) {
		of, decision := w.debarred(day("2027-01-01"))
		w.must("world bank", act(standing.ListingEnded, of, code("corrected")))
		w.refused("is not in force, or rests", "ebrd", w.crossDebarment(decision, of))
	})
}

// What this register only repeats binds no other bank (design 8).
func TestReportedDebarmentIsNotRecognised(t *testing.T) {
	tell(t, func(w *town) {
		decision, of := w.reportedRuling(standing.Organisation), w.newCase()
		w.must("scribe", w.report(of, decision, "mdb-debarment/world-bank", until("2027-01-01")))
		w.refused("recognises", "ebrd", w.crossDebarment(decision, of))
	})
}

// cityDecision is an unmet decision of the city.
func (w *town) cityDecision() standing.CaseID {
	w.t.Helper()
	return w.ruled("city", "decision", in("CN/37/10/82"))
}

const cityList = standing.ListID("cn-sectors/rongcheng-supplementary")

func TestCityListStaysInItsCity(t *testing.T) {
	tell(t, func(w *town) {
		d := w.cityDecision()
		w.refused("charter 4.1", "other city", w.proposal(w.newCase(), d, cityList, "unmet-decision"))
		w.refused("charter 4.1", "city", w.proposal(w.newCase(), d, cityList, "unmet-decision", in("CN/37")))
		w.refused("charter 4.1", "city", w.proposal(w.newCase(), d, cityList, "unmet-decision", in("CN/44/03")))
		w.refused("charter 1.3", "city", w.proposal(w.newCase(), d, "cn-sectors/abnormal-operations", "unreachable"), values("address.unreachable", "true"))
		// The agency of the province is entitled to the rulebook, but is no municipality.
		w.refused("charter 1.3", "agency", w.proposal(w.newCase(), d, cityList, "unmet-decision"))
		id := w.listed("city", d, cityList, "unmet-decision", nil)
		w.restrictsNow(id)
		w.refused("is cn-city-371082's", "other city", act(standing.ListingEnded, id, code("corrected")))
	})
}

// One act ends whatever rests on a list or a rulebook; its rows stay as they are.
func TestRepeal(t *testing.T) {
	for _, c := range []struct {
		name   string
		repeal func(w *town) standing.Act
		others bool // other lists of the rulebook hold on
	}{
		{"list", func(w *town) standing.Act {
			return act(standing.ListRepealed, standing.ConstitutionID, list(defaulters))
		}, true},
		{"rulebook", func(w *town) standing.Act {
			return act(standing.RulebookRepealed, standing.ConstitutionID, list("cn-courts"))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tell(t, func(w *town) {
				one, j := w.defaulter()
				two := w.listed("officer", j, consumption, "unpaid-after-notice", nil)
				waiting := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
				rows := w.effects(one)
				before := w.size()
				w.refused("two founders", "founder 1", c.repeal(w))
				w.must("founders", c.repeal(w))
				if w.size() != before+1 {
					w.t.Fatalf("the repeal took %d acts", w.size()-before)
				}
				w.clearNow(one)
				if w.restricts(two, "", w.now) != c.others {
					w.t.Fatalf("the other list of the rulebook: in force %t, want %t", !c.others, c.others)
				}
				if !w.restricts(one, "", w.now-1) || len(w.effects(one)) != len(rows) {
					w.t.Fatal("the past changed")
				}
				w.refused("is not in force", "officer", propose(w.newCase(), j))
				w.refused("is not in force", "officer", act(standing.ListingConfirmed, waiting))
				w.refused("not in force", "founders", c.repeal(w))
			})
		})
	}
}

// scan is where a reported act comes from.
func (w *town) scan(row uint64) *standing.Provenance {
	return &standing.Provenance{Source: "world-bank", Snapshot: standing.Digest{7}, Date: w.now - 86400, Row: row}
}

func sourced(s *standing.Provenance) detail { return func(a *standing.Act) { a.Source = s } }

func until(s string) detail { return when(standing.Until, day(s)) }

func (w *town) reportedRuling(party standing.PartyKind) standing.CaseID {
	w.t.Helper()
	id := w.newCase()
	w.must("scribe", act(standing.RulingRecorded, id, code("decision"), in("*"), kind(party), fact(standing.RulingOrders), when(standing.Decided, day("2023-03-01")),
		when(standing.Final, day("2023-03-01")), sourced(w.scan(1))), &standing.Opening{Party: &standing.Identity{Names: []string{"Sample Consultants"}}, Issuer: "World Bank"})
	return id
}

func (w *town) report(id, ruling standing.CaseID, onto standing.ListID, details ...detail) standing.Act {
	return w.proposal(id, ruling, onto, "fraudulent-practice",
		append([]detail{func(a *standing.Act) { a.Kind = standing.ListingReported }, sourced(w.scan(1)), when(standing.From, day("2023-03-01"))}, details...)...)
}

const worldBank = standing.ListID("mdb-debarment/world-bank")

func TestReportedListing(t *testing.T) {
	tell(t, func(w *town) {
		r, id := w.reportedRuling(standing.UnknownParty), w.newCase()
		unknown := kind(standing.UnknownParty)
		w.refused("lacks the role transcriber", "world bank", w.report(id, r, worldBank, unknown, until("2027-01-01")))
		w.refused("charter 1.5", "scribe", w.report(id, r, worldBank, unknown, until("2027-01-01"), sourced(nil)))
		w.refused("charter 3.1", "scribe", w.report(id, r, worldBank, unknown))
		w.refused("lacks the role", "scribe", w.proposal(id, r, worldBank, "fraudulent-practice", unknown))
		w.refused("does not take over", "scribe", w.report(id, r, defaulters, code("refuses-though-able"), unknown, until("2027-01-01")))
		w.must("scribe", w.report(id, r, worldBank, unknown, until("2027-01-01")))
		w.spans(id, standing.Interval{From: day("2023-03-01"), Until: day("2027-01-01")})
		w.refused("charter 1.6", "register officer", act(standing.ListingConfirmed, id))

		w.days(30)
		w.must("scribe", act(standing.ReportChanged, id, sourced(w.scan(2)), when(standing.From, day("2023-03-01")), until("2025-01-01")))
		w.spans(id, standing.Interval{From: day("2023-03-01"), Until: day("2025-01-01")})
		w.days(30)
		gone := w.now
		w.must("scribe", act(standing.ReportWithdrawn, id, sourced(w.scan(0))))
		w.spans(id, standing.Interval{From: day("2023-03-01"), Until: gone})
		w.days(30)
		w.must("scribe", act(standing.ReportChanged, id, sourced(w.scan(3)), when(standing.From, day("2023-03-01")), until("2026-01-01")))
		w.spans(id, standing.Interval{From: day("2023-03-01"), Until: gone}, standing.Interval{From: w.now, Until: day("2026-01-01")})
		w.must("register officer", act(standing.ListingCorrected, id, code("revoked")))
		w.clearNow(id)
	})
}

func TestReportedOpenEnd(t *testing.T) {
	tell(t, func(w *town) {
		r, id := w.reportedRuling(standing.Organisation), w.newCase()
		w.must("scribe", w.report(id, r, worldBank, fact(standing.Indefinite)))
		e := w.effects(id)
		if len(e) != 1 || e[0].Until != standing.Forever || !e[0].WhileShown {
			w.t.Fatalf("an open end: %+v", e)
		}
		source := w.newCase()
		snapshot := func(date standing.Instant) standing.Act {
			return act(standing.SnapshotImported, source, list(worldBank), when(standing.Snapshot, date), func(a *standing.Act) { a.Digest = standing.Digest{7} })
		}
		w.refused("lacks the role transcriber", "world bank", snapshot(w.now))
		w.refused("in the future", "scribe", snapshot(w.now+3*86400))
		w.refused("does not take over", "scribe", act(standing.SnapshotImported, source, list(defaulters), when(standing.Snapshot, w.now)))
		got := w.must("scribe", snapshot(w.now)).Resolution.Instants.Get(standing.StaleAfter)
		if want := standing.At(w.now.Time().AddDate(0, 3, 0)); got < want || got > want+86400 {
			w.t.Fatalf("stale after %s, want %s", got, want)
		}
		w.refused("older than the last one", "scribe", act(standing.SnapshotImported, source, version(1), list(worldBank), when(standing.Snapshot, w.now-86400)))
	})
}

// "Permanent" is a screening entry: no effect is for life.
func TestReportedForLife(t *testing.T) {
	tell(t, func(w *town) {
		r, id := w.reportedRuling(standing.Organisation), w.newCase()
		res := w.must("scribe", w.report(id, r, worldBank, fact(standing.Permanent|standing.Indefinite)))
		if !res.Resolution.Screening {
			w.t.Fatal("not marked as screening")
		}
		w.spans(id)
		if s := w.status(id, w.now); s != standing.StatusScreening {
			w.t.Fatalf("status %s", s)
		}
	})
}

// A reported ruling is nobody's own: it grounds no listing that claims to be
// this register's.
func TestReportedRulingGroundsNoOwnListing(t *testing.T) {
	tell(t, func(w *town) {
		r := w.reportedRuling(standing.Organisation)
		w.refused("charter 1.6", "world bank", w.proposal(w.newCase(), r, worldBank, "fraudulent-practice"))
	})
}

func TestPartyRecords(t *testing.T) {
	tell(t, func(w *town) {
		id := w.newCase()
		record := act(standing.PartyRecorded, id, kind(standing.Organisation), in("CN/37"))
		w.refused("lacks the role registrar", "officer", record, &standing.Opening{Party: firm()})
		w.must("registrar", record, &standing.Opening{Party: firm()})
		renamed := firm()
		renamed.Names = append(renamed.Names, "Shandong Example Trading Co., Ltd.")
		w.refused("is register's", "other registrar", act(standing.PartyChanged, id, kind(standing.Organisation)), &standing.Opening{Party: renamed})
		w.refused("is register's", "other registrar", act(standing.PartyErased, id))
		w.must("registrar", act(standing.PartyChanged, id, kind(standing.Organisation), in("CN/37")), &standing.Opening{Party: renamed})
		w.must("registrar", act(standing.PartyErased, id))
		w.refused("was erased", "registrar", act(standing.PartyChanged, id, kind(standing.Organisation)), &standing.Opening{Party: firm()})
	})
}

func TestLooksAreSealedByTheDay(t *testing.T) {
	tell(t, func(w *town) {
		id := w.newCase()
		seal := func(day standing.Instant, n uint64) standing.Act {
			return act(standing.LooksSealed, id, when(standing.From, day), version(n), func(a *standing.Act) { a.Digest = standing.Digest{3} })
		}
		w.refused("charter 11.3", "scribe", seal(w.now+86400, 0))
		w.refused("charter 11.3", "scribe", act(standing.LooksSealed, id, func(a *standing.Act) { a.Digest = standing.Digest{3} }))
		w.must("scribe", seal(w.now-2*86400, 0))
		w.refused("sealed already", "scribe", seal(w.now-2*86400, 1))
		w.must("scribe", seal(w.now-86400, 1))
	})
}
