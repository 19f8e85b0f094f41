package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

// Commit makes a batch durable.
func (s *Store) Commit(ctx context.Context, b *store.Batch) error {
	return s.write(ctx, "record acts", func(conn *pgx.Conn, q *queue) error {
		q.claim(b)
		q.heads(b)
		q.rows(b)
		if err := q.send(ctx, conn); err != nil {
			return err
		}
		if err := erase(ctx, conn, b.Erased); err != nil {
			return err
		}
		return forget(ctx, conn, b.Forgotten)
	})
}

// write calls fn with a queue that begins a transaction when it is sent, and
// ends the transaction as fn says.
func (s *Store) write(ctx context.Context, doing string, fn func(*pgx.Conn, *queue) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	return unsure(failure(doing, s.pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		q := &queue{}
		q.add("BEGIN")
		err := fn(c.Conn(), q)
		if err == nil {
			_, err = c.Exec(ctx, "COMMIT")
		} else if !c.Conn().IsClosed() {
			// The pool drops a connection that is still in a transaction.
			c.Exec(ctx, "ROLLBACK")
		}
		return err
	})))
}

// queue collects the statements of a commit, which travel together. A statement
// is the same text whatever the batch, so that the server plans it once: rows
// come as one array per column.
type queue struct {
	batch  pgx.Batch
	checks []check
}

// check is what must be true of a statement: how many rows it changes, or else
// which error.
type check struct {
	rows int64 // -1 for any
	err  func(rows int64) error
}

func (q *queue) add(query string, args ...any) {
	q.batch.Queue(query, args...)
	q.checks = append(q.checks, check{rows: -1})
}

func (q *queue) must(rows int, err func(rows int64) error, query string, args ...any) {
	q.batch.Queue(query, args...)
	q.checks = append(q.checks, check{int64(rows), err})
}

func (q *queue) send(ctx context.Context, conn *pgx.Conn) error {
	results := conn.SendBatch(ctx, &q.batch)
	for _, c := range q.checks {
		tag, err := results.Exec()
		if err == nil && c.rows >= 0 && tag.RowsAffected() != c.rows {
			err = c.err(tag.RowsAffected())
		}
		if err != nil {
			results.Close()
			return err
		}
	}
	return results.Close()
}

// claim is the compare-and-swap on the size, and the lock of everything else.
func (q *queue) claim(b *store.Batch) {
	after := b.PreviousSize + uint64(len(b.Leaves))
	q.must(1, func(int64) error {
		return standing.Errorf(standing.Conflict, "the store does not have %d acts, which the batch follows", b.PreviousSize)
	}, "UPDATE standing.register SET size = $2, checkpoint = coalesce($3, checkpoint) WHERE size = $1",
		columns.Bound(b.PreviousSize), columns.Bound(after), b.Checkpoint)
}

func (q *queue) heads(b *store.Batch) {
	var fresh, known headColumns
	for _, h := range columns.ByCase(b.Heads) {
		if h.Version == uint64(len(h.Positions)) {
			fresh.add(h)
		} else {
			known.add(h)
		}
	}
	if n := len(fresh.ids); n > 0 {
		q.must(n, func(rows int64) error {
			return standing.Errorf(standing.Conflict, "%d of %d cases that the batch opens exist already, between %s and %s", int64(n)-rows, n, fresh.first(), fresh.last())
		}, `INSERT INTO standing.cases (id, kind, version, positions, listings)
			SELECT * FROM unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])
			ON CONFLICT (id) DO NOTHING`, fresh.ids, fresh.kinds, fresh.versions, fresh.positions, fresh.listings)
	}
	if n := len(known.ids); n > 0 {
		q.must(n, func(rows int64) error {
			return standing.Errorf(standing.Conflict, "%d of %d cases, between %s and %s, are not at the version that the batch follows: read them again and sign anew", int64(n)-rows, n, known.first(), known.last())
		}, `UPDATE standing.cases c SET version = u.version, positions = c.positions || u.positions, listings = c.listings || u.listings
			FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[]) AS u (id, before, version, positions, listings)
			WHERE c.id = u.id AND c.version = u.before`, known.ids, known.before, known.versions, known.positions, known.listings)
	}
}

// headColumns are head changes, column by column.
type headColumns struct {
	ids, positions, listings [][]byte
	kinds                    []int16
	before, versions         []int64
}

func (c *headColumns) add(h *store.HeadChange) {
	c.ids = append(c.ids, h.Case[:])
	c.kinds = append(c.kinds, int16(h.Kind))
	c.before = append(c.before, int64(h.Version)-int64(len(h.Positions)))
	c.versions = append(c.versions, int64(h.Version))
	c.positions = append(c.positions, columns.AppendPositions([]byte{}, h.Positions))
	c.listings = append(c.listings, columns.AppendCases([]byte{}, h.Listings))
}

func (c *headColumns) first() standing.CaseID { return standing.CaseID(c.ids[0]) }

func (c *headColumns) last() standing.CaseID { return standing.CaseID(c.ids[len(c.ids)-1]) }

