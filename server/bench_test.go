package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// BenchmarkCheck asks over loopback, by turns, the server with its access log
// on and a bare handler that answers the same bytes, headers included, from
// memory; ratio is the server's throughput by the bare handler's. The clients
// do the least that HTTP allows, so that little of what is measured is theirs.
func BenchmarkCheck(b *testing.B) {
	for name, party := range map[string]string{"clear": apitest.Clean, "restricted": apitest.Listed} {
		b.Run(name, func(b *testing.B) {
			handler := measured(b, party)
			path := "/api/v1/check?party=" + party + "&activity=company.director&region=CN%2F37"
			checks, bare := newLoad(b, handler, path), newLoad(b, same(handler, path), path)
			if len(checks.sample) != len(bare.sample) {
				b.Fatalf("the bare handler answers other bytes:\n%s\n%s", checks.sample, bare.sample)
			}
			const turns = 40
			n := max(b.N/turns/2, 100)
			b.ResetTimer()
			for range turns {
				checks.ask(b, n)
				bare.ask(b, n)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(checks.rate(), "checks/s")
			b.ReportMetric(bare.rate(), "bare/s")
			b.ReportMetric(checks.rate()/bare.rate(), "ratio")
		})
	}
}

// fixed is a register that has its answer ready, so that only the server's work
// is measured.
type fixed struct {
	*apitest.Register
	answer *api.Answer
}

func (f fixed) Check(context.Context, api.Caller, api.Question) (*api.Answer, error) {
	return f.answer, nil
}

// measured is the server over one answer, with its access log on.
func measured(b *testing.B, party string) http.Handler {
	reg := apitest.New()
	answer, err := reg.Check(b.Context(), api.Caller{}, api.Question{Party: party, Activity: "company.director"})
	if err != nil {
		b.Fatal(err)
	}
	return server.New(fixed{reg, answer}, server.Options{Logger: slog.New(slog.NewJSONHandler(io.Discard, nil))})
}

// same is a handler that answers what another answered once.
func same(h http.Handler, path string) http.Handler {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	body := w.Body.Bytes()
	return http.HandlerFunc(func(to http.ResponseWriter, _ *http.Request) {
		header := to.Header()
		for k, v := range w.Header() {
			header[k] = v
		}
		_, _ = to.Write(body)
	})
}

// load is a set of connections to a handler, each asking one thing again and
// again.
type load struct {
	request string
	sample  []byte
	conns   []net.Conn
	took    time.Duration
	asked   int
}

func newLoad(b *testing.B, h http.Handler, path string) *load {
	srv := httptest.NewServer(h)
	b.Cleanup(srv.Close)
	l := &load{request: "GET " + path + " HTTP/1.1\r\nHost: register.example\r\nUser-Agent: bench\r\nAccept: application/json\r\n\r\n"}
	for range 4 * runtime.GOMAXPROCS(0) {
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = conn.Close() })
		l.conns = append(l.conns, conn)
		l.sample = answer(b, conn, l.request)
	}
	return l
}

// answer reads one answer whole and returns its bytes.
func answer(b *testing.B, conn net.Conn, request string) []byte {
	if _, err := io.WriteString(conn, request); err != nil {
		b.Fatal(err)
	}
	var raw strings.Builder
	response, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(response.Status, err)
	}
	return []byte(raw.String())
}

func (l *load) ask(b *testing.B, n int) {
	start := time.Now()
	var wg sync.WaitGroup
	each := n/len(l.conns) + 1
	for _, conn := range l.conns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			buf := make([]byte, len(l.sample)) // every answer is as long as the first
			for range each {
				if _, err := io.WriteString(conn, l.request); err != nil {
					b.Error(err)
					return
				}
				if _, err := io.ReadFull(conn, buf); err != nil {
					b.Error(err)
					return
				}
			}
			if !strings.HasPrefix(string(buf), "HTTP/1.1 200 OK\r\n") {
				b.Error(fmt.Sprintf("%.200q", buf))
			}
		}()
	}
	wg.Wait()
	l.took += time.Since(start)
	l.asked += each * len(l.conns)
}

func (l *load) rate() float64 { return float64(l.asked) / l.took.Seconds() }

// BenchmarkHandler measures the handler alone, without a network.
func BenchmarkHandler(b *testing.B) {
	for name, party := range map[string]string{"clear": apitest.Clean, "restricted": apitest.Listed} {
		b.Run(name, func(b *testing.B) {
			handler := measured(b, party)
			r := httptest.NewRequest(http.MethodGet, "/api/v1/check?party="+party+"&activity=company.director&region=CN%2F37", nil)
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				handler.ServeHTTP(w, r)
			}
		})
	}
}

type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
