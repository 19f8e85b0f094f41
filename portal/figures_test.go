package portal_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/bulk"
	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/portal"
	"github.com/openstanding/standing/portal/apidoc"
)

// published is a folder with two issues of the invented register.
func published(t *testing.T) fs.FS {
	t.Helper()
	dir, reg := t.TempDir(), apitest.New()
	for day := range 2 {
		_, err := bulk.Publish(context.Background(), dir, reg, reg, bulk.Options{Register: apitest.Origin, Key: bytes.Repeat([]byte{7}, 32), Now: apitest.Now + standing.Instant(day)*86400})
		if err != nil {
			t.Fatal(err)
		}
	}
	return bulk.Folder(dir)
}

func figureAddresses(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{
		"/statistics": 200, "/statistics?by=list": 200, "/statistics?by=field": 200, "/statistics?by=region": 200,
		"/statistics?by=region&region=Shandong&from=2026-09&until=2026-11": 200,
		"/statistics?list=cn-courts/judgment-defaulters":                   200,
		"/statistics?by=party":                            400,
		"/statistics?list=no/such":                        400,
		"/statistics?field=weather":                       400,
		"/statistics?region=Atlantis":                     400,
		"/statistics?from=autumn":                         400,
		"/statistics?from=2026-13":                        400,
		"/statistics?from=2026-11&until=2026-09":          400,
		"/statistics?list=%ff":                            400,
		"/statistics?from=" + strings.Repeat("9", 10_000): 400,
		"/statistics/issues":                              200, "/statistics/issues/2026-10": 200, "/statistics/issues/2026-11-22": 200,
		"/statistics/issues/1999-01": 404, "/statistics/issues/..%2f..%2findex": 404, "/statistics/nothing.csv": 404, "/statistics/month-nothing.svg": 404,
		"/data": 200,
		"/api":  200, "/api/types": 200, "/api/nothing": 404, "/api/submit/try": 404,
		"/docs": 200, "/docs/nothing": 404, "/docs/../portal": -1,
	}
	d, err := apidoc.Parse([]byte(api.OpenAPI()))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range d.Operations {
		out["/api/"+o.ID] = 200
	}
	return out
}

var (
	keyShown = regexp.MustCompile(`>\s*(stats|issues|data|api|op|docs)\.[a-zA-Z.]+\s*<`)
	unsafeIn = regexp.MustCompile(`(?i)<script>|<script [^s]|<style|\sstyle=|\son[a-z]+=|javascript:`)
)

func TestFigurePages(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{Published: published(t)})
	for address, status := range figureAddresses(t) {
		for _, accept := range []string{"en", "zh-CN"} {
			w := get(h, address, accept)
			if status < 0 {
				continue
			}
			if w.Code != status {
				t.Errorf("%s in %s: status %d, want %d", address, accept, w.Code, status)
			}
			body := w.Body.String()
			if n := strings.Count(body, "<h1"); n != 1 {
				t.Errorf("%s has %d headings of the first rank", address, n)
			}
			for name, re := range map[string]*regexp.Regexp{"a key instead of a text": keyShown, "something inline": unsafeIn} {
				if at := re.FindStringIndex(body); at != nil {
					t.Errorf("%s in %s has %s: %.100q", address, accept, name, body[max(at[0]-20, 0):])
				}
			}
			wellFormed(t, address, body)
		}
	}
}

