package charter_test

import (
	"testing"

	"github.com/openstanding/standing/charter"
)

// badRulebooks has a bad sample for every clause that is held in rulebooks.
var badRulebooks = []struct {
	clause, name string
	spoil        func(p *charter.Proposal, l *charter.List)
}{
	{"1.2", "no kind of ruling", func(_ *charter.Proposal, l *charter.List) { l.Rulings = nil }},
	{"1.2", "an opinion is no ruling", func(_ *charter.Proposal, l *charter.List) { l.Rulings = []string{"opinion"} }},
	{"1.3", "anyone may list", func(_ *charter.Proposal, l *charter.List) { l.Authorities = nil }},
	{"1.4", "no ground", func(_ *charter.Proposal, l *charter.List) { l.Grounds = nil }},
	{"1.4", "neither default nor order", func(_ *charter.Proposal, l *charter.List) { l.Grounds[1].Ordered = false }},
	{"1.4", "until performed without a default", func(_ *charter.Proposal, l *charter.List) { l.Grounds[0].Default, l.Grounds[0].Ordered = false, true }},
	{"2.1", "nobody is told", func(_ *charter.Proposal, l *charter.List) { l.Methods = nil }},
	{"2.2", "no window", func(_ *charter.Proposal, l *charter.List) { l.WindowDays = 0 }},
	{"2.6", "objections wait", func(_ *charter.Proposal, l *charter.List) { l.ObjectionDays = 0 }},
	{"2.6", "claims wait", func(_ *charter.Proposal, l *charter.List) { l.ClaimDays = 0 }},
	{"2.7", "unattested and restricting", func(p *charter.Proposal, _ *charter.List) {
		p.Lists[1].Reported.Attested, p.Lists[1].Subjects = false, []string{"organisation", "public-body"}
	}},
	{"3.1", "open end without review", func(_ *charter.Proposal, l *charter.List) { l.ReviewDays = 0 }},
	{"3.1", "fixed term of no length", func(_ *charter.Proposal, l *charter.List) { l.Grounds[1].TermDays, l.Grounds[1].TermMaxDays = 0, 0 }},
	{"3.1", "mode of ending unknown", func(_ *charter.Proposal, l *charter.List) { l.Grounds[1].Mode, l.Grounds[1].Default = "for-life", true }},
	{"3.2", "review after three years", func(_ *charter.Proposal, l *charter.List) { l.ReviewDays = 3 * 366 }},
	{"3.2", "term of a life", func(_ *charter.Proposal, l *charter.List) { l.Grounds[1].TermMaxDays = 99 * 366 }},
	{"3.2", "term over its maximum", func(_ *charter.Proposal, l *charter.List) { l.Grounds[1].TermMaxDays = 366 }},
	{"3.4", "performance lifts nothing", func(_ *charter.Proposal, l *charter.List) { l.Exits[0].Lifts = false }},
	{"3.4", "only marks", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Exits[0].Lifts = false }},
	{"3.4", "exit for another ground", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Exits[0].Grounds = []string{"other"} }},
	{"3.5", "snapshots never age", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Reported.MaxAgeDays = 0 }},
	{"4.1", "list outside the jurisdiction", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Region = "DE" }},
	{"4.1", "list everywhere", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Region = "*" }},
	{"4.1", "a prefix is no region", func(p *charter.Proposal, _ *charter.List) { p.Lists[1].Region = "CNX" }},
	{"4.1", "no jurisdiction", func(p *charter.Proposal, _ *charter.List) { p.Jurisdiction = "" }},
	{"4.2", "measure of another field", func(p *charter.Proposal, _ *charter.List) { p.Measures[1].Field = "tax" }},
	{"4.3", "measure outside the list", func(p *charter.Proposal, _ *charter.List) { p.Measures[1].Region = "CN/11" }},
	{"4.3", "measure wider than the list", func(p *charter.Proposal, _ *charter.List) { p.Measures[1].Region = "CN" }},
	{"4.4", "not in the catalogue", func(_ *charter.Proposal, l *charter.List) { l.Measures = append(l.Measures, "shame") }},
	{"4.4", "named twice", func(_ *charter.Proposal, l *charter.List) { l.Measures = append(l.Measures, "no-air") }},
	{"4.4", "unknown activity", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Activities[0].Known = false }},
	{"4.4", "forbidden activity", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Activities[0].Forbidden = true }},
	{"4.4", "restricts nothing", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Activities = nil }},
	{"4.5", "measure too heavy", func(p *charter.Proposal, l *charter.List) { l.Severity = 1 }},
	{"4.5", "severity not declared", func(p *charter.Proposal, l *charter.List) { p.Lists[1].Severity = 3 }},
	{"4.5", "measure of no severity", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Severity = 0 }},
	{"5.1", "reads a score", func(_ *charter.Proposal, l *charter.List) { l.Grounds[0].Variables[0].Score = true }},
	{"5.2", "grades everyone", func(p *charter.Proposal, _ *charter.List) { p.Scores[0].OnRequest = false }},
	{"5.3", "low grade punishes", func(p *charter.Proposal, _ *charter.List) { p.Scores[0].Adverse = true }},
	{"5.4", "officials see the grade", func(p *charter.Proposal, _ *charter.List) { p.Scores[0].Authorities = true }},
	{"5.5", "service by grade", func(p *charter.Proposal, _ *charter.List) { p.Scores[0].Condition = true }},
	{"6.1", "faith", func(_ *charter.Proposal, l *charter.List) {
		l.Grounds[0].Variables[0] = charter.Variable{Name: "faith", Known: true, Category: "religion", Forbidden: true}
	}},
	{"6.1", "outside the directory", func(_ *charter.Proposal, l *charter.List) { l.Grounds[0].Variables[0].Known = false }},
	{"7.1", "cuts water", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Activities[0].Essential = true }},
	{"8.3", "takes over people unattested", func(p *charter.Proposal, _ *charter.List) {
		p.Lists[1].Reported.Attested, p.Lists[1].Measures = false, nil
	}},
	{"9.2", "no capacity", func(_ *charter.Proposal, l *charter.List) { l.Capacities = nil }},
	{"9.2", "a spouse", func(_ *charter.Proposal, l *charter.List) { l.Capacities = []string{"spouse"} }},
	{"9.3", "meets nobody", func(_ *charter.Proposal, l *charter.List) { l.Subjects = nil }},
	{"9.3", "unknown kind of party", func(_ *charter.Proposal, l *charter.List) { l.Subjects = append(l.Subjects, "family") }},
	{"9.4", "leaving office does not help", func(_ *charter.Proposal, l *charter.List) { l.Exits[1].Lifts = false }},
	{"9.4", "leaving office helps for one ground", func(_ *charter.Proposal, l *charter.List) { l.Exits[1].Grounds = []string{"refuses"} }},
	{"10.1", "nowhere to object", func(_ *charter.Proposal, l *charter.List) { l.ObjectTo = false }},
	{"10.1", "list without source", func(_ *charter.Proposal, l *charter.List) { l.Source = nil }},
	{"10.2", "measure without source", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Source = nil }},
	{"10.2", "measure without executor", func(p *charter.Proposal, _ *charter.List) { p.Measures[0].Executor = false }},
	{"10.3", "exit without source", func(_ *charter.Proposal, l *charter.List) { l.Exits[0].Source = nil }},
	{"10.3", "ground without source", func(_ *charter.Proposal, l *charter.List) { l.Grounds[0].Source = nil }},
	{"10.3", "exemption without source", func(_ *charter.Proposal, l *charter.List) { l.Exemption.Source = nil }},
	{"11.2", "publishes persons", func(_ *charter.Proposal, l *charter.List) { l.Publication = "persons" }},
	{"12.1", "spares public bodies", func(_ *charter.Proposal, l *charter.List) { l.Subjects = []string{"organisation", "person"} }},
	{"12.1", "measure spares public bodies", func(p *charter.Proposal, _ *charter.List) { p.Measures[1].Subjects = []string{"organisation"} }},
	{"13.3", "no name", func(p *charter.Proposal, _ *charter.List) { p.Name = "" }},
	{"13.3", "no version", func(p *charter.Proposal, _ *charter.List) { p.Version = "" }},
}

func TestCheckRulebook(t *testing.T) {
	expect(t, "good rulebook", charter.CheckRulebook(goodRulebook()))
	for _, bad := range badRulebooks {
		p := goodRulebook()
		bad.spoil(&p, &p.Lists[0])
		expect(t, bad.name, charter.CheckRulebook(p), bad.clause)
	}
	p := goodRulebook()
	p.Lists[0].Capacities = []string{"pupil"}
	expect(t, "a pupil", charter.CheckRulebook(p), "7.2", "9.2")
}

// TestManyAtOnce holds the promise never to stop at the first.
func TestManyAtOnce(t *testing.T) {
	p := goodRulebook()
	p.Lists[0].Methods, p.Lists[0].ReviewDays, p.Measures[0].Activities[0].Essential, p.Version = nil, 0, true, ""
	vs := charter.CheckRulebook(p)
	expect(t, "four faults", vs, "2.1", "3.1", "7.1", "13.3")
	if want := "lists[defaulters].notice.methods"; vs[0].Where != want {
		t.Errorf("first violation points at %s, want %s", vs[0].Where, want)
	}
}
