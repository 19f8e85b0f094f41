package ident

import "fmt"

// Error says which rule a value breaks and at which character. It never
// repeats the value; of schemes that number persons not even the wrong
// character.
type Error struct {
	Scheme Scheme // empty if no known scheme was named
	// Rule is "scheme", "length", "alphabet", "shape", "prefix", "region",
	// "date", "range", "reserved", or "check-" and the check's name, as in
	// "check-mod31" and "check-gb11714".
	Rule string
	// At is the 1-based character at which the rule broke, counted without the
	// separators that printed forms carry and after padding; 0 is the whole. A
	// failed check points at its check character, though any other may be the
	// wrong one.
	At       int
	Standard string // the text that the rule comes from
	Reason   string // what is wrong and what to do
}

// Error returns one line with rule, character, standard and reason.
func (e *Error) Error() string { return e.Say(func(english string) string { return english }) }

// Say is Error in the language into which translate turns texts and formats.
func (e *Error) Say(translate func(string) string) string {
	where := ""
	if e.Scheme != "" {
		where = string(e.Scheme) + ": "
	}
	if e.At > 0 {
		where += fmt.Sprintf(translate("character %d: "), e.At)
	}
	source := e.Rule
	if e.Standard != "" {
		source += ", " + e.Standard
	}
	return where + translate(e.Reason) + " (" + source + ")"
}

// fault is a broken rule on its way to becoming an Error: a plain value, so
// that the path of a sound number allocates nothing. The zero fault is sound.
type fault struct {
	rule     string
	at       int
	reason   string
	char     rune   // the alien character, for the alphabet rule
	standard string // where it is not the scheme's own
}

func (f fault) broken() bool { return f.rule != "" }

// after moves a fault of an inner part behind the characters before it.
func (f fault) after(characters int) fault {
	if f.at > 0 {
		f.at += characters
	}
	return f
}

func (f fault) err(d *definition) *Error {
	if f.standard == "" {
		f.standard = d.Standard
	}
	if f.char != 0 && !d.Info.Personal {
		f.reason = fmt.Sprintf("%q cannot stand here, %s", f.char, f.reason)
	}
	return &Error{Scheme: d.Scheme, Rule: f.rule, At: f.at, Standard: f.standard, Reason: f.reason}
}

const (
	onlyDigits       = "only digits"
	onlyAlphanumeric = "only digits and the letters A to Z"
	mistyped         = "does not fit the others: one is mistyped or two are swapped; compare with the document"
	oneCheck         = "the check character " + mistyped
	twoChecks        = "the two check digits beginning here do not fit the others: one is mistyped or two are swapped; compare with the document"
)

func alien(at int, char rune, allowed string) fault {
	return fault{rule: "alphabet", at: at, char: char, reason: allowed}
}

func wrongLength(value, wanted string) fault {
	return fault{rule: "length", reason: fmt.Sprintf("has %d characters where %s must stand", len(value), wanted)}
}

func badCheck(name string, at int) fault {
	return fault{rule: "check-" + name, at: at, reason: oneCheck}
}

func badChecks(name string, at int) fault {
	return fault{rule: "check-" + name, at: at, reason: twoChecks}
}
