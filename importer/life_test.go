package importer_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/importer"
)

// What becomes of a row from snapshot to snapshot. The parties are made up.

const head = "Title,Entity,Nationality,Country,From,To,Grounds,Source,IDB Sanction Type,IDB Sanction Source,Other Name\n"

const (
	roads   = `Sample Roads Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 09, 2027", Fraud,IDB,Debarment,,Old Sample Roads`
	bridges = `Sample Bridges Ltd,Firm,Kenya,Kenya,"Feb 01, 2023",Ongoing, Corruption,WBG cross debarment,,,`
	ages    = `Sample Ages SA,Firm,Peru,Peru,"Apr 01, 2023","Apr 30, 2060", Fraud,IDB,Debarment,,`
)

func rows(lines ...string) []byte { return []byte(head + strings.Join(lines, "\n") + "\n") }

// take imports made rows on a day, which is today from then on.
func (o *office) take(on string, lines ...string) *importer.Report {
	o.t.Helper()
	o.now = max(o.now, day(on))
	return o.must("iadb", iadbList, rows(lines...), on)
}

// restricted holds whether a name is restricted at an instant (0: now).
func (o *office) restricted(name string, at standing.Instant, want bool) *api.Answer {
	o.t.Helper()
	a := ask(o.t, o.desk(), name, finance, at)
	if (a.Verdict == api.Restricted) != want {
		o.t.Fatalf("%s at %s: %s, want restricted = %t", name, a.EffectiveAt, a.Verdict, want)
	}
	return a
}

func (o *office) snapshots(list standing.ListID) int {
	o.t.Helper()
	entries, err := o.store.Case(context.Background(), importer.SourceCase(list))
	must(o.t, err)
	return len(entries)
}

func TestFirstAndLastDay(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.take("2025-01-03", roads)
	desk := o.desk()
	s := sheet{printed: printed{"Sample Roads Ltd", "2023-01-10", "2027-01-09"}, list: iadbList, from: day("2023-01-10"), until: day("2027-01-10")}
	for _, at := range []standing.Instant{s.from - 1, s.from, s.until - 1, s.until} {
		s.want(t, at.String(), ask(t, desk, s.name, finance, at), at)
	}
}

func TestGoneAndShownAgain(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	wantTally(t, "first", o.take("2025-01-03", roads, bridges, ages), tally{rows: 3, added: 3})
	wantTally(t, "gone", o.take("2025-02-03", bridges), tally{rows: 1, same: 1, ended: 2})
	o.restricted("Sample Roads Ltd", 0, false)
	o.restricted("Sample Roads Ltd", day("2025-02-02"), true)
	wantTally(t, "still gone", o.take("2025-02-13", bridges), tally{rows: 1, same: 1})
	wantTally(t, "again", o.take("2025-03-03", roads, bridges, ages), tally{rows: 3, revived: 2, same: 1})
	o.restricted("Sample Roads Ltd", 0, true)
	// The gap stays what it was.
	o.restricted("Sample Roads Ltd", day("2025-02-20"), false)
	o.restricted("Sample Ages SA", 0, false)
	o.wantEffects(iadbList, 3, 1)
	wantTally(t, "as before", o.take("2025-03-04", roads, bridges, ages), tally{rows: 3, same: 3})
	o.verified()
}

func TestTermChanged(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.take("2025-01-03", roads)
	shorter := strings.Replace(roads, "Jan 09, 2027", "Jan 09, 2026", 1)
	wantTally(t, "shorter", o.take("2025-02-03", shorter), tally{rows: 1, changed: 1})
	if a := o.restricted("Sample Roads Ltd", 0, true); a.Grounds[0].Until != day("2026-01-10") {
		t.Errorf("until %s", a.Grounds[0].Until)
	}
	o.wantEffects(iadbList, 1, 0)
	ages := strings.Replace(roads, "Jan 09, 2027", "Jan 09, 2067", 1)
	wantTally(t, "longer than thirty years", o.take("2025-02-04", ages), tally{rows: 1, changed: 1})
	o.restricted("Sample Roads Ltd", 0, false)
	// Shown otherwise after it was gone, it is changed.
	o.take("2025-02-05")
	wantTally(t, "otherwise again", o.take("2025-02-06", shorter), tally{rows: 1, changed: 1})
	o.restricted("Sample Roads Ltd", 0, true)
	o.verified()
}

