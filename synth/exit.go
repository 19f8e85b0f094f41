package synth

import "github.com/openstanding/standing"

// exit is how a listing that lasts until performance ends.
type exit uint8

const (
	byReview exit = iota
	byPerformance
	byClaim
	bySettlement
	bySecurity
	byInability
	byCreditor
	byAnnulment
	bySilence // set piece: a proven claim that the office does not answer
)

// drawExit draws how a listing ends; agencies know fewer ways than courts.
func (s *story) drawExit() exit {
	if s.piece != nil {
		return s.piece.exit
	}
	n := s.draw.below(10_000)
	for _, row := range [...]struct {
		weight int
		exit   exit
		court  bool
	}{
		{exitPerformed, byPerformance, false}, {exitClaimed, byClaim, false}, {annulledLater, byAnnulment, false},
		{exitSettled, bySettlement, true}, {exitSecurity, bySecurity, true}, {exitUnable, byInability, true}, {creditorConsents, byCreditor, true},
	} {
		if n < row.weight {
			if row.court && s.w.rules[s.rule].office != court {
				return byPerformance
			}
			return row.exit
		}
		n -= row.weight
	}
	return byReview
}

// untilPerformed tells of a listing that lasts until the obligation is
// performed or nobody renews it.
func (s *story) untilPerformed() {
	confirmed := int(s.last.period)
	how := s.drawExit()
	review := s.w.rules[s.rule].review
	end := s.exitAt(s.last.at, review)
	s.incidents(end)
	if how != byReview {
		s.leave(how, end)
		return
	}
	for n := 1; s.maybe(renewed) && s.renew(confirmed+n*review); n++ {
		if s.maybe(exitPerformed) {
			s.leave(byPerformance, s.last.at+standing.Instant(s.draw.between(20, review*20))*day)
			return
		}
	}
}

// renew tells of a renewal in the period in which the review falls, and reports
// whether it came to it. Its file arrives hours before the review is over: see
// [World.slot].
func (s *story) renew(period int) bool {
	if period >= s.w.periods() || int(s.last.period) >= period || s.w.bounds[period+1].Time().Day() != 1 {
		return false
	}
	at := s.w.bounds[period+1] - day*standing.Instant(s.draw.between(1, 10))
	for i := range s.lists {
		if !s.listings[i].ended {
			s.add(event{at: at, kind: standing.ListingRenewed, on: uint8(i + 1)})
		}
	}
	return !s.over
}

// exitAt draws when a listing ends, well before its review.
func (s *story) exitAt(from standing.Instant, review int) standing.Instant {
	weights := [len(monthsToExit)]int{}
	for i, m := range monthsToExit {
		weights[i] = m.weight
	}
	if s.piece != nil {
		return from + 20*day
	}
	m := monthsToExit[s.draw.pick(weights[:])]
	days := m.from*30 + s.draw.below((m.until-m.from)*30) + 3
	end := from + standing.Instant(days*review/24)*day
	if year := from.Time().Year(); year < restorationYear && end.Time().Year() > restorationYear && s.maybe(restored) {
		end = max(civil(restorationYear, 1, 1)+standing.Instant(s.draw.below(360))*day, from+3*day)
	}
	return end
}

