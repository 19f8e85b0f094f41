package clerk_test

import (
	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
)

// machine says random things, sensible and not, about a few rulings, listings
// and parties, and lets time pass.
type machine struct {
	w        *town
	t        *rapid.T
	rulings  []standing.CaseID
	listings []standing.CaseID
	world    map[standing.CaseID]int // which ruling a case belongs to, by its number
	steps    []step
	taken    int
	refused  map[string]int
}

// step is a submission of a run, with its time and the world that it is about;
// -1: it concerns all of them.
type step struct {
	at    standing.Instant
	world int
	s     clerk.Submission
	taken bool
}

func newMachine(t *rapid.T, w *town) *machine {
	return &machine{w: w, t: t, world: map[standing.CaseID]int{}, refused: map[string]int{}}
}

func pick[V any](m *machine, name string, from ...V) V {
	return from[rapid.IntRange(0, len(from)-1).Draw(m.t, name)]
}

func (m *machine) rarely(name string) bool { return rapid.IntRange(0, 7).Draw(m.t, name) == 5 }

// ruling and listing are any that there are, or one that there is not.
func (m *machine) ruling() standing.CaseID { return m.any("ruling", m.rulings) }

func (m *machine) listing() standing.CaseID { return m.any("listing", m.listings) }

func (m *machine) any(name string, ids []standing.CaseID) standing.CaseID {
	if len(ids) == 0 {
		return m.w.newCase()
	}
	return pick(m, name, ids...)
}

// say submits an act and keeps what came of it.
func (m *machine) say(who string, a standing.Act, o *standing.Opening) {
	s := m.w.signed(who, a, o)
	_, err := m.w.submit(s)
	world, known := m.world[a.Case]
	if !known {
		world = -1
	}
	m.steps = append(m.steps, step{m.w.now, world, s, err == nil})
	if err == nil {
		m.taken++
		return
	}
	if k := standing.KindOf(err); k == standing.Internal || k == standing.Unavailable {
		m.t.Fatalf("%s: a fault of the clerk's: %v", a.Kind, err)
	}
	m.refused[a.Kind.String()]++
}

// officer is somebody, mostly one who may.
func (m *machine) officer() string {
	return pick(m, "officer", "officer", "officer", "president", "president", "officer's other key", "high judge", "southern judge", "agency", "intake")
}

// some are some of these facts.
func (m *machine) some(facts ...standing.Facts) detail {
	var out standing.Facts
	for _, f := range facts {
		if rapid.Bool().Draw(m.t, "fact") {
			out |= f
		}
	}
	return fact(out)
}

// about is an instant around now.
func (m *machine) about(name string) standing.Instant {
	return m.w.now + standing.Instant(pick(m, name, -400, -30, -1, 0, 1, 20, 60, 900))*86400
}

// pass lets time pass: an hour, some days, a year, or until some window ends.
func (m *machine) pass() {
	for _, id := range m.listings {
		if l, _ := m.w.listing(id); l.Notice != nil && l.Confirmed == nil && l.Notice.WindowEnd > m.w.now && rapid.Bool().Draw(m.t, "to the window's end") {
			m.w.now = l.Notice.WindowEnd + standing.Instant(rapid.IntRange(-1, 1).Draw(m.t, "late by"))
			return
		}
	}
	m.w.now += standing.Instant(pick(m, "hours", 24*6, 24, 24*20, 1, 24*40, 24*300, 24*700)) * 3600
}

// further does what comes next to a listing, so that runs reach far.
func (m *machine) further() {
	id := m.listing()
	if len(m.listings) == 0 {
		return
	}
	l, r := m.w.listing(id)
	switch {
	case l.Notice == nil:
		m.say("officer", served(id, m.w.now), text("handed over"))
	case l.Undecided():
		for _, o := range l.Objections {
			if o.DecidedAt == 0 {
				m.say("president", act(standing.ObjectionDecided, id, code("rejected"), answers(id, o.Version)), text("no"))
			}
		}
	case l.Confirmed == nil && m.w.now < l.Notice.WindowEnd:
		m.w.now = l.Notice.WindowEnd
	case l.Confirmed == nil:
		m.say("officer", act(standing.ListingConfirmed, id), nil)
	default:
		for _, c := range r.Claims {
			if c.AnsweredAt == 0 {
				m.say("officer", act(standing.ClaimAnswered, l.Ruling, code("rejected"), answers(l.Ruling, c.Version)), text("no"))
			}
		}
	}
}