// TestStatisticsSay: what a page of statistics must say, whoever reads it.
func TestStatisticsSay(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	body := get(h, "/statistics?by=list", "").Body.String()
	for _, want := range []string{
		`<svg class="plot" role="img"`, `href="/statistics/list-flow.svg?lang=en"`, `href="/statistics/list.csv?lang=en"`, // pictures and files
		`aria-label="Withheld, see the note"`, `id="persons"`, ">0–9<", // small numbers of persons
		`href="/statistics?by=month&amp;list=cn-courts%2Fjudgment-defaulters"`, `href="/statistics/issues"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	body = get(h, "/statistics?by=region", "").Body.String()
	if !strings.Contains(body, ">15.2<") { // 19 of 12,500
		t.Error("the share of a region's parties is not shown")
	}
	body = get(h, "/statistics?by=field&region=Atlantis&from=x", "").Body.String()
	for _, want := range []string{`aria-describedby="region-hint"`, `id="region-hint"`, `id="from-hint"`, `value="Atlantis"`} {
		if !strings.Contains(body, want) {
			t.Errorf("what is wrong is not said: %s is missing", want)
		}
	}
}

func TestStatisticsFiles(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	w := get(h, "/statistics/list.csv?lang=zh", "")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 3 || rows[0][0] != "list" || rows[0][2] != "inforce" {
		t.Fatalf("the table is %q (%v)", rows, err)
	}
	at := map[string]string{}
	for i, name := range rows[0] {
		at[name] = rows[1][i]
	}
	if at["list"] != "cn-courts/judgment-defaulters" || at["inforce"] != "40" || at["persons.inforce"] != "140" || at["exit.performed"] != "60" {
		t.Errorf("the first row is %v", at)
	}
	if last := rows[2]; last[len(last)-3] != "true" { // withheld, before two exits
		t.Errorf("nothing says that persons are withheld: %v", last)
	}
	for _, name := range []string{"month-flow.svg", "list-inforce.svg", "region-days.svg", "field-exemptions.svg", "exits.svg"} {
		w := get(h, "/statistics/"+name+"?from=2026-09", "zh")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Header().Get("Content-Disposition"), name) {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		d := xml.NewDecoder(w.Body)
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
	if w := get(h, "/statistics/list.csv?region=Atlantis", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a file for a place that is not one: %d", w.Code)
	}
}

// marked is a register with markup, and a formula, where names are.
type marked struct{ *apitest.Register }

const formula = `=<script>alert("x")</script>&amp;`

func (m marked) Statistics(ctx context.Context, q api.StatisticsQuery) (*api.Statistics, error) {
	s, err := m.Register.Statistics(ctx, q)
	if err == nil {
		s.Rows[0].Key = formula
		s.Total.Exits[formula] = 3
		s.Rows[0].Exits[formula] = 3
	}
	return s, err
}

func TestMarkupInFigures(t *testing.T) {
	h := portal.New(marked{apitest.New()}, portal.Options{})
	for _, address := range []string{"/statistics?by=list", "/statistics?by=month", "/statistics?by=region", "/statistics/list-flow.svg", "/statistics/exits.svg", "/statistics?region=" + "%3Cscript%3Ealert(1)"} {
		if body := get(h, address, "").Body.String(); strings.Contains(body, "<script>") {
			t.Errorf("%s shows markup as markup", address)
		}
	}
	if body := get(h, "/statistics/list.csv", "").Body.String(); !strings.Contains(body, "\n\"'=<script>") {
		t.Errorf("a formula stands in the table: %s", body)
	}
}

// TestDownloads: the page names every file of the issue with its digest, and says
// so when there is none.
func TestDownloads(t *testing.T) {
	files := published(t)
	body := get(portal.New(apitest.New(), portal.Options{Published: files}), "/data", "").Body.String()
	raw, err := fs.ReadFile(files, "datapackage.json")
	if err != nil {
		t.Fatal(err)
	}
	var pack struct{ Resources []struct{ Path, Hash string } }
	if err := json.Unmarshal(raw, &pack); err != nil || len(pack.Resources) < 8 {
		t.Fatalf("%d resources, %v", len(pack.Resources), err)
	}
	for _, r := range pack.Resources {
		if strings.HasPrefix(r.Path, "statistics/") {
			continue // on the page of issues
		}
		if !strings.Contains(body, `href="/data/`+r.Path+`"`) || !strings.Contains(body, strings.TrimPrefix(r.Hash, "sha256:")) {
			t.Errorf("%s is not on the page, or not its digest", r.Path)
		}
	}
	if !strings.Contains(body, "CC0") || !strings.Contains(body, "35 days") {
		t.Error("the licence, or how long deltas are kept, is not said")
	}
	for name, nothing := range map[string]fs.FS{"no folder": nil, "an empty folder": fstest.MapFS{}} {
		h := portal.New(apitest.New(), portal.Options{Published: nothing})
		for _, address := range []string{"/data", "/statistics/issues"} {
			if w := get(h, address, ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "published yet") {
				t.Errorf("%s with %s: %d", address, name, w.Code)
			}
		}
	}
	broken := portal.New(apitest.New(), portal.Options{Published: fstest.MapFS{"datapackage.json": {Data: []byte("{")}, "statistics/2026-10.json": {Data: []byte("[]")}}})
	for _, address := range []string{"/data", "/statistics/issues/2026-10"} {
		if w := get(broken, address, ""); w.Code != http.StatusInternalServerError {
			t.Errorf("%s of a broken folder: %d", address, w.Code)
		}
	}
}

func TestIssueCites(t *testing.T) {
	files := published(t)
	h := portal.New(apitest.New(), portal.Options{Published: files})
	raw, err := fs.ReadFile(files, "statistics/2026-10.json")
	if err != nil {
		t.Fatal(err)
	}
	body := get(h, "/statistics/issues/2026-10", "").Body.String()
	for _, want := range []string{"register " + apitest.Origin, "Statistics 2026-10", "/statistics/issues/2026-10", standing.DigestOf(raw).String(), `href="/data/statistics/2026-10.json"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the issue lacks %s", want)
		}
	}
	if body := get(h, "/statistics/issues", "").Body.String(); strings.Index(body, "2026-11-23") > strings.Index(body, "2026-10") {
		t.Error("the newest issue does not come first")
	}
}

