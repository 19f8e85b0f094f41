package portal

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/rulebook"
)

func (c *catalogue) rulebooksPage(p *page, r *http.Request) (*reply, error) {
	books, err := c.reg.Rulebooks(r.Context())
	if err != nil {
		return nil, err
	}
	c.begin(p, "/rulebooks", p.T("cat.rulebooks.title"))
	return &reply{body: rulebooksView(p, books)}, nil
}

func (c *catalogue) rulebookPage(p *page, r *http.Request) (*reply, error) {
	versions, err := c.reg.Versions(r.Context(), r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	c.begin(p, "/rulebooks", cmp.Or(p.Say(versions[0].Title), versions[0].Name))
	return &reply{body: versionsView(p, versions)}, nil
}

// adopted finds a version among those that were adopted.
func (c *catalogue) adopted(r *http.Request, name, version string) (*api.RulebookView, error) {
	versions, err := c.reg.Versions(r.Context(), name)
	if err != nil {
		return nil, err
	}
	for i := range versions {
		if versions[i].Version == version {
			return &versions[i], nil
		}
	}
	return nil, notFound("no version %.40q of rulebook %.40q was adopted here", version, name)
}

func (c *catalogue) documentPage(p *page, r *http.Request) (*reply, error) {
	v, err := c.adopted(r, r.PathValue("name"), r.PathValue("version"))
	if err != nil {
		return nil, err
	}
	s, err := c.version(r.Context(), v.Name, v.Version)
	if err != nil {
		return nil, err
	}
	doc, lang := s.pages[p.Lang], ""
	if doc == nil {
		doc, lang = s.pages["en"], "en"
	}
	if doc == nil {
		return nil, standing.Errorf(standing.NotFound, "version %s of rulebook %s is there as a text alone", v.Version, v.Name)
	}
	c.begin(p, "/rulebooks", cmp.Or(p.Say(v.Title), v.Name))
	return &reply{body: documentView(p, v, doc, lang)}, nil
}

// rulebookText is the text itself, the bytes that decisions cite by digest.
func (c *catalogue) rulebookText(w http.ResponseWriter, r *http.Request) {
	s, err := c.version(r.Context(), r.PathValue("name"), r.PathValue("version"))
	if err != nil {
		c.page(func(*page, *http.Request) (*reply, error) { return nil, err })(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/yaml; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+fileName(s.Name+"-"+s.Version)+`.yaml"`)
	h.Set("ETag", `"`+s.Digest.String()+`"`)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Access-Control-Allow-Origin", "*")
	http.ServeContent(w, r, "", s.Since.Time(), strings.NewReader(s.Text))
}

// fileName keeps to what every system takes for the name of a file.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, s)
}

// comparison is what changed between two versions, put together by what it
// changed in.
type comparison struct {
	name, title string
	from, to    *api.RulebookView
	versions    []api.RulebookView
	total       int
	parts       []changedPart
}

type changedPart struct {
	title   string
	changes []changed
}

// changed is one difference in words.
type changed struct {
	what     string // path below the part
	old, new string
	lang     string     // of old and new; "" where they are in words of ours
	why      []lawCited // what the newer text cites there, else the older
	whyAt    string     // address of the text that cites it
}

func (c *catalogue) comparePage(p *page, r *http.Request) (*reply, error) {
	name := r.PathValue("name")
	versions, err := c.reg.Versions(r.Context(), name)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	find := func(version string, otherwise int) (*api.RulebookView, error) {
		if version == "" {
			return &versions[min(otherwise, len(versions)-1)], nil
		}
		return c.adopted(r, name, version)
	}
	v := &comparison{name: name, versions: versions, title: cmp.Or(p.Say(versions[0].Title), name)}
	if v.from, err = find(q.Get("from"), 1); err != nil {
		return nil, err
	}
	if v.to, err = find(q.Get("to"), 0); err != nil {
		return nil, err
	}
	changes, err := c.reg.Compare(r.Context(), name, v.from.Version, v.to.Version)
	if err != nil {
		return nil, err
	}
	v.total = len(changes)
	before, after := c.bookOf(r.Context(), name+" "+v.from.Version), c.bookOf(r.Context(), name+" "+v.to.Version)
	for _, change := range changes {
		v.add(p, change, before, after)
	}
	c.begin(p, "/rulebooks", p.T("cat.compare.title", v.title))
	return &reply{body: compareView(p, v)}, nil
}

// add puts a change under the list, measure or source in which it stands.
func (v *comparison) add(p *page, change api.RuleChange, before, after *rulebook.Compiled) {
	parts := pathParts(change.Path)
	title, rest := p.T("cat.compare.general"), parts
	if len(parts) >= 2 && (parts[0] == "lists" || parts[0] == "measures" || parts[0] == "sources" || parts[0] == "severities") {
		title, rest = p.T("cat.path."+parts[0])+p.T("list.colon")+cmp.Or(titleAt(p, after, parts[:2]), titleAt(p, before, parts[:2]), parts[1]), parts[2:]
	}
	item := changed{why: p.whyAt(after, parts), whyAt: p.path(versionAddress(v.to))}
	if len(item.why) == 0 {
		item.why, item.whyAt = p.whyAt(before, parts), p.path(versionAddress(v.from))
	}
	var words []string
	for i := 0; i < len(rest); i++ {
		name := p.Or("cat.path.", rest[i])
		if of := cmp.Or(titleAt(p, after, parts[:len(parts)-len(rest)+i+1]), titleAt(p, before, parts[:len(parts)-len(rest)+i+1])); of != "" && i > 0 {
			name = of
		}
		words = append(words, name)
	}
	item.what = strings.Join(words, " › ")
	last := ""
	if len(rest) > 0 {
		last = rest[len(rest)-1]
	}
	item.old, item.new = p.value(last, change.Old), p.value(last, change.New)
	if last == "en" || last == "zh" {
		item.lang = last
	}
	at := slices.IndexFunc(v.parts, func(c changedPart) bool { return c.title == title })
	if at < 0 {
		at, v.parts = len(v.parts), append(v.parts, changedPart{title: title})
	}
	v.parts[at].changes = append(v.parts[at].changes, item)
}

// pathParts takes a path apart: "lists[abnormal].grounds[no-report].term", or
// the same with slashes.
func pathParts(path string) []string {
	if !strings.Contains(path, "[") {
		return strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '.' })
	}
	var out []string
	for path != "" {
		at := strings.IndexAny(path, ".[")
		if at < 0 {
			return append(out, path)
		}
		if at > 0 {
			out = append(out, path[:at])
		}
		if path[at] == '.' {
			path = path[at+1:]
			continue
		}
		end := strings.IndexByte(path, ']')
		if end < at {
			return append(out, path[at+1:])
		}
		out, path = append(out, path[at+1:end]), path[end+1:]
	}
	return out
}

