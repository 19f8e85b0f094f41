package portal_test

import (
	"cmp"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/portal"
)

// looks are the pages to look at, by the names of their pictures.
func looks() map[string]string {
	return map[string]string{
		"home": "/", "check": "/check", "check-restricted": "/check?party=" + apitest.Listed + "&activity=company.director",
		"check-unknown": "/check?party=" + apitest.Unclear + "&activity=procurement.bid", "check-names": "/check?party=Orient+Harbour+Works&activity=procurement.bid",
		"check-clear": "/check?party=" + apitest.Clean + "&activity=company.found", "check-person": "/check?party=" + apitest.Person + "&activity=company.director",
		"check-wrong": "/check?party=91371082MA3N5K7BX6&activity=company.director&region=Atlantis",
		"search":      "/search", "search-text": "/search?q=Qingdao&status=listed", "search-nothing": "/search?q=nobody&field=enforcement", "search-wrong": "/search?page=1000000000",
		"entries": "/entries", "entries-filtered": "/entries?list=mdb-debarment%2Fdebarred&region=CN",
		"party": "/parties/" + apitest.Listed, "party-reported": "/parties/" + apitest.Debarred, "party-none": "/parties/" + apitest.Clean,
		"listing": "/listings/" + apitest.CourtListing, "listing-reported": "/listings/" + apitest.ReportedListing, "listing-ended": "/listings/" + apitest.EndedListing,
		"ruling": "/rulings/01kbp3x9q8e4tv7m2h6d5wz0c4", "proof": "/proofs/4703", "nowhere": "/nowhere",
		"lists": "/lists", "list": "/lists/cn-courts/judgment-defaulters", "measures": "/measures", "activities": "/activities", "rulebooks": "/rulebooks",
		"rulebook": "/rulebooks/cn-courts", "authorities": "/authorities", "authority": "/authorities/cn-court-371082", "region": "/regions/CN/37",
		"statistics": "/statistics", "data": "/data", "api": "/api", "charter": "/charter", "docs": "/docs", "corrections": "/corrections",
	}
}

