package sqlite

import (
	"context"
	"database/sql/driver"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
	"github.com/openstanding/standing/store/internal/gate"
)

// read calls fn with a connection for a single statement.
func (s *Store) read(ctx context.Context, doing string, fn func(*conn) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	return failure(doing, s.readers.use(fn))
}

// snapshot calls fn with a connection on which several statements see one
// state.
func (s *Store) snapshot(ctx context.Context, doing string, fn func(*conn) error) error {
	return s.read(ctx, doing, func(c *conn) error {
		return c.transaction("BEGIN", func() error { return fn(c) })
	})
}

// walk calls fn like snapshot, on a connection of its own: the caller's
// function may take its time and read from the store.
func (s *Store) walk(ctx context.Context, doing string, fn func(*conn) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	return failure(doing, s.readers.own(func(c *conn) error {
		return c.transaction("BEGIN", func() error { return fn(c) })
	}))
}

// each is conn.each until the context ends.
func each(ctx context.Context, c *conn, fn func(row []driver.Value) error, query string, args ...driver.Value) error {
	return c.each(func(row []driver.Value) error {
		if err := gate.Ended(ctx); err != nil {
			return err
		}
		return fn(row)
	}, query, args...)
}

// Size is the number of acts.
func (s *Store) Size(ctx context.Context) (size uint64, err error) {
	err = s.read(ctx, "read the size", func(c *conn) error {
		n, err := c.number("SELECT size FROM register")
		size = uint64(n)
		return err
	})
	return size, err
}

// Checkpoint returns the last signed checkpoint.
func (s *Store) Checkpoint(ctx context.Context) ([]byte, error) {
	return s.bytes(ctx, "read the checkpoint", "SELECT checkpoint FROM register")
}

// bytes returns the first column of the first row; nil when there is none.
func (s *Store) bytes(ctx context.Context, doing, query string, args ...driver.Value) (b []byte, err error) {
	err = s.read(ctx, doing, func(c *conn) error {
		row, err := c.first(query, args...)
		if row != nil {
			b = blob(row[0])
		}
		return err
	})
	return b, err
}

const headColumns = "SELECT id, kind, version, positions, listings FROM cases "

// Head returns the head of a case.
func (s *Store) Head(ctx context.Context, id standing.CaseID) (h store.Head, err error) {
	h.Case = id
	err = s.read(ctx, "read case "+id.String(), func(c *conn) error {
		row, err := c.first(headColumns+"WHERE id = ?1", id[:])
		if row != nil {
			h, err = headOf(row)
		}
		return err
	})
	return h, err
}

func headOf(row []driver.Value) (store.Head, error) {
	return columns.Head(blob(row[0]), integer(row[1]), integer(row[2]), blob(row[3]), blob(row[4]))
}

