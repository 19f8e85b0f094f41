package clerk

import (
	"bytes"
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/tile"
)

// sequence is the one goroutine that judges. While one batch is being made
// durable it judges the next against the state after it; when a commit fails,
// everything judged on top of it is answered Unavailable and the durable state
// is read again.
func (c *Clerk) sequence() {
	ctx := context.Background()
	defer close(c.done)
	defer close(c.commits)
	inFlight := false
	settle := func() bool { // waits for the batch in flight
		if !inFlight {
			return true
		}
		inFlight = false
		return <-c.committed == nil
	}
	for {
		var first *job
		select {
		case first = <-c.queue:
		default:
			// Nothing waits: let the batch in flight finish, then sleep.
			if !settle() {
				c.recover(ctx)
			}
			select {
			case first = <-c.queue:
			case <-c.stop:
				select {
				case first = <-c.queue:
				default:
					return
				}
			}
		}
		b := c.collect(ctx, first)
		if stored := settle(); !stored || b.broken {
			b.fail(lostBatch())
			c.recover(ctx)
			continue
		}
		if len(b.store.Leaves) == 0 {
			b.reply()
			continue
		}
		inFlight = true
		c.commits <- b
	}
}

func lostBatch() error {
	return standing.Errorf(standing.Unavailable, "the store did not take the batch before this one: submit again")
}

// recover reads the durable state again after a batch that failed. While the
// store does not answer, everything is refused; the next submission tries again.
// A batch whose fate was unknown and that is there after all takes its effect.
func (c *Clerk) recover(ctx context.Context) {
	settled := func() bool {
		if c.reload(ctx) != nil {
			return false
		}
		if c.doubtful != nil {
			stored, err := c.stored(c.doubtful)
			if err != nil {
				return false
			}
			if stored {
				_ = c.landed(c.doubtful) // nobody waits for it any more; keys are erased with the next batch
			}
			c.doubtful = nil
		}
		return true
	}
	for !settled() {
		select {
		case j := <-c.queue:
			j.answer <- outcome{err: standing.Errorf(standing.Unavailable, "the store does not answer: try again later")}
		case <-c.stop:
			return
		}
	}
}

// collect judges jobs into one batch: the first, and whatever waits behind it.
func (c *Clerk) collect(ctx context.Context, first *job) *batch {
	c.cases.trim()
	b := &batch{store: store.Batch{PreviousSize: uint64(c.log.Size())}}
	w := &work{c: c, ctx: ctx, b: b, heads: map[standing.CaseID]*store.HeadChange{}, touched: map[standing.CaseID]bool{}}
	w.now = c.last
	for j := first; j != nil; {
		receipts, err := w.judge(j)
		if err != nil {
			j.answer <- outcome{err: err}
		} else {
			b.jobs, b.receipts = append(b.jobs, j), append(b.receipts, receipts)
		}
		if len(b.store.Leaves) >= c.cfg.Limit {
			break
		}
		select {
		case j = <-c.queue:
		default:
			j = nil
		}
	}
	if err := w.finish(); err != nil {
		b.fail(err)
		b.broken = true
		return b
	}
	c.last = w.now
	return b
}

// finish computes heads, effects, tiles and checkpoint of what was judged.
func (w *work) finish() error {
	if len(w.b.store.Leaves) == 0 {
		return nil
	}
	if err := w.effects(); err != nil {
		return err
	}
	for _, id := range w.order {
		w.b.store.Heads = append(w.b.store.Heads, *w.heads[id])
	}
	hashes := make([]tlog.Hash, len(w.b.store.Leaves))
	for i, leaf := range w.b.store.Leaves {
		hashes[i] = tlog.RecordHash(leaf)
	}
	next, tiles, err := w.c.log.Append(hashes)
	if err != nil {
		return err
	}
	for _, t := range tiles {
		w.b.store.Tiles = append(w.b.store.Tiles, store.Tile{Level: uint8(t.Level), Index: uint64(t.Index), Bytes: t.Bytes})
	}
	w.b.store.Checkpoint, err = tile.Sign(tile.Checkpoint{Origin: w.c.origin, Size: uint64(next.Size()), Root: next.Root()}, w.c.cfg.Signer)
	if err != nil {
		return err
	}
	w.c.log = next
	w.b.committed.Size = uint64(next.Size())
	w.b.committed.Effects = w.b.store.Effects
	if w.constitution {
		w.b.constitution = w.c.cases.get(standing.ConstitutionID).fold.Constitution.Clone()
		w.b.committed.Constitution = w.b.constitution
	}
	return nil
}

