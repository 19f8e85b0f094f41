package metrics_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/metrics"
	"github.com/openstanding/standing/server"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/storetest"
)

func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// used is a set of figures after something of everything has happened.
func used(t *testing.T) *metrics.Metrics {
	t.Helper()
	m := metrics.New("1.2.3")
	one := func() float64 { return 1 }
	m.Watch(metrics.State{Acts: func() float64 { return 5 }, Position: func() float64 { return 3 }, Listings: one, Waiting: one, Free: one,
		Ready: func() bool { return true }, Sources: func() map[string]float64 { return map[string]float64{"a/b": 7} }})
	reg := apitest.New()
	h := m.HTTP(server.New(m.Register(reg), server.Options{Portal: http.NotFoundHandler()}))
	for _, path := range []string{"/healthz", "/api/v1/check?activity=x&party=" + apitest.Person, "/nowhere/110000180001010021", "/api/v1/parties/cn-citizen:110000180001010021"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("SECRET", "/", nil))
	s := m.Store(memory.New(memory.Faults{OnCommit: func(n int) memory.Fault {
		if n == 2 {
			return memory.DiskFull
		}
		return memory.None
	}}))
	maker := storetest.NewMaker(1)
	if err := s.Commit(t.Context(), maker.Batch(30)); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), maker.Batch(3)); err == nil {
		t.Fatal("the fault did not come")
	}
	m.Upkeep("flush", nil)
	m.Upkeep("keys", errors.New("no room"))
	if _, err := m.Register(answering{}).Check(t.Context(), api.Caller{}, api.Question{}); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Register(answering{}).Submit(t.Context(), api.Submission{}); err == nil {
		t.Fatal("it is taken")
	}
	return m
}

// answering is a register that answers the same to everyone.
type answering struct{ api.Register }

func (answering) Check(context.Context, api.Caller, api.Question) (*api.Answer, error) {
	return &api.Answer{Verdict: api.Restricted}, nil
}

func (answering) Submit(context.Context, api.Submission) ([]api.ReceiptView, error) {
	return nil, standing.Errorf(standing.Refused, "no")
}

func TestFigures(t *testing.T) {
	text := scrape(t, used(t))
	for _, want := range []string{
		`standing_http_requests_total{method="GET",route="GET /healthz",status="2xx"} 1`,
		`standing_http_requests_total{method="other",route="/",status="4xx"} 1`,
		`standing_http_requests_in_flight 0`,
		`standing_checks_total{verdict="restricted"} 1`,
		`standing_checks_failed_total{error="unauthenticated"} 1`,
		`standing_statements_refused_total{error="refused"} 1`,
		`standing_acts_recorded_total{kind="ruling.recorded"}`,
		`standing_store_commit_seconds_count{outcome="done"} 1`,
		`standing_store_commit_seconds_count{outcome="unavailable"} 1`,
		`standing_commit_acts_sum 30`,
		`standing_index_behind_acts 2`,
		`standing_source_fresh_until_timestamp_seconds{list="a/b"} 7`,
		`standing_upkeep_total{outcome="failed",task="keys"} 1`,
		`standing_build_info{version="1.2.3"} 1`,
		`standing_ready 1`, `go_goroutines`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the figures lack %s", want)
		}
	}
	for _, secret := range []string{"110000180001010021", "SECRET", apitest.Person, "nowhere"} {
		if strings.Contains(text, secret) {
			t.Errorf("the figures name %q", secret)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestTwoApart has two registers in one process.
func TestTwoApart(t *testing.T) {
	one, two := metrics.New("1"), metrics.New("2")
	one.Upkeep("flush", nil)
	if strings.Contains(scrape(t, two), `task="flush"`) {
		t.Error("one register counts for another")
	}
}

// TestAlerts holds the shipped alerts to figures that there are.
func TestAlerts(t *testing.T) {
	b, err := os.ReadFile("../deploy/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations struct{ Summary string }
			}
		}
	}
	if err := yaml.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	text, figure, n := scrape(t, used(t)), regexp.MustCompile(`standing_[a-z_]+`), 0
	for _, r := range file.Groups[0].Rules {
		names := figure.FindAllString(r.Expr, -1)
		if r.Alert == "" || r.Annotations.Summary == "" || len(names) == 0 {
			t.Errorf("alert %+v lacks something", r)
		}
		for _, name := range names {
			n++
			if !strings.Contains(text, "\n"+name+"{") && !strings.Contains(text, "\n"+name+" ") {
				t.Errorf("alert %s looks at %s, which there is not", r.Alert, name)
			}
		}
	}
	if n < 8 {
		t.Errorf("%d figures are looked at", n)
	}
}
