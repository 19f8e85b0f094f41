package calendar_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing/rulebook/calendar"
)

const sample = `# A comment.
calendar sample-1
version 2026.1
title A sample
source Some act
source Another act
zone Europe/Berlin
weekend friday saturday
years 2026-2028
provisional 2027-2028

holiday 2026-01-01 New Year
work 2026-01-03 New Year
holiday 2026-05-01..2026-05-03 May
`

const canonical = `calendar sample-1
version 2026.1
title A sample
source Some act
source Another act
zone Europe/Berlin
weekend friday saturday
years 2026-2028
provisional 2027
provisional 2028
holiday 2026-01-01 New Year
work 2026-01-03 New Year
holiday 2026-05-01 May
holiday 2026-05-02 May
holiday 2026-05-03 May
`

func TestParse(t *testing.T) {
	c, err := calendar.Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	if c.Text() != canonical {
		t.Errorf("the canonical text is\n%s\nwant\n%s", c.Text(), canonical)
	}
	if c.Name() != "sample-1" || c.Version() != "2026.1" || c.Title() != "A sample" || c.Zone().String() != "Europe/Berlin" || c.FirstYear() != 2026 || c.LastYear() != 2028 {
		t.Errorf("the calendar reads as %s %s %s %s %d-%d", c.Name(), c.Version(), c.Title(), c.Zone(), c.FirstYear(), c.LastYear())
	}
}

// TestParseRefuses changes one thing in the sample and wants the line named.
func TestParseRefuses(t *testing.T) {
	tests := []struct{ old, new, line, says string }{
		{"calendar sample-1\n", "", "line 2", `"calendar" must stand`},
		{"calendar sample-1", "calendar Sample", "line 2", "characters"},
		{"calendar sample-1", "calendar", "line 2", "write words"},
		{"version 2026.1", "version two", "line 3", "characters"},
		{"title A sample", "title A  sample", "line 4", "one space"},
		{"title A sample", "title A sample ", "line 4", "one space"},
		{"title A sample", "title A\tsample", "line 4", "printed"},
		{"title A sample", "title A\xffsample", "line 4", "printed"},
		{"title A sample\n", "title A sample\r\n", "line 4", "none at the end"},
		{"title A sample\n", "title A sample\ntitle B\n", "line 5", "must not stand here"},
		{"source Some act", "sauce Some act", "line 5", "begins no line"},
		{"zone Europe/Berlin", "zone Local", "line 7", "host"},
		{"zone Europe/Berlin", "zone Europe/Bonn", "line 7", "IANA"},
		{"zone Europe/Berlin\n", "", "line 7", `"zone" must stand`},
		{"weekend friday saturday", "weekend saturday friday", "line 8", "Monday first"},
		{"weekend friday saturday", "weekend Friday", "line 8", "Monday first"},
		{"weekend friday saturday", "weekend monday tuesday wednesday thursday friday saturday sunday", "line 8", "one to six"},
		{"years 2026-2028", "years 2028-2026", "line 9", "write a year"},
		{"years 2026-2028", "years 26-28", "line 9", "write a year"},
		{"years 2026-2028", "years 2026-2200", "line 9", "1900 to 2199"},
		{"provisional 2027-2028", "provisional 2029", "line 10", "outside"},
		{"provisional 2027-2028", "provisional 2027\nprovisional 2027", "line 11", "already"},
		{"holiday 2026-01-01 New Year", "holiday 2026-01-01", "line 12", "name must follow"},
		{"holiday 2026-01-01 New Year", "holiday 2026-1-1 New Year", "line 12", "exists"},
		{"holiday 2026-01-01 New Year", "holiday 2025-12-31 New Year", "line 12", "outside"},
		{"work 2026-01-03 New Year", "work 2026-01-01 New Year", "line 13", "must come after"},
		{"work 2026-01-03 New Year", "work 2026-01-05 New Year", "line 13", "worked anyway"},
		{"2026-05-01..2026-05-03", "2026-05-03..2026-05-01", "line 14", "ends before"},
		{"2026-05-01..2026-05-03", "2026-05-01..2026-05-01", "line 14", "ends before"},
		{"2026-05-01..2026-05-03", "2026-05-01..2029-05-03", "line 14", "outside"},
		{"holiday 2026-05-01..2026-05-03 May\n", "provisional 2026\n", "line 14", "must not stand here"},
	}
	for _, test := range tests {
		text := strings.Replace(sample, test.old, test.new, 1)
		if text == sample {
			t.Fatalf("%q is not in the sample", test.old)
		}
		_, err := calendar.Parse(text)
		if err == nil || !strings.Contains(err.Error(), test.line+":") || !strings.Contains(err.Error(), test.says) {
			t.Errorf("with %q for %q the error is %v; want %s and %q", test.new, test.old, err, test.line, test.says)
		}
	}
	if _, err := calendar.Parse("calendar a\n"); err == nil || !strings.Contains(err.Error(), `line 2: "version"`) {
		t.Errorf("a text that ends early gives %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add(canonical)
	f.Add("")
	for _, name := range calendar.Names() {
		f.Add(load(f, name).Text())
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := calendar.Parse(text)
		if err != nil {
			return
		}
		again, err := calendar.Parse(c.Text())
		if err != nil {
			t.Fatalf("the canonical text is refused: %v\n%s", err, c.Text())
		}
		if again.Text() != c.Text() || again.Digest() != c.Digest() {
			t.Errorf("the canonical text changes when it is read again")
		}
	})
}

func FuzzParseTerm(f *testing.F) {
	for _, seed := range []string{"5 working days", "1 month", "2 years", "15 calendar days", "5 days", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := calendar.ParseTerm(text)
		if err != nil {
			return
		}
		if parsed.String() != text || parsed.Valid() != nil {
			t.Errorf("ParseTerm(%q) = %+v, which is written %q", text, parsed, parsed)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-02-28", "2024-02-29", "2025-02-29", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := calendar.ParseDate(text)
		if err != nil {
			return
		}
		if d.String() != text || d.AddDays(1).AddDays(-1) != d {
			t.Errorf("ParseDate(%q) = %s", text, d)
		}
	})
}
