package condition_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/rulebook/category"
	"github.com/openstanding/standing/rulebook/condition"
)

func china(t testing.TB) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.Load("cn")
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func compile(t testing.TB, text string) *condition.Condition {
	t.Helper()
	c, refusals := condition.Compile(text, china(t))
	if len(refusals) > 0 {
		t.Fatalf("%s: %v", text, refusals)
	}
	return c
}

const taxEvasion = "finding.conduct == 'tax-evasion' && finding.tax-cny >= 1000000 && finding.share-of-tax >= 0.1 && ruling.remedy-over == true"

func TestHolds(t *testing.T) {
	tests := []struct{ condition, values, want string }{
		{taxEvasion, "finding.conduct=tax-evasion finding.tax-cny=1000000.00 finding.share-of-tax=0.1 ruling.remedy-over=true", "true"},
		{taxEvasion, "finding.conduct=tax-evasion finding.tax-cny=999999.99 finding.share-of-tax=0.1 ruling.remedy-over=true", "false"},
		{taxEvasion, "finding.conduct=tax-evasion finding.tax-cny=1000000.00 finding.share-of-tax=0.0999999999999999999 ruling.remedy-over=true", "false"},
		{taxEvasion, "finding.conduct=tax-helping", "false"},
		{taxEvasion, "finding.conduct=tax-evasion", "missing finding.share-of-tax, finding.tax-cny, ruling.remedy-over"},
		{taxEvasion, "", "missing finding.conduct, finding.share-of-tax, finding.tax-cny, ruling.remedy-over"},
		{"ruling.final", "ruling.final=true", "true"},
		{"!ruling.final", "ruling.final=true", "false"},
		{"!ruling.final", "", "missing ruling.final"},
		{"!(ruling.final || ruling.remedy-over)", "ruling.remedy-over=false ruling.final=false", "true"},
		{"ruling.final || ruling.remedy-over", "ruling.remedy-over=true", "true"},
		{"ruling.final || ruling.remedy-over", "ruling.remedy-over=false", "missing ruling.final"},
		{"amount.cny >= 100 || amount.eur >= 10", "amount.eur=10", "true"},
		{"amount.cny >= 100 || amount.eur >= 10", "amount.eur=9", "missing amount.cny"},
		{"amount.cny != -0.5", "amount.cny=-0.50", "false"},
		{"disclosure.ordered-days > 10", "disclosure.ordered-days=10", "false"},
		{"10 < disclosure.ordered-days", "disclosure.ordered-days=11", "true"},
		{"deadline.passed-days >= -3", "deadline.passed-days=-3", "true"},
		{"finding.conduct in ['drug-safety', 'device-safety']", "finding.conduct=device-safety", "true"},
		{"!(finding.conduct in [\"drug-safety\"])", "finding.conduct=device-safety", "true"},
		{"finding.repeats in [2, 3]", "finding.repeats=3", "true"},
		{"amount.currency == 'CNY'", "amount.currency=CNY", "true"},
		{"penalty.day <= ruling.day", "penalty.day=2026-02-01 ruling.day=2026-02-01", "true"},
		{"performance.day <= ruling.day + months(1)", "performance.day=2026-02-28 ruling.day=2026-01-31", "true"},
		{"performance.day <= ruling.day + months(1)", "performance.day=2026-03-01 ruling.day=2026-01-31", "false"},
		{"performance.day <= ruling.day + calendar-days(3)", "performance.day=2026-02-15 ruling.day=2026-02-12", "true"},
		{"performance.day > ruling.day + working-days(3)", "performance.day=2026-02-24 ruling.day=2026-02-12", "false"}, // 14 February is worked, 15 to 23 are not
		{"performance.day > ruling.day + working-days(3)", "performance.day=2026-02-25 ruling.day=2026-02-12", "true"},
		{"ruling.day + years(1) + calendar-days(1) == day('2027-01-02')", "ruling.day=2026-01-01", "true"},
		{"ruling.day >= day('2025-01-01') + years(1)", "ruling.day=2026-01-01", "true"},
		{"ruling.day == day('2026-01-01')", "ruling.day=1 January 2026", "bad ruling.day"},
		{"disclosure.false == true", "disclosure.false=true", "true"},
		{"ruling.final", "ruling.final=yes", "bad ruling.final"},
		{"finding.repeats > 1", "finding.repeats=02", "bad finding.repeats"},
		{"finding.repeats > 1", "finding.repeats=1e3", "bad finding.repeats"},
		{"finding.tax-cny > 1", "finding.tax-cny=1e3", "bad finding.tax-cny"},
		{"finding.tax-cny > 1", "finding.tax-cny=1/3", "bad finding.tax-cny"},
		{"finding.tax-cny > 1", "finding.tax-cny=.5", "bad finding.tax-cny"},
		{"finding.tax-cny > 1", "finding.tax-cny=1,000", "bad finding.tax-cny"},
		{"finding.harm == 'large'", "finding.harm=huge", "bad finding.harm"},
		{"ruling.final", "ruling.final=true finding.harm=huge", "true"}, // another rule's value is not looked at
	}
	for _, test := range tests {
		values := map[string]string{}
		for pair := range strings.SplitSeq(test.values, " ") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				values[name] = value
			}
		}
		ok, err := compile(t, test.condition).Holds(values)
		got := map[bool]string{true: "true", false: "false"}[ok]
		var e *standing.Error
		if errors.As(err, &e) {
			got = "bad " + strings.Fields(strings.TrimPrefix(e.What, "the value of "))[0]
			if _, names, missing := strings.Cut(e.What, "cannot be judged without "); missing {
				got = "missing " + names
			}
			if e.Kind != standing.Invalid || e.Do == "" {
				t.Errorf("%s: error %#v", test.condition, e)
			}
		}
		if got != test.want {
			t.Errorf("%s of %q is %s (%v), want %s", test.condition, test.values, got, err, test.want)
		}
	}
}

