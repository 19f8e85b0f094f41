package synth_test

import "testing"

// BenchmarkSteps makes a small country without signing it, as one core of a load
// does; the clerk's time comes on top.
func BenchmarkSteps(b *testing.B) {
	w := world(b, 20_000, 1)
	acts, size := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		for s := range w.Steps {
			acts += len(s.Acts)
			for i := range s.Acts {
				size += len(s.Acts[i]) + len(s.Openings[i])
			}
		}
	}
	b.ReportMetric(float64(acts)/b.Elapsed().Seconds(), "acts/s")
	b.ReportMetric(float64(size)/float64(acts), "bytes/act")
}
