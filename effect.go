package standing

import "slices"

// Effect is a span of time in which a listing restricts its addressee in the
// activities of its list's measures, save the exempted ones. It holds only
// while the list is in force and, when WhileShown, while the source's last
// snapshot is fresh: both are one act for any number of listings, so they are
// compared when a question is asked.
type Effect struct {
	Interval
	Exempted   []string // activities
	WhileShown bool
}

// End is when and why a listing ends by what is known now; Forever when
// nothing ends it yet. Review and term are ends by time.
func End(id CaseID, l *Listing, r *Ruling) (Instant, string) {
	at, event := Forever, ""
	take := func(i Instant, name string) {
		if i != 0 && i < at {
			at, event = i, name
		}
	}
	if l.Ended != nil {
		take(l.Ended.At, l.Ended.Event)
	}
	if l.DroppedAt != 0 {
		take(l.DroppedAt, "dropped")
	}
	if r != nil {
		take(r.AnnulledAt, "annulled")
		i, name := r.ending(id)
		take(i, name)
	}
	if c := l.Confirmed; c != nil {
		take(c.TermEnd, "expired")
		take(c.Review, "not-renewed")
	}
	return at, event
}

// Effects are the half-open spans in which a listing restricts, in order: from
// confirmation to its end, without stays, without the time in which a proven
// claim waited past its deadline, split where exemptions begin and end.
func Effects(id CaseID, l *Listing, r *Ruling) []Effect {
	if l.Confirmed == nil {
		return nil
	}
	end, _ := End(id, l, r)
	holes := slices.Clone(l.Gaps)
	for _, s := range l.Stays {
		holes = append(holes, s.Interval)
	}
	for i := range l.Claims {
		holes = append(holes, l.Claims[i].rests())
	}
	if r != nil {
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Addressee == 0 || c.Addressee == l.Addressee {
				holes = append(holes, c.rests())
			}
		}
	}
	var out []Effect
	for _, span := range cut(Interval{l.Confirmed.From, end}, holes) {
		out = append(out, l.split(span)...)
	}
	return out
}

// split cuts one span where exemptions begin or end.
func (l *Listing) split(span Interval) []Effect {
	bounds := []Instant{span.From, span.Until}
	for _, x := range l.Exemptions {
		if x.empty() { // revoked before it began
			continue
		}
		for _, b := range []Instant{x.From, x.Until} {
			if b > span.From && b < span.Until {
				bounds = append(bounds, b)
			}
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var out []Effect
	for i := range len(bounds) - 1 {
		e := Effect{Interval: Interval{bounds[i], bounds[i+1]}, WhileShown: l.Indefinite}
		for _, x := range l.Exemptions {
			if x.Holds(e.From) {
				e.Exempted = append(e.Exempted, x.Activities...)
			}
		}
		slices.Sort(e.Exempted)
		e.Exempted = slices.Compact(e.Exempted)
		out = append(out, e)
	}
	return out
}

// Status is what a listing is at an instant, for people to read. It is
// computed, never stored.
type Status string

// The statuses of a listing.
const (
	StatusProposed  Status = "proposed"
	StatusNoticed   Status = "noticed"
	StatusObjected  Status = "objected"
	StatusDecided   Status = "decided"
	StatusConfirmed Status = "confirmed" // in force
	StatusStayed    Status = "stayed"
	StatusRested    Status = "rested"    // a proven claim waits past its deadline
	StatusScreening Status = "screening" // reported, restricts nothing
	StatusDropped   Status = "dropped"
	StatusEnded     Status = "ended"
)

// StatusAt computes the status of a listing at an instant.
func StatusAt(id CaseID, l *Listing, r *Ruling, at Instant) Status {
	if end, event := End(id, l, r); end <= at {
		if event == "dropped" {
			return StatusDropped
		}
		return StatusEnded
	}
	if slices.ContainsFunc(l.Gaps, func(g Interval) bool { return g.Holds(at) }) {
		return StatusEnded
	}
	if l.Confirmed != nil && l.Confirmed.From <= at {
		for _, s := range l.Stays {
			if s.Holds(at) {
				return StatusStayed
			}
		}
		if !slices.ContainsFunc(Effects(id, l, r), func(e Effect) bool { return e.Holds(at) }) {
			return StatusRested
		}
		return StatusConfirmed
	}
	if l.Screening {
		return StatusScreening
	}
	status := StatusProposed
	if l.Notice != nil && l.Notice.Served <= at {
		status = StatusNoticed
	}
	for _, o := range l.Objections {
		switch {
		case o.At <= at && (o.DecidedAt == 0 || o.DecidedAt > at):
			return StatusObjected
		case o.At <= at:
			status = StatusDecided
		}
	}
	return status
}
