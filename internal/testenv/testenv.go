// Package testenv gives tests the outside things they need, or fails with what
// to install; it never skips.
//
//	db, err := sql.Open("pgx", testenv.Postgres(t)) // a fresh, empty database
//
// `make test` starts one PostgreSQL server for all packages and names it in
// STANDING_TEST_POSTGRES. Without that variable, as in a plain `go test`, the
// first test of a package that asks starts a throw-away server, which ends with
// the test process.
package testenv

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing/internal/testenv/cluster"
)

// PostgresVariable names the environment variable with the URL of a PostgreSQL
// server, 15 or later, whose user may create databases:
// postgres://user:password@host:port/postgres
const PostgresVariable = "STANDING_TEST_POSTGRES"

const databaseLimit = time.Minute

// Postgres returns the URL of a fresh, empty database that is dropped when the
// test ends, whoever is still connected. Without a server it fails the test and
// says what to do.
func Postgres(t testing.TB) string {
	t.Helper()
	address, drop, err := NewDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return address
}

// NewDatabase is [Postgres] for callers without a [testing.TB]: drop must be
// called once and takes a minute at most.
func NewDatabase(ctx context.Context) (address string, drop func() error, err error) {
	server, err := server()
	if err != nil {
		return "", nil, err
	}
	u, err := url.Parse(server)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", nil, fmt.Errorf("testenv: %s=%q is no URL such as postgres://user:password@host:port/postgres", PostgresVariable, server)
	}
	name := "standing_test_" + strings.ToLower(rand.Text())
	if err := execute(ctx, server, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", nil, fmt.Errorf("testenv: create a database at %s: %w", u.Redacted(), err)
	}
	u.Path = "/" + name
	drop = func() error {
		// The test's own context is over by now.
		err := execute(context.Background(), server, "DROP DATABASE "+name+" WITH (FORCE)")
		if err != nil {
			return fmt.Errorf("testenv: drop the database of the test: %w", err)
		}
		return nil
	}
	return u.String(), drop, nil
}

func execute(ctx context.Context, server, statement string) error {
	ctx, cancel := context.WithTimeout(ctx, databaseLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// server returns the URL of the server to use.
func server() (string, error) {
	if given := os.Getenv(PostgresVariable); given != "" {
		return given, nil
	}
	c, err := own()
	if err != nil {
		return "", fmt.Errorf("testenv: this test needs PostgreSQL: %w\nor set %s=postgres://user:password@host:port/postgres to a server whose user may create databases", err, PostgresVariable)
	}
	return c.URL(), nil
}

// own is the one server of this test process. Nobody stops it: it ends when the
// process does.
var own = sync.OnceValues(func() (*cluster.Cluster, error) {
	return cluster.Start(context.Background())
})
