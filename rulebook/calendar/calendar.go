package calendar

import (
	"crypto/sha256"
	"fmt"
	"time"
	_ "time/tzdata" // a host without a zone database must count the same days
)

// Calendar says which days are worked in one jurisdiction, and in which zone
// its days begin. It is immutable and safe for concurrent use. [Load] and
// [Parse] make one.
type Calendar struct {
	name, version, title string
	sources              []string
	zone                 *time.Location
	weekend              [7]bool
	firstYear, lastYear  int
	provisional          map[int]bool // years inside the span that may change
	days                 map[int]day  // by ordinal
	text                 string
}

// day is an entry of the calendar: a holiday, or a day of the weekend that is
// worked instead.
type day struct {
	working bool
	label   string
}

// Options are the choices that the law makes differently from term to term.
type Options struct {
	// RollForward lets a term whose last day is no working day end with the
	// next working day.
	RollForward bool
}

// Name is the short name under which rulebooks cite the calendar, such as "cn".
func (c *Calendar) Name() string { return c.name }

// Version is the edition of the calendar's text.
func (c *Calendar) Version() string { return c.version }

// Title says in one line whose calendar it is.
func (c *Calendar) Title() string { return c.title }

// Zone is where the calendar's days begin and end.
func (c *Calendar) Zone() *time.Location { return c.zone }

// InZone is the same calendar with its days counted in another zone of the IANA
// database, for a rulebook whose zone is not that of its calendar. Its text and
// digest name that zone.
func (c *Calendar) InZone(name string) (*Calendar, error) {
	p := parser{calendar: new(*c)}
	if err := p.readZone(name); err != nil {
		return nil, fmt.Errorf("calendar %s: zone: %w", c.name, err)
	}
	p.calendar.text = p.calendar.render()
	return p.calendar, nil
}

// FirstYear is the first year whose holidays the calendar knows.
func (c *Calendar) FirstYear() int { return c.firstYear }

// LastYear is the last year whose holidays the calendar knows.
func (c *Calendar) LastYear() int { return c.lastYear }

// Text is the canonical text: what [Parse] reads, without comments and with one
// day per line.
func (c *Calendar) Text() string { return c.text }

// Digest is the SHA-256 of the canonical text.
func (c *Calendar) Digest() [32]byte { return sha256.Sum256([]byte(c.text)) }

// Date is the civil day of t in the calendar's zone.
func (c *Calendar) Date(t time.Time) Date { return DateOf(t.In(c.zone)) }

// Start is the first instant of the day in the calendar's zone: midnight, or
// the moment to which the clock was put forward if there was no midnight.
func (c *Calendar) Start(d Date) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, c.zone)
	if DateOf(t).Compare(d) < 0 {
		_, t = t.ZoneBounds()
	}
	return t
}

// WorkingDay reports whether the day is worked. The answer is provisional in a
// year that the calendar does not know for certain; in one that it does not
// know at all, every day but the weekend is taken for worked.
func (c *Calendar) WorkingDay(d Date) (working, provisional bool) {
	return c.working(d.ordinal()), c.unsure(d.Year)
}

// Holiday is the name under which the calendar lists the day as a holiday. A
// plain day of the weekend has none.
func (c *Calendar) Holiday(d Date) (label string, ok bool) {
	entry, listed := c.days[d.ordinal()]
	if !listed || entry.working {
		return "", false
	}
	return entry.label, true
}

// CountWorkingDays counts the working days after the first day up to and
// including the second; it is 0 when the second is not later.
func (c *Calendar) CountWorkingDays(after, through Date) (n int, provisional bool) {
	for ordinal, last := after.ordinal()+1, through.ordinal(); ordinal <= last; ordinal++ {
		if c.working(ordinal) {
			n++
		}
	}
	return n, n > 0 && c.unsureBetween(after.AddDays(1), through)
}

// Add is the instant at which the term that starts with the event ends; the
// package comment says how it is counted. The result lies in the calendar's
// zone and is not part of the term. It is provisional when it rests on a year
// that the calendar does not know for certain.
//
// Add panics on a term that [Term.Valid] refuses: every parser of this package
// returns valid terms.
func (c *Calendar) Add(event time.Time, t Term, o Options) (end time.Time, provisional bool) {
	if err := t.Valid(); err != nil {
		panic(fmt.Sprintf("calendar %s: %v", c.name, err))
	}
	first := c.Date(event)
	last := c.lastDay(first, t)
	provisional = t.Unit == WorkingDays && t.N > 0 && c.unsureBetween(first.AddDays(1), last)
	if o.RollForward {
		nominal := last
		for ordinal := last.ordinal(); !c.working(ordinal); ordinal++ {
			last = dateOfOrdinal(ordinal + 1)
		}
		provisional = provisional || c.unsureBetween(nominal, last)
	}
	return c.Start(last.AddDays(1)), provisional
}

// lastDay is the last day of a term that starts with the event's day.
func (c *Calendar) lastDay(event Date, t Term) Date {
	switch t.Unit {
	case WorkingDays:
		ordinal := event.ordinal()
		for left := t.N; left > 0; {
			ordinal++
			if c.working(ordinal) {
				left--
			}
		}
		return dateOfOrdinal(ordinal)
	case Months:
		return event.addMonths(t.N)
	case Years:
		return event.addMonths(12 * t.N)
	}
	return event.AddDays(t.N)
}

func (c *Calendar) working(ordinal int) bool {
	if entry, listed := c.days[ordinal]; listed {
		return entry.working
	}
	return !c.weekend[weekday(ordinal)]
}

// unsure reports whether the holidays of the year are not known for certain.
func (c *Calendar) unsure(year int) bool {
	return year < c.firstYear || year > c.lastYear || c.provisional[year]
}

func (c *Calendar) unsureBetween(first, last Date) bool {
	for year := first.Year; year <= last.Year; year++ {
		if c.unsure(year) {
			return true
		}
	}
	return false
}
