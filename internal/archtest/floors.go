package archtest

import "fmt"

// floors lists every package from the ground up. A package imports only from
// floors below its own, or from its own folder.
var floors = [][]string{
	0: {"./ident/...", "./region/...", "./docs/..."},
	1: {"."},
	2: {"./charter/...", "./privacy/...", "./match/...", "./api/...", "./store/...", "./desk/...", "./tile/...", "./source/...", "./lang/..."},
	3: {"./rulebook/...", "./draft/..."},
	4: {"./check/...", "./programme/...", "./resolve/...", "./score/...", "./inspect/..."},
	5: {"./clerk/...", "./log/...", "./stats/...", "./feed/...", "./intake/...", "./synth/...", "./public/...", "./bulk/..."},
	6: {"./backup/...", "./importer/...", "./metrics/...", "./register/...", "./verify/...", "./server/...", "./portal/...", "./client/..."},
	7: {"./cmd/..."},
}

// beside are the packages that stand on no floor; any floor may import internal,
// as far as the walls allow.
var beside = []string{"./internal/...", "./e2e/..."}

func floorRules() []Rule {
	return []Rule{
		{"floors", "a package imports only from floors below its own", climbs},
		{"a place for each", "a package that is on no floor has no place in the house", homeless},
	}
}

// floorOf returns the floor of a package; -1 if it is on none.
func floorOf(pkg string) int {
	for n, patterns := range floors {
		if matchesAny(patterns, pkg) {
			return n
		}
	}
	return -1
}

func climbs(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		from := floorOf(p.Path)
		if from < 0 {
			continue
		}
		for _, f := range p.code() {
			for _, i := range t.imports(f) {
				to := floorOf(i.pkg)
				if to >= from && family(i.pkg) != family(p.Path) {
					found = append(found, finding{i.where, fmt.Sprintf("%s on floor %d imports %s on floor %d", p.Path, from, i.pkg, to)})
				}
			}
		}
	}
	return found
}

func homeless(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		if floorOf(p.Path) < 0 && !matchesAny(beside, p.Path) {
			found = append(found, finding{p.Path, "is on no floor: give it one in archtest/floors.go"})
		}
	}
	return found
}
