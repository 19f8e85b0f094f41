package calendar_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/openstanding/standing/rulebook/calendar"
)

func load(t testing.TB, name string) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func term(t testing.TB, s string) calendar.Term {
	t.Helper()
	parsed, err := calendar.ParseTerm(s)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestAdd(t *testing.T) {
	tests := []struct {
		why, calendar, event, term string
		roll                       bool
		want                       string
		provisional                bool
	}{
		{"day of the event not counted", "cn", "2026-03-02T09:00:00+08:00", "1 calendar day", false, "2026-03-04T00:00:00+08:00", false},
		{"no days: ends with the day of the event", "cn", "2026-03-02T09:00:00+08:00", "0 calendar days", false, "2026-03-03T00:00:00+08:00", false},
		{"the day is read in the zone", "cn", "2026-03-02T17:00:00Z", "1 calendar day", false, "2026-03-05T00:00:00+08:00", false},
		{"example of a Shanghai court: notice on 16 September, 15 days", "cn", "2019-09-16T10:00:00+08:00", "15 calendar days", true, "2019-10-09T00:00:00+08:00", false},
		{"the same without rolling forward", "cn", "2019-09-16T10:00:00+08:00", "15 calendar days", false, "2019-10-02T00:00:00+08:00", false},
		{"example of a Shanghai court: three months from 30 November", "cn", "2022-11-30T10:00:00+08:00", "3 months", false, "2023-03-01T00:00:00+08:00", false},
		{"a worked Saturday counts, Spring Festival does not", "cn", "2026-02-12T10:00:00+08:00", "3 working days", false, "2026-02-25T00:00:00+08:00", false},
		{"an end on a worked Saturday stays", "cn", "2026-02-09T10:00:00+08:00", "5 calendar days", true, "2026-02-15T00:00:00+08:00", false},
		{"BGB 188(3): no 31st", "de", "2024-01-31T12:00:00+01:00", "1 month", false, "2024-03-01T00:00:00+01:00", false},
		{"BGB 188(2): the day of the same number", "de", "2024-02-29T12:00:00+01:00", "1 month", false, "2024-03-30T00:00:00+01:00", false},
		{"leap day and years", "de", "2024-02-29T12:00:00+01:00", "1 year", false, "2025-03-01T00:00:00+01:00", false},
		{"leap day to leap day", "de", "2024-02-29T12:00:00+01:00", "4 years", false, "2028-03-01T00:00:00+01:00", false},
		{"BGB 193: both days of Christmas", "de", "2024-12-11T12:00:00+01:00", "14 calendar days", true, "2024-12-28T00:00:00+01:00", false},
		{"the clock goes forward within the term", "de", "2026-03-28T12:00:00+01:00", "1 calendar day", false, "2026-03-30T00:00:00+02:00", false},
		{"the clock goes back within the term", "de", "2026-10-24T12:00:00+02:00", "1 calendar day", false, "2026-10-26T00:00:00+01:00", false},
		{"Fed. R. Civ. P. 6(a): Sunday, then a holiday", "us", "2021-06-04T12:00:00-04:00", "30 calendar days", true, "2021-07-07T00:00:00-04:00", false},
		{"one month of the register of judgments", "gb", "2024-01-31T12:00:00Z", "1 month", false, "2024-03-01T00:00:00Z", false},
		{"Lei 14.133: fifteen working days over three holidays", "br", "2024-11-01T12:00:00-03:00", "15 working days", false, "2024-11-27T00:00:00-03:00", false},
		{"a day that begins at one o'clock", "br", "2018-11-02T12:00:00-03:00", "1 calendar day", false, "2018-11-04T01:00:00-02:00", false},
		{"institutions know no holiday", "un", "2026-12-24T12:00:00Z", "2 working days", false, "2026-12-29T00:00:00Z", false},
		{"a year that is not announced", "cn", "2026-12-31T10:00:00+08:00", "1 working day", false, "2027-01-05T00:00:00+08:00", true},
		{"a year beyond the calendar: weekends only", "cn", "2029-09-28T10:00:00+08:00", "2 working days", false, "2029-10-03T00:00:00+08:00", true},
		{"a year before the calendar", "cn", "2017-05-02T10:00:00+08:00", "1 working day", false, "2017-05-04T00:00:00+08:00", true},
		{"an end far away needs no holidays", "cn", "2026-03-02T10:00:00+08:00", "3 years", false, "2029-03-03T00:00:00+08:00", false},
		{"unless it rolls forward", "cn", "2026-03-02T10:00:00+08:00", "3 years", true, "2029-03-03T00:00:00+08:00", true},
		{"rolling over the year's end into the unknown", "us", "2035-12-28T10:00:00-05:00", "1 calendar day", true, "2036-01-01T00:00:00-05:00", false},
	}
	for _, test := range tests {
		c := load(t, test.calendar)
		end, provisional := c.Add(instant(t, test.event), term(t, test.term), calendar.Options{RollForward: test.roll})
		if got := end.Format(time.RFC3339); got != test.want || provisional != test.provisional {
			t.Errorf("%s: %s in %s after %s ends %s (provisional %v), want %s (%v)",
				test.why, test.term, test.calendar, test.event, got, provisional, test.want, test.provisional)
		}
	}
}

func TestAddPanicsOnInvalidTerm(t *testing.T) {
	c := load(t, "un")
	for _, bad := range []calendar.Term{{}, {N: -1, Unit: calendar.Months}, {N: 101, Unit: calendar.Years}, {N: 1, Unit: "weeks"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Add took the term %+v", bad)
				}
			}()
			c.Add(time.Unix(0, 0), bad, calendar.Options{})
		}()
	}
}

