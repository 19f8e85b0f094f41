package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/backup"
	"github.com/openstanding/standing/metrics"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/server"
	"github.com/openstanding/standing/store"
)

// operating is how a served register is watched and kept.
type operating struct {
	publishing
	Metrics    string `help:"Address of a listener of its own for the figures, at /metrics; none unless given. Keep it inside." placeholder:"ADDR"`
	KeysBackup string `help:"Copy the party keys into this folder every day and after every erasure; copies older than 30 days are removed." placeholder:"DIR" type:"path"`
	UpkeepAt   string `help:"When the daily upkeep is done, local time." default:"03:30" placeholder:"HH:MM"`
	MinFree    int64  `help:"Not ready when the disk of the register has less room, in MiB." default:"256" placeholder:"MIB"`
}

// keeper does the upkeep of a served register and knows how it is.
type keeper struct {
	operating
	h       *home
	metrics *metrics.Metrics
	log     *slog.Logger
	erased  chan struct{} // an erasure was committed
	at      time.Duration // after midnight

	reg    *register.Register // set before anything is served
	behind atomic.Int64       // Unix nanoseconds since when answers lag, 0 = they do not
	work   sync.WaitGroup
}

// keep puts a keeper around the home's store. It must come before the register
// is started.
func (o operating) keep(h *home, log *slog.Logger) (*keeper, error) {
	if o.UpkeepAt == "" {
		o.UpkeepAt = "03:30"
	}
	at, err := time.Parse("15:04", o.UpkeepAt)
	if err != nil {
		return nil, standing.Errorf(standing.Invalid, "--upkeep-at %q is no time of day: write 03:30", o.UpkeepAt)
	}
	k := &keeper{operating: o, h: h, metrics: metrics.New(softwareVersion()), log: log, erased: make(chan struct{}, 1),
		at: time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute}
	h.store = store.Observe(k.metrics.Store(h.store), func(b *store.Batch) func(error) {
		return func(err error) { k.committed(b, err) }
	})
	return k, nil
}

// committed notes that something was erased.
func (k *keeper) committed(b *store.Batch, err error) {
	if err == nil && len(b.Erased)+len(b.Forgotten) > 0 {
		select {
		case k.erased <- struct{}{}:
		default: // it is noted already
		}
	}
}

// start begins the upkeep of a register and serves its figures until the context
// ends; wait for it with [keeper.wait].
func (k *keeper) start(ctx context.Context, reg *register.Register) error {
	k.reg = reg
	k.watch(ctx)
	if k.Metrics != "" {
		l, err := net.Listen("tcp", k.Metrics)
		if err != nil {
			return err
		}
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", k.metrics.Handler())
		k.log.Info("metrics", slog.String("address", "http://"+l.Addr().String()+"/metrics"))
		k.work.Go(func() {
			if err := server.Serve(ctx, l, mux); err != nil {
				k.log.Error("metrics ended", slog.String("cause", err.Error()))
			}
		})
	}
	k.work.Go(func() { k.upkeep(ctx) })
	return nil
}

func (k *keeper) wait() { k.work.Wait() }

// watch adds the gauges of the running register.
func (k *keeper) watch(ctx context.Context) {
	engine := k.reg.Engine()
	k.metrics.Watch(metrics.State{
		Acts: func() float64 {
			n, _ := k.h.store.Size(ctx)
			return float64(n)
		},
		Position: func() float64 { return float64(engine.Size()) },
		Listings: func() float64 { return float64(engine.Len()) },
		Waiting: func() float64 {
			if c := k.reg.Clerk(); c != nil {
				return float64(c.Queued())
			}
			return 0
		},
		Sources: func() map[string]float64 {
			out := map[string]float64{}
			for list, until := range engine.Sources() {
				out[list] = float64(until)
			}
			return out
		},
		Ready: func() bool {
			ctx, cancel := context.WithTimeout(ctx, readyLimit)
			defer cancel()
			return k.ready(ctx) == nil
		},
		Free: func() float64 { return float64(freeBytes(k.h.dir)) },
	})
}

