package bulk

import (
	"encoding/json"
	"fmt"

	"github.com/openstanding/standing"
)

// Format is the name and version of the layout, in index.json. Whoever changes
// how a row becomes a line or an entity raises it: the next issue then begins a
// new chain of deltas, as no delta says what has changed in unchanged rows.
const Format = "standing-bulk/1"

// KeptDays is for how long deltas are kept.
const KeptDays = 35

// Index is index.json: what an issue is, and how to get to it.
type Index struct {
	Format   string           `json:"format"`
	Register string           `json:"register"` // origin of the log
	Version  string           `json:"version"`  // "2026-11-23", a second issue of the day "2026-11-23.2"
	Made     standing.Instant `json:"made"`
	IDKey    string           `json:"idKey"` // fingerprint of the key of party ids; another key, other ids
	State
	Files  []File  `json:"files"`  // of this issue, deltas apart, by path
	Deltas []Delta `json:"deltas"` // oldest first; each begins where the one before ended
}

// State is what the two wholes are at an issue.
type State struct {
	Parties  Root `json:"parties"`
	Listings Root `json:"listings"`
}

// Root says what a whole is: Digest is the SHA-256 over its canonical lines in
// order, each with its line feed.
type Root struct {
	Rows     int             `json:"rows"`
	Digest   standing.Digest `json:"digest"`
	Position uint64          `json:"position,omitempty"` // acts of the log that the state takes in
}

// Equal reports whether two wholes are the same rows.
func (r Root) Equal(other Root) bool { return r.Rows == other.Rows && r.Digest == other.Digest }

// File is a file as published.
type File struct {
	Path   string          `json:"path"`
	Bytes  int64           `json:"bytes"`
	SHA256 standing.Digest `json:"sha256"`
}

// Delta leads from one issue to the next. Before is the state that it begins
// at, by which whoever holds it knows that it fits.
type Delta struct {
	Version  string  `json:"version"` // the issue that it leads to
	From     string  `json:"from"`
	Before   State   `json:"before"`
	Parties  Changes `json:"parties"`
	Listings Changes `json:"listings"`
	Rows     File    `json:"rows"`
	FTM      File    `json:"ftm"`
}

// Changes counts what a delta does.
type Changes struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Ended   int `json:"ended"`
}

func (c *Changes) count(op string) {
	switch op {
	case opAdd:
		c.Added++
	case opMod:
		c.Changed++
	case opDel:
		c.Ended++
	}
}

// date is the day of a version.
func date(version string) string { return version[:min(len(version), len("2006-01-02"))] }

// ParseIndex reads an index.json.
func ParseIndex(b []byte) (*Index, error) {
	var x Index
	if err := json.Unmarshal(b, &x); err != nil {
		return nil, standing.Errorf(standing.Invalid, "index.json: %v", err)
	}
	if x.Format != Format {
		return nil, standing.Errorf(standing.Unsupported, "index.json is of format %.40q: this software reads %s", x.Format, Format)
	}
	return &x, nil
}

func marshal(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("bulk: %w", err)
	}
	return append(b, '\n'), nil
}
