package source_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// TestWorkedExample reads the example of docs/import.md and holds the guide to
// its files: mapping, list and result stand there word for word.
func TestWorkedExample(t *testing.T) {
	mapping, list, want := testdata(t, "lindholm.yaml"), testdata(t, "lindholm.csv"), testdata(t, "lindholm.golden")
	r, err := source.Open("csv", bytes.NewReader(list), source.Options{Mapping: mapping})
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects, err := source.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := summary(rows, rejects); got != string(want) {
		t.Errorf("result differs from testdata/lindholm.golden; got:\n%s", got)
	}
	guide, err := os.ReadFile("../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string][]byte{"lindholm.yaml": mapping, "lindholm.csv": list, "lindholm.golden": want} {
		if !strings.Contains(string(guide), "```\n"+string(part)+"```\n") &&
			!strings.Contains(string(guide), "```yaml\n"+string(part)+"```\n") {
			t.Errorf("docs/import.md does not show testdata/%s as it is", name)
		}
	}
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// summary prints rows and rejects for people, one a paragraph.
func summary(rows []source.Row, rejects []source.Reject) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "line %d: %s, %s: %s\n", r.Line, r.Effect, r.EffectKind, r.Name)
		field := func(label string, v any) {
			if s := strings.Trim(fmt.Sprint(v), "[] "); s != "" && s != "false" {
				fmt.Fprintf(&b, "  %s: %s\n", label, s)
			}
		}
		field("kind", fmt.Sprintf("%s (%s)", r.Kind, r.KindReason))
		field("other names", strings.Join(r.OtherNames, " / "))
		for _, id := range r.Identifiers {
			field("identifier", id.Scheme+":"+id.Value)
		}
		field("country", r.Country)
		field("ruling", fmt.Sprintf("%s %s of %s, %s", r.RulingKind, r.RulingRef, r.Decided, r.RulingAuthority))
		field("grounds", strings.Join(r.Grounds, ", "))
		field("amount", strings.TrimSpace(r.Amount+" "+r.Currency))
		switch {
		case r.Ongoing:
			field("term", "from "+r.From.String()+", open")
		case !r.From.IsZero():
			field("term", "from "+r.From.String()+" until "+r.Until.String())
		}
		field("notes", strings.Join(r.Notes, " / "))
	}
	for _, r := range rejects {
		fmt.Fprintf(&b, "line %d: rejected, %s: %s\n", r.Line, r.Code, r.Reason)
	}
	return b.String()
}
