package portal_test

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/portal"
)

func get(h http.Handler, address, accept string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if accept != "" {
		r.Header.Set("Accept-Language", accept)
	}
	h.ServeHTTP(w, r)
	return w
}

// addresses are pages of every kind, with their status.
func addresses() map[string]int {
	ask := func(party, activity string) string {
		return "/check?" + url.Values{"party": {party}, "activity": {activity}}.Encode()
	}
	return map[string]int{
		"/":                                 200,
		ask(apitest.Clean, "tourism.trip"):  -1,
		ask(apitest.Clean, "company.found"): 200,
		ask(apitest.Listed, "company.director") + "&region=Shandong": 200,
		ask(apitest.Debarred, "procurement.bid"):                     200,
		ask(apitest.Unclear, "procurement.bid"):                      200,
		ask("Orient Harbour Works", "procurement.bid"):               200,
		ask(apitest.Clean, apitest.NotCovered):                       200,
		ask(apitest.Person, "company.director"):                      401,
		ask("91371082MA3N5K7BX6", "company.director"):                400,
		ask("uscc:91371082MA3N5K7BX6", "company.director"):           400,
		ask(apitest.Listed, "company.director") + "&region=Atlantis": 400,
		ask(apitest.Listed, "company.dancer"):                        400,
		ask("", ""):                                                  400,
		ask(apitest.Listed, ""):                                      303,
		"/parties/" + apitest.Listed:                                 200,
		"/parties/" + apitest.Debarred:                               200,
		"/parties/name:Orient%20Harbour%20Works":                     200,
		"/parties/" + apitest.Clean:                                  404,
		"/parties/" + apitest.Person:                                 401,
		"/listings/" + apitest.CourtListing:                          200,
		"/listings/" + apitest.ReportedListing:                       200,
		"/listings/" + apitest.EndedListing:                          200,
		"/listings/01kbp3x9q8e4tv7m2h6d5wz0zw":                       404,
		"/check":                                                     200,
		"/?party=" + apitest.Listed:                                  303,
		"/search":                                                    200,
		"/search?q=Haiyue&region=&field=":                            303,
		"/search?q=Rongcheng&region=Shandong&field=enforcement&list=cn-courts%2Fjudgment-defaulters&status=listed&record=one&kind=organisation&sort=newest": 200,
		"/search?q=nobody":                                          200,
		"/search?q=" + strings.Repeat("x", 10_000):                  400,
		"/search?q=" + url.QueryEscape("'; DROP TABLE parties; --"): 200,
		"/search?q=" + url.QueryEscape("a\u202eb\u200f <b>c"):       200,
		"/search?page=1000000000":                                   400,
		"/search?region=Atlantis":                                   400,
		"/search?status=perhaps":                                    400,
		"/search?sort=random":                                       400,
		"/search?q=%ff":                                             400,
		"/entries":                                                  200,
		"/entries?list=mdb-debarment%2Fdebarred&field=procurement&authority=iadb&ruling=decision&source=-&sort=ending&region=CN": 200,
		"/entries?ruling=opinion":                      400,
		"/search?q=a%00b":                              400,
		"/search?q=a%01b":                              200,
		"/search?field=alchemy":                        400,
		"/search?list=nobody%2Fnothing":                400,
		"/entries?authority=nobody":                    400,
		"/parties/a%0ab":                               400,
		"/check?party=a%07b&activity=company.director": 200,
		"/entries?colour=blue":                         400,
		"/rulings/01kbp3x9q8e4tv7m2h6d5wz0c4":          200,
		"/rulings/01kbp3x9q8e4tv7m2h6d5wz0zw":          404,
		"/proofs/4703":                                 200,
		"/proofs/9999":                                 404,
		"/proofs/x":                                    400,
		"/listings/x":                                  400,
		"/nowhere":                                     404,
		"/assets/nothing.css":                          404,
		"/check?party=" + apitest.Listed:               200,
		"/check?activity=company.director":             200,
		"/check?party=%ff":                             400,
		"/check?party=" + strings.Repeat("x", 3000):    413,
	}
}

func TestPages(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	for address, status := range addresses() {
		for _, lang := range []string{"en", "zh-CN"} {
			w := get(h, address, lang)
			if status != -1 && w.Code != status {
				t.Errorf("%s: status %d, want %d", address, w.Code, status)
			}
			if w.Code == http.StatusSeeOther {
				continue
			}
			look(t, address, lang, w)
		}
	}
}

