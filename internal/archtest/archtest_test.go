package archtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/openstanding/standing/internal/archtest"
)

func TestHouse(t *testing.T) {
	tree, err := archtest.Load("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Packages) == 0 {
		t.Fatal("the tree has no packages: Load looked in the wrong place")
	}
	for _, p := range archtest.Check(tree) {
		t.Error(p)
	}
}

// goMod is what a sample gets that does not bring its own.
const goMod = "module github.com/openstanding/standing\n\ngo 1.26\n"

// TestSamples breaks every rule on purpose. A sample is a small tree whose file
// "want" lists what is to be found, "where: what (rule)".
func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			got, want := sample(t, file, broken)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	for _, r := range archtest.Rules() {
		if !broken[r.Name] {
			t.Errorf("no sample breaks the rule %q: nobody knows whether it holds", r.Name)
		}
		if r.Because == "" {
			t.Errorf("the rule %q has no reason", r.Name)
		}
	}
}

func sample(t *testing.T, file string, broken map[string]bool) (got, want string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod), 0o600); err != nil {
		t.Fatal(err)
	}
	var files txtar.Archive
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = string(f.Data)
		} else {
			files.Files = append(files.Files, f)
		}
	}
	for _, f := range files.Files {
		if f.Name == "go.mod" {
			if err := os.Remove(filepath.Join(dir, "go.mod")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := txtar.Write(&files, dir); err != nil {
		t.Fatal(err)
	}
	tree, err := archtest.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range archtest.Check(tree) {
		broken[p.Rule] = true
		b.WriteString(p.Where + ": " + p.What + " (" + p.Rule + ")\n")
	}
	return b.String(), want
}
