package memory

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Export gives a sink everything that one state of the store holds. Writes wait
// meanwhile.
func (s *Store) Export(ctx context.Context, to store.Sink) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(ctx); err != nil {
		return err
	}
	if err := to.State(uint64(len(s.leaves)), s.checkpoint); err != nil {
		return err
	}
	for p, leaf := range s.leaves {
		if err := to.Leaf(uint64(p), leaf); err != nil {
			return err
		}
	}
	byID := func(a, b standing.CaseID) int { return bytes.Compare(a[:], b[:]) }
	for _, id := range slices.SortedFunc(maps.Keys(s.heads), byID) {
		if err := to.Head(s.heads[id]); err != nil {
			return err
		}
	}
	for _, p := range slices.Sorted(maps.Keys(s.vault)) {
		row := s.vault[p]
		if err := to.Vault(&row); err != nil {
			return err
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(s.effects), byID) {
		row := s.effects[id]
		if err := to.Effect(&row); err != nil {
			return err
		}
	}
	return s.exportRest(to)
}

func (s *Store) exportRest(to store.Sink) error {
	for digest, b := range s.documents {
		if err := to.Document(&store.Document{Digest: digest, Bytes: b}); err != nil {
			return err
		}
	}
	for i := range s.looks {
		if err := to.Look(&s.looks[i]); err != nil {
			return err
		}
	}
	for _, told := range s.told {
		for i := range told {
			if err := to.Told(&told[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
