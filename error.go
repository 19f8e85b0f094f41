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

	what, do *Phrase // what What and Do were made from, nil for a constant text
}

// Error joins what, rule and remedy in one line.
func (e *Error) Error() string {
	line := e.line(e.What, e.Do)
	if e.Err != nil {
		line += fmt.Sprintf(" (%v)", e.Err)
	}
	return line
}

func (e *Error) line(what, do string) string {
	if e.Rule != "" {
		what += " [" + e.Rule + "]"
	}
	if do != "" {
		what += ": " + do
	}
	return what
}

// Say is what and do in the language into which translate turns formats; a
// constant text is its own format.
func (e *Error) Say(translate func(format string) string) (what, do string) {
	return said(e.What, e.what, translate), said(e.Do, e.do, translate)
}

// said says a text by the phrase it was made from, unless it was changed since.
func said(text string, from *Phrase, translate func(string) string) string {
	switch {
	case text == "":
		return ""
	case from == nil || from.text != text:
		return translate(text)
	}
	return from.Say(translate)
}

// Phrase is what is wrong, to stand in a blank of another phrase.
func (e *Error) Phrase() Phrase {
	if e.what != nil && e.what.text == e.What {
		return *e.what
	}
	return Phrase{e.What, "%s", []any{Told(e.What)}}
}

// Advise says what to do about the error, and returns it.
func (e *Error) Advise(format string, args ...any) *Error {
	p := Phrasef(format, args...)
	e.Do, e.do = p.text, &p
	return e
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a kind from a format.
func Errorf(kind ErrorKind, format string, args ...any) *Error {
	p := Phrasef(format, args...)
	e := &Error{Kind: kind, What: p.text, what: &p}
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
	e := Errorf(Refused, format, args...)
	e.Rule, e.Do, e.Err = rule, do, nil
	return e
}

// KindOf reads the kind of an error; anything that is not an *Error is Internal.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
