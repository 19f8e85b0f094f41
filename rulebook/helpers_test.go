package rulebook_test

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
)

//go:embed testdata/good.yaml
var good string

func load(t testing.TB, text string) *rulebook.Compiled {
	t.Helper()
	c, err := rulebook.Load([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// spoil replaces one thing in the good text.
func spoil(t testing.TB, old, new string) string {
	t.Helper()
	if !strings.Contains(good, old) {
		t.Fatalf("the good text does not contain %q", old)
	}
	return strings.Replace(good, old, new, 1)
}

func list(t testing.TB, c *rulebook.Compiled, id string) *rulebook.List {
	t.Helper()
	l, ok := c.List(id)
	if !ok {
		t.Fatalf("no list %s", id)
	}
	return l
}

func at(t testing.TB, s string) standing.Instant {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return standing.At(v)
}
