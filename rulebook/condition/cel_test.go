package condition_test

import (
	"fmt"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"pgregory.net/rapid"

	"github.com/openstanding/standing/rulebook/category"
	"github.com/openstanding/standing/rulebook/condition"
)

// atoms are comparisons of the types that CEL has too. Their variables are
// written with underscores, which is what CEL reads.
var atoms = []string{
	"ruling.final", "ruling.remedy_over == true", "ruling.final != false", "finding.repeats > 1", "finding.repeats <= 2", "2 >= finding.repeats", "finding.repeats != 3",
	"finding.repeats in [1, 3]", "finding.harm == 'large'", "finding.harm != 'none'", "finding.harm in ['minor', 'large']", "amount.currency == 'CNY'", "amount.currency < 'D' || true",
	"deadline.passed_days < -1", "deadline.passed_days == 0",
}

// TestAgainstCEL: on what CEL can express, this package and CEL's own
// interpreter agree, missing variables included.
func TestAgainstCEL(t *testing.T) {
	var options []cel.EnvOption
	for _, v := range category.Variables() {
		kind, ok := map[category.Type]*cel.Type{category.Bool: cel.BoolType, category.Int: cel.IntType, category.String: cel.StringType, category.Enum: cel.StringType}[v.Type]
		if ok {
			options = append(options, cel.Variable(strings.ReplaceAll(v.Name, "-", "_"), kind))
		}
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		t.Fatal(err)
	}
	cal := china(t)
	rapid.Check(t, func(t *rapid.T) {
		text := expression(t, 3)
		checked, issues := env.Compile(text)
		if issues.Err() != nil {
			t.Fatal(issues.Err())
		}
		program, err := env.Program(checked)
		if err != nil {
			t.Fatal(err)
		}
		values, facts := map[string]string{}, map[string]any{}
		set := func(name string, value any) {
			if rapid.IntRange(0, 3).Draw(t, "there") > 0 {
				values[name], facts[strings.ReplaceAll(name, "-", "_")] = fmt.Sprint(value), value
			}
		}
		set("ruling.final", rapid.Bool().Draw(t, "final"))
		set("ruling.remedy-over", rapid.Bool().Draw(t, "over"))
		set("finding.repeats", rapid.Int64Range(0, 4).Draw(t, "repeats"))
		set("deadline.passed-days", rapid.Int64Range(-3, 1).Draw(t, "days"))
		set("finding.harm", rapid.SampledFrom([]string{"none", "minor", "large"}).Draw(t, "harm"))
		set("amount.currency", rapid.SampledFrom([]string{"CNY", "EUR"}).Draw(t, "currency"))

		want := "unknown"
		if out, _, err := program.Eval(facts); err == nil {
			want = fmt.Sprint(out.Value())
		}
		c, refusals := condition.Compile(strings.ReplaceAll(text, "_", "-"), cal)
		if len(refusals) > 0 {
			if strings.Contains(text, "< 'D'") {
				return // CEL orders texts; this fragment does not
			}
			t.Fatalf("%s: %v", text, refusals)
		}
		got := "unknown"
		if ok, err := c.Holds(values); err == nil {
			got = fmt.Sprint(ok)
		}
		if got != want {
			t.Fatalf("%s of %v is %s, by CEL %s", text, values, got, want)
		}
	})
}

func expression(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	switch {
	case depth == 0 || kind == 0:
		return rapid.SampledFrom(atoms).Draw(t, "atom")
	case kind == 1:
		return "!(" + expression(t, depth-1) + ")"
	case kind == 2:
		return "(" + expression(t, depth-1) + ") && (" + expression(t, depth-1) + ")"
	}
	return "(" + expression(t, depth-1) + ") || (" + expression(t, depth-1) + ")"
}

// FuzzCompile: no text makes the compiler panic, and what compiles can be
// judged of nothing and of everything.
func FuzzCompile(f *testing.F) {
	for _, atom := range atoms {
		f.Add(atom)
	}
	f.Add(taxEvasion)
	f.Add("performance.day > ruling.day + working-days(3) || ruling.day == day('2026-01-01')")
	cal := china(f)
	compiler, err := condition.NewCompiler(cal)
	if err != nil {
		f.Fatal(err)
	}
	everything := map[string]string{}
	for _, v := range category.Variables() {
		everything[v.Name] = map[category.Type]string{category.Bool: "true", category.Int: "2", category.Decimal: "0.5", category.Day: "2026-01-01", category.String: "x"}[v.Type]
		if v.Type == category.Enum {
			everything[v.Name] = v.Values()[0]
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, refusals := compiler.Compile(text)
		if (c == nil) != (len(refusals) > 0) {
			t.Fatalf("%q: %v and %v", text, c, refusals)
		}
		if c == nil {
			return
		}
		if _, err := c.Holds(everything); err != nil {
			t.Fatalf("%q of every variable: %v", text, err)
		}
		_, _ = c.Holds(nil)
	})
}
