package category_test

import (
	"encoding/hex"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/rulebook/category"
)

// TestDigest makes every change of the directory deliberate. A new category or
// variable needs a new Version; one that is there already must not change.
func TestDigest(t *testing.T) {
	digest := category.Digest()
	const want = "a56c6ba0e4cdbe81a364bce19a238c5c1a69fed47f4367e36f33f489e79fbc4b"
	if got := hex.EncodeToString(digest[:]); got != want {
		t.Errorf("the directory is %s, want %s", got, want)
	}
}

var word = regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$`)

// TestEveryCategory holds the directory to its form.
func TestEveryCategory(t *testing.T) {
	var open, closed []string
	items := map[int]bool{}
	for _, c := range category.Directory() {
		if !word.MatchString(c.ID) || !isLine(c.English) || !isLine(c.Chinese) || !isLine(c.Description) {
			t.Errorf("%q is not fully described: %+v", c.ID, c)
		}
		if c.Since < 1 || c.Since > category.Version || c.Item < 0 || c.Item > 11 {
			t.Errorf("%s: since %d, item %d", c.ID, c.Since, c.Item)
		}
		if c.Rule != category.Open && c.Articles == "" {
			t.Errorf("%s is restricted and cites no article", c.ID)
		}
		if found, ok := category.Find(c.ID); !ok || found != c {
			t.Errorf("%s is not found", c.ID)
		}
		items[c.Item] = true
		if c.Rule == category.Forbidden {
			closed = append(closed, c.ID)
		} else {
			open = append(open, c.ID)
		}
	}
	if !slices.IsSorted(open) || !slices.IsSorted(closed) || len(slices.Compact(slices.Clone(open))) != len(open) {
		t.Error("the directory is not ordered by id, or has an id twice")
	}
	for item := 1; item <= 11; item++ {
		if !items[item] {
			t.Errorf("item %d of the national directory has no category", item)
		}
	}
	for _, id := range open {
		if category.IsForbidden(id) {
			t.Errorf("%s lies below a forbidden category", id)
		}
	}
}

func isLine(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s, "\t\n")
}

// TestEveryVariable: each variable has a type, belongs to a category that may
// be recorded without consent, and is under nothing forbidden.
func TestEveryVariable(t *testing.T) {
	types := []category.Type{category.Bool, category.Int, category.Decimal, category.Day, category.String, category.Enum}
	all := category.Variables()
	if !slices.IsSortedFunc(all, func(a, b category.Variable) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the variables are not ordered by name")
	}
	for _, v := range all {
		if !word.MatchString(v.Name) || !slices.Contains(types, v.Type) || !isLine(v.English) || !isLine(v.Chinese) || v.Since < 1 || v.Since > category.Version {
			t.Errorf("%q is not fully described: %+v", v.Name, v)
		}
		if err := category.Check(v.Category); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
		if found, err := category.Lookup(v.Name); err != nil || found != v {
			t.Errorf("%s is not found: %v", v.Name, err)
		}
		values := v.Values()
		if (v.Type == category.Enum) != (len(values) > 1) {
			t.Errorf("%s is of type %s and has the values %v", v.Name, v.Type, values)
		}
		slices.Sort(values)
		if len(slices.Compact(values)) != len(v.Values()) {
			t.Errorf("%s has a value twice", v.Name)
		}
		for _, value := range values {
			if !word.MatchString(value) || strings.Contains(value, ".") {
				t.Errorf("%s has the value %q", v.Name, value)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	for _, id := range []string{"administrative.penalty", "judicial.judgment", "commitment.made", "arrears.wage", "case.obligation"} {
		if err := category.Check(id); err != nil {
			t.Error(err)
		}
	}
	tests := []struct{ id, refusedBy, says string }{
		{"biometric", "biometric", "charter 6; PIPL"},
		{"biometric.face", "biometric", "charter 6"},
		{"health.illness.kind", "health", "PIPL art 28"},
		{"genetic", "genetic", "art 14"},
		{"religious", "religious", "never used"},
		{"political", "political", "charter 6"},
		{"ethnic", "ethnic", "charter 6"},
		{"movement", "movement", "charter 6"},
		{"kinship", "kinship", "relatives"},
		{"social-graph", "social-graph", "friends"},
		{"petitions", "petitions", "right"},
		{"online-posts", "online-posts", "says"},
		{"shopping", "shopping", "buys"},
		{"birth-control", "birth-control", "children"},
		{"score.person", "score", "charter 5"},
		{"finance.income", "finance.income", "written consent"},
		{"administrative", "", "not in the directory"},
		{"healthy.food", "", "not in the directory"},
		{"other", "", "not in the directory"},
		{"", "", "not in the directory"},
	}
	for _, test := range tests {
		err := category.Check(test.id)
		var refusal *category.Refusal
		if !errors.As(err, &refusal) || refusal.Name != test.id || refusal.Category != test.refusedBy || !strings.Contains(err.Error(), test.says) {
			t.Errorf("Check(%q) = %v; want a refusal by %q that says %q", test.id, err, test.refusedBy, test.says)
		}
	}
}

func TestLookup(t *testing.T) {
	v, err := category.Lookup("default.ground")
	if err != nil || v.Type != category.Enum || v.Category != "case.default" || v.Values()[0] != "refuses-though-able" {
		t.Errorf("Lookup(default.ground) = %+v, %v", v, err)
	}
	if v, err := category.Lookup("amount.cny"); err != nil || v.Type != category.Decimal || v.Values() != nil {
		t.Errorf("Lookup(amount.cny) = %+v, %v", v, err)
	}
	for name, says := range map[string]string{
		"shopping.games":  "shopping",
		"kinship.father":  "charter 6, 9",
		"amount.rub":      "no variable",
		"case.obligation": "no variable", // a category is no variable
		"":                "no variable",
	} {
		var refusal *category.Refusal
		if _, err := category.Lookup(name); !errors.As(err, &refusal) || !strings.Contains(err.Error(), says) {
			t.Errorf("Lookup(%q) = %v, want a refusal that says %q", name, err, says)
		}
	}
}

// TestForbiddenCoversAllBelow: no name below a forbidden category is ever
// allowed, and nothing above or beside it is refused on its account.
func TestForbiddenCoversAllBelow(t *testing.T) {
	var closed []string
	for _, c := range category.Directory() {
		if c.Rule == category.Forbidden {
			closed = append(closed, c.ID)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(closed).Draw(t, "category")
		tail := rapid.StringMatching(`[a-z]{1,8}(\.[a-z]{1,8})?`).Draw(t, "tail")
		if !category.IsForbidden(id) || !category.IsForbidden(id+"."+tail) || category.Check(id+"."+tail) == nil {
			t.Fatalf("%s.%s is allowed", id, tail)
		}
		if _, err := category.Lookup(id + "." + tail); err == nil {
			t.Fatalf("a condition may read %s.%s", id, tail)
		}
		if category.IsForbidden(id + tail) {
			t.Fatalf("%s%s is refused for its first letters", id, tail)
		}
	})
}

func TestTablesCannotBeChanged(t *testing.T) {
	category.Directory()[0].ID = "changed"
	category.Variables()[0].Name = "changed"
	if category.Directory()[0].ID == "changed" || category.Variables()[0].Name == "changed" {
		t.Error("the directory can be changed from outside")
	}
}
