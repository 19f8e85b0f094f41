package postgres_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/internal/crash"
	"github.com/openstanding/standing/internal/testenv/cluster"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/storetest"
)

func TestMain(m *testing.M) {
	crash.Main(map[string]crash.Program{"commit": commitTo})
	os.Exit(m.Run())
}

// commitTo commits args[1] batches to the register at args[0].
func commitTo(args []string, ack func(int64)) error {
	s, err := postgres.Open(context.Background(), args[0])
	if err != nil {
		return err
	}
	enough, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	if err := storetest.Victim(context.Background(), s, enough, ack); err != nil {
		return err
	}
	return s.Close()
}

func TestKillClient(t *testing.T) {
	s, url := create(t)
	total := 0
	rounds := crash.Rounds{Program: "commit", Args: []string{url, "1000000"}, N: 10, Seed: 51, MaxAcks: 12, Spread: 6 * time.Millisecond}
	err := rounds.Run(t.Context(), func(_ int, acked []int64) error {
		total += len(acked)
		if err := working(t.Context(), url, func(n int) bool { return n == 0 }); err != nil {
			return err
		}
		return storetest.Survived(t.Context(), s, acked)
	})
	if err != nil {
		t.Error(err)
	}
	if total == 0 {
		t.Error("not one acknowledgement in all rounds: the test proves nothing")
	}
}

// working waits until enough other connections of the database are inside a
// transaction. After the death of a client, none: its last commit may still be
// under way, which is neither wrong nor a part of a batch, but would move while
// it is looked at.
func working(ctx context.Context, url string, enough func(n int) bool) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return eventually(ctx, func() error {
		var n int
		err := conn.QueryRow(ctx, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'").Scan(&n)
		if err == nil && !enough(n) {
			err = fmt.Errorf("%d other connections are at work", n)
		}
		return err
	})
}

// eventually calls fn until it succeeds, for a minute at most.
func eventually(ctx context.Context, fn func() error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := fn()
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return err
		}
	}
}

// TestServerCrash kills a process of a server of its own, upon which PostgreSQL
// ends all others at once and recovers from its log.
func TestServerCrash(t *testing.T) {
	ctx := t.Context()
	server, err := cluster.Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	s, err := postgres.Create(ctx, server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for round := range 4 {
		victim, err := pgx.Connect(ctx, server.URL())
		if err != nil {
			t.Fatal(err)
		}
		var acked []int64
		var kill sync.Once
		err = storetest.Victim(ctx, s, 1_000_000, func(size int64) {
			acked = append(acked, size)
			if len(acked) == 3+2*round {
				kill.Do(func() {
					if err := syscall.Kill(int(victim.PgConn().PID()), syscall.SIGKILL); err != nil {
						t.Fatal(err)
					}
				})
			}
		})
		if standing.KindOf(err) != standing.Unavailable {
			t.Fatalf("round %d: Commit while the server crashes = %v, want Unavailable", round, err)
		}
		victim.Close(ctx)
		err = eventually(ctx, func() error {
			_, err := s.Size(ctx)
			if err != nil && standing.KindOf(err) != standing.Unavailable {
				t.Errorf("Size while the server recovers = %v", err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := storetest.Survived(ctx, s, acked); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		t.Logf("round %d: %d acknowledgements before the crash", round, len(acked))
	}
}
