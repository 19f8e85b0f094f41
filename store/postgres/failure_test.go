package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store/postgres"
)

func TestFailures(t *testing.T) {
	mine := errors.New("a caller's own")
	for _, test := range []struct {
		err  error
		kind standing.ErrorKind
		says string
	}{
		{&pgconn.PgError{Code: "53100"}, standing.Unavailable, "disk full: cannot record acts: make room"},
		{&pgconn.PgError{Code: "53300"}, standing.Unavailable, "no connections or memory left"},
		{&pgconn.PgError{Code: "25006"}, standing.Unavailable, "the primary"},
		{&pgconn.PgError{Code: "42501"}, standing.Unavailable, "rights"},
		{&pgconn.PgError{Code: "57P01"}, standing.Unavailable, "submit again"},
		{&pgconn.PgError{Code: "58030"}, standing.Unavailable, "check the disk"},
		{&pgconn.PgError{Code: "42P01"}, standing.Internal, "cannot record acts"},
		{fmt.Errorf("a wrapped %w", pgconn.ErrConnClosed), standing.Unavailable, "can be reached"},
		{context.DeadlineExceeded, standing.Unavailable, "given up"},
		{standing.Errorf(standing.Conflict, "known"), standing.Conflict, "known"},
		{mine, standing.Internal, mine.Error()},
	} {
		got := postgres.Failure("record acts", test.err)
		if standing.KindOf(got) != test.kind || !strings.Contains(got.Error(), test.says) || !errors.Is(got, test.err) {
			t.Errorf("%v became %v of kind %s, want %s and %q", test.err, got, standing.KindOf(got), test.kind, test.says)
		}
	}
	if err := postgres.Unsure(mine); standing.KindOf(err) != standing.Unavailable || !errors.Is(err, mine) {
		t.Errorf("an error that nobody knows, after a write, became %v", err)
	}
	if err := postgres.Unsure(nil); err != nil {
		t.Errorf("no error became %v", err)
	}
}

// TestCommitGivenUp ends a commit's context while another holds the lock.
func TestCommitGivenUp(t *testing.T) {
	s, url := create(t)
	release := hold(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error)
	go func() { answer <- s.Bulk(ctx, true) }()
	err := working(t.Context(), url, func(n int) bool { return n > 1 }) // hold's and Bulk's
	if err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-answer; standing.KindOf(err) != standing.Unavailable || err == nil {
		t.Errorf("a write whose context ends = %v, want Unavailable", err)
	}
	release()
	if err := s.Bulk(t.Context(), true); err != nil {
		t.Error(err)
	}
}
