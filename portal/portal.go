// Package portal is the register as pages for people: one question, one answer
// in plain words, a party with its entries, an entry with its history. Pages are
// made on the server, work without JavaScript, and come in English and Chinese.
//
//	pages := portal.New(reg, portal.Options{})
//	handler := server.New(reg, server.Options{Portal: pages})
//
// It asks the register as nobody: what it shows, anyone may see. Natural persons
// are not looked up here.
//
// Templates are *.templ, words are text/*.json, both languages complete; what is
// generated from the templates is committed.
package portal

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/lang"
)

// Options is what the pages can be told. The zero Options will do.
type Options struct {
	// Logger gets the causes of internal errors; nil: they are not logged.
	Logger *slog.Logger
}

// portal is the handler that New makes. It is safe for concurrent use.
type portal struct {
	reg     api.Register
	log     *slog.Logger
	mux     *http.ServeMux
	words   []*words
	langs   lang.Languages
	places  map[string][]string // ids by name in lower case
	offered []place             // for the field of places, in order
	assets  map[string]asset
}

// New makes the pages of a register.
func New(reg api.Register, opts Options) http.Handler {
	p := &portal{reg: reg, log: opts.Logger, mux: http.NewServeMux(), langs: lang.All(), assets: assets()}
	p.words = languages(p.langs)
	p.places, p.offered = places()
	p.mux.HandleFunc("GET /{$}", p.page(p.ask))
	p.mux.HandleFunc("GET /parties/{party...}", p.page(p.party))
	p.mux.HandleFunc("GET /listings/{id...}", p.page(p.listing))
	p.mux.HandleFunc("GET /assets/{name}", p.asset)
	p.mux.HandleFunc("/", p.page(func(*page, *http.Request) (*reply, error) {
		return nil, &standing.Error{Kind: standing.NotFound, What: "there is no page at this address"}
	}))
	return p
}

// policy allows styles and pictures of our own and nothing else: no script at
// all. Pico draws its marks with data: pictures.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	p.mux.ServeHTTP(w, r)
}

// reply is what a page came to: something to show, or another address.
type reply struct {
	status int // zero: 200
	body   templ.Component
	to     string // redirect
}

// page is what every template knows: the language, and where it stands.
type page struct {
	*words
	title   string
	chosen  bool // the language was chosen by hand, so that links keep it
	here    url.URL
	portal  *portal
	request string // id of the request, to quote
}

// page runs a handler in the language of the request and shows what it returns,
// or its error.
func (p *portal) page(handle func(*page, *http.Request) (*reply, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		words, chosen := p.choose(r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
		pg := &page{words: words, chosen: chosen, here: *r.URL, portal: p, request: w.Header().Get("X-Request-Id")}
		out, err := handle(pg, r)
		if err != nil {
			p.logCause(r, pg.request, err)
			out = pg.problem(err)
		}
		h := w.Header()
		switch out.status {
		case http.StatusUnauthorized:
			h.Set("WWW-Authenticate", `Bearer realm="standing"`)
		case http.StatusServiceUnavailable:
			h.Set("Retry-After", "2")
		}
		h.Add("Vary", "Accept-Language")
		h.Set("Cache-Control", "no-cache")
		if out.to != "" {
			h.Set("Location", out.to)
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		var b bytes.Buffer
		if err := layout(pg, out.body).Render(r.Context(), &b); err != nil {
			p.logCause(r, pg.request, err)
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Language", pg.Tag)
		if out.status != 0 {
			w.WriteHeader(out.status)
		}
		_, _ = w.Write(b.Bytes()) // a reader who has gone needs no page
	}
}

func (p *portal) logCause(r *http.Request, request string, err error) {
	if p.log != nil && standing.KindOf(err) == standing.Internal && r.Context().Err() == nil {
		p.log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.String("request", request), slog.String("cause", err.Error()))
	}
}

// problem is the page of an error.
func (p *page) problem(err error) *reply {
	problem := api.ProblemOf(err)
	kind := strings.TrimPrefix(problem.Type, api.ProblemPath)
	p.title = p.T("problem." + kind)
	return &reply{status: problem.Status, body: problemPage(p, kind, &problem)}
}

// ask is the first page: the form, and the answer if something was asked.
func (p *portal) ask(pg *page, r *http.Request) (*reply, error) {
	q := r.URL.Query()
	f := &form{Party: strings.TrimSpace(q.Get("party")), Activity: q.Get("activity"), Region: strings.TrimSpace(q.Get("region"))}
	if !utf8.ValidString(f.Party + f.Activity + f.Region) {
		return nil, standing.Errorf(standing.Invalid, "the address is not valid UTF-8")
	}
	if len(f.Party)+len(f.Activity)+len(f.Region) > 2048 {
		return nil, standing.Errorf(standing.TooLarge, "the question is longer than 2,048 bytes")
	}
	pg.title = pg.T("home.title")
	if !q.Has("party") && f.Activity == "" {
		return &reply{body: askPage(pg, f, nil)}, nil
	}
	question, ok := p.understand(pg, f)
	if !ok {
		return &reply{status: http.StatusBadRequest, body: askPage(pg, f, nil)}, nil
	}
	if question.Activity == "" {
		return &reply{to: pg.path("/parties/" + escape(question.Party))}, nil
	}
	answer, err := p.reg.Check(r.Context(), api.Caller{}, question)
	switch {
	case err == nil:
	case standing.KindOf(err) == standing.Invalid:
		f.PartyError, f.Said = api.ProblemOf(err).Detail, true
		return &reply{status: http.StatusBadRequest, body: askPage(pg, f, nil)}, nil
	default:
		return nil, err
	}
	pg.title = pg.T("verdict."+string(answer.Verdict)) + pg.T("list.colon") + answer.Party
	return &reply{body: askPage(pg, f, answer)}, nil
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
	pg.title = pg.T("party.title")
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
	pg.title = pg.T("listing.title")
	if title, _ := pg.Pick(v.ListTitle); title != "" {
		pg.title += pg.T("list.colon") + title
	}
	return &reply{body: listingPage(pg, v)}, nil
}

// path is an address of ours that keeps the language if it was chosen.
func (p *page) path(address string) string {
	if !p.chosen {
		return address
	}
	sign := "?"
	if strings.Contains(address, "?") {
		sign = "&"
	}
	return address + sign + "lang=" + p.Lang
}

// in is the address of this page in another language.
func (p *page) in(lang string) string {
	u := p.here
	q := u.Query()
	q.Set("lang", lang)
	return u.EscapedPath() + "?" + q.Encode()
}

// escape makes one or more segments of a path of an id or identifier.
func escape(id string) string {
	segments := strings.Split(id, "/")
	if strings.HasPrefix(id, "name:") {
		segments = []string{id} // a slash in a name is part of it
	}
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return strings.Join(segments, "/")
}
