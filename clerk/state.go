package clerk

import (
	"context"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
)

// state is a case with what the clerk needs beside its fold.
type state struct {
	fold     *standing.Case
	listings []standing.CaseID // of a ruling, in order of proposal
	subjects []*subject        // of a ruling's addressees or a party; nil = not read yet
	said     []said            // acts since the case was read, which the store may not have yet
	used     uint64            // tick of the last use, for eviction
}

// said is an act by which a repetition is known.
type said struct {
	receipt   Receipt
	kind      standing.Kind
	authority standing.AuthorityID
	key       []byte
}

// copy returns a state that can be changed without the original noticing. The
// folds copy what they change, so the nouns themselves are copied shallowly;
// the constitution alone keeps maps.
func (s *state) copy() *state {
	out := *s
	fold := *s.fold
	out.fold = &fold
	if fold.Constitution != nil {
		fold.Constitution = fold.Constitution.Clone()
	}
	if fold.Party != nil {
		v := *fold.Party
		fold.Party = &v
	}
	if fold.Ruling != nil {
		v := *fold.Ruling
		fold.Ruling = &v
	}
	if fold.Listing != nil {
		v := *fold.Listing
		fold.Listing = &v
	}
	if fold.Source != nil {
		v := *fold.Source
		fold.Source = &v
	}
	if fold.Looks != nil {
		v := *fold.Looks
		fold.Looks = &v
	}
	out.listings = append([]standing.CaseID(nil), s.listings...)
	out.subjects = append([]*subject(nil), s.subjects...)
	out.said = slices.Clip(s.said)
	return &out
}

// cacheBound bounds the cases kept in memory; past it the oldest half goes.
const cacheBound = 1 << 16

// cache holds the cases as they are after everything judged so far.
type cache struct {
	byID  map[standing.CaseID]*state
	bound int
	tick  uint64
	batch uint64 // tick when the last batch was begun: the store may not have what it used
}

func newCache() *cache { return &cache{byID: map[standing.CaseID]*state{}, bound: cacheBound} }

func (c *cache) get(id standing.CaseID) *state {
	s := c.byID[id]
	if s != nil {
		c.tick++
		s.used = c.tick
	}
	return s
}

func (c *cache) put(id standing.CaseID, s *state) {
	c.tick++
	s.used = c.tick
	c.byID[id] = s
}

// trim drops the least recently used half when the bound is passed. It runs
// between batches, never while one is judged against what it would drop, and
// spares what the batch used that is on its way to the store.
func (c *cache) trim() {
	inFlight := c.batch
	c.batch = c.tick
	if len(c.byID) <= c.bound || c.tick < uint64(c.bound)/2 {
		return
	}
	floor := min(c.tick-uint64(c.bound)/2, inFlight)
	for id, s := range c.byID {
		if s.used <= floor && id != standing.ConstitutionID {
			delete(c.byID, id)
		}
	}
}

// load returns the state of a case, reading and folding it when it is not in
// memory; nil when there is no such case.
func (c *Clerk) load(ctx context.Context, id standing.CaseID) (*state, error) {
	if s := c.cases.get(id); s != nil {
		return s, nil
	}
	if _, replay := c.cfg.Store.(nothing); replay {
		return nil, nil
	}
	head, err := c.cfg.Store.Head(ctx, id)
	if err != nil || head.Version == 0 {
		return nil, err
	}
	entries, err := c.cfg.Store.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return nil, standing.Errorf(standing.Internal, "case %s does not fold: run standing verify: %v", id, err)
	}
	s := &state{fold: fold, listings: head.Listings}
	c.cases.put(id, s)
	return s, nil
}

// subjectOf returns the subject of an addressee of a ruling (from 1), or of a
// party (0), reading its vault row when needed.
func (c *Clerk) subjectOf(ctx context.Context, s *state, addressee uint8) (*subject, error) {
	i := 0
	position := uint64(0)
	switch {
	case s.fold.Ruling != nil:
		i = int(addressee) - 1
		if i < 0 || i >= len(s.fold.Ruling.Addressees) {
			return nil, standing.Errorf(standing.Invalid, "the ruling names %d addressees; there is no number %d", len(s.fold.Ruling.Addressees), addressee)
		}
		position = s.fold.Ruling.Addressees[i].Position
	case s.fold.Party != nil:
		position = s.fold.Party.Position
	default:
		return &subject{}, nil
	}
	for len(s.subjects) <= i {
		s.subjects = append(s.subjects, nil)
	}
	if s.subjects[i] == nil {
		row, err := c.cfg.Store.Vault(ctx, position)
		if err != nil {
			return nil, err
		}
		s.subjects[i] = &subject{slot: row.Slot, keys: row.Keys}
	}
	return s.subjects[i], nil
}

// batch is what the sequencer hands to the committer.
type batch struct {
	store     store.Batch
	jobs      []*job
	receipts  [][]Receipt
	committed Committed
	slots     []privacy.Slot // keys to destroy once the batch is durable
	broken    bool           // it could not be finished: what was judged into it is in memory alone
	// after the batch:
	constitution *standing.Constitution
}
