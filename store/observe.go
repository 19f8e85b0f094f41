package store

import (
	"context"

	"github.com/openstanding/standing"
)

// Observe returns a store that does what s does, and calls begin before each
// commit and what it returns after it, before the caller hears of it.
func Observe(s Store, begin func(*Batch) (done func(error))) Store { return &observed{s, begin} }

// observed is a store whose commits are observed.
type observed struct {
	Store
	begin func(*Batch) (done func(error))
}

// Commit commits and tells.
func (o *observed) Commit(ctx context.Context, b *Batch) error {
	done := o.begin(b)
	err := o.Store.Commit(ctx, b)
	done(err)
	return err
}

// Export copies the store beneath; Unsupported if it cannot be copied.
func (o *observed) Export(ctx context.Context, to Sink) error {
	if e, ok := o.Store.(Exporter); ok {
		return e.Export(ctx, to)
	}
	return standing.Errorf(standing.Unsupported, "this store cannot be copied")
}

// Flush overwrites what was erased, where the store beneath has something to do
// for it.
func (o *observed) Flush(ctx context.Context) error {
	if f, ok := o.Store.(Flusher); ok {
		return f.Flush(ctx)
	}
	return nil
}
