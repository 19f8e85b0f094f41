package portal

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func searchFilters() []string {
	return []string{"q", "region", "field", "list", "status", "record", "kind", "sort", "cursor"}
}

func searchSorts() []string { return []string{api.SortRelevance, api.SortName, api.SortNewest} }

func entryFilters() []string {
	return []string{"list", "field", "region", "authority", "ruling", "source", "sort", "cursor"}
}

func entrySorts() []string { return []string{api.SortNewest, api.SortEnding} }

// search finds parties by name or identifier.
func (p *portal) search(pg *page, r *http.Request) (*reply, error) {
	pg.title, pg.section, pg.scripts = pg.T("search.title"), "/search", []string{"htmx.min.js"}
	f, err := pg.filters(r.URL.Query(), searchFilters(), searchSorts())
	if err != nil {
		return nil, err
	}
	if f.bad() {
		return &reply{status: http.StatusBadRequest, body: searchPage(pg, f, nil)}, nil
	}
	shown, redirect := pg.tidy(r, "/search", f)
	if redirect != nil {
		return redirect, nil
	}
	found, err := p.reg.Search(r.Context(), api.PartyQuery{Text: f.get("q"), Region: f.region, Field: f.get("field"), List: standing.ListID(f.get("list")),
		Status: f.get("status"), Record: f.get("record"), Kind: f.get("kind"), Sort: f.get("sort"), Cursor: f.get("cursor")})
	if err != nil {
		if err = f.refuse(pg.words, err); err != nil {
			return nil, err
		}
		return &reply{status: http.StatusBadRequest, body: searchPage(pg, f, nil)}, nil
	}
	if text := f.get("q"); text != "" {
		pg.title = text + " – " + pg.title
	}
	return &reply{body: searchPage(pg, f, found), shown: shown}, nil
}

// entries shows the entries of organisations in force.
func (p *portal) entries(pg *page, r *http.Request) (*reply, error) {
	pg.title, pg.section, pg.scripts = pg.T("entries.title"), "/entries", []string{"htmx.min.js"}
	f, err := pg.filters(r.URL.Query(), entryFilters(), entrySorts())
	if err != nil {
		return nil, err
	}
	if f.bad() {
		return &reply{status: http.StatusBadRequest, body: entriesPage(pg, f, nil)}, nil
	}
	shown, redirect := pg.tidy(r, "/entries", f)
	if redirect != nil {
		return redirect, nil
	}
	authority, ok := pg.authorityNamed(f.get("authority"))
	if !ok {
		f.problem = pg.T("search.value", clip(f.get("authority"), 40), pg.T("search.authority"))
		return &reply{status: http.StatusBadRequest, body: entriesPage(pg, f, nil)}, nil
	}
	found, err := p.reg.Listings(r.Context(), api.ListingQuery{List: standing.ListID(f.get("list")), Field: f.get("field"), Region: f.region,
		Authority: authority, Ruling: f.get("ruling"), Source: f.get("source"), Sort: f.get("sort"), Cursor: f.get("cursor")})
	if err != nil {
		if err = f.refuse(pg.words, err); err != nil {
			return nil, err
		}
		return &reply{status: http.StatusBadRequest, body: entriesPage(pg, f, nil)}, nil
	}
	return &reply{body: entriesPage(pg, f, found), shown: shown}, nil
}

// authorityNamed takes an authority's name for its code; not ok is what is
// neither. Where the authorities are not known, any code may be one.
func (p *page) authorityNamed(text string) (id standing.AuthorityID, ok bool) {
	id = standing.AuthorityID(text)
	if _, known := p.authorities[id]; known || text == "" || len(p.authorities) == 0 {
		return id, true
	}
	for id, a := range p.authorities {
		for _, name := range a.Names {
			if strings.EqualFold(name, text) {
				return id, true
			}
		}
	}
	return "", false
}

// piece is a stretch of a text that met what was searched for, or did not.
type piece struct {
	text string
	met  bool
}

// pieces cuts a text at its spans; one that is no part of it is passed over.
func pieces(text string, spans []api.Span) []piece {
	var out []piece
	at := 0
	for _, s := range spans {
		if s.From < at || s.To <= s.From || s.To > len(text) || !boundary(text, s.From) || !boundary(text, s.To) {
			continue
		}
		if s.From > at {
			out = append(out, piece{text[at:s.From], false})
		}
		out = append(out, piece{text[s.From:s.To], true})
		at = s.To
	}
	if at < len(text) {
		out = append(out, piece{text[at:], false})
	}
	return out
}

func boundary(s string, at int) bool { return at == len(s) || utf8.RuneStart(s[at]) }

// metNumber is the identifier that met the text, if it was not a name.
func metNumber(row *api.PartyRow, text string) string {
	if len(row.Matched) > 0 || text == "" {
		return ""
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ':' {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	for _, id := range row.Identifiers {
		if strings.Contains(bare(id), bare(text)) {
			return id
		}
	}
	return ""
}
