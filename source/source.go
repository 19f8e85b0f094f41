package source

import (
	"fmt"
	"io"
)

// Kind is the kind of party that a row speaks of, in the words of the register.
type Kind string

// The kinds. Unknown gets a natural person's protection, so it is what a row
// has whenever the source does not say and the name does not tell.
const (
	Organisation Kind = "organisation"
	PublicBody   Kind = "public-body"
	Person       Kind = "person"
	Unknown      Kind = "unknown"
)

// Effect says what a row can become.
type Effect string

// The effects.
const (
	Listing    Effect = "listing" // restricts something until it ends
	RulingOnly Effect = "ruling"  // a fine or reprimand: restricts nothing
	Record     Effect = "record"  // a fact about a party
)

// Identifier is a scheme of package ident and a canonical value of it. Numbers
// of schemes that ident does not know are of scheme "ref", their own name
// before the number ("RU-INN 7700000000").
type Identifier struct{ Scheme, Value string }

// Address is an address as printed: Text when the source gives one text, the
// parts when it gives parts. Country is ISO 3166 alpha-2, empty if not stated.
type Address struct{ Text, Street, City, Region, Postcode, Country string }

// Row is one record of a source, in neutral words. Empty means not stated.
//
// Printed texts keep the source's letters, with white space and invisible
// characters tidied. Raw may hold what the charter forbids to keep: it is for
// the rejects file alone and is never stored.
type Row struct {
	Line int    // physical line on which the record begins, from 1
	Raw  string // the record as read, without the line end

	// Key is the same for the same entry in every snapshot of the source and
	// unique within one: a digest of the identifying columns, or the source's
	// own id; repetitions get "#2", "#3".
	Key string
	// About is the Key of another row of the source, when this row holds only a
	// ruling about that row's party; then Name is empty. Otherwise Name is set.
	About string

	Name        string
	OtherNames  []string
	Kind        Kind
	KindReason  string // which statement or token decided
	Identifiers []Identifier
	Country     string // the country the source ties the party to, ISO 3166 alpha-2 (XK: Kosovo)
	Nationality string // as printed
	Addresses   []Address
	BirthDate   string // ISO 8601, maybe only a year or a month

	RulingKind      string // judgment, award, penalty, decision, order or suspension
	RulingRef       string // docket, citation, process number, as printed
	RulingAuthority string // the body whose ruling it is; the publisher is the source
	Decided         Date
	From, Until     Date
	Noticed         Date // when the publisher's own notice took effect
	Ongoing         bool // the source states an open end (then Until is zero)
	Permanent       bool // ... and calls it permanent
	Final           bool // the ruling is stated to be final
	FinalityText    string
	Grounds         []string // codes, in the order printed
	GroundText      string
	Amount          string // decimal with a point
	Currency        string // ISO 4217

	Effect        Effect
	EffectKind    string // debarment, cross-debarment, denial-order, fine...
	Conditional   bool   // released only when conditions are met
	StandardOrder string // Denied Persons List: Y, N
	Updated       Date   // when the publisher last touched the entry, if credible
	Notes         []string

	SourceName   string
	SnapshotDate Date
}

// Code is the kind of fault of a reject.
type Code string

// The codes of rejects.
const (
	Unreadable Code = "unreadable"  // encoding, control characters, too long
	Malformed  Code = "malformed"   // quotes or JSON broken
	BadFields  Code = "fields"      // not as many fields as columns
	Missing    Code = "missing"     // a value that must be there is not
	BadDate    Code = "date"        // unreadable, ambiguous or impossible
	BadValue   Code = "value"       // a value that the mapping does not foresee
	BadIdent   Code = "identifier"  // an identifier that breaks its scheme's rules
	Limited    Code = "limited"     // an entry limited in a way that no row can say
	NotParty   Code = "not-a-party" // sound, but about no party: addresses, payments, links
)

// Reject is a record that became no row. Reason says what is wrong and where.
type Reject struct {
	Line   int
	Raw    string
	Code   Code
	Reason string
}

// Reader yields the records of one snapshot in order: each a row or a reject,
// never both; io.EOF at the end. Any other error is final and comes again.
// A Reader is not safe for concurrent use.
type Reader interface {
	Next() (Row, *Reject, error)
}

// Options are what the file itself does not say. Zero limits mean the defaults.
type Options struct {
	Mapping   []byte // YAML, for format "csv" alone
	Snapshot  Date   // the date of the snapshot, written into each row
	MaxRecord int    // longest record in bytes; 1 MiB by default
	MaxRows   int    // most rows; 2,000,000 by default
}

const (
	defaultMaxRecord = 1 << 20
	defaultMaxRows   = 2_000_000
)

// FormatInfo describes a format that [Open] knows.
type FormatInfo struct {
	Name      string // as Open takes it
	Title     string // what it reads
	Publisher string // who publishes it; empty for general formats
	Mapping   bool   // wants Options.Mapping
}

// Formats returns a fresh list of all formats, in a fixed order.
func Formats() []FormatInfo {
	list := make([]FormatInfo, 0, len(builtins)+2)
	for _, name := range builtins {
		m, err := builtin(name)
		if err != nil {
			panic(err) // a test reads every built-in mapping
		}
		list = append(list, FormatInfo{Name: name, Title: m.Source, Publisher: m.Publisher})
	}
	return append(list,
		FormatInfo{Name: "csv", Title: "Any list in columns, by a mapping", Mapping: true},
		FormatInfo{Name: "ftm", Title: "FollowTheMoney entities, JSON lines"})
}

// Open returns a reader of r in the named format (see [Formats]). It reads the
// header, so that a file of another kind is refused here and not row by row.
// A fault in the mapping is a [*MappingError].
func Open(format string, r io.Reader, opts Options) (Reader, error) {
	if opts.MaxRecord <= 0 {
		opts.MaxRecord = defaultMaxRecord
	}
	if opts.MaxRows <= 0 {
		opts.MaxRows = defaultMaxRows
	}
	if format != "csv" && opts.Mapping != nil {
		return nil, fmt.Errorf("source: format %q takes no mapping; open it as csv", format)
	}
	switch format {
	case "ftm":
		return newFTM(r, opts), nil
	case "csv":
		if opts.Mapping == nil {
			return nil, fmt.Errorf("source: format csv needs a mapping (docs/import.md)")
		}
		m, err := parseMapping(opts.Mapping)
		if err != nil {
			return nil, err
		}
		return newTable(m, r, opts)
	}
	m, err := builtin(format)
	if err != nil {
		return nil, err
	}
	return newTable(m, r, opts)
}

// ReadAll reads r to its end, in memory: for [Diff] and for small lists.
func ReadAll(r Reader) ([]Row, []Reject, error) {
	var rows []Row
	var rejects []Reject
	for {
		row, reject, err := r.Next()
		switch {
		case err == io.EOF:
			return rows, rejects, nil
		case err != nil:
			return rows, rejects, err
		case reject != nil:
			rejects = append(rejects, *reject)
		default:
			rows = append(rows, row)
		}
	}
}
