package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/store"
)

const day = 86400

// looksCase is the case in which the heads of each day's looks are sealed.
func looksCase() standing.CaseID { return standing.KeyedCaseID("", []byte("looks")) }

// sealLooks seals every day (UTC) that is over and has looks that are not sealed
// yet, and returns how many it sealed. It does nothing where the transcriber's
// key is not kept with the register.
func sealLooks(ctx context.Context, h *home, c *clerk.Clerk, now standing.Instant) (int, error) {
	key, err := readKey(filepath.Join(h.dir, "keys", "transcriber.key"))
	if errors.Is(err, fs.ErrNotExist) || c == nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	entries, err := h.store.Case(ctx, looksCase())
	if err != nil {
		return 0, err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return 0, err
	}
	var sealed standing.LooksDay
	if fold.Looks != nil && len(fold.Looks.Days) > 0 {
		sealed = fold.Looks.Days[len(fold.Looks.Days)-1]
	}
	today := now - now%day
	segments := map[standing.Instant]*store.LooksSegment{}
	if err := h.store.Looks(ctx, store.Key{}, func(l store.Look) error {
		if on := l.At - l.At%day; on > sealed.Day && on < today {
			if segments[on] == nil {
				segments[on] = store.NewLooksSegment()
			}
			segments[on].Add(&l)
		}
		return nil
	}); err != nil {
		return 0, err
	}
	n, version, head := 0, fold.Version, sealed.Head
	for _, on := range slices.Sorted(maps.Keys(segments)) {
		head = segments[on].Head(head)
		d := draft.New(h.origin, randomness())
		if err := d.Add(standing.Act{Kind: standing.LooksSealed, Case: looksCase(), Version: version, Authority: transcriber, Occurred: now,
			Digest: head, Instants: standing.Instants(nil).With(standing.From, on)}, nil); err != nil {
			return n, err
		}
		s, openings := d.Sign(key)
		if _, err := c.Submit(ctx, clerk.Submission{Statement: s, Openings: openings}); err != nil {
			return n, err
		}
		n, version = n+1, version+1
	}
	return n, nil
}
