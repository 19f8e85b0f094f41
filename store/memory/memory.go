// Package memory keeps a register in memory: for tests, with knobs that lose
// writes or lose their answers, and for trying things out.
package memory

import (
	"context"
	"slices"
	"sync"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Fault is what happens to a write.
type Fault int

// The faults.
const (
	None              Fault = iota
	Lost                    // an error, and nothing is stored
	StoredButReported       // stored, and reported lost: its fate is unknown to the caller
	DiskFull                // an error that says so, and nothing is stored
)

// Faults decides, before each write, what happens to it. Nil functions do
// nothing. The number counts writes of the kind from 1.
type Faults struct {
	OnCommit func(n int) Fault
	OnLooks  func(n int) Fault
}

// Store is a store in memory.
type Store struct {
	mu         sync.RWMutex
	faults     Faults
	commits    int
	looksMade  int
	closed     bool
	leaves     [][]byte
	heads      map[standing.CaseID]*store.Head
	vault      map[uint64]store.VaultRow
	lookups    map[store.Key][]uint64
	effects    map[standing.CaseID]store.EffectRow
	tiles      map[[2]uint64][]byte
	checkpoint []byte
	documents  map[standing.Digest][]byte
	looks      []store.Look
	told       map[standing.CaseID][]store.Told
	holder     string
	leaseEnd   standing.Instant
}

// New makes an empty store.
func New(f Faults) *Store {
	return &Store{faults: f, heads: map[standing.CaseID]*store.Head{}, vault: map[uint64]store.VaultRow{}, lookups: map[store.Key][]uint64{},
		effects: map[standing.CaseID]store.EffectRow{}, tiles: map[[2]uint64][]byte{}, documents: map[standing.Digest][]byte{},
		told: map[standing.CaseID][]store.Told{}}
}

func (f Fault) err() error {
	switch f {
	case Lost:
		return standing.Errorf(standing.Internal, "the write was lost (injected)")
	case StoredButReported:
		return standing.Errorf(standing.Unavailable, "the write's answer was lost (injected)")
	case DiskFull:
		return standing.Errorf(standing.Unavailable, "disk full: make room, then submit again (injected)")
	}
	return nil
}

// ended is the error of a call whose context has ended.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return standing.Errorf(standing.Unavailable, "the store was not asked, or not to the end: %v", err)
	}
	return nil
}

func (s *Store) open(ctx context.Context) error {
	if err := ended(ctx); err != nil {
		return err
	}
	if s.closed {
		return standing.Errorf(standing.Unavailable, "the store is closed")
	}
	return nil
}

// Commit makes a batch part of the store, all or nothing.
func (s *Store) Commit(ctx context.Context, b *store.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(ctx); err != nil {
		return err
	}
	s.commits++
	fault := None
	if s.faults.OnCommit != nil {
		fault = s.faults.OnCommit(s.commits)
	}
	if fault == Lost || fault == DiskFull {
		return fault.err()
	}
	if b.PreviousSize != uint64(len(s.leaves)) {
		return standing.Errorf(standing.Conflict, "the store has %d acts, the batch follows %d", len(s.leaves), b.PreviousSize)
	}
	for _, h := range b.Heads {
		before, old := h.Version-uint64(len(h.Positions)), s.heads[h.Case]
		switch {
		case before == 0 && old != nil:
			return standing.Errorf(standing.Conflict, "case %s exists already", h.Case)
		case before != 0 && (old == nil || old.Version != before):
			return standing.Errorf(standing.Conflict, "case %s is not at version %d: read it again and sign anew", h.Case, before)
		}
	}
	s.put(b)
	return fault.err()
}

