package synth

import "github.com/openstanding/standing"

// event is one act to come: what happens, when, who signs it.
type event struct {
	at        standing.Instant
	until     standing.Instant // a deadline or an end, by kind
	kind      standing.Kind
	period    int16
	desk      desk
	on        uint8 // 0 = the ruling, else the listing's number
	addressee uint8
	version   uint8 // of the case before the act
	ruling    uint8 // version of the ruling at that time, for acts that cite it
	cause     uint8 // version of the act that this one answers
	facts     standing.Facts
	code      string
}

// listing is one addressee on one list.
type listing struct {
	rule      int
	addressee uint8
	ended     bool
}

// maxEvents bounds a story; the longest drawn has about 40 events.
const (
	maxEvents   = 64
	maxListings = 4
)

// story is everything that happens to a ruling, in the order in which it is
// recorded. It is told anew whenever a part of it is needed.
type story struct {
	ruling
	w           *World
	kind        string
	decided     standing.Instant
	final       standing.Instant // as first recorded; zero = not yet
	due         standing.Instant
	recordedDue standing.Instant // before it was moved
	amount      int              // cents; 0 = to do something
	named       bool
	immediate   bool
	listings    [maxListings]listing
	lists       int
	events      [maxEvents]event
	n           int
	versions    [maxListings + 1]uint8
	last        event
	over        bool // the world ends before the next event
}

// tell works out the story of ruling k into s.
func (w *World) tell(k int, s *story) {
	*s = story{ruling: w.rulingOf(k), w: w}
	s.begin()
	fate := proposedListing
	if s.piece == nil {
		fate = s.draw.pick(fates[:])
	}
	if s.beforeListing(fate) {
		s.list()
	}
}

// maybe is a chance of 10,000; in set pieces nothing happens by chance.
func (s *story) maybe(of10000 int) bool { return s.piece == nil && s.draw.chance(of10000) }

// later is some days after the last event.
func (s *story) later(from, until int) standing.Instant {
	return s.last.at + day*standing.Instant(s.draw.between(from, until)) + standing.Instant(s.draw.below(30_000))
}

// add appends an event, not before the last one. Files of one period are sent
// desk by desk, so an event at an earlier desk waits for the next period.
func (s *story) add(e event) {
	e.at = max(e.at, s.last.at)
	period := s.w.periodOf(e.at)
	if s.n > 0 && (period < int(s.last.period) || period == int(s.last.period) && e.desk < s.last.desk) {
		period = int(s.last.period)
		if e.desk < s.last.desk {
			period++
		}
	}
	if s.over = s.over || period >= s.w.periods() || s.n == maxEvents; s.over {
		return
	}
	e.at = max(e.at, s.w.bounds[period])
	e.period = int16(period)
	e.version, e.ruling = s.versions[e.on], s.versions[0]
	s.versions[e.on]++
	s.events[s.n] = e
	s.n++
	s.last = e
}

// begin records the ruling and whom it addresses.
func (s *story) begin() {
	w, d := s.w, &s.draw
	r := &w.rules[s.rule]
	from, until := w.bounds[s.period], w.bounds[s.period+1]
	at := from + standing.Instant(d.below(int(until-from)))
	s.kind = r.ruling
	if s.kind == "" {
		s.kind = d.courtKind()
	}
	s.decided = at - day*standing.Instant(d.between(8, 60))
	s.due = s.decided + day*standing.Instant(d.between(10, 40))
	if !s.maybe(notFinalYet) {
		s.final = s.decided + day*standing.Instant(d.between(0, 7))
	}
	if s.rule != ruleCity && !s.maybe(toDo) {
		s.amount = amount(d)
	}
	s.named = r.named != 0 && s.debtor.class == company && s.maybe(withLegalRep)
	s.immediate = s.rule == ruleUnpaid && s.maybe(immediateEffect)
	s.recordedDue = s.due
	s.add(event{at: at, kind: standing.RulingRecorded, addressee: 1})
	if s.named {
		s.add(event{kind: standing.AddresseeNamed, addressee: 2})
	}
}

// amount is a sum in cents between 3,000 and some 30 million yuan, the small
// ones more often (assumption).
func amount(d *draw) int {
	sum := 300_000
	for range d.below(14) {
		sum *= 2
	}
	return sum + d.below(sum)
}

