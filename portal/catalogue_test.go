package portal_test

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/portal"
)

// cataloguePages are pages of every kind over the shipped rulebooks.
var cataloguePages = []string{
	"/lists", "/lists/cn-courts/judgment-defaulters", "/lists/mdb-debarment/world-bank", "/lists/de-zpo882b/debtors", "/measures", "/measures/cn-courts/real-estate",
	"/measures/us-exclusions/awards", "/activities", "/activities/air-travel.first", "/activities/health-care", "/activities/ballot.vote", "/activities/golf.play",
	"/rulebooks", "/rulebooks/cn-courts", "/rulebooks/mdb-debarment", "/rulebooks/cn-courts/2026-04-01", "/rulebooks/cn-courts/2025-01-01",
	"/rulebooks/cn-courts/compare", "/rulebooks/cn-courts/compare?from=2026-04-01&to=2025-01-01", "/rulebooks/cn-courts/compare?from=2026-04-01&to=2026-04-01",
	"/rulebooks/mdb-debarment/compare", "/authorities", "/authorities?kind=court&region=Shandong&q=rong", "/authorities?q=nobody", "/authorities/cn-court-371082", "/authorities/iadb",
	"/regions", "/regions/CN", "/regions/CN/37/10/82", "/regions/*", "/regions/AQ", "/corrections", "/charter", "/charter/1", "/charter/13",
}

var catalogueKey = regexp.MustCompile(`>\s*(cat|charter|feed|field)\.[a-z.-]+\s*<`)

// firstOf finds a list or measure of a rulebook, whatever it is called.
func existing(t *testing.T, s *shipped, address string) bool {
	t.Helper()
	parts := strings.Split(strings.TrimPrefix(address, "/"), "/")
	if len(parts) != 3 || parts[0] != "lists" && parts[0] != "measures" {
		return true
	}
	c, err := s.compiled(parts[1], "")
	if err != nil {
		return false
	}
	if parts[0] == "lists" {
		_, ok := c.List(parts[2])
		return ok
	}
	_, ok := c.Measure(parts[2])
	return ok
}

func TestCataloguePages(t *testing.T) {
	s := withRulebooks(t)
	h := portal.New(s, portal.Options{})
	for _, address := range cataloguePages {
		for _, lang := range []string{"en", "zh-CN"} {
			w := get(h, address, lang)
			want := http.StatusOK
			if !existing(t, s, address) {
				want = http.StatusNotFound
			}
			if w.Code != want {
				t.Errorf("%s: status %d, want %d", address, w.Code, want)
			}
			look(t, address, lang, w)
			if at := catalogueKey.FindString(w.Body.String()); at != "" {
				t.Errorf("%s in %s shows the key %s", address, lang, at)
			}
		}
	}
}

// TestEveryListAndMeasure shows all that are shipped: none makes a page of which
// something cannot be said in words.
func TestEveryListAndMeasure(t *testing.T) {
	s := withRulebooks(t)
	h := portal.New(s, portal.Options{})
	lists, _ := s.Lists(context.Background())
	measures, _ := s.Measures(context.Background())
	var all []string
	for _, l := range lists {
		all = append(all, "/lists/"+string(l.ID))
	}
	for _, m := range measures {
		name, _, _ := strings.Cut(m.Rulebook, " ")
		all = append(all, "/measures/"+name+"/"+m.ID)
	}
	for _, c := range s.books {
		all = append(all, "/rulebooks/"+c.Name+"/"+c.Version)
	}
	for i, address := range all {
		lang := []string{"en", "zh-CN"}[i%2]
		w := get(h, address, lang)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", address, w.Code)
			continue
		}
		look(t, address, lang, w)
		if body := w.Body.String(); strings.Contains(body, ">cat.") || strings.Contains(body, "%!") {
			t.Errorf("%s has something without words", address)
		}
	}
}

// plainText is a page as a reader sees it, blanks drawn together.
func plainText(body string) string {
	body = regexp.MustCompile(`(?s)<main.*</main>`).FindString(body)
	body = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")
	return strings.Join(strings.Fields(html.UnescapeString(body)), " ")
}