func (s *Store) put(b *store.Batch) {
	for _, l := range b.Leaves {
		s.leaves = append(s.leaves, slices.Clone(l))
	}
	for _, h := range b.Heads {
		head := s.heads[h.Case]
		if head == nil {
			head = &store.Head{Case: h.Case, Kind: h.Kind}
			s.heads[h.Case] = head
		}
		head.Version = h.Version
		head.Positions = append(slices.Clip(head.Positions), h.Positions...)
		head.Listings = append(slices.Clip(head.Listings), h.Listings...)
	}
	for _, v := range b.Vault {
		s.vault[v.Position] = v
		for _, k := range v.Keys {
			if i, known := slices.BinarySearch(s.lookups[k], v.Position); !known {
				s.lookups[k] = slices.Insert(slices.Clip(s.lookups[k]), i, v.Position)
			}
		}
	}
	for _, e := range b.Effects {
		s.effects[e.Listing] = e
	}
	for _, t := range b.Tiles {
		place := [2]uint64{uint64(t.Level), t.Index}
		if len(t.Bytes) > len(s.tiles[place]) {
			s.tiles[place] = slices.Clone(t.Bytes)
		}
	}
	for _, d := range b.Documents {
		s.documents[d.Digest] = slices.Clone(d.Bytes)
	}
	for _, p := range b.Erased {
		for _, k := range s.vault[p].Keys {
			s.lookups[k] = slices.DeleteFunc(slices.Clone(s.lookups[k]), func(q uint64) bool { return q == p })
		}
		delete(s.vault, p)
	}
	for _, id := range b.Forgotten {
		if e, ok := s.effects[id]; ok {
			e.Keys = nil
			s.effects[id] = e
		}
	}
	if b.Checkpoint != nil {
		s.checkpoint = slices.Clone(b.Checkpoint)
	}
}

// Size is the number of acts.
func (s *Store) Size(ctx context.Context) (uint64, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return uint64(len(s.leaves)), s.open(ctx)
}

// Head returns the head of a case.
func (s *Store) Head(ctx context.Context, id standing.CaseID) (store.Head, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if h := s.heads[id]; h != nil {
		return *h, s.open(ctx)
	}
	return store.Head{Case: id}, s.open(ctx)
}

// Case returns a case's entries in order.
func (s *Store) Case(ctx context.Context, id standing.CaseID) ([]*standing.Entry, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(ctx); err != nil || s.heads[id] == nil {
		return nil, err
	}
	var out []*standing.Entry
	for _, p := range s.heads[id].Positions {
		e, err := standing.DecodeEntry(p, s.leaves[p])
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Leaves calls fn with entry bytes in order.
func (s *Store) Leaves(ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error {
	s.mu.RLock()
	leaves := s.leaves
	err := s.open(ctx)
	s.mu.RUnlock()
	for p := from; err == nil && p < min(to, uint64(len(leaves))); p++ {
		if err = ended(ctx); err == nil {
			err = fn(p, leaves[p])
		}
	}
	return err
}

// EachHead calls fn with every head in ascending order of case id.
func (s *Store) EachHead(ctx context.Context, fn func(store.Head) error) error {
	s.mu.RLock()
	heads := make([]store.Head, 0, len(s.heads))
	for _, h := range s.heads {
		heads = append(heads, *h)
	}
	err := s.open(ctx)
	s.mu.RUnlock()
	slices.SortFunc(heads, func(a, b store.Head) int { return slices.Compare(a.Case[:], b.Case[:]) })
	for i := 0; err == nil && i < len(heads); i++ {
		if err = ended(ctx); err == nil {
			err = fn(heads[i])
		}
	}
	return err
}

// LastCase returns the greatest case id.
func (s *Store) LastCase(ctx context.Context) (standing.CaseID, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var last standing.CaseID
	for id := range s.heads {
		if slices.Compare(id[:], last[:]) > 0 {
			last = id
		}
	}
	return last, s.open(ctx)
}

// Vault returns the vault row of a position.
func (s *Store) Vault(ctx context.Context, position uint64) (store.VaultRow, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row := s.vault[position]
	row.Position = position
	return row, s.open(ctx)
}

// Lookup returns the positions whose vault rows hold the key.
func (s *Store) Lookup(ctx context.Context, key store.Key) ([]uint64, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.lookups[key], s.open(ctx)
}

// Effect returns the row of a listing.
func (s *Store) Effect(ctx context.Context, listing standing.CaseID) (store.EffectRow, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(ctx); err != nil {
		return store.EffectRow{}, err
	}
	row, ok := s.effects[listing]
	if !ok {
		return row, standing.Errorf(standing.NotFound, "no effect row for listing %s", listing)
	}
	return row, nil
}

// EachEffect calls fn with every effect row of one state.
func (s *Store) EachEffect(ctx context.Context, fn func(*store.EffectRow) error) (uint64, error) {
	s.mu.RLock()
	rows := make([]store.EffectRow, 0, len(s.effects))
	for _, e := range s.effects {
		rows = append(rows, e)
	}
	size, err := uint64(len(s.leaves)), s.open(ctx)
	s.mu.RUnlock()
	for i := 0; err == nil && i < len(rows); i++ {
		if err = ended(ctx); err == nil {
			err = fn(&rows[i])
		}
	}
	return size, err
}

// Tile returns the bytes of a hash tile.
func (s *Store) Tile(ctx context.Context, level uint8, index uint64) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if b, ok := s.tiles[[2]uint64{uint64(level), index}]; ok {
		return b, nil
	}
	return nil, standing.Errorf(standing.NotFound, "no tile %d/%d", level, index)
}

// Checkpoint returns the last signed checkpoint.
func (s *Store) Checkpoint(ctx context.Context) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.checkpoint, s.open(ctx)
}

// Document returns a public text by digest.
func (s *Store) Document(ctx context.Context, digest standing.Digest) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if b, ok := s.documents[digest]; ok {
		return b, nil
	}
	return nil, standing.Errorf(standing.NotFound, "no document %s", digest)
}

