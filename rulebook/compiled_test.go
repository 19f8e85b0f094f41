package rulebook_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
)

func TestLookups(t *testing.T) {
	c := load(t, good)
	l := list(t, c, "defaulters")
	if id := c.ListID(l); id != "xx-test/defaulters" {
		t.Errorf("list id %s", id)
	}
	if _, ok := c.List("none"); ok {
		t.Error("a list that is not there is found")
	}
	if g, ok := c.Ground("defaulters", "evades"); !ok || g.Mode != "fixed-term" {
		t.Errorf("ground %+v", g)
	}
	if _, ok := c.Ground("debarred", "evades"); ok {
		t.Error("another list's ground is found")
	}
	if m, ok := c.Measure("no-bid"); !ok || m.Severity != 2 || !m.Meets(standing.PublicBody) || m.Meets(standing.Person) || m.Meets(standing.UnknownParty) {
		t.Errorf("measure %+v", m)
	}
	if m, _ := c.Measure("no-air"); !m.Meets(standing.UnknownParty) {
		t.Error("a measure for all leaves one of unknown kind out")
	}
	if s, article, ok := c.Cited("law#10"); !ok || s.ID != "law" || article != "10" {
		t.Errorf("cited %+v, article %q", s, article)
	}
	if _, _, ok := c.Cited("lwa#10"); ok {
		t.Error("a source that is not there is cited")
	}
	if c.Illustrative("xx-test/defaulters") || !c.Illustrative("xx-test/debarred") || c.Illustrative("xx-test/none") {
		t.Error("illustrative is what rests on an unsettled source")
	}
}

func TestRule(t *testing.T) {
	const day = 86400
	c := load(t, good)
	r := c.Rule("defaulters", "evades")
	if r == nil || r.List != "xx-test/defaulters" || r.Ground != "evades" || r.Region != "CN/37" || r.Field != "enforcement" || r.Default || !r.Ordered || r.Mode != "fixed-term" ||
		r.Severity != 2 || !slices.Equal(r.Methods, []string{"personal", "post"}) || r.Reported || r.Attested || r.Screening || r.Variables != nil {
		t.Errorf("rule %+v", r)
	}
	for name, span := range map[string][3]standing.Instant{"review": {r.ReviewMax, 731, 760}, "term": {r.TermMax, 1827, 1860}, "exemption": {r.ExemptionMax, 31, 50}} {
		if span[0] < span[1]*day || span[0] > span[2]*day {
			t.Errorf("longest %s is %d days, want %d to %d", name, span[0]/day, span[1], span[2])
		}
	}
	if r = c.Rule("defaulters", "refuses"); !slices.Equal(r.Variables, []string{"amount.cny", "enforcement.notice-days"}) || !r.Default || r.TermMax != 0 {
		t.Errorf("rule %+v", r)
	}
	if r = c.Rule("debarred", "fraud"); !r.Reported || !r.Attested || r.Screening || r.ExemptionMax != 0 || !slices.Equal(r.Recognises, []standing.ListID{"mdb-debarment/world-bank"}) {
		t.Errorf("rule %+v", r)
	}
	if c.Rule("debarred", "none") != nil || c.Rule("none", "fraud") != nil {
		t.Error("a rule of nothing")
	}
	r.Severity = 9
	if c.Rule("debarred", "fraud").Severity != 1 {
		t.Error("a caller can change the rule")
	}
}

func TestMeets(t *testing.T) {
	c := load(t, good)
	if got := c.Variables("defaulters", "refuses"); !slices.Equal(got, []string{"amount.cny", "enforcement.notice-days"}) {
		t.Errorf("variables %v", got)
	}
	if got := c.Variables("defaulters", "evades"); got != nil {
		t.Errorf("variables %v of a ground without condition", got)
	}
	tests := []struct {
		ground string
		values map[string]string
		want   bool
		says   string
	}{
		{"evades", nil, true, ""},
		{"refuses", map[string]string{"amount.cny": "1000.00"}, true, ""},
		{"refuses", map[string]string{"amount.cny": "999.99", "enforcement.notice-days": "30"}, false, ""},
		{"refuses", map[string]string{"amount.cny": "999.99"}, false, "cannot be judged without enforcement.notice-days"},
		{"refuses", map[string]string{"amount.cny": "much"}, false, "amount.cny"},
		{"none", nil, false, `no ground "none"`},
	}
	for _, test := range tests {
		got, err := c.Meets("defaulters", test.ground, test.values)
		if got != test.want || (err != nil) != (test.says != "") || err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s of %v: %v, %v", test.ground, test.values, got, err)
		}
	}
	_, err := c.Meets("defaulters", "refuses", nil)
	var e *standing.Error
	if !errors.As(err, &e) || e.Rule != "rulebook xx-test defaulters ground refuses" {
		t.Errorf("error %#v names no rule", err)
	}
	if _, err := c.Meets("none", "x", nil); standing.KindOf(err) != standing.NotFound {
		t.Errorf("no list: %v", err)
	}
}

