package storetest

import (
	"context"
	"fmt"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// crashSeed makes victim and judge speak of the same batches.
const crashSeed = 77

// batchSize of the batches of a victim, 1 to 61.
func batchSize(batch int) int { return 1 + batch*7%61 }

// Victim goes on committing to a store from where it stands, until the process
// is killed or it has made enough batches, and acknowledges the size after each
// batch. It begins and ends long loads now and then.
func Victim(ctx context.Context, s store.Store, enough int, ack func(size int64)) error {
	size, err := s.Size(ctx)
	if err != nil {
		return err
	}
	m := NewMaker(crashSeed)
	for batch := 0; batch < enough; batch++ {
		b := m.Batch(batchSize(batch))
		if m.Size() <= size {
			continue // made in an earlier life
		}
		if batch%20 == 0 {
			if err := s.Bulk(ctx, batch%40 == 0); err != nil {
				return err
			}
		}
		if err := s.Commit(ctx, b); err != nil {
			return err
		}
		ack(int64(m.Size()))
	}
	return nil
}

// Survived checks what a dead victim has left: every batch that it acknowledged,
// each whole, and of those after them a beginning.
func Survived(ctx context.Context, s store.Store, acked []int64) error {
	size, err := s.Size(ctx)
	if err != nil {
		return err
	}
	for _, n := range acked {
		if uint64(n) > size {
			return fmt.Errorf("size %d was acknowledged, the store has %d", n, size)
		}
	}
	twin, m := memory.New(memory.Faults{}), NewMaker(crashSeed)
	for batch := 0; m.Size() < size; batch++ {
		if err := twin.Commit(ctx, m.Batch(batchSize(batch))); err != nil {
			return err
		}
	}
	if m.Size() != size {
		return fmt.Errorf("the store has %d acts, part of a batch that ends at %d", size, m.Size())
	}
	want, err := Read(ctx, twin, m)
	if err != nil {
		return err
	}
	got, err := Read(ctx, s, m)
	if err != nil {
		return err
	}
	if diff := Diff(want, got); diff != "" {
		return fmt.Errorf("the store differs from one in memory that took the same batches:\n%s", diff)
	}
	return nil
}
