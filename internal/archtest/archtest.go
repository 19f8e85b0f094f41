// Package archtest holds the shape of the house: who may import whom, what pure
// code may not do, which dependencies were reviewed, how long things may be. Its
// test fails with the place, the rule and the reason.
//
// Every rule is a line of data in walls.go, floors.go or rules.go, and has a
// sample in testdata that breaks it. To let something through, change the data
// and defend that in review; there is no marker that switches a rule off.
//
//	tree, err := archtest.Load("../..")
//	for _, p := range archtest.Check(tree) { fmt.Println(p) }
//
// Packages are named by pattern as for the go command: "." is the root, "./check"
// one package, "./store/..." a package and those below it; anything without a dot
// in front is an import path from outside this module.
package archtest

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// Rule is one thing that must hold for the whole tree.
type Rule struct {
	Name    string // one word or two, unique
	Because string // the reason, shown with every problem
	find    func(*Tree) []finding
}

// finding is one place where a rule is broken.
type finding struct {
	where string // file:line, or a package
	what  string
}

// Problem is a finding with its rule.
type Problem struct{ Where, What, Rule, Because string }

// String returns "where: what (rule: because)".
func (p Problem) String() string {
	return p.Where + ": " + p.What + " (" + p.Rule + ": " + p.Because + ")"
}

// Rules returns all rules of the house, in a fixed order.
func Rules() []Rule {
	var rules []Rule
	rules = append(rules, wallRules()...)
	rules = append(rules, doorRules()...)
	rules = append(rules, floorRules()...)
	rules = append(rules, sourceRules()...)
	rules = append(rules, moduleRules()...)
	return rules
}

// Check returns every place where the tree breaks a rule, sorted by place.
func Check(t *Tree) []Problem {
	var problems []Problem
	for _, r := range Rules() {
		for _, f := range r.find(t) {
			problems = append(problems, Problem{f.where, f.what, r.Name, r.Because})
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return cmp.Compare(a.String(), b.String()) })
	return slices.Compact(problems)
}

// matches reports whether a package, written as in [Package.Path] or as an import
// path from outside, fits a pattern.
func matches(pattern, pkg string) bool {
	if below, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == below || strings.HasPrefix(pkg, below+"/")
	}
	return pattern == pkg
}

func matchesAny(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, pkg) })
}

// family is the first folder of a package of this module: "./store" for
// "./store/sqlite".
func family(pkg string) string {
	rest := strings.TrimPrefix(pkg, "./")
	for path.Dir(rest) != "." {
		rest = path.Dir(rest)
	}
	if pkg == "." {
		return "."
	}
	return "./" + rest
}
