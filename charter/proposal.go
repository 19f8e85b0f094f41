package charter

import (
	"fmt"
	"strings"
)

// Proposal is what a rulebook or programme says, in plain values, so that this
// package needs no parser and can judge any text.
type Proposal struct {
	Name         string
	Version      string
	Jurisdiction string // region
	Sources      []string
	Severities   []uint8
	Measures     []Measure
	Lists        []List
	Scores       []Score // of a programme; a rulebook has none
}

// Measure is a consequence of the proposal's catalogue.
type Measure struct {
	ID         string
	Severity   uint8
	Field      string // "*" = any
	Region     string // "" = the list's
	Activities []Activity
	Subjects   []string // empty = all
	Source     []string
	Executor   bool // says who carries it out
}

// Activity is what a measure restricts, with the tags of the closed tree.
type Activity struct {
	ID        string
	Known     bool // a leaf of the tree
	Essential bool // article 7
	Forbidden bool // no measure may name it
}

// List is a list as its rulebook defines it. Days are approximate and rounded
// up, save where a bound is asked for: a working day counts as two days.
type List struct {
	ID            string
	Field         string
	Region        string
	Source        []string
	Rulings       []string
	Authorities   []string
	Subjects      []string
	Capacities    []string
	Severity      uint8
	Grounds       []Ground
	WindowDays    int
	Methods       []string
	ObjectionDays int // the office decides within
	ClaimDays     int // unanswered after it, the effect rests
	ReviewDays    int // open ends end here unless renewed
	Exits         []Exit
	Exemption     *Exemption
	Measures      []string
	Publication   string // organisations, screening, none
	ObjectTo      bool   // says where to object
	Reported      *Reported
}

// Ground is what makes a listing lawful.
type Ground struct {
	ID          string
	Mode        string // until-performed, fixed-term, conditional
	Default     bool
	Ordered     bool
	TermDays    int // zero: none
	TermMaxDays int // zero: none
	Source      []string
	Variables   []Variable
}

// Variable is a fact that a condition reads.
type Variable struct {
	Name      string
	Known     bool   // mapped to a category of the closed directory
	Category  string // "" when unknown
	Forbidden bool   // article 6
	Score     bool   // a score, grade or rating: article 5
}

// Exit is a way out.
type Exit struct {
	Event   string
	Grounds []string // empty = all of the list
	Lifts   bool     // false: only marks
	Source  []string
}

// Exemption bounds what an authority may exempt.
type Exemption struct {
	MaxDays int
	Source  []string
}

// Reported says that the list takes over another body's publication.
type Reported struct {
	Attested   bool // cites the issuer's procedure of notice and hearing
	MaxAgeDays int  // an open end holds no longer after a snapshot
}

// Score is a score, grade or rating that a programme computes.
type Score struct {
	ID          string
	Persons     bool // natural persons, or firms that are one person
	OnRequest   bool // only at the person's own live request or consent
	Adverse     bool // anything adverse follows from a low one
	Authorities bool // an authority can see it
	Condition   bool // a public service depends on it
}

// The paths by which violations point into a rulebook: keys with ids in
// brackets, as in "lists[abnormal].grounds[no-report].term".

func (m *Measure) path(field string) string { return join(fmt.Sprintf("measures[%s]", m.ID), field) }

func (l *List) path(field string) string { return join(fmt.Sprintf("lists[%s]", l.ID), field) }

func (l *List) ground(g *Ground, field string) string {
	return join(l.path("grounds["+g.ID+"]"), field)
}

func (l *List) exit(i int, field string) string {
	return join(l.path(fmt.Sprintf("exits[%d]", i)), field)
}

func join(path, field string) string {
	if field == "" {
		return path
	}
	return path + "." + field
}

// within reports whether a region is another or lies below it. The empty
// region lies nowhere.
func within(inner, outer string) bool {
	if inner == "" || outer == "" {
		return false
	}
	return outer == "*" || inner == outer || strings.HasPrefix(inner, outer+"/")
}

// restricts reports whether anything follows from the list.
func (l *List) restricts() bool { return len(l.Measures) > 0 }

// measure finds a measure of the catalogue.
func (p *Proposal) measure(id string) *Measure {
	for i := range p.Measures {
		if p.Measures[i].ID == id {
			return &p.Measures[i]
		}
	}
	return nil
}
