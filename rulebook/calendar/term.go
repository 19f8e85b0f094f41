package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// Unit is what a term is counted in. Three working days are not three days.
type Unit string

// The units.
const (
	CalendarDays Unit = "calendar-days"
	WorkingDays  Unit = "working-days"
	Months       Unit = "months"
	Years        Unit = "years"
)

// limit is the longest term in the unit, a hundred years, because no effect is
// for life; -1 for an unknown unit.
func (u Unit) limit() int {
	switch u {
	case CalendarDays:
		return 36_500
	case WorkingDays:
		return 26_000
	case Months:
		return 1_200
	case Years:
		return 100
	}
	return -1
}

// Term is a length of time as the law states it. Its text form is a number and
// a unit: "5 working days", "1 month", "15 calendar days", "2 years".
type Term struct {
	N    int
	Unit Unit
}

// ParseTerm reads the text form: one space between words, no sign and no leading
// zero, the unit in the singular after 1 and in the plural otherwise. "5 days"
// is refused, because it does not say which days.
func ParseTerm(s string) (Term, error) {
	number, unit, _ := strings.Cut(s, " ")
	if unit == "days" || unit == "day" {
		return Term{}, fmt.Errorf("term %q: say which days: calendar days or working days", s)
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return Term{}, fmt.Errorf("term %q: begin with a number of up to five digits, as in 5 working days", s)
	}
	if n == 1 {
		unit += "s"
	}
	t := Term{N: n, Unit: Unit(strings.ReplaceAll(unit, " ", "-"))}
	if err := t.Valid(); err != nil {
		return Term{}, err
	}
	if t.String() != s {
		return Term{}, fmt.Errorf("term %q: write it as %q", s, t)
	}
	return t, nil
}

// Valid reports why a term cannot be counted: an unknown unit, a negative
// number, or more than a hundred years.
func (t Term) Valid() error {
	limit := t.Unit.limit()
	switch {
	case limit < 0:
		return fmt.Errorf("term unit %q: the units are calendar days, working days, months and years", t.Unit)
	case t.N < 0 || t.N > limit:
		return fmt.Errorf("term of %d %s: from 0 to %d", t.N, t.Unit, limit)
	}
	return nil
}

// IsZero reports whether no term was given; such a term is not valid.
func (t Term) IsZero() bool { return t == Term{} }

// String is the text form.
func (t Term) String() string {
	unit := strings.ReplaceAll(string(t.Unit), "-", " ")
	if t.N == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return strconv.Itoa(t.N) + " " + unit
}

// MarshalText writes the text form of a valid term.
func (t Term) MarshalText() ([]byte, error) {
	if err := t.Valid(); err != nil {
		return nil, err
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads what [ParseTerm] reads.
func (t *Term) UnmarshalText(text []byte) error {
	parsed, err := ParseTerm(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
