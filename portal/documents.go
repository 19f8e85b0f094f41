package portal

import (
	"cmp"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/docs"
)

// shelf are the documents that the portal shows, and what became of them.
type shelf struct {
	files fs.FS
	books map[string]book // by name: "import", "decisions/0005-exits"
	order []string        // of the names that stand in the list of documents

	mu   sync.Mutex
	made map[string]*prose // by file and what links end with
}

// book is a document in the languages that it has.
type book struct {
	name  string
	files map[string]string // by language
	title map[string]string
	lead  map[string]string
}

// first is the order of the documents that newcomers read; others follow by
// name, and what is for builders comes last.
var (
	firstRead = [...]string{"getting-started", "tutorial", "faq", "charter", "glossary", "rulebooks", "writing-rulebooks", "import", "api", "formats", "statistics", "operating", "security", "translating"}
	lastRead  = [...]string{"figures", "decisions/README"}
)

func (p *portal) documentRoutes() []route {
	s := stock(docs.Files())
	return []route{
		{pattern: "GET /docs", page: s.index},
		{pattern: "GET /docs/{name...}", page: s.document},
	}
}

// stock reads titles and languages of all documents.
func stock(files fs.FS) *shelf {
	s := &shelf{files: files, books: map[string]book{}, made: map[string]*prose{}}
	err := fs.WalkDir(files, ".", func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(at) != ".md" {
			return err
		}
		raw, err := fs.ReadFile(files, at)
		if err != nil {
			return err
		}
		name, lang := documentOf(at)
		b, ok := s.books[name]
		if !ok {
			b = book{name, map[string]string{}, map[string]string{}, map[string]string{}}
		}
		b.files[lang] = at
		b.title[lang], b.lead[lang] = opening(raw)
		s.books[name] = b
		return nil
	})
	if err != nil {
		panic("portal: " + err.Error()) // embedded
	}
	for name := range s.books {
		if !strings.Contains(name, "/") || name == "decisions/README" {
			s.order = append(s.order, name)
		}
	}
	slices.SortFunc(s.order, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return s
}

func rank(name string) int {
	if i := slices.Index(firstRead[:], name); i >= 0 {
		return i
	}
	return len(firstRead) + 1 + slices.Index(lastRead[:], name)
}

// documentOf takes "import.zh.md" apart: import, zh.
func documentOf(file string) (name, lang string) {
	name = strings.TrimSuffix(file, ".md")
	if stem, ok := strings.CutSuffix(name, path.Ext(name)); ok && len(path.Ext(name)) == 3 {
		return stem, path.Ext(name)[1:]
	}
	return name, "en"
}

// opening is the title and the first sentences of a document.
func opening(raw []byte) (title, lead string) {
	root := goldmark.DefaultParser().Parse(text.NewReader(raw))
	for c := root.FirstChild(); c != nil && lead == ""; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			if c.Level == 1 && title == "" {
				title = wordsOf(c, raw)
			}
		case *ast.Paragraph:
			lead = sentences(wordsOf(c, raw), 180)
		}
	}
	return title, lead
}

// sentences cuts a text at the end of the sentence that passes a length.
func sentences(s string, enough int) string {
	for i, r := range s {
		if i > enough/2 && strings.ContainsRune(".。？！?!", r) {
			rest := s[i+len(string(r)):]
			if r > 127 || rest == "" || rest[0] == ' ' {
				return s[:len(s)-len(rest)]
			}
		}
		if i > 2*enough {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

func (s *shelf) index(pg *page, _ *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("docs.title"), "/docs", []string{"figures.css"}
	list := make([]book, 0, len(s.order))
	for _, name := range s.order {
		list = append(list, s.books[name])
	}
	return &reply{body: docsPage(pg, list)}, nil
}

func (s *shelf) document(pg *page, r *http.Request) (*reply, error) {
	name := r.PathValue("name")
	if stem, ok := strings.CutSuffix(name, ".md"); ok { // as its file is called
		stem, _ = documentOf(stem + ".md")
		return &reply{to: pg.path("/docs/" + stem)}, nil
	}
	b, ok := s.books[name]
	if !ok {
		return nil, &standing.Error{Kind: standing.NotFound, What: "there is no such document", Do: "see /docs"}
	}
	lang := pg.Lang
	if b.files[lang] == "" {
		lang = "en"
	}
	if b.files[lang] == "" {
		for lang = range b.files { // it has but one
			break
		}
	}
	t, err := s.text(pg, b.files[lang])
	if err != nil {
		return nil, err
	}
	pg.title, pg.section, pg.styles = cmp.Or(b.title[lang], name), "/docs", []string{"figures.css"}
	return &reply{body: documentPage(pg, s, b, lang, t)}, nil
}

// text makes a page of a file, once for each ending of links.
func (s *shelf) text(pg *page, file string) (*prose, error) {
	key := file + pg.path("")
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.made[key]; ok {
		return t, nil
	}
	raw, err := fs.ReadFile(s.files, file)
	if err != nil {
		return nil, err
	}
	t, err := s.render(raw, path.Dir(file), pg.path)
	if err == nil {
		s.made[key] = t
	}
	return t, err
}

// render makes a page of a document. Links between documents lead to their pages;
// those to files that are not shown become text; pictures become their description.
func (s *shelf) render(raw []byte, dir string, address func(string) string) (*prose, error) {
	ids := &anchors{taken: map[string]bool{"main": true, "sections": true}}
	return compose(raw, ids.next, func(root ast.Node) { s.redirect(root, raw, dir, address) })
}

// redirect leads links to pages.
func (s *shelf) redirect(root ast.Node, raw []byte, dir string, address func(string) string) {
	var out []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			to, ok := s.target(string(n.Destination), dir, address)
			if !ok {
				out = append(out, n)
			}
			n.Destination = []byte(to)
		case *ast.Image:
			out = append(out, n)
		}
		return ast.WalkContinue, nil
	})
	unlink(out, raw)
}

// target is the address that a link of a document in a folder leads to; false if
// there is nothing to lead to.
func (s *shelf) target(link, dir string, address func(string) string) (string, bool) {
	switch {
	case strings.HasPrefix(link, "#"), strings.HasPrefix(link, "https://"), strings.HasPrefix(link, "http://"):
		return link, true
	case strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//"):
		return address(link), true
	}
	file, fragment, _ := strings.Cut(link, "#")
	if path.Ext(file) != ".md" {
		return "", false
	}
	name, _ := documentOf(path.Join(dir, file))
	if _, ok := s.books[name]; !ok {
		return "", false
	}
	to := address("/docs/" + name)
	if fragment != "" {
		to += "#" + fragment
	}
	return to, true
}

// anchors makes ids of headings as is the custom of repositories: lower case,
// letters and digits of any script, hyphens for spaces; a second one gets "-1".
type anchors struct{ taken map[string]bool }

func (a *anchors) next(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(title)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte('-')
		}
	}
	base := cmp.Or(b.String(), "section")
	id := base
	for n := 1; a.taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	a.taken[id] = true
	return id
}
