package sqlite

import (
	"errors"

	"modernc.org/sqlite"

	"github.com/openstanding/standing"
)

// The primary result codes of SQLite that callers can do something about
// (sqlite.org/rescode.html).
const (
	codeBusy     = 5
	codeNoMemory = 7
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26

	codeIOSync = codeIO | 4<<8
	codeExists = 19 | 6<<8 // a primary key that is there already
)

func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// failure says what an error of SQLite means and what to do about it. Other
// errors pass: the register's own, and those of a caller's function.
func failure(doing string, err error) error {
	var known *standing.Error
	if err == nil || errors.As(err, &known) || codeOf(err) == 0 {
		return err
	}
	e := &standing.Error{Kind: standing.Unavailable, What: "cannot " + doing, Err: err}
	switch codeOf(err) & 0xff {
	case codeFull:
		e.What, e.Do = "disk full: cannot "+doing, "make room on the disk, then submit again; nothing was stored"
	case codeBusy:
		e.Do = "another process holds the file; end it or try again"
	case codeReadOnly, codeCantOpen:
		e.Do = "check the rights on the file and its folder"
	case codeIO:
		e.Do = "check the disk, then open the register again"
	case codeNoMemory:
		e.Do = "give the process more memory"
	case codeCorrupt, codeNotADB:
		e.Kind, e.Do = standing.Internal, "the file is damaged or no register: restore the last backup, then run standing verify"
	default:
		e.Kind = standing.Internal
	}
	return e
}
