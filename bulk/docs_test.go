package bulk_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/openstanding/standing/bulk"
	"github.com/openstanding/standing/lang"
)

func document(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// example is a block of code of the document.
func example(t *testing.T, name, language string) string {
	t.Helper()
	m := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(document(t, name))
	if m == nil {
		t.Fatalf("%s has no example in %s", name, language)
	}
	return m[1]
}

// TestDocumentedProgram runs the program of the document over three days, from
// the first to the last.
func TestDocumentedProgram(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("the program in docs/formats.md is NOT run")
		t.Skip("no python3: " + err.Error())
	}
	program := example(t, "formats.md", "python")
	if program != example(t, "formats.zh.md", "python") {
		t.Error("the program is another one in Chinese")
	}
	town, dir, mine := hostileTown(), t.TempDir(), t.TempDir()
	town.party(90, "token90nekot")
	town.listing(90, "token90nekot")
	town.publish(t, dir, on(0))
	for _, name := range []string{"index.json", "parties.jsonl.gz", "listings.jsonl.gz"} {
		b, err := os.ReadFile(filepath.Join(dir, "issues", "2026-11-22", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(mine, name), b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	town.party(90, "token91nekot")
	town.party(92, "token92nekot")
	town.publish(t, dir, on(1))
	delete(town.listings, fmt.Sprintf("%s/listing/%026d", origin, 90))
	town.party(92, "token93nekot")
	town.publish(t, dir, on(2))
	out, err := exec.Command(python, "-c", program, "file://"+filepath.ToSlash(filepath.Join(dir, "issues", "2026-11-24"))+"/", mine).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"parties.jsonl.gz", "listings.jsonl.gz"} {
		got, err := os.ReadFile(filepath.Join(mine, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(plain(t, name, got)) != string(unzip(t, bulk.Folder(dir), name)) {
			t.Errorf("%s is not the newest whole", name)
		}
	}
	shell := exec.Command("sh", "-c", example(t, "formats.md", "sh"))
	shell.Dir = mine
	sum, err := shell.CombinedOutput()
	if err != nil || !strings.Contains(string(out), strings.Fields(string(sum))[0]) {
		t.Errorf("sha256sum says %s, the program %s: %v", sum, out, err)
	}
}

// TestDocumentedFields: the tables of the documents are the columns of the files,
// with the words of the catalogues.
func TestDocumentedFields(t *testing.T) {
	dir := t.TempDir()
	town := newTown()
	town.party(1, "x")
	town.listing(1, "x")
	town.publish(t, dir, on(0))
	for name, language := range map[string]string{"formats.md": "en", "formats.zh.md": "zh"} {
		var want, got []string
		words := lang.All().Named(language)
		for _, noun := range []string{"party", "listing"} {
			file := map[string]string{"party": "parties.csv.gz", "listing": "listings.csv.gz"}[noun]
			header, _, _ := strings.Cut(string(unzip(t, bulk.Folder(dir), file)), "\n")
			for _, column := range strings.Split(header, ",") {
				want = append(want, column+" "+words.T("bulk."+noun+"."+column))
			}
		}
		for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| [^|]* \\| (.*) \\|$").FindAllStringSubmatch(document(t, name), -1) {
			got = append(got, m[1]+" "+m[2])
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s describes\n%s\nand the files have\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
