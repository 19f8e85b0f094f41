package standing_test

import (
	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

// A world is one ruling with listings that rest on it, into which acts come in
// any order, plausible and not. Its clock counts seconds from 1,000, so that
// every instant can be looked at.
type world struct {
	now      standing.Instant
	cases    map[standing.CaseID]*standing.Case
	accepted map[standing.CaseID][]*standing.Entry
	order    []*standing.Entry // accepted, of all cases
	position uint64
	turn     int
}

func newWorld() *world {
	return &world{now: 1000, cases: map[standing.CaseID]*standing.Case{}, accepted: map[standing.CaseID][]*standing.Entry{}}
}

var (
	rulingID = caseID(20)
	own      = []standing.CaseID{caseID(30), caseID(31)} // proposed here
	reported = caseID(40)
)

// last is the end of the time that is looked at.
func (w *world) last() standing.Instant { return w.now + 60 }

func (w *world) get(id standing.CaseID) *standing.Case {
	if w.cases[id] == nil {
		w.cases[id] = &standing.Case{}
	}
	return w.cases[id]
}

// step draws an act on one of the cases and applies it.
func (w *world) step(t *rapid.T) (*standing.Entry, error) {
	e := w.draw(t)
	c := w.get(e.Act.Case)
	err := c.Apply(e)
	if err == nil {
		w.accepted[e.Act.Case] = append(w.accepted[e.Act.Case], e)
		w.order = append(w.order, e)
		w.position++
	}
	return e, err
}

func (w *world) draw(t *rapid.T) *standing.Entry {
	w.now += standing.Instant(w.roll(t, "wait", 4))
	id := pick(t, w, "case", rulingID, own[0], own[0], own[1], own[1], reported, reported)
	a := standing.Act{Register: origin, Case: id, Version: w.get(id).Version, Authority: court, Occurred: w.near(t, "occurred", 3, 0)}
	r := standing.Resolution{Rulebook: digest("rulebook")}
	switch id {
	case rulingID:
		w.drawRuling(t, &a, &r)
	default:
		w.drawListing(t, &a, &r)
	}
	if w.odd(t, "odd version") {
		a.Version += pick(t, w, "version", 1, ^uint64(0))
	}
	if w.odd(t, "odd date") {
		a.Occurred = pick(t, w, "date", 0, w.now+5)
	}
	if w.odd(t, "odd kind") {
		a.Kind = pick(t, w, "any kind", standing.Kinds()...)
	}
	if !w.odd(t, "stray field") {
		strip(&a)
	}
	return &standing.Entry{Position: w.position, RecordedAt: w.now, Count: 1, Resolution: r, Act: &a, Signer: keyID(rapid.ByteRange(1, 3).Draw(t, "signer"))}
}

// roll draws one of n numbers, all as likely: rapid itself prefers the ends of
// every range, which would make most acts odd ones.
func (w *world) roll(t *rapid.T, what string, n int) int {
	w.turn++
	x := rapid.Uint64().Draw(t, what) + uint64(w.turn)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(n))
}

func pick[T any](t *rapid.T, w *world, what string, list ...T) T {
	return list[w.roll(t, what, len(list))]
}

// odd is true once in a while.
func (w *world) odd(t *rapid.T, what string) bool { return w.roll(t, what, 40) == 0 }

// near draws an instant around now.
func (w *world) near(t *rapid.T, what string, before, after int) standing.Instant {
	return w.now + standing.Instant(w.roll(t, what, before+after+1)-before)
}

// maybe draws an instant, none, or once in a while for ever.
func (w *world) maybe(t *rapid.T, what string, before, after int) standing.Instant {
	switch {
	case w.roll(t, what+" or none", 4) == 0:
		return 0
	case w.odd(t, what+" for ever"):
		return standing.Forever
	}
	return w.near(t, what, before, after)
}

func (w *world) cite(t *rapid.T, a *standing.Act) {
	if version := rapid.Uint64Range(0, w.get(a.Case).Version).Draw(t, "cited"); version > 0 {
		a.Refs = cause(a.Case, version)
	}
}

