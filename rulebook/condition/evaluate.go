package condition

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
)

// outcome is what a test comes to; unknown when a variable is missing.
type outcome uint8

const (
	no outcome = iota
	yes
	unknown
)

func truth(b bool) outcome {
	if b {
		return yes
	}
	return no
}

func (o outcome) not() outcome {
	if o == unknown {
		return o
	}
	return yes - o
}

// test is a compiled expression of type bool.
type test func(*facts) outcome

// value is a value of any type; which field counts, its operand's kind says.
type value struct {
	truth  bool
	whole  int64
	number decimal
	text   string
	day    calendar.Date
}

// compare orders two values of a kind; of truth values only equality counts.
func (v *value) compare(w *value, kind category.Type) int {
	switch kind {
	case category.Bool:
		if v.truth == w.truth {
			return 0
		}
		return 1
	case category.Int:
		return cmp.Compare(v.whole, w.whole)
	case category.Decimal:
		return v.number.compare(w.number)
	case category.Day:
		return v.day.Compare(w.day)
	}
	return cmp.Compare(v.text, w.text)
}

// operand is a variable's slot, or a constant where slot is -1.
type operand struct {
	slot     int
	kind     category.Type
	constant value
	moves    []func(calendar.Date) calendar.Date // of a variable day
}

// facts are the values of one evaluation, by slot.
type facts struct {
	values  []value
	there   []bool
	missing []int // slots asked for in vain
}

// get is the operand's value, nil when its variable is missing.
func (f *facts) get(o operand) *value {
	if o.slot < 0 {
		return &o.constant
	}
	if !f.there[o.slot] {
		f.missing = append(f.missing, o.slot)
		return nil
	}
	v := &f.values[o.slot]
	if len(o.moves) == 0 {
		return v
	}
	moved := *v
	for _, move := range o.moves {
		moved.day = move(moved.day)
	}
	return &moved
}

// Holds reports whether the condition holds of the values, which are texts as
// an act states them: "true", "12", "1250000.00", "2026-04-01", a word. A value
// that is not of its variable's type is an error; a missing one only where the
// answer depends on it. Values of other variables are not looked at.
func (c *Condition) Holds(values map[string]string) (bool, error) {
	f := &facts{values: make([]value, len(c.variables)), there: make([]bool, len(c.variables))}
	for i, v := range c.variables {
		text, ok := values[v.Name]
		if !ok {
			continue
		}
		parsed, err := v.parse(text)
		if err != nil {
			return false, err
		}
		f.values[i], f.there[i] = parsed, true
	}
	switch c.root(f) {
	case yes:
		return true, nil
	case no:
		return false, nil
	}
	slices.Sort(f.missing)
	var names []string
	for _, slot := range slices.Compact(f.missing) {
		names = append(names, c.variables[slot].Name)
	}
	return false, &standing.Error{Kind: standing.Invalid, What: "the condition " + strconv.Quote(c.text) + " cannot be judged without " + strings.Join(names, ", "),
		Do: "state the missing values"}
}

// Check reports why a text is no value of the variable, if it is none.
func Check(v category.Variable, text string) error {
	_, err := variable{v, v.Values()}.parse(text)
	return err
}

// variable is a variable with the values of its enumeration.
type variable struct {
	category.Variable
	values []string
}

// parse reads a value in its one form.
func (v variable) parse(text string) (value, error) {
	var out value
	bad := func(want string) (value, error) {
		return out, &standing.Error{Kind: standing.Invalid, What: "the value of " + v.Name + " is " + strconv.Quote(clip(text)), Do: "write " + want}
	}
	switch v.Type {
	case category.Bool:
		if out.truth = text == "true"; !out.truth && text != "false" {
			return bad("true or false")
		}
	case category.Int:
		n, err := strconv.ParseInt(text, 10, 64)
		if out.whole = n; err != nil || strconv.FormatInt(n, 10) != text {
			return bad("a whole number, as in 12")
		}
	case category.Decimal:
		number, ok := parseDecimal(text)
		if out.number = number; !ok {
			return bad("a decimal number, as in 1250000.00")
		}
	case category.Day:
		day, err := calendar.ParseDate(text)
		if out.day = day; err != nil {
			return bad("a day, as in 2026-04-01")
		}
	case category.Enum:
		if out.text = text; !slices.Contains(v.values, text) {
			return bad("one of " + strings.Join(v.values, ", "))
		}
	default:
		if out.text = text; text == "" || len(text) > maxText {
			return bad("a word of at most 200 bytes")
		}
	}
	return out, nil
}

// maxText bounds a value of type string.
const maxText = 200

func clip(s string) string { return s[:min(len(s), 40)] }
