package sqlite

import (
	"context"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

// enterToWrite begins a call that writes; every nil is followed by leave.
func (s *Store) enterToWrite(ctx context.Context, doing string) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	if s.readOnly {
		s.gate.Leave()
		return s.forbidden(doing)
	}
	s.mu.Lock()
	return nil
}

func (s *Store) forbidden(doing string) error {
	return standing.Errorf(standing.Forbidden, "%s was opened for reading: cannot %s", s.path, doing)
}

func (s *Store) leave() {
	s.mu.Unlock()
	s.gate.Leave()
}

// write calls fn inside a transaction of the one connection that writes.
func (s *Store) write(ctx context.Context, doing string, fn func(*conn) error) error {
	if err := s.enterToWrite(ctx, doing); err != nil {
		return err
	}
	defer s.leave()
	return s.transact(doing, fn)
}

// transact is write for callers that hold s.mu.
func (s *Store) transact(doing string, fn func(*conn) error) error {
	if s.broken != nil {
		return s.broken
	}
	err := failure(doing, s.writer.transaction("BEGIN IMMEDIATE", func() error { return fn(s.writer) }))
	if codeOf(err) == codeIOSync {
		// The kernel may have dropped the pages that it could not write, and
		// would call the next sync a success.
		s.broken = standing.Errorf(standing.Unavailable, "the disk failed to sync %s: check it, then start again", s.path)
	}
	return err
}

// Commit makes a batch durable.
func (s *Store) Commit(ctx context.Context, b *store.Batch) error {
	return s.write(ctx, "record acts", func(c *conn) error {
		bulk, err := claim(c, b)
		if err != nil {
			return err
		}
		if !bulk {
			if err := putLookups(c, columns.Pairs(b.Vault)); err != nil {
				return err
			}
		}
		for _, step := range []func(*conn, *store.Batch) error{putLeaves, putHeads, putVault, putEffects, putTiles, putDocuments, erase, forget} {
			if err := step(c, b); err != nil {
				return err
			}
		}
		return nil
	})
}

// claim is the compare-and-swap on the size. It reports whether a long load has
// put off the indexing of look-up keys.
func claim(c *conn, b *store.Batch) (bulk bool, err error) {
	before, after := columns.Bound(b.PreviousSize), columns.Bound(b.PreviousSize+uint64(len(b.Leaves)))
	row, err := c.first("UPDATE register SET size = ?2, checkpoint = coalesce(?3, checkpoint) WHERE size = ?1 RETURNING indexed", before, after, b.Checkpoint)
	if err != nil || row != nil {
		return row != nil && row[0] != nil, err
	}
	size, err := c.number("SELECT size FROM register")
	if err != nil {
		return false, err
	}
	return false, standing.Errorf(standing.Conflict, "the store has %d acts, the batch follows %d", size, b.PreviousSize)
}

func putLeaves(c *conn, b *store.Batch) error {
	for i, leaf := range b.Leaves {
		if _, err := c.exec("INSERT INTO entries (position, leaf) VALUES (?1, ?2)", int64(b.PreviousSize)+int64(i), leaf); err != nil {
			return err
		}
	}
	return nil
}

func putHeads(c *conn, b *store.Batch) error {
	positions, listings := []byte{}, []byte{} // not nil, which would be a null
	for _, h := range columns.ByCase(b.Heads) {
		positions = columns.AppendPositions(positions[:0], h.Positions)
		listings = columns.AppendCases(listings[:0], h.Listings)
		if err := putHead(c, h, positions, listings); err != nil {
			return err
		}
	}
	return nil
}

