package condition

import (
	"fmt"
	"slices"
	"strconv"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
)

// maxItems bounds the constants of one list.
const maxItems = 64

// builder turns a checked expression into tests. The type checker has let
// through nothing but the fragment; what it cannot know is refused here.
type builder struct {
	tree      *ast.AST
	cal       *calendar.Calendar
	variables []variable
	refused   []Refusal
}

func (b *builder) refuse(e ast.Expr, format string, args ...any) {
	at := b.tree.SourceInfo().GetStartLocation(e.ID())
	b.refused = append(b.refused, Refusal{Column: at.Column() + 1, Message: "condition: " + fmt.Sprintf(format, args...)})
}

// test builds an expression of type bool.
func (b *builder) test(e ast.Expr) test {
	if e.Kind() == ast.CallKind {
		return b.call(e)
	}
	o := b.operand(e)
	return func(f *facts) outcome {
		if v := f.get(o); v == nil {
			return unknown
		} else {
			return truth(v.truth)
		}
	}
}

func (b *builder) call(e ast.Expr) test {
	call := e.AsCall()
	args := call.Args()
	switch name := call.FunctionName(); name {
	case operators.LogicalAnd, operators.LogicalOr:
		return both(b.test(args[0]), b.test(args[1]), name == operators.LogicalOr)
	case operators.LogicalNot:
		inner := b.test(args[0])
		return func(f *facts) outcome { return inner(f).not() }
	case operators.In:
		return b.in(args[0], args[1])
	default:
		return b.compare(name, args[0], args[1])
	}
}

// both joins two tests as CEL does: an answer that one side settles does not
// wait for the other.
func both(left, right test, settles bool) test {
	return func(f *facts) outcome {
		l := left(f)
		if l == truth(settles) {
			return l
		}
		if r := right(f); r == truth(settles) || l != unknown {
			return r
		}
		return unknown
	}
}

// compare builds a comparison of a variable with a constant, or of two days.
func (b *builder) compare(name string, left, right ast.Expr) test {
	l, r := b.operand(left), b.operand(right)
	if l.slot >= 0 && r.slot >= 0 && l.kind != category.Day || l.slot < 0 && r.slot < 0 {
		b.refuse(left, "compare a variable with a constant")
		return nil
	}
	if l.kind == category.Decimal && r.kind == category.Int {
		r.constant.number, _ = parseDecimal(strconv.FormatInt(r.constant.whole, 10))
	}
	b.enumerated(left, l, r)
	b.enumerated(right, r, l)
	kind, holds := l.kind, verdict(name)
	return func(f *facts) outcome {
		x, y := f.get(l), f.get(r)
		if x == nil || y == nil {
			return unknown
		}
		return truth(holds(x.compare(y, kind)))
	}
}

// verdict says for which order of two values an operator holds.
func verdict(name string) func(order int) bool {
	switch name {
	case operators.Equals:
		return func(o int) bool { return o == 0 }
	case operators.NotEquals:
		return func(o int) bool { return o != 0 }
	case operators.Less:
		return func(o int) bool { return o < 0 }
	case operators.LessEquals:
		return func(o int) bool { return o <= 0 }
	case operators.Greater:
		return func(o int) bool { return o > 0 }
	}
	return func(o int) bool { return o >= 0 }
}

// enumerated refuses a constant that the variable can never have.
func (b *builder) enumerated(e ast.Expr, variable, constant operand) {
	if variable.slot < 0 || constant.slot >= 0 || variable.kind != category.Enum {
		return
	}
	if v := b.variables[variable.slot]; !slices.Contains(v.values, constant.constant.text) {
		b.refuse(e, "%s is never %q: its values are %v", v.Name, constant.constant.text, v.values)
	}
}

