package memory_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return memory.New(memory.Faults{}) })
}

func TestFaults(t *testing.T) {
	ctx := t.Context()
	plan := []memory.Fault{memory.None, memory.Lost, memory.StoredButReported, memory.DiskFull, memory.None}
	s := memory.New(memory.Faults{
		OnCommit: func(n int) memory.Fault { return plan[n-1] },
		OnLooks:  func(n int) memory.Fault { return plan[n-1] },
	})
	kinds := map[memory.Fault]standing.ErrorKind{memory.Lost: standing.Internal, memory.StoredButReported: standing.Unavailable, memory.DiskFull: standing.Unavailable}
	stored := uint64(0)
	for i, fault := range plan {
		m := storetest.NewMaker(uint64(i))
		b := m.Batch(1)
		b.PreviousSize = stored
		for what, err := range map[string]error{"Commit": s.Commit(ctx, b), "AppendLooks": s.AppendLooks(ctx, make([]store.Look, 1))} {
			if (err == nil) != (fault == memory.None) || err != nil && standing.KindOf(err) != kinds[fault] {
				t.Errorf("%s %d with fault %d = %v", what, i, fault, err)
			}
		}
		if fault == memory.None || fault == memory.StoredButReported {
			stored++
		}
		looks := uint64(0)
		if err := s.Looks(ctx, store.Key{}, func(store.Look) error { looks++; return nil }); err != nil {
			t.Fatal(err)
		}
		if size, err := s.Size(ctx); err != nil || size != stored || looks != stored {
			t.Errorf("after fault %d: size %d, %d looks, %v, want %d", fault, size, looks, err, stored)
		}
	}
}
