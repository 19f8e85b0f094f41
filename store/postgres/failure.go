package postgres

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/openstanding/standing"
)

// failure says what an error of the server or of the way to it means and what
// to do about it. Other errors pass: the register's own, and those of a caller's
// function.
func failure(doing string, err error) error {
	var known *standing.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &standing.Error{Kind: standing.Unavailable, What: "cannot " + doing, Err: err}
	var said *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &said):
		refine(e, said.Code)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e.Do = "the call was given up before the database answered"
	case errors.As(err, &connect), errors.As(err, &network), pgconn.SafeToRetry(err), errors.Is(err, net.ErrClosed), errors.Is(err, pgconn.ErrConnClosed), errors.Is(err, io.ErrUnexpectedEOF):
		e.Do = "check that the database server runs and can be reached"
	default:
		return err
	}
	return e
}

// unsure makes an error Unavailable if nothing says what it is: after a write,
// it may have come between the work and the answer.
func unsure(err error) error {
	var known *standing.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &standing.Error{Kind: standing.Unavailable, What: "the database did not answer", Do: "read the register again before anything else", Err: err}
}

// refine reads a code of the server (appendix A of the PostgreSQL manual).
func refine(e *standing.Error, code string) {
	switch {
	case code == "53100":
		e.What, e.Do = "disk full: "+e.What, "make room on the disk of the database server, then submit again"
	case strings.HasPrefix(code, "53"):
		e.Do = "the database server has no connections or memory left: give it more, then submit again"
	case code == "25006":
		e.Do = "the database server is a standby: give the address of the primary"
	case strings.HasPrefix(code, "28"), code == "42501", code == "3D000":
		e.Do = "check name, password and rights of the database user"
	case strings.HasPrefix(code, "57"), strings.HasPrefix(code, "08"), strings.HasPrefix(code, "40"), strings.HasPrefix(code, "55"):
		e.Do = "the database server gave up the work: submit again"
	case strings.HasPrefix(code, "58"):
		e.Do = "check the disk of the database server"
	default:
		e.Kind = standing.Internal
	}
}
