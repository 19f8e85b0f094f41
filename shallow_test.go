package standing_test

import (
	"reflect"
	"testing"

	"github.com/openstanding/standing"
)

// TestEveryListIsCopied grows every list of every noun past the room that append
// leaves behind it, each time on two shallow copies: neither may show in the
// other. Random acts seldom make a list long enough to tell.
func TestEveryListIsCopied(t *testing.T) {
	source := act(func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) })
	confirmed := func(p *play) { p.propose().serve().confirm() }
	ruling := func(p *play) { p.do(standing.RulingRecorded, ruled) }
	one := func(k standing.Kind, changes ...change) func(int) []func(*play) {
		return func(int) []func(*play) { return []func(*play){func(p *play) { p.do(k, changes...) }} }
	}
	two := func(k standing.Kind, changes []change, other standing.Kind, others ...change) func(int) []func(*play) {
		return func(int) []func(*play) {
			return []func(*play){func(p *play) { p.do(k, changes...) }, func(p *play) { p.do(other, others...) }}
		}
	}
	ending := func(e *standing.Entry) {
		e.Resolution.Endings = []standing.Ending{{Listing: own[0], At: e.Act.Occurred}}
	}
	for _, c := range []struct {
		name  string
		id    standing.CaseID
		start func(*play)
		grow  func(int) []func(*play)
	}{
		{"addressees", rulingID, ruling, one(standing.AddresseeNamed)},
		{"performances and endings", rulingID, ruling, one(standing.PerformanceRecorded, ending)},
		{"claims of performance", rulingID, ruling, one(standing.PerformanceClaimed)},
		{"settlements", rulingID, ruling, two(standing.SettlementRecorded, nil, standing.SettlementFailed)},
		{"objections", own[0], func(p *play) { p.propose().serve() }, one(standing.ObjectionMade)},
		{"stays", own[0], confirmed, one(standing.ListingStayed)},
		{"stays that are lifted", own[0], confirmed, two(standing.ListingStayed, nil, standing.StayLifted)},
		{"exemptions", own[0], confirmed, one(standing.Exempted, says(standing.Until, 3000), act(func(a *standing.Act) { a.Codes = []string{"a"} }))},
		{"marks", own[0], confirmed, one(standing.ListingMarked)},
		{"corrections", own[0], confirmed, one(standing.ListingCorrected)},
		{"claims of error", own[0], confirmed, one(standing.ErrorClaimed)},
		{"requests of the creditor", own[0], confirmed, one(standing.CreditorRequested, code("entry"))},
		{"gaps", reported, func(p *play) { p.report(standing.ListingReported, 900, 0, standing.Indefinite) },
			two(standing.ReportWithdrawn, []change{source}, standing.ReportChanged, source, says(standing.From, 900), facts(standing.Indefinite))},
		{"snapshots", caseID(80), func(*play) {}, one(standing.SnapshotImported, list(debarred), says(standing.Snapshot, 900))},
		{"looks", caseID(90), func(*play) {}, func(i int) []func(*play) {
			return []func(*play){func(p *play) { p.do(standing.LooksSealed, says(standing.From, standing.Instant(100*i)+p.now)) }}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := begin(t, c.id)
			c.start(p)
			for i := range 20 {
				for _, grow := range c.grow(i) {
					original := refoldPlay(t, p)
					first, second := *p, *p
					first.c, second.c = shallow(p.c), shallow(p.c)
					second.now += 7
					second.late = true
					grow(&first)
					grow(&second)
					if !reflect.DeepEqual(p.c, original) {
						t.Fatalf("after %d: an act on a copy shows in the original", i)
					}
					*p = first
					if !reflect.DeepEqual(p.c, refoldPlay(t, p)) {
						t.Fatalf("after %d: an act on one copy shows in another", i)
					}
				}
			}
		})
	}
}

func refoldPlay(t *testing.T, p *play) *standing.Case {
	c, err := standing.Fold(p.log, standing.Forever)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
