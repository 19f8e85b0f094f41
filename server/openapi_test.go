package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/danielgtaylor/huma/v2"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
)

var update = flag.Bool("update", false, "write api/openapi.json anew")

const openAPIFile = "../api/openapi.json"

// TestOpenAPI holds that the file is what the table of routes and the comments
// say. With -update it writes the file.
func TestOpenAPI(t *testing.T) {
	routes := new(server).routes()
	d := newDescriber(t)
	doc := d.describe(routes)
	d.publish(routes)
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Indent(&want, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	want.WriteByte('\n')
	if *update {
		if err := os.WriteFile(openAPIFile, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(openAPIFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Fatal("api/openapi.json is not what the routes say: go generate ./server, and look at the difference")
	}
	if api.OpenAPI() != want.String() {
		t.Fatal("the embedded description is another one")
	}
}

// sample is one request of an operation and the status that it gets.
type sample struct {
	url, media, body string
	status           int
}

func samples(t *testing.T) map[string][]sample {
	js := "application/json"
	statement, err := json.Marshal(api.Submission{Acts: [][]byte{{1, 2}, {3}}, Openings: [][]byte{{4}},
		Signature: api.SignatureWire{Signer: strings.Repeat("ab", 16), Algorithm: "ed25519", Bytes: []byte{9}, Second: &api.SignatureWire{Algorithm: "ed25519", Bytes: []byte{8}}}})
	if err != nil {
		t.Fatal(err)
	}
	query := func(party, activity string) string {
		return "?party=" + strings.ReplaceAll(party, " ", "+") + "&activity=" + activity
	}
	question := func(party string) string { return `{"party":"` + party + `","activity":"company.director"}` }
	return map[string][]sample{
		"check": {
			{url: "/api/v1/check" + query(apitest.Clean, "company.director") + "&region=CN%2F37&at=2026-01-01", status: 200}, {url: "/api/v1/check" + query(apitest.Listed, "x"), status: 200},
			{url: "/api/v1/check" + query(apitest.Debarred, "x"), status: 200}, {url: "/api/v1/check" + query(apitest.Unclear, "x"), status: 200},
			{url: "/api/v1/check" + query(apitest.Several, "x"), status: 200}, {url: "/api/v1/check" + query(apitest.Clean, apitest.NotCovered), status: 200},
			{url: "/api/v1/check" + query(apitest.Person, "x"), status: 401}, {url: "/api/v1/check?regoin=CN", status: 400}, {url: "/api/v1/check?party=a&party=b", status: 400},
		},
		"checkByBody": {{url: "/api/v1/check", media: js, body: question(apitest.Listed), status: 200}, {url: "/api/v1/check", media: js, body: question(apitest.Person), status: 401},
			{url: "/api/v1/check", media: js, body: `{"party":1}`, status: 400}, {url: "/api/v1/check", media: js, body: strings.Repeat(" ", smallBody+1), status: 413}},
		"checkBatch": {{url: "/api/v1/checks", media: js, body: "[" + question(apitest.Listed) + "," + question(apitest.Person) + "]", status: 200},
			{url: "/api/v1/checks", media: "application/x-ndjson", body: question(apitest.Listed) + "\n{}\n", status: 200},
			{url: "/api/v1/checks", media: js, body: "[" + strings.Repeat(question("x")+",", 1000) + question("x") + "]", status: 413}},
		"party": {{url: "/api/v1/parties/" + apitest.Listed, status: 200}, {url: "/api/v1/parties/name:Orient%20Harbour%20Works?country=GB", status: 200},
			{url: "/api/v1/parties/" + apitest.Clean, status: 404}, {url: "/api/v1/parties/" + apitest.Person, status: 401}, {url: "/api/v1/parties/", status: 400}},
		"partyByBody": {{url: "/api/v1/parties", media: js, body: `{"party":"` + apitest.Debarred + `"}`, status: 200}, {url: "/api/v1/parties", media: js, body: "[]", status: 400}},
		"listing": {{url: "/api/v1/listings/" + apitest.CourtListing, status: 200}, {url: "/api/v1/listings/" + strings.TrimPrefix(apitest.ReportedListing, apitest.Origin+"/listing/"), status: 200},
			{url: "/api/v1/listings/" + apitest.EndedListing, status: 200}, {url: "/api/v1/listings/01kbp3x9q8e4tv7m2h6d5wz0zw", status: 404}, {url: "/api/v1/listings/x", status: 400}},
		"rulebooks": {{url: "/api/v1/rulebooks", status: 200}, {url: "/api/v1/rulebooks?x", status: 400}},
		"submit": {{url: "/api/v1/statements", media: js, body: string(statement), status: 200}, {url: "/api/v1/statements", media: js, body: `{"acts":[]}`, status: 400},
			{url: "/api/v1/statements", media: "text/plain", body: string(statement), status: 415}},
		"ruling": {{url: "/api/v1/rulings/01kbp3x9q8e4tv7m2h6d5wz0c4", status: 200}, {url: "/api/v1/rulings/x", status: 400}, {url: "/api/v1/rulings/01kbp3x9q8e4tv7m2h6d5wz0zw", status: 404}, {url: "/api/v1/rulings/01kbp3x9q8e4tv7m2h6d5wz0c4?fields=kind", status: 200}},
		"parties": {{url: "/api/v1/parties", status: 200}, {url: "/api/v1/parties?q=rong&status=listed&sort=name&limit=5&fields=party,names", status: 200}, {url: "/api/v1/parties?format=csv", status: 200},
			{url: "/api/v1/parties?format=jsonl", status: 200}, {url: "/api/v1/parties?limit=0", status: 400}, {url: "/api/v1/parties?fields=x", status: 400}, {url: "/api/v1/parties?cursor=AAAAAAAAAAAA", status: 400}},
		"searchByBody": {{url: "/api/v1/search", media: js, body: `{"text":"rong","limit":3}`, status: 200}, {url: "/api/v1/search", media: js, body: `{"q":"rong"}`, status: 400},
			{url: "/api/v1/search", media: js, body: `{"limit":101}`, status: 400}},
		"listings":    {{url: "/api/v1/listings?list=cn-courts/judgment-defaulters&sort=ending", status: 200}, {url: "/api/v1/listings?sort=name", status: 400}, {url: "/api/v1/listings?format=csv", status: 200}},
		"corrections": {{url: "/api/v1/corrections", status: 200}, {url: "/api/v1/corrections?format=jsonl", status: 200}},
		"authorities": {{url: "/api/v1/authorities?kind=court&limit=1", status: 200}, {url: "/api/v1/authorities?kind=pub", status: 400}},
		"authority":   {{url: "/api/v1/authorities/iadb", status: 200}, {url: "/api/v1/authorities/none", status: 404}},
		"today":       {{url: "/api/v1/today", status: 200}, {url: "/api/v1/today?fields=at", status: 200}},
		"statistics":  {{url: "/api/v1/statistics", status: 200}, {url: "/api/v1/statistics?by=month&from=2026-01", status: 200}, {url: "/api/v1/statistics?by=month&format=csv", status: 200}, {url: "/api/v1/statistics?by=day", status: 400}, {url: "/api/v1/statistics?from=2026-13", status: 400}},
		"lists":       {{url: "/api/v1/lists", status: 200}, {url: "/api/v1/lists?format=csv", status: 200}},
		"list":        {{url: "/api/v1/lists/cn-courts/judgment-defaulters", status: 200}, {url: "/api/v1/lists/x", status: 404}},
		"measures":    {{url: "/api/v1/measures?activity=procurement.bid", status: 200}},
		"activities":  {{url: "/api/v1/activities?tag=essential", status: 200}, {url: "/api/v1/activities?format=jsonl&fields=id", status: 200}},
		"versions":    {{url: "/api/v1/rulebooks/cn-courts", status: 200}, {url: "/api/v1/rulebooks/x", status: 404}},
		"rulebook": {{url: "/api/v1/rulebooks/cn-courts/current", status: 200}, {url: "/api/v1/rulebooks/cn-courts/current?format=yaml", status: 200}, {url: "/api/v1/rulebooks/cn-courts/2026-04-01?format=markdown&lang=zh", status: 200},
			{url: "/api/v1/rulebooks/cn-courts/current?format=markdown&lang=fr", status: 404}, {url: "/api/v1/rulebooks/x/current", status: 404}},
		"changes":    {{url: "/api/v1/rulebooks/cn-courts/changes?from=a&to=b", status: 200}, {url: "/api/v1/rulebooks/cn-courts/changes?from=a", status: 400}},
		"proof":      {{url: "/api/v1/log/proofs/7", status: 200}, {url: "/api/v1/log/proofs/4711", status: 404}, {url: "/api/v1/log/proofs/07", status: 400}},
		"data":       {{url: "/data/datapackage.json", status: 200}, {url: "/data/none", status: 404}},
		"version":    {{url: "/api/v1/cases/01kbp3x9q8e4tv7m2h6d5wz0c0/version", status: 200}, {url: "/api/v1/cases/x/version", status: 400}},
		"checkpoint": {{url: "/checkpoint", status: 200}},
		"tile":       {{url: "/tile/0/000", status: 200}, {url: "/tile/0/018.p/103", status: 200}, {url: "/tile/entries/000", status: 200}, {url: "/tile/9/9", status: 404}},
		"health":     {{url: "/healthz", status: 200}},
		"ready":      {{url: "/readyz", status: 200}},
		"openapi":    {{url: "/api/openapi.json", status: 200}},
		"problem":    {{url: "/problems/refused", status: 200}, {url: "/problems/fun", status: 404}},
	}
}

// TestDescriptionIsTrue walks every operation: each has samples, and every answer
// has a status, a media type and a shape that the description names.
func TestDescriptionIsTrue(t *testing.T) {
	d := newDescriber(t)
	routes := new(server).routes()
	doc := d.describe(routes)
	all := samples(t)
	handler := New(apitest.New(), Options{Published: publishedSample()})
	for _, r := range routes {
		if len(all[r.id]) == 0 {
			t.Errorf("%s has no sample", r.id)
		}
		for _, s := range all[r.id] {
			w := httptest.NewRecorder()
			req := httptest.NewRequest(r.method, s.url, strings.NewReader(s.body))
			req.Header.Set("Content-Type", s.media)
			handler.ServeHTTP(w, req)
			if w.Code != s.status {
				t.Errorf("%s %s: status %d, want %d: %s", r.method, s.url, w.Code, s.status, w.Body)
			}
			conforms(t, d.registry, doc, r, w)
		}
	}
	for id := range all {
		if !strings.Contains(api.OpenAPI(), `"operationId": "`+id+`"`) {
			t.Errorf("there are samples of %s, which is no operation", id)
		}
	}
}

// TestKindsAreDescribed lets the register fail in every way that an operation
// describes.
func TestKindsAreDescribed(t *testing.T) {
	d := newDescriber(t)
	routes := new(server).routes()
	doc := d.describe(routes)
	for _, r := range routes {
		s := samples(t)[r.id][0]
		for _, k := range append(r.problems, standing.Invalid, standing.Unavailable, standing.Internal) {
			asked := false
			reg := &apitest.Register{Fail: func(string) error {
				asked = true
				return &standing.Error{Kind: k, What: "<what>", Rule: "charter 2.1", Do: "do"}
			}}
			w := httptest.NewRecorder()
			req := httptest.NewRequest(r.method, s.url, strings.NewReader(s.body))
			req.Header.Set("Content-Type", s.media)
			New(reg, Options{Published: publishedSample()}).ServeHTTP(w, req)
			if asked && w.Code != api.Status(k) && r.id != "checkBatch" {
				t.Errorf("%s: status %d for %s", r.id, w.Code, k)
			}
			conforms(t, d.registry, doc, r, w)
		}
	}
}

// publishedSample is what bulk data looks like.
func publishedSample() fstest.MapFS {
	rows := []byte("id,name\r\n1,a\r\n")
	digest := sha256.Sum256(rows)
	return fstest.MapFS{"2026-11-22/listings.csv": {Data: rows}, "listings.parquet": {Data: []byte("PAR1....PAR1")}, ".secret": {Data: rows}, "half.csv.tmp": {Data: rows},
		manifest: {Data: []byte(`{"resources":[{"path":"2026-11-22/listings.csv","hash":"sha256:` + hex.EncodeToString(digest[:]) + `","bytes":` + strconv.Itoa(len(rows)) + `}]}`)}}
}

func conforms(t *testing.T, registry huma.Registry, doc *huma.OpenAPI, r route, w *httptest.ResponseRecorder) {
	t.Helper()
	item := doc.Paths[strings.ReplaceAll(r.path, "...}", "}")]
	op := item.Get
	if r.method == http.MethodPost {
		op = item.Post
	}
	response := op.Responses[strconv.Itoa(w.Code)]
	if response != nil && response.Ref != "" {
		response = doc.Components.Responses[strings.TrimPrefix(response.Ref, "#/components/responses/")]
	}
	if response == nil {
		t.Errorf("%s answers %d, which is not described: %s", r.id, w.Code, w.Body)
		return
	}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	content := response.Content[media]
	if content == nil && w.Code < 300 {
		content = response.Content["*/*"]
	}
	if content == nil {
		t.Errorf("%s answers %d as %q, which is not described", r.id, w.Code, media)
		return
	}
	if !strings.Contains(media, "json") || response.Content[media] == nil {
		return
	}
	dec := json.NewDecoder(w.Body)
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			t.Errorf("%s: %v", r.id, err)
			return
		}
		res := &huma.ValidateResult{}
		huma.Validate(registry, content.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, res)
		for _, err := range res.Errors {
			t.Errorf("%s, status %d: %v", r.id, w.Code, err)
		}
	}
}
