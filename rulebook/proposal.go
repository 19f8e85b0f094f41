package rulebook

import (
	"errors"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
)

// proposal puts the text before the charter in the charter's own words.
func (l *loader) proposal() charter.Proposal {
	b := &l.book
	p := charter.Proposal{Name: b.Name, Version: b.Version, Jurisdiction: string(b.Jurisdiction)}
	for _, s := range b.Sources {
		p.Sources = append(p.Sources, s.ID)
	}
	for _, s := range b.Severities {
		p.Severities = append(p.Severities, s.Level)
	}
	for i := range b.Measures {
		m := &b.Measures[i]
		out := charter.Measure{ID: m.ID, Severity: m.Severity, Field: m.Field, Region: m.Region, Subjects: m.Subjects, Source: m.Source, Executor: len(m.Executor) > 0}
		for _, id := range m.Activities {
			_, leaf := activity.Find(id)
			out.Activities = append(out.Activities, charter.Activity{ID: id, Known: leaf, Essential: activity.IsEssential(id), Forbidden: activity.IsForbidden(id)})
		}
		p.Measures = append(p.Measures, out)
	}
	for i := range b.Lists {
		p.Lists = append(p.Lists, l.proposedList(&b.Lists[i]))
	}
	return p
}

func (l *loader) proposedList(list *List) charter.List {
	out := charter.List{
		ID: list.ID, Field: list.Field, Region: string(list.Region), Source: list.Source, Rulings: list.Rulings, Authorities: list.Authorities,
		Subjects: list.Subjects, Capacities: list.Capacities, Severity: list.Severity, WindowDays: daysAtMost(list.Notice.Window), Methods: list.Notice.Methods,
		ObjectionDays: daysAtMost(list.Objection.Within), ClaimDays: daysAtMost(list.Claims.Within), ReviewDays: daysAtMost(list.Review),
		Measures: list.Measures, Publication: list.Publication, ObjectTo: len(list.ObjectTo) > 0,
	}
	for i := range list.Grounds {
		g := &list.Grounds[i]
		out.Grounds = append(out.Grounds, charter.Ground{ID: g.ID, Mode: g.Mode, Default: g.Default, Ordered: g.Ordered, TermDays: daysAtMost(g.Term),
			TermMaxDays: daysAtMost(g.TermMax), Source: g.Source, Variables: l.variables([2]string{list.ID, g.ID})})
	}
	for _, x := range list.Exits {
		out.Exits = append(out.Exits, charter.Exit{Event: x.Event, Grounds: x.Grounds, Lifts: x.Effect == Lifts, Source: x.Source})
	}
	if x := list.Exemption; x != nil {
		out.Exemption = &charter.Exemption{MaxDays: daysAtMost(x.Max), Source: x.Source}
	}
	if r := list.Reported; r != nil {
		out.Reported = &charter.Reported{Attested: len(r.Attested) > 0, MaxAgeDays: daysAtMost(r.MaxAge)}
	}
	return out
}

// variables are what a ground's condition reads, refused ones included.
func (l *loader) variables(key [2]string) []charter.Variable {
	var out []charter.Variable
	for _, r := range l.refused[key] {
		v := charter.Variable{Name: r.Variable}
		var refusal *category.Refusal
		if errors.As(r.Err, &refusal) && refusal.Category != "" {
			v.Category, v.Forbidden = refusal.Category, true
		}
		v.Known = v.Forbidden
		v.Score = v.Category == "score" || strings.HasPrefix(v.Category, "score.")
		out = append(out, v)
	}
	if c := l.conditions[key]; c != nil {
		for _, name := range c.Variables() {
			if v, err := category.Lookup(name); err == nil {
				out = append(out, charter.Variable{Name: name, Known: true, Category: v.Category})
			}
		}
	}
	return out
}

// daysAtMost is a term in days, never too few: what the charter bounds is
// bounded for every year and calendar. Zero is no term.
func daysAtMost(t calendar.Term) int {
	switch t.Unit {
	case calendar.WorkingDays:
		return 2 * t.N // no calendar has fewer working days than days off for long
	case calendar.Months:
		return t.N/12*366 + t.N%12*31
	case calendar.Years:
		return t.N * 366
	}
	return t.N
}

// atMost is daysAtMost in seconds, with room for the rest of the first day, for
// a run of holidays, and for rolling forward over one.
func atMost(t calendar.Term) standing.Instant {
	if t.IsZero() {
		return 0
	}
	return standing.Instant(daysAtMost(t)+14) * 86400
}