func (m *machine) recordRuling() {
	if len(m.rulings) >= 4 {
		return
	}
	id := m.w.newCase()
	m.world[id] = len(m.rulings)
	details := []detail{m.some(standing.AddresseeAdult, standing.RulingOrders, standing.NoticeWaived), kind(pick(m, "party", standing.Organisation, standing.Organisation, standing.Person, standing.PublicBody))}
	if m.rarely("not final") {
		details = append(details, when(standing.Final, 0))
	}
	if m.rarely("due later") {
		details = append(details, when(standing.Due, m.w.now+90*86400))
	}
	before := m.taken
	m.say("officer", ruling(id, pick(m, "kind", "judgment", "judgment", "order", "suspension"), details...), against(woman()))
	if m.taken > before {
		m.rulings = append(m.rulings, id)
	}
}

func (m *machine) nameAddressee() {
	m.say(m.officer(), act(standing.AddresseeNamed, m.ruling(), kind(standing.Person), codes(pick(m, "capacity", "legal-representative", "debtor", "cousin")),
		m.some(standing.AddresseeAdult, standing.RulingOrders)), &standing.Opening{Party: man()})
}

func (m *machine) propose() {
	if len(m.rulings) == 0 || len(m.listings) >= 8 {
		return
	}
	j, id := m.ruling(), m.w.newCase()
	m.world[id] = m.world[j]
	entry := pick(m, "list and ground", [2]string{string(defaulters), "refuses-though-able"}, [2]string{string(defaulters), "evades"},
		[2]string{string(consumption), "unpaid-after-notice"}, [2]string{string(consumption), "named-for-entity"})
	n := uint8(1)
	if m.rarely("the second addressee") {
		n = 2
	}
	details := []detail{addressee(n)}
	if r := m.w.fold(j).Ruling; int(n) <= len(r.Addressees) && !m.rarely("another kind of party") {
		details = append(details, kind(r.Addressees[n-1].Party))
	}
	if m.rarely("waived") {
		details = append(details, fact(standing.NoticeWaived|standing.RulingOrders))
	}
	if m.rarely("severity") {
		details = append(details, severity(4))
	}
	before := m.taken
	m.say(pick(m, "proposer", "officer", "officer", "president", "agency"), m.w.proposal(id, j, standing.ListID(entry[0]), entry[1], details...), nil)
	if m.taken > before {
		m.listings = append(m.listings, id)
	}
}

// versions of a case, mostly one that is there.
func (m *machine) version() uint64 { return uint64(rapid.IntRange(1, 9).Draw(m.t, "version")) }

// onListing says something about a listing.
func (m *machine) onListing() {
	id := m.listing()
	var a standing.Act
	var o *standing.Opening
	who := m.officer()
	switch rapid.IntRange(0, 16).Draw(m.t, "act on a listing") {
	case 0:
		a = act(standing.NoticeServed, id, code(pick(m, "method", "personal", "post", "whisper")), when(standing.Served, m.about("served")))
	case 1:
		a, who = act(standing.ObjectionMade, id), "intake"
	case 2:
		a, o = act(standing.ObjectionDecided, id, code(pick(m, "outcome", "upheld", "rejected")), answers(id, m.version())), text("because")
	case 3:
		a = act(standing.ListingConfirmed, id)
		if m.rarely("from") {
			a.Instants = a.Instants.With(standing.From, m.about("from"))
		}
		if m.rarely("until") {
			a.Instants = a.Instants.With(standing.Until, m.about("until"))
		}
	case 4:
		a = act(standing.ListingStayed, id, when(standing.From, m.about("from")), when(standing.Until, m.about("until")))
	case 5:
		a = act(standing.StayLifted, id)
	case 6:
		a = act(standing.Exempted, id, codes(pick(m, "activity", "air-travel.economy", "rail.high-speed", "company.director")), when(standing.From, m.about("from")), when(standing.Until, m.about("until")))
	case 7:
		a = act(standing.ExemptionRevoked, id, answers(id, m.version()))
	case 8:
		a = act(standing.ListingEnded, id, code(pick(m, "event", "performed", "creditor-consent", "repaired", "left-office", "expired", "forgotten")), m.some(standing.FullPerformance, standing.CreditorConsents))
	case 9:
		a, who = act(standing.ErrorClaimed, id, m.some(standing.ProofAttached)), "intake"
	case 10:
		a, o = act(standing.ErrorAnswered, id, code(pick(m, "outcome", "upheld", "rejected")), answers(id, m.version())), text("because")
	case 11:
		a = act(standing.ListingRenewed, id)
	case 12:
		a = act(standing.ListingCorrected, id, code(pick(m, "correction", "sum", "sum", "revoked")))
	case 13:
		a = act(standing.MakeGoodServed, id)
	case 14:
		a, who = act(standing.CreditorRequested, id, code("deletion")), "intake"
	case 15:
		a = act(standing.ListingDropped, id)
	case 16:
		a = act(standing.ListingAmended, id, code(pick(m, "ground", "evades", "refuses-though-able", "unpaid-after-notice")))
	}
	m.mistaken(&a)
	m.say(who, a, o)
}