func TestWorkingDay(t *testing.T) {
	tests := []struct {
		calendar             string
		day                  calendar.Date
		working, provisional bool
		label                string
	}{
		{"cn", on(2026, 2, 14), true, false, ""},
		{"cn", on(2026, 2, 16), false, false, "春节"},
		{"cn", on(2026, 2, 21), false, false, "春节"},
		{"cn", on(2026, 2, 24), true, false, ""},
		{"cn", on(2026, 3, 7), false, false, ""},
		{"cn", on(2020, 1, 31), false, false, "春节"},
		{"cn", on(2027, 2, 8), false, true, "春节"},
		{"cn", on(2028, 10, 2), true, true, ""},
		{"de", on(2017, 10, 31), false, false, "Reformationstag"},
		{"de", on(2018, 10, 31), true, false, ""},
		{"gb", on(2020, 5, 4), true, false, ""},
		{"gb", on(2020, 5, 8), false, false, "Early May bank holiday"},
		{"gb", on(2026, 12, 28), false, false, "Boxing Day (substitute)"},
		{"gb", on(2030, 8, 26), false, true, "Summer bank holiday"},
		{"us", on(2020, 6, 19), true, false, ""},
		{"us", on(2021, 6, 18), false, false, "Juneteenth National Independence Day (observed)"},
		{"us", on(2021, 12, 31), false, false, "New Year's Day (observed)"},
		{"br", on(2023, 11, 20), true, false, ""},
		{"br", on(2024, 11, 20), false, false, "Dia Nacional de Zumbi e da Consciência Negra"},
		{"br", on(2025, 3, 4), true, false, ""}, // Carnival is optional
		{"un", on(2026, 12, 25), true, false, ""},
	}
	for _, test := range tests {
		c := load(t, test.calendar)
		working, provisional := c.WorkingDay(test.day)
		if working != test.working || provisional != test.provisional {
			t.Errorf("%s %s: working %v, provisional %v; want %v, %v", test.calendar, test.day, working, provisional, test.working, test.provisional)
		}
		if label, ok := c.Holiday(test.day); label != test.label || ok != (test.label != "") {
			t.Errorf("%s %s is the holiday %q, want %q", test.calendar, test.day, label, test.label)
		}
	}
}