func TestRestricting(t *testing.T) {
	c := load(t, good)
	l := list(t, c, "defaulters")
	tests := []struct {
		activity string
		in       region.ID
		want     string
	}{
		{"air-travel.business", "", "no-air"},
		{"air-travel.business", "CN/37", "no-air"},
		{"air-travel.business", "CN/37/10/82", "no-air"}, // holds below
		{"air-travel.business", "CN", "no-air"},          // in a part of it
		{"air-travel.business", "*", "no-air"},
		{"air-travel.business", "CN/11", ""}, // a provincial list never leaves its province
		{"air-travel.business", "DE", ""},
		{"air-travel.economy", "", ""},
		{"procurement.bid", "", "no-bid"},
		{"procurement.bid", "CN/37/10/82", "no-bid"},
		{"procurement.bid", "CN/37", "no-bid"},
		{"procurement.bid", "CN/37/06", ""}, // the measure is narrower than its list
		{"water", "", ""},
	}
	for _, test := range tests {
		var ids []string
		for _, m := range c.Restricting(l, test.activity, test.in) {
			ids = append(ids, m.ID)
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s in %q is restricted by %q, want %q", test.activity, test.in, got, test.want)
		}
	}
	if m, _ := c.Measure("no-air"); l.RegionOf(m) != "CN/37" {
		t.Errorf("no-air holds in %s", l.RegionOf(m))
	}
	if !c.CoversActivity(l, "procurement.bid") || c.CoversActivity(list(t, c, "debarred"), "procurement.bid") {
		t.Error("covers")
	}
}

func TestSet(t *testing.T) {
	old, other := load(t, good), load(t, spoil(t, "rulebook: xx-test", "rulebook: aa-test"))
	newer := load(t, spoil(t, `version: "2026-01-01"`, `version: "2026-06-01"`))
	s := rulebook.NewSet(newer, old, other, nil, old)
	if got := s.All(); len(got) != 3 || got[0] != other || got[1] != old || got[2] != newer {
		t.Errorf("set of %d", len(got))
	}
	if c, ok := s.ByDigest(old.Digest); !ok || c != old {
		t.Error("not found by digest")
	}
	if _, ok := s.ByDigest(standing.Digest{}); ok {
		t.Error("found by no digest")
	}
	for name, want := range map[[2]string]*rulebook.Compiled{{"xx-test", ""}: newer, {"xx-test", "2026-01-01"}: old, {"xx-test", "1999"}: nil, {"none", ""}: nil} {
		if c, ok := s.Named(name[0], name[1]); c != want || ok != (want != nil) {
			t.Errorf("%v: %v", name, c)
		}
	}
	if len(rulebook.NewSet().With(old).All()) != 1 || len(s.With(old).All()) != 3 {
		t.Error("with")
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	c := load(t, good)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				_, _ = c.Meets("defaulters", "refuses", map[string]string{"amount.cny": "1000"})
				_ = c.Restricting(&c.Lists[0], "procurement.bid", "CN")
				_, _ = c.WindowEnd(&c.Lists[0], 1767225600)
				_ = rulebook.Explain(c, "zh")
				_ = c.Rule("defaulters", "refuses")
			}
		})
	}
	group.Wait()
}

// TestRulesPassTheCharter: a listing within the rulebook's own bounds is never
// refused by the charter for its length.
func TestRulesPassTheCharter(t *testing.T) {
	c := load(t, good)
	l := list(t, c, "defaulters")
	for from := at(t, "2026-01-01T00:00:00+08:00"); from < at(t, "2029-01-01T00:00:00+08:00"); from += 17*86400 + 3601 {
		review, _ := c.Review(l, from)
		end, _, err := c.TermEnd("defaulters", "evades", from, 0)
		if err != nil {
			t.Fatal(err)
		}
		f := charter.Facts{Act: &standing.Act{Kind: standing.ListingConfirmed, Register: "x", Occurred: from}, Now: from, Rule: c.Rule("defaulters", "evades")}
		f.Resolution.Instants = standing.Instants{{Name: standing.From, At: from}, {Name: standing.TermEnd, At: end}, {Name: standing.Review, At: review}}
		for _, v := range charter.CheckAct(f) {
			if v.Article == 3 {
				t.Fatalf("from %s, review %s, end %s: %v", from, review, end, v)
			}
		}
	}
}
