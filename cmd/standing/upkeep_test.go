package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/verify"
)

// founded is a new register in a folder.
func founded(t *testing.T) *home {
	t.Helper()
	h := laidOut(t)
	if _, err := h.found(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return h
}

// laidOut is the folder of a register in which nothing is recorded yet.
func laidOut(t *testing.T) *home {
	t.Helper()
	at := where{Data: filepath.Join(t.TempDir(), "reg")}
	if err := at.create(context.Background(), "register.example"); err != nil {
		t.Fatal(err)
	}
	h, err := at.open(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func quiet() *slog.Logger { return slog.New(slog.NewJSONHandler(io.Discard, nil)) }

func TestUntilNext(t *testing.T) {
	at := 3*time.Hour + 30*time.Minute
	for now, want := range map[string]time.Duration{
		"2026-11-23T03:00:00Z": 30 * time.Minute,
		"2026-11-23T03:30:00Z": 24 * time.Hour,
		"2026-12-31T23:30:00Z": 4 * time.Hour,
	} {
		i, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := untilNext(i, at); got != want {
			t.Errorf("from %s it is %s, want %s", now, got, want)
		}
	}
}

// TestLooksAreSealed seals the looks of days that are over, each once.
func TestLooksAreSealed(t *testing.T) {
	h, ctx := founded(t), t.Context()
	now := clockNow()
	today := now - now%day
	looks := []store.Look{
		{At: today - 2*day + 5, Relying: "bank", Purpose: "credit", Key: store.Key{1}, Verdict: "clear"},
		{At: today - 5, Relying: "bank", Purpose: "credit", Key: store.Key{2}, Verdict: "clear"},
		{At: today, Relying: "bank", Purpose: "credit", Key: store.Key{3}, Verdict: "clear"},
	}
	if err := h.store.AppendLooks(ctx, looks); err != nil {
		t.Fatal(err)
	}
	c, err := clerk.Open(ctx, h.clerkConfig(func() standing.Instant { return now + 2*day }, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, want := range []int{2, 0} {
		if n, err := sealLooks(ctx, h, c, now); n != want || err != nil {
			t.Errorf("%d days are sealed, %v, want %d", n, err, want)
		}
	}
	entries, err := h.store.Case(ctx, looksCase())
	if err != nil {
		t.Fatal(err)
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil || len(fold.Looks.Days) != 2 {
		t.Fatalf("%+v, %v", fold.Looks, err)
	}
	one, two := store.NewLooksSegment(), store.NewLooksSegment()
	one.Add(&looks[0])
	two.Add(&looks[1])
	if head := two.Head(one.Head(standing.Digest{})); fold.Looks.Days[1].Head != head || fold.Looks.Days[1].Day != today-day {
		t.Errorf("%+v, want head %s", fold.Looks.Days, head)
	}
	if n, err := sealLooks(ctx, h, c, now+day); n != 1 || err != nil {
		t.Errorf("a day later %d days are sealed, %v", n, err)
	}
	if _, err := verify.Run(ctx, verify.Options{Origin: h.origin, Store: h.store, Rulebooks: h.books, Verifier: h.verifier}); err != nil {
		t.Error(err)
	}
}

// TestErasureIsSeenTo commits an erasure: the store is flushed and the keys are
// copied soon after, and again every day.
func TestErasureIsSeenTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, copies := laidOut(t), filepath.Join(t.TempDir(), "copies")
		k, err := operating{KeysBackup: copies}.keep(h, quiet())
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			k.upkeep(ctx)
		}()
		count := func(want int, when string) {
			t.Helper()
			synctest.Wait()
			got, err := backup.KeyCopies(copies)
			if len(got) != want || err != nil {
				t.Errorf("%s: %d copies, %v, want %d", when, len(got), err, want)
			}
		}
		count(1, "at the start")
		k.committed(&store.Batch{Leaves: [][]byte{{1}}}, nil)
		k.committed(&store.Batch{Erased: []uint64{1}}, errors.New("not stored"))
		time.Sleep(settleErasures + time.Second)
		count(1, "after what erased nothing")
		k.committed(&store.Batch{Erased: []uint64{1}}, nil)
		k.committed(&store.Batch{Erased: []uint64{2}}, nil)
		time.Sleep(settleErasures + time.Second)
		count(2, "after an erasure")
		stop()
		<-done
		w := httptest.NewRecorder()
		k.metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		if want := `standing_upkeep_total{outcome="done",task="flush"} 1`; !strings.Contains(w.Body.String(), want) {
			t.Errorf("the figures lack %s: %v", want, k.flush(t.Context()))
		}
	})
}

// TestReady has a register that answers, one whose disk is full, and one whose
// store is closed.
func TestReady(t *testing.T) {
	h := founded(t)
	k, err := operating{}.keep(h, quiet())
	if err != nil {
		t.Fatal(err)
	}
	reg, err := h.register(t.Context(), running{write: true, logger: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	defer reg.Close()
	k.reg = reg
	if err := k.ready(t.Context()); err != nil {
		t.Errorf("not ready: %v", err)
	}
	k.MinFree = 1 << 40
	if err := k.ready(t.Context()); err == nil {
		t.Error("ready without room on the disk")
	}
	k.MinFree = 0
	// Acts that the engine has not heard of, for longer than it may be.
	k.h.store = further{h.store}
	if err := k.ready(t.Context()); err != nil {
		t.Errorf("behind for an instant: %v", err)
	}
	k.behind.Add(-int64(2 * behindLimit))
	if err := k.ready(t.Context()); err == nil {
		t.Error("ready while answers lag")
	}
	k.h.store = h.store.(further).Store
	if err := k.ready(t.Context()); err != nil {
		t.Errorf("not ready after it caught up: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.ready(ended); err == nil {
		t.Error("ready while the store does not answer")
	}
}

// further is a store with more acts than anybody has read.
type further struct{ store.Store }

func (f further) Size(ctx context.Context) (uint64, error) {
	n, err := f.Store.Size(ctx)
	return n + 7, err
}
