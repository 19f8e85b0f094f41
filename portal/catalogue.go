package portal

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/rulebook"
)

// catalogue shows what rules are in force here with the law behind them, where
// they hold, who applies them, and what the charter refuses. It is safe for
// concurrent use.
type catalogue struct {
	*portal
	examples []example
	trying   chan struct{} // slots for texts that are being tried

	mu    sync.Mutex
	books map[string]*shelved // by name and version
	seen  map[string]seen     // feeds, by id
}

// shelved is a version of a rulebook as it was read.
type shelved struct {
	*api.RulebookText
	book  *rulebook.Compiled // nil where the text is none of this software's
	pages map[string]*prose
}

// triers is how many texts are tried at a time; it takes milliseconds each.
const triers = 2

func (p *portal) catalogueRoutes() []route {
	c := &catalogue{portal: p, examples: examples(), trying: make(chan struct{}, triers), books: map[string]*shelved{}, seen: map[string]seen{}}
	return []route{
		{pattern: "GET /lists", page: c.listsPage},
		{pattern: "GET /lists/{list...}", page: c.listPage},
		{pattern: "GET /measures", page: c.measuresPage},
		{pattern: "GET /measures/{rulebook}/{id}", page: c.measurePage},
		{pattern: "GET /activities", page: c.activitiesPage},
		{pattern: "GET /activities/{id}", page: c.activityPage},
		{pattern: "GET /rulebooks", page: c.rulebooksPage},
		{pattern: "GET /rulebooks/{name}", page: c.rulebookPage},
		{pattern: "GET /rulebooks/{name}/compare", page: c.comparePage},
		{pattern: "GET /rulebooks/{name}/{version}", page: c.documentPage},
		{pattern: "GET /rulebooks/{name}/{version}/text", file: c.rulebookText},
		{pattern: "GET /authorities", page: c.authoritiesPage},
		{pattern: "GET /authorities/{id...}", page: c.authorityPage},
		{pattern: "GET /regions", page: c.regionsPage},
		{pattern: "GET /regions/{id...}", page: c.regionPage},
		{pattern: "GET /corrections", page: c.correctionsPage},
		{pattern: "GET /feeds/entries.atom", file: c.feed(c.feedEntries)},
		{pattern: "GET /feeds/lists/{list...}", file: c.feed(c.feedList)},
		{pattern: "GET /feeds/regions/{id...}", file: c.feed(c.feedRegion)},
		{pattern: "GET /charter", page: c.charterPage},
		{pattern: "GET /charter/{number}", page: c.articlePage},
		{pattern: "POST /charter/{number}", page: c.articlePage},
	}
}

// begin says of a page what the catalogue's pages have in common.
func (c *catalogue) begin(p *page, section, title string) {
	p.section, p.title = section, title
	p.styles = append(p.styles, "catalogue.css")
}

// version reads a version of a rulebook, an empty one being that in force. What
// was read stays: the text of a version does not change.
func (c *catalogue) version(ctx context.Context, name, version string) (*shelved, error) {
	key := name + " " + version
	c.mu.Lock()
	kept := c.books[key]
	c.mu.Unlock()
	if kept != nil && version != "" {
		return kept, nil
	}
	text, err := c.reg.Rulebook(ctx, name, version)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	kept = c.books[name+" "+text.Version]
	c.mu.Unlock()
	if kept != nil && kept.Digest == text.Digest {
		return kept, nil
	}
	s := &shelved{RulebookText: text, pages: map[string]*prose{}}
	if book, err := rulebook.Load([]byte(text.Text)); err == nil {
		s.book = book
	}
	for _, w := range c.words {
		if source, ok := text.Document[w.Lang]; ok {
			s.pages[w.Lang] = markdown(source, w, s.book)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.books) >= maxShelved {
		clear(c.books)
	}
	c.books[name+" "+text.Version] = s
	return s, nil
}

// maxShelved bounds the versions that are kept read.
const maxShelved = 256

// bookOf is the rulebook that a definition names, "name version"; nil where it
// cannot be had: a page then shows what the definition itself says.
func (c *catalogue) bookOf(ctx context.Context, named string) *rulebook.Compiled {
	name, version, _ := strings.Cut(named, " ")
	s, err := c.version(ctx, name, version)
	if err != nil {
		return nil
	}
	return s.book
}

// list finds a list in force.
func (c *catalogue) list(ctx context.Context, id standing.ListID) (*api.ListDefinition, error) {
	all, err := c.reg.Lists(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, standing.Errorf(standing.NotFound, "no list %.80q is in force here", string(id))
}

// newest are the newest entries in force that meet a query, for a page that shows
// a few and leads to the others.
func (c *catalogue) newest(ctx context.Context, q api.ListingQuery) (*api.ListingPage, error) {
	q.Sort, q.Limit = api.SortNewest, 10
	return c.reg.Listings(ctx, q)
}

// notFound is a part of the catalogue that there is not.
func notFound(format string, args ...any) error {
	return standing.Errorf(standing.NotFound, format, args...)
}

// slot waits for a place among those whose text is tried.
func (c *catalogue) slot(r *http.Request) (leave func(), err error) {
	wait := time.NewTimer(5 * time.Second)
	defer wait.Stop()
	select {
	case c.trying <- struct{}{}:
		return func() { <-c.trying }, nil
	case <-wait.C:
	case <-r.Context().Done():
	}
	return nil, standing.Errorf(standing.Unavailable, "others are trying texts: ask again in a moment")
}