// beforeListing tells what happens before a listing is proposed, and reports
// whether one is.
func (s *story) beforeListing(fate int) bool {
	if fate == annulledBeforeFinal {
		s.final = 0
		s.add(event{at: s.later(30, 120), kind: standing.RulingAnnulled})
		return false
	}
	if s.final == 0 {
		at := s.later(10, 40)
		s.add(event{at: at, until: at - day*standing.Instant(s.draw.between(1, 5)), kind: standing.RulingFinal})
	}
	if s.maybe(deadlineMoved) {
		s.due = s.later(30, 60)
		s.add(event{at: s.later(1, 5), until: s.due, kind: standing.RulingVaried})
	}
	if s.amount > 0 && s.maybe(sumStatedAnew) {
		s.add(event{at: s.later(5, 30), kind: standing.SumStated})
	}
	switch fate {
	case performedInTime:
		s.add(event{at: s.later(2, 60), kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
	case settledInTime:
		return s.settle()
	case securityInTime:
		s.add(event{at: s.later(5, 40), kind: standing.SecurityGiven})
	case unableInTime:
		s.add(event{at: s.later(30, 120), kind: standing.InabilityFound})
	}
	return fate == proposedListing
}

// settle tells of a settlement before any listing; one that fails without good
// reason is a ground of its own with the courts.
func (s *story) settle() bool {
	s.add(event{at: s.later(5, 40), kind: standing.SettlementRecorded})
	if !s.maybe(settlementFails) {
		return false
	}
	s.add(event{at: s.later(40, 200), kind: standing.SettlementFailed})
	if s.w.rules[s.rule].office != court {
		return false
	}
	s.rule = ruleRefusesSettlement
	return true
}

// list tells of the way into the lists.
func (s *story) list() {
	r := &s.w.rules[s.rule]
	s.last.at = max(s.last.at, s.due) // nothing moves before the obligation is due
	at := s.later(3, 40)
	s.propose(at, s.rule, 1)
	if r.lighter != 0 && (s.piece != nil || s.maybe(withConsumption)) {
		s.propose(at, r.lighter, 1)
	}
	if s.named {
		s.propose(at, r.named, 2)
	}
	if r.office == court && s.maybe(creditorAsks) {
		s.add(event{at: s.later(1, 6), kind: standing.CreditorRequested, desk: creditorCounter, on: 1, code: "entry"})
	}
	if s.maybe(amended) {
		s.add(event{at: s.later(1, 8), kind: standing.ListingAmended, on: 1})
	}
	if s.immediate {
		s.confirm(s.later(0, 3))
		return
	}
	served := s.later(1, 15)
	method := s.method()
	for i := range s.lists {
		s.add(event{at: served, kind: standing.NoticeServed, on: uint8(i + 1), code: method})
	}
	over := s.last.at + day*standing.Instant(s.window())
	if s.maybe(performedMeanwhile) {
		s.add(event{at: s.later(1, 25), kind: standing.PerformanceRecorded, facts: standing.FullPerformance})
		s.drop()
		return
	}
	if s.maybe(objected) && s.object() {
		return
	}
	s.confirm(max(over, s.later(0, 20)))
}

func (s *story) propose(at standing.Instant, rule int, addressee uint8) {
	s.listings[s.lists] = listing{rule: rule, addressee: addressee}
	s.lists++
	s.add(event{at: at, kind: standing.ListingProposed, on: uint8(s.lists), addressee: addressee})
}

// method is how notice is served; research is never published.
func (s *story) method() string {
	return [...]string{"post", "post", "electronic", "electronic", "electronic", "personal"}[s.draw.below(6)]
}

// window is the longest window of the listings, in days.
func (s *story) window() int {
	days := 0
	for _, l := range s.listings[:s.lists] {
		days = max(days, s.w.rules[l.rule].window)
	}
	return days
}

// object tells of an objection against the first listing, and reports whether
// it was upheld and everything dropped.
func (s *story) object() bool {
	s.add(event{at: s.later(1, 8), kind: standing.ObjectionMade, desk: partyCounter, on: 1})
	cause := s.versions[1]
	upheld := s.maybe(objectionUpheld)
	s.add(event{at: s.later(3, 14), kind: standing.ObjectionDecided, desk: reviewer, on: 1, code: outcome(upheld), cause: cause})
	if upheld {
		s.listings[0].ended = true // upheld, the objection drops its listing
		s.drop()
	}
	return upheld
}

func outcome(upheld bool) string {
	if upheld {
		return "upheld"
	}
	return "rejected"
}

// drop withdraws what is proposed.
func (s *story) drop() {
	at := s.later(1, 6)
	for i := range s.lists {
		if !s.listings[i].ended {
			s.add(event{at: at, kind: standing.ListingDropped, on: uint8(i + 1)})
		}
	}
}

func (s *story) confirm(at standing.Instant) {
	longer := s.maybe(longerTerm)
	for i := range s.lists {
		e := event{at: at, kind: standing.ListingConfirmed, on: uint8(i + 1)}
		if r := &s.w.rules[s.listings[i].rule]; longer && r.fixed {
			e.until = standing.Instant(r.longer) * day // counted from the recording
		}
		s.add(e)
	}
	if s.over {
		return
	}
	if s.w.rules[s.rule].fixed {
		s.fixedTerm()
		return
	}
	s.untilPerformed()
}