// commit makes batches durable, one at a time.
func (c *Clerk) commit() {
	for b := range c.commits {
		err := c.cfg.Store.Commit(context.Background(), &b.store)
		if standing.KindOf(err) == standing.Unavailable {
			// Its answer may be all that was lost.
			switch stored, unknown := c.stored(b); {
			case unknown != nil:
				c.doubtful = b
			case stored:
				err = nil
			}
		}
		if err != nil {
			b.fail(err)
			c.committed <- err
			continue
		}
		if err := c.landed(b); err != nil {
			b.fail(err)
		}
		b.reply()
		c.committed <- nil
	}
}

// stored reports whether the store holds a batch, by its signed checkpoint, in
// which every byte of it counts.
func (c *Clerk) stored(b *batch) (bool, error) {
	have, err := c.cfg.Store.Checkpoint(context.Background())
	return bytes.Equal(have, b.store.Checkpoint), err
}

// landed does what follows from a batch that is durable.
func (c *Clerk) landed(b *batch) error {
	if b.constitution != nil {
		c.constitution.Store(b.constitution)
	}
	if c.cfg.OnCommit != nil {
		c.cfg.OnCommit(&b.committed)
	}
	// The rows are gone with the commit; destroying their key as well reaches
	// copies of them. A crash in between leaves a key that opens nothing that
	// is kept.
	c.toErase = append(c.toErase, b.slots...)
	if len(c.toErase) == 0 {
		return nil
	}
	if err := c.cfg.Keys.Erase(c.toErase...); err != nil {
		return standing.Errorf(standing.Unavailable, "recorded, but %d keys of erased parties are not destroyed yet: it is tried again with every batch: %v", len(c.toErase), err)
	}
	c.toErase = nil
	return nil
}

func (b *batch) reply() {
	for i, j := range b.jobs {
		j.answer <- outcome{receipts: b.receipts[i]}
	}
}

func (b *batch) fail(err error) {
	for _, j := range b.jobs {
		j.answer <- outcome{err: err}
	}
	b.jobs = nil
}

// work is one batch in the making.
type work struct {
	c            *Clerk
	ctx          context.Context
	b            *batch
	now          standing.Instant
	heads        map[standing.CaseID]*store.HeadChange
	order        []standing.CaseID
	touched      map[standing.CaseID]bool // listings whose effects are to be computed again
	constitution bool
	replay       bool // judged again from the acts alone

	// of the statement being judged; merged when it passes, dropped when not
	trial trial
}

// trial is the overlay of one statement over the cache.
type trial struct {
	states   map[standing.CaseID]*state
	leaves   [][]byte
	vault    []store.VaultRow
	docs     []store.Document
	erased   []uint64
	slots    []privacy.Slot
	forgot   []standing.CaseID
	heads    []headStep
	touched  []standing.CaseID
	receipts []Receipt
}

type headStep struct {
	id       standing.CaseID
	kind     standing.CaseKind
	version  uint64
	position uint64
	listing  standing.CaseID // appended to the ruling id, no act of its own
}

// state returns a case as this statement sees it, ready to be changed.
func (w *work) state(id standing.CaseID) (*state, error) {
	if s := w.trial.states[id]; s != nil {
		return s, nil
	}
	s, err := w.c.load(w.ctx, id)
	if err != nil || s == nil {
		return nil, err
	}
	s = s.copy()
	w.trial.states[id] = s
	return s, nil
}

