// Package condition compiles the conditions under which a ground holds: a
// decidable fragment of CEL over the variables of package category.
//
//	c, refusals := condition.Compile(`finding.tax-cny >= 1000000 && finding.share-of-tax >= 0.1`, cal)
//	ok, err := c.Holds(map[string]string{"finding.tax-cny": "1250000.00", "finding.share-of-tax": "0.2"})
//
// What can be said: comparisons of variables with constants (== != < <= > >=),
// variables in a list of constants, && || ! and parentheses, and days moved by
// typed terms: performance.day <= ruling.day + months(1), with calendar-days,
// working-days, months and years, and day("2026-04-01") as a constant. Names
// are written as the directory has them, hyphens and all; a minus has spaces
// around it. Nothing else of CEL is there: no macros, no functions of strings,
// no arithmetic, no indexing. So every condition ends, and whether it holds can
// be worked out by hand.
//
// cel.dev/cel-go parses and type-checks; what passes is turned into a small
// tree of its own, because decimals are exact here and binary in CEL. Missing
// variables are treated as CEL treats errors: they matter only where the answer
// depends on them.
package condition

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
)

// Bounds on a condition. The longest shipped one has a fifth of them.
const (
	maxLength = 1000 // characters
	maxNodes  = 200
	maxDepth  = 24
)

// Condition is a compiled condition. It is immutable and safe for concurrent
// use.
type Condition struct {
	text      string
	root      test
	variables []variable // that it reads, by name: the slots of an evaluation
}

// Refusal is one thing that is wrong with a condition.
type Refusal struct {
	Column   int    // from 1; 0: the condition as a whole
	Message  string // what is wrong, and what to do
	Variable string // the variable that may not be read; empty when it is something else
	Err      error  // why it may not be: a *category.Refusal
}

// String says what is wrong and in which column.
func (r Refusal) String() string {
	if r.Column == 0 {
		return r.Message
	}
	return fmt.Sprintf("%s (column %d of the condition)", r.Message, r.Column)
}

// Compiler compiles the conditions of one rulebook.
type Compiler struct {
	env *cel.Env
	cal *calendar.Calendar
}

// NewCompiler prepares the fragment; days are counted in the calendar.
func NewCompiler(cal *calendar.Calendar) (*Compiler, error) {
	options := append(fragment(), cel.ClearMacros(), cel.ParserExpressionSizeLimit(maxLength), cel.ExpressionNodeLimit(maxNodes), cel.ParserRecursionLimit(maxDepth))
	for _, v := range category.Variables() {
		options = append(options, cel.Variable(mangle(v.Name), typeOf(v.Type)))
	}
	env, err := cel.NewCustomEnv(options...)
	if err != nil {
		return nil, standing.Errorf(standing.Internal, "the fragment of CEL: %v", err)
	}
	return &Compiler{env, cal}, nil
}

// Compile compiles one condition with a compiler of its own.
func Compile(text string, cal *calendar.Calendar) (*Condition, []Refusal) {
	compiler, err := NewCompiler(cal)
	if err != nil {
		return nil, []Refusal{{Message: err.Error()}}
	}
	return compiler.Compile(text)
}

// Compile parses, checks and compiles a condition, or says all that is wrong
// with it.
func (c *Compiler) Compile(text string) (*Condition, []Refusal) {
	parsed, issues := c.env.Parse(mangleAll(text))
	if issues.Err() != nil {
		return nil, refusalsOf(issues)
	}
	names, refused := c.names(text, parsed.NativeRep())
	if len(refused) > 0 {
		return nil, refused
	}
	checked, issues := c.env.Check(parsed)
	if issues.Err() != nil {
		return nil, refusalsOf(issues)
	}
	out := &Condition{text: text}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out.variables = append(out.variables, variable{names[name], names[name].Values()})
	}
	b := builder{tree: checked.NativeRep(), cal: c.cal, variables: out.variables}
	if out.root = b.test(b.tree.Expr()); len(b.refused) > 0 {
		return nil, b.refused
	}
	if len(out.variables) == 0 {
		return nil, []Refusal{{Message: "the condition reads no variable: leave it out"}}
	}
	return out, nil
}