// Whom a row means is part of what it says: another party, another listing.
func TestIdentityChanged(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.take("2025-01-03", roads)
	o.restricted("Old Sample Roads", 0, true)
	other := strings.Replace(roads, "Old Sample Roads", "New Sample Roads", 1)
	wantTally(t, "another alias", o.take("2025-02-03", other), tally{rows: 1, changed: 1})
	o.restricted("Old Sample Roads", 0, false)
	o.restricted("New Sample Roads", 0, true)
	o.restricted("Sample Roads Ltd", 0, true)
	o.wantEffects(iadbList, 2, 0)
	wantTally(t, "the same", o.take("2025-02-04", other), tally{rows: 1, same: 1})
	wantTally(t, "and back", o.take("2025-02-05", roads), tally{rows: 1, changed: 1})
	o.restricted("New Sample Roads", 0, false)
	o.restricted("Old Sample Roads", 0, true)
	wantTally(t, "gone", o.take("2025-02-06"), tally{ended: 1})
	o.restricted("Sample Roads Ltd", 0, false)
	o.verified()
}

func TestFineBecomesDebarment(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	letter := strings.Replace(roads, ",Debarment,", ",Letter of reprimand,", 1)
	o.take("2025-01-03", letter)
	o.restricted("Sample Roads Ltd", 0, false)
	wantTally(t, "debarred", o.take("2025-01-04", roads), tally{rows: 1, changed: 1})
	o.restricted("Sample Roads Ltd", 0, true)
	wantTally(t, "reprimanded only", o.take("2025-01-05", letter), tally{rows: 1, changed: 1})
	o.restricted("Sample Roads Ltd", 0, false)
	wantTally(t, "the same", o.take("2025-01-06", letter), tally{rows: 1, same: 1})
	o.verified()
}

// end ends by decision what restricts a name: the listing, or the ruling.
func (o *office) end(name string, kind standing.Kind) {
	o.t.Helper()
	id, err := standing.ParseCaseID(o.restricted(name, 0, true).Grounds[0].Listing)
	must(o.t, err)
	a := standing.Act{Kind: kind, Case: id, Occurred: o.now, Authority: scribe, Code: "revoked"}
	if kind == standing.RulingAnnulled {
		for _, e := range o.effects(iadbList) {
			if e.Listing == id {
				a.Case, a.Code = e.Ruling, ""
			}
		}
	}
	h, err := o.store.Head(context.Background(), a.Case)
	must(o.t, err)
	a.Version = h.Version
	d := draft.New(origin, rand.Reader)
	must(o.t, d.Add(a, &standing.Opening{Text: "another firm of the same name"}))
	s, openings := d.Sign(o.officer)
	must(o.t, o.direct(context.Background(), clerk.Submission{Statement: s, Openings: openings}))
	o.restricted(name, 0, false)
}

func TestDecidedHereStaysEnded(t *testing.T) {
	for _, kind := range []standing.Kind{standing.ListingCorrected, standing.RulingAnnulled} {
		t.Run(kind.String(), func(t *testing.T) {
			o := newOffice(t, "2025-01-02")
			o.take("2025-01-03", roads, bridges)
			o.end("Sample Roads Ltd", kind)
			for _, c := range []struct {
				day  string
				rows []string
				want tally
			}{
				{"2025-01-04", []string{roads, bridges}, tally{rows: 2, same: 2}},
				{"2025-01-05", []string{strings.Replace(roads, "2027", "2026", 1), bridges}, tally{rows: 2, same: 2}},
				{"2025-01-06", []string{strings.Replace(roads, "Old ", "New ", 1), bridges}, tally{rows: 2, same: 2}},
				{"2025-01-07", []string{bridges}, tally{rows: 1, same: 1}},
				{"2025-01-08", []string{roads, bridges}, tally{rows: 2, same: 2}},
			} {
				got := o.take(c.day, c.rows...)
				if len(c.rows) == 1 && kind == standing.RulingAnnulled {
					c.want.ended = 1 // the listing itself was not ended yet
				}
				wantTally(t, c.day, got, c.want)
				o.restricted("Sample Roads Ltd", 0, false)
			}
			o.restricted("Sample Bridges Ltd", 0, true)
			o.verified()
		})
	}
}

