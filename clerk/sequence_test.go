package clerk_test

import (
	"context"
	"crypto/rand"
	"runtime"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/store/memory"
)

// The sequencer: batches in flight, waiting, giving up, closing.

// later submits on a goroutine of its own.
func (w *town) later(ctx context.Context, s clerk.Submission) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := w.clerk.Submit(ctx, s)
		done <- err
	}()
	return done
}

// queued submits and returns when it waits in the queue as the n-th.
func (w *town) queued(s clerk.Submission, n int) <-chan error {
	done := w.later(context.Background(), s)
	for w.clerk.Waiting() < n {
		runtime.Gosched()
	}
	return done
}

// While a batch is on its way, what it says is law for what is judged next,
// even when the cache is too small for both.
func TestJudgedOnWhatIsInFlight(t *testing.T) {
	g := newGate(memory.New(memory.Faults{}))
	w := newTown(t, g)
	w.config.Limit = 50
	w.open()
	w.clerk.SetCacheBound(8)
	d := draft.New(origin, rand.Reader)
	first := w.newCase()
	for i := range 60 {
		id := first
		if i > 0 {
			id = w.newCase()
		}
		if err := d.Add(w.complete("officer", ruling(id, "judgment")), against(firm())); err != nil {
			t.Fatal(err)
		}
	}
	s, o := d.Sign(w.keys["officer"])
	listing := w.newCase()
	g.close()
	blocker := w.later(context.Background(), w.signed("officer", ruling(w.newCase(), "judgment"), against(firm())))
	<-g.atGate
	// A batch of its own, since it is over the limit; then one that rests on it.
	rulings := w.queued(clerk.Submission{Statement: s, Openings: o}, 1)
	proposal := w.queued(w.signed("officer", propose(listing, first), nil), 2)
	notice := served(listing, w.now)
	notice.Version = 1
	after := w.queued(w.signed("officer", notice, text("handed over")), 3)
	g.pass()
	<-g.atGate
	for w.clerk.Waiting() > 0 {
		runtime.Gosched()
	}
	g.open()
	for name, done := range map[string]<-chan error{"blocker": blocker, "rulings": rulings, "proposal": proposal, "notice": after} {
		if err := <-done; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.verify()
}

// A batch that cannot be finished leaves nothing behind, in the store or in the
// clerk's memory.
func TestBatchThatCannotBeFinished(t *testing.T) {
	g := newGate(memory.New(memory.Faults{}))
	w := newTown(t, g)
	id, j := w.defaulter()
	before, effects := w.size(), w.effects(id)
	w.open()
	g.failed.Store(true)
	paid := w.signed("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)), nil)
	if _, err := w.submit(paid); standing.KindOf(err) != standing.Unavailable {
		t.Fatalf("the vault cannot be read: %v", err)
	}
	g.failed.Store(false)
	if w.size() != before || len(w.effects(id)) != len(effects) {
		t.Fatal("it was stored in part")
	}
	r, err := w.submit(paid)
	if err != nil || r[0].Again {
		t.Fatalf("again: %+v, %v", r, err)
	}
	w.clearNow(id)
	w.verify()
}

func TestGivingUp(t *testing.T) {
	g := newGate(memory.New(memory.Faults{}))
	w := newTown(t, g)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	s := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
	before := w.size()
	if _, err := w.clerk.Submit(gone, s); standing.KindOf(err) != standing.Unavailable {
		t.Fatalf("with a context that has ended: %v", err)
	}
	w.must("officer", ruling(w.newCase(), "judgment"), against(firm()))
	if w.size() != before+1 {
		t.Fatal("who had given up was recorded")
	}
	// Who gives up while it is on its way is told that its fate is unknown.
	g.close()
	ctx, cancel := context.WithCancel(t.Context())
	done := w.later(ctx, s)
	<-g.atGate
	cancel()
	if err := <-done; standing.KindOf(err) != standing.Unavailable {
		t.Fatalf("giving up: %v", err)
	}
	g.open()
	if r, err := w.submit(s); err != nil || !r[0].Again {
		t.Fatalf("submitted again: %+v, %v", r, err)
	}
	w.verify()
}

// Whoever submits while the clerk closes gets an answer: a receipt for what is
// recorded, Unavailable for what is not.
func TestCloseWhileSubmitting(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	var subs []clerk.Submission
	for range 200 {
		subs = append(subs, w.signed("officer", ruling(w.newCase(), "judgment"), against(firm())))
	}
	before := w.size()
	var recorded sync.Map
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := i; n < len(subs); n += 8 {
				r, err := w.clerk.Submit(context.Background(), subs[n])
				switch {
				case err == nil:
					recorded.Store(r[0].Position, true)
				case standing.KindOf(err) != standing.Unavailable:
					t.Errorf("submission %d: %v", n, err)
				}
				if n == 100 {
					w.clerk.Close()
				}
			}
		})
	}
	wg.Wait()
	w.clerk.Close()
	n := uint64(0)
	recorded.Range(func(_, _ any) bool { n++; return true })
	if got := w.size() - before; got != n {
		t.Errorf("%d acts are stored, %d receipts were given", got, n)
	}
	w.open()
	for _, s := range subs {
		if _, err := w.submit(s); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.size() - before; got != uint64(len(subs)) {
		t.Errorf("%d acts are stored, %d were submitted", got, len(subs))
	}
	w.verify()
}

// Many at once on few cases: each version is given once, who lost is told to
// read again.
func TestManyOnOneCase(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	j := w.judgment()
	var wg sync.WaitGroup
	var mu sync.Mutex
	taken := map[uint64]int{}
	for range 32 {
		wg.Go(func() {
			for v := uint64(1); v < 20; v++ {
				r, err := w.submit(w.signed("officer", act(standing.SumStated, j, version(v)), text("sum")))
				mu.Lock()
				switch {
				case err == nil:
					taken[r[0].Version]++
				case standing.KindOf(err) != standing.Conflict:
					t.Errorf("version %d: %v", v, err)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for v, n := range taken {
		if n != 1 {
			t.Errorf("version %d was given %d times", v, n)
		}
	}
	if got := w.version(j); got != uint64(len(taken))+1 {
		t.Errorf("the case has %d acts, %d receipts were given", got, len(taken)+1)
	}
	w.verify()
}
