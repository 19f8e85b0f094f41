package metrics

import (
	"context"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Store measures the commits of a store.
func (m *Metrics) Store(s store.Store) store.Store { return &measured{s, m} }

// measured is a store whose commits are measured.
type measured struct {
	store.Store
	m *Metrics
}

// Commit commits, and counts what became durable.
func (s *measured) Commit(ctx context.Context, b *store.Batch) error {
	start := time.Now()
	err := s.Store.Commit(ctx, b)
	if err != nil {
		s.m.commits.WithLabelValues(errorKind(err)).Observe(time.Since(start).Seconds())
		return err
	}
	s.m.commits.WithLabelValues("done").Observe(time.Since(start).Seconds())
	s.m.batches.Observe(float64(len(b.Leaves)))
	kinds := map[standing.Kind]float64{}
	for _, leaf := range b.Leaves {
		if e, err := standing.DecodeEntry(0, leaf); err == nil {
			kinds[e.Act.Kind]++
		}
	}
	for kind, n := range kinds {
		s.m.acts.WithLabelValues(kind.String()).Add(n)
	}
	return nil
}

// Export lets a measured store be copied, if the one beneath can be.
func (s *measured) Export(ctx context.Context, to store.Sink) error {
	if e, ok := s.Store.(store.Exporter); ok {
		return e.Export(ctx, to)
	}
	return standing.Errorf(standing.Unsupported, "this store cannot be copied")
}

// Flush overwrites what was erased, where the store beneath has something to do
// for it.
func (s *measured) Flush(ctx context.Context) error {
	if f, ok := s.Store.(interface{ Flush(context.Context) error }); ok {
		return f.Flush(ctx)
	}
	return nil
}
