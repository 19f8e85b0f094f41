package portal

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/lang"
)

func TestNumbers(t *testing.T) {
	w := languages(lang.All())[0]
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := w.number(n); got != want {
			t.Errorf("%d prints as %s", n, got)
		}
	}
	for want, c := range map[string]api.Count{"1 party": {N: 1}, "0 parties": {}, "1,234 parties": {N: 1234}, "10,000+ parties": {N: 10_000, More: true}, "1+ parties": {N: 1, More: true}} {
		if got := w.results("search.count", c); got != want {
			t.Errorf("%+v prints as %s", c, got)
		}
	}
}

func TestPieces(t *testing.T) {
	show := func(list []piece) string {
		var b strings.Builder
		for _, p := range list {
			if p.met {
				b.WriteString("[" + p.text + "]")
			} else {
				b.WriteString(p.text)
			}
		}
		return b.String()
	}
	for _, c := range []struct {
		text  string
		spans []api.Span
		want  string
	}{
		{"Rongcheng Haiyue", []api.Span{{From: 10, To: 16}}, "Rongcheng [Haiyue]"},
		{"Rongcheng Haiyue", []api.Span{{From: 0, To: 4}, {From: 10, To: 13}}, "[Rong]cheng [Hai]yue"},
		{"荣成海岳", []api.Span{{From: 6, To: 12}}, "荣成[海岳]"},
		{"荣成海岳", []api.Span{{From: 1, To: 12}}, "荣成海岳"},                                   // inside a character
		{"abc", []api.Span{{From: 2, To: 9}, {From: -1, To: 2}, {From: 2, To: 2}}, "abc"}, // no part of it
		{"abcdef", []api.Span{{From: 1, To: 4}, {From: 2, To: 5}}, "a[bcd]ef"},            // one over the other
		{"", nil, ""},
	} {
		if got := show(pieces(c.text, c.spans)); got != c.want {
			t.Errorf("%s with %v: %s, want %s", c.text, c.spans, got, c.want)
		}
	}
}

func TestMetNumber(t *testing.T) {
	row := &api.PartyRow{Identifiers: []string{"gb-company:01234567", apitest.Listed}}
	for text, want := range map[string]string{"91371082MA3N5K7BX5": apitest.Listed, "9137 1082-ma3n": apitest.Listed, "0123": "gb-company:01234567", "Haiyue": "", "": ""} {
		if got := metNumber(row, text); got != want {
			t.Errorf("%q met %q", text, got)
		}
	}
	row.Matched = []api.Span{{From: 0, To: 1}}
	if got := metNumber(row, "0123"); got != "" {
		t.Errorf("a name met, and %q is named beside it", got)
	}
}

func TestThemeLeadsBack(t *testing.T) {
	h := New(apitest.New(), Options{})
	for back, want := range map[string]string{
		"/search?q=a&lang=zh": "/search?q=a&lang=zh", "": "/", "https://elsewhere.example/": "/", "//elsewhere.example/": "/", "/\\elsewhere.example": "/",
		"///elsewhere.example": "/", "javascript:alert(1)": "/", "search": "/", "/%2f/elsewhere.example": "/", "/a\r\nSet-Cookie: b=c": "/",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/theme?"+url.Values{"to": {"dark"}, "back": {back}}.Encode(), nil))
		if got := w.Header().Get("Location"); w.Code != 303 || got != want {
			t.Errorf("%q leads to %d %q, want %q", back, w.Code, got, want)
		}
	}
	for to, want := range map[string]string{"dark": "theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "light": "theme=light; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "": "theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", "x; y": "theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/theme?"+url.Values{"to": {to}}.Encode(), nil))
		if got := w.Header().Get("Set-Cookie"); got != want {
			t.Errorf("%q sets %q", to, got)
		}
	}
	for cookie, want := range map[string]string{"dark": `data-theme="dark"`, "light": `data-theme="light"`, "blue": `<html lang="en">`} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Cookie", "theme="+cookie)
		if h.ServeHTTP(w, r); !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page does not keep the theme %s", cookie)
		}
	}
}

// TestDarkIsDark holds the two dark schemes alike: that of the reader's system
// and that chosen by hand.
func TestDarkIsDark(t *testing.T) {
	css, err := os.ReadFile("assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range regexp.MustCompile(`(?s)(?::not\(\[data-theme="light"\]\)|:root\[data-theme="dark"\]) \{(.*?)\}`).FindAllStringSubmatch(string(css), -1) {
		blocks = append(blocks, strings.Join(strings.Fields(m[1]), " "))
	}
	if len(blocks) != 2 || blocks[0] != blocks[1] {
		t.Errorf("the dark schemes differ: %q", blocks)
	}
}

func TestTicksDoNotMeet(t *testing.T) {
	const day = 24 * 3600
	for _, w := range languages(lang.All()) {
		for days := standing.Instant(1); days < 40_000; days = days*3/2 + 1 {
			a := axisOf(apitest.Now, apitest.Now+days*day)
			if a.at(apitest.Now) >= a.at(apitest.Now+days*day) {
				t.Fatalf("%d days go backwards", days)
			}
			last := -100.0
			for _, tick := range w.ticks(a) {
				place, err := time.ParseDuration(strings.TrimSuffix(tick.x, "%") + "s")
				if err != nil || place.Seconds() < 0 || place.Seconds() > 100 {
					t.Fatalf("%d days: a tick at %s: %v", days, tick.x, err)
				}
				if place.Seconds()-last < 20 {
					t.Errorf("%d days: %s stands at %s, %.0f after the one before", days, tick.label, tick.x, place.Seconds()-last)
				}
				last = place.Seconds()
			}
		}
	}
	if a := axisOf(0, standing.Forever); a.x(apitest.Now) != "100.00%" {
		t.Errorf("an axis of nothing puts now at %s", a.x(apitest.Now))
	}
}

