package source

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a civil date without a zone. The zero Date means not stated.
type Date struct{ Year, Month, Day int }

// The years that a list can speak of. Beyond them a date is a slip of the pen.
const firstYear, lastYear = 1800, 2199

// NewDate returns a date, or an error if there is no such day or its year is
// not credible.
func NewDate(year, month, day int) (Date, error) {
	if year < firstYear || year > lastYear {
		return Date{}, fmt.Errorf("the year %d is not credible", year)
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return Date{}, fmt.Errorf("there is no day %d of month %d in %d", day, month, year)
	}
	return Date{year, month, day}, nil
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	d, ok, err := dateLayout("YYYY-MM-DD").parse(s)
	if !ok {
		return Date{}, fmt.Errorf("%.40q is not a date; write YYYY-MM-DD", s)
	}
	return d, err
}

// IsZero reports whether no date is stated.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// String returns YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// dateLayout is how a source prints its dates: tokens YYYY, MM, DD (two
// digits), M, D (one or two), Mon (Jan), Month (January); hh, mm and ss are
// read and dropped; anything else stands for itself. "excel" is the day number
// of a spreadsheet. Years of two digits have no token: the century would be a
// guess.
type dateLayout string

const excelLayout dateLayout = "excel"

// Longest first, so that Month is not read as Mon and MM not as M.
var layoutTokens = [...]string{"Month", "YYYY", "Mon", "MM", "DD", "hh", "mm", "ss", "M", "D"}

func (l dateLayout) token(i int) string {
	for _, t := range layoutTokens {
		if strings.HasPrefix(string(l[i:]), t) {
			return t
		}
	}
	return ""
}

// valid reports whether the layout names year, month and day, each once.
func (l dateLayout) valid() bool {
	if l == excelLayout {
		return true
	}
	var year, month, day int
	for i := 0; i < len(l); {
		t := l.token(i)
		switch t {
		case "YYYY":
			year++
		case "MM", "M", "Mon", "Month":
			month++
		case "DD", "D":
			day++
		}
		i += max(len(t), 1)
	}
	return year == 1 && month == 1 && day == 1
}

// parse reports whether s has this layout and, if so, the date or why it is
// none.
func (l dateLayout) parse(s string) (d Date, ok bool, err error) {
	if l == excelLayout {
		return parseExcel(s)
	}
	var year, month, day int
	for i := 0; i < len(l); {
		t := l.token(i)
		if t == "" {
			if s == "" || s[0] != l[i] {
				return Date{}, false, nil
			}
			s, i = s[1:], i+1
			continue
		}
		v, n := readToken(t, s)
		if n == 0 {
			return Date{}, false, nil
		}
		switch t {
		case "YYYY":
			year = v
		case "MM", "M", "Mon", "Month":
			month = v
		case "DD", "D":
			day = v
		}
		s, i = s[n:], i+len(t)
	}
	if s != "" {
		return Date{}, false, nil
	}
	d, err = NewDate(year, month, day)
	return d, true, err
}

// readToken reads one token at the start of s; n is the bytes read, 0 if none.
func readToken(token, s string) (v, n int) {
	switch token {
	case "Mon", "Month":
		for m := time.January; m <= time.December; m++ {
			name := m.String()
			if token == "Mon" {
				name = name[:3]
			}
			if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
				return int(m), len(name)
			}
		}
		return 0, 0
	case "M", "D":
		for n < 2 && n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
	default:
		n = len(token)
		if len(s) < n || strings.Trim(s[:n], "0123456789") != "" {
			return 0, 0
		}
	}
	v, _ = strconv.Atoi(s[:n])
	return v, n
}

// parseExcel reads the day number of a spreadsheet: day 1 is 1 January 1900,
// and day 60 a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1), so
// numbers up to 60 are refused; a fraction would be a time of day.
func parseExcel(s string) (Date, bool, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(whole) > 6 || strings.Trim(whole+fraction, "0123456789") != "" {
		return Date{}, false, nil
	}
	n, err := strconv.Atoi(whole)
	if err != nil || n <= 60 {
		return Date{}, false, nil
	}
	t := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
	d, err := NewDate(t.Year(), int(t.Month()), t.Day())
	return d, true, err
}

// yearOrMonth reports whether s is YYYY or YYYY-MM of a credible year.
func yearOrMonth(s string) bool {
	for _, rest := range [...]string{"-01", "-01-01"} {
		if _, err := ParseDate(s + rest); err == nil {
			return true
		}
	}
	return false
}

// readDate reads s by the layouts of a source. Two layouts that give two
// different days make it ambiguous, which is an error like any other.
func readDate(s string, layouts []dateLayout) (Date, error) {
	var found Date
	var fault error
	for _, l := range layouts {
		d, ok, err := l.parse(s)
		switch {
		case !ok:
		case err != nil:
			fault = err
		case !found.IsZero() && d != found:
			return Date{}, fmt.Errorf("%.40q is ambiguous: %s or %s", s, found, d)
		default:
			found = d
		}
	}
	switch {
	case !found.IsZero():
		return found, nil
	case fault != nil:
		return Date{}, fmt.Errorf("%.40q: %w", s, fault)
	}
	return Date{}, fmt.Errorf("%.40q is not printed as %s", s, layoutList(layouts))
}

func layoutList(layouts []dateLayout) string {
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = string(l)
	}
	return strings.Join(names, " or ")
}
