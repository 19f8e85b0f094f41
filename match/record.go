package match

import "fmt"

// Schema is the kind of a party.
type Schema uint8

// The kinds. Unknown may be either.
const (
	Unknown Schema = iota
	Organisation
	Person
)

// Record is a party of the list.
type Record struct {
	ID          uint32 // the caller's number for it, from 0 and without great gaps
	Schema      Schema
	Names       []string // in any script; the first 65,535 are read
	Identifiers []string // "scheme:value", or the value alone
	Country     string   // ISO 3166 alpha-2; "" if not known
	Region      string   // path as in package region, "CN/37/10"; kept, not compared yet
	BirthDate   string   // "1971", "1971-06", "1971-06-24"; "" if not known
}

// Query is what is known of who is sought.
type Query struct {
	Names       []string // of one party; the first [MaxNames] are read
	Schema      Schema
	Identifiers []string
	Country     string
	Region      string
	BirthDate   string
	Limit       int     // 0: DefaultLimit; at most MaxLimit
	Threshold   float64 // results below it are left out; 0: DefaultThreshold
	// Keep says which parties count; nil: all. It must be fast and must not
	// change the index.
	Keep func(id uint32) bool
}

// Bounds of a query.
const (
	DefaultLimit     = 5
	MaxLimit         = 500
	DefaultThreshold = 0.42
	MaxNames         = 16
)

// Result is a party that the query may mean.
type Result struct {
	ID       uint32
	Name     int     // which of its names met best; -1 if only an identifier did
	Score    float64 // how likely it is the same party, 0 to 1
	Evidence []Evidence
}

// Feature is a rule by which parts of a name met or failed to.
type Feature string

// The features.
const (
	Exact        Feature = "exact"        // the same word
	Edit         Feature = "edit"         // letters differ
	Phonetic     Feature = "phonetic"     // spelt otherwise, sounds alike
	Romanised    Feature = "romanised"    // the same in Latin letters
	Translated   Feature = "translated"   // the same trade or place in another language
	Abbreviation Feature = "abbreviation" // short for it
	Initial      Feature = "initial"      // its first letter
	Joined       Feature = "joined"       // two words written as one
	Missing      Feature = "missing"      // a word of the query that the candidate lacks
	Extra        Feature = "extra"        // a word of the candidate that the query lacks
	Numbers      Feature = "numbers"      // numbers that differ
	BranchOf     Feature = "branch"       // one is a branch, the other is not
	LegalForm    Feature = "form"         // kinds of legal form that do not go together
	Identifier   Feature = "identifier"
	BirthDate    Feature = "birth_date"
	Country      Feature = "country"
)

// Evidence is one thing that spoke for a result, or against it.
type Evidence struct {
	Feature   Feature
	Score     float64 // of a word how alike, 0 to 1; of a fact what it adds to the log odds, below 0 against
	Query     string  // the part of the query, folded
	Candidate string
	Detail    string // in English, for a reader
}

// String is the evidence on one line, for logs and tests.
func (e Evidence) String() string {
	return fmt.Sprintf("%s %.2f %q %q %s", e.Feature, e.Score, e.Query, e.Candidate, e.Detail)
}
