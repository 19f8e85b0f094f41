package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

const (
	firmName = "name:Sample Trading Co., Ltd."
	minute   = 60
)

// TestPast: what held at an instant, and what was known at one.
func TestPast(t *testing.T) {
	w := newTown(t, memory.Faults{})
	founded := w.now
	_, ruling := w.defaulter()
	began := w.now
	w.days(10)
	w.performed(ruling)
	ended := w.now
	w.days(10)
	for _, c := range []struct {
		name      string
		at, known standing.Instant
		want      api.Verdict
	}{
		{"now", 0, 0, api.Clear},
		{"before it began", began - 1, 0, api.Clear},
		{"when it began", began, 0, api.Restricted},
		{"just before it ended", ended - 1, 0, api.Restricted},
		{"when it ended", ended, 0, api.Clear},
		{"now, as known before it ended", 0, ended - 1, api.Restricted},
		{"now, as known when it ended", 0, ended, api.Clear},
		{"while it held, as known before it was confirmed", began + 1, began - 1, api.Clear},
		{"while it held, as known then", began + 1, began, api.Restricted},
		{"in the future", w.now + 86400, 0, api.Clear},
		{"as known before anything was", 0, founded - 1, api.NotCovered},
	} {
		q := flying(firmID)
		q.At, q.AsKnownOn = c.at, c.known
		for _, party := range []string{firmID, firmName} {
			q.Party = party
			want := c.want
			if party == firmName && want == api.Clear {
				want = api.Unknown // no list is complete by name
			}
			a := w.check(anonymous, q)
			if a.Verdict != want {
				t.Errorf("%s, %s: %s, want %s", party, c.name, a.Verdict, want)
			}
			if c.at != 0 && a.EffectiveAt != c.at || c.known != 0 && a.KnownAt != c.known || c.known == 0 && a.KnownAt != w.now {
				t.Errorf("%s, %s: effective at %s, known at %s", party, c.name, a.EffectiveAt, a.KnownAt)
			}
			// The gate is judged now, whatever time is asked about.
			w.hides(a, "(2023) Sample 1", "Sample v. Sample", "120000", "Creditor", "1 Sample Road")
		}
	}
	q := flying(firmID)
	q.AsKnownOn = w.now + 1
	_, err := w.register.Check(context.Background(), anonymous, q)
	w.kind(err, standing.Invalid)

	q.AsKnownOn = ended - 1
	w.shows(w.check(operator, q), "(2023) Sample 1", "Sample Creditor Bank")
}

// TestName: one party behind a name has all its grounds shown; several that
// conflict are named, and none is restricted by the other's entry.
func TestName(t *testing.T) {
	w := newTown(t, memory.Faults{})
	id, ruling := w.defaulter()
	w.listed(w.judgment(firm(), standing.Organisation), standing.Organisation, consumption)
	a := w.verdict(api.Restricted, anonymous, flying("name:SAMPLE Trading co., ltd."))
	if len(a.Grounds) != 2 || a.Identity != "name only" || len(a.Candidates) != 0 {
		t.Fatalf("answer %s", text(a))
	}
	if a.Grounds[0].List == a.Grounds[1].List {
		t.Errorf("one list twice: %s", text(a.Grounds))
	}

	namesake := firm()
	namesake.Identifiers, namesake.Address = []string{otherID}, "2 Sample Road"
	second := w.judgment(namesake, standing.Organisation)
	w.listed(second, standing.Organisation, defaulters)
	a = w.verdict(api.Unknown, anonymous, flying(firmName))
	if len(a.Grounds) != 0 || len(a.Candidates) != 2 || len(a.Notes) == 0 {
		t.Fatalf("two of one name: %s", text(a))
	}
	w.shows(a, firmID, otherID, "1 Sample Road", "2 Sample Road")
	if a := w.verdict(api.Restricted, anonymous, flying(firmID)); len(a.Grounds) != 2 || a.Identity != "" {
		t.Errorf("by identifier: %s", text(a))
	}
	p, err := w.register.Party(context.Background(), anonymous, api.Question{Party: firmName})
	w.ok(err)
	if len(p.Candidates) != 2 || len(p.Listings) != 0 || p.Identity != "name only" {
		t.Errorf("the party by name: %s", text(p))
	}

	w.days(5)
	held := w.now
	w.performed(second)
	w.days(5)
	if a := w.verdict(api.Restricted, anonymous, flying(firmName)); len(a.Grounds) != 2 {
		t.Errorf("after the namesake has paid: %s", text(a))
	}
	q := flying(firmName)
	q.At = held - 1
	a = w.verdict(api.Unknown, anonymous, q)
	w.hides(a, otherID, "2 Sample Road", second.String())
	w.shows(a, firmID)
	w.shows(w.check(operator, q), otherID)

	q = flying(firmName)
	q.Country = "DE"
	if a := w.verdict(api.Unknown, anonymous, q); len(a.Grounds) != 0 || len(a.Notes) == 0 {
		t.Errorf("of another country: %s", text(a))
	}
	w.hides(w.check(anonymous, q), id.String(), ruling.String())
}

// TestPersonByName: with birth date or country, by whoever may ask.
func TestPersonByName(t *testing.T) {
	w := newTown(t, memory.Faults{})
	w.listed(w.judgment(woman(), standing.Person), standing.Person, defaulters)
	q := flying("name:Sample Woman")
	if a := w.verdict(api.Unknown, bank, q); len(a.Gaps) == 0 {
		t.Errorf("by name alone: %s", text(a))
	}
	w.verdict(api.Restricted, operator, q)
	q.BirthDate = "1980-01-01"
	_, err := w.register.Check(context.Background(), anonymous, q)
	w.kind(err, standing.Unauthenticated)
	a := w.verdict(api.Restricted, bank, q)
	w.hides(a, "110000180001010021", "(2023) Sample 1")
	q.BirthDate = "1981-01-01"
	w.verdict(api.Unknown, bank, q)
}
