package rulebook

import (
	"strconv"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook/calendar"
)

// The instants that depend on a rule. Each is counted in the rulebook's
// calendar and zone and is the first instant after the term; zero when the rule
// sets none. Provisional means that the calendar does not know the year for
// certain: the instant can only move later.

// add counts a term from an instant.
func (c *Compiled) add(from standing.Instant, t calendar.Term, o calendar.Options) (standing.Instant, bool) {
	if t.IsZero() || from == 0 || from == standing.Forever {
		return 0, false
	}
	end, provisional := c.Calendar.Add(from.Time(), t, o)
	return standing.At(end), provisional
}

// WindowEnd is when the time for objections to a notice served at an instant is
// over.
func (c *Compiled) WindowEnd(l *List, served standing.Instant) (standing.Instant, bool) {
	return c.add(served, l.Notice.Window, calendar.Options{RollForward: l.Notice.RollForward})
}

// TermEnd is when the effect of a ground ends that begins at an instant: at
// asked, the end that the decision sets, or after the ground's term when asked
// is zero. An end before the ground's term or after its longest is refused.
// Zero: the ground has no term.
func (c *Compiled) TermEnd(list, groundID string, from, asked standing.Instant) (standing.Instant, bool, error) {
	g, ok := c.Ground(list, groundID)
	if !ok {
		return 0, false, c.unknown(list, groundID)
	}
	least, provisional := c.add(from, g.Term, calendar.Options{})
	most, alsoProvisional := c.add(from, g.TermMax, calendar.Options{})
	switch {
	case asked == 0:
		return least, provisional, nil
	case least == 0:
		return 0, false, standing.RefusedBy(c.ruleName(list, "ground "+groundID), "ask for no end", "an end at %s: this ground has no term", asked)
	case most == 0:
		most, alsoProvisional = least, provisional
	}
	if asked < least || asked > most {
		return 0, false, standing.RefusedBy(c.ruleName(list, "ground "+groundID), "ask for an end in between, or for none", "an end at %s: this ground allows %s to %s",
			asked, least, most)
	}
	return asked, provisional || alsoProvisional, nil
}

// Review is when a listing of the list ends unless it is renewed, counted from
// the beginning of its effect or from its last renewal.
func (c *Compiled) Review(l *List, from standing.Instant) (standing.Instant, bool) {
	return c.add(from, l.Review, calendar.Options{})
}

// ObjectionBy is when an objection made at an instant must be decided.
func (c *Compiled) ObjectionBy(l *List, at standing.Instant) (standing.Instant, bool) {
	return c.add(at, l.Objection.Within, calendar.Options{})
}

// AnswerBy is when the effect rests if a proven claim made at an instant has
// not been answered.
func (c *Compiled) AnswerBy(l *List, at standing.Instant) (standing.Instant, bool) {
	return c.add(at, l.Claims.Within, calendar.Options{})
}

// ExemptionEnd is the last end that an exemption from an instant can have.
func (c *Compiled) ExemptionEnd(l *List, from standing.Instant) (standing.Instant, bool) {
	if l.Exemption == nil {
		return 0, false
	}
	return c.add(from, l.Exemption.Max, calendar.Options{})
}

// StaleAfter is when a snapshot of a date no longer holds open ends.
func (c *Compiled) StaleAfter(l *List, snapshot standing.Instant) (standing.Instant, bool) {
	if l.Reported == nil {
		return 0, false
	}
	return c.add(snapshot, l.Reported.MaxAge, calendar.Options{})
}

// RelistFrom is when a creditor who had an entry deleted may ask for it again.
func (c *Compiled) RelistFrom(l *List, deleted standing.Instant) (standing.Instant, bool) {
	return c.add(deleted, l.RelistBar, calendar.Options{})
}

// Recognised is the row by which the list recognises another list's listing,
// if one does: of its grounds, and longer than it asks for, counted from the
// beginning of the other effect. An open end is longer than any term.
func (c *Compiled) Recognised(l *List, other *standing.Listing) (*Recognition, bool) {
	if other == nil || other.Confirmed == nil {
		return nil, false
	}
	for i := range l.Recognises {
		r := &l.Recognises[i]
		if standing.ListID(r.List) != other.List || len(r.Grounds) > 0 && !contains(r.Grounds, other.Ground) {
			continue
		}
		least, _ := c.add(other.Confirmed.From, r.LongerThan, calendar.Options{})
		if end := other.Confirmed.TermEnd; end == 0 || end > least {
			return r, true
		}
	}
	return nil, false
}

// Location is the zone in which the rulebook's days begin and end.
func (c *Compiled) Location() *time.Location { return c.Calendar.Zone() }

func itoa(n int) string { return strconv.Itoa(n) }
