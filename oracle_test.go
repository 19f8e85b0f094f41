package standing_test

import (
	"maps"
	"slices"

	"github.com/openstanding/standing"
)

// The oracle says what restricts at an instant straight from the acts that were
// accepted, second by second, without the fold: the charter in other words.

type span struct {
	from, until standing.Instant
	version     uint64
	activities  []string
}

func (s span) holds(at standing.Instant) bool { return s.from <= at && at < s.until }

// verdict is whether a listing restricts at an instant, and in what it does not.
type verdict struct {
	restricts bool
	exempted  []string
}

type oracle struct {
	listing, ruling []*standing.Entry
	id              standing.CaseID

	begins, term, review standing.Instant // of the effect; zero: none
	ends                 []standing.Instant
	rests                []span // stays, claims, times in which the source did not show it
	exemptions           []span
	withdrawn            standing.Instant // by the source, and not shown since
}

func newOracle(w *world, id standing.CaseID) *oracle {
	o := &oracle{listing: w.accepted[id], ruling: w.accepted[rulingID], id: id}
	o.readListing()
	o.readRuling()
	return o
}

func (o *oracle) addressee() uint8 { return o.listing[0].Act.Addressee }

func (o *oracle) readListing() {
	stays := map[uint64]*span{}
	for v, e := range o.listing {
		a, version, at := e.Act, uint64(v+1), e.Resolution.Instants
		switch a.Kind {
		case standing.ListingConfirmed:
			o.begins, o.term, o.review = at.Get(standing.From), at.Get(standing.TermEnd), at.Get(standing.Review)
		case standing.ListingReported, standing.ReportChanged:
			o.begins, o.term = a.At(standing.From), a.At(standing.Until)
			if e.Resolution.Screening {
				o.begins, o.term = 0, 0
			}
			if o.withdrawn != 0 {
				o.rests = append(o.rests, span{from: o.withdrawn, until: e.RecordedAt})
				o.withdrawn = 0
			}
		case standing.ReportWithdrawn:
			o.withdrawn = e.RecordedAt
		case standing.ListingRenewed:
			o.review = at.Get(standing.Review)
		case standing.ListingEnded:
			o.ends = append(o.ends, at.Get(standing.EndsAt))
		case standing.ListingCorrected:
			if a.Code == "revoked" {
				o.never(max(a.Occurred, e.RecordedAt))
			}
		case standing.ErrorAnswered:
			if a.Code == "upheld" {
				o.never(e.RecordedAt)
			}
		case standing.ListingDropped:
			o.ends = append(o.ends, a.Occurred)
		case standing.ListingStayed:
			until := a.At(standing.Until)
			if until == 0 {
				until = standing.Forever
			}
			stays[version] = &span{from: max(a.At(standing.From), e.RecordedAt), until: until}
		case standing.StayLifted:
			lift(stays, a, e.RecordedAt)
		case standing.Exempted:
			o.exemptions = append(o.exemptions, span{max(a.At(standing.From), e.RecordedAt), a.At(standing.Until), version, a.Codes})
		case standing.ExemptionRevoked:
			for i := range o.exemptions {
				if o.exemptions[i].version == a.Refs[0].Version {
					o.exemptions[i].until = e.RecordedAt
				}
			}
		}
	}
	for _, s := range stays {
		o.rests = append(o.rests, *s)
	}
	o.claims(o.listing, standing.ErrorClaimed, standing.ErrorAnswered)
}

// never ends the listing for good: now, or since the source withdrew it.
func (o *oracle) never(at standing.Instant) {
	o.ends = append(o.ends, at)
	if o.withdrawn != 0 {
		o.ends = append(o.ends, o.withdrawn)
	}
}

// lift ends the stay that is cited, or the first that runs.
func lift(stays map[uint64]*span, a *standing.Act, at standing.Instant) {
	for _, v := range slices.Sorted(maps.Keys(stays)) {
		if (len(a.Refs) == 0 || a.Refs[0].Version == v) && stays[v].until > at {
			stays[v].until = at
			return
		}
	}
}

func (o *oracle) readRuling() {
	for _, e := range o.ruling {
		if e.Act.Kind == standing.RulingAnnulled {
			o.ends = append(o.ends, e.Act.Occurred)
		}
		switch e.Act.Kind {
		case standing.PerformanceRecorded, standing.SettlementRecorded, standing.SettlementFailed, standing.SecurityGiven, standing.InabilityFound, standing.ClaimAnswered:
			for _, x := range e.Resolution.Endings {
				if x.Listing == o.id {
					o.ends = append(o.ends, x.At)
				}
			}
		}
	}
	o.claims(o.ruling, standing.PerformanceClaimed, standing.ClaimAnswered)
}

// claims rests the effect while a proven claim waits past its day.
func (o *oracle) claims(entries []*standing.Entry, made, answered standing.Kind) {
	for v, e := range entries {
		by := e.Resolution.Instants.Get(standing.AnswerBy)
		mine := made == standing.ErrorClaimed || e.Act.Addressee == 0 || e.Act.Addressee == o.addressee()
		if e.Act.Kind != made || !e.Act.Facts.Has(standing.ProofAttached) || by == 0 || !mine {
			continue
		}
		rest := span{from: by, until: standing.Forever}
		for _, answer := range entries[v+1:] {
			if answer.Act.Kind == answered && answer.Act.Refs[0].Version == uint64(v+1) {
				rest.until = answer.RecordedAt
			}
		}
		o.rests = append(o.rests, rest)
	}
}

// at is the verdict at one instant.
func (o *oracle) at(at standing.Instant) verdict {
	past := func(end standing.Instant) bool { return end != 0 && end <= at }
	if o.begins == 0 || at < o.begins || past(o.term) || past(o.review) || past(o.withdrawn) || slices.ContainsFunc(o.ends, past) ||
		slices.ContainsFunc(o.rests, func(s span) bool { return s.holds(at) }) {
		return verdict{}
	}
	v := verdict{restricts: true}
	for _, x := range o.exemptions {
		if x.holds(at) {
			v.exempted = append(v.exempted, x.activities...)
		}
	}
	slices.Sort(v.exempted)
	v.exempted = slices.Compact(v.exempted)
	return v
}

// verdictOf reads the same from the spans that the fold computes.
func verdictOf(effects []standing.Effect, at standing.Instant) verdict {
	for _, e := range effects {
		if e.Holds(at) {
			return verdict{true, e.Exempted}
		}
	}
	return verdict{}
}

func (v verdict) equal(o verdict) bool {
	return v.restricts == o.restricts && slices.Equal(v.exempted, o.exempted)
}