// TestLooks opens every page in both languages and both schemes of colour, at
// several widths: nothing is wider than the screen, nothing complains, and axe-core
// finds nothing against WCAG 2.2 AA. It makes pictures in the folder that
// STANDING_LOOKS names; STANDING_LOOKS_PAGES chooses pages by their names, and
// STANDING_LOOKS_ADDRESS another register, with pages of its own in
// STANDING_LOOKS_MORE.
func TestLooks(t *testing.T) {
	if testing.Short() {
		t.Skip("short: pages are not looked at in a browser")
	}
	if chromium() == "" {
		t.Skip("no Chromium here: pages are not looked at; install chromium")
	}
	axe, err := os.ReadFile(filepath.Join("..", "e2e", "browser", "testdata", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	address := os.Getenv("STANDING_LOOKS_ADDRESS")
	if address == "" {
		s := httptest.NewServer(portal.New(apitest.New(), portal.Options{Now: func() time.Time { return apitest.Now.Time() }}))
		defer s.Close()
		address = s.URL
	}
	folder := os.Getenv("STANDING_LOOKS")
	chosen := os.Getenv("STANDING_LOOKS_PAGES")
	b := newBrowser(t)
	b.do("Page.setBypassCSP", map[string]any{"enabled": true}, nil) // for axe-core; console tests stand elsewhere
	pages := looks()
	for _, pair := range strings.Fields(os.Getenv("STANDING_LOOKS_MORE")) { // name=/address
		name, page, _ := strings.Cut(pair, "=")
		pages[name] = page
	}
	for name, page := range pages {
		if chosen != "" && !strings.Contains(","+chosen+",", ","+name+",") {
			continue
		}
		for _, v := range views(folder != "") {
			b.look(v.width, v.theme, v.language)
			b.open(address + page)
			at := fmt.Sprintf("%s-%s-%s-%d", name, v.language, v.theme, v.width)
			var over int
			b.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth", &over)
			if over > 0 {
				t.Errorf("%s is %d pixels wider than the screen", at, over)
			}
			if folder != "" {
				if err := os.WriteFile(filepath.Join(folder, at+".png"), b.picture(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, finding := range examine(b, string(axe)) {
				t.Errorf("%s: %s", at, finding)
			}
		}
	}
}

type view struct {
	language, theme string
	width           int
}

// views are the ways to look at a page: each language in each theme, narrow and
// wide; all of them and a tablet's width where pictures are made.
func views(all bool) []view {
	if !all {
		return []view{{"en", "light", 390}, {"en", "dark", 1440}, {"zh", "dark", 390}, {"zh", "light", 1440}}
	}
	var out []view
	for _, language := range []string{"en", "zh"} {
		for _, theme := range []string{"light", "dark"} {
			for _, width := range []int{390, 820, 1440} {
				out = append(out, view{language, theme, width})
			}
		}
	}
	return out
}

// TestWalk opens every page as it is served: it complains of nothing, with
// scripts and without; and searching shows results while one types.
func TestWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("short: pages are not opened in a browser")
	}
	if chromium() == "" {
		t.Skip("no Chromium here: pages are not opened; install chromium")
	}
	s := httptest.NewServer(portal.New(apitest.New(), portal.Options{}))
	defer s.Close()
	b := newBrowser(t)
	b.look(1024, "light", "en")
	for _, scripts := range []bool{true, false} {
		b.do("Emulation.setScriptExecutionDisabled", map[string]any{"value": !scripts}, nil)
		for name, page := range looks() {
			b.open(s.URL + page)
			for _, line := range b.console {
				if !strings.Contains(line, "the server responded with a status of 4") { // the page's own, and meant
					t.Errorf("%s, scripts %v: %s", name, scripts, line)
				}
			}
		}
	}
	b.do("Emulation.setScriptExecutionDisabled", map[string]any{"value": false}, nil)
	b.open(s.URL + "/search")
	b.eval(`document.querySelector("#q").focus()`, nil)
	b.do("Input.insertText", map[string]any{"text": "Qingdao"}, nil)
	var got struct{ Count, Marked, Address string }
	b.eval(`new Promise(done => document.body.addEventListener("htmx:afterSettle", () => done({
		count: document.querySelector("#count").textContent.trim(),
		marked: document.querySelector("#results mark")?.textContent,
		address: location.pathname + location.search})))`, &got)
	if got.Count != "1 party" || got.Marked != "Qingdao" || got.Address != "/search?q=Qingdao" {
		t.Errorf("typing into the search came to %+v", got)
	}
	var said string
	b.eval(`new Promise(done => {
		document.body.addEventListener("htmx:afterSettle", () => done(document.querySelector("#results [role=alert]")?.textContent.trim()));
		document.querySelector("details.more").open = true;
		const place = document.querySelector("#region");
		place.value = "Atlantis";
		place.dispatchEvent(new Event("change", {bubbles: true}));
	})`, &said)
	if said != "No place of this name or code is known." {
		t.Errorf("a place that there is not: %q", said)
	}
	if len(b.console) > 0 && !strings.Contains(b.console[0], "status of 400") {
		t.Errorf("typing into the search: %s", b.console)
	}
}

// examine runs axe-core over the page.
func examine(b *browser, axe string) []string {
	b.eval(axe, nil)
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct {
			HTML           string
			FailureSummary string
		}
	}
	b.eval(`axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}).then(r => r.violations)`, &found)
	var out []string
	for _, f := range found {
		for _, n := range f.Nodes {
			out = append(out, fmt.Sprintf("%s (%s): %.160s %.200s", f.ID, cmp.Or(f.Impact, "?"), n.HTML, strings.Join(strings.Fields(n.FailureSummary), " ")))
		}
	}
	return out
}