// rows adds what cannot conflict once the claim has passed.
func (q *queue) rows(b *store.Batch) {
	if len(b.Leaves) > 0 {
		q.add(`INSERT INTO standing.entries (position, leaf)
			SELECT $1 + u.number - 1, u.leaf FROM unnest($2::bytea[]) WITH ORDINALITY AS u (leaf, number)`, columns.Bound(b.PreviousSize), b.Leaves)
	}
	q.vault(b)
	if n := len(b.Effects); n > 0 {
		listings, rows := make([][]byte, n), make([][]byte, n)
		for i := range b.Effects {
			listings[i], rows[i] = b.Effects[i].Listing[:], store.AppendEffect(nil, &b.Effects[i])
		}
		q.add(upsertEffects, listings, rows)
	}
	if n := len(b.Tiles); n > 0 {
		places, hashes := make([]int64, n), make([][]byte, n)
		for i, t := range b.Tiles {
			places[i], hashes[i] = columns.Place(t.Level, t.Index), t.Bytes
		}
		q.add(`INSERT INTO standing.tiles AS t (place, hashes) SELECT * FROM unnest($1::bigint[], $2::bytea[])
			ON CONFLICT (place) DO UPDATE SET hashes = excluded.hashes WHERE length(excluded.hashes) > length(t.hashes)`, places, hashes)
	}
	for i := range b.Documents {
		q.add("INSERT INTO standing.documents (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING", b.Documents[i].Digest[:], b.Documents[i].Bytes)
	}
}

const upsertEffects = `INSERT INTO standing.effects (listing, effect) SELECT * FROM unnest($1::bytea[], $2::bytea[])
	ON CONFLICT (listing) DO UPDATE SET effect = excluded.effect`

func (q *queue) vault(b *store.Batch) {
	n := len(b.Vault)
	if n == 0 {
		return
	}
	positions, slots, keys, sealed := make([]int64, n), make([]int64, n), make([][]byte, n), make([][]byte, n)
	for i := range b.Vault {
		v := &b.Vault[i]
		positions[i], slots[i], keys[i], sealed[i] = int64(v.Position), int64(v.Slot), columns.AppendKeys([]byte{}, v.Keys), v.Sealed
	}
	q.add(`INSERT INTO standing.vault (position, slot, keys, sealed) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])
		ON CONFLICT (position) DO UPDATE SET slot = excluded.slot, keys = excluded.keys, sealed = excluded.sealed`, positions, slots, keys, sealed)
	pairs := columns.Pairs(b.Vault)
	keyOf, positionOf := make([]int64, len(pairs)), make([]int64, len(pairs))
	for i, p := range pairs {
		keyOf[i], positionOf[i] = p.Key, p.Position
	}
	q.add(`INSERT INTO standing.lookups (key, position)
		SELECT u.key, u.position FROM unnest($1::bigint[], $2::bigint[]) AS u (key, position), standing.register r WHERE r.indexed IS NULL
		ON CONFLICT (key, position) DO NOTHING`, keyOf, positionOf)
}

// erase removes vault rows with their look-ups.
func erase(ctx context.Context, conn *pgx.Conn, erased []uint64) error {
	if len(erased) == 0 {
		return nil
	}
	positions := make([]int64, len(erased))
	for i, p := range erased {
		positions[i] = columns.Bound(p)
	}
	rows, err := conn.Query(ctx, "DELETE FROM standing.vault WHERE position = ANY ($1) RETURNING position, keys", positions)
	if err != nil {
		return err
	}
	var gone []columns.Pair
	var position int64
	var keys []byte
	_, err = pgx.ForEachRow(rows, []any{&position, &keys}, func() error {
		for _, k := range columns.Keys(keys) {
			gone = append(gone, columns.Pair{Key: columns.Short(k), Position: position})
		}
		return nil
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	keyOf, positionOf := make([]int64, len(gone)), make([]int64, len(gone))
	for i, p := range gone {
		keyOf[i], positionOf[i] = p.Key, p.Position
	}
	_, err = conn.Exec(ctx, `DELETE FROM standing.lookups l USING unnest($1::bigint[], $2::bigint[]) AS u (key, position)
		WHERE l.key = u.key AND l.position = u.position`, keyOf, positionOf)
	return err
}

// forget takes the keys out of effect rows.
func forget(ctx context.Context, conn *pgx.Conn, forgotten []standing.CaseID) error {
	if len(forgotten) == 0 {
		return nil
	}
	listings := make([][]byte, len(forgotten))
	for i := range forgotten {
		listings[i] = forgotten[i][:]
	}
	rows, err := conn.Query(ctx, "SELECT effect FROM standing.effects WHERE listing = ANY ($1)", listings)
	if err != nil {
		return err
	}
	encoded, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil || len(encoded) == 0 {
		return err
	}
	var decoder store.EffectDecoder
	listings = listings[:0]
	for i := range encoded {
		var e store.EffectRow
		if err := decoder.Decode(encoded[i], &e); err != nil {
			return err
		}
		e.Keys = nil
		listings, encoded[i] = append(listings, e.Listing[:]), store.AppendEffect(nil, &e)
	}
	_, err = conn.Exec(ctx, upsertEffects, listings, encoded)
	return err
}