var (
	outside  = regexp.MustCompile(`(?i)(https?:)?//[a-z]`)
	inline   = regexp.MustCompile(`(?i)<script>|<script [^s]|<style|\sstyle=|\son[a-z]+=|javascript:`)
	headings = regexp.MustCompile(`<h1[ >]`)
	untold   = regexp.MustCompile(`>\s*(home|form|search|entries|dates|proof|check|history|site|pager|verdict|answer|ground|party|listing|status|event|ruling|act|instant|problem|person)\.[a-z.]+\s*<`)
)

// look checks what every page must be.
func look(t *testing.T, address, lang string, w *httptest.ResponseRecorder) {
	t.Helper()
	body := w.Body.String()
	tag := map[string]string{"en": "en", "zh-CN": "zh-Hans"}[lang]
	if !strings.HasPrefix(body, "<!doctype html><html lang=\""+tag+"\"") || w.Header().Get("Content-Language") != tag {
		t.Errorf("%s in %s begins %.60q", address, lang, body)
	}
	if n := len(headings.FindAllString(body, -1)); n != 1 {
		t.Errorf("%s has %d headings of the first rank", address, n)
	}
	for name, re := range map[string]*regexp.Regexp{"an outside address": outside, "something inline": inline, "a key instead of a text": untold} {
		if at := re.FindStringIndex(body); at != nil {
			t.Errorf("%s in %s has %s: %.80q", address, lang, name, body[max(at[0]-20, 0):])
		}
	}
	for _, landmark := range []string{"<header", `<nav id="sections"`, `<main id="main"`, "<footer", `<a class="skip" href="#main">`, `<meta name="viewport"`} {
		if !strings.Contains(body, landmark) {
			t.Errorf("%s lacks %s", address, landmark)
		}
	}
	wellFormed(t, address, body)
	for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Type": "text/html; charset=utf-8", "Vary": "Accept-Language, Cookie"} {
		if got := w.Header().Get(header); got != want {
			t.Errorf("%s: %s is %q", address, header, got)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "script-src 'self';") {
		t.Errorf("%s: policy %q", address, policy)
	}
}

// wellFormed reads the page as elements: all are closed, ids are there once, each
// field has a label, and what is referred to by id is there.
func wellFormed(t *testing.T, address, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(strings.Replace(body, "<!doctype html>", "", 1)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	ids, refs, fields := map[string]int{}, map[string]bool{}, map[string]bool{}
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", address, err)
			return
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			attr := map[string]string{}
			for _, a := range e.Attr {
				attr[a.Name.Local] = a.Value
			}
			if id := attr["id"]; id != "" {
				ids[id]++
			}
			if to, ok := strings.CutPrefix(attr["href"], "#"); ok && e.Name.Local == "a" {
				refs[to] = true
			}
			for _, name := range []string{"aria-describedby", "aria-labelledby", "for", "list"} {
				if attr[name] != "" {
					refs[attr[name]] = true
				}
			}
			if e.Name.Local == "select" || e.Name.Local == "input" && attr["type"] != "hidden" {
				fields[attr["id"]] = true
			}
			if e.Name.Local == "img" && !hasAttr(e, "alt") {
				t.Errorf("%s: a picture without alt", address)
			}
		case xml.EndElement:
			depth--
		}
	}
	if depth != 0 {
		t.Errorf("%s: %d elements are not closed", address, depth)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: the id %s is there %d times", address, id, n)
		}
	}
	for id := range refs {
		if ids[id] == 0 {
			t.Errorf("%s refers to the id %s, which is not there", address, id)
		}
	}
	for id := range fields {
		if !strings.Contains(body, `<label for="`+id+`"`) {
			t.Errorf("%s: the field %s has no label", address, id)
		}
	}
}

func hasAttr(e xml.StartElement, name string) bool {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return true
		}
	}
	return false
}