func TestOlderSnapshotIsRefused(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.take("2025-01-10", roads)
	before, err := o.store.Size(context.Background())
	must(t, err)
	_, err = o.read("iadb", iadbList, rows(bridges), "2025-01-09")
	if standing.KindOf(err) != standing.Refused || !strings.Contains(err.Error(), "older") {
		t.Errorf("%v, want a refusal of the older", err)
	}
	if after, _ := o.store.Size(context.Background()); after != before {
		t.Errorf("refused, yet %d acts were added", after-before)
	}
	o.take("2025-01-10", bridges) // another reading of the same day is no older one
}

func TestRejectsSayWhereAndWhy(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	r := o.take("2025-01-03", roads,
		`Sample Dams Ltd,Firm,Kenya,Kenya,"13/14/2023",Ongoing, Fraud,IDB,Debarment,,`,
		`Sample Gates Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 08, 2022", Fraud,IDB,Debarment,,`, bridges)
	wantTally(t, "rejects", r, tally{rows: 4, added: 2, rejected: 2})
	for i, want := range []struct {
		line         int
		name, reason string
	}{{3, "Sample Dams Ltd", "13/14/2023"}, {4, "Sample Gates Ltd", "before it begins"}} {
		if got := o.rejects[i]; got.Line != want.line || !strings.Contains(got.Reason, want.reason) || !strings.HasPrefix(got.Raw, want.name) {
			t.Errorf("reject %d: %+v, want line %d and %q", i, got, want.line, want.reason)
		}
	}
}

func TestPermanentIsForScreening(t *testing.T) {
	o := newOffice(t, "2025-01-31")
	text := []byte(`Firm Name,Address,Nationality,Ineligible From, Ineligible Until,Notice Effective At EBRD,Originating Institution,Prohibited Practice
"Sample Canals","1 Sample Street","Kenya",,Permanent,"2016-02-25T04:05:59Z","Inter-American Development Bank Group","Fraudulent Practice"
"Sample Locks","1 Sample Street","Kenya",,Ongoing,"2016-02-25T04:05:59Z","World Bank Group","Fraudulent Practice"
`)
	r := o.must("ebrd", ebrdList, text, "2025-01-31")
	if r.Listings != 2 || r.Screening != 1 {
		t.Errorf("%+v", r)
	}
	o.restricted("Sample Canals", 0, false)
	o.restricted("Sample Locks", 0, true)
	o.wantEffects(ebrdList, 2, 1)
}

// An end that the source leaves open holds while fresh snapshots show it.
func TestStaleOpenEndIsUnknown(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	r := o.take("2025-01-03", roads, bridges)
	if r.StaleAfter < day("2025-04-03") || r.StaleAfter > day("2025-04-05") {
		t.Fatalf("stale after %s", r.StaleAfter)
	}
	o.now = r.StaleAfter - 1
	o.restricted("Sample Bridges Ltd", 0, true)
	o.now = r.StaleAfter
	if a := o.restricted("Sample Bridges Ltd", 0, false); a.Verdict != api.Unknown {
		t.Errorf("stale: %s, want unknown", a.Verdict)
	}
	o.restricted("Sample Roads Ltd", 0, true) // its end is stated
	o.take("2025-05-01", roads, bridges)
	o.restricted("Sample Bridges Ltd", 0, true)
	o.verified()
}
