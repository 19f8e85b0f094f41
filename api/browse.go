package api

import (
	"context"

	"github.com/openstanding/standing"
)

// The bounds of what one page of results holds, and up to where they are counted.
const (
	DefaultLimit = 20
	MaxLimit     = 100
	MaxCount     = 10_000 // counts are exact up to this; beyond, Count.More is true
	MaxText      = 200    // characters of a search text
)

// Count is how many results there are: exactly N, or, with More, N and more.
type Count struct {
	N    int  `json:"n"`
	More bool `json:"more,omitempty"`
}

// PartyQuery asks for public parties: organisations and public bodies that a
// registry recorded here, or that have an entry in force. Natural persons are
// never among them. Empty fields do not filter.
type PartyQuery struct {
	Text   string          `json:"text,omitempty"`   // a name, the beginnings of words of one, a part of a Chinese one, or an identifier
	Region string          `json:"region,omitempty"` // of the party, and everything below
	Field  string          `json:"field,omitempty"`  // with an entry in force on a list of the field
	List   standing.ListID `json:"list,omitempty"`   // with an entry in force on the list
	Status string          `json:"status,omitempty"` // StatusListed, StatusUnlisted
	Record string          `json:"record,omitempty"` // entries in force: RecordNone, RecordOne, RecordSeveral
	Kind   string          `json:"kind,omitempty"`   // organisation, public-body
	Sort   string          `json:"sort,omitempty"`   // SortRelevance (default with a text), SortName (default without), SortNewest
	Limit  int             `json:"limit,omitempty"`  // 1 to MaxLimit; 0: DefaultLimit
	Cursor string          `json:"cursor,omitempty"` // Next of the page before
}

// The values of the fields of queries.
const (
	StatusListed   = "listed"
	StatusUnlisted = "unlisted"
	RecordNone     = "none"
	RecordOne      = "one"
	RecordSeveral  = "several"
	SortRelevance  = "relevance"
	SortName       = "name"
	SortNewest     = "newest" // the latest beginning of an entry first
	SortEnding     = "ending" // the nearest end first
)

// Span is a stretch of a text in bytes, half-open.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// PartyRow is a public party as a search shows it.
type PartyRow struct {
	Party       string               `json:"party"` // by which to ask for it: an identifier, else the id of its record, else of its entry's ruling
	Kind        standing.PartyKind   `json:"kind"`
	Names       []string             `json:"names"`             // the first is the one that met the text
	Matched     []Span               `json:"matched,omitempty"` // of the first name: what met the text
	Identifiers []string             `json:"identifiers,omitempty"`
	Country     string               `json:"country,omitempty"`
	Region      string               `json:"region,omitempty"`
	Address     string               `json:"address,omitempty"`
	Registry    standing.AuthorityID `json:"registry,omitempty"` // that recorded it
	Entries     int                  `json:"entries"`            // in force
	Lists       []standing.ListID    `json:"lists,omitempty"`    // on which they are
	Newest      standing.Instant     `json:"newest,omitempty"`   // the latest beginning of one
}

// PartyPage is a page of parties.
type PartyPage struct {
	Items    []PartyRow `json:"items"`
	Count    Count      `json:"count"`
	Next     string     `json:"next,omitempty"`   // cursor of the next page; empty: this is the last
	Position uint64     `json:"position"`         // acts that the index has taken in
	Behind   uint64     `json:"behind,omitempty"` // acts recorded that it has not
}

// ListingQuery asks for entries of organisations in force.
type ListingQuery struct {
	List      standing.ListID      `json:"list,omitempty"`
	Field     string               `json:"field,omitempty"`
	Region    string               `json:"region,omitempty"` // of the entry, and everything below
	Authority standing.AuthorityID `json:"authority,omitempty"`
	Ruling    string               `json:"ruling,omitempty"` // kind of the ruling
	Source    string               `json:"source,omitempty"` // of a reported entry; "-": recorded here
	Sort      string               `json:"sort,omitempty"`   // SortNewest (default), SortEnding
	Limit     int                  `json:"limit,omitempty"`
	Cursor    string               `json:"cursor,omitempty"`
}

// ListingRow is an entry of an organisation in force.
type ListingRow struct {
	ID         string               `json:"id"`
	List       standing.ListID      `json:"list"`
	Field      string               `json:"field"`
	Ground     string               `json:"ground"`
	Party      string               `json:"party"` // by which to ask for it
	Name       string               `json:"name"`
	PartyKind  standing.PartyKind   `json:"partyKind"`
	Region     string               `json:"region"`
	Authority  standing.AuthorityID `json:"authority"` // that listed
	Ruling     string               `json:"ruling"`    // id
	RulingKind string               `json:"rulingKind"`
	Docket     string               `json:"docket,omitempty"`
	Decided    standing.Instant     `json:"decided,omitempty"`
	From       standing.Instant     `json:"from"`
	Until      standing.Instant     `json:"until,omitempty"` // zero: until an exit
	Review     standing.Instant     `json:"review,omitempty"`
	Stayed     bool                 `json:"stayed,omitempty"` // nothing follows from it at present
	Source     string               `json:"source,omitempty"` // of a reported one
	Snapshot   standing.Instant     `json:"snapshot,omitempty"`
}

