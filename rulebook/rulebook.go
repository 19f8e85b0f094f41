// Package rulebook turns rulebook texts into compiled rules. A text is strict
// YAML in the form of [Rulebook]; [Load] refuses unknown keys, unknown
// sources, activities that are not leaves of the closed tree, conditions that
// do not type-check, and whatever the charter refuses: there is no way to hold
// a [Compiled] that the charter has not passed.
//
// A rulebook is named and versioned; its digest stands on every decision made
// under it.
package rulebook

import (
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/calendar"
)

// Text is a text by language tag: "en" and "zh" in the shipped rulebooks.
type Text map[string]string

// In is the text in a language, English where there is none.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	return t["en"]
}

// Rulebook is one versioned text.
type Rulebook struct {
	Name         string     `yaml:"rulebook" json:"rulebook"` // "cn-courts"
	Version      string     `yaml:"version" json:"version"`   // "2026-04-01"
	Title        Text       `yaml:"title" json:"title"`
	About        Text       `yaml:"about,omitempty" json:"about,omitempty"`
	Jurisdiction region.ID  `yaml:"jurisdiction" json:"jurisdiction"`
	Zone         string     `yaml:"zone" json:"zone"`         // IANA
	Calendar     string     `yaml:"calendar" json:"calendar"` // name in package calendar
	Sources      []Source   `yaml:"sources" json:"sources"`
	Severities   []Severity `yaml:"severities" json:"severities"`
	Measures     []Measure  `yaml:"measures" json:"measures"`
	Lists        []List     `yaml:"lists" json:"lists"`
}

// Source is a legal text that rules cite as "id" or "id#article".
type Source struct {
	ID          string `yaml:"id" json:"id"`
	Title       Text   `yaml:"title" json:"title"`
	Citation    string `yaml:"citation" json:"citation"`
	InForce     string `yaml:"in-force,omitempty" json:"inForce,omitempty"` // 2006-01-02
	Until       string `yaml:"until,omitempty" json:"until,omitempty"`
	Reliability string `yaml:"reliability" json:"reliability"`                 // primary, secondary, unverified
	Unsettled   string `yaml:"unsettled,omitempty" json:"unsettled,omitempty"` // what of it is not settled; the rule is then illustrative
}

// Severity is a class of rulings; a list has one and its measures may need no
// higher one (charter 4).
type Severity struct {
	Level uint8  `yaml:"level" json:"level"` // 1 lightest
	ID    string `yaml:"id" json:"id"`
	Title Text   `yaml:"title" json:"title"`
}

// Measure is a consequence from the published catalogue.
type Measure struct {
	ID         string   `yaml:"id" json:"id"`
	Title      Text     `yaml:"title" json:"title"`
	Class      string   `yaml:"class" json:"class"` // I law needed, II within discretion, III voluntary by others
	Severity   uint8    `yaml:"severity" json:"severity"`
	Field      string   `yaml:"field" json:"field"`                       // "*" = any field of this rulebook
	Region     string   `yaml:"region,omitempty" json:"region,omitempty"` // narrower than the list's; empty = the list's
	Executor   Text     `yaml:"executor" json:"executor"`
	Activities []string `yaml:"activities" json:"activities"`
	Subjects   []string `yaml:"subjects,omitempty" json:"subjects,omitempty"` // kinds of party it can meet; empty = all
	Source     []string `yaml:"source" json:"source"`
}

// List is defined by its rulebook.
type List struct {
	ID          string        `yaml:"id" json:"id"`
	Title       Text          `yaml:"title" json:"title"`
	Field       string        `yaml:"field" json:"field"` // "enforcement", "tax", "food" ...
	Region      region.ID     `yaml:"region" json:"region"`
	Source      []string      `yaml:"source" json:"source"`
	Rulings     []string      `yaml:"rulings" json:"rulings"`         // kinds accepted
	Authorities []string      `yaml:"authorities" json:"authorities"` // kinds that may list
	Subjects    []string      `yaml:"subjects" json:"subjects"`       // organisation, public-body, person, unknown
	Capacities  []string      `yaml:"capacities" json:"capacities"`   // in which an addressee may be listed
	Severity    uint8         `yaml:"severity" json:"severity"`
	Grounds     []Ground      `yaml:"grounds" json:"grounds"`
	Exclusions  []Exclusion   `yaml:"exclusions,omitempty" json:"exclusions,omitempty"`
	Notice      Notice        `yaml:"notice" json:"notice"`
	Objection   Deadline      `yaml:"objection" json:"objection"` // the office decides within
	Claims      Deadline      `yaml:"claims" json:"claims"`       // unanswered after it, the effect rests
	Review      calendar.Term `yaml:"review" json:"review"`       // open ends end here unless renewed; at most 2 years
	Exits       []Exit        `yaml:"exits" json:"exits"`
	Exemption   *Exemption    `yaml:"exemption,omitempty" json:"exemption,omitempty"`
	Measures    []string      `yaml:"measures" json:"measures"` // ids; empty: the list restricts nothing
	Complete    []Complete    `yaml:"complete,omitempty" json:"complete,omitempty"`
	Publication string        `yaml:"publication" json:"publication"` // organisations, screening, none
	ObjectTo    Text          `yaml:"object-to" json:"objectTo"`
	RelistBar   calendar.Term `yaml:"relist-bar,omitempty" json:"relistBar,omitempty"` // after a deletion at the creditor's request
	Reported    *Reported     `yaml:"reported,omitempty" json:"reported,omitempty"`
	Recognises  []Recognition `yaml:"recognises,omitempty" json:"recognises,omitempty"`
}

