package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/internal/testenv"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/storetest"
)

func TestNewerVersions(t *testing.T) {
	for name, change := range map[string]string{
		"format": "UPDATE standing.register SET format = 2",
		"tables": "INSERT INTO standing.migrations (number, name) VALUES (9999, 'from the future')",
	} {
		s, url := create(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, url, change)
		if _, err := postgres.Open(t.Context(), url); standing.KindOf(err) != standing.Unsupported || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("Open of newer %s: %v", name, err)
		}
	}
}

// TestRefusesToLoseActs stands a function of its own in front of the server's,
// which then seems to run without syncing.
func TestRefusesToLoseActs(t *testing.T) {
	for _, setting := range []string{"fsync", "full_page_writes"} {
		_, url := create(t)
		execute(t, url, `CREATE SCHEMA fake; CREATE FUNCTION fake.current_setting(name text, missing boolean) RETURNS text LANGUAGE sql AS
			$$ SELECT CASE name WHEN '`+setting+`' THEN 'off' ELSE pg_catalog.current_setting(name, missing) END $$`)
		_, err := postgres.Open(t.Context(), url+"&search_path=fake,pg_catalog")
		if standing.KindOf(err) != standing.Unavailable || err == nil || !strings.Contains(err.Error(), setting+"=off") {
			t.Errorf("Open of a server with %s=off: %v", setting, err)
		}
	}
}

func TestCommitsWait(t *testing.T) {
	for setting, want := range map[string]string{"off": "on", "local": "local", "remote_apply": "remote_apply"} {
		s, url := create(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := postgres.Open(t.Context(), url+"&synchronous_commit="+setting)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Show(t.Context(), "synchronous_commit"); err != nil || got != want {
			t.Errorf("synchronous_commit = %q, %v where the server says %s, want %s", got, err, setting, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoNodes lets two nodes commit to one register: of every race one wins,
// and the loser goes on from where the winner left it.
func TestTwoNodes(t *testing.T) {
	ctx := t.Context()
	one, url := create(t)
	two, err := postgres.Open(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	m, twin := storetest.NewMaker(61), memory.New(memory.Faults{})
	wins := [2]int{}
	for range 40 {
		b := m.Batch(5)
		results := [2]error{}
		var group sync.WaitGroup
		for i, s := range []*postgres.Store{one, two} {
			group.Go(func() { results[i] = s.Commit(ctx, b) })
		}
		group.Wait()
		for i := range results {
			if results[i] == nil {
				wins[i]++
			} else if standing.KindOf(results[i]) != standing.Conflict {
				t.Fatal(results[i])
			}
		}
		if (results[0] == nil) == (results[1] == nil) {
			t.Fatalf("of two commits on one size: %v, %v", results[0], results[1])
		}
		if err := twin.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("the nodes won %d and %d races", wins[0], wins[1])
	want, err := storetest.Read(ctx, twin, m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := storetest.Read(ctx, two, m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := storetest.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// hold takes the lock that every commit needs, until release is called.
func hold(t *testing.T, url string) (release func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "BEGIN; UPDATE standing.register SET size = size"); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

func TestCreateRace(t *testing.T) {
	ctx, url := t.Context(), testenv.Postgres(t)
	results := [4]error{}
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			s, err := postgres.Create(ctx, url)
			if results[i] = err; err == nil {
				s.Close()
			}
		})
	}
	group.Wait()
	made := 0
	for _, err := range results {
		if err == nil {
			made++
		} else if standing.KindOf(err) != standing.Conflict {
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("%d of %d made the register", made, len(results))
	}
}
