package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

// Lookup returns the positions whose vault rows hold the key. During a long
// load it also walks the vault rows that came since its beginning: it asks again
// with what the first answer says was not indexed, so that one statement sees
// both parts in one state, and a load that ends in between does no harm.
func (s *Store) Lookup(ctx context.Context, key store.Key) (positions []uint64, err error) {
	var indexed, position *int64
	var keys []byte
	take := func() error {
		if position != nil && columns.HasKey(keys, key) {
			positions = append(positions, uint64(*position))
		}
		return nil
	}
	err = s.rows(ctx, "look up a key", []any{&indexed, &position, &keys}, take,
		"SELECT r.indexed, v.position, v.keys FROM standing.register r LEFT JOIN standing.vault v ON v.position = "+anyIndexed, columns.Short(key))
	if err == nil && indexed != nil {
		positions = nil
		err = s.rows(ctx, "look up a key", []any{&position, &keys}, take,
			"SELECT position, keys FROM standing.vault WHERE position >= $2 OR position = "+anyIndexed, columns.Short(key), *indexed)
	}
	slices.Sort(positions)
	return positions, err
}

// anyIndexed is written as an array, not as a join, so that the server goes by
// the index even while it has no statistics of a table that is filling.
const anyIndexed = "ANY (ARRAY (SELECT l.position FROM standing.lookups l WHERE l.key = $1))"

// Bulk begins or ends a long load. In between, vault rows are not indexed as
// they come; the end indexes them in sorted order. A process that opens the
// register ends the load of any other, which costs speed and nothing else.
func (s *Store) Bulk(ctx context.Context, on bool) error {
	if on {
		return s.write(ctx, "begin a long load", func(conn *pgx.Conn, q *queue) error {
			q.add("UPDATE standing.register SET indexed = size WHERE indexed IS NULL")
			return q.send(ctx, conn)
		})
	}
	for done := false; !done; {
		err := s.write(ctx, "index look-up keys", func(conn *pgx.Conn, q *queue) (err error) {
			if err := q.send(ctx, conn); err != nil {
				return err
			}
			done, err = indexStep(ctx, conn)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bulkStep is how many keys are indexed in one transaction: half a second in
// which commits wait.
const bulkStep = 1 << 18

// indexStep indexes some vault rows and reports whether none are left.
func indexStep(ctx context.Context, conn *pgx.Conn) (done bool, err error) {
	var from *int64
	if err := conn.QueryRow(ctx, "SELECT indexed FROM standing.register FOR UPDATE").Scan(&from); err != nil || from == nil {
		return true, err
	}
	rows, err := conn.Query(ctx, "SELECT position, keys FROM standing.vault WHERE position >= $1 ORDER BY position LIMIT $2", *from, bulkStep)
	if err != nil {
		return false, err
	}
	var pairs []columns.Pair
	var position int64
	var keys []byte
	tag, err := pgx.ForEachRow(rows, []any{&position, &keys}, func() error {
		for _, k := range columns.Keys(keys) {
			pairs = append(pairs, columns.Pair{Key: columns.Short(k), Position: position})
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	pairs = columns.Sorted(pairs)
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"standing", "lookups"}, []string{"key", "position"},
		pgx.CopyFromSlice(len(pairs), func(i int) ([]any, error) { return []any{pairs[i].Key, pairs[i].Position}, nil }))
	if err != nil {
		return false, err
	}
	done = tag.RowsAffected() < bulkStep
	var next *int64
	if !done {
		position++
		next = &position
	}
	_, err = conn.Exec(ctx, "UPDATE standing.register SET indexed = $1", next)
	return done, err
}
