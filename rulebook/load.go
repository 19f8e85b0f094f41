package rulebook

import (
	"crypto/sha256"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/condition"
	"github.com/openstanding/standing/rulebook/strict"
)

// Problem is one thing that is wrong with a text: where, what, and under which
// article of the charter.
type Problem = strict.Problem

// Errors are all problems of a text, in order of place. As a *standing.Error
// they are refused when the charter says no, and invalid otherwise.
type Errors = strict.Errors

// Load reads, checks and compiles a text. It never stops at the first problem;
// an error is always of type [Errors].
func Load(text []byte) (*Compiled, error) {
	l := &loader{conditions: map[[2]string]*condition.Condition{}}
	l.doc, l.problems = strict.Decode(text, &l.book)
	if line, _ := l.doc.Position("rulebook"); line == 0 && len(l.problems) > 0 && len(l.book.Lists) == 0 {
		return nil, l.problems // not a rulebook at all: what else is missing says nothing
	}
	l.check()
	l.compile()
	for _, v := range charter.CheckRulebook(l.proposal()) {
		l.problems = append(l.problems, l.doc.At(v.Where, "charter "+v.Clause, "%s: %s", v.What, v.Do))
	}
	if problems := l.problems.Sorted(); len(problems) > 0 {
		return nil, problems
	}
	return l.compiled(slices.Clone(text)), nil
}

// loader carries one text from bytes to rules.
type loader struct {
	doc        *strict.Document
	book       Rulebook
	problems   Errors
	calendar   *calendar.Calendar
	conditions map[[2]string]*condition.Condition // by list and ground
	refused    map[[2]string][]condition.Refusal  // of variables, for the charter to judge
}

func (l *loader) fail(path, format string, args ...any) {
	l.problems = append(l.problems, l.doc.At(path, "", format, args...))
}

// compile compiles the conditions. A variable that no condition may read is
// left to the charter, so that it is refused once, under its article.
func (l *loader) compile() {
	l.refused = map[[2]string][]condition.Refusal{}
	var compiler *condition.Compiler
	for i := range l.book.Lists {
		list := &l.book.Lists[i]
		for j := range list.Grounds {
			g := &list.Grounds[j]
			if g.When == "" || l.calendar == nil {
				continue
			}
			if compiler == nil {
				var err error
				if compiler, err = condition.NewCompiler(l.calendar); err != nil {
					l.fail("", "%v", err)
					return
				}
			}
			key := [2]string{list.ID, g.ID}
			compiled, refusals := compiler.Compile(g.When)
			l.conditions[key] = compiled
			for _, r := range refusals {
				if r.Variable != "" {
					l.refused[key] = append(l.refused[key], r)
				} else {
					l.fail(list.path("grounds["+g.ID+"].when"), "%s", r)
				}
			}
		}
	}
}

// compiled builds what the rest of the register holds on to.
func (l *loader) compiled(text []byte) *Compiled {
	c := &Compiled{Rulebook: l.book, Digest: sha256.Sum256(text), Calendar: l.calendar, Text: text,
		lists: map[string]*List{}, measures: map[string]*Measure{}, grounds: map[[2]string]*ground{}}
	for i := range c.Measures {
		c.measures[c.Measures[i].ID] = &c.Measures[i]
	}
	for i := range c.Lists {
		list := &c.Lists[i]
		c.lists[list.ID] = list
		for j := range list.Grounds {
			g := &ground{Ground: &list.Grounds[j], condition: l.conditions[[2]string{list.ID, list.Grounds[j].ID}]}
			g.rule = c.rule(list, g)
			c.grounds[[2]string{list.ID, g.ID}] = g
		}
	}
	return c
}

// rule says of one list and ground what the charter asks for at every act.
func (c *Compiled) rule(l *List, g *ground) charter.Rule {
	r := charter.Rule{
		List: c.ListID(l), Ground: g.ID, Field: l.Field, Region: string(l.Region), Rulings: l.Rulings, Authorities: l.Authorities, Subjects: l.Subjects,
		Capacities: l.Capacities, Methods: l.Notice.Methods, Mode: g.Mode, Default: g.Default, Ordered: g.Ordered, Severity: l.Severity,
		ReviewMax: atMost(l.Review), TermMax: max(atMost(g.Term), atMost(g.TermMax)),
		Reported: l.Reported != nil, Attested: l.Reported != nil && len(l.Reported.Attested) > 0, Screening: l.Reported != nil && len(l.Measures) == 0,
	}
	if l.Exemption != nil {
		r.ExemptionMax = atMost(l.Exemption.Max)
	}
	if g.condition != nil {
		r.Variables = g.condition.Variables()
	}
	for _, other := range l.Recognises {
		r.Recognises = append(r.Recognises, standing.ListID(other.List))
	}
	return r
}