// leave tells of the exit.
func (s *story) leave(how exit, at standing.Instant) {
	at = max(at, s.last.at)
	switch how {
	case byPerformance:
		if s.amount > 0 && s.maybe(1000) { // a part is paid first
			s.add(event{at: at, kind: standing.PerformanceRecorded})
			at = s.later(10, 60)
		}
		s.add(event{at: at, kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
	case byClaim, bySilence:
		s.claim(how, at)
	case bySettlement:
		s.add(event{at: at, kind: standing.SettlementRecorded, facts: standing.FullPerformance})
		if s.maybe(7000) { // what a settlement does not lift, performance does
			s.add(event{at: s.later(20, 120), kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
		}
	case bySecurity:
		s.add(event{at: at, kind: standing.SecurityGiven})
	case byInability:
		s.add(event{at: at, kind: standing.InabilityFound})
	case byCreditor:
		if on := s.live(); on > 0 {
			s.add(event{at: at, kind: standing.CreditorRequested, desk: creditorCounter, on: on, code: "deletion"})
			s.endAll(s.later(3, 20), "creditor-consent", standing.CreditorConsents)
		}
	case byAnnulment:
		s.add(event{at: at, kind: standing.RulingAnnulled})
	}
}

// claim tells of a party that says it has performed, with proof.
func (s *story) claim(how exit, at standing.Instant) {
	s.add(event{at: at, kind: standing.PerformanceClaimed, desk: partyCounter, facts: standing.ProofAttached})
	cause := s.versions[0]
	if how == bySilence {
		return
	}
	wait := 12
	if s.maybe(claimUnanswered) {
		wait = 120 // the effect rests from the list's deadline on
	}
	upheld := s.maybe(claimUpheld)
	s.add(event{at: s.later(wait/2, wait), kind: standing.ClaimAnswered, code: outcome(upheld), cause: cause})
	if !upheld && s.maybe(6000) {
		s.add(event{at: s.later(20, 90), kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
	}
}

// live is the first listing that has not ended, 0 when all have.
func (s *story) live() uint8 {
	for i := range s.lists {
		if !s.listings[i].ended {
			return uint8(i + 1)
		}
	}
	return 0
}

func (s *story) endAll(at standing.Instant, code string, facts standing.Facts) {
	for i := range s.lists {
		if !s.listings[i].ended {
			s.add(event{at: at, kind: standing.ListingEnded, on: uint8(i + 1), code: code, facts: facts})
		}
	}
}

// fixedTerm tells of a listing with a term: it runs out by itself, unless the
// conduct is repaired where the list allows it, or the ruling falls.
func (s *story) fixedTerm() {
	confirmed := s.last
	r := &s.w.rules[s.rule]
	s.incidents(confirmed.at + 300*day)
	switch {
	case s.maybe(annulledLater):
		s.add(event{at: s.later(30, 200), kind: standing.RulingAnnulled})
	case r.repair > 0 && s.maybe(repairedEarly):
		s.add(event{at: s.later(20, 200), kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
		// The time before repair counts from the recording of the entry.
		earliest := s.w.bounds[confirmed.period+1] + mailing + standing.Instant(r.repair*31+5)*day
		at := max(s.later(10, 60), earliest)
		for i := range s.lists {
			if l := &s.listings[i]; !l.ended && s.w.rules[l.rule].fixed {
				s.add(event{at: at, kind: standing.ListingEnded, on: uint8(i + 1), code: "repaired", facts: standing.FullPerformance | standing.ProofAttached})
			}
		}
	}
}

// incidents tells what happens to a listing in force before a day.
func (s *story) incidents(end standing.Instant) {
	gap := func(days int) bool { return s.last.at+standing.Instant(days)*day < end }
	if s.maybe(misprint) && gap(60) {
		s.add(event{at: s.later(5, 30), kind: standing.ListingCorrected, on: 1})
		s.add(event{at: s.later(1, 10), kind: standing.MakeGoodServed, on: 1})
	}
	if s.maybe(stayed) && gap(120) {
		at := s.later(5, 40)
		s.add(event{at: at, until: at + 90*day, kind: standing.ListingStayed, on: 1, desk: reviewer})
		if cause := s.versions[1]; s.maybe(stayLifted) {
			// Recorded while the stay still runs: files arrive up to five weeks later.
			s.add(event{at: s.later(5, 30), kind: standing.StayLifted, on: 1, desk: reviewer, cause: cause})
		}
	}
	if s.canExempt() && s.maybe(exempted) && gap(60) {
		s.exempt(s.later(5, 30), s.maybe(exemptionRevoked))
	}
	if s.named && s.maybe(leavesOffice) && gap(60) {
		if n := uint8(s.lists); s.listings[n-1].addressee == 2 && !s.listings[n-1].ended {
			s.listings[n-1].ended = true
			s.add(event{at: s.later(10, 50), kind: standing.ListingEnded, on: n, code: "left-office"})
		}
	}
	if s.maybe(errorClaimed) && gap(60) {
		s.claimError()
	}
	if s.piece != nil && s.piece.exempt {
		s.exempt(s.w.bounds[s.w.periods()-1], false)
	}
}

// canExempt reports whether the first listing's list exempts anyone: the lists
// of the courts do.
func (s *story) canExempt() bool { return s.w.rules[s.listings[0].rule].office == court }

// exempt lets the debtor travel for some days; on every list that forbids it.
func (s *story) exempt(at standing.Instant, revoke bool) {
	for i := range s.lists {
		if s.listings[i].addressee == 1 && !s.listings[i].ended {
			s.add(event{at: at, kind: standing.Exempted, on: uint8(i + 1)})
		}
	}
	if cause := s.versions[1]; revoke {
		// Granted in error: a later file would find it run out.
		s.add(event{kind: standing.ExemptionRevoked, on: 1, cause: cause, desk: reviewer})
	}
}

// claimError tells of a party that says the first entry is wrong, and, where it
// is, of making good.
func (s *story) claimError() {
	s.add(event{at: s.later(5, 40), kind: standing.ErrorClaimed, desk: partyCounter, on: 1, facts: standing.ProofAttached})
	cause := s.versions[1]
	upheld := s.maybe(errorUpheld)
	s.add(event{at: s.later(2, 6), kind: standing.ErrorAnswered, desk: reviewer, on: 1, code: outcome(upheld), cause: cause})
	if upheld {
		s.listings[0].ended = true
		s.add(event{at: s.later(1, 3), kind: standing.ListingCorrected, on: 1, code: "revoked", desk: reviewer})
		s.add(event{at: s.later(2, 12), kind: standing.MakeGoodServed, on: 1})
	}
}
