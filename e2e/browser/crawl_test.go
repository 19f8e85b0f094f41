package browser

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// link finds addresses in a page: what a reader can follow and what a browser
// fetches by itself.
var link = regexp.MustCompile(`(?:href|src|action|hx-get)="([^"]+)"`)

// maxLinks bounds how many addresses are asked for.
const maxLinks = 1500

// perKind is how many pages of one kind are followed.
const perKind = 6

// crawl follows every link from the first page on and reports those that lead
// nowhere. It returns a few addresses of every kind of page.
func crawl(t *testing.T, base string) []string {
	t.Helper()
	from, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	seen, kinds := map[string]bool{"/": true}, map[string][]string{}
	queue := []string{"/"}
	for len(queue) > 0 && len(seen) < maxLinks {
		path := queue[0]
		queue = queue[1:]
		body, html, err := fetch(base + path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		kind := kindOf(path)
		if !html || len(kinds[kind]) >= perKind {
			continue
		}
		kinds[kind] = append(kinds[kind], path)
		at, err := url.Parse(base + path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			to, err := at.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
			if err != nil {
				t.Errorf("%s links to %q: %v", path, m[1], err)
				continue
			}
			if to.Host != from.Host || to.Scheme != from.Scheme {
				continue // laws and licences elsewhere; nothing is loaded from there
			}
			next := to.RequestURI()
			if len(kinds[kindOf(next)]) < perKind && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	var pages []string
	for _, of := range kinds {
		pages = append(pages, of[0])
	}
	slices.Sort(pages)
	t.Logf("%d addresses asked for, %d kinds of pages", len(seen), len(kinds))
	return pages
}

// kindOf tells pages of one kind: the first word of the path and how deep it is,
// and whether it is a question.
func kindOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	words := strings.Split(strings.Trim(path, "/"), "/")
	kind := fmt.Sprint(words[0], " ", min(len(words), 3))
	if words[0] == "docs" || words[0] == "assets" {
		kind = path
	}
	values, _ := url.ParseQuery(query)
	values.Del("lang")
	var names []string
	for name, v := range values {
		if len(v) > 0 && v[0] != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return kind + " " + strings.Join(names[:min(len(names), 1)], ",")
}

func fetch(address string) (body string, html bool, err error) {
	r, err := http.Get(address)
	if err != nil {
		return "", false, err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return "", false, err
	}
	if r.StatusCode >= 400 {
		return "", false, fmt.Errorf("%s", r.Status)
	}
	return string(b), strings.HasPrefix(r.Header.Get("Content-Type"), "text/html"), nil
}
