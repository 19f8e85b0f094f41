package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// AppendLooks makes looks durable.
func (s *Store) AppendLooks(ctx context.Context, looks []store.Look) error {
	n := len(looks)
	at, relying, purpose, verdict := make([]int64, n), make([]string, n), make([]string, n), make([]string, n)
	keys, found := make([][]byte, n), make([][]byte, n)
	for i := range looks {
		l := &looks[i]
		at[i], relying[i], purpose[i], verdict[i], keys[i], found[i] = int64(l.At), l.Relying, l.Purpose, l.Verdict, l.Key[:], l.Case[:]
	}
	return s.exec(ctx, "record looks", `INSERT INTO standing.looks (at, relying, purpose, key, found, verdict)
		SELECT u.at, u.relying, u.purpose, u.key, u.found, u.verdict
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[]) WITH ORDINALITY AS u (at, relying, purpose, key, found, verdict, number)
		ORDER BY u.number`, at, relying, purpose, keys, found, verdict)
}

// exec runs one statement, which is a transaction by itself.
func (s *Store) exec(ctx context.Context, doing, query string, args ...any) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	_, err := s.pool.Exec(ctx, query, args...)
	return unsure(failure(doing, err))
}

// Looks calls fn with the looks at a key, oldest first.
func (s *Store) Looks(ctx context.Context, key store.Key, fn func(store.Look) error) error {
	query, args := "SELECT at, relying, purpose, key, found, verdict FROM standing.looks ", []any{}
	if key != (store.Key{}) {
		query, args = query+"WHERE key = $1 ", []any{key[:]}
	}
	return s.walk(ctx, "read looks", func(tx pgx.Tx) error {
		var l store.Look
		var key, found []byte
		return each(ctx, tx, []any{&l.At, &l.Relying, &l.Purpose, &key, &found, &l.Verdict}, func() error {
			copy(l.Key[:], key)
			copy(l.Case[:], found)
			return fn(l)
		}, query+"ORDER BY number", args...)
	})
}

// AppendTold records who was told of listings; the first time stays.
func (s *Store) AppendTold(ctx context.Context, told []store.Told) error {
	n := len(told)
	listings, relying, at := make([][]byte, n), make([]string, n), make([]int64, n)
	for i := range told {
		listings[i], relying[i], at[i] = told[i].Listing[:], told[i].Relying, int64(told[i].At)
	}
	return s.exec(ctx, "record who was told", `INSERT INTO standing.told (listing, relying, at)
		SELECT u.listing, u.relying, u.at FROM unnest($1::bytea[], $2::text[], $3::bigint[]) WITH ORDINALITY AS u (listing, relying, at, number)
		ORDER BY u.number ON CONFLICT (listing, relying) DO NOTHING`, listings, relying, at)
}

// ToldOf returns who was told of a listing, by relying party.
func (s *Store) ToldOf(ctx context.Context, listing standing.CaseID) (told []store.Told, err error) {
	t := store.Told{Listing: listing}
	err = s.rows(ctx, "read who was told", []any{&t.Relying, &t.At}, func() error {
		told = append(told, t)
		return nil
	}, "SELECT relying, at FROM standing.told WHERE listing = $1 ORDER BY relying", listing[:])
	return told, err
}

// Lease makes node the sequencer for a time.
func (s *Store) Lease(ctx context.Context, node string, now standing.Instant, ttl int64) (holder string, err error) {
	err = s.write(ctx, "take the lease", func(conn *pgx.Conn, q *queue) error {
		q.add(`INSERT INTO standing.lease AS l (holder, until) VALUES ($1, $3)
			ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE l.holder = excluded.holder OR l.until <= $2`, node, int64(now), int64(now)+ttl)
		if err := q.send(ctx, conn); err != nil {
			return err
		}
		return conn.QueryRow(ctx, "SELECT holder FROM standing.lease").Scan(&holder)
	})
	return holder, err
}
