package docs_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/openstanding/standing/docs"
)

// TestLinks follows every link of a document that stays in the repository, to its
// file and to the heading that it names; pictures apart.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\[[^\[\]]*\]\(([^)\s]+)\)`)
	for name, text := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(prose(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			to, fragment, named := strings.Cut(m[1], "#")
			at := filepath.Join("..", "docs", filepath.FromSlash(name))
			if to != "" {
				at = filepath.Join(filepath.Dir(at), filepath.FromSlash(to))
			}
			body, err := os.ReadFile(at)
			if err != nil {
				t.Errorf("%s: link to %s: %v", name, m[1], err)
				continue
			}
			if named && !slices.ContainsFunc(headings(string(body)), func(h heading) bool { return anchor(h.title) == fragment }) {
				t.Errorf("%s: link to %s: no heading is called so", name, m[1])
			}
		}
	}
}

// TestLanguages holds every document to its Chinese: it is there, has the same
// headings and tables, shows the same commands and files, and leads to Chinese.
func TestLanguages(t *testing.T) {
	all := pages(t)
	count := regexp.MustCompile(`(?m)^(\||- |\d+\. )`)
	english := regexp.MustCompile(`\]\(([a-z-]+)\.md`)
	for name, text := range all {
		if strings.Contains(name, "/") || strings.HasSuffix(name, ".zh.md") || name == "figures.md" {
			continue // measurements and decisions are for builders
		}
		other := strings.TrimSuffix(name, ".md") + ".zh.md"
		zh, ok := all[other]
		if !ok {
			t.Errorf("%s is missing", other)
			continue
		}
		if a, b := levels(text), levels(zh); !slices.Equal(a, b) {
			t.Errorf("%s has headings of levels %v, %s %v", name, a, other, b)
		}
		if a, b := count.FindAllString(prose(text), -1), count.FindAllString(prose(zh), -1); !slices.Equal(a, b) {
			t.Errorf("%s has %d rows and items, %s %d, or in another order", name, len(a), other, len(b))
		}
		if a, b := blocks(text), blocks(zh); !slices.Equal(a, b) {
			t.Errorf("%s shows other commands or files than %s", other, name)
		}
		for _, m := range english.FindAllStringSubmatch(zh, -1) {
			if _, ok := all[m[1]+".zh.md"]; ok {
				t.Errorf("%s leads to the English %s.md", other, m[1])
			}
		}
	}
}

// pages are all documents by name, and the README of the repository.
func pages(t *testing.T) map[string]string {
	out := map[string]string{}
	err := fs.WalkDir(docs.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".md" {
			var body []byte
			body, err = fs.ReadFile(docs.Files(), name)
			out[name] = string(body)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	out["../README.md"] = string(readme)
	return out
}

var fence = regexp.MustCompile("(?ms)^```.*?^```$")

func prose(text string) string    { return fence.ReplaceAllString(text, "") }
func blocks(text string) []string { return fence.FindAllString(text, -1) }

type heading struct {
	level int
	title string
}

func headings(text string) (out []heading) {
	for line := range strings.Lines(prose(text)) {
		title := strings.TrimLeft(line, "#")
		if level := len(line) - len(title); level > 0 && strings.HasPrefix(title, " ") {
			out = append(out, heading{level, strings.TrimSpace(title)})
		}
	}
	return out
}

func levels(text string) (out []int) {
	for _, h := range headings(text) {
		out = append(out, h.level)
	}
	return out
}

// anchor is a heading's name in links, as code hosts make it.
func anchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}
