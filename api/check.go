package api

import (
	"context"

	"github.com/openstanding/standing"
)

// Verdict is one of the four answers to a check. There is no fifth and no
// default.
type Verdict string

// The verdicts.
const (
	Clear      Verdict = "clear"       // every list that covers the activity is complete for the scheme asked by, and none has an effect
	Restricted Verdict = "restricted"  // at least one effect in force meets the activity
	Unknown    Verdict = "unknown"     // some covering list cannot be asked by this scheme
	NotCovered Verdict = "not covered" // no rulebook in force here restricts the activity
)

// Question asks whether a party may do something, somewhere, at a time, by what
// was known at a time.
type Question struct {
	Party     string           `json:"party"`               // "scheme:value", "name:TEXT" or the id of a party's record
	Activity  string           `json:"activity,omitempty"`  // a leaf of the activity tree; a check needs it
	Region    string           `json:"region,omitempty"`    // empty: anywhere
	At        standing.Instant `json:"at,omitempty"`        // zero: now
	AsKnownOn standing.Instant `json:"asKnownOn,omitempty"` // zero: all that is known now
	BirthDate string           `json:"birthDate,omitempty"` // with name: of a person
	Country   string           `json:"country,omitempty"`   // with name: of a person
}

// Caller is who asks. The zero Caller is anonymous.
type Caller struct {
	Relying  string // code of the relying party, "" for nobody
	Purpose  string // one of the purposes that the relying party is registered for
	Operator bool   // works on the store itself: the register's own operator
}

// Answer is the verdict with its reasons.
type Answer struct {
	Verdict     Verdict          `json:"verdict"`
	Party       string           `json:"party"`              // as asked, canonical; masked when personal
	Identity    string           `json:"identity,omitempty"` // "name only" when that is all there was
	Activity    string           `json:"activity"`
	Region      string           `json:"region,omitempty"`
	EffectiveAt standing.Instant `json:"effectiveAt"`
	KnownAt     standing.Instant `json:"knownAt"`
	Grounds     []Ground         `json:"grounds"`
	Gaps        []Gap            `json:"gaps,omitempty"`       // why unknown: lists that could not be asked, or are stale
	Candidates  []Candidate      `json:"candidates,omitempty"` // the name meets several that conflict: say which
	Position    uint64           `json:"position"`             // acts in the log that the answer takes into account
	CaseCode    string           `json:"caseCode,omitempty"`   // of a person's restriction, to quote when objecting
	Notes       []string         `json:"notes,omitempty"`
}

// Ground is one reason for a restriction. On a natural person a relying party
// gets Measure, Until, Rule and ObjectTo alone.
type Ground struct {
	Listing  string            `json:"listing,omitempty"`
	List     standing.ListID   `json:"list,omitempty"`
	Title    map[string]string `json:"title,omitempty"` // of the list
	Ruling   *RulingRef        `json:"ruling,omitempty"`
	Rule     Rule              `json:"rule"`
	Measure  Measure           `json:"measure"`
	Where    string            `json:"where,omitempty"` // region in which it holds
	From     standing.Instant  `json:"from,omitempty"`
	Until    standing.Instant  `json:"until,omitempty"` // zero: until an exit event; see review
	Review   standing.Instant  `json:"review,omitempty"`
	Exits    []Exit            `json:"exits"`
	ObjectTo map[string]string `json:"objectTo"`
	Reported *Reported         `json:"reported,omitempty"`
	AsOf     standing.Instant  `json:"asOf"` // how fresh the list is
}

// RulingRef is the ruling behind a ground, as far as the asker may see it.
type RulingRef struct {
	ID         string               `json:"id"`
	Kind       string               `json:"kind"`
	Authority  standing.AuthorityID `json:"authority"`
	Issuer     string               `json:"issuer,omitempty"` // originating body as printed
	Docket     string               `json:"docket,omitempty"`
	Title      string               `json:"title,omitempty"`
	Decided    standing.Instant     `json:"decided,omitempty"`
	Final      standing.Instant     `json:"final,omitempty"`
	Obligation *standing.Obligation `json:"obligation,omitempty"`
}

// Rule is the rule behind a ground with its sources.
type Rule struct {
	ID       string            `json:"id"` // "cn-courts/judgment-defaulters#able-but-refuses"
	Title    map[string]string `json:"title,omitempty"`
	Source   []string          `json:"source"`
	Rulebook string            `json:"rulebook"` // name and version
	Digest   standing.Digest   `json:"digest"`
}

// Measure is what the listing restricts.
type Measure struct {
	ID       string            `json:"id"`
	Title    map[string]string `json:"title"`
	Class    string            `json:"class"`
	Source   []string          `json:"source"`
	Executor map[string]string `json:"executor"`
}

// Exit is a way out that is open to a listing.
type Exit struct {
	Event     string            `json:"event"`
	Title     map[string]string `json:"title"`
	Effect    string            `json:"effect"` // lifts, marks
	Earliest  standing.Instant  `json:"earliest,omitempty"`
	Amount    string            `json:"amount,omitempty"` // as the authority last stated it
	Currency  string            `json:"currency,omitempty"`
	PayTo     string            `json:"payTo,omitempty"`
	Reference string            `json:"reference,omitempty"`
	StatedOn  string            `json:"statedOn,omitempty"`
	Source    []string          `json:"source"`
}

// Reported says whose list the ground comes from, and how old the snapshot is.
type Reported struct {
	By         map[string]string `json:"by"`
	Source     string            `json:"source"`
	Snapshot   standing.Instant  `json:"snapshot"`
	StaleAfter standing.Instant  `json:"staleAfter,omitempty"`
	Row        uint64            `json:"row"`
}

// Gap is a list that covers the activity and could not be asked.
type Gap struct {
	List  standing.ListID `json:"list"`
	Why   string          `json:"why"`   // "not complete for uscc", "snapshot is stale"
	AskBy []string        `json:"askBy"` // schemes for which the list is complete
}

// Candidate is one of several parties that a name meets.
type Candidate struct {
	Names       []string `json:"names"`
	Identifiers []string `json:"identifiers,omitempty"`
	Country     string   `json:"country,omitempty"`
	Address     string   `json:"address,omitempty"`
	ID          string   `json:"id"`
}

// Checks answers questions.
type Checks interface {
	// Check answers one question. Unauthenticated for a person asked about
	// anonymously; Invalid for a malformed identifier, activity or region.
	Check(ctx context.Context, caller Caller, q Question) (*Answer, error)
}