// open draws a version that an answer can cite, so that some do.
func (w *world) answer(t *rapid.T, a *standing.Act, claims []standing.Claim) {
	a.Code = pick(t, w, "outcome", "upheld", "rejected", "rejected", "rejected", "rejected", "maybe")
	w.cite(t, a)
	for _, c := range claims {
		if c.AnsweredAt == 0 && w.roll(t, "answer this", 2) == 0 {
			a.Refs = cause(a.Case, c.Version)
		}
	}
}

func (w *world) drawRuling(t *rapid.T, a *standing.Act, r *standing.Resolution) {
	c := w.get(rulingID)
	a.Kind = standing.RulingRecorded
	if c.Version > 0 {
		a.Kind = pick(t, w, "kind", standing.AddresseeNamed, standing.RulingFinal, standing.RulingVaried, standing.SumStated,
			standing.PerformanceRecorded, standing.PerformanceClaimed, standing.PerformanceClaimed, standing.ClaimAnswered, standing.ClaimAnswered, standing.ClaimAnswered,
			standing.SettlementRecorded, standing.SettlementFailed, standing.SettlementFailed, standing.SettlementFailed, standing.SecurityGiven, standing.InabilityFound, standing.RulingRecorded)
		if c.Ruling != nil && c.Ruling.Final == 0 && w.roll(t, "final", 4) == 0 {
			a.Kind = standing.RulingFinal
		}
		if w.odd(t, "annul") {
			a.Kind = standing.RulingAnnulled
		}
	}
	a.Party, a.Addressee = standing.Person, rapid.Uint8Range(0, 2).Draw(t, "addressee")
	a.Instants = instants(standing.Decided, w.near(t, "decided", 20, 0)-6, standing.Final, w.maybe(t, "final", 10, 5), standing.Due, w.maybe(t, "due", 10, 10))
	switch a.Kind {
	case standing.RulingRecorded:
		a.Code = pick(t, w, "code", "judgment", "decision", "opinion")
	case standing.PerformanceClaimed:
		a.Facts = pick(t, w, "proof", 0, standing.ProofAttached)
		r.Instants = instants(standing.AnswerBy, w.maybe(t, "answer by", 0, 8))
	case standing.ClaimAnswered:
		var claims []standing.Claim
		if c.Ruling != nil {
			claims = c.Ruling.Claims
		}
		w.answer(t, a, claims)
	}
	if w.roll(t, "ends", 6) == 0 {
		for _, id := range append(own, reported) {
			if w.roll(t, "ends this", 3) == 0 {
				r.Endings = append(r.Endings, standing.Ending{Listing: id, At: w.near(t, "ends at", 2, 10)})
			}
		}
	}
}

