package api

import (
	"context"

	"github.com/openstanding/standing"
)

// SmallCell is the least number of natural persons that a published cell may
// count; a cell of fewer is withheld, and so is a second one wherever the first
// could be worked out from a sum.
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
	Withheld int              `json:"withheld,omitempty"` // cells that count fewer than SmallCell persons, or would give one away
}

// StatisticsRow is one group. Listed to Exemptions count what happened in the
// span; InForce what stands at its end. Of a withheld row the organisations are
// counted alone.
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
	MedianDays int            `json:"medianDays"` // from beginning to end, of those lifted; 0: none
	Withheld   bool           `json:"withheld,omitempty"`

	// Of a region, by region alone: its public parties, and those of them that
	// have an entry in force now; what a share is made of. 0, 0: not counted.
	Parties       int `json:"parties,omitempty"`
	PartiesListed int `json:"partiesListed,omitempty"`
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
