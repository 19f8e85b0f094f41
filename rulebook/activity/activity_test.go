package activity_test

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/rulebook/activity"
)

// TestDigest makes every change of the tree deliberate. A new leaf needs a new
// Version; a leaf that is there already must not change.
func TestDigest(t *testing.T) {
	digest := activity.Digest()
	const want = "56b64fffce1fd36cf48bbeb497739796bb90ef668404236216b4ef1b76cc6e1e"
	if got := hex.EncodeToString(digest[:]); got != want {
		t.Errorf("the tree is %s, want %s", got, want)
	}
}

// TestEveryLeaf holds the tree to its form.
func TestEveryLeaf(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*){0,2}$`)
	tree := activity.Tree()
	if !slices.IsSortedFunc(tree, func(a, b activity.Leaf) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the tree is not ordered by id")
	}
	for i, leaf := range tree {
		if !id.MatchString(leaf.ID) {
			t.Errorf("%q is no id: lower-case words with hyphens, at most three between dots", leaf.ID)
		}
		if i > 0 && (tree[i-1].ID == leaf.ID || activity.Covers(tree[i-1].ID, leaf.ID)) {
			t.Errorf("%q is covered by the leaf %q", leaf.ID, tree[i-1].ID)
		}
		if leaf.Since < 1 || leaf.Since > activity.Version {
			t.Errorf("%s is there since version %d of %d", leaf.ID, leaf.Since, activity.Version)
		}
		if !isLine(leaf.English) || !isLine(leaf.Chinese) || !isLine(leaf.Description) || !strings.HasSuffix(leaf.Description, ".") {
			t.Errorf("%s is not fully described: %+v", leaf.ID, leaf)
		}
		if found, ok := activity.Find(leaf.ID); !ok || found != leaf {
			t.Errorf("%s is not found", leaf.ID)
		}
	}
}

func isLine(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s, "\t\n")
}

// TestEveryBranch: each branch above a leaf has titles of its own, and there is
// no title for a branch without leaves.
func TestEveryBranch(t *testing.T) {
	branches := map[string]bool{}
	for _, leaf := range activity.Tree() {
		for at, r := range leaf.ID {
			if r == '.' {
				branches[leaf.ID[:at]] = true
			}
		}
	}
	for id := range branches {
		if activity.Title(id, "en") == id || activity.Title(id, "zh") == id {
			t.Errorf("the branch %s has no title", id)
		}
		if _, ok := activity.Find(id); ok {
			t.Errorf("the branch %s is found as a leaf", id)
		}
	}
	for line := range strings.Lines(activity.Text()) {
		id, rest, _ := strings.Cut(line, "\t")
		if strings.Count(rest, "\t") == 1 && !branches[id] {
			t.Errorf("%s has a title and no leaves", id)
		}
	}
}

func TestCovers(t *testing.T) {
	tests := []struct {
		id, leaf string
		want     bool
	}{
		{"procurement", "procurement.bid", true},
		{"procurement.bid", "procurement.bid", true},
		{"procurement.bid", "procurement", false},
		{"project", "project-finance.mdb", false},
		{"market", "market.enter.food", true},
		{"market.enter", "market.enter.food", true},
		{"school", "schooling.compulsory", false},
		{"", "water", false},
	}
	for _, test := range tests {
		if got := activity.Covers(test.id, test.leaf); got != test.want {
			t.Errorf("Covers(%q, %q) = %v, want %v", test.id, test.leaf, got, test.want)
		}
	}
}

func TestLeaves(t *testing.T) {
	counts := map[string]int{"procurement": 5, "procurement.bid": 1, "market": 22, "water": 1, "project": 3, "": 0, "procurement.": 0, "magic": 0, "procuremen": 0}
	for id, want := range counts {
		if got := activity.Leaves(id); len(got) != want {
			t.Errorf("%q covers %d leaves, want %d", id, len(got), want)
		}
	}
	activity.Leaves("procurement")[0].ID = "changed"
	activity.Tree()[0].ID = "changed"
	if _, ok := activity.Find("changed"); ok || activity.Tree()[0].ID == "changed" {
		t.Error("the tree can be changed from outside")
	}
}

func TestChildren(t *testing.T) {
	tests := map[string][]string{
		"project": {"project.fiscal-fund", "project.government-new", "project.public-private"},
		"market":  {"market.enter"},
		"water":   nil,
		"magic":   nil,
	}
	for id, want := range tests {
		if got := activity.Children(id); !slices.Equal(got, want) {
			t.Errorf("the children of %q are %v, want %v", id, got, want)
		}
	}
	top := activity.Children("")
	if !slices.Contains(top, "air-travel") || !slices.Contains(top, "water") || slices.Contains(top, "air-travel.business") {
		t.Errorf("the top of the tree is %v", top)
	}
}

// TestCharter7: what article 7 names is in the tree and out of reach, each leaf
// and each branch that covers one.
func TestCharter7(t *testing.T) {
	for _, id := range []string{"health-care", "schooling.compulsory", "subsistence.food", "subsistence.benefit", "subsistence", "water", "power",
		"heating", "legal-counsel", "emergency-travel", "basic-bank-account", "housing.shelter", "court.access"} {
		if !activity.IsEssential(id) {
			t.Errorf("%s is not essential", id)
		}
		if err := activity.Check(id); err == nil || !strings.Contains(err.Error(), "charter 7") {
			t.Errorf("a measure may name %s: %v", id, err)
		}
	}
	if activity.IsEssential("procurement") || activity.IsEssential("magic") || activity.IsForbidden("water") {
		t.Error("tags are read where there are none")
	}
}

func TestCheck(t *testing.T) {
	for _, id := range []string{"procurement", "market.enter.food", "rail.high-speed", "company", "project-finance.mdb"} {
		if err := activity.Check(id); err != nil {
			t.Error(err)
		}
	}
	for id, says := range map[string]string{"magic": "not in the tree", "": "not in the tree", "ballot.vote": "right", "family": "right"} {
		if err := activity.Check(id); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Check(%q) = %v, want %q", id, err, says)
		}
	}
	if !activity.IsForbidden("ballot") {
		t.Error("voting is not forbidden to measures")
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ id, lang, want string }{
		{"rail.high-speed", "en", "High-speed trains"},
		{"rail.high-speed", "zh", "乘坐G字头列车"},
		{"rail", "zh", "乘坐火车"},
		{"rail", "pt", "Rail travel"},
		{"magic", "zh", "magic"},
	}
	for _, test := range tests {
		if got := activity.Title(test.id, test.lang); got != test.want {
			t.Errorf("Title(%q, %q) = %q, want %q", test.id, test.lang, got, test.want)
		}
	}
}

// TestLeavesIsCovers: Leaves gives exactly what Covers says, for any id.
func TestLeavesIsCovers(t *testing.T) {
	tree := activity.Tree()
	rapid.Check(t, func(t *rapid.T) {
		full := rapid.SampledFrom(tree).Draw(t, "leaf").ID
		id := full[:rapid.IntRange(0, len(full)).Draw(t, "cut")]
		var want []activity.Leaf
		for _, leaf := range tree {
			if activity.Covers(id, leaf.ID) {
				want = append(want, leaf)
			}
		}
		if got := activity.Leaves(id); !slices.Equal(got, want) {
			t.Fatalf("%q covers %v, want %v", id, got, want)
		}
		if (activity.Check(id) == nil) != (len(want) > 0 && !activity.IsEssential(id) && !activity.IsForbidden(id)) {
			t.Fatalf("Check(%q) is at odds with the tags", id)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		activity.Find("procurement.bid")
	}
}
