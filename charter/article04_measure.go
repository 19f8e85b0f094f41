package charter

import (
	"fmt"
	"slices"

	"github.com/openstanding/standing"
)

func measureText() Article {
	return Article{
		Number: 4,
		Title:  text("Measure", "措施"),
		Text: text(
			"A measure stays inside its list's field and region and inside the published catalogue, and is no heavier than the ruling's severity class allows.",
			"措施不得超出其名单的领域和地域，不得超出公布的措施目录，也不得重于裁判的严重程度所允许的限度。"),
		Reason: text(
			"What follows from a fault is to fit it; a local or sectoral list that reaches further punishes twice.",
			"后果应与过错相当；地方或者行业名单越界，等于重复惩罚。"),
		Clauses: []Clause{
			clause("4.1", InBoth, "A list lies inside its rulebook's jurisdiction, a listing inside its list's region.", "名单不超出规则的管辖范围，列入不超出名单的地域。"),
			clause("4.2", InRulebook, "A list's measures belong to its field or to all fields.", "名单的措施属于其领域，或者属于各领域通用的措施。"),
			clause("4.3", InRulebook, "A list's measures hold in its region or in a part of it.", "名单的措施在其地域之内或者其一部分之内施行。"),
			clause("4.4", InRulebook, "A list's measures stand in the published catalogue and restrict activities of the closed tree.", "名单的措施须列于公布的目录，所限制的活动须属于封闭的活动目录。"),
			clause("4.5", InBoth, "Neither a measure nor a listing is heavier than the severity class of the list.", "措施和列入均不得重于名单的严重程度等级。"),
		},
	}
}

func measureInRulebook(p *Proposal, r *report) {
	if p.Jurisdiction == "" {
		r.add(1, "jurisdiction", "name the region in which the rulebook holds", "the rulebook has no jurisdiction")
	}
	for i := range p.Measures {
		measureOfCatalogue(p, &p.Measures[i], r)
	}
	for i := range p.Lists {
		l := &p.Lists[i]
		if p.Jurisdiction != "" && !within(l.Region, p.Jurisdiction) {
			r.add(1, l.path("region"), "give a region inside "+p.Jurisdiction, "list %s would hold in %q, outside the rulebook's jurisdiction", l.ID, l.Region)
		}
		if l.Severity == 0 || !slices.Contains(p.Severities, l.Severity) {
			r.add(5, l.path("severity"), "use a severity that the rulebook declares", "list %s has severity %d, which is not declared", l.ID, l.Severity)
		}
		for j, id := range l.Measures {
			measureOfList(p, l, j, id, r)
		}
	}
}

func measureOfCatalogue(p *Proposal, m *Measure, r *report) {
	if m.Severity == 0 || !slices.Contains(p.Severities, m.Severity) {
		r.add(5, m.path("severity"), "use a severity that the rulebook declares", "measure %s has severity %d, which is not declared", m.ID, m.Severity)
	}
	if len(m.Activities) == 0 {
		r.add(4, m.path("activities"), "name the activities that it restricts", "measure %s restricts nothing that is named", m.ID)
	}
	for _, a := range m.Activities {
		switch {
		case !a.Known:
			r.add(4, m.path("activities"), "use a leaf of the tree of activities", "%.60q is no activity", a.ID)
		case a.Forbidden:
			r.add(4, m.path("activities"), "leave it out", "activity %s can be restricted by no measure", a.ID)
		}
	}
}

func measureOfList(p *Proposal, l *List, i int, id string, r *report) {
	path := l.path(fmt.Sprintf("measures[%d]", i))
	m := p.measure(id)
	if m == nil {
		r.add(4, path, "put it into measures, or leave it out", "measure %.60q of list %s is not in the catalogue", id, l.ID)
		return
	}
	if m.Field != "*" && (m.Field != l.Field || m.Field == "") {
		r.add(2, path, "leave it out", "measure %s is of field %q, list %s of field %q", m.ID, m.Field, l.ID, l.Field)
	}
	if m.Region != "" && !within(m.Region, l.Region) {
		r.add(3, path, "leave it out, or narrow its region", "measure %s holds in %s, list %s only in %s", m.ID, m.Region, l.ID, l.Region)
	}
	if m.Severity > l.Severity {
		r.add(5, path, "leave it out", "measure %s of severity %d is heavier than list %s of severity %d", m.ID, m.Severity, l.ID, l.Severity)
	}
	if slices.Contains(l.Measures[:i], id) {
		r.add(4, path, "name it once", "list %s names measure %s twice", l.ID, id)
	}
}

func measureAtAct(f *Facts, r *report) {
	if f.Rule == nil || !f.lays() {
		return
	}
	if region := f.region(); region != "" && !within(region, f.Rule.Region) {
		r.add(1, "", "list inside "+f.Rule.Region, "the listing would stand in %s, outside list %s", region, f.Rule.List)
	}
	severity := f.Act.Severity
	if l := f.listing(); l != nil {
		severity = max(severity, l.Severity)
	}
	if severity > f.Rule.Severity || f.Act.Kind == standing.ListingProposed && f.Rule.Severity == 0 {
		r.add(5, "", "keep to the severity of the list", "the listing is of severity %d, list %s of severity %d", severity, f.Rule.List, f.Rule.Severity)
	}
}
