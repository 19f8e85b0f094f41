package stats

import (
	"time"

	"github.com/openstanding/standing"
)

// month numbers the months from January 1900, which is 0.
type month int

const firstYear = 1900

func (m month) String() string {
	return time.Date(firstYear, time.January+time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// parseMonth reads "2006-01" of the years that an act may speak of.
func parseMonth(field, s string) (month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < firstYear || t.Year() > standing.MaxInstant.Time().Year() {
		return 0, standing.Errorf(standing.Invalid, "%s: %.20q is not a month: write 2026-11", field, s)
	}
	return month((t.Year()-firstYear)*12 + int(t.Month()) - 1), nil
}

// calendar knows when months begin. It remembers the last month asked for,
// because acts come in the order of time; it must not be used by two goroutines
// at once.
type calendar struct {
	zone *time.Location
	last month
	span standing.Interval // of last
}

// of is the month in which an instant lies; instants that no act may carry are
// moved to the nearest that one may.
func (c *calendar) of(at standing.Instant) month {
	at = min(max(at, standing.MinInstant), standing.MaxInstant)
	if !c.span.Holds(at) {
		year, m, _ := at.Time().In(c.zone).Date()
		c.last = max(0, month((year-firstYear)*12+int(m)-1))
		c.span = standing.Interval{From: begin(c.last, c.zone), Until: begin(c.last+1, c.zone)}
	}
	return c.last
}

// after is the first instant of the month after that of an instant.
func (c *calendar) after(at standing.Instant) standing.Instant {
	return begin(c.of(at)+1, c.zone)
}

// begin is the first instant of a month.
func begin(m month, zone *time.Location) standing.Instant {
	return standing.At(time.Date(firstYear, time.January+time.Month(m), 1, 0, 0, 0, 0, zone))
}