// TestChinaBalance checks the table against the statute: in each year the
// weekdays off less the worked weekend days are the 11 statutory days (13 since
// 2025), and 2 more in 2020, when Spring Festival was prolonged.
func TestChinaBalance(t *testing.T) {
	want := map[int]int{2018: 11, 2019: 11, 2020: 13, 2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}
	c := load(t, "cn")
	for year, days := range want {
		got := 0
		for d := on(year, 1, 1); d.Year == year; d = d.AddDays(1) {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			working, _ := c.WorkingDay(d)
			switch {
			case weekend && working:
				got--
			case !weekend && !working:
				got++
			}
		}
		if got != days {
			t.Errorf("%d has %d weekdays off net of worked weekends, want %d", year, got, days)
		}
	}
}

func TestCountWorkingDays(t *testing.T) {
	c := load(t, "cn")
	tests := []struct {
		after, through calendar.Date
		want           int
		provisional    bool
	}{
		{on(2026, 2, 12), on(2026, 2, 24), 3, false},
		{on(2026, 2, 14), on(2026, 2, 23), 0, false},
		{on(2026, 3, 3), on(2026, 3, 2), 0, false},
		{on(2026, 12, 30), on(2027, 1, 4), 2, true},
	}
	for _, test := range tests {
		if got, provisional := c.CountWorkingDays(test.after, test.through); got != test.want || provisional != test.provisional {
			t.Errorf("working days after %s through %s: %d (provisional %v), want %d (%v)", test.after, test.through, got, provisional, test.want, test.provisional)
		}
	}
}

// TestBuiltin loads each embedded calendar; its file holds it under its name,
// and every file is loaded.
func TestBuiltin(t *testing.T) {
	for _, name := range calendar.Names() {
		c := load(t, name)
		if c.Name() != name || c.Title() == "" || c.Zone() == nil || c.FirstYear() > c.LastYear() {
			t.Errorf("%s loads as %q %q, %d-%d", name, c.Name(), c.Title(), c.FirstYear(), c.LastYear())
		}
		again, err := calendar.Parse(c.Text())
		if err != nil || again.Text() != c.Text() || again.Digest() != c.Digest() {
			t.Errorf("%s: the canonical text does not round-trip: %v", name, err)
		}
	}
	if !slices.IsSorted(calendar.Names()) {
		t.Error("Names are not in order")
	}
	if _, err := calendar.Load("fr"); err == nil || !strings.Contains(err.Error(), "br, cn, de") {
		t.Errorf("Load(fr) = %v, want an error that lists the calendars", err)
	}
	if _, err := calendar.Load("../data/cn"); err == nil {
		t.Error("Load takes a path")
	}
}

func TestInZone(t *testing.T) {
	utc := load(t, "un")
	washington, err := utc.InZone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	end, _ := washington.Add(instant(t, "2026-03-02T12:00:00Z"), term(t, "1 calendar day"), calendar.Options{})
	if got := end.Format(time.RFC3339); got != "2026-03-04T00:00:00-05:00" {
		t.Errorf("the day ends in Washington at %s", got)
	}
	if utc.Zone().String() != "UTC" || utc.Digest() == washington.Digest() || !strings.Contains(washington.Text(), "zone America/New_York\n") {
		t.Errorf("the calendar in %s does not say so: %s", washington.Zone(), washington.Text())
	}
	for _, bad := range []string{"", "Local", "Europe/Bonn"} {
		if _, err := utc.InZone(bad); err == nil {
			t.Errorf("InZone takes %q", bad)
		}
	}
}

// TestDigests makes every change of a calendar deliberate: a new digest comes
// with a new version.
func TestDigests(t *testing.T) {
	want := map[string]string{
		"br": "2026.1 ababc895dc51774cf2b76eef8c92ea5b99aadc3948357b31a6f49484a6ac1941",
		"cn": "2026.1 1cfcc59185c5a5214dd6ca381537bee6dc81d52c266b6272f4c932827031ce5a",
		"de": "2026.1 80c7c326279d252da30dc2e950e0182d5dd14724515c0c2507aabba2a75d58aa",
		"gb": "2026.1 3ebc84d3b401a7c9f7bea2c006a0cb399bdd13953500dc91ecdd8f204ba1bf03",
		"un": "2026.1 c96334c07f45ebf0a50de1a02d3150139ffb0b417f0e4404bff8b7285c35fe27",
		"us": "2026.1 18dd9842af8827e44844e2a002a5603db3eb119fd0e49a85808a9ee565bbb2a5",
	}
	for _, name := range calendar.Names() {
		c := load(t, name)
		digest := c.Digest()
		if got := c.Version() + " " + hex.EncodeToString(digest[:]); got != want[name] {
			t.Errorf("calendar %s is %q, want %q", name, got, want[name])
		}
	}
}

