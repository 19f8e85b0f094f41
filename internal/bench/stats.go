package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/stats"
	"github.com/openstanding/standing/store"
)

// counted is a fold of n listings on ten lists in 3,000 counties over 20 years,
// of which three in five have ended; two in five are of persons.
func counted(n int, now standing.Instant) *stats.Fold {
	const day = 86400
	r := rand.New(rand.NewPCG(4, 4))
	f := stats.New(stats.Config{Now: now})
	for i := range n {
		row := store.EffectRow{Party: standing.Organisation, List: standing.ListID(fmt.Sprintf("book-%d/list", i%10)),
			Region: fmt.Sprintf("CN/%d/%02d/%02d", 11+r.IntN(31), 1+r.IntN(10), 1+r.IntN(10))}
		if i%5 < 2 {
			row.Party = standing.Person
		}
		binary.BigEndian.PutUint64(row.Listing[:], uint64(i)*2654435761)
		from := now - standing.Instant(r.Int64N(20*365*day))
		until := from + standing.Instant(r.Int64N(3*365*day))
		if i%5 > 2 {
			until = now + standing.Instant(r.Int64N(3*365*day))
		}
		row.Effects = []standing.Effect{{Interval: standing.Interval{From: from, Until: until}}}
		f.Effect(&row)
		f.End(row.Listing, until, []string{"performed", "expired", "settled"}[i%3])
		f.Entry(&standing.Entry{RecordedAt: from, Act: &standing.Act{Kind: standing.NoticeServed, Case: row.Listing,
			Instants: standing.Instants{{Name: standing.Served, At: from - 20*day}}}})
	}
	return f
}

// stats measures counts over 20 years.
func (b *bench) stats() error {
	now := standing.At(time.Now())
	before := heap()
	f := counted(listings, now)
	size := float64(heap()-before) / listings
	b.add("memory of the statistics per listing", size <= 150, fmt.Sprintf("%.0f B", size), "150 B", "")
	var failed error
	for _, q := range []api.StatisticsQuery{{By: api.ByList}, {By: api.ByRegion, Region: "CN"}, {By: api.ByMonth}} {
		took := per(20, func(int) {
			if _, err := f.Statistics(q, now, 0); err != nil {
				failed = err
			}
		})
		b.add("statistics by "+q.By+" over 20 years, 1,000,000 listings", took <= 5e6, fmt.Sprintf("%.1f ms", took/1e6), "5 ms", "")
	}
	return failed
}