// AppendLooks keeps looks.
func (s *Store) AppendLooks(ctx context.Context, looks []store.Look) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(ctx); err != nil {
		return err
	}
	s.looksMade++
	fault := None
	if s.faults.OnLooks != nil {
		fault = s.faults.OnLooks(s.looksMade)
	}
	if fault != Lost && fault != DiskFull {
		s.looks = append(slices.Clip(s.looks), looks...)
	}
	return fault.err()
}

// Looks calls fn with the looks at a key, oldest first.
func (s *Store) Looks(ctx context.Context, key store.Key, fn func(store.Look) error) error {
	s.mu.RLock()
	looks, err := s.looks, s.open(ctx)
	s.mu.RUnlock()
	for i := 0; err == nil && i < len(looks); i++ {
		if err = ended(ctx); err == nil && (key == store.Key{} || looks[i].Key == key) {
			err = fn(looks[i])
		}
	}
	return err
}

// AppendTold records who was told of listings.
func (s *Store) AppendTold(ctx context.Context, told []store.Told) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(ctx); err != nil {
		return err
	}
	for _, t := range told {
		if !slices.ContainsFunc(s.told[t.Listing], func(o store.Told) bool { return o.Relying == t.Relying }) {
			s.told[t.Listing] = append(slices.Clip(s.told[t.Listing]), t)
		}
	}
	return nil
}

// ToldOf returns who was told of a listing.
func (s *Store) ToldOf(ctx context.Context, listing standing.CaseID) ([]store.Told, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := slices.Clone(s.told[listing])
	slices.SortFunc(out, func(a, b store.Told) int { return slices.Compare([]byte(a.Relying), []byte(b.Relying)) })
	return out, s.open(ctx)
}

// Lease makes node the sequencer for a time.
func (s *Store) Lease(ctx context.Context, node string, now standing.Instant, ttl int64) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(ctx); err != nil {
		return "", err
	}
	if s.holder == "" || s.holder == node || s.leaseEnd <= now {
		s.holder, s.leaseEnd = node, now+standing.Instant(ttl)
	}
	return s.holder, nil
}

// Bulk does nothing here: look-ups cost the same either way.
func (s *Store) Bulk(ctx context.Context, _ bool) error { return s.open(ctx) }

// Close makes every later call fail.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

var _ store.Store = (*Store)(nil)
