// Package postgres keeps a register in a PostgreSQL database, 15 or later, in
// the schema "standing": for deployments of several nodes, and for engines that
// speak its protocol.
//
//	s, err := postgres.Create(ctx, "postgres://user:password@host/database") // a new register: an explicit act
//	s, err := postgres.Open(ctx, "postgres://user:password@host/database")   // one that exists; migrates its tables
//
// A commit is one transaction in two round trips: everything, then COMMIT. The
// row of table register is its compare-and-swap and its lock. Commits wait for
// the write-ahead log to be synced whatever the server's default; a server with
// fsync off is refused.
//
// Erasing deletes rows. PostgreSQL overwrites the place of a deleted row when it
// uses it again after VACUUM, and its log files go when they are recycled or
// archived copies expire: until then ciphertext under a destroyed key remains.
package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/gate"
)

// Store is a register in a PostgreSQL database. Several processes may have it
// open.
type Store struct {
	pool *pgxpool.Pool
	gate gate.Gate
}

var _ store.Store = (*Store)(nil)

// Create makes a new register in a database that has none and opens it.
func Create(ctx context.Context, url string) (*Store, error) { return open(ctx, url, true) }

// Open opens the register in a database, which must hold one. The number of
// connections is 8, or what pool_max_conns in the URL says; a long read takes
// one beside them.
func Open(ctx context.Context, url string) (*Store, error) { return open(ctx, url, false) }

const connections = 8

func open(ctx context.Context, url string, create bool) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, standing.Errorf(standing.Invalid, "the database address is malformed: write postgres://user:password@host:port/database")
	}
	if config.ConnConfig.Config.RuntimeParams["application_name"] == "" {
		config.ConnConfig.Config.RuntimeParams["application_name"] = "standing"
	}
	if config.MaxConns < connections {
		config.MaxConns = connections
	}
	config.AfterConnect = durable
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig.Copy())
	if err != nil {
		return nil, failure("reach the database", err)
	}
	err = errors.Join(prepare(ctx, conn, create), conn.Close(ctx))
	if err != nil {
		return nil, failure("open the register", err)
	}
	s := &Store{}
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, failure("open the register", err)
	}
	if err := s.Bulk(ctx, false); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func prepare(ctx context.Context, conn *pgx.Conn, create bool) error {
	if err := durable(ctx, conn); err != nil {
		return err
	}
	return migrate(ctx, conn, create)
}

// durable refuses a server that loses acknowledged commits, and makes this
// connection wait for the log where the server's default would not.
func durable(ctx context.Context, conn *pgx.Conn) error {
	for _, name := range []string{"fsync", "full_page_writes"} {
		value, err := setting(ctx, conn, name)
		if err != nil {
			return err
		}
		if value == "off" {
			return standing.Errorf(standing.Unavailable, "the database server runs with %s=off and would lose acts: set it to on", name)
		}
	}
	value, err := setting(ctx, conn, "synchronous_commit")
	if err == nil && value == "off" {
		_, err = conn.Exec(ctx, "SET synchronous_commit = on")
	}
	return err
}

// setting is a setting of the server; "" for one that the engine does not have.
func setting(ctx context.Context, conn *pgx.Conn, name string) (value string, err error) {
	err = conn.QueryRow(ctx, "SELECT coalesce(current_setting($1, true), '')", name).Scan(&value)
	return value, err
}

// Close waits for calls in progress and closes the connections.
func (s *Store) Close() error {
	if s.gate.Close() {
		s.pool.Close()
	}
	return nil
}
