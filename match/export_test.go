package match

// Aligned is two names, joined word by word, whose likeness can be taken anew
// under other weights.
type Aligned []alignment

// Align joins the names of a query and a record.
func Align(q Query, r Record) Aligned {
	r.ID = 0
	s := newState()
	s.add(r, readAll(r), true)
	sr := &searcher{s: s}
	names, _ := readQuery(q)
	var out Aligned
	for _, n := range names {
		a := s.ask(n)
		sr.lookUp(&a)
		for name := range s.nameDoc {
			sr.compare(&a, uint32(name))
			al := sr.al
			al.pairs = nil
			out = append(out, al)
		}
	}
	return out
}

// Raw is the best likeness before calibration.
func (l Aligned) Raw() float64 {
	best := float32(0)
	for i := range l {
		best = max(best, l[i].likenessOf())
	}
	return float64(best)
}

// Weights are the weights of a comparison by name.
func Weights(schema Schema) map[string]*float32 {
	t := &organisation
	if schema == Person {
		t = &person
	}
	return map[string]*float32{"cover": &t.cover, "both": &t.both, "one": &t.one, "numbers": &t.numbers, "branch": &t.branch, "branches": &t.branches, "form": &t.form, "order": &t.order, "single": &t.single}
}

// Distance is distance.
func Distance(a, b string, limit int) int { return distance(a, b, limit) }
