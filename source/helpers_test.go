package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// read reads text by a mapping; the mapping must be sound.
func read(t *testing.T, mapping, text string) ([]source.Row, []source.Reject) {
	t.Helper()
	return readWith(t, "csv", text, source.Options{Mapping: []byte(mapping)})
}

func readWith(t *testing.T, format, text string, opts source.Options) ([]source.Row, []source.Reject) {
	t.Helper()
	r, err := source.Open(format, strings.NewReader(text), opts)
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects, err := source.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return rows, rejects
}

// bare is the shortest mapping: a column of names, all else as said in more.
func bare(more string) string {
	m := "mapping: 1\nsource: test\nname: {column: Name}\nkey: [Name]\n"
	if !strings.Contains(more, "effects:") {
		m += "effects: [{effect: record}]\n"
	}
	return m + more
}

// shared opens a file of the shared data, or skips the test aloud.
func shared(t *testing.T, path string) *os.File {
	t.Helper()
	dir := os.Getenv("STANDING_SHARED")
	if dir == "" {
		dir = "../../shared/data"
	}
	f, err := os.Open(filepath.Join(dir, path))
	if err != nil {
		t.Log("the counts over real lists are not checked in this run")
		t.Skipf("shared data absent: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func readShared(t *testing.T, format, path string) ([]source.Row, []source.Reject) {
	t.Helper()
	r, err := source.Open(format, shared(t, path), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects, err := source.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return rows, rejects
}

// count counts rows by a label.
func count(rows []source.Row, label func(source.Row) string) map[string]int {
	n := map[string]int{}
	for _, r := range rows {
		n[label(r)]++
	}
	return n
}
