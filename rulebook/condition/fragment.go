package condition

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"

	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
)

// typeOf is the CEL type of a variable. Decimals and days are types of their
// own, with the comparisons that fragment declares and nothing else.
func typeOf(t category.Type) *cel.Type {
	switch t {
	case category.Bool:
		return cel.BoolType
	case category.Int:
		return cel.IntType
	case category.Decimal:
		return cel.OpaqueType("decimal")
	case category.Day:
		return cel.OpaqueType("day")
	}
	return cel.StringType
}

// unitOf is the unit of a function that makes terms.
func unitOf(function string) (calendar.Unit, bool) {
	switch function {
	case "calendar_days":
		return calendar.CalendarDays, true
	case "working_days":
		return calendar.WorkingDays, true
	case "months":
		return calendar.Months, true
	case "years":
		return calendar.Years, true
	}
	return "", false
}

// fragment declares everything that a condition can say: what is not declared
// here does not type-check.
func fragment() []cel.EnvOption {
	truth, whole, str, float := cel.BoolType, cel.IntType, cel.StringType, cel.DoubleType
	decimal, day, term := cel.OpaqueType("decimal"), cel.OpaqueType("day"), cel.OpaqueType("term")
	over := func(id string, result *cel.Type, args ...*cel.Type) cel.FunctionOpt {
		return cel.Overload(id, args, result)
	}
	order := func(name, id string) cel.EnvOption {
		return cel.Function(name, over(id+"_int", truth, whole, whole), over(id+"_day", truth, day, day),
			over(id+"_decimal_int", truth, decimal, whole), over(id+"_decimal_double", truth, decimal, float))
	}
	same := func(name, id string) cel.EnvOption {
		return cel.Function(name, over(id+"_int", truth, whole, whole), over(id+"_day", truth, day, day), over(id+"_string", truth, str, str),
			over(id+"_bool", truth, truth, truth), over(id+"_decimal_int", truth, decimal, whole), over(id+"_decimal_double", truth, decimal, float))
	}
	options := []cel.EnvOption{
		cel.Function(operators.LogicalAnd, over("and", truth, truth, truth)),
		cel.Function(operators.LogicalOr, over("or", truth, truth, truth)),
		cel.Function(operators.LogicalNot, over("not", truth, truth)),
		same(operators.Equals, "equals"), same(operators.NotEquals, "not_equals"),
		order(operators.Less, "less"), order(operators.LessEquals, "less_equals"),
		order(operators.Greater, "greater"), order(operators.GreaterEquals, "greater_equals"),
		cel.Function(operators.In, over("in_int", truth, whole, cel.ListType(whole)), over("in_string", truth, str, cel.ListType(str))),
		cel.Function(operators.Add, over("add_term", day, day, term)),
		cel.Function("day", over("day_constant", day, str)),
	}
	for _, unit := range []string{"calendar_days", "working_days", "months", "years"} {
		options = append(options, cel.Function(unit, over(unit+"_term", term, whole)))
	}
	return options
}