// TestLinksLead follows every link of every page.
func TestLinksLead(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	href := regexp.MustCompile(`href="([^"]+)"`)
	elsewhere := map[string]bool{"/api/openapi.json": true, "/checkpoint": true, "#main": true, "/theme": true}
	coming := regexp.MustCompile(`^/(lists|measures|rulebooks|authorities|statistics|data|api|charter|docs|corrections)(/|$)|^/api/`) // of other areas and of the server
	seen := map[string]bool{}
	for address := range addresses() {
		for _, m := range href.FindAllStringSubmatch(get(h, address, "").Body.String(), -1) {
			to := strings.ReplaceAll(m[1], "&amp;", "&")
			if elsewhere[strings.Split(to, "?")[0]] || coming.MatchString(to) || seen[to] || strings.Contains(to, "lang=") || strings.HasPrefix(to, "#") {
				continue
			}
			seen[to] = true
			w := get(h, to, "")
			nothingThere := w.Code == http.StatusNotFound && strings.HasPrefix(to, "/parties/") || w.Code == http.StatusNotFound && strings.Contains(to, "gb-company")
			if w.Code != http.StatusOK && w.Code != http.StatusSeeOther && !nothingThere {
				t.Errorf("%s links to %s, which answers %d", address, to, w.Code)
			}
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d links were found", len(seen))
	}
}

func TestLanguageStays(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	w := get(h, "/parties/"+apitest.Listed+"?lang=zh", "en")
	body := w.Body.String()
	if !strings.Contains(body, `<html lang="zh-Hans">`) || !strings.Contains(body, "/listings/"+apitest.CourtListing+"?lang=zh") || !strings.Contains(body, `?lang=en" hreflang="en"`) {
		t.Errorf("links do not keep the language that was chosen: %s", body)
	}
	w = get(h, "/check?activity=&party="+apitest.Listed+"&lang=zh", "")
	if to := w.Header().Get("Location"); to != "/parties/"+apitest.Listed+"?lang=zh" {
		t.Errorf("redirected to %s", to)
	}
	if !strings.Contains(get(h, "/?lang=zh", "").Body.String(), `<input type="hidden" name="lang" value="zh">`) {
		t.Error("the form forgets the language")
	}
	if strings.Contains(get(h, "/", "zh").Body.String(), `name="lang"`) {
		t.Error("the form fixes a language that was not chosen")
	}
}

func TestRedirectKeepsSlashesOfNames(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	w := get(h, "/check?"+url.Values{"activity": {""}, "party": {"A/B // C?d#e .."}}.Encode(), "")
	if to := w.Header().Get("Location"); to != "/parties/name:A%2FB%20%2F%2F%20C%3Fd%23e%20.." {
		t.Errorf("redirected to %s", to)
	}
}

func TestMethodsAndAssets(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	for _, method := range []string{http.MethodPost, http.MethodDelete, "BREW"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, "/", nil))
		if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/", nil))
	if w.Code != 200 {
		t.Errorf("HEAD: %d", w.Code)
	}
	body := get(h, "/", "").Body.String()
	for _, m := range regexp.MustCompile(`"(/assets/[^"]+)"`).FindAllStringSubmatch(body, -1) {
		w := get(h, m[1], "")
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("%s: %d %v", m[1], w.Code, w.Header())
		}
		if w := get(h, strings.Split(m[1], "?")[0]+"?v=old", ""); strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s is kept for ever under another tag", m[1])
		}
	}
	if w := get(h, "/assets/pico.LICENSE.md", ""); !strings.Contains(w.Body.String(), "MIT License") {
		t.Error("the licence of Pico is not served with it")
	}
}

func TestErrors(t *testing.T) {
	for _, k := range api.Kinds() {
		h := portal.New(&apitest.Register{Fail: func(string) error {
			return &standing.Error{Kind: k, What: "<b>what</b>", Rule: "charter 2.1", Do: "do this", Err: errors.New("cause")}
		}}, portal.Options{})
		for _, address := range []string{"/check?activity=company.director&party=" + apitest.Listed, "/parties/" + apitest.Listed, "/listings/" + apitest.CourtListing} {
			w := get(h, address, "")
			look(t, address, "en", w)
			body := w.Body.String()
			if w.Code != api.Status(k) || strings.Contains(body, "cause") || strings.Contains(body, "<b>") || k == standing.Internal && strings.Contains(body, "what") {
				t.Errorf("%s, %s: %d %s", address, k, w.Code, body)
			}
			if (k == standing.Unauthenticated) != (w.Header().Get("WWW-Authenticate") != "") {
				t.Errorf("%s, %s: WWW-Authenticate %q", address, k, w.Header().Get("WWW-Authenticate"))
			}
		}
	}
}

const markup = `"><script>alert(1)</script>'</style><img src=x onerror=alert(1)>javascript:&amp;`

func poison(v reflect.Value) {
	if v.Type() == reflect.TypeFor[standing.Instant]() {
		v.SetInt(int64(apitest.Now))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(markup)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		poison(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		poison(v.Index(0))
		poison(v.Index(1))
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		poison(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(markup).Convert(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i))
		}
	}
}

// markedUp is a register whose every text is markup.
type markedUp struct {
	verdict api.Verdict
	several bool
}

func (m markedUp) Check(context.Context, api.Caller, api.Question) (*api.Answer, error) {
	var a api.Answer
	poison(reflect.ValueOf(&a).Elem())
	a.Verdict = m.verdict
	if !m.several {
		a.Candidates = nil
	}
	return &a, nil
}

