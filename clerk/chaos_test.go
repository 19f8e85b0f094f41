package clerk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// Everything at once: many writers, a store that fails now and then, a clerk
// that is stopped and started. Each writer insists until it is answered.

// deeds are what one writer does to a ruling of its own, at one instant: the
// ruling orders immediate effect.
func (w *town) deeds() (judgment, listing standing.CaseID, subs []clerk.Submission) {
	judgment, listing = w.newCase(), w.newCase()
	orders := fact(standing.NoticeWaived | standing.RulingOrders)
	add := func(who string, v uint64, a standing.Act, o *standing.Opening) {
		a.Version = v
		subs = append(subs, w.signed(who, w.at(who, a), o))
	}
	add("officer", 0, ruling(judgment, "order", orders), against(firm()))
	add("officer", 0, w.proposal(listing, judgment, defaulters, "refuses-though-able", orders), nil)
	add("president", 1, act(standing.ListingConfirmed, listing), nil)
	add("intake", 1, act(standing.PerformanceClaimed, judgment, fact(standing.ProofAttached)), text("paid"))
	add("officer", 2, act(standing.Exempted, listing, codes("air-travel.economy"), when(standing.Until, w.now+86400)), text("personal emergency"))
	add("officer", 3, act(standing.ListingStayed, listing), nil)
	add("officer", 4, act(standing.StayLifted, listing), nil)
	add("officer", 2, act(standing.ClaimAnswered, judgment, code("rejected"), answers(judgment, 2)), text("forged"))
	add("officer", 3, act(standing.PerformanceRecorded, judgment, fact(standing.FullPerformance)), nil)
	d := draft.New(origin, randomness{})
	for v := range 3 {
		a := act(standing.SumStated, judgment, version(uint64(4+v)))
		if err := d.Add(w.at("officer", a), text(fmt.Sprint(v))); err != nil {
			w.t.Fatal(err)
		}
	}
	s, o := d.Sign(w.keys["officer"])
	return judgment, listing, append(subs, clerk.Submission{Statement: s, Openings: o})
}

// at completes an act whose version is given.
func (w *town) at(who string, a standing.Act) standing.Act {
	a.Authority, a.Occurred = w.holds[who], w.now
	return a
}

func chaos(t *testing.T, seed uint64, writers int) {
	dice := rand.New(rand.NewPCG(seed, 1))
	var mu sync.Mutex
	commits, bad := 0, 0
	w := newTown(t, memory.New(memory.Faults{OnCommit: func(int) memory.Fault {
		mu.Lock()
		defer mu.Unlock()
		if commits++; commits == 1 || dice.IntN(4) != 0 {
			return memory.None
		}
		bad++
		return []memory.Fault{memory.Lost, memory.StoredButReported, memory.DiskFull}[dice.IntN(3)]
	}}))
	f := &follower{rows: map[standing.CaseID]store.EffectRow{}}
	w.config.OnCommit, w.config.Limit = f.follow, 8
	w.open()
	before := w.size()
	var current atomic.Pointer[clerk.Clerk]
	current.Store(w.clerk)
	var wg sync.WaitGroup
	var judgments, listings []standing.CaseID
	var all [][]clerk.Submission
	for range writers {
		j, l, subs := w.deeds()
		judgments, listings, all = append(judgments, j), append(listings, l), append(all, subs)
	}
	for _, subs := range all {
		wg.Go(func() {
			for i, s := range subs {
				insist(t, &current, i, s)
			}
		})
	}
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() { // whoever restarts the clerk
		defer close(stopped)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if size, err := w.store.Size(context.Background()); err == nil && int(size-before) > (n+1)*writers*3 {
				w.open()
				current.Store(w.clerk)
			} else {
				n--
				runtime.Gosched()
			}
		}
	}()
	wg.Wait()
	close(stop)
	<-stopped
	if want := before + uint64(12*writers); w.size() != want {
		t.Errorf("%d acts are stored, %d were insisted on", w.size()-before, want-before)
	}
	if err := w.sound(); err != nil {
		t.Error(err)
	}
	f.current(w)
	w.vaultOpens()
	for i := range judgments {
		if w.version(judgments[i]) != 7 || w.version(listings[i]) != 5 {
			t.Errorf("writer %d: %d and %d acts", i, w.version(judgments[i]), w.version(listings[i]))
		}
		w.clearNow(listings[i])
	}
	t.Logf("%d commits, %d of them failed", commits, bad)
}

// insist submits until it is answered.
func insist(t *testing.T, c *atomic.Pointer[clerk.Clerk], i int, s clerk.Submission) {
	for {
		_, err := c.Load().Submit(context.Background(), s)
		if err == nil {
			return
		}
		// A lost write is Internal in this store; what was judged on top of a
		// batch that was lost is told to come again.
		if k := standing.KindOf(err); k != standing.Unavailable && k != standing.Internal {
			t.Errorf("submission %d: %v", i, err)
			return
		}
	}
}

func TestChaos(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { chaos(t, seed, 32) })
	}
}

// soakTime is how long STANDING_SOAK asks for: "10m"; "1" is ten minutes.
func soakTime(t *testing.T) time.Duration {
	s := os.Getenv("STANDING_SOAK")
	if s == "" {
		t.Skip("long: runs only when STANDING_SOAK says for how long, as in STANDING_SOAK=10m (make soak)")
	}
	if s == "1" {
		s = "10m"
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestSoak runs random lives, orders and chaos until time is up.
func TestSoak(t *testing.T) {
	long := soakTime(t)
	for seed, end := uint64(time.Now().UnixNano()), time.Now().Add(long); time.Now().Before(end) && !t.Failed(); seed++ {
		t.Run("lives", rapid.MakeCheck(func(rt *rapid.T) { anyLife(t, rt) }))
		t.Run("orders", rapid.MakeCheck(func(rt *rapid.T) { anyOrder(t, rt) }))
		t.Run(fmt.Sprint("chaos ", seed), func(t *testing.T) { chaos(t, seed, 64) })
	}
}