// names finds the variables that a parsed condition names, and those that no
// condition may read, with the reason.
func (c *Compiler) names(text string, tree *ast.AST) (map[string]category.Variable, []Refusal) {
	names := map[string]category.Variable{}
	var refused []Refusal
	for _, id := range identifiers(tree.Expr()) {
		name := nameAt(text, tree.SourceInfo(), id)
		v, err := category.Lookup(name)
		if err != nil {
			column := tree.SourceInfo().GetStartLocation(id).Column() + 1
			refused = append(refused, Refusal{column, err.Error(), name, err})
			continue
		}
		names[name] = v
	}
	return names, refused
}

// identifiers lists the nodes of an expression that are names.
func identifiers(e ast.Expr) []int64 {
	var out []int64
	switch e.Kind() {
	case ast.IdentKind:
		return []int64{e.ID()}
	case ast.SelectKind:
		return identifiers(e.AsSelect().Operand())
	case ast.CallKind:
		call := e.AsCall()
		if call.IsMemberFunction() {
			out = identifiers(call.Target())
		}
		for _, arg := range call.Args() {
			out = append(out, identifiers(arg)...)
		}
	case ast.ListKind:
		for _, item := range e.AsList().Elements() {
			out = append(out, identifiers(item)...)
		}
	}
	return out
}

// nameAt reads a name where it stands in the text as it was written.
func nameAt(text string, info *ast.SourceInfo, id int64) string {
	span, _ := info.GetOffsetRange(id)
	rest := []rune(text)
	rest = rest[min(int(span.Start), len(rest)):]
	end := slices.IndexFunc(rest, func(r rune) bool {
		return !isLetter(r) && r != '.' && r != '-' && r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}

// CEL's identifiers have neither dots nor hyphens, and some of its keywords
// are words of the directory. Both signs become underscores, which the
// directory does not use, so that a name is one identifier and no column moves.

func mangle(name string) string { return strings.NewReplacer("-", "_", ".", "_").Replace(name) }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// mangleAll mangles the names in a condition: dots and hyphens between letters,
// outside of quotes.
func mangleAll(text string) string {
	out := []byte(text)
	var quote byte
	letter := func(i int) bool { return i >= 0 && i < len(out) && isLetter(rune(out[i])) }
	for i := range out {
		switch {
		case quote != 0:
			if out[i] == quote {
				quote = 0
			}
		case out[i] == '"' || out[i] == '\'':
			quote = out[i]
		case (out[i] == '-' || out[i] == '.') && letter(i-1) && letter(i+1):
			out[i] = '_'
		}
	}
	return string(out)
}

// refusalsOf turns what CEL says into refusals, in order of place.
func refusalsOf(issues *cel.Issues) []Refusal {
	var out []Refusal
	for _, e := range issues.Errors() {
		message, _, _ := strings.Cut(e.Message, "\n")
		message = strings.TrimPrefix(message, "Syntax error: ")
		r := Refusal{Message: "condition: " + unmangleKnown(message)}
		if e.Location != nil && e.Location.Line() > 0 {
			r.Column = e.Location.Column() + 1
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Refusal) int { return cmp.Compare(a.Column, b.Column) })
	return out
}

// unmangleKnown puts the hyphens back into the names of functions.
func unmangleKnown(message string) string {
	return strings.NewReplacer("calendar_days", "calendar-days", "working_days", "working-days").Replace(message)
}

// String is the condition as it was written.
func (c *Condition) String() string { return c.text }

// Variables are the names of the variables that the condition reads, in order.
func (c *Condition) Variables() []string {
	out := make([]string, len(c.variables))
	for i, v := range c.variables {
		out[i] = v.Name
	}
	return out
}