// Ground is what makes a listing lawful: the default that the list names, or a
// ruling that itself orders the entry.
type Ground struct {
	ID      string        `yaml:"id" json:"id"`
	Title   Text          `yaml:"title" json:"title"`
	Source  []string      `yaml:"source" json:"source"`
	Mode    string        `yaml:"mode" json:"mode"`                           // until-performed, fixed-term, conditional
	Default bool          `yaml:"default,omitempty" json:"default,omitempty"` // the obligation is due and unperformed
	Ordered bool          `yaml:"ordered,omitempty" json:"ordered,omitempty"` // the decision itself orders the entry
	Term    calendar.Term `yaml:"term,omitempty" json:"term,omitempty"`       // fixed-term: default and least
	TermMax calendar.Term `yaml:"term-max,omitempty" json:"termMax,omitempty"`
	When    string        `yaml:"when,omitempty" json:"when,omitempty"` // condition (a fragment of CEL) over declared variables
}

// Exclusion names a state of things in which the list's default does not hold.
type Exclusion struct {
	ID     string   `yaml:"id" json:"id"` // security-given, cannot-pay, minor, settlement-kept, ranks-later
	Title  Text     `yaml:"title" json:"title"`
	Source []string `yaml:"source" json:"source"`
}

// Notice says how a party is told before anything takes effect.
type Notice struct {
	Methods     []string      `yaml:"methods" json:"methods"` // personal, post, electronic, publication ...
	Window      calendar.Term `yaml:"window" json:"window"`   // for objections, from service
	RollForward bool          `yaml:"roll-forward,omitempty" json:"rollForward,omitempty"`
	Source      []string      `yaml:"source" json:"source"`
}

// Deadline is a time in which an office must have answered.
type Deadline struct {
	Within calendar.Term `yaml:"within" json:"within"`
	Source []string      `yaml:"source" json:"source"`
}

// Exit is a row of a list's table of ways out. Of the rows of one event the
// first that fits applies.
type Exit struct {
	Event   string        `yaml:"event" json:"event"` // performed, settled, creditor-consent, annulled, repaired, expired, ...
	Title   Text          `yaml:"title" json:"title"`
	Grounds []string      `yaml:"grounds,omitempty" json:"grounds,omitempty"` // empty = all of the list
	Effect  string        `yaml:"effect" json:"effect"`                       // lifts, marks
	After   calendar.Term `yaml:"after,omitempty" json:"after,omitempty"`     // earliest, from the beginning of the effect
	Then    calendar.Term `yaml:"then,omitempty" json:"then,omitempty"`       // from the event until it lifts
	Within  calendar.Term `yaml:"within,omitempty" json:"within,omitempty"`   // the row fits only so soon after the ruling
	Needs   []string      `yaml:"needs,omitempty" json:"needs,omitempty"`     // facts: full-performance, creditor-consents, conditions-met, proof
	Source  []string      `yaml:"source" json:"source"`
}

// Exemption bounds what an authority may exempt.
type Exemption struct {
	Max        calendar.Term `yaml:"max" json:"max"`
	Activities []string      `yaml:"activities,omitempty" json:"activities,omitempty"` // prefixes; empty = all of the list
	Source     []string      `yaml:"source" json:"source"`
}

// Complete says that every entry of the list can be found by a scheme of
// identifier since a day; "name" is a scheme here.
type Complete struct {
	Scheme string `yaml:"scheme" json:"scheme"`
	Since  string `yaml:"since" json:"since"` // 2006-01-02
}

// Reported says how another body's publication is taken over.
type Reported struct {
	Publisher Text          `yaml:"publisher" json:"publisher"`
	MaxAge    calendar.Term `yaml:"max-age" json:"maxAge"`                        // open ends hold no longer after a snapshot
	Attested  []string      `yaml:"attested,omitempty" json:"attested,omitempty"` // the issuer's procedure of notice and hearing; none: screening only
	Permanent string        `yaml:"permanent" json:"permanent"`                   // "screening": permanent entries restrict nothing here
}

// Recognition lets a decision recorded here for one list ground a listing on
// another (cross-debarment).
type Recognition struct {
	List       string        `yaml:"list" json:"list"` // rulebook/list whose confirmed listings are recognised
	LongerThan calendar.Term `yaml:"longer-than,omitempty" json:"longerThan,omitempty"`
	Grounds    []string      `yaml:"grounds,omitempty" json:"grounds,omitempty"`
	Source     []string      `yaml:"source" json:"source"`
}
