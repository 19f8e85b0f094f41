package clerk_test

import (
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store/memory"
)

// TestLifeOfOneRuling is the life of design.md, from record to clear.
func TestLifeOfOneRuling(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	ruling := w.judgment()
	id := w.newCase()
	w.must("officer", propose(id, ruling), nil)
	w.now += 86400
	r := w.must("officer", served(id, w.now), &standing.Opening{Text: "handed over at the counter"})
	window := r.Resolution.Instants.Get(standing.WindowEnd)
	// 2024-01-03 is a Wednesday: five working days end with Wednesday the 10th in Shanghai.
	if want := standing.At(time.Date(2024, 1, 10, 16, 0, 0, 0, time.UTC)); window != want {
		t.Fatalf("window ends %s, want %s", window, want)
	}
	w.refused("window", "president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	o := w.must("intake", standing.Act{Kind: standing.ObjectionMade, Case: id}, &standing.Opening{Text: "we have paid a part"})
	w.now = window + 3600
	w.refused("objection", "president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	decide := standing.Act{Kind: standing.ObjectionDecided, Case: id, Code: "rejected", Refs: []standing.Ref{{Role: standing.RefCause, Case: id, Version: o.Version}}}
	w.refused("another officer", "officer", decide, nil)
	w.must("president", decide, &standing.Opening{Text: "a part is not the whole"})
	w.must("president", standing.Act{Kind: standing.ListingConfirmed, Case: id}, nil)
	if e := w.effects(id); len(e) != 1 || e[0].From != w.now {
		t.Fatalf("effects after confirmation: %+v", e)
	}
	w.verify()
	w.now += 86400 * 30
	w.must("officer", standing.Act{Kind: standing.PerformanceRecorded, Case: ruling, Facts: standing.FullPerformance}, nil)
	if e := w.effects(id); len(e) != 1 || e[0].Until != w.now {
		t.Fatalf("effects after performance: %+v, now %s", e, w.now)
	}
	w.verify()
}
