package api

import (
	"context"

	"github.com/openstanding/standing"
)

// PartyView is a party with what is in force on it: a view over records, by one
// identifier or name.
type PartyView struct {
	Asked       string             `json:"asked"`
	Kind        standing.PartyKind `json:"kind"`
	Names       []string           `json:"names"`
	Identifiers []string           `json:"identifiers,omitempty"`
	Country     string             `json:"country,omitempty"`
	Address     string             `json:"address,omitempty"`
	Records     []RecordView       `json:"records,omitempty"` // registry records that bear the identifier
	Listings    []ListingView      `json:"listings"`
	Identity    string             `json:"identity,omitempty"` // "name only"
	Candidates  []Candidate        `json:"candidates,omitempty"`
}

// RecordView is one registry's record of a party.
type RecordView struct {
	ID          string               `json:"id"`
	Authority   standing.AuthorityID `json:"authority"`
	Names       []string             `json:"names"`
	Identifiers []string             `json:"identifiers,omitempty"`
	Region      string               `json:"region,omitempty"`
}

// ListingView is a listing with its chain: ruling, ground, notice, effect, end.
type ListingView struct {
	ID        string             `json:"id"`
	Status    standing.Status    `json:"status"`
	List      standing.ListID    `json:"list"`
	ListTitle map[string]string  `json:"listTitle,omitempty"`
	Party     *standing.Identity `json:"party,omitempty"` // nil where the asker may not see it
	PartyKind standing.PartyKind `json:"partyKind"`
	Ruling    *RulingRef         `json:"ruling,omitempty"`
	Rule      Rule               `json:"rule"`
	Region    string             `json:"region"`
	Effects   []standing.Effect  `json:"effects,omitempty"`
	Until     standing.Instant   `json:"until,omitempty"`
	EndEvent  string             `json:"endEvent,omitempty"`
	WindowEnd standing.Instant   `json:"windowEnd,omitempty"`
	Review    standing.Instant   `json:"review,omitempty"`
	Measures  []Measure          `json:"measures,omitempty"`
	Exits     []Exit             `json:"exits,omitempty"`
	ObjectTo  map[string]string  `json:"objectTo,omitempty"`
	Reported  *Reported          `json:"reported,omitempty"`
	History   []ActView          `json:"history,omitempty"`
}

// ActView is one act of a case's history.
type ActView struct {
	Position   uint64               `json:"position"`
	Case       string               `json:"case"`
	Kind       string               `json:"kind"`
	Occurred   standing.Instant     `json:"occurred"`
	RecordedAt standing.Instant     `json:"recordedAt"`
	Authority  standing.AuthorityID `json:"authority,omitempty"`
	Code       string               `json:"code,omitempty"`
	Digest     standing.Digest      `json:"digest"`
	Version    uint64               `json:"version"`
	Instants   standing.Instants    `json:"instants,omitempty"`
	Resolved   standing.Instants    `json:"resolved,omitempty"`
	Text       string               `json:"text,omitempty"` // from the opening, where the asker may see it
}

// Cases shows parties, listings and rulings under the publication gate: while a
// listing of an organisation is in force its opening is served; when it has
// ended, the opening leaves. Of a natural person nothing is shown but to the
// operator and to the person.
type Cases interface {
	// Party finds a party as a check does. Unauthenticated for a person asked
	// about anonymously.
	Party(ctx context.Context, caller Caller, q Question) (*PartyView, error)
	// Listing shows a listing by id; NotFound.
	Listing(ctx context.Context, caller Caller, id string) (*ListingView, error)
}

// Submission is a statement in wire form: act bytes and openings in base64.
type Submission struct {
	Acts      [][]byte      `json:"acts"`
	Openings  [][]byte      `json:"openings,omitempty"`
	Signature SignatureWire `json:"signature"`
}

// SignatureWire is a statement's signature in wire form.
type SignatureWire struct {
	Signer     string         `json:"signer"` // key id in hex
	OnBehalfOf string         `json:"onBehalfOf,omitempty"`
	Algorithm  string         `json:"algorithm"` // ed25519, intake
	Bytes      []byte         `json:"bytes"`
	Second     *SignatureWire `json:"second,omitempty"`
}

// ReceiptView is a receipt in wire form.
type ReceiptView struct {
	Position   uint64            `json:"position"`
	Act        standing.Digest   `json:"act"`
	Case       string            `json:"case"`
	Version    uint64            `json:"version"`
	RecordedAt standing.Instant  `json:"recordedAt"`
	Resolved   standing.Instants `json:"resolved,omitempty"`
	Again      bool              `json:"again,omitempty"`
}

// Acts takes signed statements. It decides nothing: the clerk does.
type Acts interface {
	// Submit records a statement whole or not at all.
	Submit(ctx context.Context, s Submission) ([]ReceiptView, error)
	// Version says how many acts a case has, for the next act on it.
	Version(ctx context.Context, caseID string) (uint64, error)
}

// Log serves the public log (C2SP tlog-tiles).
type Log interface {
	// Checkpoint is the last signed note.
	Checkpoint(ctx context.Context) ([]byte, error)
	// Tile is the resource at a tlog-tiles path below the log's prefix, such as
	// "tile/0/x001/234" or "tile/entries/000.p/7"; NotFound.
	Tile(ctx context.Context, path string) ([]byte, error)
}

// Register is everything the register offers.
type Register interface {
	Checks
	Cases
	Acts
	Catalogue
	Browse
	Counts
	Log
}
