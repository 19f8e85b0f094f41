package check

import (
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// History is one listing with its ruling, as entries: what a question about the
// past is answered from.
type History struct {
	ID      standing.CaseID
	Listing []*standing.Entry
	Ruling  []*standing.Entry
}

// AsKnown folds a listing and its ruling by what was recorded up to an instant
// and returns its spans as hits. None when the listing was not yet known then.
func AsKnown(h History, known standing.Instant) ([]Hit, error) {
	listing, err := standing.Fold(h.Listing, known)
	if err != nil || listing.Listing == nil {
		return nil, err
	}
	ruling, err := standing.Fold(h.Ruling, known)
	if err != nil {
		return nil, err
	}
	l := listing.Listing
	row := store.EffectRow{List: l.List, Region: l.Region, Ground: l.Ground, Severity: l.Severity, Rulebook: l.Rulebook, Party: l.Party}
	if l.Reported != nil {
		row.Source = l.Reported.Source
	}
	var out []Hit
	for _, f := range standing.Effects(h.ID, l, ruling.Ruling) {
		rule := RuleOf(&row, f.WhileShown)
		out = append(out, Hit{Interval: f.Interval, Rule: &rule, Listing: h.ID, Ruling: l.Ruling, Exempted: f.Exempted})
	}
	return out, nil
}
