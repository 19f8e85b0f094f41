package rulebook

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook/calendar"
)

// ExitFacts are what decides whether a way out is open.
type ExitFacts struct {
	RulingDecided standing.Instant // when the ruling was given
	From          standing.Instant // when the effect began
	At            standing.Instant // when the event happened
	Facts         standing.Facts   // stated with the event
}

// Exits are the ways out of a ground, in the list's order: what a listing shows
// to whom it concerns.
func (c *Compiled) Exits(list, ground string) []*Exit {
	l, ok := c.lists[list]
	if !ok {
		return nil
	}
	var out []*Exit
	for i := range l.Exits {
		if x := &l.Exits[i]; len(x.Grounds) == 0 || contains(x.Grounds, ground) {
			out = append(out, x)
		}
	}
	return out
}

// FitExit is the first row of an event that fits; false when the list knows no
// such way out of the ground, or not now.
func (c *Compiled) FitExit(list, ground, event string, x ExitFacts) (*Exit, bool) {
	for _, row := range c.Exits(list, ground) {
		if row.Event == event && c.fits(row, x) {
			return row, true
		}
	}
	return nil, false
}

func (c *Compiled) fits(row *Exit, x ExitFacts) bool {
	if !row.Within.IsZero() {
		end, _ := c.add(x.RulingDecided, row.Within, calendar.Options{})
		if end == 0 || x.At >= end {
			return false
		}
	}
	return !slices.ContainsFunc(row.Needs, func(need string) bool {
		fact, _ := factOf(need)
		return !x.Facts.Has(fact)
	})
}

// ExitAt is when an event that happened at an instant lifts an effect that
// began at from: when what the row lets pass after the event is over, and no
// earlier than its first day.
func (c *Compiled) ExitAt(row *Exit, from, at standing.Instant) (standing.Instant, bool) {
	lifts, provisional := at, false
	if then, p := c.add(at, row.Then, calendar.Options{}); then != 0 {
		lifts, provisional = then, p
	}
	if earliest, p := c.add(from, row.After, calendar.Options{}); earliest > lifts {
		lifts, provisional = earliest, p
	}
	return lifts, provisional
}

// Earliest is the earliest instant at which a way out that waits for a day can
// lift an effect that began at from; zero when none waits.
func (c *Compiled) Earliest(list, ground string, from standing.Instant) (standing.Instant, bool) {
	var first standing.Instant
	provisional := false
	for _, row := range c.Exits(list, ground) {
		if at, p := c.add(from, row.After, calendar.Options{}); at != 0 && row.Effect == Lifts && (first == 0 || at < first) {
			first, provisional = at, p
		}
	}
	return first, provisional
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