func (m markedUp) Party(context.Context, api.Caller, api.Question) (*api.PartyView, error) {
	var v api.PartyView
	poison(reflect.ValueOf(&v).Elem())
	if !m.several {
		v.Candidates = nil
	}
	return &v, nil
}

func (m markedUp) Listing(context.Context, api.Caller, string) (*api.ListingView, error) {
	var v api.ListingView
	poison(reflect.ValueOf(&v).Elem())
	return &v, nil
}

func poisoned[T any]() (T, error) {
	var v T
	poison(reflect.ValueOf(&v).Elem())
	return v, nil
}

func (markedUp) Rulebooks(context.Context) ([]api.RulebookView, error) {
	return poisoned[[]api.RulebookView]()
}
func (markedUp) Versions(context.Context, string) ([]api.RulebookView, error) {
	return poisoned[[]api.RulebookView]()
}
func (markedUp) Rulebook(context.Context, string, string) (*api.RulebookText, error) {
	return poisoned[*api.RulebookText]()
}
func (markedUp) Compare(context.Context, string, string, string) ([]api.RuleChange, error) {
	return poisoned[[]api.RuleChange]()
}
func (markedUp) Lists(context.Context) ([]api.ListDefinition, error) {
	return poisoned[[]api.ListDefinition]()
}
func (markedUp) Measures(context.Context) ([]api.MeasureDefinition, error) {
	return poisoned[[]api.MeasureDefinition]()
}
func (markedUp) Activities(context.Context) ([]api.ActivityView, error) {
	return poisoned[[]api.ActivityView]()
}
func (markedUp) Search(context.Context, api.PartyQuery) (*api.PartyPage, error) {
	return poisoned[*api.PartyPage]()
}
func (markedUp) Listings(context.Context, api.ListingQuery) (*api.ListingPage, error) {
	return poisoned[*api.ListingPage]()
}
func (markedUp) Ruling(context.Context, api.Caller, string) (*api.RulingView, error) {
	return poisoned[*api.RulingView]()
}
func (markedUp) Corrections(context.Context, string, int) (*api.CorrectionPage, error) {
	return poisoned[*api.CorrectionPage]()
}
func (markedUp) Today(context.Context) (*api.Day, error) { return poisoned[*api.Day]() }
func (markedUp) Authorities(context.Context) ([]api.AuthorityView, error) {
	return poisoned[[]api.AuthorityView]()
}
func (markedUp) Proof(context.Context, uint64) (*api.ProofView, error) {
	return poisoned[*api.ProofView]()
}
func (markedUp) Statistics(context.Context, api.StatisticsQuery) (*api.Statistics, error) {
	return poisoned[*api.Statistics]()
}

// The pages need no more of a register.
func (markedUp) Submit(context.Context, api.Submission) ([]api.ReceiptView, error) { return nil, nil }
func (markedUp) Version(context.Context, string) (uint64, error)                   { return 0, nil }
func (markedUp) Checkpoint(context.Context) ([]byte, error)                        { return nil, nil }
func (markedUp) Tile(context.Context, string) ([]byte, error)                      { return nil, nil }

func TestMarkupIsText(t *testing.T) {
	for _, verdict := range []api.Verdict{api.Clear, api.Restricted, api.Unknown, api.NotCovered} {
		for _, several := range []bool{false, true} {
			h := portal.New(markedUp{verdict, several}, portal.Options{})
			for _, address := range []string{"/check?activity=company.director&party=x", "/parties/x", "/listings/x", "/", "/search", "/entries", "/rulings/x", "/proofs/1",
				"/search?" + url.Values{"q": {markup}, "region": {markup}}.Encode(), "/search?" + url.Values{markup: {markup}}.Encode(), "/entries?" + url.Values{"authority": {markup}, "sort": {markup}}.Encode(),
				"/check?" + url.Values{"party": {markup}, "activity": {"company.director"}, "region": {markup}}.Encode(), "/check?" + url.Values{"party": {markup}, "activity": {markup}, "lang": {markup}}.Encode()} {
				for _, lang := range []string{"en", "zh"} {
					body := get(h, address, lang).Body.String()
					if !strings.Contains(body, "alert(1)") {
						t.Errorf("%s shows nothing of what it was given", address)
					}
					wellFormed(t, address, body)
					if bad := regexp.MustCompile(`(?i)<script>|<script [^s]|<img src=x|</style|="javascript:`).FindString(body); bad != "" {
						t.Errorf("%s: %q became markup", address, bad)
					}
				}
			}
		}
	}
}
