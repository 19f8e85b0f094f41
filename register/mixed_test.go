package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

// TestMixedRuling: where a ruling addresses a firm and a person, the firm's public
// entry shows neither the person nor what was said in the case.
func TestMixedRuling(t *testing.T) {
	w := newTown(t, memory.Faults{})
	ruling := w.judgment(firm(), standing.Organisation)
	w.must("officer", standing.Act{Kind: standing.AddresseeNamed, Case: ruling, Region: "CN/37", Party: standing.Person, Codes: []string{"legal-representative"}, Facts: standing.AddresseeAdult},
		&standing.Opening{Party: woman()})
	w.must("intake", standing.Act{Kind: standing.PerformanceClaimed, Case: ruling, Addressee: 2, Facts: standing.FullPerformance}, &standing.Opening{Text: "she has paid her part"})
	id := w.listed(ruling, standing.Organisation, defaulters)
	v, err := w.register.Ruling(context.Background(), anonymous, ruling.String())
	w.ok(err)
	w.shows(v, firmID, "(2023) Sample 1")
	w.hides(v, womanID, "Sample Woman", "she has paid")
	l := w.view(anonymous, id)
	w.shows(l, firmID)
	w.hides(l, womanID, "Sample Woman", "she has paid")
	all, err := w.register.Ruling(context.Background(), api.Caller{Operator: true}, ruling.String())
	w.ok(err)
	w.shows(all, "she has paid", womanID)
}
