package rulebook_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing/rulebook"
)

func TestDiff(t *testing.T) {
	old := load(t, good)
	if changes := rulebook.Diff(old, old); len(changes) != 0 {
		t.Errorf("it differs from itself: %v", changes)
	}
	moved := load(t, strings.Replace(strings.Replace(good, "  - {level: 1, id: minor, title: {en: Minor, zh: 轻微}}\n", "", 1),
		"measures:\n", "  - {level: 1, id: minor, title: {en: Minor, zh: 轻微}}\nmeasures:\n", 1))
	if changes := rulebook.Diff(old, moved); len(changes) != 0 {
		t.Errorf("a change of order is a change: %v", changes)
	}
	next := load(t, strings.NewReplacer(
		`version: "2026-01-01"`, `version: "2026-06-01"`,
		"term-max: 5 years", "term-max: 4 years",
		"Refuses, zh: 拒不履行", "Refuses to pay, zh: 拒不履行",
		"measures: [no-air, no-bid]", "measures: [no-air]",
		"    exemption: {max: 1 month, activities: [air-travel], source: [\"law#8\"]}\n", "",
		"    relist-bar: 6 months\n", "",
		"within: 1 month", "within: 2 months",
		"then: 3 working days", "then: 4 working days",
		"      - event: left-office\n", "      - event: forgiven\n        title: {en: Forgiven, zh: 免除}\n        effect: lifts\n        source: [law]\n      - event: left-office\n",
	).Replace(good))
	var lines []string
	for _, change := range rulebook.Diff(old, next) {
		lines = append(lines, change.String())
	}
	want := `lists[defaulters].exemption: (there) -> (gone)
lists[defaulters].exits[forgiven]: (not there) -> Forgiven
lists[defaulters].exits[performed/2].then: 3 working days -> 4 working days
lists[defaulters].exits[performed].within: 1 month -> 2 months
lists[defaulters].grounds[evades].term-max: 5 years -> 4 years
lists[defaulters].grounds[refuses].title.en: Refuses -> Refuses to pay
lists[defaulters].measures: no-air, no-bid -> no-air
lists[defaulters].relist-bar: 6 months -> (gone)
version: 2026-01-01 -> 2026-06-01`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("changes:\n%s\nwant:\n%s", got, want)
	}
}

// TestExplain: whatever a text says stands in its explanation, in both
// languages.
func TestExplain(t *testing.T) {
	c := load(t, good)
	for lang, words := range map[string][]string{
		"en": {"# Test rulebook", "Shandong (CN/37)", "## Defaulters", "`xx-test/defaulters` [law#1]", "the obligation is due and unperformed", "when: `amount.cny >= 1000",
			"for 2 years to 5 years", "until performed; ends unless renewed after 2 years", "Time for objections: 5 working days", "within 1 month of the ruling",
			"no sooner than 6 months after the effect began", "3 working days after the event", "is marked; needs creditor-consents, proof", "for evades",
			"Taken over from: A bank", "[order#7]", "mdb-debarment/world-bank", "Object to: The court", "No business class", "Air travel, business class", "carried out by: Airlines",
			"Complete for: uscc, since 2020-01-01", "for at most 1 month", "6 months", "not settled: which articles", c.Digest.String()},
		"zh": {"# 测试规则", "## 失信被执行人", "义务已到期而未履行", "异议期: 5个工作日", "裁判后1个月内", "限制公务舱", "银行", "法律"},
	} {
		text := rulebook.Explain(c, lang)
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("in %s it does not say %q:\n%s", lang, w, text)
			}
		}
		for _, s := range c.Sources {
			if !strings.Contains(text, "`"+s.ID+"`: ") {
				t.Errorf("in %s source %s is left out", lang, s.ID)
			}
		}
		if strings.Contains(text, "%!") {
			t.Errorf("in %s a format is broken:\n%s", lang, text)
		}
	}
}
