package ident

import (
	"fmt"
	"strings"
)

// MaxText is the longest accepted text of an identifier, in bytes, counting
// "scheme:". Longer input is refused before it is looked at.
const MaxText = 128

// Identifier is a scheme and a canonical value. Made by [New] or [Parse] it is
// well formed; a literal is whatever its author wrote. The zero Identifier is
// no identifier.
type Identifier struct {
	Scheme Scheme
	Value  string // canonical
}

// Parse reads "scheme:value", in any form in which the scheme prints its
// values, and returns the canonical identifier. The colon may be full-width,
// the scheme in capitals. The error is an [*Error].
func Parse(text string) (Identifier, error) {
	if len(text) > MaxText {
		return Identifier{}, tooLong("")
	}
	at, width := strings.IndexByte(text, ':'), 1
	if at < 0 {
		at, width = strings.Index(text, "："), len("：")
	}
	if at < 0 {
		return Identifier{}, &Error{Rule: "scheme", Reason: "write scheme:value, for example uscc:" + uscc.Example}
	}
	return New(Scheme(text[:at]), text[at+width:])
}

// New returns the canonical identifier of a value in any form in which the
// scheme prints it. The error is an [*Error].
func New(scheme Scheme, value string) (Identifier, error) {
	if len(scheme)+1+len(value) > MaxText {
		return Identifier{}, tooLong(scheme)
	}
	d := find(scheme)
	if d == nil {
		if d = find(Scheme(strings.ToLower(strings.TrimSpace(string(scheme))))); d == nil {
			// The text is not repeated: it may be a person's number without its scheme.
			return Identifier{}, &Error{Rule: "scheme", Reason: "no such scheme; write one of " + schemeList()}
		}
	}
	canonical, f := d.canonical(value)
	if !f.broken() {
		f = d.check(canonical)
	}
	if f.broken() {
		return Identifier{}, f.err(d)
	}
	return Identifier{Scheme: d.Scheme, Value: canonical}, nil
}

// String returns "scheme:value", which [Parse] reads back. It shows the whole
// value: before a human eye, use [Identifier.Mask] where Personal is true.
func (i Identifier) String() string { return string(i.Scheme) + ":" + i.Value }

// Personal reports whether the identifier points at one natural person and is
// to be protected like one: its scheme numbers persons, or the value is of a
// form that only persons bear (an individual business, USCC class 92; a VAT
// number built on a personal number). False means only that the form does not
// tell.
func (i Identifier) Personal() bool {
	d := find(i.Scheme)
	return d != nil && (d.Info.Personal || d.personal != nil && d.personal(i.Value))
}

// Mask returns the value with everything but its first two and last two
// characters replaced by asterisks; of shorter values less is shown, so that at
// least half is always hidden.
func (i Identifier) Mask() string {
	runes := []rune(i.Value)
	shown := min(len(runes)/4, 2)
	for k := shown; k < len(runes)-shown; k++ {
		runes[k] = '*'
	}
	return string(runes)
}

func tooLong(scheme Scheme) *Error {
	if d := find(scheme); d != nil {
		return fault{rule: "length", reason: fmt.Sprintf("longer than %d bytes; give the number alone", MaxText)}.err(d)
	}
	return &Error{Rule: "length", Reason: fmt.Sprintf("longer than %d bytes; give scheme:value alone", MaxText)}
}
