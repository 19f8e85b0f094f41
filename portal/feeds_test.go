package portal_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/portal"
)

// feed is what RFC 4287 asks of a feed.
type feed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string    `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      []string  `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string  `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string  `xml:"http://www.w3.org/2005/Atom updated"`
	Author  []string  `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []link    `xml:"http://www.w3.org/2005/Atom link"`
	Entries []entryOf `xml:"http://www.w3.org/2005/Atom entry"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type entryOf struct {
	ID      []string `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []link   `xml:"http://www.w3.org/2005/Atom link"`
	Summary []string `xml:"http://www.w3.org/2005/Atom summary"`
}

var tagID = regexp.MustCompile(`^tag:[a-z0-9.-]+,\d{4}:[\x21-\x7e]+$`)

// valid reads a feed and holds it to RFC 4287: one id, title and updated each, an
// author, a link to itself, ids that are IRIs and there once, dates of RFC 3339.
func valid(t *testing.T, w *httptest.ResponseRecorder) feed {
	t.Helper()
	var f feed
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
		t.Fatalf("no XML: %v in %.400s", err, w.Body)
	}
	if got := w.Header().Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("a feed is %s", got)
	}
	if len(f.ID) != 1 || !tagID.MatchString(f.ID[0]) || len(f.Title) != 1 || f.Title[0] == "" || len(f.Updated) != 1 || len(f.Author) != 1 || f.Author[0] == "" || f.Lang == "" {
		t.Errorf("the feed lacks something: %+v", f)
	}
	self, ids := 0, map[string]bool{}
	for _, l := range f.Links {
		if l.Rel == "self" {
			self++
		}
	}
	if self != 1 {
		t.Errorf("%d links to itself", self)
	}
	dates := append([]string{}, f.Updated...)
	for _, e := range f.Entries {
		if len(e.ID) != 1 || !tagID.MatchString(e.ID[0]) || ids[e.ID[0]] || len(e.Title) != 1 || len(e.Updated) != 1 || len(e.Links) != 1 || len(e.Summary) != 1 || e.Summary[0] == "" {
			t.Errorf("the entry lacks something: %+v", e)
		}
		ids[e.ID[0]] = true
		dates = append(dates, e.Updated...)
	}
	for _, d := range dates {
		if _, err := time.Parse(time.RFC3339, d); err != nil {
			t.Errorf("updated: %v", err)
		}
	}
	return f
}

func TestFeeds(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	for address, title := range map[string]string{
		"/feeds/entries.atom": "Entries in force", "/feeds/lists/cn-courts/judgment-defaulters.atom": "Entries in force: Judgment defaulters",
		"/feeds/regions/CN/37.atom": "Entries in force in Shandong, China", "/feeds/regions/*.atom": "Entries in force in everywhere",
		"/feeds/regions/CN.atom?list=cn-courts/judgment-defaulters": "Entries in force: Judgment defaulters, in China",
	} {
		f := valid(t, get(h, address, "en"))
		if f.Title[0] != title && !strings.HasSuffix(address, "*.atom") || f.Lang != "en" || len(f.Entries) != 2 {
			t.Errorf("%s: %q in %s with %d entries", address, f.Title[0], f.Lang, len(f.Entries))
		}
		sign := "?"
		if strings.Contains(address, "?") {
			sign = "&"
		}
		zh := valid(t, get(h, address+sign+"lang=zh", "en"))
		if zh.Lang != "zh-Hans" || zh.ID[0] == f.ID[0] || zh.Entries[0].ID[0] != f.Entries[0].ID[0] {
			t.Errorf("%s in Chinese: %s, id %s", address, zh.Lang, zh.ID[0])
		}
	}
	f := valid(t, get(h, "/feeds/entries.atom", "en"))
	if want := "tag:register.example,2026:listing/01kbp3x9q8e4tv7m2h6d5wz0c0"; f.Entries[0].ID[0] != want {
		t.Errorf("an entry's id is %s, want %s", f.Entries[0].ID[0], want)
	}
	if !strings.Contains(f.Entries[0].Title[0], "荣成海岳建材有限公司: ") || !strings.Contains(f.Entries[0].Summary[0], "Judgment") {
		t.Errorf("an entry says %q, %q", f.Entries[0].Title[0], f.Entries[0].Summary[0])
	}
}

// changing is a register whose entries end.
type changing struct {
	*shipped
	rows []api.ListingRow
}

func (c *changing) Listings(context.Context, api.ListingQuery) (*api.ListingPage, error) {
	return &api.ListingPage{Items: c.rows, Count: api.Count{N: len(c.rows)}}, nil
}

func TestFeedChanges(t *testing.T) {
	s := withRulebooks(t)
	page, _ := s.Listings(context.Background(), api.ListingQuery{})
	reg := &changing{s, page.Items}
	now := apitest.Now.Time()
	h := portal.New(reg, portal.Options{Now: func() time.Time { return now }})
	first := get(h, "/feeds/entries.atom", "en")
	etag, modified := first.Header().Get("ETag"), first.Header().Get("Last-Modified")
	ask := func(header, value string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/feeds/entries.atom", nil)
		r.Header.Set(header, value)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	now = now.Add(time.Hour)
	for header, value := range map[string]string{"If-None-Match": etag, "If-Modified-Since": modified} {
		if w := ask(header, value); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s %s: status %d", header, value, w.Code)
		}
	}
	reg.rows = reg.rows[1:]
	for header, value := range map[string]string{"If-None-Match": etag, "If-Modified-Since": modified} {
		w := ask(header, value)
		if w.Code != http.StatusOK {
			t.Errorf("an entry ended: %s %s: status %d", header, value, w.Code)
			continue
		}
		f := valid(t, w)
		if len(f.Entries) != 1 || f.Updated[0] != now.UTC().Format("2006-01-02T15:04:05Z") || strings.Contains(w.Body.String(), "荣成海岳") {
			t.Errorf("an entry ended: %d entries, updated %s", len(f.Entries), f.Updated[0])
		}
	}
	reg.rows = nil
	if f := valid(t, get(h, "/feeds/entries.atom", "en")); len(f.Entries) != 0 || f.Author[0] != "register.example" {
		t.Errorf("an empty feed: %+v", f)
	}
}

func TestFeedOfHostileNames(t *testing.T) {
	h := portal.New(hostile{withRulebooks(t)}, portal.Options{})
	w := get(h, "/feeds/entries.atom", "en")
	f := valid(t, w)
	if len(f.Entries) != 1 || !strings.HasPrefix(f.Entries[0].Title[0], script) || strings.Contains(w.Body.String(), "Flesh") {
		t.Errorf("%d entries: %+v", len(f.Entries), f.Entries)
	}
}
