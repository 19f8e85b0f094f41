package server_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

func do(h http.Handler, method, url string, header http.Header, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for k, v := range header {
		r.Header[k] = v
	}
	if body != "" && header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	h.ServeHTTP(w, r)
	return w
}

const clearURL = "/api/v1/check?activity=company.director&party=" + apitest.Clean

func TestEveryErrorIsItsProblem(t *testing.T) {
	for _, k := range append(api.Kinds(), "") {
		reg := &apitest.Register{Fail: func(string) error {
			if k == "" {
				return errors.New("disk 7 of 110000180001010013 is on fire")
			}
			return &standing.Error{Kind: k, Rule: "charter 2.1", What: "what is wrong", Do: "what to do", Err: errors.New("the cause")}
		}}
		w := do(server.New(reg, server.Options{}), http.MethodGet, clearURL, nil, "")
		want := k
		if k == "" {
			want = standing.Internal
		}
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if w.Code != api.Status(want) || p.Status != w.Code || p.Type != "/problems/"+string(want) || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %+v", k, w.Code, p)
		}
		if strings.Contains(w.Body.String(), "cause") || strings.Contains(w.Body.String(), "fire") {
			t.Errorf("%s: the cause is shown: %s", k, w.Body)
		}
		if want == standing.Internal {
			if p.Request == "" || p.Request != w.Header().Get("X-Request-Id") || p.Rule != "" || strings.Contains(w.Body.String(), "what is wrong") {
				t.Errorf("%q hides too little: %s", k, w.Body)
			}
		} else if p.Detail != "what is wrong" || p.Rule != "charter 2.1" || p.Do != "what to do" {
			t.Errorf("%s: %+v", k, p)
		}
		if (want == standing.Unavailable) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("%s: Retry-After %q", k, w.Header().Get("Retry-After"))
		}
	}
}

func TestMethods(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	for _, c := range []struct {
		method, url string
		status      int
		allow       string
	}{
		{http.MethodHead, clearURL, 200, ""},
		{http.MethodOptions, "/api/v1/check", 204, "GET, HEAD, POST, OPTIONS"},
		{http.MethodOptions, "/api/v1/statements", 204, "POST, OPTIONS"},
		{http.MethodGet, "/api/v1/statements", 405, "POST, OPTIONS"},
		{http.MethodDelete, "/api/v1/parties/" + apitest.Listed, 405, "GET, HEAD, OPTIONS"},
		{http.MethodTrace, clearURL, 405, ""},
		{http.MethodTrace, "/", 405, ""},
		{http.MethodConnect, "/", 405, ""},
		{"BREW", "/checkpoint", 405, "GET, HEAD, OPTIONS"},
		{http.MethodGet, "/api/v2/check", 404, ""},
		{http.MethodGet, "/", 404, ""},
		{http.MethodPost, "/nowhere", 404, ""},
		{http.MethodGet, "/api//v1/../v1/rulebooks", 307, ""},
		{http.MethodGet, "/tile/../checkpoint", 307, ""},
	} {
		w := do(h, c.method, c.url, nil, "")
		if w.Code != c.status || c.allow != "" && w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, Allow %q: %s", c.method, c.url, w.Code, w.Header().Get("Allow"), w.Body)
		}
		if w.Code >= 400 && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %s: no problem document: %s", c.method, c.url, w.Body)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || len(w.Header().Get("X-Request-Id")) != 16 {
			t.Errorf("%s %s: headers %v", c.method, c.url, w.Header())
		}
	}
}

func TestOtherSites(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	for url, want := range map[string]string{clearURL: "*", "/checkpoint": "*", "/api/v1/listings/x": "*", "/healthz": ""} {
		if got := do(h, http.MethodGet, url, nil, "").Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("GET %s: Access-Control-Allow-Origin %q, want %q", url, got, want)
		}
	}
	w := do(h, http.MethodOptions, "/api/v1/check", nil, "")
	if w.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD" || strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "Authorization") || w.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("preflight: %v", w.Header())
	}
	if w = do(h, http.MethodOptions, "/api/v1/statements", nil, ""); w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("preflight of a statement: %v", w.Header())
	}
}

