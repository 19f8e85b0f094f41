package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil day, in no zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a day as "2018-02-11", and nothing else.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() == 0 {
		return Date{}, fmt.Errorf("date %q: write a day that exists, as in 2018-02-11", s)
	}
	return DateOf(t), nil
}

// DateOf is the civil day of t in t's own location; see [Calendar.Date] for the
// day in a calendar's zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// String is the form that [ParseDate] reads.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes the form that [ParseDate] reads.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Compare is -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// AddDays is the day n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return dateOfOrdinal(d.ordinal() + n) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return weekday(d.ordinal()) }

// addMonths is the day of the same number n months later, or the last day of
// that month if it has fewer days (BGB § 188(3); Civil Code of China art 202).
func (d Date) addMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

const secondsPerDay = 24 * 60 * 60

// ordinal is the number of days since 1 January 1970.
func (d Date) ordinal() int {
	seconds := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix()
	return int(floorDivide(seconds, secondsPerDay))
}

func dateOfOrdinal(n int) Date {
	return DateOf(time.Unix(int64(n)*secondsPerDay, 0).UTC())
}

// weekday counts from 1 January 1970, a Thursday.
func weekday(ordinal int) time.Weekday {
	return time.Weekday(((ordinal+int(time.Thursday))%7 + 7) % 7)
}

func floorDivide(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
