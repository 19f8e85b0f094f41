package match

import (
	"cmp"
	"math"
	"slices"
)

// found is the best of a party so far.
type found struct {
	doc   uint32
	name  uint32 // of the list; gone if none
	query int    // name of the query
	raw   float32
	score float64
}

// Search returns the parties that a query may mean, the likeliest first, the
// same on every run. Any query is sound; one of no words and identifiers finds
// nothing.
func (x *Index) Search(q Query) []Result {
	sr := x.pool.Get().(*searcher)
	defer x.pool.Put(sr)
	names, codes := readQuery(q)
	x.mu.RLock()
	defer x.mu.RUnlock()
	sr.s = x.s
	return sr.search(q, names, codes)
}

// readQuery reads the names of a query, each as a person, an organisation, or,
// if that is not known, both.
func readQuery(q Query) ([]reading, []string) {
	var names []reading
	add := func(text string, s Schema) {
		if r := read(text, s); len(r.tokens) > 0 {
			names = append(names, r)
		}
	}
	for _, n := range q.Names[:min(len(q.Names), MaxNames)] {
		if q.Schema != Person {
			add(n, Organisation)
		}
		if q.Schema != Organisation {
			add(n, Person)
		}
	}
	var codes []string
	for _, id := range q.Identifiers {
		codes = append(codes, codesOf(id)...)
	}
	return names, codes
}

func (sr *searcher) search(q Query, names []reading, codes []string) []Result {
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	limit = min(limit, MaxLimit)
	threshold := q.Threshold
	if threshold <= 0 {
		threshold = DefaultThreshold
	}
	asks := make([]asked, len(names))
	var best []found
	at := map[uint32]int{}
	sr.budget = mostPostings / max(1, len(names))
	for k, n := range names {
		asks[k] = sr.s.ask(n)
		sr.lookUp(&asks[k])
		sr.current = k
		sr.gather(&asks[k])
		for _, c := range sr.found {
			best = sr.weigh(best, at, q, &asks[k], k, c.name)
		}
		for _, doc := range sr.coded(codes) {
			p := sr.s.docs[doc]
			for name := p.first; name < p.first+min(p.count, 64); name++ {
				best = sr.weigh(best, at, q, &asks[k], k, name)
			}
		}
	}
	for _, doc := range sr.coded(codes) {
		if _, ok := at[doc]; !ok && sr.mayBe(q, doc) {
			best = append(best, found{doc: doc, name: gone})
			at[doc] = len(best) - 1
		}
	}
	return sr.results(q, best, asks, codes, limit, threshold)
}

// coded returns the parties that have one of the identifiers.
func (sr *searcher) coded(codes []string) []uint32 {
	var docs []uint32
	for _, c := range codes {
		if id := sr.s.vocab.find(code, c); id != none {
			list := sr.s.newPosts[id]
			docs = append(docs, list[:min(len(list), 100)]...)
		}
	}
	slices.Sort(docs)
	return slices.Compact(docs)
}

// mayBe reports whether a party may be meant at all.
func (sr *searcher) mayBe(q Query, doc uint32) bool {
	p := &sr.s.docs[doc]
	if !p.known || q.Schema != Unknown && p.schema != Unknown && q.Schema != p.schema {
		return false
	}
	return q.Keep == nil || q.Keep(doc)
}

// leastRaw is the likeness below which a name is not looked at further.
const leastRaw = 0.15

// weigh compares a name and keeps it if it is the best of its party.
func (sr *searcher) weigh(best []found, at map[uint32]int, q Query, ask *asked, k int, name uint32) []found {
	doc := sr.s.nameDoc[name]
	if doc == gone || !sr.mayBe(q, doc) || sr.s.nameFlags[name].person != ask.person && sr.s.docs[doc].schema != Unknown {
		return best
	}
	raw := sr.compare(ask, name)
	if raw < leastRaw {
		return best
	}
	f := found{doc: doc, name: name, query: k, raw: raw, score: calibrated(raw, ask.person)}
	i, ok := at[doc]
	if !ok {
		at[doc] = len(best)
		return append(best, f)
	}
	if f.score > best[i].score || f.score == best[i].score && f.raw > best[i].raw {
		best[i] = f
	}
	return best
}

func (sr *searcher) compare(ask *asked, name uint32) float32 {
	sr.al.load(sr.s, ask, name)
	sr.al.join(sr, name)
	return sr.al.likenessOf()
}

// results adds what else is known to the scores and tells the best.
func (sr *searcher) results(q Query, best []found, asks []asked, codes []string, limit int, threshold float64) []Result {
	birth := parseDate(q.BirthDate)
	kept := best[:0]
	for _, f := range best {
		odds := sr.facts(q, birth, codes, f.doc, nil)
		if f.score = withOdds(f.score, odds); f.score >= threshold {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.raw, a.raw), cmp.Compare(a.doc, b.doc))
	})
	kept = kept[:min(len(kept), limit)]
	out := make([]Result, len(kept))
	for i, f := range kept {
		r := Result{ID: f.doc, Name: -1, Score: math.Round(f.score*1e4) / 1e4}
		if f.name != gone {
			r.Name = int(sr.s.nameNth[f.name])
			if f.query != sr.current {
				sr.lookUp(&asks[f.query])
				sr.current = f.query
			}
			sr.compare(&asks[f.query], f.name)
			r.Evidence = sr.al.evidence()
		}
		sr.facts(q, birth, codes, f.doc, &r.Evidence)
		out[i] = r
	}
	return out
}

// facts is what identifiers, birth and country add to the log odds.
func (sr *searcher) facts(q Query, birth date, codes []string, doc uint32, told *[]Evidence) (odds float64) {
	p := &sr.s.docs[doc]
	tell := func(f Feature, add float64, a, b, detail string) {
		odds += add
		if told != nil && add != 0 {
			*told = append(*told, Evidence{f, add, a, b, detail})
		}
	}
	if len(codes) > 0 && len(p.codes) > 0 {
		theirs := make([]string, len(p.codes))
		for i, c := range p.codes {
			theirs[i] = sr.s.vocab.words[c].text
		}
		add, detail := compareCodes(codes, theirs)
		tell(Identifier, add, codes[0], theirs[0], detail)
	}
	if q.Schema != Organisation && p.schema != Organisation {
		add, detail := birth.compare(p.birth)
		tell(BirthDate, add, q.BirthDate, p.birth.String(), detail)
	}
	if c := upper(q.Country); c != "" && p.country != "" {
		switch {
		case c == p.country:
			tell(Country, sameCountry, c, p.country, "the same country")
		case p.schema == Person:
			tell(Country, otherPersons, c, p.country, "another country")
		default:
			tell(Country, otherCountry, c, p.country, "another country")
		}
	}
	return odds
}

// Compare returns how likely a query means a record, as if it were all of a list.
func Compare(q Query, r Record) Result {
	r.ID = 0
	s := newState()
	s.add(r, readAll(r), true)
	sr := &searcher{s: s}
	names, codes := readQuery(q)
	q.Keep = nil
	asks := make([]asked, len(names))
	var best []found
	at := map[uint32]int{}
	for k, n := range names {
		asks[k] = s.ask(n)
		sr.lookUp(&asks[k])
		sr.current = k
		for name := range s.nameDoc {
			best = sr.weigh(best, at, q, &asks[k], k, uint32(name))
		}
	}
	if len(best) == 0 && sr.mayBe(q, 0) {
		best = append(best, found{name: gone})
	}
	if list := sr.results(q, best, asks, codes, 1, -1); len(list) > 0 {
		return list[0]
	}
	return Result{Name: -1}
}