func TestListSaysEverything(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	en := plainText(get(h, "/lists/cn-courts/judgment-defaulters", "en").Body.String())
	for _, want := range []string{"Nobody is on this list without a ruling in force, of one of these kinds: judgments, awards", "Able to perform but refuses", "Until performed; ends after 2 years unless renewed",
		"For 2 years to 5 years, as decided", "Provisions on publishing the list of judgment defaulters, art 1", "Who may list courts", "Never where", "Served by:", "5 working days after notice is served",
		"Decided within 15 calendar days by another officer", "Where to object The court that listed", "Planes, soft sleepers", "Way out", "ends the entry", "Unified social credit code",
		"since 1 May 2017", "Show all 2 entries in force", "Natural persons are never shown", "How well known", "not verified"} {
		if !strings.Contains(en, want) {
			t.Errorf("the page of a list does not say %q", want)
		}
	}
	zh := plainText(get(h, "/lists/cn-courts/judgment-defaulters", "zh").Body.String())
	for _, want := range []string{"失信被执行人名单", "直至履行", "2年至5年", "第1条", "5个工作日", "何处提出异议", "自2017年5月1日起", "如何退出"} {
		if !strings.Contains(zh, want) {
			t.Errorf("the page of a list does not say %q", want)
		}
	}
	body := get(h, "/lists/mdb-debarment/world-bank", "en").Body.String()
	for _, want := range []string{"is not settled", "Taken over", "World Bank Group", "holds for 3 months after the last snapshot", "if for longer than 1 year"} {
		if !strings.Contains(plainText(body), want) {
			t.Errorf("the page of a list that is taken over does not say %q", want)
		}
	}
	for _, want := range []string{`href="/entries?list=mdb-debarment%2Fworld-bank"`, `href="/feeds/lists/mdb-debarment/world-bank.atom"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of a list lacks %s", want)
		}
	}
}

func TestActivitySaysWhy(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	for address, want := range map[string]string{
		"/activities/health-care":      "Essential to life: no measure can restrict it (charter, article 7)",
		"/activities/ballot.vote":      "The exercise of a right",
		"/activities/air-travel.first": "Judgment defaulters",
		"/activities/heating":          "essential",
	} {
		if text := plainText(get(h, address, "en").Body.String()); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
	if body := get(h, "/activities/golf.play", "en").Body.String(); !strings.Contains(body, `<option value="golf.play" selected>`) {
		t.Error("the form of an activity does not ask about it")
	}
}

func TestNotThere(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	for address, want := range map[string]int{
		"/lists/cn-courts/nothing": 404, "/lists/x": 404, "/lists/": 404, "/measures/cn-courts/nothing": 404, "/measures/x/real-estate": 404, "/activities/air-travel": 404,
		"/activities/%3Cscript%3E": 404, "/rulebooks/nothing": 404, "/rulebooks/cn-courts/1999": 404, "/rulebooks/cn-courts/1999/text": 404,
		"/rulebooks/cn-courts/compare?from=1999": 404, "/authorities/nobody": 404, "/authorities?from=-1": 400, "/authorities?from=x": 400, "/authorities?from=1000000000": 200,
		"/authorities?region=Atlantis": 400, "/authorities?q=" + strings.Repeat("x", 10_000): 413, "/regions/ZZ": 404, "/regions/CN/99/99": 404, "/regions/%2e%2e": 404,
		"/charter/0": 404, "/charter/14": 404, "/charter/x": 404, "/charter/7?example=minor": 404, "/feeds/lists/cn-courts/nothing.atom": 404, "/feeds/lists/cn-courts/judgment-defaulters": 404,
		"/feeds/regions/ZZ.atom": 404, "/feeds/other.atom": 404, "/feeds/regions/CN.atom?list=x/y": 404,
	} {
		if w := get(h, address, "en"); w.Code != want {
			t.Errorf("%.60s: status %d, want %d", address, w.Code, want)
		}
	}
}

// TestCatalogueLinks follows every link of the catalogue that leads within it.
func TestCatalogueLinks(t *testing.T) {
	s := withRulebooks(t)
	h := portal.New(s, portal.Options{})
	link := regexp.MustCompile(` href="(/(?:lists|measures|activities|rulebooks|authorities|regions|corrections|feeds|charter)[^"]*)"`)
	seen, queue := map[string]bool{}, []string{"/lists", "/measures", "/activities", "/rulebooks", "/authorities", "/corrections", "/charter", "/regions/CN/37/10/82"}
	bodies := map[string]string{}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		page, fragment, _ := strings.Cut(html.UnescapeString(address), "#")
		if seen[page+"#"+fragment] || strings.HasPrefix(page, "/regions/") && strings.Count(page, "/") > 2 && page != "/regions/CN/37/10/82" {
			continue
		}
		seen[page+"#"+fragment] = true
		if _, ok := bodies[page]; !ok {
			w := get(h, page, "en")
			if w.Code != http.StatusOK {
				t.Errorf("a link leads to %s: status %d", page, w.Code)
			}
			bodies[page] = w.Body.String()
			for _, m := range link.FindAllStringSubmatch(bodies[page], -1) {
				queue = append(queue, m[1])
			}
		}
		if fragment != "" && fragment != "result" && !strings.Contains(bodies[page], ` id="`+fragment+`"`) {
			t.Errorf("a link leads to %s#%s, where nothing is", page, fragment)
		}
	}
	if len(bodies) < 300 {
		t.Errorf("only %d pages were found by links", len(bodies))
	}
}