func putHead(c *conn, h *store.HeadChange, positions, listings []byte) error {
	before := h.Version - uint64(len(h.Positions))
	if before == 0 {
		_, err := c.exec("INSERT INTO cases (id, kind, version, positions, listings) VALUES (?1, ?2, ?3, ?4, ?5)",
			h.Case[:], int64(h.Kind), int64(h.Version), positions, orNil(listings))
		if codeOf(err) == codeExists {
			return standing.Errorf(standing.Conflict, "case %s exists already", h.Case)
		}
		return err
	}
	var n int64
	var err error
	// The operator || makes text of blobs and keeps every byte; CAST turns it
	// back, and keeps them too.
	if len(listings) == 0 {
		n, err = c.exec("UPDATE cases SET version = ?3, positions = CAST(positions || ?4 AS BLOB) WHERE id = ?1 AND version = ?2",
			h.Case[:], int64(before), int64(h.Version), positions)
	} else {
		n, err = c.exec(`UPDATE cases SET version = ?3, positions = CAST(positions || ?4 AS BLOB), listings = CAST(coalesce(listings, x'') || ?5 AS BLOB)
			WHERE id = ?1 AND version = ?2`, h.Case[:], int64(before), int64(h.Version), positions, listings)
	}
	if err == nil && n != 1 {
		return standing.Errorf(standing.Conflict, "case %s is not at version %d: read it again and sign anew", h.Case, before)
	}
	return err
}

// orNil turns an empty blob into a null.
func orNil(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

func putVault(c *conn, b *store.Batch) error {
	var keys []byte
	for i := range b.Vault {
		v := &b.Vault[i]
		keys = columns.AppendKeys(keys[:0], v.Keys)
		if _, err := c.exec("INSERT OR REPLACE INTO vault (position, slot, keys, sealed) VALUES (?1, ?2, ?3, ?4)",
			int64(v.Position), int64(v.Slot), orNil(keys), orNil(v.Sealed)); err != nil {
			return err
		}
	}
	return nil
}

func putEffects(c *conn, b *store.Batch) error {
	var row []byte
	for i := range b.Effects {
		row = store.AppendEffect(row[:0], &b.Effects[i])
		if err := putEffect(c, b.Effects[i].Listing, row); err != nil {
			return err
		}
	}
	return nil
}

func putEffect(c *conn, listing standing.CaseID, row []byte) error {
	_, err := c.exec("INSERT OR REPLACE INTO effects (listing, row) VALUES (?1, ?2)", listing[:], row)
	return err
}

func putTiles(c *conn, b *store.Batch) error {
	for _, t := range b.Tiles {
		if _, err := c.exec(`INSERT INTO tiles (place, bytes) VALUES (?1, ?2)
			ON CONFLICT (place) DO UPDATE SET bytes = excluded.bytes WHERE length(excluded.bytes) > length(bytes)`,
			columns.Place(t.Level, t.Index), t.Bytes); err != nil {
			return err
		}
	}
	return nil
}

func putDocuments(c *conn, b *store.Batch) error {
	for _, d := range b.Documents {
		if _, err := c.exec("INSERT OR IGNORE INTO documents (digest, bytes) VALUES (?1, ?2)", d.Digest[:], d.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// erase removes vault rows with their look-ups.
func erase(c *conn, b *store.Batch) error {
	for _, p := range b.Erased {
		row, err := c.first("SELECT keys FROM vault WHERE position = ?1", int64(p))
		if err != nil {
			return err
		}
		if row == nil {
			continue
		}
		for _, key := range columns.Keys(blob(row[0])) {
			if _, err := c.exec("DELETE FROM lookups WHERE key = ?1 AND position = ?2", columns.Short(key), int64(p)); err != nil {
				return err
			}
		}
		if _, err := c.exec("DELETE FROM vault WHERE position = ?1", int64(p)); err != nil {
			return err
		}
	}
	return nil
}

// forget takes the keys out of effect rows.
func forget(c *conn, b *store.Batch) error {
	var decoder store.EffectDecoder
	for _, id := range b.Forgotten {
		row, err := c.first("SELECT row FROM effects WHERE listing = ?1", id[:])
		if err != nil {
			return err
		}
		if row == nil {
			continue
		}
		var e store.EffectRow
		if err := decoder.Decode(blob(row[0]), &e); err != nil {
			return err
		}
		e.Keys = nil
		if err := putEffect(c, id, store.AppendEffect(nil, &e)); err != nil {
			return err
		}
	}
	return nil
}
