package sqlite

import (
	"cmp"
	"context"
	"database/sql/driver"
	"encoding/binary"
	"slices"

	"github.com/openstanding/standing/store"
)

// pair is a row of lookups.
type pair struct{ key, position int64 }

// short is the part of a key by which it is indexed. Keys are uniformly
// distributed, so that two share it once in many billions; the vault row
// decides.
func short(k store.Key) int64 { return int64(binary.BigEndian.Uint64(k[:8])) }

func pairs(rows []store.VaultRow) []pair {
	var out []pair
	for i := range rows {
		for _, k := range rows[i].Keys {
			out = append(out, pair{short(k), int64(rows[i].Position)})
		}
	}
	return out
}

func putLookups(c *conn, all []pair) error {
	slices.SortFunc(all, func(a, b pair) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.position, b.position)) })
	for _, p := range slices.Compact(all) {
		if _, err := c.exec("INSERT OR IGNORE INTO lookups (key, position) VALUES (?1, ?2)", p.key, p.position); err != nil {
			return err
		}
	}
	return nil
}

func keysOf(b []byte) []store.Key {
	if len(b) == 0 {
		return nil
	}
	keys := make([]store.Key, len(b)/16)
	for i := range keys {
		copy(keys[i][:], b[16*i:])
	}
	return keys
}

// Lookup returns the positions whose vault rows hold the key. During a long
// load it also walks the vault rows that came since its beginning.
func (s *Store) Lookup(ctx context.Context, key store.Key) (positions []uint64, err error) {
	take := func(row []driver.Value) error {
		if slices.Contains(keysOf(blob(row[1])), key) {
			positions = append(positions, uint64(integer(row[0])))
		}
		return nil
	}
	err = s.snapshot(ctx, "look up a key", func(c *conn) error {
		positions = nil
		err := c.each(take, `SELECT v.position, v.keys FROM lookups l JOIN vault v ON v.position = l.position
			WHERE l.key = ?1 ORDER BY l.position`, short(key))
		if err != nil {
			return err
		}
		row, err := c.first("SELECT indexed FROM register WHERE indexed IS NOT NULL")
		if err != nil || row == nil {
			return err
		}
		return c.each(take, "SELECT position, keys FROM vault WHERE position >= ?1 AND keys IS NOT NULL ORDER BY position", row[0])
	})
	return positions, err
}

// Bulk begins or ends a long load. In between, vault rows are not indexed as
// they come; the end indexes them in sorted order, which takes a tenth of the
// time and of the log. Opening the store ends a load that did not end.
func (s *Store) Bulk(ctx context.Context, on bool) error {
	doing := "begin or end a long load"
	if !on {
		if err := s.enterToWrite(ctx, doing); err != nil {
			return err
		}
		defer s.leave()
		return s.endBulk()
	}
	return s.write(ctx, doing, func(c *conn) error {
		_, err := c.exec("UPDATE register SET indexed = coalesce(indexed, size)")
		s.bulk = s.bulk || err == nil
		return err
	})
}

// bulkStep bounds the memory of endBulk to 64 MiB or so.
const bulkStep = 4 << 20

// endBulk indexes what a long load left, a step per transaction, so that it can
// be cut short at any moment. The caller holds s.mu.
func (s *Store) endBulk() error {
	for {
		done := false
		err := s.transact("index look-up keys", func(c *conn) (err error) {
			done, err = indexStep(c)
			return err
		})
		if err != nil {
			// What comes now must not be indexed before what was left.
			s.bulk = true
			return err
		}
		if done {
			s.bulk = false
			return nil
		}
	}
}

// indexStep indexes some vault rows and reports whether none are left.
func indexStep(c *conn) (done bool, err error) {
	row, err := c.first("SELECT indexed FROM register WHERE indexed IS NOT NULL")
	if err != nil || row == nil {
		return true, err
	}
	var all []pair
	next := driver.Value(nil)
	err = c.each(func(row []driver.Value) error {
		if len(all) >= bulkStep {
			next = row[0]
			return errStop
		}
		for _, k := range keysOf(blob(row[1])) {
			all = append(all, pair{short(k), integer(row[0])})
		}
		return nil
	}, "SELECT position, keys FROM vault WHERE position >= ?1 AND keys IS NOT NULL ORDER BY position", row[0])
	if err != nil {
		return false, err
	}
	if err := putLookups(c, all); err != nil {
		return false, err
	}
	_, err = c.exec("UPDATE register SET indexed = ?1", next)
	return next == nil, err
}
