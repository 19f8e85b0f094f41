package api

import (
	"context"

	"github.com/openstanding/standing"
)

// SmallCell is the least number of natural persons that is published. Every
// number of persons is a multiple of it, rounded down, and there are none by
// month, for a span of months or below a province; so no difference between any
// answers is a count of fewer. Package stats says why.
const SmallCell = 10

// StatisticsQuery asks for counts.
type StatisticsQuery struct {
	By     string          `json:"by"` // ByList, ByField, ByRegion, ByMonth
	List   standing.ListID `json:"list,omitempty"`
	Field  string          `json:"field,omitempty"`
	Region string          `json:"region,omitempty"` // and everything below
	From   string          `json:"from,omitempty"`   // first month, 2006-01; empty: the first there is
	Until  string          `json:"until,omitempty"`  // last month
}

// By what counts can be grouped.
const (
	ByList   = "list"
	ByField  = "field"
	ByRegion = "region" // the regions right below the one asked for
	ByMonth  = "month"
)

// Statistics are counts over a span of months, of all parties.
type Statistics struct {
	AsOf     standing.Instant `json:"asOf"`
	Position uint64           `json:"position"`
	By       string           `json:"by"`
	Rows     []StatisticsRow  `json:"rows"`
	Total    StatisticsRow    `json:"total"`
	Withheld int              `json:"withheld,omitempty"` // rows of which no number of persons is published
}

// StatisticsRow is one group. Listed to MedianDays count the entries of
// organisations and public bodies, exactly: Listed, Lifted and Notices to
// Exemptions what happened in the span, InForce what stands at its end. Persons
// are counted apart. A row in which every number would be 0 is left out, save
// one of a month. By region, the row whose key is the region asked for counts
// what holds in that region as a whole.
type StatisticsRow struct {
	Key        string         `json:"key"`
	Listed     int            `json:"listed"`     // entries that began
	Lifted     int            `json:"lifted"`     // entries that ended
	InForce    int            `json:"inForce"`    // at the end of the span
	Exits      map[string]int `json:"exits"`      // lifted, by event
	Notices    int            `json:"notices"`    // served
	Objections int            `json:"objections"` // made, against proposals
	Upheld     int            `json:"upheld"`     // objections found right
	Errors     int            `json:"errors"`     // claims of error found right
	Exemptions int            `json:"exemptions"`
	MedianDays int            `json:"medianDays"`         // from beginning to end, of those lifted, a day begun counts; 0: none, or a region below a province
	Persons    *PersonCounts  `json:"persons,omitempty"`  // nil: too fine a question
	Withheld   bool           `json:"withheld,omitempty"` // no number of persons is published: none, fewer than SmallCell, or too fine a question

	// Of a region, by region alone: its public parties, and those of them that
	// have an entry in force now; what a share is made of. 0, 0: not counted.
	Parties       int `json:"parties,omitempty"`
	PartiesListed int `json:"partiesListed,omitempty"`
}

// PersonCounts count the entries of natural persons, and of parties of unknown
// kind, of all time, as of the first of the month of AsOf: in multiples of
// SmallCell, rounded down, so that 0 means 0 to 9. Rows by list and by field add
// up to the total; rows by region may come to less, as what is left over of the
// parts is counted with the whole. Notices to Exemptions count the entries with
// at least one.
type PersonCounts struct {
	Listed     int            `json:"listed"`
	Lifted     int            `json:"lifted"`
	InForce    int            `json:"inForce"`
	Exits      map[string]int `json:"exits"`
	Notices    int            `json:"notices"`
	Objections int            `json:"objections"`
	Upheld     int            `json:"upheld"`
	Errors     int            `json:"errors"`
	Exemptions int            `json:"exemptions"`
}

// StatisticsIssue is a published statistic: dated, citable, never overwritten.
type StatisticsIssue struct {
	Name   string           `json:"name"` // "2026-11", under which it stays
	AsOf   standing.Instant `json:"asOf"`
	Digest standing.Digest  `json:"digest"` // of the file
	Bytes  int64            `json:"bytes"`
}

// Counts answers for numbers.
type Counts interface {
	// Statistics counts; Invalid for a group or span that is not one.
	Statistics(ctx context.Context, q StatisticsQuery) (*Statistics, error)
}