func TestTermText(t *testing.T) {
	good := map[string]calendar.Term{
		"5 working days":      {5, calendar.WorkingDays},
		"1 working day":       {1, calendar.WorkingDays},
		"15 calendar days":    {15, calendar.CalendarDays},
		"0 calendar days":     {0, calendar.CalendarDays},
		"1 month":             {1, calendar.Months},
		"2 years":             {2, calendar.Years},
		"36500 calendar days": {36500, calendar.CalendarDays},
	}
	for text, want := range good {
		got, err := calendar.ParseTerm(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("ParseTerm(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
	bad := map[string]string{
		"":                           "number",
		"5":                          "unit",
		"5 days":                     "which days",
		"1 day":                      "which days",
		"5 Working days":             "unit",
		"5 working-days":             "write it as",
		"05 working days":            "write it as",
		"+5 working days":            "write it as",
		"-5 working days":            "from 0",
		"5  working days":            "unit",
		"5 working days ":            "unit",
		"1 working days":             "unit",
		"2 month":                    "unit",
		"101 years":                  "from 0 to 100",
		"99999999999999999999 years": "number",
		"two years":                  "number",
		"1 weeks":                    "unit",
	}
	for text, says := range bad {
		if got, err := calendar.ParseTerm(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseTerm(%q) = %+v, %v; want an error that says %q", text, got, err, says)
		}
	}
	if !(calendar.Term{}).IsZero() || term(t, "0 months").IsZero() {
		t.Error("IsZero is not about the absence of a term")
	}
}

func TestYAML(t *testing.T) {
	type page struct {
		Window calendar.Term `yaml:"window"`
		Since  calendar.Date `yaml:"since"`
	}
	var got page
	if err := yaml.Unmarshal([]byte("window: 5 working days\nsince: 2017-05-01\n"), &got); err != nil {
		t.Fatal(err)
	}
	if want := (page{calendar.Term{N: 5, Unit: calendar.WorkingDays}, on(2017, 5, 1)}); got != want {
		t.Errorf("YAML gives %+v, want %+v", got, want)
	}
	text, err := yaml.Marshal(got)
	if err != nil || string(text) != "window: 5 working days\nsince: 2017-05-01\n" && string(text) != "window: 5 working days\nsince: \"2017-05-01\"\n" {
		t.Errorf("YAML is %q, %v", text, err)
	}
	if err := yaml.Unmarshal([]byte("window: 5 days\n"), &got); err == nil || !strings.Contains(err.Error(), "which days") {
		t.Errorf("YAML takes a term of untyped days: %v", err)
	}
	if _, err := (calendar.Term{}).MarshalText(); err == nil {
		t.Error("a term that is not valid is written")
	}
}

func TestDate(t *testing.T) {
	for _, bad := range []string{"", "2026-02-29", "2026-2-1", "2026-02-01 ", "0000-01-01", "20260201", "2026-13-01"} {
		if d, err := calendar.ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %s", bad, d)
		}
	}
	if got := on(2024, 2, 28).AddDays(2); got != on(2024, 3, 1) {
		t.Errorf("two days after 28 February 2024 is %s", got)
	}
	if got := on(1969, 12, 31).AddDays(-1).Weekday(); got != time.Tuesday {
		t.Errorf("30 December 1969 was a %s, want Tuesday", got)
	}
	var d calendar.Date
	if err := d.UnmarshalText([]byte("2026-02-30")); err == nil || d != (calendar.Date{}) {
		t.Errorf("UnmarshalText takes a day that does not exist: %s", d)
	}
}
