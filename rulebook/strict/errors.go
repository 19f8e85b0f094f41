package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

// Problem is one thing that is wrong with a text, and where.
type Problem struct {
	Line    int    // from 1; 0: the text as a whole
	Column  int    // from 1
	Path    string // "lists[abnormal].grounds[no-report].term"; empty: the text as a whole
	Message string // what is wrong, and what to do
	Rule    string // "charter 7.1" when the charter says no
}

// String is "line:column: path: message [rule]".
func (p Problem) String() string { return p.Say(func(english string) string { return english }) }

// Say is String with the message in the language into which translate turns it.
func (p Problem) Say(translate func(string) string) string {
	var b strings.Builder
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:%d: ", p.Line, p.Column)
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(translate(p.Message))
	if p.Rule != "" {
		b.WriteString(" [" + p.Rule + "]")
	}
	return b.String()
}

// Errors are all the problems of a text, in order of place.
type Errors []Problem

// Error has a line for each problem.
func (e Errors) Error() string { return e.Say(func(english string) string { return english }) }

// Say is Error in the language into which translate turns messages.
func (e Errors) Say(translate func(string) string) string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.Say(translate)
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes the errors a *standing.Error for whoever asks: refused when the
// charter says no, invalid otherwise.
func (e Errors) Unwrap() error {
	for _, p := range e {
		if p.Rule != "" {
			return standing.RefusedBy(p.Rule, "correct the text", "%s", e)
		}
	}
	return standing.Errorf(standing.Invalid, "%s", e)
}

// Sorted returns the problems by place, each once; nil when there are none.
func (e Errors) Sorted() Errors {
	out := slices.Clone(e)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(out)
}
