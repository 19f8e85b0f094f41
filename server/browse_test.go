package server_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// many is a register with so many parties, whose cursor is the number of the
// next one.
type many struct {
	*apitest.Register
	n     int
	name  func(i int) string
	asked *[]api.PartyQuery
	fails int // from this party on it fails; 0: never
}

func (m many) Search(_ context.Context, q api.PartyQuery) (*api.PartyPage, error) {
	if m.asked != nil {
		*m.asked = append(*m.asked, q)
	}
	from, _ := strconv.Atoi(q.Cursor)
	if m.fails > 0 && from >= m.fails {
		return nil, standing.Errorf(standing.Unavailable, "not now")
	}
	p := &api.PartyPage{Items: []api.PartyRow{}, Count: api.Count{N: min(m.n, api.MaxCount), More: m.n > api.MaxCount}, Position: 7}
	for i := from; i < m.n && len(p.Items) < q.Limit; i++ {
		p.Items = append(p.Items, api.PartyRow{Party: "x:" + strconv.Itoa(i), Kind: standing.Organisation, Names: []string{m.name(i)}})
	}
	if from+len(p.Items) < m.n {
		p.Next = strconv.Itoa(from + len(p.Items))
	}
	return p, nil
}

func plainName(i int) string { return "Party " + strconv.Itoa(i) }

func page(t *testing.T, w *httptest.ResponseRecorder) api.PartyPage {
	t.Helper()
	var p api.PartyPage
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	return p
}

// TestPages walks from page to page by cursor and by link, sees everybody once,
// and by the way that the filters go on.
func TestPages(t *testing.T) {
	var asked []api.PartyQuery
	h := server.New(many{Register: apitest.New(), n: 57, name: plainName, asked: &asked}, server.Options{})
	url, seen := "/api/v1/parties?q=Party+%2B%26+1&status=unlisted&limit=10", map[string]bool{}
	for range 6 {
		w := do(h, http.MethodGet, url, nil, "")
		p := page(t, w)
		for _, row := range p.Items {
			seen[row.Party] = true
		}
		if p.Count.N != 57 || w.Header().Get("Standing-Count") != "57" {
			t.Errorf("count %+v, %s", p.Count, w.Header().Get("Standing-Count"))
		}
		link := w.Header().Get("Link")
		if (p.Next == "") != (link == "") {
			t.Fatalf("next %q, Link %q", p.Next, link)
		}
		url, _, _ = strings.Cut(strings.TrimPrefix(link, "<"), ">")
	}
	if len(seen) != 57 || url != "" {
		t.Errorf("%d parties seen, then %q", len(seen), url)
	}
	for _, q := range asked {
		if q.Text != "Party +& 1" || q.Status != api.StatusUnlisted || q.Limit != 10 {
			t.Errorf("asked %+v", q)
		}
	}
}

func TestForeignCursors(t *testing.T) {
	h := server.New(many{Register: apitest.New(), n: 57, name: plainName}, server.Options{})
	next := page(t, do(h, http.MethodGet, "/api/v1/parties?q=Party", nil, "")).Next
	if w := do(h, http.MethodGet, "/api/v1/parties?q=Party&limit=3&fields=names&cursor="+next, nil, ""); w.Code != 200 {
		t.Errorf("another limit: %d %s", w.Code, w.Body)
	}
	for _, url := range []string{"/api/v1/parties?q=other&cursor=" + next, "/api/v1/parties?cursor=" + next, "/api/v1/listings?q=Party&cursor=" + next, "/api/v1/listings?cursor=" + next,
		"/api/v1/parties?q=Party&cursor=" + next[1:], "/api/v1/parties?q=Party&cursor=1000000000", "/api/v1/parties?q=Party&cursor=AAAAAAAA", "/api/v1/parties?q=Party&cursor=" + strings.Repeat("A", 4000)} {
		w := do(h, http.MethodGet, url, nil, "")
		if w.Code != 400 || !strings.Contains(w.Body.String(), `"do":"`) {
			t.Errorf("%.80s: %d %s", url, w.Code, w.Body)
		}
	}
}

