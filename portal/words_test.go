package portal

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/lang"
)

// TestEveryWordIsThere holds that whatever the register can say has words.
func TestEveryWordIsThere(t *testing.T) {
	w := languages(lang.All())[0]
	need := func(key string) {
		if !w.Has(key) {
			t.Errorf("%s has no words", key)
		}
	}
	for _, k := range standing.Kinds() {
		need("act." + k.String())
	}
	for _, k := range api.Kinds() {
		need("problem." + string(k))
	}
	for _, v := range verdicts {
		need("verdict." + string(v))
		need("verdict." + string(v) + ".means")
	}
	for k := range standing.PartyKind(4) {
		need("party.kind." + k.String())
	}
	for n := range standing.InstantName(32) {
		if !strings.HasPrefix(n.String(), "instant-") {
			need("instant." + n.String())
		}
	}
	for _, s := range []standing.Status{standing.StatusProposed, standing.StatusNoticed, standing.StatusObjected, standing.StatusDecided, standing.StatusConfirmed,
		standing.StatusStayed, standing.StatusRested, standing.StatusDropped, standing.StatusEnded} {
		need("status." + string(s))
	}
	for _, kind := range []string{"judgment", "award", "penalty", "decision", "order", "suspension"} {
		need("ruling." + kind)
	}
}

// TestKeysAndSourceAgree reads the sources: each key that they name is in the
// catalogue, and each key of the catalogue is named or begins as they say.
func TestKeysAndSourceAgree(t *testing.T) {
	w := languages(lang.All())[0]
	named := regexp.MustCompile(`"([a-z]+\.[a-z][a-zA-Z. -]*)"`)
	prefix := regexp.MustCompile(`"([a-z]+(?:\.[a-z]+)*\.)"`) // of keys whose second part comes from the register
	used := map[string]bool{}
	var prefixes []string
	var sources []string // all packages speak from the catalogue
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); ext == ".templ" || ext == ".go" {
			sources = append(sources, path)
		}
		return err
	})
	if err != nil || len(sources) < 100 {
		t.Fatalf("%d sources: %v", len(sources), err)
	}
	for _, file := range sources {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			used[m[1]] = true
		}
		for _, m := range prefix.FindAllStringSubmatch(string(text), -1) {
			prefixes = append(prefixes, m[1])
		}
		for _, m := range regexp.MustCompile(`\.T\("([^"]+)"[,)]`).FindAllStringSubmatch(string(text), -1) {
			if !w.Has(m[1]) && filepath.Dir(file) == "../portal" {
				t.Errorf("%s uses %s, which is not in the catalogue", file, m[1])
			}
		}
	}
	for _, key := range w.Keys() {
		byPrefix := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
		// one and many are the forms of a count (results)
		stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".many")
		byPrefix = byPrefix || stem != key && used[stem]
		if !used[key] && !byPrefix {
			t.Errorf("%s is used nowhere", key)
		}
	}
}

// TestDaysOfTheLaw: a midnight where a rulebook begins its days is that day; every
// other instant keeps its time.
func TestDaysOfTheLaw(t *testing.T) {
	w := languages(lang.All())[0]
	zones := zonesOf([]api.RulebookView{{Zone: "Asia/Shanghai"}, {Zone: "UTC"}, {Zone: "Asia/Shanghai"}, {Zone: "no/such"}, {}})
	w.zones.Store(&zones)
	for i, want := range map[standing.Instant]string{
		1795363200: "23 November 2026",           // 22 November 16:00 UTC, midnight in China
		1795363201: "22 November 2026 16:00 UTC", // a second later
		1795305600: "22 November 2026",           // midnight UTC
		0:          "–",
	} {
		if got := w.Date(i); got != want {
			t.Errorf("%d is printed %q, want %q", i, got, want)
		}
	}
	if len(zones) != 1 || w.day(1795363200) != "23 November 2026" || w.day(1795363201) != "22 November 2026" {
		t.Errorf("zones %v, days %q and %q", zones, w.day(1795363200), w.day(1795363201))
	}
}
