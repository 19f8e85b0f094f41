package standing

import (
	"errors"
	"fmt"
	"strings"
)

// ErrorKind is the closed set of ways in which the register says no. The HTTP
// edge maps each to one status; the client maps it back.
type ErrorKind string

// The kinds of error. They are wire values: append only.
const (
	Invalid         ErrorKind = "invalid"         // malformed input; the same input fails again
	Unauthenticated ErrorKind = "unauthenticated" // no key, or a key that says nothing here
	Forbidden       ErrorKind = "forbidden"       // a known key that is not entitled
	NotFound        ErrorKind = "not-found"       // no such case, list, rulebook
	Conflict        ErrorKind = "conflict"        // the case has moved on: read it again and sign anew
	Refused         ErrorKind = "refused"         // the charter or a rulebook says no
	TooLarge        ErrorKind = "too-large"       // over a stated bound
	Unavailable     ErrorKind = "unavailable"     // not now: overloaded, stale, disk full
	Unsupported     ErrorKind = "unsupported"     // newer than this software
	Internal        ErrorKind = "internal"        // a fault of ours
)

// Error is what every package of the register returns to a caller who can do
// something about it: what went wrong, under which rule, and what to do.
type Error struct {
	Kind ErrorKind
	Rule string // "charter 2.1", "rulebook cn-courts judgment-defaulters notice", "" when no rule speaks
	What string // what is wrong, and where
	Do   string // what to do about it; may be empty
	Err  error  // cause, not shown to the public
}

// Error joins what, rule and remedy in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.What)
	if e.Rule != "" {
		fmt.Fprintf(&b, " [%s]", e.Rule)
	}
	if e.Do != "" {
		b.WriteString(": ")
		b.WriteString(e.Do)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, " (%v)", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a kind from a format.
func Errorf(kind ErrorKind, format string, args ...any) *Error {
	e := &Error{Kind: kind, What: fmt.Sprintf(format, args...)}
	for _, a := range args {
		if err, ok := a.(error); ok {
			e.Err = nil
			if !strings.Contains(e.What, err.Error()) {
				e.Err = err
			}
		}
	}
	return e
}

// RefusedBy makes a refusal under a named rule.
func RefusedBy(rule, do, format string, args ...any) *Error {
	return &Error{Kind: Refused, Rule: rule, Do: do, What: fmt.Sprintf(format, args...)}
}

// KindOf reads the kind of an error; anything that is not an *Error is Internal.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