// TestFields chooses members of rows and of single things.
func TestFields(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	for url, want := range map[string]string{
		"/api/v1/activities?fields=tag,id&limit=1":                               `[{"id":"company.director","tag":"open"}]`,
		"/api/v1/log/proofs/3?fields=position":                                   `{"position":3}`,
		"/api/v1/listings/" + apitest.CourtListing + "?fields=status,region":     `{"status":"confirmed","region":"CN"}`,
		"/api/v1/parties/" + apitest.Listed + "?fields=country":                  `{"country":"CN"}`,
		"/api/v1/rulebooks/cn-courts/current?fields=name":                        `{"name":"cn-courts"}`,
		"/api/v1/authorities?fields=id,names&kind=bank":                          `[{"id":"iadb","names":["Inter-American Development Bank"]}]`,
		"/api/v1/activities?fields=id&format=jsonl&tag=essential":                "{\"id\":\"health-care\"}\n",
		"/api/v1/authorities?fields=kind,id&format=csv":                          "kind,id\r\ncourt,cn-court-371082\r\nbank,iadb\r\n",
		"/api/v1/rulings/01kbp3x9q8e4tv7m2h6d5wz0c4?fields=kind":                 `{"kind":"judgment"}`,
		"/api/v1/listings/" + apitest.EndedListing + "?fields=review,effects":    `{}`,
		"/api/v1/lists?fields=snapshot,illustrative&region=CN":                   `[{}]`,
		"/api/v1/today?fields=inForce":                                           `{"inForce":2}`,
		"/api/v1/rulebooks?fields=name&limit=1":                                  `[{"name":"cn-courts"}]`,
		"/api/v1/measures?fields=id&list=mdb-debarment/debarred":                 `[{"id":"no-contracts"}]`,
		"/api/v1/rulebooks/cn-courts/changes?from=a&to=b&fields=path&format=csv": "path\r\nlists/judgment-defaulters/notice/window\r\n",
	} {
		if w := do(h, http.MethodGet, url, nil, ""); w.Code != 200 || w.Body.String() != want {
			t.Errorf("%s: %d\n%q, want\n%q", url, w.Code, w.Body, want)
		}
	}
}

// TestRefusalsName holds that what is refused is named, with what is allowed.
func TestRefusalsName(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	for url, want := range map[string][]string{
		"/api/v1/parties?page=1000000000":                             {"page", "cursor", "limit", "region"},
		"/api/v1/parties?limit=1000000000":                            {"limit", "1 to 100"},
		"/api/v1/parties?limit=-1":                                    {"limit"},
		"/api/v1/parties?status=bad":                                  {"status", "bad", "listed, unlisted"},
		"/api/v1/parties?sort=name&sort=name":                         {"sort", "twice"},
		"/api/v1/parties?fields=party,salary":                         {"fields", "salary", "identifiers"},
		"/api/v1/parties?format=xml":                                  {"format", "csv, jsonl"},
		"/api/v1/parties?region=cn":                                   {"region", "CN/37"},
		"/api/v1/parties?q=" + strings.Repeat("x", 10_000):            {"q", "200 characters", "shorten"},
		"/api/v1/parties?q=%ff":                                       {"UTF-8"},
		"/api/v1/listings?list=cn-courts":                             {"list", "cn-courts/judgment-defaulters"},
		"/api/v1/statistics?from=2026":                                {"from", "2026-01"},
		"/api/v1/rulebooks/cn-courts/changes?to=b":                    {"from"},
		"/api/v1/today?x=1":                                           {"it may say fields"},
		"/api/v1/check?party=a&regoin=CN":                             {"regoin", "region"},
		"/api/v1/check?party=a&activity=b&at=tomorrow":                {"at", "2026-11-22"},
		"/api/v1/rulebooks/cn-courts/current?lang=fr&format=markdown": {"fr", "en, zh"},
		"/api/v1/log/proofs/1e9":                                      {"1e9", "whole number"},
	} {
		w := do(h, http.MethodGet, url, nil, "")
		if w.Code != 400 && w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%.80s: %d %s", url, w.Code, w.Body)
		}
		for _, word := range want {
			if !strings.Contains(w.Body.String(), word) {
				t.Errorf("%.80s: the problem does not say %q: %s", url, word, w.Body)
			}
		}
	}
}

