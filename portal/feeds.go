package portal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// feedLength is how many entries a feed holds, the newest.
const feedLength = 50

// atomFeed is an Atom feed (RFC 4287), in the order of its schema.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Rights   string      `xml:"rights,omitempty"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr"`
	Label  string `xml:"label,attr,omitempty"`
}

// feedOf is what a feed is of: everything, a list, a region.
type feedOf struct {
	query  api.ListingQuery
	title  string
	page   string // address of the page that shows the same
	within string // what the feed is of beside its address: a list in a region
}

// seen is what a feed held when it last changed. The register says what is in
// force now and not since when a feed has been as it is, so that the portal
// remembers it from its own start.
type seen struct {
	tag string
	at  standing.Instant
}

// maxSeen bounds the feeds that are remembered; beyond, all begin anew.
const maxSeen = 4096

func (c *catalogue) feedEntries(p *page, _ *http.Request) (*feedOf, error) {
	return &feedOf{title: p.T("feed.entries"), page: "/entries"}, nil
}

func (c *catalogue) feedList(p *page, r *http.Request) (*feedOf, error) {
	name, ok := strings.CutSuffix(r.PathValue("list"), ".atom")
	if !ok {
		return nil, standing.Errorf(standing.NotFound, "a feed's address ends in .atom")
	}
	l, err := c.list(r.Context(), standing.ListID(name))
	if err != nil {
		return nil, err
	}
	return &feedOf{query: api.ListingQuery{List: l.ID}, title: p.T("feed.list", p.Say(l.Title)), page: "/lists/" + escape(name)}, nil
}

func (c *catalogue) feedRegion(p *page, r *http.Request) (*feedOf, error) {
	name, ok := strings.CutSuffix(r.PathValue("id"), ".atom")
	if !ok {
		return nil, standing.Errorf(standing.NotFound, "a feed's address ends in .atom")
	}
	id, err := knownRegion(name)
	if err != nil {
		return nil, err
	}
	of := &feedOf{query: api.ListingQuery{Region: string(id)}, title: p.T("feed.region", p.Place(string(id))), page: "/regions/" + escape(string(id))}
	if id == region.World {
		of.query.Region = ""
	}
	if list := r.URL.Query().Get("list"); list != "" {
		l, err := c.list(r.Context(), standing.ListID(list))
		if err != nil {
			return nil, err
		}
		of.query.List, of.within = l.ID, "/lists/"+escape(list)
		of.title = p.T("feed.list.region", p.Say(l.Title), p.Place(string(id)))
	}
	return of, nil
}

// feed serves an Atom feed. What has ended has left it: a feed holds what is in
// force, the newest first, and of no natural person.
func (c *catalogue) feed(of func(*page, *http.Request) (*feedOf, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		words, chosen := c.choose(r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
		p := &page{words: words, names: c.names.read(r.Context(), c.reg), chosen: chosen, here: *r.URL, portal: c.portal}
		f, err := of(p, r)
		if err == nil {
			err = c.writeFeed(w, r, p, f)
		}
		if err != nil {
			c.page(func(*page, *http.Request) (*reply, error) { return nil, err })(w, r)
		}
	}
}

func (c *catalogue) writeFeed(w http.ResponseWriter, r *http.Request, p *page, of *feedOf) error {
	of.query.Sort, of.query.Limit = api.SortNewest, feedLength
	found, err := c.reg.Listings(r.Context(), of.query)
	if err != nil {
		return err
	}
	origin, err := c.origin(r.Context(), found.Items)
	if err != nil {
		return err
	}
	f := p.atom(of, found.Items, origin)
	content, err := xml.Marshal(f) // without the time of its own change
	if err != nil {
		return err
	}
	was := c.lastChange(f.ID, content, c.now())
	f.Updated = was.at.String()
	body, err := xml.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("Content-Language", p.Tag)
	h.Set("Vary", "Accept-Language")
	h.Set("Cache-Control", "public, max-age=60")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("ETag", `"`+was.tag+`"`)
	http.ServeContent(w, r, "", was.at.Time(), bytes.NewReader(append([]byte(xml.Header), body...)))
	return nil
}

// lastChange says since when a feed has had this content.
func (c *catalogue) lastChange(id string, content []byte, now standing.Instant) seen {
	digest := sha256.Sum256(content)
	tag := hex.EncodeToString(digest[:12])
	c.mu.Lock()
	defer c.mu.Unlock()
	if was, ok := c.seen[id]; ok && was.tag == tag {
		return was
	}
	if len(c.seen) >= maxSeen {
		clear(c.seen)
	}
	c.seen[id] = seen{tag, now}
	return c.seen[id]
}

// origin is the register's name, with which the ids of its cases begin; when
// there is no entry to read it from, the log says it.
func (c *catalogue) origin(ctx context.Context, items []api.ListingRow) (string, error) {
	if len(items) > 0 {
		if name, _, ok := strings.Cut(items[0].ID, "/listing/"); ok {
			return name, nil
		}
	}
	note, err := c.reg.Checkpoint(ctx)
	if err != nil {
		return "", err
	}
	name, _, _ := strings.Cut(string(note), "\n")
	return name, nil
}

// tagged makes an id that stays for ever (RFC 4151) of the register's name and
// what is meant. The year says when the name was the register's; all tags bear
// the same.
func tagged(origin, specific string) string {
	authority, rest, ok := strings.Cut(origin, "/")
	if ok {
		specific = rest + "/" + specific
	}
	return "tag:" + strings.ToLower(authority) + ",2026:" + specific
}

func (p *page) atom(of *feedOf, items []api.ListingRow, origin string) *atomFeed {
	self := strings.TrimPrefix(p.here.Path, "/")
	f := &atomFeed{Lang: p.Tag, ID: tagged(origin, self+of.within+"/"+p.Lang), Title: of.title, Subtitle: p.T("feed.subtitle"), Author: atomAuthor{origin}, Rights: p.T("feed.rights"),
		Links: []atomLink{{"self", "application/atom+xml", p.in(p.Lang)}, {"alternate", "text/html", p.path(of.page)}}}
	for i := range items {
		if l := &items[i]; !l.PartyKind.Protected() {
			f.Entries = append(f.Entries, p.atomEntry(l, origin))
		}
	}
	return f
}

func (p *page) atomEntry(l *api.ListingRow, origin string) atomEntry {
	list := p.listTitle(l.List)
	began := l.From.String()
	e := atomEntry{ID: tagged(origin, "listing/"+tail(l.ID)), Title: l.Name + p.T("list.colon") + list, Updated: began, Published: began,
		Links:      []atomLink{{"alternate", "text/html", p.path("/listings/" + escape(l.ID))}},
		Categories: []atomCategory{{string(l.List), tagged(origin, "lists"), list}, {l.Region, tagged(origin, "regions"), p.Place(l.Region)}}}
	parts := []string{p.Or("ruling.", l.RulingKind)}
	if l.Docket != "" {
		parts = append(parts, l.Docket)
	}
	parts = append(parts, p.authority(l.Authority), p.Place(l.Region), p.T("feed.from", p.day(l.From)), p.ending(l))
	if l.Stayed {
		parts = append(parts, p.T("feed.stayed"))
	}
	e.Summary = strings.Join(parts, p.T("list.semicolon"))
	return e
}

// ending says until when an entry is in force, or by when it ends at the latest.
func (p *page) ending(l *api.ListingRow) string {
	switch {
	case l.Until != 0 && l.Until != standing.Forever:
		return p.T("feed.until", p.day(l.Until))
	case l.Review != 0:
		return p.T("feed.review", p.day(l.Review))
	}
	return p.T("feed.open")
}
