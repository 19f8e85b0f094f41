package register_test

import (
	"context"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/store/memory"
)

const worldBank = standing.ListID("mdb-debarment/world-bank")

// TestReported: a ground from another body's list says whose it is and how
// fresh, and falls silent when the list is no longer read.
func TestReported(t *testing.T) {
	w := newTown(t, memory.Faults{})
	scan := &standing.Provenance{Source: "world-bank", Snapshot: standing.Digest{7}, Date: w.now - 86400, Row: 12}
	ruling, id := w.newCase(), w.newCase()
	from := standing.Instants{}.With(standing.From, day("2023-03-01"))
	w.must("scribe", standing.Act{Kind: standing.RulingRecorded, Case: ruling, Code: "decision", Region: "*", Party: standing.Organisation, Facts: standing.RulingOrders, Source: scan,
		Instants: standing.Instants{}.With(standing.Decided, day("2023-03-01")).With(standing.Final, day("2023-03-01"))}, &standing.Opening{Party: firm(), Issuer: "World Bank"})
	w.must("scribe", standing.Act{Kind: standing.ListingReported, Case: id, List: worldBank, Code: "fraudulent-practice", Addressee: 1, Party: standing.Organisation, Severity: 3,
		Facts: standing.Indefinite, Source: scan, Instants: from, Refs: []standing.Ref{{Role: standing.RefRuling, Case: ruling}}}, nil)
	q := api.Question{Party: firmName, Activity: "project-finance.mdb"}
	w.verdict(api.Unknown, anonymous, q) // the source was never read

	r := w.must("scribe", standing.Act{Kind: standing.SnapshotImported, Case: register.SourceCase(worldBank), List: worldBank, Digest: standing.Digest{7},
		Instants: standing.Instants{}.With(standing.Snapshot, w.now)}, nil)
	stale := r.Resolved.Get(standing.StaleAfter)
	lists, err := w.register.Lists(context.Background())
	w.ok(err)
	for _, l := range lists {
		if want := map[bool]standing.Instant{true: w.now}[l.ID == worldBank]; l.Snapshot != want {
			t.Errorf("%s: the last snapshot is of %s, want %s", l.ID, l.Snapshot, want)
		}
	}
	a := w.verdict(api.Restricted, anonymous, q)
	g := a.Grounds[0]
	if p := g.Reported; p == nil || p.By["en"] == "" || p.Source != "world-bank" || p.Snapshot != scan.Date || p.StaleAfter != stale || p.Row != 12 || g.AsOf != scan.Date || g.Until != 0 || g.Where != "*" {
		t.Errorf("ground %s", text(g))
	}
	if g.Ruling == nil || g.Ruling.Issuer != "World Bank" {
		t.Errorf("ruling %s", text(g.Ruling))
	}
	cold, err := openAgain(w)
	w.ok(err)
	w.now = stale - 1
	for _, r := range []*register.Register{w.register, cold} {
		if a, err := r.Check(context.Background(), anonymous, q); err != nil || a.Verdict != api.Restricted {
			t.Errorf("while fresh: %s, %v", text(a), err)
		}
	}
	w.now = stale
	if a := w.verdict(api.Unknown, anonymous, q); len(a.Gaps) == 0 || len(a.Grounds) != 0 {
		t.Errorf("stale: %s", text(a))
	}
}

// TestReceiptsBindAnswers: whoever has a receipt gets answers that include it,
// while others ask and write.
func TestReceiptsBindAnswers(t *testing.T) {
	w := newTown(t, memory.Faults{})
	id, ruling := w.defaulter()
	end := w.signed("officer", standing.Act{Kind: standing.PerformanceRecorded, Case: ruling, Facts: standing.FullPerformance}, nil)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			ended := false
			for {
				a, err := w.register.Check(context.Background(), anonymous, flying(firmID))
				if err != nil || a.Verdict != api.Clear && a.Verdict != api.Restricted || ended && a.Verdict != api.Clear {
					t.Errorf("%s, %v; ended before: %t", text(a), err, ended)
					return
				}
				ended = a.Verdict == api.Clear
				if _, err := w.register.Listing(context.Background(), anonymous, id.String()); err != nil {
					t.Error(err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	r, err := w.register.Submit(context.Background(), end)
	w.ok(err)
	if a := w.verdict(api.Clear, anonymous, flying(firmID)); a.Position <= r[0].Position {
		t.Errorf("the answer takes %d acts into account, the receipt is of act %d", a.Position, r[0].Position)
	}
	close(done)
	readers.Wait()
}
