package sqlite_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/openstanding/standing/store/storetest"
)

// BenchmarkCommit measures the store's share of recording acts: durable acts a
// second in batches of a size. Making the batches is not counted.
//
//	go test -run '^$' -bench Commit/acts=4096 -benchtime 100x ./store/sqlite
func BenchmarkCommit(b *testing.B) {
	for _, keyed := range []bool{false, true} {
		for _, bulk := range []bool{false, true} {
			for _, n := range []int{1, 64, 1024, 4096} {
				b.Run(fmt.Sprintf("keyed=%t/bulk=%t/acts=%d", keyed, bulk, n), func(b *testing.B) {
					s, _ := create(b)
					if err := s.Bulk(b.Context(), bulk); err != nil {
						b.Fatal(err)
					}
					m := storetest.NewMaker(1)
					m.Plain, m.Keyed = true, keyed
					var each []time.Duration
					for b.Loop() {
						batch := m.Batch(n)
						start := time.Now()
						if err := s.Commit(b.Context(), batch); err != nil {
							b.Fatal(err)
						}
						each = append(each, time.Since(start))
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
// 4,096 with look-ups put off and built at the end.
//
//	go test -run '^$' -bench Load -benchtime 3000000x ./store/sqlite
func BenchmarkLoad(b *testing.B) {
	for _, keyed := range []bool{false, true} {
		b.Run(fmt.Sprintf("keyed=%t", keyed), func(b *testing.B) {
			s, _ := create(b)
			m := storetest.NewMaker(1)
			m.Plain, m.Keyed = true, keyed
			timed := func(fn func() error) time.Duration {
				start := time.Now()
				if err := fn(); err != nil {
					b.Fatal(err)
				}
				return time.Since(start)
			}
			total := timed(func() error { return s.Bulk(b.Context(), true) })
			slowest := time.Duration(0)
			for m.Size() < uint64(b.N) {
				batch := m.Batch(4096)
				d := timed(func() error { return s.Commit(b.Context(), batch) })
				total, slowest = total+d, max(slowest, d)
			}
			end := timed(func() error { return s.Bulk(b.Context(), false) })
			b.ReportMetric(float64(m.Size())/(total+end).Seconds(), "acts/s")
			b.ReportMetric(slowest.Seconds(), "slowest-commit-s")
			b.ReportMetric(end.Seconds(), "end-s")
		})
	}
}
