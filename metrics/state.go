package metrics

import (
	"github.com/prometheus/client_golang/prometheus"
)

// State are functions that are asked whenever the figures are. They must be
// quick; a nil one is left out.
type State struct {
	Acts     func() float64            // in the store
	Position func() float64            // acts that answers take into account
	Listings func() float64            // in the index of checks
	Waiting  func() float64            // statements that wait to be judged
	Sources  func() map[string]float64 // Unix time until when each imported list is fresh
	Ready    func() bool
	Free     func() float64 // bytes free on the disk of the register
}

// Watch adds the gauges of a state; once.
func (m *Metrics) Watch(s State) {
	gauge := func(name, help string, read func() float64) {
		if read != nil {
			m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "standing_" + name, Help: help}, read))
		}
	}
	gauge("acts", "Acts in the register.", s.Acts)
	gauge("index_position", "Acts that checks take into account.", s.Position)
	if s.Acts != nil && s.Position != nil {
		gauge("index_behind_acts", "Acts that checks do not take into account yet.", func() float64 { return max(0, s.Acts()-s.Position()) })
	}
	gauge("index_listings", "Listings in the index of checks.", s.Listings)
	gauge("clerk_waiting", "Statements that wait to be judged.", s.Waiting)
	gauge("disk_free_bytes", "Bytes free where the register is.", s.Free)
	if s.Ready != nil {
		gauge("ready", "1 while the register answers, as /readyz says.", func() float64 {
			if s.Ready() {
				return 1
			}
			return 0
		})
	}
	if s.Sources != nil {
		m.registry.MustRegister(&sources{s.Sources, prometheus.NewDesc("standing_source_fresh_until_timestamp_seconds", "Until when the last snapshot of an imported list is fresh.", []string{"list"}, nil)})
	}
}

// sources collects how fresh imported lists are.
type sources struct {
	read func() map[string]float64
	desc *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (s *sources) Describe(to chan<- *prometheus.Desc) { to <- s.desc }

// Collect implements prometheus.Collector.
func (s *sources) Collect(to chan<- prometheus.Metric) {
	for list, until := range s.read() {
		to <- prometheus.MustNewConstMetric(s.desc, prometheus.GaugeValue, until, list)
	}
}
