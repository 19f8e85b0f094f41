package rulebook_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
)

func TestTerms(t *testing.T) {
	c := load(t, good)
	l, other := list(t, c, "defaulters"), list(t, c, "debarred")
	from := at(t, "2026-02-09T10:00:00+08:00") // Monday; 14 February is worked, 15 to 23 are not
	tests := []struct {
		what        string
		count       func(standing.Instant) (standing.Instant, bool)
		want        string
		provisional bool
	}{
		{"window", func(i standing.Instant) (standing.Instant, bool) { return c.WindowEnd(l, i) }, "2026-02-15T00:00:00+08:00", false},
		{"window of days", func(i standing.Instant) (standing.Instant, bool) { return c.WindowEnd(other, i) }, "2026-03-12T00:00:00+08:00", false},
		{"review", func(i standing.Instant) (standing.Instant, bool) { return c.Review(l, i) }, "2028-02-10T00:00:00+08:00", false},
		{"objection", func(i standing.Instant) (standing.Instant, bool) { return c.ObjectionBy(l, i) }, "2026-02-25T00:00:00+08:00", false},
		{"claim", func(i standing.Instant) (standing.Instant, bool) { return c.AnswerBy(l, i) }, "2026-02-25T00:00:00+08:00", false},
		{"exemption", func(i standing.Instant) (standing.Instant, bool) { return c.ExemptionEnd(l, i) }, "2026-03-10T00:00:00+08:00", false},
		{"relisting", func(i standing.Instant) (standing.Instant, bool) { return c.RelistFrom(l, i) }, "2026-08-10T00:00:00+08:00", false},
		{"snapshot", func(i standing.Instant) (standing.Instant, bool) { return c.StaleAfter(other, i) }, "2026-03-13T00:00:00+08:00", false},
		{"window in an unknown year", func(standing.Instant) (standing.Instant, bool) {
			return c.WindowEnd(l, at(t, "2031-01-06T10:00:00+08:00"))
		}, "2031-01-14T00:00:00+08:00", true},
		{"no exemption", func(i standing.Instant) (standing.Instant, bool) { return c.ExemptionEnd(other, i) }, "", false},
		{"not reported", func(i standing.Instant) (standing.Instant, bool) { return c.StaleAfter(l, i) }, "", false},
		{"no bar", func(i standing.Instant) (standing.Instant, bool) { return c.RelistFrom(other, i) }, "", false},
		{"from nothing", func(standing.Instant) (standing.Instant, bool) { return c.Review(l, 0) }, "", false},
		{"from never", func(standing.Instant) (standing.Instant, bool) { return c.Review(l, standing.Forever) }, "", false},
	}
	for _, test := range tests {
		got, provisional := test.count(from)
		var want standing.Instant
		if test.want != "" {
			want = at(t, test.want)
		}
		if got != want || provisional != test.provisional {
			t.Errorf("%s: %s (provisional %v), want %s (%v)", test.what, got, provisional, want, test.provisional)
		}
	}
}

func TestTermEnd(t *testing.T) {
	c := load(t, good)
	from := at(t, "2026-01-05T10:00:00+08:00")
	tests := []struct {
		list, ground, asked, want string
		kind                      standing.ErrorKind
	}{
		{"defaulters", "evades", "", "2028-01-06T00:00:00+08:00", ""},
		{"defaulters", "evades", "2029-06-01T00:00:00+08:00", "2029-06-01T00:00:00+08:00", ""},
		{"defaulters", "evades", "2031-01-06T00:00:00+08:00", "2031-01-06T00:00:00+08:00", ""},
		{"defaulters", "evades", "2031-01-07T00:00:00+08:00", "", standing.Refused},
		{"defaulters", "evades", "2027-01-01T00:00:00+08:00", "", standing.Refused},
		{"defaulters", "refuses", "", "", ""},
		{"defaulters", "refuses", "2027-01-01T00:00:00+08:00", "", standing.Refused},
		{"defaulters", "none", "", "", standing.NotFound},
		{"none", "none", "", "", standing.NotFound},
	}
	for _, test := range tests {
		var asked, want standing.Instant
		if test.asked != "" {
			asked = at(t, test.asked)
		}
		if test.want != "" {
			want = at(t, test.want)
		}
		got, _, err := c.TermEnd(test.list, test.ground, from, asked)
		if got != want || (err == nil) != (test.kind == "") || err != nil && standing.KindOf(err) != test.kind {
			t.Errorf("%s %s asked %q: %s, %v", test.list, test.ground, test.asked, got, err)
		}
	}
}

