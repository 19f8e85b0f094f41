package server_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// This file is about those who mean harm, and about those who only look so.

// TestOddSearches sends what people and scanners type: each is a text like any
// other, or refused with a reason.
func TestOddSearches(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	for _, q := range append([]string{"' OR 1=1; --", "x.y == true || size(z) > 0", "{{7*7}}", "${jndi:ldap://x}", "%00", "\u202e\u200f\u2066", "../../etc/passwd", strings.Repeat("荣", 200), "🐉", "name:", "*", "a\nb"}, hostile...) {
		w := do(h, http.MethodGet, "/api/v1/parties?q="+url.QueryEscape(q), nil, "")
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/json" || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%q: %d %s", q, w.Code, w.Body)
		}
	}
	for _, q := range []string{strings.Repeat("荣", 201), strings.Repeat("x", 10_000), "\xff\xfe", ""} {
		if w := do(h, http.MethodGet, "/api/v1/parties?q="+url.QueryEscape(q), nil, ""); w.Code != 400 {
			t.Errorf("%.20q of %d bytes: %d", q, len(q), w.Code)
		}
	}
}

// TestPathTricks holds that no address leads to what another one is.
func TestPathTricks(t *testing.T) {
	h := server.New(apitest.New(), server.Options{Portal: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })})
	for path, want := range map[string]int{
		"/api/v1/../v1/today": 307, "/api//v1/today": 307, "/api/v1/./today": 307, "/api/v1/%2e%2e/v1/today": 404, "/api/v1/today/": 404, "/api/v1/today%00": 404, "/api/v1/Today": 404,
		"/api/v1/today;x=1": 404, "/API/v1/today": 418, "/api/v1/lists/..%2f..%2ftoday": 404, "/api/v1/rulebooks/%2e%2e/current": 404,
		"/api/v1/parties/%2e%2e": 404, "/api/v1/listings/%00": 400, "/api/v1/rulings/%ff": 400, "/api/v1/log/proofs/-1": 400, "/api/v1/log/proofs/18446744073709551616": 400, "/tile/%2e%2e/checkpoint": 404,
		"/api/v1/parties/" + strings.Repeat("a", 8000): 404,
	} {
		w := do(h, http.MethodGet, path, nil, "")
		if w.Code != want {
			t.Errorf("%.60s: %d, want %d: %.200s", path, w.Code, want, w.Body)
		}
	}
}

// TestSlowWriterIsCutOff sends a body drop by drop.
func TestSlowWriterIsCutOff(t *testing.T) {
	addr, _, _ := serve(t, server.Limits{Read: 100 * time.Millisecond}, server.New(apitest.New(), server.Options{}))
	for _, path := range []string{"/api/v1/check", "/api/v1/statements", "/api/v1/search"} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"); err != nil {
			t.Fatal(err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
		in := bufio.NewReader(conn)
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var p api.Problem
		if err := json.NewDecoder(response.Body).Decode(&p); err != nil || response.StatusCode != http.StatusRequestTimeout || p.Do == "" {
			t.Errorf("%s: %d %+v %v", path, response.StatusCode, p, err)
		}
		if _, err := in.ReadByte(); err != io.EOF {
			t.Errorf("%s: the connection stays open: %v", path, err)
		}
	}
}

// TestSlowReaderIsCutOff asks for an export and does not read it: the handler
// ends all the same.
func TestSlowReaderIsCutOff(t *testing.T) {
	long := strings.Repeat("a long name ", 200)
	inner := server.New(many{Register: apitest.New(), n: 10_000, name: func(int) string { return long }}, server.Options{})
	ended := make(chan struct{})
	addr, _, _ := serve(t, server.Limits{Write: 200 * time.Millisecond}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		inner.ServeHTTP(w, r)
	}))
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.(*net.TCPConn).SetReadBuffer(4096)
	if _, err := io.WriteString(conn, "GET /api/v1/parties?format=csv HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		t.Fatal("the handler waits for whoever does not read")
	}
}

// TestThousandConnections holds a thousand connections open, each in the middle
// of something, while the rest is served.
func TestThousandConnections(t *testing.T) {
	addr, _, _ := serve(t, server.Limits{}, server.New(apitest.New(), server.Options{}))
	begun := []string{"", "GET /api/v1/to", "GET /api/v1/today HTTP/1.1\r\nHost: x\r\n", "POST /api/v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"POST /api/v1/checks HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"}
	for i := range 1000 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, begun[i%len(begun)]); err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
	}
	client := &http.Client{Timeout: 10 * time.Second}
	start := time.Now()
	for range 50 {
		response, err := client.Get("http://" + addr + clearURL)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s %v", response.Status, err)
		}
		_ = response.Body.Close()
	}
	t.Logf("50 checks beside 1,000 held connections took %v", time.Since(start))
}

// TestPreflight holds who may ask from another site, and what it may read.
func TestPreflight(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	header := http.Header{"Origin": {"https://other.example"}, "Access-Control-Request-Method": {"GET"}, "Access-Control-Request-Headers": {"if-none-match"}}
	for _, path := range []string{"/api/v1/parties", "/api/v1/listings/x", "/api/v1/rulebooks/a/changes", "/data/datapackage.json", "/api/openapi.json"} {
		w := do(h, http.MethodOptions, path, header, "")
		if w.Code != 204 || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD" || !strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "If-None-Match") {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	for _, path := range []string{"/api/v1/statements", "/api/v1/search", "/api/v1/checks", "/healthz"} {
		if w := do(h, http.MethodOptions, path, header, ""); w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
	w := do(h, http.MethodGet, "/api/v1/parties", header, "")
	if exposed := w.Header().Get("Access-Control-Expose-Headers"); !strings.Contains(exposed, "ETag") || !strings.Contains(exposed, "RateLimit") || w.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%v", w.Header())
	}
}
