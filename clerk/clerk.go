// Package clerk is the register's only writer. It takes statements of signed
// acts, checks each act against the constitution (who may say it), the charter
// and the rulebook in force (whether it may be), resolves every instant that
// depends on a rule, and commits acts, heads, effects, vault rows and tiles in
// one transaction.
//
// One sequencer does this for a whole register: [Clerk.Submit] prepares a
// statement on the caller's goroutine (decoding, signatures, sealing), the
// sequencer judges statements in the order of arrival against everything before
// them, and a committer makes batches of them durable while the next batch is
// judged. A statement is recorded whole or not at all.
//
//	c, err := clerk.Open(ctx, config)
//	receipts, err := c.Submit(ctx, clerk.Submission{Statement: s, Openings: o})
package clerk

import (
	"bytes"
	"context"
	"io"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/tile"
)

// Config is what a clerk works with. All fields but Sync and Limit are needed.
type Config struct {
	Store     store.Store
	Keys      privacy.Keys            // party keys, outside the store
	Hasher    *index.Hasher           // look-up keys under the register's pepper
	Rulebooks *rulebook.Set           // texts that may be adopted
	Signer    note.Signer             // of checkpoints; its name is the register's origin
	Clock     func() standing.Instant // must not run backwards
	Rand      io.Reader
	Limit     int // acts in one commit at most; 0 = 16,384
	// OnCommit is told of every batch after it is durable and before its
	// receipts are handed out, on one goroutine, in order.
	OnCommit func(*Committed)
}

// Committed is what a batch changed.
type Committed struct {
	Size         uint64
	Effects      []store.EffectRow
	Constitution *standing.Constitution // nil when unchanged
	Sources      map[string]standing.Instant
}

// Submission is a statement with the openings of its acts: Openings[i] is the
// verbatim JSON that act i commits to, nil where it commits to nothing.
type Submission struct {
	Statement standing.Statement
	Openings  [][]byte
}

// Receipt says that an act is recorded, and what the clerk resolved.
type Receipt struct {
	Position   uint64              `json:"position"`
	Act        standing.Digest     `json:"act"`
	Case       standing.CaseID     `json:"case"`
	Version    uint64              `json:"version"` // of the case, with this act
	RecordedAt standing.Instant    `json:"recordedAt"`
	Resolution standing.Resolution `json:"resolution"`
	Again      bool                `json:"again,omitempty"` // the same act was recorded before; nothing was added
}

// Clerk is the sequencer of one register. It is safe for concurrent use.
type Clerk struct {
	cfg          Config
	origin       string
	constitution atomic.Pointer[standing.Constitution] // durable state, for preparation and readers
	queue        chan *job
	commits      chan *batch
	committed    chan error // one answer per batch sent on commits
	done         chan struct{}
	closing      sync.Once
	stop         chan struct{}
	seal         sealer

	// Owned by the committer; by the sequencer while no batch is in flight.
	doubtful *batch         // of which nobody knows whether the store has it
	toErase  []privacy.Slot // keys of erased parties that are not destroyed yet

	// Owned by the sequencer goroutine.
	cases    *cache
	log      tile.Appender
	lastCase standing.CaseID
	last     standing.Instant // recordedAt never runs backwards
}

// queueBound bounds waiting submissions: past it Submit waits, and gives up
// with its context.
const queueBound = 1024

// Open starts the clerk of a register that exists. See [Found] for a new one.
func Open(ctx context.Context, cfg Config) (*Clerk, error) {
	c := &Clerk{cfg: cfg, origin: cfg.Signer.Name(), queue: make(chan *job, queueBound), commits: make(chan *batch, 1),
		committed: make(chan error, 1), done: make(chan struct{}), stop: make(chan struct{})}
	if c.cfg.Limit == 0 {
		c.cfg.Limit = 16384
	}
	c.seal = sealer{keys: cfg.Keys, hasher: cfg.Hasher, rand: cfg.Rand}
	if err := c.reload(ctx); err != nil {
		return nil, err
	}
	go c.sequence()
	go c.commit()
	return c, nil
}