// ListingPage is a page of entries.
type ListingPage struct {
	Items    []ListingRow `json:"items"`
	Count    Count        `json:"count"`
	Next     string       `json:"next,omitempty"`
	Position uint64       `json:"position"`
	Behind   uint64       `json:"behind,omitempty"`
}

// RulingView is a ruling with the entries in force that rest on it. Addressees
// stand in it where they are public.
type RulingView struct {
	RulingRef
	Region     string              `json:"region"`
	Due        standing.Instant    `json:"due,omitempty"`
	Annulled   standing.Instant    `json:"annulled,omitempty"`
	Addressees []standing.Identity `json:"addressees,omitempty"`
	Listings   []string            `json:"listings,omitempty"` // ids
	History    []ActView           `json:"history,omitempty"`
}

// Correction is an entry that was found wrong, or whose ruling was annulled:
// what the register got wrong, and when it put it right. It names nobody.
type Correction struct {
	Listing   string               `json:"listing"`
	List      standing.ListID      `json:"list"`
	Region    string               `json:"region"`
	Cause     string               `json:"cause"` // kind of the act: ruling.annulled, listing.corrected, error.answered, objection.decided
	At        standing.Instant     `json:"at"`    // recorded
	Position  uint64               `json:"position"`
	Told      standing.Instant     `json:"told,omitempty"` // when everyone who had been told was told again
	Authority standing.AuthorityID `json:"authority,omitempty"`
}

// CorrectionPage is a page of corrections, newest first.
type CorrectionPage struct {
	Items    []Correction `json:"items"`
	Count    Count        `json:"count"`
	Next     string       `json:"next,omitempty"`
	Position uint64       `json:"position"`
}

// Day is the register at a glance.
type Day struct {
	At       standing.Instant `json:"at"`
	Position uint64           `json:"position"` // acts taken in
	Behind   uint64           `json:"behind,omitempty"`
	Parties  int              `json:"parties"` // public ones
	Listed   int              `json:"listed"`  // public parties with an entry in force
	InForce  int              `json:"inForce"` // entries in force, of organisations
	Began    int              `json:"began"`   // entries of organisations in force that began in the last 30 days
	Ending   int              `json:"ending"`  // that end in the next 30 days
	Lists    int              `json:"lists"`   // in force
}

// AuthorityView is a court, agency, registry, municipality or bank.
type AuthorityView struct {
	ID       standing.AuthorityID `json:"id"`
	Kind     string               `json:"kind"`
	Region   string               `json:"region"`
	Names    []string             `json:"names,omitempty"` // English, Chinese, ...
	Contact  string               `json:"contact,omitempty"`
	Entitled []string             `json:"entitled,omitempty"` // rulebooks or lists it may write to
}

// Browse finds what is public. It follows the register and says its place; it
// answers about now only.
type Browse interface {
	// Search finds public parties; Invalid for a filter that is not one.
	Search(ctx context.Context, q PartyQuery) (*PartyPage, error)
	// Listings shows entries of organisations in force.
	Listings(ctx context.Context, q ListingQuery) (*ListingPage, error)
	// Ruling shows a ruling by id; NotFound.
	Ruling(ctx context.Context, caller Caller, id string) (*RulingView, error)
	// Corrections shows what was put right, newest first.
	Corrections(ctx context.Context, cursor string, limit int) (*CorrectionPage, error)
	// Today is the register at a glance.
	Today(ctx context.Context) (*Day, error)
	// Authorities lists the authorities by id.
	Authorities(ctx context.Context) ([]AuthorityView, error)
	// Proof shows that the act at a position is in the log; NotFound.
	Proof(ctx context.Context, position uint64) (*ProofView, error)
}

// ProofView is an inclusion proof (RFC 6962, 2.1.1) of an act in the log of the
// checkpoint.
type ProofView struct {
	Position   uint64            `json:"position"`
	Size       uint64            `json:"size"` // of the checkpoint's log
	Leaf       standing.Digest   `json:"leaf"` // hash of the log entry
	Path       []standing.Digest `json:"path"`
	Checkpoint string            `json:"checkpoint"`
}

// Exports hands out everything public, for bulk data.
type Exports interface {
	// EachParty calls fn with every public party in the order of Party, and
	// returns the position of the state. The row is valid during the call.
	EachParty(ctx context.Context, fn func(*PartyRow) error) (position uint64, err error)
	// EachListing calls fn with every entry of an organisation in force in the
	// order of ID.
	EachListing(ctx context.Context, fn func(*ListingRow) error) (position uint64, err error)
}