func (w *world) drawListing(t *rapid.T, a *standing.Act, r *standing.Resolution) {
	l := w.get(a.Case).Listing
	a.Kind = pick(t, w, "kind", w.plausible(a.Case, l)...)
	if answer := w.due(l); answer != 0 && w.roll(t, "due", 5) == 0 {
		a.Kind = answer
	}
	a.Addressee, a.Party, a.List, a.Region = rapid.Uint8Range(0, 2).Draw(t, "addressee"), standing.Person, defaulters, "CN"
	a.Code = pick(t, w, "code", "some-ground", "some-ground", "")
	w.cite(t, a)
	until := w.maybe(t, "until", 0, 25)
	a.Instants = instants(standing.From, w.maybe(t, "from", 4, 8), standing.Until, until, standing.Served, w.near(t, "served", 2, 0))
	if a.Case == reported {
		a.Source = provenance("2025-02-01", 1)
		if until == 0 {
			a.Facts = standing.Indefinite
		}
		r.Screening = w.roll(t, "screening", 5) == 0
	}
	if w.odd(t, "odd source") {
		a.Source = nil
	}
	switch a.Kind {
	case standing.ListingProposed, standing.ListingReported:
		if !w.odd(t, "cites nothing") {
			a.Refs = []standing.Ref{{Role: standing.RefRuling, Case: rulingID}}
		}
		a.Facts |= pick(t, w, "facts", 0, 0, standing.RulingOrders, standing.RulingOrders|standing.NoticeWaived)
	case standing.NoticeServed:
		r.Instants = instants(standing.WindowEnd, w.near(t, "window end", 3, 6))
	case standing.ListingConfirmed:
		r.Instants = instants(standing.From, w.near(t, "begins", 0, 4), standing.TermEnd, w.maybe(t, "term", -10, 60), standing.Review, w.near(t, "review", -20, 50))
	case standing.ListingRenewed:
		r.Instants = instants(standing.Review, w.maybe(t, "review", -20, 60))
	case standing.ListingEnded:
		r.Instants = instants(standing.EndsAt, w.maybe(t, "ends", 0, 25))
	case standing.ErrorClaimed:
		a.Facts = pick(t, w, "proof", 0, standing.ProofAttached)
		r.Instants = instants(standing.AnswerBy, w.maybe(t, "answer by", 0, 8))
	case standing.Exempted:
		for range w.roll(t, "activities", 4) {
			a.Codes = append(a.Codes, pick(t, w, "activity", "a", "b", "c"))
		}
		if w.roll(t, "bounded", 4) > 0 {
			a.Instants = a.Instants.With(standing.Until, w.near(t, "until", -1, 25))
		}
	case standing.ExemptionRevoked:
		for _, x := range l.Exemptions {
			if x.Until > w.now {
				a.Refs = cause(a.Case, x.Version)
			}
		}
	case standing.CreditorRequested:
		a.Code = pick(t, w, "asks", "entry", "deletion", "mercy")
	case standing.ListingCorrected:
		a.Code = pick(t, w, "correction", "", "", "", "", "", "", "revoked")
	case standing.ErrorAnswered, standing.ObjectionDecided:
		var open []standing.Claim
		if l != nil {
			open = append(open, l.Claims...)
			for _, o := range l.Objections {
				open = append(open, standing.Claim{Version: o.Version, AnsweredAt: o.DecidedAt})
			}
		}
		w.answer(t, a, open)
	}
}

// due is what waits for its answer, which would seldom come by chance.
func (w *world) due(l *standing.Listing) standing.Kind {
	if l == nil {
		return 0
	}
	for _, x := range l.Exemptions {
		if x.Until > w.now {
			return standing.ExemptionRevoked
		}
	}
	for _, x := range l.Stays {
		if x.Until > w.now {
			return standing.StayLifted
		}
	}
	if l.Undecided() {
		return standing.ObjectionDecided
	}
	return 0
}

// plausible are the kinds that may come next, and some that may not.
func (w *world) plausible(id standing.CaseID, l *standing.Listing) []standing.Kind {
	over := []standing.Kind{standing.ListingStayed, standing.StayLifted, standing.Exempted, standing.ExemptionRevoked, standing.ErrorClaimed, standing.ErrorClaimed,
		standing.ErrorAnswered, standing.ErrorAnswered, standing.ListingRenewed, standing.ListingCorrected, standing.MakeGoodServed, standing.ListingMarked,
		standing.CreditorRequested, standing.ListingEnded}
	switch {
	case l == nil && id == reported:
		return []standing.Kind{standing.ListingReported}
	case l == nil:
		return []standing.Kind{standing.ListingProposed}
	case id == reported:
		return append(over, standing.ReportChanged, standing.ReportChanged, standing.ReportWithdrawn, standing.ListingConfirmed, standing.NoticeServed)
	case l.Confirmed != nil:
		return append(over, standing.NoticeServed, standing.ObjectionMade, standing.ListingConfirmed, standing.ReportChanged, standing.ListingProposed)
	case l.Notice == nil:
		return []standing.Kind{standing.ListingAmended, standing.NoticeServed, standing.NoticeServed, standing.NoticeServed, standing.ListingConfirmed, standing.ObjectionMade,
			standing.ListingStayed, standing.ListingCorrected}
	}
	return []standing.Kind{standing.ListingConfirmed, standing.ListingConfirmed, standing.ListingConfirmed, standing.ObjectionMade, standing.ObjectionMade, standing.ObjectionDecided, standing.ObjectionDecided,
		standing.ListingAmended, standing.ListingDropped, standing.ListingCorrected, standing.MakeGoodServed,
		standing.ListingConfirmed, standing.ListingConfirmed, standing.ObjectionDecided, standing.ObjectionDecided, standing.ListingConfirmed}
}
