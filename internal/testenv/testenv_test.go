package testenv_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing/internal/testenv"
)

func TestPostgresIsFreshAndDropped(t *testing.T) {
	var first string
	t.Run("user", func(t *testing.T) {
		first = testenv.Postgres(t)
		second := testenv.Postgres(t)
		if first == second {
			t.Fatalf("two tests were given the same database %s", first)
		}
		a, b := connect(t, first), connect(t, second)
		if _, err := a.Exec(t.Context(), "create table act (n int)"); err != nil {
			t.Fatal(err)
		}
		var tables int
		if err := b.QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables); err != nil {
			t.Fatal(err)
		}
		if tables != 0 {
			t.Errorf("a fresh database has %d tables", tables)
		}
		// Left open on purpose: a test that forgets a connection must not keep
		// its database alive.
	})
	if conn, err := pgx.Connect(t.Context(), first); err == nil {
		conn.Close(t.Context())
		t.Error("the database outlived its test")
	}
}

func TestNewDatabaseSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ server, want string }{
		{"host=localhost user=x", "no URL such as postgres://"},
		{"postgres://nobody:secret@127.0.0.1:1/postgres", "create a database at postgres://nobody:xxxxx@127.0.0.1:1"},
	} {
		t.Setenv(testenv.PostgresVariable, c.server)
		_, _, err := testenv.NewDatabase(t.Context())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s: %v, want %q", c.server, err, c.want)
		}
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}
