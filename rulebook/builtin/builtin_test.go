package builtin_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
)

// TestAllLoad: every shipped text is one that the charter passes, named as its
// file, and can be explained in both languages.
func TestAllLoad(t *testing.T) {
	names := builtin.Names()
	if len(names) < 8 || !slices.Contains(names, "cn-courts") || !slices.IsSorted(names) {
		t.Errorf("shipped: %v", names)
	}
	for _, name := range names {
		c, err := builtin.Load(name)
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		if c.Name != name {
			t.Errorf("the text in %s.yaml is named %s", name, c.Name)
		}
		for _, lang := range []string{"en", "zh"} {
			if text := rulebook.Explain(c, lang); !strings.Contains(text, c.Title[lang]) || c.Title[lang] == "" || strings.Contains(text, "%!") {
				t.Errorf("%s cannot be explained in %s", name, lang)
			}
		}
		if changes := rulebook.Diff(c, c); len(changes) > 0 {
			t.Errorf("%s differs from itself: %v", name, changes)
		}
	}
	if _, err := builtin.Load("no-such-text"); standing.KindOf(err) != standing.NotFound {
		t.Errorf("a text that is not there: %v", err)
	}
}

// TestShippedTexts: what each shipped text says is bilingual and of use.
func TestShippedTexts(t *testing.T) {
	for _, name := range builtin.Names() {
		c, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		for i := range c.Lists {
			l := &c.Lists[i]
			for _, id := range l.Measures {
				used[id] = true
			}
			for _, text := range []rulebook.Text{l.Title, l.ObjectTo} {
				if text["zh"] == "" {
					t.Errorf("%s: list %s is not told in Chinese", name, l.ID)
				}
			}
			for _, g := range l.Grounds {
				if c.Rule(l.ID, g.ID) == nil || len(c.Exits(l.ID, g.ID)) == 0 {
					t.Errorf("%s: ground %s of list %s has no rule or no way out", name, g.ID, l.ID)
				}
			}
		}
		for _, m := range c.Measures {
			if !used[m.ID] {
				t.Errorf("%s: no list uses measure %s", name, m.ID)
			}
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := builtin.Load("cn-courts"); err != nil {
			b.Fatal(err)
		}
	}
}