// value prints one side of a change: a length of time in words, everything else
// as the text has it.
func (p *page) value(key, s string) string {
	switch key {
	case "term", "term-max", "window", "within", "review", "after", "then", "max", "max-age", "relist-bar", "longer-than":
		if s != "" {
			return p.length(s)
		}
	case "rulings":
		return p.codes("ruling.", split(s))
	case "subjects":
		return p.codes("cat.subject.", split(s))
	case "authorities":
		return p.codes("cat.authority.", split(s))
	case "capacities":
		return p.codes("cat.capacity.", split(s))
	case "methods":
		return p.codes("cat.method.", split(s))
	case "needs":
		return p.codes("cat.need.", split(s))
	}
	if s == "(there)" {
		return p.T("cat.compare.there")
	}
	return s
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

// titleAt is the title of the list, measure, ground, exit ... at a path of a
// rulebook; "" where the path ends at something without one.
func titleAt(p *page, book *rulebook.Compiled, parts []string) string {
	if book == nil {
		return ""
	}
	title, _ := partAt(book, parts)
	if title == nil {
		return ""
	}
	return p.Say(title)
}

// whyAt is the law that a rulebook cites for what stands at a path: by the item
// itself, else by what it belongs to.
func (p *page) whyAt(book *rulebook.Compiled, parts []string) []lawCited {
	if book == nil {
		return nil
	}
	for n := len(parts); n > 0; n-- {
		if _, source := partAt(book, parts[:n]); len(source) > 0 {
			return p.cites(book, source)
		}
	}
	return nil
}

// partAt is the title and the sources of what stands at a path.
func partAt(book *rulebook.Compiled, parts []string) (title map[string]string, source []string) {
	if len(parts) < 2 {
		return nil, nil
	}
	switch parts[0] {
	case "sources":
		if s, _, ok := book.Cited(parts[1]); ok && len(parts) == 2 {
			return s.Title, []string{s.ID}
		}
	case "severities":
		for i := range book.Severities {
			if book.Severities[i].ID == parts[1] && len(parts) == 2 {
				return book.Severities[i].Title, nil
			}
		}
	case "measures":
		if m, ok := book.Measure(parts[1]); ok && len(parts) == 2 {
			return m.Title, m.Source
		}
	case "lists":
		if l, ok := book.List(parts[1]); ok {
			return partOfList(l, parts[2:])
		}
	}
	return nil, nil
}

// partOfList is partAt below a list.
func partOfList(l *rulebook.List, parts []string) (title map[string]string, source []string) {
	switch len(parts) {
	case 0:
		return l.Title, l.Source
	case 1:
		switch parts[0] {
		case "notice":
			return nil, l.Notice.Source
		case "objection":
			return nil, l.Objection.Source
		case "claims":
			return nil, l.Claims.Source
		case "exemption":
			if l.Exemption != nil {
				return nil, l.Exemption.Source
			}
		}
	case 2:
		id, number, _ := strings.Cut(parts[1], "/") // the second exit of an event is "performed/2"
		switch parts[0] {
		case "grounds":
			for i := range l.Grounds {
				if l.Grounds[i].ID == id {
					return l.Grounds[i].Title, l.Grounds[i].Source
				}
			}
		case "exclusions":
			for i := range l.Exclusions {
				if l.Exclusions[i].ID == id {
					return l.Exclusions[i].Title, l.Exclusions[i].Source
				}
			}
		case "exits":
			nth := max(articleOf(number), 1)
			for i := range l.Exits {
				if l.Exits[i].Event == id {
					if nth--; nth == 0 {
						return l.Exits[i].Title, l.Exits[i].Source
					}
				}
			}
		}
	}
	return nil, nil
}

// textAddress is where the text of a version is, as it was adopted.
func textAddress(v *api.RulebookView) string {
	return "/rulebooks/" + escape(v.Name) + "/" + escape(v.Version) + "/text"
}

func versionAddress(v *api.RulebookView) string {
	return "/rulebooks/" + escape(v.Name) + "/" + escape(v.Version)
}

func compareAddress(from, to *api.RulebookView) string {
	return "/rulebooks/" + escape(from.Name) + "/compare?from=" + query(from.Version) + "&to=" + query(to.Version)
}

// inForceLine says since when a version holds, and until when it did.
func (p *page) inForceLine(v *api.RulebookView) string {
	if v.Until == 0 || v.Until == standing.Forever {
		return p.T("cat.rulebook.lead", v.Version, p.day(v.Since))
	}
	return p.T("cat.rulebook.lead.over", v.Version, p.day(v.Since), p.day(v.Until))
}