// TestDatesOfAnEntry holds that what is past and what is to come are told apart.
func TestDatesOfAnEntry(t *testing.T) {
	h := New(apitest.New(), Options{Now: func() time.Time { return apitest.Now.Time() }})
	body := ask(h, "/listings/"+apitest.CourtListing)
	for _, want := range []string{"Ruling made", "174 days ago", "Notice served", "Objection window closes", "in 721 days", "Ends by itself unless renewed", "The sum is disputed.", "/proofs/4703", "(2026)鲁1082民初1207号"} {
		if !strings.Contains(body, want) {
			t.Errorf("the entry does not say %q", want)
		}
	}
	if body := ask(h, "/listings/"+apitest.EndedListing); strings.Contains(body, "Haiyue") || !strings.Contains(body, "Who was listed is not shown") {
		t.Error("an ended entry names its party, or does not say why it does not")
	}
}

func ask(h http.Handler, address string) string {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
	return w.Body.String()
}

// TestSearchPage reads what a search says.
func TestSearchPage(t *testing.T) {
	h := New(apitest.New(), Options{})
	for address, want := range map[string][]string{
		"/search?q=Qingdao":                     {"<mark>Qingdao</mark>", "1 party", "/api/v1/parties?format=csv&amp;q=Qingdao", "Firms debarred by development banks"},
		"/search?q=nobody&field=enforcement":    {"0 parties", "No party was found", `href="/check?party=nobody"`, `href="/search?q=nobody"`, `href="/search?field=enforcement"`},
		"/search?region=Shandong":               {"/api/v1/parties?format=csv&amp;region=CN%2F37"},
		"/search?page=1000000000":               {"There is no filter called “page”"},
		"/search?kind=person":                   {"“person” is no value of the filter “Kind of party”"},
		"/search?q=" + strings.Repeat("荣", 201): {"at most 200 characters"},
		"/search?region=Atlantis":               {"No place of this name or code is known."},
		"/entries?source=-&ruling=judgment":     {"2 entries", "/api/v1/listings?format=jsonl&amp;ruling=judgment&amp;source=-", "(2026)鲁1082民初1207号"},
		"/":                                     {"荣成海岳建材有限公司", "4,711 acts"},
	} {
		body := ask(h, address)
		for _, text := range want {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %s", address, text)
			}
		}
	}
}

// TestShortAddresses holds that an address worth sharing has nothing empty in it.
func TestShortAddresses(t *testing.T) {
	h := New(apitest.New(), Options{})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/search?q=Qingdao&region=&field=&status=listed&lang=zh", nil))
	if got := w.Header().Get("Location"); got != "/search?lang=zh&q=Qingdao&status=listed" {
		t.Errorf("leads to %q", got)
	}
	r := httptest.NewRequest("GET", "/search?q=Qingdao&region=&status=listed", nil)
	r.Header.Set("HX-Request", "true")
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if got := w.Header().Get("HX-Replace-Url"); w.Code != 200 || got != "/search?q=Qingdao&status=listed" {
		t.Errorf("%d, shows %q", w.Code, got)
	}
}

// TestRefusedFilters holds that what the register says against a filter is said
// in the page, and that another fault is none of the filter's.
func TestRefusedFilters(t *testing.T) {
	for kind, status := range map[standing.ErrorKind]int{standing.Invalid: 400, standing.Unavailable: 503, standing.Internal: 500} {
		h := New(&apitest.Register{Fail: func(method string) error {
			if method == "Search" || method == "Listings" {
				return standing.Errorf(kind, "the cursor is none of mine")
			}
			return nil
		}}, Options{})
		for _, address := range []string{"/search?cursor=x", "/entries?cursor=x"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
			if said := strings.Contains(w.Body.String(), "none of mine"); w.Code != status || said == (kind == standing.Internal) {
				t.Errorf("%s, %s: %d, said %v", address, kind, w.Code, said)
			}
		}
	}
}

// TestProven recomputes proofs of a log of one and of two entries.
func TestProven(t *testing.T) {
	v := &api.ProofView{Size: 1, Leaf: standing.DigestOf([]byte("leaf"))}
	root := "MH1bMTR4UHK8bVxPNVtXvKA+s4lSr4DsQH5lMjYPwNo=" // of nothing in particular
	v.Checkpoint = "register.example/log\n1\n" + root + "\n\n— register.example/log xyz=\n"
	if p := proven(v); !p.known || p.right {
		t.Errorf("a proof of another log is %+v", p)
	}
	v.Checkpoint = "register.example/log\n1\n" + base64.StdEncoding.EncodeToString(v.Leaf[:]) + "\n\n— register.example/log xyz=\n"
	if p := proven(v); !p.known || !p.right {
		t.Errorf("the proof of a log of one entry is %+v", p)
	}
	v.Position = 1
	if p := proven(v); p.right {
		t.Error("an entry beyond the log is proven")
	}
	v.Checkpoint = "register.example/log\n1\n"
	if p := proven(v); p.known {
		t.Error("a checkpoint without a root is believed")
	}
}