func TestExits(t *testing.T) {
	c := load(t, good)
	decided, from := at(t, "2026-01-05T10:00:00+08:00"), at(t, "2026-03-02T10:00:00+08:00")
	tests := []struct {
		why, ground, event, at string
		facts                  standing.Facts
		row, lifts             string
	}{
		{"paid within a month", "refuses", "performed", "2026-02-05T23:00:00+08:00", standing.FullPerformance, "Paid within a month", "2026-02-05T23:00:00+08:00"},
		{"paid a day later", "refuses", "performed", "2026-02-06T00:00:00+08:00", standing.FullPerformance, "Paid", "2026-02-12T00:00:00+08:00"},
		{"paid in part", "refuses", "performed", "2026-02-06T00:00:00+08:00", 0, "", ""},
		{"repaired too soon", "evades", "repaired", "2026-04-01T00:00:00+08:00", 0, "Repaired", "2026-09-03T00:00:00+08:00"},
		{"repaired in time", "evades", "repaired", "2027-04-01T00:00:00+08:00", 0, "Repaired", "2027-04-01T00:00:00+08:00"},
		{"repair of another ground", "refuses", "repaired", "2027-04-01T00:00:00+08:00", 0, "", ""},
		{"consent without proof", "refuses", "consented", "2027-04-01T00:00:00+08:00", standing.CreditorConsents, "", ""},
		{"consent", "refuses", "consented", "2027-04-01T00:00:00+08:00", standing.CreditorConsents | standing.ProofAttached, "Creditor consents", "2027-04-01T00:00:00+08:00"},
		{"no such event", "refuses", "pardoned", "2027-04-01T00:00:00+08:00", 0, "", ""},
		{"no such ground", "none", "released", "2027-04-01T00:00:00+08:00", 0, "", ""},
	}
	for _, test := range tests {
		when := at(t, test.at)
		x, ok := c.FitExit("defaulters", test.ground, test.event, rulebook.ExitFacts{RulingDecided: decided, From: from, At: when, Facts: test.facts})
		if ok != (test.row != "") || ok && x.Title["en"] != test.row {
			t.Errorf("%s: %v fits", test.why, x)
			continue
		}
		if !ok {
			continue
		}
		if lifts, _ := c.ExitAt(x, from, when); lifts != at(t, test.lifts) {
			t.Errorf("%s: lifts at %s, want %s", test.why, lifts, test.lifts)
		}
	}
	if n := len(c.Exits("defaulters", "refuses")); n != 4 {
		t.Errorf("%d ways out, want 4", n)
	}
	if c.Exits("none", "refuses") != nil {
		t.Error("ways out of no list")
	}
	if first, _ := c.Earliest("defaulters", "evades", from); first != at(t, "2026-09-03T00:00:00+08:00") {
		t.Errorf("earliest %s", first)
	}
	if first, _ := c.Earliest("defaulters", "refuses", from); first != 0 {
		t.Errorf("earliest %s where nothing waits", first)
	}
}

func TestRecognised(t *testing.T) {
	c := load(t, good)
	l := list(t, c, "debarred")
	from := at(t, "2026-01-05T00:00:00+08:00")
	listing := func(list standing.ListID, ground string, end standing.Instant) *standing.Listing {
		return &standing.Listing{List: list, Ground: ground, Confirmed: &standing.Confirmation{From: from, TermEnd: end}}
	}
	tests := []struct {
		why   string
		other *standing.Listing
		want  bool
	}{
		{"nothing", nil, false},
		{"not in force", &standing.Listing{List: "mdb-debarment/world-bank", Ground: "fraud"}, false},
		{"longer", listing("mdb-debarment/world-bank", "fraud", at(t, "2027-01-07T00:00:00+08:00")), true},
		{"just as long", listing("mdb-debarment/world-bank", "fraud", at(t, "2027-01-06T00:00:00+08:00")), false},
		{"open", listing("mdb-debarment/world-bank", "fraud", 0), true},
		{"another ground", listing("mdb-debarment/world-bank", "delay", 0), false},
		{"another list", listing("mdb-debarment/ebrd", "fraud", 0), false},
	}
	for _, test := range tests {
		if r, ok := c.Recognised(l, test.other); ok != test.want || ok && r.List != "mdb-debarment/world-bank" {
			t.Errorf("%s: %v", test.why, ok)
		}
	}
}