// in builds a membership of a variable in a list of constants.
func (b *builder) in(left, right ast.Expr) test {
	l := b.operand(left)
	if right.Kind() != ast.ListKind || l.slot < 0 {
		b.refuse(right, "write a variable in a list of constants, as in x in ['a', 'b']")
		return nil
	}
	items := right.AsList().Elements()
	if len(items) == 0 || len(items) > maxItems {
		b.refuse(right, "a list of %d constants: from 1 to %d", len(items), maxItems)
	}
	constants := make([]operand, len(items))
	for i, item := range items {
		if constants[i] = b.operand(item); constants[i].slot >= 0 {
			b.refuse(item, "write constants in the list")
		}
		b.enumerated(item, l, constants[i])
	}
	return func(f *facts) outcome {
		v := f.get(l)
		if v == nil {
			return unknown
		}
		return truth(slices.ContainsFunc(constants, func(c operand) bool { return v.compare(&c.constant, l.kind) == 0 }))
	}
}

// operand builds what stands on one side of a comparison.
func (b *builder) operand(e ast.Expr) operand {
	switch e.Kind() {
	case ast.LiteralKind:
		return b.literal(e)
	case ast.IdentKind:
		slot := slices.IndexFunc(b.variables, func(v variable) bool { return mangle(v.Name) == e.AsIdent() })
		if slot >= 0 {
			return operand{slot: slot, kind: b.variables[slot].Type}
		}
	case ast.CallKind:
		switch e.AsCall().FunctionName() {
		case "day":
			return b.day(e)
		case operators.Add:
			return b.moved(e)
		}
	}
	b.refuse(e, "compare a variable with a constant")
	return operand{slot: -1}
}

func (b *builder) literal(e ast.Expr) operand {
	o := operand{slot: -1}
	switch v := e.AsLiteral().(type) {
	case types.Bool:
		o.kind, o.constant.truth = category.Bool, bool(v)
	case types.Int:
		o.kind, o.constant.whole = category.Int, int64(v)
	case types.String:
		o.kind, o.constant.text = category.String, string(v)
	case types.Double:
		o.kind = category.Decimal
		number, ok := parseDecimal(strconv.FormatFloat(float64(v), 'f', -1, 64))
		if o.constant.number = number; !ok {
			b.refuse(e, "write a decimal number of at most %d digits", maxDigits)
		}
	default:
		b.refuse(e, "a constant of type %s has no place here", e.AsLiteral().Type().TypeName())
	}
	return o
}

// day builds the constant day("2026-04-01").
func (b *builder) day(e ast.Expr) operand {
	o := operand{slot: -1, kind: category.Day}
	arg := e.AsCall().Args()[0]
	text, constant := types.String(""), false
	if arg.Kind() == ast.LiteralKind {
		text, constant = arg.AsLiteral().(types.String)
	}
	date, err := calendar.ParseDate(string(text))
	if !constant || err != nil {
		b.refuse(arg, "write a day as day('2026-04-01')")
	}
	o.constant.day = date
	return o
}

// moved builds a day moved by a term: the last day of the term that starts
// with it.
func (b *builder) moved(e ast.Expr) operand {
	args := e.AsCall().Args()
	o := b.operand(args[0])
	if args[1].Kind() != ast.CallKind || args[1].AsCall().Args()[0].Kind() != ast.LiteralKind {
		b.refuse(args[1], "write the term as months(3)")
		return o
	}
	call := args[1].AsCall()
	n, _ := call.Args()[0].AsLiteral().(types.Int)
	unit, _ := unitOf(call.FunctionName())
	term := calendar.Term{N: int(min(max(n, -1), 1<<20)), Unit: unit}
	if err := term.Valid(); err != nil {
		b.refuse(args[1], "%v", err)
		return o
	}
	cal := b.cal
	move := func(d calendar.Date) calendar.Date {
		end, _ := cal.Add(cal.Start(d), term, calendar.Options{})
		return cal.Date(end).AddDays(-1)
	}
	if o.slot < 0 {
		o.constant.day = move(o.constant.day)
		return o
	}
	o.moves = append(slices.Clip(o.moves), move)
	return o
}
