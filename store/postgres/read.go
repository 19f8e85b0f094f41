package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
	"github.com/openstanding/standing/store/internal/gate"
)

// row reads one row; found is false where there is none.
func (s *Store) row(ctx context.Context, doing string, into []any, query string, args ...any) (found bool, err error) {
	if err := s.gate.Enter(ctx); err != nil {
		return false, err
	}
	defer s.gate.Leave()
	err = s.pool.QueryRow(ctx, query, args...).Scan(into...)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, failure(doing, err)
}

// rows reads rows into the same variables and calls fn after each. Meanwhile fn
// must not use the store.
func (s *Store) rows(ctx context.Context, doing string, into []any, fn func() error, query string, args ...any) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	rows, err := s.pool.Query(ctx, query, args...)
	if err == nil {
		_, err = pgx.ForEachRow(rows, into, fn)
	}
	return failure(doing, err)
}

// walk calls fn with a transaction that sees one state, on a connection of its
// own: the caller's function may take its time and use the store.
func (s *Store) walk(ctx context.Context, doing string, fn func(pgx.Tx) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return failure(doing, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return failure(doing, pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, fn))
}

// each calls fn after each row of a walk until the context ends.
func each(ctx context.Context, tx pgx.Tx, into []any, fn func() error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, into, func() error {
		if err := gate.Ended(ctx); err != nil {
			return err
		}
		return fn()
	})
	return err
}

// Size is the number of acts.
func (s *Store) Size(ctx context.Context) (uint64, error) {
	var size int64
	_, err := s.row(ctx, "read the size", []any{&size}, "SELECT size FROM standing.register")
	return uint64(size), err
}

// Checkpoint returns the last signed checkpoint.
func (s *Store) Checkpoint(ctx context.Context) (b []byte, err error) {
	_, err = s.row(ctx, "read the checkpoint", []any{&b}, "SELECT checkpoint FROM standing.register")
	return b, err
}

// headRow is a row of cases, as its columns come.
type headRow struct {
	id, positions, listings []byte
	kind, version           int64
}

const selectHeads = "SELECT id, kind, version, positions, listings FROM standing.cases "

func (r *headRow) into() []any {
	return []any{&r.id, &r.kind, &r.version, &r.positions, &r.listings}
}

func (r *headRow) head() (store.Head, error) {
	return columns.Head(r.id, r.kind, r.version, r.positions, r.listings)
}

// Head returns the head of a case.
func (s *Store) Head(ctx context.Context, id standing.CaseID) (store.Head, error) {
	var r headRow
	found, err := s.row(ctx, "read case "+id.String(), r.into(), selectHeads+"WHERE id = $1", id[:])
	if err != nil || !found {
		return store.Head{Case: id}, err
	}
	return r.head()
}

// Case returns a case's entries in order.
func (s *Store) Case(ctx context.Context, id standing.CaseID) ([]*standing.Entry, error) {
	h, err := s.Head(ctx, id)
	if err != nil || h.Version == 0 {
		return nil, err
	}
	positions := make([]int64, len(h.Positions))
	for i, p := range h.Positions {
		positions[i] = int64(p)
	}
	entries := make([]*standing.Entry, 0, len(positions))
	var position int64
	var leaf []byte
	err = s.rows(ctx, "read case "+id.String(), []any{&position, &leaf}, func() error {
		e, err := standing.DecodeEntry(uint64(position), leaf)
		entries = append(entries, e)
		return err
	}, "SELECT position, leaf FROM standing.entries WHERE position = ANY ($1) ORDER BY position", positions)
	if err == nil && len(entries) != len(positions) {
		err = standing.Errorf(standing.Internal, "%d of %d acts of case %s are missing: run standing verify", len(positions)-len(entries), len(positions), id)
	}
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
		var leaf []byte
		err := s.rows(ctx, "read acts", []any{&leaf}, func() error {
			leaves = append(leaves, leaf)
			leaf = nil
			return nil
		}, "SELECT leaf FROM standing.entries WHERE position >= $1 AND position < $2 ORDER BY position", int64(from), int64(min(to, from+leavesStep)))
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
	return s.walk(ctx, "read cases", func(tx pgx.Tx) error {
		var r headRow
		return each(ctx, tx, r.into(), func() error {
			h, err := r.head()
			if err != nil {
				return err
			}
			return fn(h)
		}, selectHeads+"ORDER BY id")
	})
}

// LastCase returns the greatest case id.
func (s *Store) LastCase(ctx context.Context) (id standing.CaseID, err error) {
	var b []byte
	_, err = s.row(ctx, "read the last case", []any{&b}, "SELECT id FROM standing.cases ORDER BY id DESC LIMIT 1")
	copy(id[:], b)
	return id, err
}

// Vault returns the vault row of a position.
func (s *Store) Vault(ctx context.Context, position uint64) (store.VaultRow, error) {
	v := store.VaultRow{Position: position}
	var slot int64
	var keys []byte
	_, err := s.row(ctx, "read the vault", []any{&slot, &keys, &v.Sealed}, "SELECT slot, keys, sealed FROM standing.vault WHERE position = $1", columns.Bound(position))
	v.Slot, v.Keys = uint64(slot), columns.Keys(keys)
	return v, err
}

// Effect returns the row of a listing.
func (s *Store) Effect(ctx context.Context, listing standing.CaseID) (e store.EffectRow, err error) {
	var b []byte
	found, err := s.row(ctx, "read an effect", []any{&b}, "SELECT effect FROM standing.effects WHERE listing = $1", listing[:])
	if err != nil {
		return e, err
	}
	if !found {
		return e, standing.Errorf(standing.NotFound, "no effect row for listing %s", listing)
	}
	err = new(store.EffectDecoder).Decode(b, &e)
	return e, err
}

// EachEffect calls fn with every effect row of one state.
func (s *Store) EachEffect(ctx context.Context, fn func(*store.EffectRow) error) (size uint64, err error) {
	err = s.walk(ctx, "read effects", func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, "SELECT size FROM standing.register").Scan(&size); err != nil {
			return err
		}
		var decoder store.EffectDecoder
		var b pgtype.DriverBytes // valid until the next row, and not copied
		return each(ctx, tx, []any{&b}, func() error {
			var e store.EffectRow
			if err := decoder.Decode(b, &e); err != nil {
				return err
			}
			return fn(&e)
		}, "SELECT effect FROM standing.effects")
	})
	return size, err
}

// Tile returns the bytes of a hash tile.
func (s *Store) Tile(ctx context.Context, level uint8, index uint64) (b []byte, err error) {
	found, err := s.row(ctx, "read a tile", []any{&b}, "SELECT hashes FROM standing.tiles WHERE place = $1", columns.Place(level, index))
	if err == nil && !found {
		return nil, standing.Errorf(standing.NotFound, "no tile %d/%d", level, index)
	}
	return b, err
}

// Document returns a public text by digest.
func (s *Store) Document(ctx context.Context, digest standing.Digest) (b []byte, err error) {
	found, err := s.row(ctx, "read a document", []any{&b}, "SELECT content FROM standing.documents WHERE digest = $1", digest[:])
	if err == nil && !found {
		return nil, standing.Errorf(standing.NotFound, "no document %s", digest)
	}
	return b, err
}