func TestCompareSaysWhatAndWhy(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	text := plainText(get(h, "/rulebooks/cn-courts/compare", "en").Body.String())
	for _, want := range []string{"From version 2025-01-01 to version 2026-04-01", "List: Judgment defaulters", "Ground › Obstructs or resists enforcement by forged evidence, violence or threat › Term",
		"3 years", "2 years", "Why: the law it cites", "Provisions on publishing the list of judgment defaulters, art 2", "Carriers", "Airlines, railways, shipping lines"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comparison does not say %q", want)
		}
	}
	if text := plainText(get(h, "/rulebooks/cn-courts/compare?from=2026-04-01&to=2026-04-01", "en").Body.String()); !strings.Contains(text, "Nothing changed") {
		t.Error("a version compared with itself has changes")
	}
	body := get(portal.New(apitest.New(), portal.Options{}), "/rulebooks/cn-courts/compare", "en").Body.String()
	if text := plainText(body); !strings.Contains(text, "Notice › Time for objections") || !strings.Contains(text, "7 working days") {
		t.Errorf("a path with slashes is not understood: %.300s", text)
	}
}

// hostile is a register whose texts want to be markup.
type hostile struct{ *shipped }

const script = `<script>alert(1)</script><img src=x onerror=alert(1)>`

func (h hostile) Rulebook(ctx context.Context, name, version string) (*api.RulebookText, error) {
	s, err := h.shipped.Rulebook(ctx, name, version)
	if err == nil {
		doc := "# " + script + "\n\n" + script + "\n\n<div onclick=\"x\">a</div>\n\n## " + script + "\n\n[here](javascript:alert(1)) [there](//evil.example) ![p](x.png) <https://evil.example/x>\n\n- `a\"b`: x\n"
		s.Document = map[string]string{"en": doc, "zh": doc}
	}
	return s, err
}

func (h hostile) Authorities(context.Context) ([]api.AuthorityView, error) {
	return []api.AuthorityView{{ID: "a", Kind: script, Region: "CN", Names: []string{script, script + "\u202e"}, Contact: script, Entitled: []string{"cn-courts"}}}, nil
}

func (h hostile) Listings(context.Context, api.ListingQuery) (*api.ListingPage, error) {
	row := api.ListingRow{ID: apitest.CourtListing, List: "cn-courts/judgment-defaulters", Party: "name:" + script, Name: script + "]]>&\x00\u202e", PartyKind: standing.Organisation, Region: script,
		Authority: "a", Docket: script, RulingKind: script, From: apitest.Now}
	person := row
	person.Name, person.PartyKind = "A Person Of Flesh", standing.Person
	return &api.ListingPage{Items: []api.ListingRow{row, person}, Count: api.Count{N: 2}}, nil
}