// TestOperationsHaveWords: each operation is named in each language.
func TestOperationsHaveWords(t *testing.T) {
	d, err := apidoc.Parse([]byte(api.OpenAPI()))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range lang.All() {
		for _, o := range d.Operations {
			if !c.Has("op." + o.ID) {
				t.Errorf("%s: op.%s (%s %s: %s) has no words", c.Lang, o.ID, o.Method, o.Path, o.About)
			}
		}
	}
}

// TestTryLeads: the form of an operation leads to its answer here and nowhere
// else, whatever is written into it.
func TestTryLeads(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	for address, want := range map[string]string{
		"/api/check/try?party=" + apitest.Listed + "&activity=procurement.bid&region=": "/api/v1/check?activity=procurement.bid&party=" + strings.ReplaceAll(apitest.Listed, ":", "%3A"),
		"/api/party/try?party=uscc:1":                        "/api/v1/parties/uscc:1",
		"/api/tile/try?path=..%2f..%2f%2fevil.example%3f%23": "",
		"/api/listing/try?id=%2f%2fevil.example":             "",
	} {
		w := get(h, address, "")
		to := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || want != "" && to != want || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n#") {
			t.Errorf("%s leads to %d %q, want %q", address, w.Code, to, want)
		}
	}
}

func TestExamples(t *testing.T) {
	h := portal.New(apitest.New(), portal.Options{})
	body := get(h, "/api/checkByBody", "").Body.String()
	for _, want := range []string{"curl -X POST", "Content-Type: application/json", "/api/v1/check&#39;", `<script src="/assets/try.js`, `data-method="POST"`, "<noscript>", "Authorization: Bearer $STANDING_KEY"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of an operation lacks %s", want)
		}
	}
	if body := get(h, "/api/check", "").Body.String(); strings.Contains(body, "<script") || !strings.Contains(body, `action="/api/check/try"`) {
		t.Error("what can be tried by address needs a script, or has no form")
	}
}