func TestWhatMayBeKept(t *testing.T) {
	key, known := relying(t, "x")
	h := server.New(apitest.New(), server.Options{Relying: known})
	url := "/api/v1/listings/" + apitest.CourtListing
	first := do(h, http.MethodGet, url, nil, "")
	tag := first.Header().Get("ETag")
	if tag == "" || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("headers %v", first.Header())
	}
	for _, have := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		w := do(h, http.MethodGet, url, http.Header{"If-None-Match": {have}}, "")
		if w.Code != 304 || w.Body.Len() != 0 {
			t.Errorf("If-None-Match %s: %d", have, w.Code)
		}
	}
	if w := do(h, http.MethodGet, url, http.Header{"If-None-Match": {`"other"`}}, ""); w.Code != 200 {
		t.Errorf("another tag: %d", w.Code)
	}
	for url, want := range map[string]string{clearURL: "no-store", "/tile/0/000": "public, max-age=31536000, immutable, no-transform",
		"/tile/entries/000": "public, max-age=31536000, immutable", "/checkpoint": "max-age=1", "/tile/7/7": "no-store"} {
		if got := do(h, http.MethodGet, url, nil, "").Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", url, got, want)
		}
	}
	if w := do(h, http.MethodGet, url, http.Header{"Authorization": {"Bearer " + key}}, ""); w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" {
		t.Errorf("to a key: %v", w.Header())
	}
}

func TestGzip(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	url := "/api/v1/listings/" + apitest.CourtListing
	plain := do(h, http.MethodGet, url, nil, "")
	zipped := do(h, http.MethodGet, url, http.Header{"Accept-Encoding": {"br, gzip;q=0.5"}}, "")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("ETag") != "W/"+plain.Header().Get("ETag") || zipped.Header().Get("Content-Length") != "" {
		t.Fatalf("headers %v", zipped.Header())
	}
	z, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain.Body.Bytes()) {
		t.Errorf("%v, %s", err, got)
	}
	for url, accept := range map[string]string{url: "gzip;q=0", "/api/v1/listings/x": "gzip", "/api/v1/rulebooks": "gzip", "/tile/0/000": "gzip"} {
		if w := do(h, http.MethodGet, url, http.Header{"Accept-Encoding": {accept}}, ""); w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s is compressed for %s", url, accept)
		}
	}
}