func (h hostile) Corrections(context.Context, string, int) (*api.CorrectionPage, error) {
	return &api.CorrectionPage{Items: []api.Correction{{Listing: apitest.EndedListing, List: script, Region: script, Cause: script, Authority: script}}, Count: api.Count{N: 1}, Next: script}, nil
}

func TestMarkupInTheCatalogueIsText(t *testing.T) {
	h := portal.New(hostile{withRulebooks(t)}, portal.Options{})
	for _, address := range []string{"/rulebooks/cn-courts/2026-04-01", "/authorities", "/authorities/a", "/authorities?q=" + url.QueryEscape(script), "/lists/cn-courts/judgment-defaulters",
		"/regions/CN", "/corrections", "/corrections?cursor=" + url.QueryEscape(script), "/feeds/entries.atom"} {
		w := get(h, address, "en")
		body := w.Body.String()
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", address, w.Code)
		}
		for _, bad := range []string{"<script>", "<img src=x", "onclick=\"x", "javascript:", "evil.example\"", "A Person Of Flesh"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s lets %q through", address, bad)
			}
		}
	}
}

// TestRegisterFails holds that what the register cannot say now is a problem and
// no half page.
func TestRegisterFails(t *testing.T) {
	reg := apitest.New()
	h := portal.New(reg, portal.Options{})
	reg.Fail = func(method string) error {
		if method == "Authorities" {
			return nil
		}
		return errors.New("the disk is gone")
	}
	for _, address := range []string{"/lists", "/lists/cn-courts/judgment-defaulters", "/measures", "/activities", "/rulebooks", "/rulebooks/cn-courts/2026-04-01", "/regions/CN", "/corrections", "/feeds/entries.atom"} {
		if w := get(h, address, "en"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "disk") {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
	reg.Fail = func(method string) error {
		if method == "Statistics" {
			return standing.Errorf(standing.Unavailable, "still counting")
		}
		return nil
	}
	if w := get(h, "/regions/CN", "en"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), `id="figures"`) {
		t.Errorf("a region without figures: status %d", w.Code)
	}
}

// TestDocument: a rulebook reads as a document, with contents, words for codes and
// citations that lead to their sources.
func TestDocument(t *testing.T) {
	h := portal.New(withRulebooks(t), portal.Options{})
	zh, en := get(h, "/rulebooks/cn-courts/2026-04-01", "zh").Body.String(), get(h, "/rulebooks/cn-courts/2026-04-01", "en").Body.String()
	for body, wants := range map[string][]string{
		zh: {"可列入者: 组织、公共机关、自然人（成年人）（债务人）", "列入机关: 法院", "告知方式: 直接送达、邮寄送达、电子送达、公告送达", "须具备全部履行", `<a href="#source-spc-2017-7">spc-2017-7 第1条</a>`, `<li id="source-cpl">`, `<h2 id="s1">失信被执行人名单</h2>`},
		en: {"Who may list: courts", "Unified social credit code, since 1 May 2017", "needs full performance", `<a href="#source-cpl">cpl art 252</a>`, `<a href="#s1">Judgment defaulters</a>`},
	} {
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("the document does not say %s", want)
			}
		}
	}
	if strings.Contains(plainText(zh), "public-body") {
		t.Error("the document shows codes instead of words")
	}
}

func TestRulebookText(t *testing.T) {
	s := withRulebooks(t)
	h := portal.New(s, portal.Options{})
	w := get(h, "/rulebooks/cn-courts/2025-01-01/text", "")
	if w.Code != 200 || w.Body.String() != string(s.older.Text) || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/yaml") {
		t.Errorf("the text of a rulebook: status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="cn-courts-2025-01-01.yaml"` {
		t.Errorf("it is named %s", got)
	}
}
