package sqlite

import (
	"context"
	"database/sql/driver"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

func putLookups(c *conn, pairs []columns.Pair) error {
	for _, p := range pairs {
		if _, err := c.exec("INSERT OR IGNORE INTO lookups (key, position) VALUES (?1, ?2)", p.Key, p.Position); err != nil {
			return err
		}
	}
	return nil
}

// Lookup returns the positions whose vault rows hold the key. During a long
// load it also walks the vault rows that came since its beginning.
func (s *Store) Lookup(ctx context.Context, key store.Key) (positions []uint64, err error) {
	take := func(row []driver.Value) error {
		if columns.HasKey(blob(row[1]), key) {
			positions = append(positions, uint64(integer(row[0])))
		}
		return nil
	}
	err = s.snapshot(ctx, "look up a key", func(c *conn) error {
		positions = nil
		err := c.each(take, `SELECT v.position, v.keys FROM lookups l JOIN vault v ON v.position = l.position
			WHERE l.key = ?1 ORDER BY l.position`, columns.Short(key))
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
		if err != nil || done {
			return err
		}
	}
}

// indexStep indexes some vault rows and reports whether none are left.
func indexStep(c *conn) (done bool, err error) {
	row, err := c.first("SELECT indexed FROM register WHERE indexed IS NOT NULL")
	if err != nil || row == nil {
		return true, err
	}
	var all []columns.Pair
	next := driver.Value(nil)
	err = c.each(func(row []driver.Value) error {
		if len(all) >= bulkStep {
			next = row[0]
			return errStop
		}
		for _, k := range columns.Keys(blob(row[1])) {
			all = append(all, columns.Pair{Key: columns.Short(k), Position: integer(row[0])})
		}
		return nil
	}, "SELECT position, keys FROM vault WHERE position >= ?1 AND keys IS NOT NULL ORDER BY position", row[0])
	if err != nil {
		return false, err
	}
	if err := putLookups(c, columns.Sorted(all)); err != nil {
		return false, err
	}
	_, err = c.exec("UPDATE register SET indexed = ?1", next)
	return next == nil, err
}