const (
	readyLimit  = 2 * time.Second // for the store to answer
	behindLimit = time.Second     // that answers may lag behind the log
)

// ready says why the register should get no requests now: its store does not
// answer, its answers lag behind the log, or its disk is full.
func (k *keeper) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	size, err := k.h.store.Size(ctx)
	if err != nil {
		return err
	}
	if k.reg.Engine().Size() >= size {
		k.behind.Store(0)
	} else {
		now := time.Now().UnixNano()
		k.behind.CompareAndSwap(0, now)
		if since := k.behind.Load(); since != 0 && now-since > int64(behindLimit) {
			return standing.Errorf(standing.Unavailable, "answers lag %d acts behind the log", size-k.reg.Engine().Size())
		}
	}
	if free := freeBytes(k.h.dir); free >= 0 && free < k.MinFree<<20 {
		return standing.Errorf(standing.Unavailable, "%d MiB are free on the disk of the register", free>>20)
	}
	return nil
}

// settleErasures is how long upkeep waits after an erasure, so that the key is
// destroyed and others can join.
const settleErasures = 5 * time.Second

// tryAgain is how long upkeep waits after a round that failed, for instance
// because a back-up was reading the log of the store.
const tryAgain = 10 * time.Minute

// upkeep does its rounds daily, and what an erasure needs after it.
func (k *keeper) upkeep(ctx context.Context) {
	if copies, err := backup.KeyCopies(k.KeysBackup); k.KeysBackup != "" && (err != nil || len(copies) == 0) {
		k.do(ctx, "keys", k.copyKeys)
	}
	for failed := false; ; {
		wait := untilNext(time.Now(), k.at)
		daily := !failed || wait < tryAgain
		if !daily {
			wait = tryAgain
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
			if daily {
				k.do(ctx, "looks", k.sealLooks)
			}
		case <-k.erased:
			timer.Stop()
			select {
			case <-ctx.Done(): // what was erased is still seen to
			case <-time.After(settleErasures):
			}
			select {
			case <-k.erased: // those that came meanwhile are seen to with it
			default:
			}
		}
		last := context.WithoutCancel(ctx)
		flushed, copied := k.do(last, "flush", k.flush), k.do(last, "keys", k.copyKeys)
		failed = !flushed || !copied
	}
}

// do does a task, counts and logs it, and reports whether it succeeded.
func (k *keeper) do(ctx context.Context, task string, fn func(context.Context) error) bool {
	err := fn(ctx)
	k.metrics.Upkeep(task, err)
	if err != nil {
		k.log.Error("upkeep failed", slog.String("task", task), slog.String("cause", err.Error()))
		return false
	}
	k.log.Info("upkeep", slog.String("task", task))
	return true
}

// untilNext is the time until the next day's time of day.
func untilNext(now time.Time, at time.Duration) time.Duration {
	next := time.Date(now.Year(), now.Month(), now.Day(), int(at.Hours()), int(at.Minutes())%60, 0, 0, now.Location())
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	return next.Sub(now)
}

// flush overwrites what was erased, where the store has something to do for it.
func (k *keeper) flush(ctx context.Context) error {
	if f, ok := k.h.store.(store.Flusher); ok {
		return f.Flush(ctx)
	}
	return nil
}

func (k *keeper) copyKeys(context.Context) error {
	if k.KeysBackup == "" {
		return nil
	}
	_, err := backup.Keys(k.KeysBackup, filepath.Join(k.h.dir, "party-keys"), time.Now(), backup.MaxKeep)
	return err
}

// sealLooks records the digest of each day's looks that is over, signed by the
// register's own key. A register whose transcriber's key is kept elsewhere seals
// none by itself.
func (k *keeper) sealLooks(ctx context.Context) error {
	n, err := sealLooks(ctx, k.h, k.reg.Clerk(), clockNow())
	if err != nil {
		return errors.Join(err, fmt.Errorf("%d days were sealed", n))
	}
	return nil
}
