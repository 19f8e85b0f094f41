package register

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/public"
	"github.com/openstanding/standing/stats"
)

// view is what follows the log: the public face and the counts, both at one
// position.
type view struct {
	face     *public.Face
	counts   *stats.Fold
	position atomic.Uint64 // acts taken in
	counted  uint64        // acts that counts has been given
}

// follower keeps a view of the register current, on a goroutine of its own: what
// people browse may lag a moment behind what is checked, and says by how much.
type follower struct {
	r    *Register
	log  *slog.Logger
	wake chan struct{} // something was committed
	done chan struct{}
	stop context.CancelFunc
	next chan struct{} // closed and replaced when the view has moved on; under r.viewing
}

// surveyBeyond is how many acts a view may be behind before it is cheaper to
// make it anew than to bring it up to date act by act.
const surveyBeyond = 50_000

// sweepEvery is how often what has ended is taken out. It is hidden from its
// instant on; sweeping frees what it takes.
const sweepEvery = time.Minute

// retryAfter is how long the follower rests when the store fails.
const retryAfter = 5 * time.Second

func (r *Register) follow(log *slog.Logger) {
	ctx, stop := context.WithCancel(context.Background())
	f := &follower{r: r, log: log, wake: make(chan struct{}, 1), done: make(chan struct{}), stop: stop, next: make(chan struct{})}
	r.follower = f
	f.wake <- struct{}{}
	go f.run(ctx)
}

// run brings the view up to date whenever something was committed.
func (f *follower) run(ctx context.Context) {
	defer close(f.done)
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			if v := f.r.seen.Load(); v != nil {
				v.face.Sweep(f.r.cfg.Clock())
				v.face.Arrange(f.r.cfg.Clock())
			}
			continue
		case <-f.wake:
		}
		for err := f.catchUp(ctx); err != nil; err = f.catchUp(ctx) {
			if ctx.Err() != nil {
				return
			}
			f.failed(ctx, err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(retryAfter):
			}
		}
	}
}

func (f *follower) failed(ctx context.Context, err error) {
	if f.log != nil {
		f.log.LogAttrs(ctx, slog.LevelError, "the public view could not be brought up to date", slog.String("cause", err.Error()))
	}
}

// catchUp brings the view to the size of the log.
func (f *follower) catchUp(ctx context.Context) error {
	for {
		size, err := f.r.cfg.Store.Size(ctx)
		if err != nil {
			return err
		}
		v, position := f.r.seen.Load(), uint64(0)
		switch {
		case v == nil || size > v.position.Load()+surveyBeyond:
			v, position, err = f.r.survey(ctx, size)
		case size > v.position.Load():
			v, position, err = f.r.advance(ctx, v, size)
		default:
			return nil
		}
		if err != nil {
			return err
		}
		f.moved(v, position, size)
	}
}

// moved shows a view and wakes whoever waits for its position.
func (f *follower) moved(v *view, position, size uint64) {
	v.face.Arrange(f.r.cfg.Clock())
	v.face.Followed(position, size)
	f.r.viewing.Lock()
	v.position.Store(position)
	f.r.seen.Store(v)
	close(f.next)
	f.next = make(chan struct{})
	f.r.viewing.Unlock()
}

// Followed waits until what is browsed has taken in the first position acts.
func (r *Register) Followed(ctx context.Context, position uint64) error {
	if r.follower == nil {
		return errNotFollowed
	}
	for {
		r.viewing.Lock()
		v, next := r.seen.Load(), r.follower.next
		r.viewing.Unlock()
		if v != nil && v.position.Load() >= position {
			return nil
		}
		select {
		case <-next:
		case <-r.follower.done:
			return errNotFollowed
		case <-ctx.Done():
			return standing.Errorf(standing.Unavailable, "the public view has not come to act %d yet", position)
		}
	}
}

var errNotFollowed = &standing.Error{Kind: standing.Unavailable, What: "nothing follows the register here, so that nothing can be browsed", Do: "ask a register that is served"}

// notify tells the follower that something was committed. It never waits.
func (r *Register) notify(size uint64) {
	if r.follower == nil {
		return
	}
	if v := r.seen.Load(); v != nil {
		v.face.Recorded(size)
	}
	select {
	case r.follower.wake <- struct{}{}:
	default:
	}
}

// face is the public face, once it is there.
func (r *Register) face() (*public.Face, error) {
	if v := r.seen.Load(); v != nil {
		return v.face, nil
	}
	if r.follower == nil {
		return nil, errNotFollowed
	}
	return nil, &standing.Error{Kind: standing.Unavailable, What: "the register has just started and is still reading itself", Do: "try again in a moment; checks are answered already"}
}

func (r *Register) unfollow() {
	if r.follower != nil {
		r.follower.stop()
		<-r.follower.done
	}
}

// advanceStep is how many acts are taken in at a time.
const advanceStep = 4096

// advance takes the next acts, up to size, into a view. It may be called again
// after an error.
func (r *Register) advance(ctx context.Context, v *view, size uint64) (*view, uint64, error) {
	from := v.position.Load()
	size = min(size, from+advanceStep)
	var entries []*standing.Entry
	err := r.cfg.Store.Leaves(ctx, from, size, func(position uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(position, leaf)
		entries = append(entries, e)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	var parties, rulings, listings touched
	repealed, founded := false, false
	for _, e := range entries {
		switch e.Act.Kind.Noun() {
		case standing.PartyCase:
			parties.add(e.Act.Case)
		case standing.RulingCase:
			rulings.add(e.Act.Case)
		case standing.ListingCase:
			listings.add(e.Act.Case)
		case standing.ConstitutionCase:
			founded = true
			repealed = repealed || e.Act.Kind == standing.ListRepealed || e.Act.Kind == standing.RulebookRepealed
		}
	}
	if founded { // before what rests on it is counted
		con, err := r.constitution(ctx, standing.Forever)
		if err != nil {
			return nil, 0, err
		}
		v.counts.Law(con)
	}
	for _, e := range entries {
		if e.Position >= v.counted {
			v.counts.Entry(e)
			v.counted = e.Position + 1
		}
	}
	if repealed {
		return r.survey(ctx, size) // it moves the end of every entry of the list
	}
	for _, id := range parties.ids {
		if err := r.refreshParty(ctx, v, id); err != nil {
			return nil, 0, err
		}
	}
	for _, id := range rulings.ids {
		head, err := r.cfg.Store.Head(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		for _, l := range head.Listings {
			listings.add(l)
		}
	}
	for _, id := range listings.ids {
		if err := r.refreshListing(ctx, v, id); err != nil {
			return nil, 0, err
		}
	}
	return v, size, nil
}

// touched are cases in the order in which acts came.
type touched struct {
	ids []standing.CaseID
	has map[standing.CaseID]bool
}

func (t *touched) add(id standing.CaseID) {
	if t.has[id] {
		return
	}
	if t.has == nil {
		t.has = map[standing.CaseID]bool{}
	}
	t.has[id] = true
	t.ids = append(t.ids, id)
}
