package source_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ layouts, printed, want string }{
		{"[YYYY-MM-DD]", "2024-02-29", "2024-02-29"},
		{"[YYYY-MM-DD]", "2023-02-29", "no day 29"},
		{"[YYYY-MM-DD]", "3017-08-22", "not credible"},
		{"[YYYY-MM-DD]", "2024-2-29", "not printed as"},
		{"[YYYY-MM-DD]", "2024-02-29x", "not printed as"},
		{"[MM/DD/YYYY]", "02/13/2024", "2024-02-13"},
		{"[MM/DD/YYYY]", "13/02/2024", "no day"},
		{"[D.M.YYYY]", "1.12.2024", "2024-12-01"},
		{"[DD.MM.YYYY]", "1.12.2024", "not printed as"},
		{"['Mon DD, YYYY']", "Jul 03, 2024", "2024-07-03"},
		{"['Mon DD, YYYY']", "Jux 03, 2024", "not printed as"},
		{"['D Month YYYY']", "3 september 2024", "2024-09-03"},
		{"['YYYY-MM-DDThh:mm:ssZ']", "2024-07-01T12:00:59Z", "2024-07-01"},
		{"[DD/MM/YYYY, MM/DD/YYYY]", "03/04/2024", "ambiguous"},
		{"[DD/MM/YYYY, MM/DD/YYYY]", "04/04/2024", "2024-04-04"},
		{"[DD/MM/YYYY, MM/DD/YYYY]", "13/04/2024", "2024-04-13"},
		{"[excel]", "45476", "2024-07-03"},
		{"[excel]", "45476.75", "2024-07-03"},
		{"[excel]", "61", "1900-03-01"},
		{"[excel]", "60", "not printed as"}, // the 29 February 1900 of spreadsheets
		{"[excel]", "4.5.4", "not printed as"},
		{"[excel]", "999999", "not credible"},
	} {
		t.Run(c.layouts+" "+c.printed, func(t *testing.T) {
			rows, rejects := read(t, bare("dates: "+c.layouts+"\nruling: {decided: Day}\n"), "Name,Day\nA,\""+c.printed+"\"\n")
			got := ""
			if len(rows) == 1 {
				got = rows[0].Decided.String()
			} else if rejects[0].Code == source.BadDate {
				got = rejects[0].Reason
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDateOrder(t *testing.T) {
	early, late := source.Date{Year: 2024, Month: 1, Day: 31}, source.Date{Year: 2024, Month: 2, Day: 1}
	if !early.Before(late) || late.Before(early) || early.Before(early) {
		t.Error("31 January is before 1 February, and nothing is before itself")
	}
	if !(source.Date{}).IsZero() || (source.Date{}).String() != "" {
		t.Error("the zero date is no date")
	}
	for _, s := range []string{"", "2024", "2024-13-01", "2024-02-30", "1600-01-01", "2024-01-01T00:00:00"} {
		if d, err := source.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v", s, d)
		}
	}
	if d, err := source.ParseDate("2024-01-31"); err != nil || d != early {
		t.Errorf("ParseDate = %v, %v", d, err)
	}
}

func TestBirthDates(t *testing.T) {
	for printed, want := range map[string]string{
		"1971": "1971", "1971-05": "1971-05", "1.5.1971": "1971-05-01", "about 1971": "", "1971-13": "", "": "",
	} {
		rows, _ := read(t, bare("dates: [D.M.YYYY]\nbirth-date: Born\n"), "Name,Born\nA,"+printed+"\n")
		if len(rows) != 1 || rows[0].BirthDate != want {
			t.Errorf("%q: got %+v, want %q", printed, rows, want)
		}
		if noted := len(rows[0].Notes) > 0; noted != (want == "" && printed != "") {
			t.Errorf("%q: notes %q", printed, rows[0].Notes)
		}
	}
}
