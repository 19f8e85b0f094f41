package rulebook

import (
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/condition"
)

// Compiled is a rulebook that the charter has passed. [Load] alone makes one.
// It is immutable and safe for concurrent use: whoever reads its fields, or
// what its methods point to, changes nothing in them.
type Compiled struct {
	Rulebook
	Digest   standing.Digest    // SHA-256 of Text: stands on every decision made under it
	Calendar *calendar.Calendar // by which its terms are counted
	Text     []byte             // verbatim

	lists    map[string]*List
	measures map[string]*Measure
	grounds  map[[2]string]*ground // by list and ground
}

// ground is a ground with its compiled condition.
type ground struct {
	*Ground
	condition *condition.Condition // nil: it always holds
	rule      charter.Rule
}

// ListID is the list's id in the register: rulebook and list.
func (c *Compiled) ListID(l *List) standing.ListID { return standing.ListID(c.Name + "/" + l.ID) }

// List finds a list by the part of its id after the slash.
func (c *Compiled) List(id string) (*List, bool) {
	l, ok := c.lists[id]
	return l, ok
}

// Ground finds a ground of a list.
func (c *Compiled) Ground(list, ground string) (*Ground, bool) {
	g, ok := c.grounds[[2]string{list, ground}]
	if !ok {
		return nil, false
	}
	return g.Ground, true
}

// Measure finds a measure of the catalogue.
func (c *Compiled) Measure(id string) (*Measure, bool) {
	m, ok := c.measures[id]
	return m, ok
}

// Rule is what the charter has to know of a list and ground to judge an act;
// nil when there is no such list or ground.
func (c *Compiled) Rule(list, ground string) *charter.Rule {
	g, ok := c.grounds[[2]string{list, ground}]
	if !ok {
		return nil
	}
	r := g.rule
	return &r
}

// Variables are the names of the facts that a ground's condition reads, in
// order; none when it has no condition.
func (c *Compiled) Variables(list, ground string) []string {
	if g, ok := c.grounds[[2]string{list, ground}]; ok && g.condition != nil {
		return g.condition.Variables()
	}
	return nil
}

// Meets reports whether the stated values meet the ground's condition; without
// a condition they always do. It is an error when there is no such ground, when
// a value is not of its type, and when one is missing on which the answer
// depends.
func (c *Compiled) Meets(list, ground string, values map[string]string) (bool, error) {
	g, ok := c.grounds[[2]string{list, ground}]
	if !ok {
		return false, c.unknown(list, ground)
	}
	if g.condition == nil {
		return true, nil
	}
	met, err := g.condition.Holds(values)
	if e, ok := err.(*standing.Error); ok {
		e.Rule = c.ruleName(list, "ground "+ground)
		return false, e
	}
	return met, err
}

// unknown says which of list and ground there is not.
func (c *Compiled) unknown(list, ground string) error {
	if _, ok := c.lists[list]; !ok {
		return standing.Errorf(standing.NotFound, "rulebook %s of %s has no list %q", c.Name, c.Version, list)
	}
	return standing.Errorf(standing.NotFound, "list %s/%s has no ground %q", c.Name, list, ground)
}

// ruleName is how a refusal under this rulebook names its rule.
func (c *Compiled) ruleName(list, what string) string {
	return "rulebook " + c.Name + " " + list + " " + what
}

// RegionOf is where a measure of a list holds: its own region, or the list's.
func (l *List) RegionOf(m *Measure) region.ID {
	if m.Region != "" {
		return region.ID(m.Region)
	}
	return l.Region
}

// CoversActivity reports whether some measure of the list restricts the
// activity, anywhere.
func (c *Compiled) CoversActivity(l *List, activity string) bool {
	return len(c.Restricting(l, activity, "")) > 0
}

// Restricting are the measures of the list that restrict an activity in a
// region, in the list's order. A measure holds in its region and below it; one
// that holds in a part of the region in question is among them too, and so is
// every one when the question names no region: the answer then says where
// ([List.RegionOf]).
func (c *Compiled) Restricting(l *List, activity string, in region.ID) []*Measure {
	var out []*Measure
	for _, id := range l.Measures {
		m := c.measures[id]
		if m == nil || !contains(m.Activities, activity) {
			continue
		}
		holds := l.RegionOf(m)
		if in == "" || region.Contains(holds, in) || region.Contains(in, holds) {
			out = append(out, m)
		}
	}
	return out
}

// Meets reports whether the measure can meet a kind of party; one of unknown
// kind only when it meets all kinds, or says so.
func (m *Measure) Meets(kind standing.PartyKind) bool {
	return len(m.Subjects) == 0 || contains(m.Subjects, kind.String())
}
