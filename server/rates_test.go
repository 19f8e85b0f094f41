package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// clock is a clock that stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) move(d time.Duration) { c.mu.Lock(); c.now = c.now.Add(d); c.mu.Unlock() }

// from asks from an address.
func from(h http.Handler, remote, url string, header http.Header) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	r.RemoteAddr = remote
	for k, v := range header {
		r.Header[k] = v
	}
	h.ServeHTTP(w, r)
	return w
}

func TestQuota(t *testing.T) {
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	h := server.New(apitest.New(), server.Options{Now: c.read, Rates: server.Rates{Address: server.Rate{Requests: 20, Window: 10 * time.Second}}})
	ask := func(url string) *httptest.ResponseRecorder { return from(h, "192.0.2.7:1234", url, nil) }
	for left := 19; left >= 0; left-- {
		w := ask(clearURL)
		if w.Code != 200 || w.Header().Get("RateLimit-Policy") != `"address";q=20;w=10` || w.Header().Get("RateLimit") != `"address";r=`+strconv.Itoa(left)+`;t=`+strconv.Itoa((20-left+1)/2) {
			t.Fatalf("%d left: %d %v", left, w.Code, w.Header())
		}
	}
	w := ask(clearURL)
	var p api.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 429 || p.Status != 429 || !strings.HasSuffix(p.Type, "#quota-exceeded") || w.Header().Get("Retry-After") != "1" || w.Header().Get("RateLimit") != `"address";r=0;t=10` {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := from(h, "192.0.2.8:1234", clearURL, nil); w.Code != 200 {
		t.Errorf("somebody else: %d", w.Code)
	}
	for _, url := range []string{"/healthz", "/readyz"} {
		if w := ask(url); w.Code != 200 || w.Header().Get("RateLimit") != "" {
			t.Errorf("%s: %d %v", url, w.Code, w.Header())
		}
	}
	c.move(499 * time.Millisecond)
	if w := ask(clearURL); w.Code != 429 {
		t.Errorf("after 0.499 s: %d", w.Code)
	}
	c.move(time.Millisecond)
	if w := ask(clearURL); w.Code != 200 {
		t.Errorf("after half a second: %d", w.Code)
	}
	c.move(time.Hour)
	if w := ask("/api/v1/parties?format=csv"); w.Code != 200 || !strings.HasPrefix(w.Header().Get("RateLimit"), `"address";r=10;`) {
		t.Errorf("an export: %d %v", w.Code, w.Header())
	}
	if w := from(h, "192.0.2.7:1", "/api/v1/parties", http.Header{"Accept": {"text/csv"}}); !strings.HasPrefix(w.Header().Get("RateLimit"), `"address";r=0;`) {
		t.Errorf("an export by Accept: %v", w.Header())
	}
}

// TestWhoIsAClient holds by what clients are told apart.
func TestWhoIsAClient(t *testing.T) {
	key, known := relying(t, "x")
	rate := server.Rate{Requests: 10, Window: time.Hour}
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:ff::/48")}
	forwarded := func(s ...string) http.Header { return http.Header{"X-Forwarded-For": s} }
	for name, c2 := range map[string]struct {
		a, b         string
		aHead, bHead http.Header
		same         bool
	}{
		"another port":                      {"192.0.2.1:1", "192.0.2.1:2", nil, nil, true},
		"another address":                   {"192.0.2.1:1", "192.0.2.2:1", nil, nil, false},
		"IPv4 in IPv6":                      {"192.0.2.1:1", "[::ffff:192.0.2.1]:1", nil, nil, true},
		"the same network of IPv6":          {"[2001:db8:1:2::1]:1", "[2001:db8:1:2:ffff::9]:1", nil, nil, true},
		"another network of IPv6":           {"[2001:db8:1:2::1]:1", "[2001:db8:1:3::1]:1", nil, nil, false},
		"a header without a proxy":          {"192.0.2.1:1", "192.0.2.1:1", forwarded("198.51.100.1"), forwarded("198.51.100.2"), true},
		"two behind a proxy":                {"10.1.1.1:1", "10.1.1.1:1", forwarded("198.51.100.1"), forwarded("198.51.100.2"), false},
		"one behind two proxies":            {"10.1.1.1:1", "[2001:db8:ff::1]:1", forwarded("198.51.100.1"), forwarded("198.51.100.1, 10.9.9.9"), true},
		"what a client makes up in front":   {"10.1.1.1:1", "10.1.1.1:1", forwarded("198.51.100.1"), forwarded("203.0.113.5, 198.51.100.1"), true},
		"made up, in lines":                 {"10.1.1.1:1", "10.1.1.1:1", forwarded("203.0.113.5", "198.51.100.1"), forwarded("198.51.100.1:4711"), true},
		"garbage behind a proxy":            {"10.1.1.1:1", "10.1.1.1:1", forwarded("garbage"), forwarded("198.51.100.1, <script>"), true},
		"a known key from two places":       {"192.0.2.1:1", "192.0.2.2:1", http.Header{"Authorization": {"Bearer " + key}}, http.Header{"Authorization": {"Bearer " + key}}, true},
		"a known key and nobody":            {"192.0.2.1:1", "192.0.2.1:1", http.Header{"Authorization": {"Bearer " + key}}, nil, false},
		"invented keys from the same place": {"192.0.2.1:1", "192.0.2.1:1", http.Header{"Authorization": {"Bearer a"}}, http.Header{"Authorization": {"Bearer b"}}, true},
	} {
		h := server.New(apitest.New(), server.Options{Relying: known, Now: c.read, Rates: server.Rates{Address: rate, Key: rate, Proxies: proxies}})
		for range 10 {
			from(h, c2.a, "/checkpoint", c2.aHead)
		}
		if got := from(h, c2.b, "/checkpoint", c2.bHead).Code == 429; got != c2.same {
			t.Errorf("%s: one client: %v", name, got)
		}
	}
}

func TestNoQuota(t *testing.T) {
	h := server.New(apitest.New(), server.Options{})
	if w := do(h, http.MethodGet, clearURL, nil, ""); w.Header().Get("RateLimit") != "" || w.Header().Get("RateLimit-Policy") != "" {
		t.Errorf("%v", w.Header())
	}
	for _, r := range []server.Rates{{Address: server.Rate{Requests: 9, Window: time.Second}}, {Header: "X-Real-IP"}, {Key: server.Rate{Requests: 1e9, Window: time.Millisecond}}} {
		if r.Check() == nil {
			t.Errorf("%+v is taken", r)
		}
	}
	if err := (&server.Rates{Address: server.Rate{Requests: 600, Window: time.Minute}}).Check(); err != nil {
		t.Error(err)
	}
}

// TestQuotaIsOfFixedSize lets more addresses ask than are remembered.
func TestQuotaIsOfFixedSize(t *testing.T) {
	h := server.New(apitest.New(), server.Options{Rates: server.Rates{Address: server.Rate{Requests: 100, Window: time.Minute}}})
	r := httptest.NewRequest(http.MethodGet, "/problems/x", nil)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 60_000 {
		r.RemoteAddr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{1, byte(i >> 16), byte(i >> 8), byte(i)}), 1).String()
		h.ServeHTTP(&quiet{http.Header{}}, r)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2<<20 {
		t.Errorf("60,000 clients have taken %d bytes", grown)
	}
}

type quiet struct{ h http.Header }

func (q *quiet) Header() http.Header         { return q.h }
func (q *quiet) WriteHeader(int)             {}
func (q *quiet) Write(b []byte) (int, error) { return len(b), nil }

// TestQuotaAtOnce holds that requests at the same time are counted each.
func TestQuotaAtOnce(t *testing.T) {
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	h := server.New(apitest.New(), server.Options{Now: c.read, Rates: server.Rates{Address: server.Rate{Requests: 50, Window: time.Hour}}})
	var wg sync.WaitGroup
	answered := make(chan int, 200)
	for range 200 {
		wg.Go(func() { answered <- from(h, "192.0.2.1:1", "/checkpoint", nil).Code })
	}
	wg.Wait()
	close(answered)
	got := map[int]int{}
	for code := range answered {
		got[code]++
	}
	if got[200] != 50 || got[429] != 150 {
		t.Errorf("%v", got)
	}
}
