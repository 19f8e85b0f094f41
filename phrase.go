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

// Say is the phrase in the language into which translate turns formats. What
// stands in the blanks is said too where it is a Phrase or an error.
func (p Phrase) Say(translate func(format string) string) string {
	format, args := translate(p.format), slices.Clone(p.args)
	for i, a := range args {
		switch a := a.(type) {
		case Phrase:
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