func TestVariables(t *testing.T) {
	c := compile(t, taxEvasion)
	if want := []string{"finding.conduct", "finding.share-of-tax", "finding.tax-cny", "ruling.remedy-over"}; !slices.Equal(c.Variables(), want) || c.String() != taxEvasion {
		t.Errorf("%s reads %v", c, c.Variables())
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct{ condition, says string }{
		{"", "mismatched input"},
		{"true", "reads no variable"},
		{"1 == 1", "compare a variable with a constant"},
		{"ruling.final &&", "mismatched input"},
		{"ruling.final == 'yes'", "found no matching overload"},
		{"ruling.finale", `data "ruling.finale": no variable has this name`},
		{"health.illness == 'flu'", `data "health.illness": health: illness, disability`},
		{"score.person > 600", `data "score.person": score: a grade has no effect`},
		{"finding.income > 5 || kinship.father", "kinship: nobody answers for relatives"},
		{"finding.harm == 'huge'", `finding.harm is never "huge"`},
		{"finding.conduct in ['food-safety', 'bad-posts']", `finding.conduct is never "bad-posts"`},
		{"finding.harm.size() > 2", "undeclared reference to 'finding_harm_size'"},
		{"finding.harm.startsWith('l')", "undeclared reference"},
		{"size(finding.harm) > 2", "undeclared reference"},
		{"finding.harm.matches('l.*')", "undeclared reference"},
		{"finding.harm[0] == 'l'", "undeclared reference"},
		{"[1, 2].exists(x, x == finding.repeats)", `data "x"`},
		{"has(finding.harm)", "undeclared reference"},
		{"finding.repeats + 1 > 2", "no matching overload"},
		{"finding.repeats * 2 > 2", "undeclared reference"},
		{"finding.repeats - 1 > 2", "undeclared reference"},
		{"ruling.day - months(1) > penalty.day", "undeclared reference"},
		{"ruling.final ? ruling.final : ruling.remedy-over", "undeclared reference"},
		{"{'a': 1}['a'] == finding.repeats", "undeclared reference"},
		{"finding.repeats > penalty.fine-cny", "no matching overload"},
		{"penalty.fine-cny > finding.repeats", "compare a variable with a constant"},
		{"finding.repeats > finding.invoices", "compare a variable with a constant"},
		{"finding.repeats in [finding.invoices]", "write constants in the list"},
		{"1 in [1]", "write a variable in a list of constants"},
		{"finding.repeats in []", "a list of 0 constants"},
		{"finding.repeats in ['1']", "no matching overload"},
		{"ruling.day == '2026-01-01'", "no matching overload"},
		{"ruling.day == day('2026-13-01')", "write a day as"},
		{"ruling.day == day(amount.currency)", "write a day as"},
		{"ruling.day > penalty.day + months(finding.repeats)", "write the term as"},
		{"ruling.day > penalty.day + months(-1)", "term of -1 months"},
		{"ruling.day > penalty.day + years(1000)", "term of 1000 years"},
		{"ruling.day > penalty.day + days(3)", "undeclared reference"},
		{"timestamp('2026-01-01T00:00:00Z') > ruling.day", "undeclared reference"},
		{"finding.repeats > 1.5", "no matching overload"},
		{"amount.cny > 1e400", "double"},
		{"finding.repeats > 99999999999999999999", "int"},
		{"b'x' == amount.currency", "no matching overload"},
		{"null == ruling.final", "no matching overload"},
		{strings.Repeat("ruling.final && ", 90) + "ruling.final", "limit"},
		{strings.Repeat("!(", 60) + "ruling.final" + strings.Repeat(")", 60), "recursion"},
		{"amount.currency == '" + strings.Repeat("x", 1000) + "'", "size"},
	}
	for _, test := range tests {
		_, refusals := condition.Compile(test.condition, china(t))
		var all []string
		for _, r := range refusals {
			all = append(all, r.String())
		}
		if got := strings.Join(all, "\n"); !strings.Contains(got, test.says) {
			t.Errorf("%.80s: refused with %q, want %q", test.condition, got, test.says)
		}
	}
	_, refusals := condition.Compile("ruling.final && health.illness == 'flu'", china(t))
	var refusal *category.Refusal
	if len(refusals) != 1 || refusals[0].Column != 17 || refusals[0].Variable != "health.illness" || !errors.As(refusals[0].Err, &refusal) || refusal.Category != "health" {
		t.Errorf("refused with %+v", refusals)
	}
}

func BenchmarkHolds(b *testing.B) {
	c := compile(b, taxEvasion)
	values := map[string]string{"finding.conduct": "tax-evasion", "finding.tax-cny": "1250000.00", "finding.share-of-tax": "0.25", "ruling.remedy-over": "true"}
	b.ReportAllocs()
	for b.Loop() {
		if ok, err := c.Holds(values); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	compiler, err := condition.NewCompiler(china(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, refusals := compiler.Compile(taxEvasion); len(refusals) > 0 {
			b.Fatal(refusals)
		}
	}
}
