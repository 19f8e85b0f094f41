package importer_test

import (
	"strings"
	"testing"
)

// One row that cannot be taken over must not keep the others out: it is
// rejected with its reason, and the import goes on.
func TestNoRowStopsAnImport(t *testing.T) {
	for _, c := range []struct {
		name, row string
		rejected  bool
	}{
		{"ends the day before it begins", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 09, 2023", Fraud,IDB,Debarment,,`, true},
		{"ends on the day it begins", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 10, 2023", Fraud,IDB,Debarment,,`, false},
		{"begins in the future", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 2026","Jan 10, 2027", Fraud,IDB,Debarment,,`, true},
		{"a reprimand to come", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 2026","Jan 10, 2027", Fraud,IDB,Letter of reprimand,,`, true},
		{"begins tomorrow", `Odd Ltd,Firm,Kenya,Kenya,"Jan 04, 2025","Jan 10, 2027", Fraud,IDB,Debarment,,`, true},
		{"a long name", strings.Repeat("Odd ", 3000) + `Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 10, 2027", Fraud,IDB,Debarment,,`, true},
		{"a very long name", strings.Repeat("Odd ", 30000) + `Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 10, 2027", Fraud,IDB,Debarment,,`, true},
		{"long before computers", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 1923",Ongoing, Fraud,IDB,Debarment,,`, false},
		{"no ground here", `Odd Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 10, 2027", Extortion,IDB,Debarment,,`, true},
		{"a long remark", `Odd Ltd,Firm,Kenya,` + strings.Repeat("Kenya ", 20000) + `,"Jan 10, 2023","Jan 10, 2027", Fraud,IDB,Debarment,,`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, "2025-01-02")
			o.now = day("2025-01-03") + 3600
			r, err := o.read("iadb", iadbList, rows(roads, c.row, bridges), "2025-01-03")
			if err != nil {
				t.Fatalf("stopped: %.300v", err)
			}
			if (r.Rejected == 1) != c.rejected {
				t.Errorf("%d rejected, %d added: %+v", r.Rejected, r.Added, o.rejects)
			}
			for _, x := range o.rejects {
				t.Logf("%.200s", x.Reason)
			}
			o.restricted("Sample Roads Ltd", 0, true)
			o.restricted("Sample Bridges Ltd", 0, true)
			o.verified()
		})
	}
}

// A row that is dated ahead is taken over by the first reading after its date.
func TestRowDatedAhead(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	ahead := strings.Replace(roads, "Jan 10, 2023", "Jan 10, 2025", 1)
	wantTally(t, "ahead", o.take("2025-01-09", ahead, bridges), tally{rows: 2, added: 1, rejected: 1})
	if !strings.Contains(o.rejects[0].Reason, "2025-01-10") {
		t.Errorf("rejected: %s", o.rejects[0].Reason)
	}
	o.restricted("Sample Roads Ltd", 0, false)
	wantTally(t, "on its day", o.take("2025-01-10", ahead, bridges), tally{rows: 2, added: 1, same: 1})
	o.restricted("Sample Roads Ltd", 0, true)
}

// A row that never settles whom it means is rejected in the end, and counted once.
func TestRowThatChangesWhomItMeansForEver(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	other := strings.Replace(roads, "Old Sample Roads", "New Sample Roads", 1)
	o.take("2025-01-03", roads)
	for i := range 99 {
		wantTally(t, "another", o.take("2025-01-03", []string{other, roads}[i%2]), tally{rows: 1, changed: 1})
	}
	wantTally(t, "too often", o.take("2025-01-03", roads), tally{rows: 1, rejected: 1, ended: 1})
	o.restricted("Sample Roads Ltd", 0, false)
	o.verified()
}
