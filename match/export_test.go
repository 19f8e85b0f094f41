package match

// RawLikeness is the best likeness of two sets of names before calibration, in
// the list x.
func RawLikeness(x *Index, q Query, doc uint32) float64 {
	sr := &searcher{s: x.s}
	names, _ := readQuery(q)
	best := float32(0)
	for _, n := range names {
		a := sr.s.ask(n)
		sr.lookUp(&a)
		p := sr.s.docs[doc]
		for name := p.first; name < p.first+p.count; name++ {
			best = max(best, sr.compare(&a, name))
		}
	}
	return float64(best)
}

// Distance is distance.
func Distance(a, b string, limit int) int { return distance(a, b, limit) }
