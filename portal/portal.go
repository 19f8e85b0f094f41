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
// Each area lists its addresses in a method of its own: coreRoutes (core.go),
// catalogueRoutes, figureRoutes, documentRoutes. A handler gets the page, sets its
// title and section, and returns a reply with a template; layout.templ puts it in
// the frame. What pages are made of stands in components.templ and, for the eye,
// in assets/standing.css, whose head names the classes. Words come from package
// lang; what is generated from the templates is committed.
package portal

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate

import (
	"bytes"
	"cmp"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/lang"
)

// Options is what the pages can be told. The zero Options will do.
type Options struct {
	// Logger gets the causes of internal errors; nil: they are not logged.
	Logger *slog.Logger
	// Published is the folder of published files that package bulk writes:
	// datapackage.json at its root, statistics beside it. Nil, or empty: the pages
	// say that nothing is published yet.
	Published fs.FS
	// Now says what day the pages count from; nil: the clock.
	Now func() time.Time
}

// portal is the handler that New makes. It is safe for concurrent use.
type portal struct {
	reg     api.Register
	log     *slog.Logger
	clock   func() time.Time
	mux     *http.ServeMux
	words   []*words
	langs   lang.Languages
	places  map[string][]string // ids by name in lower case
	offered []place             // for the field of places, in order
	assets  map[string]asset
	names   directory

	published fs.FS // nil: nothing is
}

// route is an address and what answers it: a page in the layout, or, where page
// is nil, a file of its own kind (a feed, a picture, a download).
type route struct {
	pattern string // "GET /search"
	page    func(*page, *http.Request) (*reply, error)
	file    http.HandlerFunc
}

// routes are all addresses of the portal, each area's from its own file.
func (p *portal) routes() []route {
	return slices.Concat(p.coreRoutes(), p.catalogueRoutes(), p.figureRoutes(), p.documentRoutes())
}

// New makes the pages of a register.
func New(reg api.Register, opts Options) http.Handler {
	p := &portal{reg: reg, log: opts.Logger, mux: http.NewServeMux(), langs: lang.All(), assets: assets(), published: opts.Published}
	if p.clock = opts.Now; p.clock == nil {
		p.clock = time.Now
	}
	p.words = languages(p.langs)
	p.names.zones = p.words[0].zones
	p.places, p.offered = places()
	for _, r := range p.routes() {
		if r.page != nil {
			r.file = p.page(r.page)
		}
		p.mux.HandleFunc(r.pattern, r.file)
	}
	p.mux.HandleFunc("/", p.page(nowhere))
	return p
}

func (p *portal) now() standing.Instant { return standing.Instant(p.clock().Unix()) }

func nowhere(*page, *http.Request) (*reply, error) {
	return nil, &standing.Error{Kind: standing.NotFound, What: "there is no page at this address"}
}

// policy allows styles, scripts and pictures of our own and nothing else, and
// nothing inline. Pico draws its marks with data: pictures.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if _, pattern := p.mux.Handler(r); !strings.HasPrefix(pattern, r.Method+" ") {
			h.Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
	}
	p.mux.ServeHTTP(w, r)
}

// reply is what a page came to: something to show, or another address.
type reply struct {
	status int // zero: 200
	body   templ.Component
	to     string // redirect
	shown  string // the address to show instead, for a page that htmx fetched; empty: its own
}

// page is what every template knows: the language, where it stands, and what a
// handler says about its page.
type page struct {
	*words
	*names
	title   string
	section string   // address of the section of the navigation that the page is in
	styles  []string // assets beside those of every page
	scripts []string
	feed    string // address of an Atom feed of what the page shows
	chosen  bool   // the language was chosen by hand, so that links keep it
	theme   string // chosen by hand: light, dark; empty: as the reader's system has it
	here    url.URL
	now     standing.Instant
	portal  *portal
	request string // id of the request, to quote
}

// page runs a handler in the language of the request and shows what it returns,
// or its error.
func (p *portal) page(handle func(*page, *http.Request) (*reply, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		words, chosen := p.choose(r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
		pg := &page{words: words, names: p.names.read(r.Context(), p.reg), chosen: chosen, theme: themeOf(r), here: *r.URL, now: p.now(), portal: p, request: w.Header().Get("X-Request-Id")}
		out, err := (*reply)(nil), sound(r.URL)
		if err == nil {
			out, err = handle(pg, r)
		}
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
		h.Add("Vary", "Accept-Language, Cookie")
		h.Set("Cache-Control", "no-cache")
		if out.to != "" {
			h.Set("Location", out.to)
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		if out.shown != "" {
			h.Set("HX-Replace-Url", out.shown)
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

// sound refuses an address that no page can repeat: control characters are no
// text of HTML.
func sound(u *url.URL) error {
	if strings.ContainsFunc(u.Path, unicode.IsControl) || strings.Contains(u.RawQuery, "%00") || strings.ContainsRune(u.RawQuery, 0) {
		return standing.Errorf(standing.Invalid, "the address holds a control character")
	}
	return nil
}

func (p *portal) logCause(r *http.Request, request string, err error) {
	if p.log != nil && standing.KindOf(err) == standing.Internal && r.Context().Err() == nil {
		p.log.LogAttrs(r.Context(), slog.LevelError, "failed", slog.String("request", request), slog.String("cause", err.Error()))
	}
}

// problem is the page of an error.
func (p *page) problem(err error) *reply {
	problem := api.ProblemOf(err)
	tongue := ""
	if problem.Status != api.Status(standing.Internal) {
		problem.Detail, problem.Do, tongue = p.Tell(err)
	}
	tongue = cmp.Or(tongue, p.Tag)
	kind := strings.TrimPrefix(problem.Type, api.ProblemPath)
	p.title = p.T("problem." + kind)
	return &reply{status: problem.Status, body: problemPage(p, kind, tongue, &problem)}
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
