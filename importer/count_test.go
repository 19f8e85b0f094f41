package importer_test

import (
	"context"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/importer"
	"github.com/openstanding/standing/store"
)

// tally is what of a report the real lists are held to.
type tally struct{ rows, added, changed, revived, same, ended, rejected int }

func tallyOf(r *importer.Report) tally {
	return tally{r.Rows, r.Added, r.Changed, r.Revived, r.Same, r.Ended, r.Rejected}
}

func wantTally(t *testing.T, what string, r *importer.Report, want tally) {
	t.Helper()
	if got := tallyOf(r); got != want {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

// effects are all effect rows of a list.
func (o *office) effects(list standing.ListID) []store.EffectRow {
	o.t.Helper()
	var out []store.EffectRow
	_, err := o.store.EachEffect(context.Background(), func(r *store.EffectRow) error {
		if r.List == list {
			out = append(out, *r)
		}
		return nil
	})
	must(o.t, err)
	return out
}

// The counts were made outside this code: rows and rejects by reading the files
// with other tools (package source), terms over thirty years and the word
// "Permanent" by eye.
func TestSharedCounts(t *testing.T) {
	for _, c := range []struct {
		format, file, day string
		list              standing.ListID
		want              importer.Report
	}{
		{"iadb", "debarment/iadb_sanctioned.csv", "2025-01-02", iadbList,
			importer.Report{Rows: 1082, Added: 1080, Rejected: 2, Listings: 1079, Rulings: 1, Persons: 233, Unknown: 2}},
		{"ebrd", "debarment/ebrd_ineligible_2025-01.csv", "2025-01-31", ebrdList,
			importer.Report{Rows: 1322, Added: 1319, Rejected: 3, Listings: 1319, Screening: 3, Persons: 122, Unknown: 193}},
		{"br-sanctions", "debarment/br_mg_empresas_sancionadas.csv", "2025-03-31", cnepList,
			importer.Report{Rows: 43, Added: 42, Rejected: 1, Rulings: 42, Persons: 1, Unknown: 1}},
	} {
		t.Run(c.format, func(t *testing.T) {
			text := shared(t, c.file)
			o := newOffice(t, c.day)
			got := *o.must(c.format, c.list, text, c.day)
			got.Acts, got.Snapshot, got.StaleAfter = 0, 0, 0
			if got != c.want {
				t.Errorf("got %+v\nwant %+v", got, c.want)
			}
			o.wantEffects(c.list, c.want.Listings, c.want.Screening)
			again := o.must(c.format, c.list, text, c.day)
			wantTally(t, "the same again", again, tally{rows: c.want.Rows, same: c.want.Added, rejected: c.want.Rejected})
			if again.Acts != 1 {
				t.Errorf("the same again took %d acts, want the snapshot's alone", again.Acts)
			}
			o.verified()
		})
	}
}

// wantEffects holds how many listings a list has, and how many of them have no
// effect; a fine has none and no listing either.
func (o *office) wantEffects(list standing.ListID, listings, screening int) {
	o.t.Helper()
	rows, none := o.effects(list), 0
	for _, e := range rows {
		if len(e.Effects) == 0 {
			none++
		}
	}
	if len(rows) != listings || none != screening {
		o.t.Errorf("%d listings, %d of them without an effect; want %d and %d", len(rows), none, listings, screening)
	}
}

func TestSharedSnapshotsInOrder(t *testing.T) {
	var o *office
	for _, c := range []struct {
		file, day string
		want      tally
	}{
		{"bis_dpl/bis_dpl_2021-07.txt", "2021-07-07", tally{rows: 546, added: 546}},
		{"bis_dpl/bis_dpl_2022-09.txt", "2022-09-07", tally{rows: 581, added: 170, changed: 54, same: 357, ended: 135}},
		{"bis_dpl/bis_dpl_2023-11.txt", "2023-11-30", tally{rows: 665, added: 165, changed: 83, same: 417, ended: 81}},
		{"bis_dpl/bis_dpl_2023-11.txt", "2023-11-30", tally{rows: 665, same: 665}},
	} {
		text := shared(t, c.file)
		if o == nil {
			o = newOffice(t, c.day)
		}
		o.now = max(o.now, day(c.day)+86400)
		r := o.must("bis-dpl", dplList, text, c.day)
		wantTally(t, c.file, r, c.want)
	}
	o.verified()
}

// made is a list as the bank of the Americas prints it, with every case that an
// import tells apart. The parties are made up.
const made = `Title,Entity,Nationality,Country,From,To,Grounds,Source,IDB Sanction Type,IDB Sanction Source,Other Name
Sample Roads Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 09, 2027", Fraud,IDB,Debarment,,
Sample Bridges Ltd,Firm,Kosovo,Kenya,"Feb 01, 2023",Ongoing, Corruption,WBG cross debarment,,,
Erika Mustermann,Individual,Germany,Kenya,"Mar 01, 2023","Feb 28, 2026", Collusion,IDB,Debarment,,
Sample Quartet,,Peru,Peru,"Mar 02, 2023","Mar 01, 2026", Fraud,IDB,Debarment,,
Sample Letters SA,Firm,Peru,Peru,"Apr 01, 2023","Apr 01, 2023", Fraud,IDB,Letter of reprimand,,
Sample Ages SA,Firm,Peru,Peru,"Apr 01, 2023","Apr 30, 2060", Fraud,IDB,Debarment,,
Sample Backwards SA,Firm,Peru,Peru,"Apr 10, 2023","Apr 01, 2020", Fraud,IDB,Debarment,,
a remark below the table
`

func TestCounts(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	got := *o.must("iadb", iadbList, []byte(made), "2025-01-02")
	if got.Acts != 5*3+2+1 {
		t.Errorf("%d acts, want party, ruling and listing of five rows, party and ruling of one, the snapshot", got.Acts)
	}
	got.Acts, got.Snapshot, got.StaleAfter = 0, 0, 0
	if want := (importer.Report{Rows: 8, Added: 6, Rejected: 2, Listings: 5, Screening: 1, Rulings: 1, Persons: 1, Unknown: 1}); got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for i, want := range []struct {
		line   int
		reason string
	}{{8, "before it begins"}, {9, ""}} {
		if r := o.rejects[i]; r.Line != want.line || r.Reason == "" || !strings.Contains(r.Reason, want.reason) {
			t.Errorf("reject %d: line %d, %q; want line %d, %q", i, r.Line, r.Reason, want.line, want.reason)
		}
	}
	o.wantEffects(iadbList, 5, 1)
	again := o.must("iadb", iadbList, []byte(made), "2025-01-02")
	wantTally(t, "the same again", again, tally{rows: 8, same: 6, rejected: 2})
	o.verified()
}

// Who may be a natural person is met by name only by whoever is identified.
func TestPersonsAndUnknownAreProtected(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.must("iadb", iadbList, []byte(made), "2025-01-02")
	desk := o.desk()
	for name, open := range map[string]bool{"Sample Roads Ltd": true, "Sample Bridges Ltd": true, "Erika Mustermann": false, "Sample Quartet": false} {
		if a := ask(t, desk, name, finance, 0); a.Verdict != api.Restricted {
			t.Errorf("%s: the operator gets %s, want restricted", name, a.Verdict)
		}
		a, err := desk.Check(context.Background(), api.Caller{}, api.Question{Party: "name:" + name, Activity: finance})
		if met := err == nil && a.Verdict == api.Restricted; met != open {
			t.Errorf("%s: anybody gets %+v, %v; want met = %t", name, a, err, open)
		}
	}
	for _, e := range o.effects(iadbList) {
		if e.Party == standing.UnknownParty && !e.Party.Protected() {
			t.Error("an unknown kind is not protected")
		}
	}
	// A reprimand and a term of thirty-seven years restrict nobody.
	for _, name := range []string{"Sample Letters SA", "Sample Ages SA", "Sample Backwards SA"} {
		if a := ask(t, desk, name, finance, 0); a.Verdict == api.Restricted {
			t.Errorf("%s: restricted by %+v", name, a.Grounds)
		}
	}
}
