package match

import (
	"fmt"
	"strings"
	"unicode"
)

// date is a day, or a month or year, or nothing.
type date struct {
	year       int16
	month, day int8
}

// parseDate reads "1971-06-24" or its beginning; anything else is no date.
func parseDate(s string) date {
	var d date
	part := func(n int) int {
		if len(s) < n || len(s) > n && s[n] != '-' {
			return 0
		}
		v := 0
		for _, c := range []byte(s[:n]) {
			if c < '0' || c > '9' {
				return 0
			}
			v = v*10 + int(c-'0')
		}
		s = strings.TrimPrefix(s[n:], "-")
		return v
	}
	if d.year = int16(part(4)); d.year == 0 {
		return date{}
	}
	if m := part(2); m >= 1 && m <= 12 {
		d.month = int8(m)
		if day := part(2); day >= 1 && day <= 31 {
			d.day = int8(day)
		}
	}
	return d
}

// compare returns what two dates of birth add to the log odds. The same day is
// shared by one pair in some 25,000 of those who live, but lists repeat guesses
// (1 January) and misread digits, so it says less than that.
func (d date) compare(o date) (logOdds float64, detail string) {
	switch {
	case d.year == 0 || o.year == 0:
		return 0, ""
	case d == o && d.day != 0:
		return 4, "the same day"
	case d.year == o.year && (d.month == 0 || o.month == 0):
		return 1.5, "the same year"
	case d.year == o.year && d.month == o.month && (d.day == 0 || o.day == 0):
		return 2.5, "the same month"
	case d.year == o.year && d.month == o.day && d.day == o.month:
		return 3, "day and month in the other order"
	case d.year == o.year && (d.month == o.month || d.day == o.day):
		return 1.5, "one part differs"
	case d.month == o.month && d.day == o.day && d.day != 0 && oneDigit(int(d.year), int(o.year)):
		return 1.5, "one digit of the year differs"
	case d.year == o.year:
		return -0.5, "the same year, another day"
	case d.year-o.year <= 1 && o.year-d.year <= 1:
		return -1, "a year apart"
	}
	return -4, "other years"
}

func oneDigit(a, b int) bool {
	n := 0
	for range 4 {
		if a%10 != b%10 {
			n++
		}
		a, b = a/10, b/10
	}
	return n == 1
}

// codesOf returns the words under which an identifier is kept: its value, and
// with its scheme where it has one.
func codesOf(id string) []string {
	scheme, value, ok := strings.Cut(id, ":")
	if !ok {
		scheme, value = "", id
	}
	value = compactCode(value)
	if len(value) < 4 {
		return nil
	}
	if scheme == "" {
		return []string{value}
	}
	return []string{value, strings.ToLower(scheme) + ":" + value}
}

// compactCode is a value without what people set between its digits.
func compactCode(s string) string {
	if len(s) > 64 {
		s = s[:64]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}

func upper(s string) string {
	if len(s) > 8 {
		return ""
	}
	return strings.ToUpper(s)
}

// What facts add to the log odds.
const (
	sameIdentifier  = 7
	otherIdentifier = -3
	sameCountry     = 0.4
	otherCountry    = -0.9
	otherPersons    = -0.5 // persons move
)

// compareCodes compares identifiers: one in common speaks for, others of a
// scheme that both have against.
func compareCodes(a, b []string) (logOdds float64, detail string) {
	against := ""
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return sameIdentifier, x
			}
			sx, _, okx := strings.Cut(x, ":")
			sy, _, oky := strings.Cut(y, ":")
			if okx && oky && sx == sy {
				against = sx
			}
		}
	}
	if against != "" {
		return otherIdentifier, "another " + against
	}
	return 0, ""
}

func (d date) String() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}
