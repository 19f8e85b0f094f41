package portal

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/docs"
)

// TestDocuments shows every document in every language, and follows its links.
func TestDocuments(t *testing.T) {
	h := New(apitest.New(), Options{})
	get := func(address, accept string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Accept-Language", accept)
		h.ServeHTTP(w, r)
		return w
	}
	href := regexp.MustCompile(`href="([^"]+)"`)
	s := stock(docs.Files())
	if len(s.books) < 5 || len(s.order) < 5 {
		t.Fatalf("only %d documents", len(s.books))
	}
	for name := range s.books {
		for _, accept := range []string{"en", "zh"} {
			w := get("/docs/"+name, accept)
			body := w.Body.String()
			if w.Code != http.StatusOK || strings.Count(body, "<h1") != 1 {
				t.Errorf("%s in %s: status %d, %d titles", name, accept, w.Code, strings.Count(body, "<h1"))
			}
			if strings.Contains(body, `style="`) {
				t.Errorf("%s has a style inline, which the policy forbids", name)
			}
			_, article, _ := strings.Cut(body, `class="document"`)
			for _, m := range href.FindAllStringSubmatch(article, -1) {
				to, fragment, _ := strings.Cut(strings.ReplaceAll(m[1], "&amp;", "&"), "#")
				if to == "" && !strings.Contains(body, `id="`+fragment+`"`) {
					t.Errorf("%s refers to #%s, which is not there", name, fragment)
				}
				if strings.HasPrefix(to, "/docs") && get(to, accept).Code != http.StatusOK {
					t.Errorf("%s leads to %s, which is not there", name, to)
				}
			}
		}
	}
	if w := get("/docs/import.zh.md", "en"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/docs/import" {
		t.Errorf("a document by the name of its file: %d %s", w.Code, w.Header().Get("Location"))
	}
}

func bookshelf() fs.FS {
	return fstest.MapFS{
		"b.md": {Data: []byte("# Book <b>\n\nFirst sentence of it. Second [x](y.md).\n\n## 甲 one\n\n### Below it\n\n[here](#甲-one) [a](a.md#two) [up](../README.md) [bad](javascript:alert(1)) [worse](//evil.example/a.md) [out](https://law.example/1) " +
			"![picture](p.png) <script>alert(1)</script>\n\n## 甲 one\n\n| a | b |\n|:--|--:|\n| 1 | `2` |\n")},
		"a.md":                {Data: []byte("# A\n\n[decision](decisions/0001-x.md)\n")},
		"a.zh.md":             {Data: []byte("# 甲\n\n第一句。第二句。\n")},
		"decisions/README.md": {Data: []byte("# Decisions\n\n[one](0001-x.md)\n")},
		"decisions/0001-x.md": {Data: []byte("# One\n\n[back](../b.md)\n")},
	}
}

func TestRender(t *testing.T) {
	s := stock(bookshelf())
	raw, err := fs.ReadFile(s.files, "b.md")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.render(raw, ".", func(a string) string { return a + "?lang=zh" })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a href="#%E7%94%B2-one">here</a>`, `<a href="/docs/a?lang=zh#two">a</a>`, `<a href="https://law.example/1">out</a>`, " up ", " bad ", " worse ", " picture ", `id="甲-one"`, `id="甲-one-1"`, "<table tabindex=\"0\">"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %s:\n%s", want, got.body)
		}
	}
	for _, never := range []string{"<script", "javascript", "evil.example", "<h1", "style="} {
		if strings.Contains(got.body, never) {
			t.Errorf("the page has %s", never)
		}
	}
	if len(got.headings) != 2 || len(got.headings[0].below) != 1 || got.headings[1].id != "甲-one-1" {
		t.Errorf("contents %+v", got.headings)
	}
	if b := s.books["b"]; b.title["en"] != "Book <b>" && b.title["en"] != "Book " || b.lead["en"] == "" {
		t.Errorf("title %q, lead %q", b.title["en"], b.lead["en"])
	}
	if to, ok := s.target("0001-x.md", "decisions", func(a string) string { return a }); !ok || to != "/docs/decisions/0001-x" {
		t.Errorf("a link within a folder leads to %s", to)
	}
	if len(s.books["a"].files) != 2 || s.books["a"].title["zh"] != "甲" {
		t.Errorf("the Chinese text is not taken for the same document: %+v", s.books["a"])
	}
	if got := strings.Join(s.order, " "); got != "a b decisions/README" {
		t.Errorf("the order is %s", got)
	}
}