// TestExports holds that a table has what the pages show, up to its bound, and
// that it says so.
func TestExports(t *testing.T) {
	for _, n := range []int{0, 3, 100, 101, 10_000, 10_001} {
		h := server.New(many{Register: apitest.New(), n: n, name: plainName}, server.Options{})
		w := do(h, http.MethodGet, "/api/v1/parties?format=csv", nil, "")
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) != 1+min(n, 10_000) || rows[0][0] != "party" || n > 0 && rows[n/2+1][0] != "x:"+strconv.Itoa(n/2) && n <= 10_000 {
			t.Errorf("%d parties: %d rows, %v", n, len(rows), err)
		}
		count := strconv.Itoa(min(n, 10_000))
		if n > 10_000 {
			count += "+"
		}
		if w.Header().Get("Content-Type") != "text/csv; charset=utf-8; header=present" || w.Header().Get("Content-Disposition") != `attachment; filename="parties.csv"` || w.Header().Get("Standing-Count") != count {
			t.Errorf("%d parties: headers %v", n, w.Header())
		}
		if (n <= 100) != (w.Header().Get("ETag") != "") {
			t.Errorf("%d parties: ETag %q", n, w.Header().Get("ETag"))
		}
	}
	h := server.New(many{Register: apitest.New(), n: 57, name: plainName}, server.Options{})
	w := do(h, http.MethodGet, "/api/v1/parties?limit=7&fields=party", http.Header{"Accept": {"text/html, application/x-ndjson;q=0.5"}}, "")
	if lines := bytes.Count(w.Body.Bytes(), []byte("\n")); lines != 7 || !strings.Contains(w.Header().Get("Link"), "rel=\"next\"") || w.Header().Get("Content-Type") != "application/x-ndjson" {
		t.Errorf("%d lines, %v", lines, w.Header())
	}
}

// TestExportBreaksOff holds that an export that fails on the way does not end as
// a whole one does.
func TestExportBreaksOff(t *testing.T) {
	srv := httptest.NewServer(server.New(many{Register: apitest.New(), n: 5000, name: plainName, fails: 300}, server.Options{}))
	defer srv.Close()
	response, err := http.Get(srv.URL + "/api/v1/parties?format=csv")
	if err != nil {
		return // broken off at once
	}
	defer response.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(response.Body); err == nil {
		t.Errorf("the export ends as if it were whole, after %d bytes", b.Len())
	}
}

// hostile are names that want to be something else.
var hostile = []string{"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1", "\r=1", " =1", "＝1+1", "a,b", `say "hi"`, "two\r\nlines", "<script>alert(1)</script>", "\u202etxt.exe", "a; b", "'", "\x00\x01", "\u3000@x", "normal"}

// TestTablesAreSafe holds that no cell of a table is a formula, and that what is
// none comes out as it went in.
func TestTablesAreSafe(t *testing.T) {
	h := server.New(many{Register: apitest.New(), n: len(hostile), name: func(i int) string { return hostile[i] }}, server.Options{})
	rows, err := csv.NewReader(do(h, http.MethodGet, "/api/v1/parties?format=csv&fields=names", nil, "").Body).ReadAll()
	if err != nil || len(rows) != len(hostile)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		got, want := row[0], strings.ReplaceAll(hostile[i], "\r\n", "\n") // which the reader of CSV does
		if strings.HasPrefix(got, "'") && got != "'" {
			want = "'" + want
		}
		if got != want {
			t.Errorf("%q comes out as %q", hostile[i], got)
		}
		if first := []rune(strings.TrimLeft(got, " \u3000")); strings.ContainsRune("=+-@\t\r＝＋－＠", first[0]) {
			t.Errorf("%q comes out as the formula %q", hostile[i], got)
		}
	}
	w := do(h, http.MethodGet, "/api/v1/parties?limit=100", nil, "")
	for i, row := range page(t, w).Items {
		if row.Names[0] != hostile[i] {
			t.Errorf("%q comes out as %q", hostile[i], row.Names[0])
		}
	}
	if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", w.Header())
	}
}

