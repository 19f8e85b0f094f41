package archtest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// dependenciesFile lists every module that a file of this one imports, tests
// included: "module - what for and whom we trust". A line that begins with "~" is
// a library that was chosen and need not be imported yet.
const dependenciesFile = "internal/archtest/dependencies.txt"

func replaces(t *Tree) []finding {
	var found []finding
	for _, r := range t.Mod.Replace {
		found = append(found, finding{"go.mod:" + strconv.Itoa(r.Syntax.Start.Line), "replaces " + r.Old.Path})
	}
	return found
}

func dependencies(t *Tree) []finding {
	reviewed, found := t.reviewed(dependenciesFile)
	used := map[string]bool{}
	for _, p := range t.Packages {
		for _, f := range p.Files {
			for _, i := range t.imports(f) {
				first, _, _ := strings.Cut(i.pkg, "/")
				if !strings.Contains(first, ".") || strings.HasPrefix(i.pkg, ".") {
					continue // the standard library or this module
				}
				module := t.moduleOf(i.pkg)
				if module == "" {
					found = append(found, finding{i.where, i.pkg + " is in no module that go.mod requires"})
					continue
				}
				if reviewed[module] == "" && reviewed["~"+module] == "" && !used[module] {
					found = append(found, finding{i.where, module + " is not in " + dependenciesFile})
				}
				used[module] = true
			}
		}
	}
	for module, where := range reviewed {
		if !strings.HasPrefix(module, "~") && !used[module] {
			found = append(found, finding{where, module + " is not imported anywhere: remove the line"})
		}
	}
	return found
}

// moduleOf returns the required module that provides a package: the longest that
// fits.
func (t *Tree) moduleOf(importPath string) string {
	best := ""
	for _, r := range t.Mod.Require {
		if matches(r.Mod.Path+"/...", importPath) && len(r.Mod.Path) > len(best) {
			best = r.Mod.Path
		}
	}
	return best
}

// reviewed reads a file of lines "name - reason" and returns where each name
// stands. Lines without a reason, out of order or twice are findings; a file that
// does not exist is empty.
func (t *Tree) reviewed(name string) (map[string]string, []finding) {
	data, err := os.ReadFile(filepath.Join(t.Root, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []finding{{name, err.Error()}}
	}
	var found []finding
	var names []string
	places := map[string]string{}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		where := name + ":" + strconv.Itoa(number)
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		item, reason, ok := strings.Cut(line, " - ")
		if !ok || strings.TrimSpace(reason) == "" {
			found = append(found, finding{where, "has no reason: write \"name - reason\""})
			continue
		}
		if places[item] != "" {
			found = append(found, finding{where, item + " stands here twice"})
		}
		places[item] = where
		names = append(names, strings.TrimPrefix(item, "~"))
	}
	if !slices.IsSorted(names) {
		found = append(found, finding{name, "is not sorted"})
	}
	return places, found
}
