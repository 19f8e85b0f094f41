package importer_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// denied is a list of denied persons with one temporary order. Its key holds no
// date: each renewal moves both dates of the same row.
func denied(from, until string) []byte {
	return []byte(strings.ReplaceAll("Name|Street_Address|City|State|Country|Postal_Code|Effective_Date|Expiration_Date|Standard_Order|Last_Update|Action|FR_Citation\n"+
		"SAMPLE AIR|1 ROAD|BAGHDAD||IQ||"+from+"|"+until+"|Y|2023-11-01|TDO|80 F.R. 30435\n", "|", "\t"))
}

// A renewal adds a time under restriction and takes none away: neither what was
// before it nor, when it is dated ahead, what holds until then.
func TestRenewalKeepsThePast(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	read := func(on, from, until string, want tally) {
		t.Helper()
		o.now = day(on) + 43200
		wantTally(t, on, o.must("bis-dpl", dplList, denied(from, until), on), want)
	}
	holds := func(want bool, days ...string) {
		t.Helper()
		for _, d := range days {
			at := in(t, "America/New_York", d, 0)
			if a := ask(t, o.desk(), "SAMPLE AIR", export, at); (a.Verdict == api.Restricted) != want {
				t.Errorf("on %s: %s, want restricted = %t", d, a.Verdict, want)
			}
		}
	}
	now := func(want api.Verdict) {
		t.Helper()
		if a := ask(t, o.desk(), "SAMPLE AIR", export, 0); a.Verdict != want {
			t.Errorf("at %s: %s, want %s", o.now, a.Verdict, want)
		}
	}
	read("2025-01-10", "12/01/2024", "05/30/2025", tally{rows: 1, added: 1})
	read("2025-05-20", "05/15/2025", "11/10/2025", tally{rows: 1, changed: 1})
	now(api.Restricted)
	holds(false, "2024-11-30")
	holds(true, "2024-12-01", "2025-04-05", "2025-05-15", "2025-05-31", "2025-11-10")
	holds(false, "2025-11-11")
	read("2025-05-21", "05/15/2025", "11/10/2025", tally{rows: 1, same: 1})

	read("2025-10-20", "10/25/2025", "04/20/2026", tally{rows: 1, rejected: 1}) // ahead
	now(api.Restricted)
	read("2025-10-26", "10/25/2025", "04/20/2026", tally{rows: 1, changed: 1})
	now(api.Restricted)
	holds(true, "2024-12-01", "2025-10-24", "2025-10-25", "2026-04-20")
	holds(false, "2026-04-21")

	// Only lengthened, it is the same order; renewed after a gap, the gap stays.
	read("2025-11-26", "10/25/2025", "04/10/2026", tally{rows: 1, changed: 1})
	holds(false, "2026-04-11")
	read("2026-06-10", "06/01/2026", "12/01/2026", tally{rows: 1, changed: 1})
	holds(true, "2026-04-10", "2026-06-01")
	holds(false, "2026-05-01")
	if got := len(o.effects(dplList)); got != 4 {
		t.Errorf("%d listings, want one for each order", got)
	}
	o.verified()
}

// A beginning that the source corrects to an earlier day is the same order.
func TestEarlierBeginning(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.must("bis-dpl", dplList, denied("12/01/2024", "05/30/2025"), "2025-01-02")
	o.must("bis-dpl", dplList, denied("11/01/2024", "05/30/2025"), "2025-01-02")
	a := ask(t, o.desk(), "SAMPLE AIR", export, 0)
	if a.Verdict != api.Restricted || a.Grounds[0].From != in(t, "America/New_York", "2024-11-01", 0) {
		t.Errorf("%+v", a)
	}
	if rows := o.effects(dplList); len(rows) != 1 || rows[0].Effects[0].Until == standing.Forever {
		t.Errorf("%+v", rows)
	}
}
