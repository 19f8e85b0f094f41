package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/openstanding/standing/store"
)

// BenchmarkCommit measures the store's share of recording acts: durable acts a
// second in batches of a size. Making the batches is not counted.
//
//	go test -run '^$' -bench Commit/keyed=false/bulk=false/acts=4096 -benchtime 100x ./store/sqlite
func BenchmarkCommit(b *testing.B, open func(b *testing.B) store.Store) {
	for _, keyed := range []bool{false, true} {
		for _, bulk := range []bool{false, true} {
			for _, n := range []int{1, 64, 1024, 4096} {
				b.Run(fmt.Sprintf("keyed=%t/bulk=%t/acts=%d", keyed, bulk, n), func(b *testing.B) {
					s, m := open(b), plain(keyed)
					if err := s.Bulk(b.Context(), bulk); err != nil {
						b.Fatal(err)
					}
					var each []time.Duration
					for b.Loop() {
						batch := m.Batch(n)
						each = append(each, timed(b, func() error { return s.Commit(b.Context(), batch) }))
					}
					var total time.Duration
					for _, d := range each {
						total += d
					}
					slices.Sort(each)
					b.ReportMetric(float64(len(each)*n)/total.Seconds(), "acts/s")
					b.ReportMetric(float64(each[len(each)/2].Microseconds())/1000, "p50-ms")
					b.ReportMetric(float64(each[len(each)*99/100].Microseconds())/1000, "p99-ms")
				})
			}
		}
	}
}

// BenchmarkLoad is one long load of as many acts as iterations, in batches of
// 4,096, with look-ups put off and built at the end; then every effect is read
// once, and cases and look-ups at random.
//
//	go test -run '^$' -bench Load -benchtime 3000000x ./store/sqlite
func BenchmarkLoad(b *testing.B, open func(b *testing.B) store.Store) {
	for _, keyed := range []bool{false, true} {
		b.Run(fmt.Sprintf("keyed=%t", keyed), func(b *testing.B) {
			ctx, s, m := b.Context(), open(b), plain(keyed)
			total := timed(b, func() error { return s.Bulk(ctx, true) })
			slowest := time.Duration(0)
			for m.Size() < uint64(b.N) {
				batch := m.Batch(4096)
				d := timed(b, func() error { return s.Commit(ctx, batch) })
				total, slowest = total+d, max(slowest, d)
			}
			end := timed(b, func() error { return s.Bulk(ctx, false) })
			b.ReportMetric(float64(m.Size())/(total+end).Seconds(), "acts/s")
			b.ReportMetric(slowest.Seconds(), "slowest-commit-s")
			b.ReportMetric(end.Seconds(), "end-s")
			rows := 0
			d := timed(b, func() error {
				_, err := s.EachEffect(ctx, func(*store.EffectRow) error { rows++; return nil })
				return err
			})
			b.ReportMetric(float64(rows)/d.Seconds(), "effects/s")
			const reads = 2000
			d = timed(b, func() (err error) {
				for i := 0; i < reads && err == nil; i++ {
					_, err = s.Head(ctx, m.cases[m.below(len(m.cases))].id)
				}
				return err
			})
			b.ReportMetric(reads/d.Seconds(), "heads/s")
			d = timed(b, func() (err error) {
				for i := 0; i < reads && err == nil; i++ {
					_, err = s.Lookup(ctx, m.keys[m.below(len(m.keys))])
				}
				return err
			})
			b.ReportMetric(reads/d.Seconds(), "lookups/s")
		})
	}
}

// BenchmarkLooks is many callers at once, each recording one look at a time.
func BenchmarkLooks(b *testing.B, open func(b *testing.B) store.Store) {
	s := open(b)
	b.SetParallelism(32) // times the number of processors
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := s.AppendLooks(b.Context(), []store.Look{{At: 1, Relying: "bank", Purpose: "credit", Key: store.Key{1}, Verdict: "clear"}}); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "looks/s")
}

func plain(keyed bool) *Maker {
	m := NewMaker(1)
	m.Plain, m.Keyed = true, keyed
	return m
}

func timed(b *testing.B, fn func() error) time.Duration {
	start := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