// TestSpeaks holds who is answered in what.
func TestSpeaks(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	rulebook := "/api/v1/rulebooks/cn-courts/current"
	for _, c := range []struct {
		url, accept, language string
		status                int
		media                 string
	}{
		{clearURL, "", "", 200, "application/json"}, {clearURL, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", 200, "application/json"},
		{clearURL, "application/*", "", 200, "application/json"}, {clearURL, "APPLICATION/JSON; q=0.1", "", 200, "application/json"},
		{clearURL, "text/html", "", 406, ""}, {clearURL, "application/json;q=0, */*", "", 406, ""}, {clearURL, "klingon", "", 406, ""}, {clearURL, "*/*;q=2", "", 406, ""},
		{"/api/v1/parties", "text/csv", "", 200, "text/csv"}, {"/api/v1/parties", "text/csv;q=0.5, application/json", "", 200, "application/json"}, {"/api/v1/parties", "text/*", "", 200, "text/csv"},
		{"/api/v1/parties?format=csv", "application/json", "", 200, "text/csv"}, {"/api/v1/parties", "application/pdf", "", 406, ""},
		{rulebook, "application/yaml", "", 200, "application/yaml"}, {rulebook, "text/markdown", "zh-CN,zh;q=0.9", 200, "text/markdown"}, {rulebook, "text/html", "", 406, ""},
	} {
		w := do(h, http.MethodGet, c.url, http.Header{"Accept": {c.accept}, "Accept-Language": {c.language}}, "")
		if c.accept == "" {
			w = do(h, http.MethodGet, c.url, nil, "")
		}
		media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
		if c.media == "" {
			c.media = "application/problem+json"
		}
		if w.Code != c.status || media != c.media {
			t.Errorf("%s, Accept %q: %d as %s, want %d as %s", c.url, c.accept, w.Code, media, c.status, c.media)
		}
		if c.language != "" && (w.Header().Get("Content-Language") != "zh" || !strings.Contains(w.Body.String(), "名单")) {
			t.Errorf("%s in %s: %v %s", c.url, c.language, w.Header(), w.Body)
		}
	}
	for _, media := range []string{"", "text/plain", "application/json; charset=latin1", "multipart/form-data", ";;;"} {
		w := do(h, http.MethodPost, "/api/v1/check", http.Header{"Content-Type": {media}}, `{"party":"a"}`)
		if media != "" && w.Code != 415 {
			t.Errorf("a body of type %q: %d %s", media, w.Code, w.Body)
		}
	}
}

// TestSearchByBody holds that the body asks what the query string asks.
func TestSearchByBody(t *testing.T) {
	var asked []api.PartyQuery
	h := server.New(many{Register: apitest.New(), n: 57, name: plainName, asked: &asked}, server.Options{})
	w := do(h, http.MethodPost, "/api/v1/search", nil, `{"text":"a\u0041","region":"CN/37","field":"tax","list":"a/b","status":"listed","record":"one","kind":"organisation","sort":"newest","limit":5}`)
	p := page(t, w)
	q := api.PartyQuery{Text: "aA", Region: "CN/37", Field: "tax", List: "a/b", Status: "listed", Record: "one", Kind: "organisation", Sort: "newest", Limit: 5}
	if len(asked) != 1 || asked[0] != q || len(p.Items) != 5 || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Link") != "" {
		t.Errorf("%+v %v", asked, w.Header())
	}
	body := `{"text":"aA","region":"CN/37","field":"tax","list":"a/b","status":"listed","record":"one","kind":"organisation","sort":"newest","cursor":"` + p.Next + `"}`
	if p = page(t, do(h, http.MethodPost, "/api/v1/search", nil, body)); p.Items[0].Party != "x:5" {
		t.Errorf("the next page begins with %s", p.Items[0].Party)
	}
	for _, body := range []string{`{"text":7}`, `{"limit":"5"}`, `{"limit":1.5}`, `{"limit":-1}`, `{"limit":1e2}`, `{"limit":01}`, `{"kind":"person"}`, `{"text":""}`, `{"fields":"party"}`, `[]`, `{}x`, `{"text":"a","text":"b"}`} {
		if w := do(h, http.MethodPost, "/api/v1/search", nil, body); w.Code != 400 {
			t.Errorf("%s: %d", body, w.Code)
		}
	}
}