// Case returns a case's entries in order.
func (s *Store) Case(ctx context.Context, id standing.CaseID) (entries []*standing.Entry, err error) {
	err = s.snapshot(ctx, "read case "+id.String(), func(c *conn) error {
		row, err := c.first(headColumns+"WHERE id = ?1", id[:])
		if err != nil || row == nil {
			return err
		}
		h, err := headOf(row)
		if err != nil {
			return err
		}
		for _, p := range h.Positions {
			row, err := c.first("SELECT leaf FROM entries WHERE position = ?1", int64(p))
			if err != nil {
				return err
			}
			if row == nil {
				return standing.Errorf(standing.Internal, "act %d of case %s is missing: run standing verify", p, id)
			}
			e, err := standing.DecodeEntry(p, blob(row[0]))
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// leavesStep is how many entries are read at a time: an entry bundle of the
// public log.
const leavesStep = 256

// Leaves calls fn with entry bytes in order. Entries never change, so that
// reading them in steps shows one state.
func (s *Store) Leaves(ctx context.Context, from, to uint64, fn func(uint64, []byte) error) error {
	size, err := s.Size(ctx)
	if err != nil {
		return err
	}
	for to = min(to, size); from < to; from += leavesStep {
		var leaves [][]byte
		err := s.read(ctx, "read acts", func(c *conn) error {
			return c.each(func(row []driver.Value) error {
				leaves = append(leaves, blob(row[0]))
				return nil
			}, "SELECT leaf FROM entries WHERE position >= ?1 AND position < ?2 ORDER BY position", columns.Bound(from), columns.Bound(min(to, from+leavesStep)))
		})
		if err == nil && uint64(len(leaves)) != min(to-from, leavesStep) {
			err = standing.Errorf(standing.Internal, "acts are missing between %d and %d: run standing verify", from, from+leavesStep)
		}
		for i := 0; err == nil && i < len(leaves); i++ {
			if err = gate.Ended(ctx); err == nil {
				err = fn(from+uint64(i), leaves[i])
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// EachHead calls fn with every head in ascending order of case id.
func (s *Store) EachHead(ctx context.Context, fn func(store.Head) error) error {
	return s.walk(ctx, "read cases", func(c *conn) error {
		return each(ctx, c, func(row []driver.Value) error {
			h, err := headOf(row)
			if err != nil {
				return err
			}
			return fn(h)
		}, headColumns+"ORDER BY id")
	})
}

// LastCase returns the greatest case id.
func (s *Store) LastCase(ctx context.Context) (id standing.CaseID, err error) {
	b, err := s.bytes(ctx, "read the last case", "SELECT max(id) FROM cases")
	copy(id[:], b)
	return id, err
}

// Vault returns the vault row of a position.
func (s *Store) Vault(ctx context.Context, position uint64) (v store.VaultRow, err error) {
	v.Position = position
	err = s.read(ctx, "read the vault", func(c *conn) error {
		row, err := c.first("SELECT slot, keys, sealed FROM vault WHERE position = ?1", columns.Bound(position))
		if row != nil {
			v.Slot, v.Keys, v.Sealed = uint64(integer(row[0])), columns.Keys(blob(row[1])), blob(row[2])
		}
		return err
	})
	return v, err
}

// Effect returns the row of a listing.
func (s *Store) Effect(ctx context.Context, listing standing.CaseID) (e store.EffectRow, err error) {
	b, err := s.bytes(ctx, "read an effect", "SELECT row FROM effects WHERE listing = ?1", listing[:])
	if err != nil {
		return e, err
	}
	if b == nil {
		return e, standing.Errorf(standing.NotFound, "no effect row for listing %s", listing)
	}
	err = new(store.EffectDecoder).Decode(b, &e)
	return e, err
}

// EachEffect calls fn with every effect row of one state.
func (s *Store) EachEffect(ctx context.Context, fn func(*store.EffectRow) error) (size uint64, err error) {
	var decoder store.EffectDecoder
	err = s.walk(ctx, "read effects", func(c *conn) error {
		n, err := c.number("SELECT size FROM register")
		if err != nil {
			return err
		}
		size = uint64(n)
		return each(ctx, c, func(row []driver.Value) error {
			var e store.EffectRow
			if err := decoder.Decode(blob(row[0]), &e); err != nil {
				return err
			}
			return fn(&e)
		}, "SELECT row FROM effects")
	})
	return size, err
}

// Tile returns the bytes of a hash tile.
func (s *Store) Tile(ctx context.Context, level uint8, index uint64) ([]byte, error) {
	b, err := s.bytes(ctx, "read a tile", "SELECT bytes FROM tiles WHERE place = ?1", columns.Place(level, index))
	if err == nil && b == nil {
		return nil, standing.Errorf(standing.NotFound, "no tile %d/%d", level, index)
	}
	return b, err
}

// Document returns a public text by digest.
func (s *Store) Document(ctx context.Context, digest standing.Digest) (b []byte, err error) {
	found := false
	err = s.read(ctx, "read a document", func(c *conn) error {
		row, err := c.first("SELECT bytes FROM documents WHERE digest = ?1", digest[:])
		if row != nil {
			found, b = true, blob(row[0])
		}
		return err
	})
	if err == nil && !found {
		return nil, standing.Errorf(standing.NotFound, "no document %s", digest)
	}
	return b, err
}
