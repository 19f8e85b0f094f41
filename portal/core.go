package portal

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func (p *portal) coreRoutes() []route {
	return []route{
		{pattern: "GET /{$}", page: p.home},
		{pattern: "GET /check", page: p.check},
		{pattern: "GET /search", page: p.search},
		{pattern: "GET /entries", page: p.entries},
		{pattern: "GET /parties/{party...}", page: p.party},
		{pattern: "GET /listings/{id...}", page: p.listing},
		{pattern: "GET /rulings/{id...}", page: p.ruling},
		{pattern: "GET /proofs/{position}", page: p.proof},
		{pattern: "GET /assets/{name}", file: p.asset},
		{pattern: "GET /theme", file: p.chooseTheme},
	}
}

// newest is how many entries the first page shows.
const newest = 6

// home is the first page. Its form used to lead here, and still may.
func (p *portal) home(pg *page, r *http.Request) (*reply, error) {
	q := r.URL.Query()
	if q.Has("party") || q.Has("activity") {
		q.Set("activity", q.Get("activity")) // which the old form could do without
		return &reply{to: "/check?" + q.Encode()}, nil
	}
	pg.scripts = []string{"htmx.min.js"} // the search that follows needs it, and has it then
	day, err := p.reg.Today(r.Context())
	if err != nil {
		return nil, err
	}
	latest, err := p.reg.Listings(r.Context(), api.ListingQuery{Sort: api.SortNewest, Limit: newest})
	if err != nil {
		return nil, err
	}
	pg.title = pg.T("home.title")
	return &reply{body: homePage(pg, day, latest)}, nil
}

// check is the form, and the answer if something was asked.
func (p *portal) check(pg *page, r *http.Request) (*reply, error) {
	q := r.URL.Query()
	f := &form{Party: strings.TrimSpace(q.Get("party")), Activity: q.Get("activity"), Region: strings.TrimSpace(q.Get("region"))}
	if !utf8.ValidString(f.Party + f.Activity + f.Region) {
		return nil, standing.Errorf(standing.Invalid, "the address is not valid UTF-8")
	}
	f.Party, f.Activity, f.Region = legible(f.Party), legible(f.Activity), legible(f.Region)
	if len(f.Party)+len(f.Activity)+len(f.Region) > 2048 {
		return nil, standing.Errorf(standing.TooLarge, "the question is longer than 2,048 bytes")
	}
	pg.title = pg.T("check.title")
	if !q.Has("party") || !q.Has("activity") {
		return &reply{body: checkPage(pg, f, nil)}, nil // a link may name one and leave the other to the reader
	}
	question, ok := p.understand(pg, f)
	if !ok {
		return &reply{status: http.StatusBadRequest, body: checkPage(pg, f, nil)}, nil
	}
	if question.Activity == "" {
		return &reply{to: pg.path("/parties/" + escape(question.Party))}, nil
	}
	answer, err := p.reg.Check(r.Context(), api.Caller{}, question)
	switch {
	case err == nil:
	case standing.KindOf(err) == standing.Invalid:
		var tongue string
		f.PartyError, _, tongue = pg.Tell(err)
		f.Said = tongue != ""
		return &reply{status: http.StatusBadRequest, body: checkPage(pg, f, nil)}, nil
	default:
		return nil, err
	}
	pg.title = pg.T("verdict."+string(answer.Verdict)) + pg.T("list.colon") + valueOf(answer.Party)
	return &reply{body: checkPage(pg, f, answer)}, nil
}

func (p *portal) party(pg *page, r *http.Request) (*reply, error) {
	party := r.PathValue("party")
	if !utf8.ValidString(party) {
		return nil, standing.Errorf(standing.Invalid, "the address is not valid UTF-8")
	}
	v, err := p.reg.Party(r.Context(), api.Caller{}, api.Question{Party: party})
	if err != nil {
		return nil, err
	}
	pg.title, pg.section = pg.T("party.title"), "/search"
	if len(v.Names) > 0 {
		pg.title = v.Names[0]
	}
	return &reply{body: partyPage(pg, v)}, nil
}

func (p *portal) listing(pg *page, r *http.Request) (*reply, error) {
	v, err := p.reg.Listing(r.Context(), api.Caller{}, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	pg.title, pg.section = pg.T("listing.title"), "/entries"
	if title, _ := pg.Pick(v.ListTitle); title != "" {
		pg.title += pg.T("list.colon") + title
	}
	return &reply{body: listingPage(pg, v)}, nil
}

func (p *portal) ruling(pg *page, r *http.Request) (*reply, error) {
	v, err := p.reg.Ruling(r.Context(), api.Caller{}, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	pg.title, pg.section = pg.rulingLine(&v.RulingRef), "/entries"
	return &reply{body: rulingPage(pg, v)}, nil
}