// reload reads the durable state: at the start, and after a commit whose fate
// was unknown.
func (c *Clerk) reload(ctx context.Context) error {
	size, err := c.cfg.Store.Size(ctx)
	if err != nil {
		return err
	}
	c.cases = newCache()
	c.log, err = tile.Restore(size, func(level int, index uint64, width int) ([]byte, error) {
		b, err := c.cfg.Store.Tile(ctx, uint8(level), index)
		if err == nil && len(b) > width*32 {
			b = b[:width*32]
		}
		return b, err
	})
	if standing.KindOf(err) == standing.Unavailable {
		return standing.Errorf(standing.Unavailable, "the log's tiles cannot be read now: %v", err)
	}
	if err != nil {
		return standing.Errorf(standing.Internal, "the log's tiles do not restore at size %d: run standing verify: %v", size, err)
	}
	if c.lastCase, err = c.cfg.Store.LastCase(ctx); err != nil {
		return err
	}
	con := &standing.Constitution{Register: c.origin}
	if size > 0 {
		st, err := c.load(ctx, standing.ConstitutionID)
		if err != nil {
			return err
		}
		con = st.fold.Constitution.Clone()
		if con.Register != c.origin {
			return standing.Errorf(standing.Invalid, "the store holds register %s, the log key is %s's: give the right key", con.Register, c.origin)
		}
		if err := c.resume(ctx, size); err != nil {
			return err
		}
	}
	c.constitution.Store(con)
	return nil
}

// resume checks that the log goes on where it stands: under the same key, with
// the root that the last checkpoint signs, and no earlier than its last act.
func (c *Clerk) resume(ctx context.Context, size uint64) error {
	own, err := tile.Sign(tile.Checkpoint{Origin: c.origin, Size: size, Root: c.log.Root()}, c.cfg.Signer)
	if err != nil {
		return err
	}
	have, err := c.cfg.Store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(have, own) {
		return standing.Errorf(standing.Invalid, "the store's checkpoint at %d acts is not what this log key signs over its tiles: give the register's own key, or run standing verify", size)
	}
	return c.cfg.Store.Leaves(ctx, size-1, size, func(position uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(position, bytes.Clone(leaf))
		if err == nil {
			c.last = max(c.last, e.RecordedAt)
		}
		return err
	})
}

// Constitution is the durable constitution; callers must not change it.
func (c *Clerk) Constitution() *standing.Constitution { return c.constitution.Load() }

// Origin is the register's origin.
func (c *Clerk) Origin() string { return c.origin }

// Close waits for what was submitted and stops.
func (c *Clerk) Close() error {
	c.closing.Do(func() { close(c.stop) })
	<-c.done
	return nil
}

// Submit records a statement and returns a receipt for each act, in order,
// once all are durable. An error means that none of them is recorded by this
// call, except Unavailable after a lost answer from the store, or when the
// context ended while it was on its way: then submit the same statement again;
// acts recorded before are answered as such.
func (c *Clerk) Submit(ctx context.Context, s Submission) ([]Receipt, error) {
	wait, err := c.Begin(ctx, s)
	if err != nil {
		return nil, err
	}
	return wait()
}

// Begin is Submit in two steps, for whoever has many statements in an order:
// when it returns, the statement has its place in the queue behind all those
// begun before; wait returns its receipts once it is durable.
func (c *Clerk) Begin(ctx context.Context, s Submission) (wait func() ([]Receipt, error), err error) {
	if err := ctx.Err(); err != nil {
		return nil, standing.Errorf(standing.Unavailable, "nothing was submitted: %v", err)
	}
	j, err := c.prepare(ctx, &s)
	if err != nil {
		return nil, err
	}
	j.at = c.cfg.Clock()
	select {
	case c.queue <- j:
	case <-c.stop:
		return nil, standing.Errorf(standing.Unavailable, "the register is closing: submit again later")
	case <-ctx.Done():
		return nil, standing.Errorf(standing.Unavailable, "the queue is full: submit again later: %v", ctx.Err())
	}
	return func() ([]Receipt, error) { return c.answer(ctx, j) }, nil
}

func (c *Clerk) answer(ctx context.Context, j *job) ([]Receipt, error) {
	select {
	case out := <-j.answer:
		return out.receipts, out.err
	case <-ctx.Done():
		return nil, standing.Errorf(standing.Unavailable, "given up on while it was on its way: submit the same again to learn of its fate: %v", ctx.Err())
	case <-c.done:
		select {
		case out := <-j.answer:
			return out.receipts, out.err
		default:
			return nil, standing.Errorf(standing.Unavailable, "the register closed before the statement was judged: submit again")
		}
	}
}