// onRuling says something about a ruling.
func (m *machine) onRuling() {
	id := m.ruling()
	var a standing.Act
	var o *standing.Opening
	who := m.officer()
	whom := addressee(uint8(rapid.IntRange(0, 2).Draw(m.t, "addressee")))
	switch rapid.IntRange(0, 10).Draw(m.t, "act on a ruling") {
	case 0:
		a = act(standing.PerformanceRecorded, id, m.some(standing.FullPerformance), whom)
	case 1, 2:
		a, who = act(standing.PerformanceClaimed, id, m.some(standing.ProofAttached), whom), "intake"
	case 3:
		a, o = act(standing.ClaimAnswered, id, code(pick(m, "outcome", "upheld", "rejected", "rejected")), answers(id, m.version())), text("because")
	case 4:
		a = act(standing.SettlementRecorded, id, m.some(standing.FullPerformance))
	case 5:
		a = act(standing.SettlementFailed, id)
	case 6:
		a = act(standing.RulingVaried, id, when(standing.Due, m.about("due")))
	case 7:
		a = act(standing.RulingFinal, id, when(standing.Final, m.about("final")))
	case 8:
		a = act(pick(m, "exclusion", standing.SecurityGiven, standing.InabilityFound), id)
	case 9:
		a, o = act(standing.SumStated, id), text("100")
	case 10:
		if a = act(standing.SettlementFailed, id); m.rarely("annul") {
			a = act(standing.RulingAnnulled, id)
		}
	}
	m.mistaken(&a)
	m.say(who, a, o)
}

// mistaken makes some acts stale, dated ahead, or of long ago.
func (m *machine) mistaken(a *standing.Act) {
	switch rapid.IntRange(0, 15).Draw(m.t, "mistake") {
	case 9:
		a.Version = m.version()
	case 13:
		a.Occurred = m.about("occurred")
	}
}

// run takes n steps, after two rulings and proposals to begin with.
func (m *machine) run(n int, after func(i int)) {
	for i, party := range []standing.PartyKind{standing.Organisation, standing.Person} {
		j, id := m.w.newCase(), m.w.newCase()
		m.world[j], m.world[id] = i, i
		m.rulings, m.listings = append(m.rulings, j), append(m.listings, id)
		m.say("officer", ruling(j, "order", kind(party), fact(standing.AddresseeAdult|standing.RulingOrders)), against(woman()))
		m.say("officer", m.w.proposal(id, j, pick(m, "list", defaulters, consumption), pick(m, "ground", "refuses-though-able", "unpaid-after-notice"), kind(party)), nil)
		if m.w.version(id) == 0 {
			m.listings = m.listings[:len(m.listings)-1]
		}
	}
	for i := range n {
		// Small numbers are drawn more often.
		switch rapid.IntRange(0, 19).Draw(m.t, "step") {
		case 2, 9:
			m.pass()
		case 3, 10, 11, 12:
			m.onListing()
		case 4, 13, 14:
			m.onRuling()
		case 5, 15:
			m.propose()
		case 16:
			m.nameAddressee()
		case 17:
			m.recordRuling()
		default:
			m.further()
		}
		after(i)
	}
}
