package sqlite

import (
	"context"
	"database/sql/driver"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// lookGroup is the looks that wait for the writing connection together: one
// sync serves everyone who asks in the meantime.
type lookGroup struct {
	looks []store.Look
	done  chan struct{} // closed when err is set
	err   error
}

// AppendLooks makes looks durable.
func (s *Store) AppendLooks(ctx context.Context, looks []store.Look) error {
	doing := "record looks"
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	if s.readOnly {
		return s.forbidden(doing)
	}
	s.looksMu.Lock()
	g := s.waiting
	first := g == nil
	if first {
		g = &lookGroup{done: make(chan struct{})}
		s.waiting = g
	}
	g.looks = append(g.looks, looks...)
	s.looksMu.Unlock()
	if !first {
		<-g.done
		return g.err
	}
	defer close(g.done)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looksMu.Lock()
	s.waiting = nil // from here on a new group gathers
	s.looksMu.Unlock()
	g.err = s.transact(doing, func(c *conn) error { return putLooks(c, g.looks) })
	return g.err
}

const (
	insertLook  = "INSERT INTO looks (at, relying, purpose, key, found, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	lookColumns = "SELECT at, relying, purpose, key, found, verdict FROM looks "
)

func lookOf(row []driver.Value) store.Look {
	l := store.Look{At: standing.Instant(integer(row[0])), Relying: text(row[1]), Purpose: text(row[2]), Verdict: text(row[5])}
	copy(l.Key[:], blob(row[3]))
	copy(l.Case[:], blob(row[4]))
	return l
}

func putLooks(c *conn, looks []store.Look) error {
	for i := range looks {
		l := &looks[i]
		if _, err := c.exec(insertLook, int64(l.At), l.Relying, l.Purpose, l.Key[:], l.Case[:], l.Verdict); err != nil {
			return err
		}
	}
	return nil
}

// Looks calls fn with the looks at a key, oldest first.
func (s *Store) Looks(ctx context.Context, key store.Key, fn func(store.Look) error) error {
	query, args := lookColumns, []driver.Value{}
	if key != (store.Key{}) {
		query, args = query+"WHERE key = ?1 ", []driver.Value{key[:]}
	}
	return s.walk(ctx, "read looks", func(c *conn) error {
		return each(ctx, c, func(row []driver.Value) error {
			return fn(lookOf(row))
		}, query+"ORDER BY number", args...)
	})
}

// AppendTold records who was told of listings; the first time stays.
func (s *Store) AppendTold(ctx context.Context, told []store.Told) error {
	return s.write(ctx, "record who was told", func(c *conn) error {
		for i := range told {
			t := &told[i]
			if _, err := c.exec("INSERT OR IGNORE INTO told (listing, relying, at) VALUES (?1, ?2, ?3)", t.Listing[:], t.Relying, int64(t.At)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ToldOf returns who was told of a listing, by relying party.
func (s *Store) ToldOf(ctx context.Context, listing standing.CaseID) (told []store.Told, err error) {
	err = s.read(ctx, "read who was told", func(c *conn) error {
		return c.each(func(row []driver.Value) error {
			told = append(told, store.Told{Listing: listing, Relying: text(row[0]), At: standing.Instant(integer(row[1]))})
			return nil
		}, "SELECT relying, at FROM told WHERE listing = ?1 ORDER BY relying", listing[:])
	})
	return told, err
}

// Lease makes node the sequencer for a time.
func (s *Store) Lease(ctx context.Context, node string, now standing.Instant, ttl int64) (holder string, err error) {
	err = s.write(ctx, "take the lease", func(c *conn) error {
		if _, err := c.exec(`INSERT INTO lease (only, holder, until) VALUES (1, ?1, ?3)
			ON CONFLICT (only) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE holder = excluded.holder OR until <= ?2`, node, int64(now), int64(now)+ttl); err != nil {
			return err
		}
		row, err := c.first("SELECT holder FROM lease")
		if row != nil {
			holder = text(row[0])
		}
		return err
	})
	return holder, err
}
