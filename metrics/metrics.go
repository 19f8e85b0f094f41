// Package metrics counts what a running register does, for Prometheus. It knows
// routes, verdicts and kinds, and never whom anything was about: every label comes
// from a closed set.
//
//	m := metrics.New(version)
//	m.Watch(metrics.State{...})                     // gauges that are read when asked for
//	store := m.Store(store)                         // commits, by kind of act
//	handler := m.HTTP(server.New(m.Register(reg), options))
//	http.Handle("/metrics", m.Handler())
//
// Nothing is registered globally; two registers in one process count apart.
package metrics

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Metrics are the figures of one register. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
	verdicts *prometheus.CounterVec
	failed   *prometheus.CounterVec
	acts     *prometheus.CounterVec
	refused  *prometheus.CounterVec
	commits  *prometheus.HistogramVec
	batches  prometheus.Histogram
	upkeep   *prometheus.CounterVec
	upkeepAt *prometheus.GaugeVec
}

// New makes the figures of a register kept by this version of the software.
func New(version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "standing_" + name, Help: help}, labels)
		m.registry.MustRegister(c)
		return c
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "standing_" + name, Help: help, Buckets: buckets}, labels)
		m.registry.MustRegister(h)
		return h
	}
	m.requests = counter("http_requests_total", "Requests answered, by route, method and class of status.", "route", "method", "status")
	m.took = histogram("http_request_seconds", "Time from the first byte of a request to the end of its answer.",
		[]float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}, "route")
	m.verdicts = counter("checks_total", "Checks answered, by verdict.", "verdict")
	m.failed = counter("checks_failed_total", "Checks that got no verdict, by kind of error.", "error")
	m.acts = counter("acts_recorded_total", "Acts made durable by this process, by kind.", "kind")
	m.refused = counter("statements_refused_total", "Statements that were not recorded, by kind of error.", "error")
	m.commits = histogram("store_commit_seconds", "Time of a commit to the store, by outcome.",
		[]float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 30}, "outcome")
	m.upkeep = counter("upkeep_total", "Rounds of upkeep, by task and outcome.", "task", "outcome")
	m.upkeepAt = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "standing_upkeep_last_success_timestamp_seconds", Help: "When a task of upkeep last succeeded."}, []string{"task"})
	m.batches = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "standing_commit_acts", Help: "Acts in one commit.", Buckets: prometheus.ExponentialBuckets(1, 4, 8)})
	m.inFlight = prometheus.NewGauge(prometheus.GaugeOpts{Name: "standing_http_requests_in_flight", Help: "Requests that are being answered."})
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "standing_build_info", Help: "Always 1; the version is the label.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.batches, m.inFlight, m.upkeepAt, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the figures in the text format of Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// HTTP counts what a handler answers. Routes are the patterns of the handler's
// mux, so that nothing a client writes becomes a label.
func (m *Metrics) HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		m.inFlight.Inc()
		defer func() {
			m.inFlight.Dec()
			route := r.Pattern
			if route == "" {
				route = "none"
			}
			m.requests.WithLabelValues(route, method(r.Method), rec.class()).Inc()
			m.took.WithLabelValues(route).Observe(time.Since(start).Seconds())
		}()
		next.ServeHTTP(rec, r)
	})
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the final status.
func (w *recorder) WriteHeader(status int) {
	if w.status < 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts as 200 when nothing was said before.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// class is 2xx, 4xx ...; an answer that never began is 5xx, since net/http closes
// the connection after a panic.
func (w *recorder) class() string {
	if w.status < 100 || w.status > 599 {
		return "5xx"
	}
	return strconv.Itoa(w.status/100) + "xx"
}

func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
		return m
	}
	return "other"
}

// Register counts checks and refused statements of a register.
func (m *Metrics) Register(reg api.Register) api.Register { return &counted{reg, m} }

// counted is a register whose answers are counted.
type counted struct {
	api.Register
	m *Metrics
}

// Check answers and counts the verdict.
func (c *counted) Check(ctx context.Context, caller api.Caller, q api.Question) (*api.Answer, error) {
	answer, err := c.Register.Check(ctx, caller, q)
	if err != nil {
		c.m.failed.WithLabelValues(errorKind(err)).Inc()
		return answer, err
	}
	c.m.verdicts.WithLabelValues(string(answer.Verdict)).Inc()
	return answer, nil
}

// Submit records and counts what was refused.
func (c *counted) Submit(ctx context.Context, s api.Submission) ([]api.ReceiptView, error) {
	receipts, err := c.Register.Submit(ctx, s)
	if err != nil {
		c.m.refused.WithLabelValues(errorKind(err)).Inc()
	}
	return receipts, err
}

func errorKind(err error) string { return string(standing.KindOf(err)) }

// Upkeep counts a round of a task of upkeep.
func (m *Metrics) Upkeep(task string, err error) {
	if err != nil {
		m.upkeep.WithLabelValues(task, "failed").Inc()
		return
	}
	m.upkeep.WithLabelValues(task, "done").Inc()
	m.upkeepAt.WithLabelValues(task).SetToCurrentTime()
}
