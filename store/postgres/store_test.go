package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/storetest"
)

func create(t testing.TB) (*postgres.Store, string) {
	t.Helper()
	url := testenv.Postgres(t)
	s, err := postgres.Create(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, url
}

func TestStore(t *testing.T) {
	// A database takes a fifth of a second: a test that asks for many stores, one
	// after another, gets one that is emptied.
	urls := map[*testing.T]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		url, open := urls[t], postgres.Open
		if url == "" {
			url, open = testenv.Postgres(t), postgres.Create
			urls[t] = url
		} else {
			execute(t, url, `
				DELETE FROM standing.entries; DELETE FROM standing.cases; DELETE FROM standing.vault; DELETE FROM standing.lookups;
				DELETE FROM standing.effects; DELETE FROM standing.tiles; DELETE FROM standing.documents; DELETE FROM standing.looks;
				DELETE FROM standing.told; DELETE FROM standing.lease; UPDATE standing.register SET size = 0, checkpoint = null, indexed = null`)
		}
		s, err := open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	})
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestReopen(t *testing.T) {
	storetest.Reopen(t, func(t *testing.T) func() store.Store {
		url, open := testenv.Postgres(t), postgres.Create
		return func() store.Store {
			s, err := open(context.Background(), url)
			if err != nil {
				t.Fatal(err)
			}
			open = postgres.Open
			return s
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	ctx := t.Context()
	empty := testenv.Postgres(t)
	_, full := create(t)
	for name, test := range map[string]struct {
		open func(context.Context, string) (*postgres.Store, error)
		url  string
		want standing.ErrorKind
	}{
		"no register":  {postgres.Open, empty, standing.NotFound},
		"a register":   {postgres.Create, full, standing.Conflict},
		"no server":    {postgres.Open, "postgres://a:b@127.0.0.1:1/c?sslmode=disable", standing.Unavailable},
		"no database":  {postgres.Open, empty + "x", standing.Invalid},
		"no address":   {postgres.Open, "what is this", standing.Invalid},
		"wrong scheme": {postgres.Open, "mysql://a:b@c/d", standing.Invalid},
	} {
		if s, err := test.open(ctx, test.url); err == nil {
			t.Errorf("%s: opened", name)
			s.Close()
		} else if standing.KindOf(err) != test.want {
			t.Errorf("%s: %v, want kind %s", name, err, test.want)
		}
	}
}