// TestLogNamesNobody holds that no line of the log holds what a request asked.
func TestLogNamesNobody(t *testing.T) {
	var out bytes.Buffer
	key, known := relying(t, "credit-decision")
	reg := apitest.New()
	h := server.New(reg, server.Options{Relying: known, Logger: slog.New(slog.NewJSONHandler(&out, nil)), Portal: http.NotFoundHandler()})
	secrets := []string{"110000180001010013", "Orient", "SECRET", key, "91371082"}
	body := `{"party":"` + apitest.Person + `","activity":"x"}`
	for _, r := range [][3]string{
		{http.MethodGet, "/api/v1/check?activity=x&party=" + apitest.Person}, {http.MethodGet, "/api/v1/check?SECRET=SECRET"}, {http.MethodGet, "/api/v1/parties/name:Orient"},
		{http.MethodGet, "/parties/" + apitest.Person}, {http.MethodGet, "/SECRET?SECRET"}, {"SECRET", "/SECRET"}, {http.MethodPost, "/api/v1/check", body}, {http.MethodPost, "/api/v1/checks", "[" + body + "]"},
		{http.MethodPost, "/api/v1/statements", `{"SECRET":"SECRET"}`}, {http.MethodGet, "/api/v1/../v1/parties/" + apitest.Person}, {http.MethodGet, "/api/v1/listings/" + apitest.Listed},
	} {
		do(h, r[0], r[1], http.Header{"Authorization": {"Bearer " + key}, "Purpose": {"credit-decision"}, "User-Agent": {"SECRET"}, "X-Request-Id": {"SECRET"}}, r[2])
	}
	reg.Fail = func(string) error { panic("SECRET") }
	if w := do(h, http.MethodGet, clearURL, nil, ""); w.Code != 500 || strings.Contains(w.Body.String(), "SECRET") {
		t.Errorf("a panic answers %d %s", w.Code, w.Body)
	}
	for _, s := range secrets {
		if strings.Contains(out.String(), s) {
			t.Errorf("the log holds %q:\n%s", s, out.String())
		}
	}
	for _, want := range []string{`"route":"GET /api/v1/check"`, `"status":200`, `"status":400`, `"bytes":`, `"took":`, `"request":"`, `"method":"other"`, `"msg":"panic"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the log lacks %s:\n%s", want, out.String())
		}
	}
}

func TestReady(t *testing.T) {
	h := server.New(apitest.New(), server.Options{Ready: func(context.Context) error { return errors.New("behind by 40 s") }})
	if w := do(h, http.MethodGet, "/readyz", nil, ""); w.Code != 503 || strings.Contains(w.Body.String(), "40 s") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := do(h, http.MethodGet, "/healthz", nil, ""); w.Code != 200 {
		t.Errorf("%d", w.Code)
	}
}

func TestBatch(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	body := `[{"party":"` + apitest.Listed + `","activity":"x"},{"party":"` + apitest.Person + `","activity":"x"},{"party":"` + apitest.Clean + `","activity":"x"}]`
	w := do(h, http.MethodPost, "/api/v1/checks", nil, body)
	var got []api.Outcome
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got) != 3 {
		t.Fatalf("%v %s", err, w.Body)
	}
	if got[0].Answer.Verdict != api.Restricted || got[1].Problem.Status != 401 || got[2].Answer.Verdict != api.Clear {
		t.Errorf("%s", w.Body)
	}
	long := "[" + strings.Repeat(`{"party":"`+apitest.Listed+`","activity":"x"},`, 999) + `{"party":"","activity":"x"}]`
	got = nil
	if err := json.Unmarshal(do(h, http.MethodPost, "/api/v1/checks", nil, long).Body.Bytes(), &got); err != nil || len(got) != 1000 {
		t.Errorf("%d outcomes, %v", len(got), err)
	}
	if w := do(h, http.MethodPost, "/api/v1/checks", nil, "[]"); w.Body.String() != "[]" {
		t.Errorf("an empty batch: %s", w.Body)
	}
}

// TestLines asks line by line over one connection and reads each answer before
// the next question is sent.
func TestLines(t *testing.T) {
	srv := httptest.NewServer(server.New(apitest.New(), server.Options{}))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	send := func(s string) {
		t.Helper()
		if _, err := io.WriteString(conn, s); err != nil {
			t.Fatal(err)
		}
	}
	chunk := func(s string) { t.Helper(); send(hex(len(s)) + "\r\n" + s + "\r\n") }
	question := `{"party":"` + apitest.Listed + `","activity":"x"}` + "\n"
	send("POST /api/v1/checks HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
	chunk(question)
	in := bufio.NewReader(conn)
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(response.Body)
	expect := func(status int) {
		t.Helper()
		var o api.Outcome
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &o) != nil {
			t.Fatalf("%s, %v", lines.Bytes(), lines.Err())
		}
		if status == 200 && o.Answer == nil || status != 200 && (o.Problem == nil || o.Problem.Status != status) {
			t.Fatalf("want %d: %s", status, lines.Bytes())
		}
	}
	expect(200)
	chunk("no question\n\n")
	expect(400)
	chunk(question + question[:20])
	expect(200)
	chunk(question[20:])
	expect(200)
	chunk(strings.TrimSpace(question))
	send("0\r\n\r\n")
	expect(200)
	if lines.Scan() {
		t.Errorf("one line too many: %s", lines.Bytes())
	}
	w := do(server.New(apitest.New(), server.Options{}), http.MethodPost, "/api/v1/checks", http.Header{"Content-Type": {"application/x-ndjson"}}, question+strings.Repeat("x", 20_000)+"\n"+question)
	if got := strings.Split(strings.TrimSpace(w.Body.String()), "\n"); len(got) != 2 || !strings.Contains(got[1], "/problems/too-large") {
		t.Errorf("a line of 20,000 bytes: %s", w.Body)
	}
}

func hex(n int) string {
	const digits = "0123456789abcdef"
	if n < 16 {
		return digits[n : n+1]
	}
	return hex(n/16) + digits[n%16:n%16+1]
}

// TestLargeBody sends the header of a body of 100 MB and none of the body: the
// answer comes all the same.
func TestLargeBody(t *testing.T) {
	srv := httptest.NewServer(server.New(apitest.New(), server.Options{}))
	defer srv.Close()
	for _, path := range []string{"/api/v1/statements", "/api/v1/check", "/api/v1/checks", "/api/v1/search", "/api/v1/parties", "/nowhere", "/healthz", "/data/x"} {
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		var p api.Problem
		if err := json.NewDecoder(response.Body).Decode(&p); err != nil || (response.StatusCode != 413 || p.Type != "/problems/too-large") && response.StatusCode != 404 && response.StatusCode != 405 {
			t.Errorf("%s: %d %+v %v", path, response.StatusCode, p, err)
		}
	}
	endless := io.LimitReader(neverEnding('{'), 200_000_000)
	r := httptest.NewRequest(http.MethodPost, "/api/v1/statements", endless)
	r.ContentLength = -1
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	server.New(apitest.New(), server.Options{}).ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("a body of unknown length: %d", w.Code)
	}
}

type neverEnding byte

func (b neverEnding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}
