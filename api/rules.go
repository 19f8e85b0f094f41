package api

import (
	"context"

	"github.com/openstanding/standing"
)

// Catalogue shows what rules are in force here, with the law behind them.
type Catalogue interface {
	// Rulebooks lists the rulebooks adopted and in force, by name.
	Rulebooks(ctx context.Context) ([]RulebookView, error)
	// Versions lists every version of a rulebook that was adopted here, newest
	// first; NotFound.
	Versions(ctx context.Context, name string) ([]RulebookView, error)
	// Rulebook is a version of a rulebook, in full; an empty version is the one
	// in force. NotFound.
	Rulebook(ctx context.Context, name, version string) (*RulebookText, error)
	// Compare is what changed from one version of a rulebook to another.
	Compare(ctx context.Context, name, from, to string) ([]RuleChange, error)
	// Lists are the lists of the rulebooks in force, by id.
	Lists(ctx context.Context) ([]ListDefinition, error)
	// Measures are the measures of the rulebooks in force, by id.
	Measures(ctx context.Context) ([]MeasureDefinition, error)
	// Activities are the leaves of the activity tree, by id, with the lists that
	// restrict them here.
	Activities(ctx context.Context) ([]ActivityView, error)
}

// RulebookView is a rulebook as adopted here.
type RulebookView struct {
	Name    string            `json:"name"`
	Version string            `json:"version"`
	Title   map[string]string `json:"title"`
	Digest  standing.Digest   `json:"digest"`
	Since   standing.Instant  `json:"since"`
	Until   standing.Instant  `json:"until,omitempty"` // zero: in force
	Lists   []string          `json:"lists"`
	Zone    string            `json:"zone,omitempty"` // IANA, in which its days begin
}

// RulebookText is a version of a rulebook as it was adopted, and as a document.
type RulebookText struct {
	RulebookView
	Text     string            `json:"text"`     // YAML, the bytes that Digest is of
	Document map[string]string `json:"document"` // Markdown by language
}

// RuleChange is one difference between two versions of a rulebook.
type RuleChange struct {
	Path string `json:"path"` // "lists/judgment-defaulters/notice/window"
	Old  string `json:"old"`  // "" = it was not there
	New  string `json:"new"`  // "" = it is no more
}

// ListDefinition is a list as its rulebook defines it.
type ListDefinition struct {
	ID           standing.ListID   `json:"id"`
	Title        map[string]string `json:"title"`
	Field        string            `json:"field"`
	Region       string            `json:"region"`
	Rulebook     string            `json:"rulebook"` // name and version
	Source       []string          `json:"source"`
	Grounds      []GroundView      `json:"grounds"`
	Rulings      []string          `json:"rulings"`            // kinds accepted
	Subjects     []string          `json:"subjects"`           // kinds of party
	Window       string            `json:"window"`             // for objections after notice, "15 working days"
	Review       string            `json:"review"`             // open ends end here unless renewed
	Measures     []string          `json:"measures,omitempty"` // ids; none: the list restricts nothing
	Exits        []Exit            `json:"exits"`
	Complete     []string          `json:"complete,omitempty"` // schemes by which it can be asked
	Publication  string            `json:"publication"`        // organisations, screening, none
	ObjectTo     map[string]string `json:"objectTo"`
	Publisher    map[string]string `json:"publisher,omitempty"`    // of a list that is taken over
	Snapshot     standing.Instant  `json:"snapshot,omitempty"`     // the last one taken over
	Illustrative bool              `json:"illustrative,omitempty"` // something of its sources is not settled
}

// GroundView is what makes a listing lawful.
type GroundView struct {
	ID     string            `json:"id"`
	Title  map[string]string `json:"title"`
	Mode   string            `json:"mode"` // until-performed, fixed-term, conditional
	Term   string            `json:"term,omitempty"`
	Source []string          `json:"source"`
}

// MeasureDefinition is a measure of the published catalogue.
type MeasureDefinition struct {
	Measure
	Rulebook   string            `json:"rulebook"` // name and version
	Activities []string          `json:"activities"`
	Subjects   []string          `json:"subjects,omitempty"` // kinds of party it can meet; none: all
	Lists      []standing.ListID `json:"lists"`
}

// ActivityView is a leaf of the activity tree.
type ActivityView struct {
	ID    string            `json:"id"`
	Title map[string]string `json:"title"`
	Tag   string            `json:"tag"`             // open, essential, forbidden
	Lists []standing.ListID `json:"lists,omitempty"` // that restrict it here
}
