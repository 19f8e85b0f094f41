package metrics

import (
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Store measures the commits of a store.
func (m *Metrics) Store(s store.Store) store.Store {
	return store.Observe(s, func(b *store.Batch) func(error) {
		start := time.Now()
		return func(err error) { m.committed(b, time.Since(start), err) }
	})
}

func (m *Metrics) committed(b *store.Batch, took time.Duration, err error) {
	if err != nil {
		m.commits.WithLabelValues(errorKind(err)).Observe(took.Seconds())
		return
	}
	m.commits.WithLabelValues("done").Observe(took.Seconds())
	m.batches.Observe(float64(len(b.Leaves)))
	kinds := map[standing.Kind]float64{}
	for _, leaf := range b.Leaves {
		if e, err := standing.DecodeEntry(0, leaf); err == nil {
			kinds[e.Act.Kind]++
		}
	}
	for kind, n := range kinds {
		m.acts.WithLabelValues(kind.String()).Add(n)
	}
}