// judge records a statement into the batch, or says why not and leaves the
// batch as it was.
func (w *work) judge(j *job) ([]Receipt, error) {
	w.now = max(w.now, j.at)
	w.trial = trial{states: map[standing.CaseID]*state{}}
	if err := w.authentic(j); err != nil {
		return nil, err
	}
	for i, p := range j.acts {
		if err := w.record(j, i, p); err != nil {
			return nil, place(err, i, len(j.acts))
		}
	}
	if err := w.trial.whole(); err != nil {
		return nil, err
	}
	w.merge()
	return w.trial.receipts, nil
}

// whole refuses a statement of which a part was recorded before: its signature
// covers all of it, and the log would hold the rest without it.
func (t *trial) whole() error {
	if n := len(t.leaves); n == 0 || n == len(t.receipts) {
		return nil
	}
	for i, r := range t.receipts {
		if r.Again {
			return standing.Errorf(standing.Conflict, "act %d of the statement was recorded before, at %d: sign the others without it", i, r.Position)
		}
	}
	return nil
}

func (w *work) merge() {
	t := &w.trial
	for id, s := range t.states {
		w.c.cases.put(id, s)
		if id == standing.ConstitutionID {
			w.constitution = true
		}
		if src := s.fold.Source; src != nil {
			if w.b.committed.Sources == nil {
				w.b.committed.Sources = map[string]standing.Instant{}
			}
			w.b.committed.Sources[string(src.List)] = src.StaleAfter
		}
	}
	b := &w.b.store
	b.Leaves = append(b.Leaves, t.leaves...)
	b.Vault = append(b.Vault, t.vault...)
	b.Documents = append(b.Documents, t.docs...)
	b.Erased = append(b.Erased, t.erased...)
	if len(t.erased) > 0 { // what was sealed in this very batch is not written at all
		b.Vault = slices.DeleteFunc(b.Vault, func(row store.VaultRow) bool { return slices.Contains(t.erased, row.Position) })
	}
	w.b.slots = append(w.b.slots, t.slots...)
	b.Forgotten = append(b.Forgotten, t.forgot...)
	for _, h := range t.heads {
		head := w.heads[h.id]
		if head == nil {
			head = &store.HeadChange{Case: h.id, Kind: h.kind}
			w.heads[h.id] = head
			w.order = append(w.order, h.id)
		}
		head.Version = max(head.Version, h.version)
		if h.listing.IsZero() {
			head.Positions = append(head.Positions, h.position)
		} else {
			head.Listings = append(head.Listings, h.listing)
		}
		if slices.Compare(h.id[:], w.c.lastCase[:]) > 0 {
			w.c.lastCase = h.id
		}
	}
	for _, id := range t.touched {
		w.touched[id] = true
	}
}

// effects computes the rows of every listing that the batch touched, itself or
// through its ruling.
func (w *work) effects() error {
	ids := make([]standing.CaseID, 0, len(w.touched))
	for id := range w.touched {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b standing.CaseID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range ids {
		listing, err := w.c.load(w.ctx, id)
		if err != nil || listing == nil {
			return standing.Errorf(standing.Internal, "listing %s cannot be read: %v", id, err)
		}
		ruling, err := w.c.load(w.ctx, listing.fold.Listing.Ruling)
		if err != nil || ruling == nil {
			return standing.Errorf(standing.Internal, "the ruling of listing %s cannot be read: %v", id, err)
		}
		person, err := w.c.subjectOf(w.ctx, ruling, listing.fold.Listing.Addressee)
		if err != nil {
			return err
		}
		w.b.store.Effects = append(w.b.store.Effects, EffectRow(id, listing.fold.Listing, ruling.fold.Ruling, person.keys))
	}
	return nil
}

// EffectRow is the row that follows from a listing and its ruling. Verify
// computes it again from the acts alone.
func EffectRow(id standing.CaseID, l *standing.Listing, r *standing.Ruling, keys []store.Key) store.EffectRow {
	row := store.EffectRow{Listing: id, Ruling: l.Ruling, Addressee: l.Addressee, Party: l.Party, List: l.List, Region: l.Region,
		Ground: l.Ground, Severity: l.Severity, Rulebook: l.Rulebook, Effects: standing.Effects(id, l, r), Keys: keys}
	if l.Reported != nil {
		row.Source = l.Reported.Source
	}
	return row
}
