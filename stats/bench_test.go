package stats_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/stats"
	"github.com/openstanding/standing/store"
)

// counties are places as courts list in them.
func counties() []string {
	var out []string
	for code := 110000; code < 660000; code++ {
		if id, err := region.FromGB2260(fmt.Sprint(code)); err == nil && id.Depth() == 4 && region.Known(id) {
			out = append(out, string(id))
		}
	}
	return out
}

// fill makes a register of n listings on ten lists over 20 years, of which
// three in five have ended, each after a notice; two in five are of persons.
func fill(n int) *stats.Fold {
	r, places := rand.New(rand.NewPCG(1, 2)), counties()
	now := instant("2026-11-23")
	f := stats.New(stats.Config{Now: now, Zone: zone})
	for i := range n {
		var id standing.CaseID
		binary.BigEndian.PutUint64(id[:], uint64(i)*2654435761)
		list := standing.ListID(fmt.Sprintf("cn-%d/list", i%10))
		row := store.EffectRow{Listing: id, List: list, Region: places[r.IntN(len(places))], Party: standing.Organisation}
		if i%5 < 2 {
			row.Party = standing.Person
		}
		from := now - standing.Instant(r.Int64N(20*365*day))
		until := from + standing.Instant(r.Int64N(3*365*day))
		if i%5 > 2 {
			until = now + standing.Instant(r.Int64N(3*365*day))
		}
		row.Effects = []standing.Effect{{Interval: standing.Interval{From: from, Until: until}}}
		f.Entry(&standing.Entry{RecordedAt: from, Act: &standing.Act{Kind: standing.ListingProposed, Case: id, List: list, Region: row.Region, Party: row.Party, Occurred: from - 30*day}})
		f.Entry(&standing.Entry{RecordedAt: from, Act: &standing.Act{Kind: standing.NoticeServed, Case: id, Instants: standing.Instants{{Name: standing.Served, At: from - 20*day}}}})
		f.Effect(&row)
		f.End(id, until, exits[r.IntN(len(exits))])
	}
	return f
}

func BenchmarkStatistics(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		f := fill(n)
		runtime.GC()
		runtime.ReadMemStats(&after)
		now := instant("2026-11-23")
		for _, q := range []api.StatisticsQuery{
			{By: api.ByList}, {By: api.ByField}, {By: api.ByRegion, Region: "CN"}, {By: api.ByMonth},
			{By: api.ByRegion, Region: "CN", From: "2008-01", Until: "2026-10"}, {By: api.ByList, From: "2008-01", Until: "2026-10"},
			{By: api.ByMonth, Region: "CN/37/10"},
		} {
			b.Run(fmt.Sprintf("%d/%s-%s-%s", n, q.By, q.Region, q.From), func(b *testing.B) {
				for b.Loop() {
					if _, err := f.Statistics(q, now, 0); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/listing")
			})
		}
	}
}

func BenchmarkEntry(b *testing.B) {
	f := fill(10_000)
	var known standing.CaseID
	b.Run("not counted", func(b *testing.B) {
		e := &standing.Entry{Act: &standing.Act{Kind: standing.RulingRecorded, Case: known}}
		for b.Loop() {
			f.Entry(e)
		}
	})
	b.Run("notice", func(b *testing.B) {
		e := &standing.Entry{RecordedAt: instant("2026-11-01"), Act: &standing.Act{Kind: standing.NoticeServed, Case: known, Instants: standing.Instants{{Name: standing.Served, At: instant("2026-10-01")}}}}
		for b.Loop() {
			f.Entry(e)
		}
	})
}

func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		fill(100_000)
	}
}
