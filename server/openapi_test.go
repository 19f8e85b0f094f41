package server

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

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
			{url: "/api/v1/statements", media: "text/plain", body: string(statement), status: 400}},
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
	handler := New(apitest.New(), Options{})
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
			New(reg, Options{}).ServeHTTP(w, req)
			if asked && w.Code != api.Status(k) && r.id != "checkBatch" {
				t.Errorf("%s: status %d for %s", r.id, w.Code, k)
			}
			conforms(t, d.registry, doc, r, w)
		}
	}
}

func conforms(t *testing.T, registry huma.Registry, doc *huma.OpenAPI, r route, w *httptest.ResponseRecorder) {
	t.Helper()
	item := doc.Paths[strings.ReplaceAll(r.path, "...}", "}")]
	op := item.Get
	if r.method == http.MethodPost {
		op = item.Post
	}
	response := op.Responses[strconv.Itoa(w.Code)]
	if response == nil {
		t.Errorf("%s answers %d, which is not described: %s", r.id, w.Code, w.Body)
		return
	}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	content := response.Content[media]
	if content == nil {
		t.Errorf("%s answers %d as %q, which is not described", r.id, w.Code, media)
		return
	}
	if !strings.Contains(media, "json") {
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
