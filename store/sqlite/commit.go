package sqlite

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// enterToWrite begins a call that writes; every nil is followed by leave.
func (s *Store) enterToWrite(ctx context.Context, doing string) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	if s.readOnly {
		s.gate.leave()
		return standing.Errorf(standing.Forbidden, "%s was opened for reading: cannot %s", s.path, doing)
	}
	s.mu.Lock()
	return nil
}

func (s *Store) leave() {
	s.mu.Unlock()
	s.gate.leave()
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
		if err := claim(c, b); err != nil {
			return err
		}
		steps := []func(*conn, *store.Batch) error{putLeaves, putHeads, s.putVault, putEffects, putTiles, putDocuments, erase, forget}
		for _, step := range steps {
			if err := step(c, b); err != nil {
				return err
			}
		}
		return nil
	})
}

// claim is the compare-and-swap on the size.
func claim(c *conn, b *store.Batch) error {
	before, after := int64(b.PreviousSize), int64(b.PreviousSize)+int64(len(b.Leaves))
	n, err := c.exec("UPDATE register SET size = ?2, checkpoint = coalesce(?3, checkpoint) WHERE size = ?1", before, after, b.Checkpoint)
	if err != nil || n == 1 {
		return err
	}
	size, err := c.number("SELECT size FROM register")
	if err != nil {
		return err
	}
	return standing.Errorf(standing.Conflict, "the store has %d acts, the batch follows %d", size, before)
}

func putLeaves(c *conn, b *store.Batch) error {
	for i, leaf := range b.Leaves {
		if _, err := c.exec("INSERT INTO entries (position, leaf) VALUES (?1, ?2)", int64(b.PreviousSize)+int64(i), leaf); err != nil {
			return err
		}
	}
	return nil
}

// putHeads writes heads in the order of their ids, so that one page is touched
// once.
func putHeads(c *conn, b *store.Batch) error {
	order := make([]int, len(b.Heads))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return bytes.Compare(b.Heads[i].Case[:], b.Heads[j].Case[:]) })
	var positions, listings []byte
	for _, i := range order {
		h := &b.Heads[i]
		positions, listings = positions[:0], listings[:0]
		for _, p := range h.Positions {
			positions = binary.AppendUvarint(positions, p)
		}
		for _, l := range h.Listings {
			listings = append(listings, l[:]...)
		}
		if err := putHead(c, h, positions, listings); err != nil {
			return err
		}
	}
	return nil
}

func putHead(c *conn, h *store.HeadChange, positions, listings []byte) error {
	before := int64(h.Version) - int64(len(h.Positions))
	if before == 0 && h.Version > 0 {
		_, err := c.exec("INSERT INTO cases (id, kind, version, positions, listings) VALUES (?1, ?2, ?3, ?4, ?5)",
			h.Case[:], int64(h.Kind), int64(h.Version), positions, orNil(listings))
		if codeOf(err)&0xff == codeConstraint {
			return standing.Errorf(standing.Conflict, "case %s exists already", h.Case)
		}
		return err
	}
	var n int64
	var err error
	// The operator || makes text of blobs and keeps every byte; CAST turns it
	// back, and keeps them too.
	if len(listings) == 0 {
		n, err = c.exec("UPDATE cases SET version = ?3, positions = CAST(positions || coalesce(?4, x'') AS BLOB) WHERE id = ?1 AND version = ?2",
			h.Case[:], before, int64(h.Version), positions)
	} else {
		n, err = c.exec(`UPDATE cases SET version = ?3, positions = CAST(positions || coalesce(?4, x'') AS BLOB), listings = CAST(coalesce(listings, x'') || ?5 AS BLOB)
			WHERE id = ?1 AND version = ?2`, h.Case[:], before, int64(h.Version), positions, listings)
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

func (s *Store) putVault(c *conn, b *store.Batch) error {
	var keys []byte
	for i := range b.Vault {
		v := &b.Vault[i]
		keys = keys[:0]
		for j := range v.Keys {
			keys = append(keys, v.Keys[j][:]...)
		}
		if _, err := c.exec("INSERT OR REPLACE INTO vault (position, slot, keys, sealed) VALUES (?1, ?2, ?3, ?4)",
			int64(v.Position), int64(v.Slot), orNil(keys), orNil(v.Sealed)); err != nil {
			return err
		}
	}
	if s.bulk {
		return nil
	}
	return putLookups(c, pairs(b.Vault))
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

// place orders tiles by level, then index.
func place(level uint8, index uint64) int64 { return int64(level)<<56 | int64(index) }

func putTiles(c *conn, b *store.Batch) error {
	for _, t := range b.Tiles {
		if _, err := c.exec(`INSERT INTO tiles (place, bytes) VALUES (?1, ?2)
			ON CONFLICT (place) DO UPDATE SET bytes = excluded.bytes WHERE length(excluded.bytes) > length(bytes)`,
			place(t.Level, t.Index), t.Bytes); err != nil {
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
		for _, key := range keysOf(blob(row[0])) {
			if _, err := c.exec("DELETE FROM lookups WHERE key = ?1 AND position = ?2", short(key), int64(p)); err != nil {
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
