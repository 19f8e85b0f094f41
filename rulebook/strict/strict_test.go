package strict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/strict"
)

type book struct {
	Name   string    `yaml:"name"`
	Level  uint8     `yaml:"level"`
	Region region.ID `yaml:"region"`
	Good   bool      `yaml:"good,omitempty"`
	Title  text      `yaml:"title"`
	Items  []item    `yaml:"items"`
	Codes  []string  `yaml:"codes,omitempty"`
	Extra  *item     `yaml:"extra,omitempty"`
	Hidden int
}

type text map[string]string

type item struct {
	ID   string `yaml:"id"`
	Note string `yaml:"note,omitempty"`
	Sub  []item `yaml:"sub,omitempty"`
}

const good = `# a comment
name: a-book
level: 2
region: CN/37
good: true
title: {en: A title, zh: 标题}
codes: [a, "b"]
items:
  - id: one
  - id: two
    note: |
      more
      lines
    sub:
      - {id: deep}
extra:
  id: last
`

func TestDecode(t *testing.T) {
	var b book
	doc, problems := strict.Decode([]byte(good), &b)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if b.Name != "a-book" || b.Level != 2 || b.Region != "CN/37" || !b.Good || b.Title["zh"] != "标题" || !slices.Equal(b.Codes, []string{"a", "b"}) ||
		len(b.Items) != 2 || b.Items[1].Note != "more\nlines" || b.Items[1].Sub[0].ID != "deep" || b.Extra == nil || b.Extra.ID != "last" {
		t.Errorf("decoded %+v", b)
	}
	for path, want := range map[string]string{
		"name": "2:1", "items": "8:1", "items[one]": "9:5", "items[two].note": "11:5", "items[two].sub[deep].id": "15:10",
		"codes[1]": "7:12", "items[two].none": "10:5", "items[three]": "8:1", "title.zh": "6:22", "nothing": "0:0", "": "0:0",
	} {
		line, column := doc.Position(path)
		if got := fmt.Sprintf("%d:%d", line, column); got != want {
			t.Errorf("%s stands at %s, want %s", path, got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	tests := []struct{ why, old, new, want string }{
		{"unknown key", "good: true", "god: true", "5:1: god: unknown key"},
		{"unknown key below", "    note: |", "    nota: |", "11:5: items[two].nota: unknown key"},
		{"missing key", "level: 2\n", "", "1:1: key level is missing"},
		{"missing key below", "  - id: one\n", "  - note: x\n", "9:5: items[0]: key id is missing"},
		{"repeated key", "level: 2", "level: 2\nlevel: 3", "4:1: level: the key stands here a second time"},
		{"repeated key in brackets", "{en: A title, zh: 标题}", "{en: A, en: B}", "the key stands here a second time"},
		{"number too big", "level: 2", "level: 256", "3:8: level: write a whole number from 0 to 255"},
		{"negative", "level: 2", "level: -1", "3:8: level: write a whole number"},
		{"octal", "level: 2", "level: 0o2", "3:8: level: write a whole number"},
		{"not a number", "level: 2", "level: two", "3:8: level: write a whole number"},
		{"number for text", "name: a-book", "name: 1.10", "2:7: name: a number where text (write it in quotes) should be"},
		{"truth for text", "name: a-book", "name: true", "2:7: name: true or false where text (write it in quotes) should be"},
		{"text for truth", "good: true", "good: yes", "5:7: good: text where true or false should be"},
		{"empty value", "name: a-book", "name:", "name: no value"},
		{"empty text", "name: a-book", `name: ""`, "2:7: name: text that is empty"},
		{"spaces around", "name: a-book", `name: " x"`, "2:7: name: text that is empty, or has spaces"},
		{"what the type refuses", "CN/37", "cn", "4:9: region: region \"cn\""},
		{"sequence for text", "name: a-book", "name: [a]", "2:7: name: a sequence where text should be"},
		{"keys for sequence", "codes: [a, \"b\"]", "codes: {a: b}", "keys with values where a sequence should be"},
		{"text for keys", "extra:\n  id: last", "extra: last", "16:8: extra: text where keys with values should be"},
		{"no English", "{en: A title, zh: 标题}", "{zh: 标题}", "title: no English text"},
		{"no text at all", "{en: A title, zh: 标题}", "{}", "title: no English text"},
		{"no language", "zh: 标题", "chinese: 标题", `title.chinese: "chinese" is no language`},
		{"plain text for texts", "{en: A title, zh: 标题}", "A title", "6:8: title: text where texts by language"},
		{"anchor", "name: a-book", "name: &a a-book", "2:7: anchors, aliases and merges are refused"},
		{"alias", "codes: [a, \"b\"]", "codes: *a", "7:8: anchors, aliases and merges are refused"},
		{"merge", "extra:\n  id: last", "extra:\n  <<: {id: x}", "anchors, aliases and merges are refused"},
		{"tag", "name: a-book", "name: !!str a-book", "2:7: tags and directives are refused"},
		{"complex key", "name: a-book", "? name\n: a-book", "2:1: write keys without a question mark"},
		{"two documents", "extra:", "---\nextra:", "2 documents in the text"},
		{"tab", "  - id: one", "\t- id: one", "9:1: character U+0009 cannot be seen"},
		{"right to left override", "a-book", "a\u202ebook", "2:8: character U+202E cannot be seen"},
		{"zero width", "a-book", "a\u200bbook", "2:8: character U+200B cannot be seen"},
		{"not UTF-8", "a-book", "a\xffbook", "2:1: the line is not UTF-8"},
		{"long line", "a-book", strings.Repeat("x", 5000), "2:1: line of 5007 bytes"},
		{"brackets", "[a, \"b\"]", strings.Repeat("[", 9) + strings.Repeat("]", 9), "7:16: brackets within brackets"},
		{"dashes", "- id: one", strings.Repeat("- ", 40) + "id: one", "indented by more than 64 columns"},
		{"syntax", "codes: [a, \"b\"]", "codes: [a, \"b\"", "codes: [a"},
	}
	for _, test := range tests {
		if !strings.Contains(good, test.old) {
			t.Fatalf("%s: the sample does not contain %q", test.why, test.old)
		}
		var b book
		_, problems := strict.Decode([]byte(strings.Replace(good, test.old, test.new, 1)), &b)
		if test.why == "syntax" {
			if len(problems) == 0 || problems[0].Line == 0 {
				t.Errorf("syntax: %v", problems)
			}
			continue
		}
		if !strings.Contains(problems.Error(), test.want) {
			t.Errorf("%s: got\n%v\nwant %s", test.why, problems, test.want)
		}
	}
}

func TestAllAtOnce(t *testing.T) {
	var b book
	_, problems := strict.Decode([]byte("name: 1\nlevel: x\nwhat: y\ntitle: {en: T}\nitems: []\n"), &b)
	if got := strings.Count(problems.Error(), "\n") + 1; got != 4 {
		t.Errorf("%d problems, want 4 (name, level, what, no region):\n%v", got, problems)
	}
	var e error = problems
	if standing.KindOf(e) != standing.Invalid {
		t.Errorf("kind %s, want invalid", standing.KindOf(e))
	}
	problems[0].Rule = "charter 7.1"
	if standing.KindOf(problems) != standing.Refused {
		t.Errorf("kind %s, want refused when the charter says no", standing.KindOf(problems))
	}
	many := good + strings.Repeat("x: 1\n", 300)
	if _, problems = strict.Decode([]byte(many), &b); len(problems) != 101 {
		t.Errorf("%d problems shown, want 100 and a last line", len(problems))
	}
}

// TestBombs: nothing small takes long, and nothing deep ends the program.
func TestBombs(t *testing.T) {
	bombs := map[string]string{
		"2 MiB":          strings.Repeat("a: b\n", 1<<19),
		"brackets":       strings.Repeat(strings.Repeat("[", 1000)+"\n", 500),
		"braces":         strings.Repeat(strings.Repeat("{a: ", 500)+"\n", 500),
		"dashes":         strings.Repeat("- ", 1<<11) + "a",
		"steps":          steps(1000),
		"questions":      strings.Repeat("? ", 1<<11) + "a",
		"quotes":         strings.Repeat("'", 1<<11),
		"laughs":         "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
		"unclosed":       "a: \"" + strings.Repeat("x\n", 1<<17),
		"block":          "a: |\n" + strings.Repeat(" x\n", 1<<17),
		"keys":           strings.Repeat("key: value\n", 1<<15),
		"comments":       strings.Repeat("# x\n", 1<<17),
		"anchors":        strings.Repeat("&a ", 1000),
		"colons":         strings.Repeat(": ", 1<<11),
		"dash lines":     strings.Repeat("-\n", 1<<17),
		"deep documents": strings.Repeat("---\n", 1<<17),
	}
	for name, bomb := range bombs {
		start := time.Now()
		var b book
		if _, problems := strict.Decode([]byte(bomb), &b); len(problems) == 0 {
			t.Errorf("%s passes", name)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s of %d bytes took %s", name, len(bomb), took)
		}
		t.Logf("%s: %d bytes, %s", name, len(bomb), time.Since(start))
	}
}

// steps nests one key in another.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("a: [b, {c: 'd'}]\n---\n"))
	f.Add([]byte("? a\n: - - b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var b book
		doc, problems := strict.Decode(text, &b)
		if doc == nil || len(problems) == 0 && (b.Name == "" || b.Region == "") {
			t.Fatalf("passes without what must be there: %+v", b)
		}
	})
}
