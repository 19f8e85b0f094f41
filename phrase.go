package standing

import (
	"fmt"
	"slices"
)

// Phrase is a text that remembers the format and the arguments it was made
// from, so that it can be said in another language later on, where somebody
// reads it. English is the language of the formats.
type Phrase struct {
	text   string
	format string
	args   []any
}

// Phrasef makes a phrase.
func Phrasef(format string, args ...any) Phrase {
	return Phrase{fmt.Sprintf(format, args...), format, args}
}

// String is the phrase in English.
func (p Phrase) String() string { return p.text }

// Told is an English text whose phrase is not known any more, as after a journey
// over a wire or out of another library.
type Told string

// Say is the text in the language into which translate turns it.
func (t Told) Say(translate func(string) string) string { return translate(string(t)) }

// A sayer says itself in another language.
type sayer interface {
	Say(translate func(format string) string) string
}

// Say is the phrase in the language into which translate turns formats. What
// stands in the blanks is said too where it has a Say of its own, as a Phrase
// has, or is an error.
func (p Phrase) Say(translate func(format string) string) string {
	format, args := translate(p.format), slices.Clone(p.args)
	for i, a := range args {
		switch a := a.(type) {
		case sayer:
			args[i] = a.Say(translate)
		case *Error:
			what, do := a.Say(translate)
			args[i] = a.line(what, do)
		case error:
			args[i] = translate(a.Error())
		}
	}
	return fmt.Sprintf(format, args...)
}
