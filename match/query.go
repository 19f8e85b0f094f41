package match

import "github.com/openstanding/standing/match/word"

// asked is a name of a query, read and weighed.
type asked struct {
	reading
	words   []entry
	weights []float32
	size    float32 // sum of weights
	bySize  float32 // sum of weights by class alone
}

// ask weighs the words of a name by how rare they are in the list.
func (s *state) ask(r reading) asked {
	q := asked{reading: r, words: make([]entry, len(r.tokens)), weights: make([]float32, len(r.tokens))}
	for i, t := range r.tokens {
		q.words[i] = newEntry(t)
		w := classWeight(t.class, r.person)
		q.bySize += w
		q.weights[i] = w * rarity(s.countOf(t), s.names)
		q.size += q.weights[i]
	}
	return q
}

// countOf is how many names have a word.
func (s *state) countOf(t token) uint32 {
	if id := s.vocab.find(t.class, t.text); id != none {
		return s.vocab.words[id].count
	}
	return 0
}

// meet is a word of the list that a word of the query may be.
type meet struct {
	word uint32
	next int32 // the next meet of the same word of the list; -1: none
	like float32
	q    int16
	rule Feature
}

// meets are found by the word of the list: a table with open addresses.
type meets struct {
	all   []meet
	slots []int32 // 1 + index in all of the first of a word
	used  []uint32
}

func (m *meets) reset() {
	if m.slots == nil {
		m.slots = make([]int32, 4096)
	}
	for _, at := range m.used {
		m.slots[at] = 0
	}
	m.used, m.all = m.used[:0], m.all[:0]
}

// first returns the index of the first meet of a word, or -1.
func (m *meets) first(word uint32) int32 {
	mask := uint32(len(m.slots) - 1)
	for at := word * 0x9E3779B1 >> 20 & mask; ; at = (at + 1) & mask {
		i := m.slots[at]
		if i == 0 {
			return -1
		}
		if m.all[i-1].word == word {
			return i - 1
		}
	}
}

// maxMeets bounds the table.
const maxMeets = 2000

// add notes a meet; of one pair the best stays.
func (m *meets) add(word uint32, q int, like float32, rule Feature) {
	mask := uint32(len(m.slots) - 1)
	at := word * 0x9E3779B1 >> 20 & mask
	for m.slots[at] != 0 && m.all[m.slots[at]-1].word != word {
		at = (at + 1) & mask
	}
	if len(m.all) >= maxMeets {
		return
	}
	next := m.slots[at] - 1
	for i := next; i >= 0; i = m.all[i].next {
		if int(m.all[i].q) == q {
			if like > m.all[i].like {
				m.all[i].like, m.all[i].rule = like, rule
			}
			return
		}
	}
	if next < 0 {
		m.used = append(m.used, at)
	}
	m.all = append(m.all, meet{word, next, like, int16(q), rule})
	m.slots[at] = int32(len(m.all))
}

// has reports whether a pair is noted.
func (m *meets) has(word uint32, q int) bool {
	for i := m.first(word); i >= 0; i = m.all[i].next {
		if int(m.all[i].q) == q {
			return true
		}
	}
	return false
}

// leastLike is the likeness from which two words meet.
const leastLike = 0.4

// lookUp finds the words of the list that the words of a query may be.
func (sr *searcher) lookUp(q *asked) {
	sr.meets.reset()
	sr.ranges = sr.ranges[:0]
	for i := range q.words {
		from := len(sr.meets.all)
		sr.lookUpWord(&q.words[i], i)
		sr.ranges = append(sr.ranges, [2]int{from, len(sr.meets.all)})
	}
	sr.lookUpJoined(q)
}

// lookUpJoined finds the words of the list that are two neighbours of the query
// written as one, and the halves that a word of the query is written as. They
// only lead to candidates; how they join is seen when names are compared.
func (sr *searcher) lookUpJoined(q *asked) {
	sr.joined = sr.joined[:0]
	v := &sr.s.vocab
	var buf [128]byte
	follow := func(text string, weight float32) {
		for id := v.first(text); id != none; id = v.words[id].next {
			if c := v.words[id].class; c != code && c != legal && v.words[id].count > 0 {
				sr.joined = append(sr.joined, lead{id, weight})
			}
		}
	}
	for i := range q.words {
		e := &q.words[i]
		if e.class != telling || e.script || len(e.text) > 60 {
			continue
		}
		if i+1 < len(q.words) && !q.words[i+1].script && len(q.words[i+1].text) <= 60 {
			whole := append(append(buf[:0], e.text...), q.words[i+1].text...)
			follow(string(whole), q.weights[i]+q.weights[i+1])
		}
		for at := 3; at+3 <= len(e.text) && at < 20; at++ {
			if id := v.first(e.text[:at]); id != none && v.first(e.text[at:]) != none {
				follow(e.text[:at], q.weights[i]*float32(at)/float32(len(e.text)))
				follow(e.text[at:], q.weights[i]*float32(len(e.text)-at)/float32(len(e.text)))
			}
		}
	}
}

// lead is a word of the list that leads to candidates.
type lead struct {
	word   uint32
	weight float32
}

// addText notes the words with a text.
func (sr *searcher) addText(text string, i int, like float32, rule Feature) {
	v := &sr.s.vocab
	for id := v.first(text); id != none; id = v.words[id].next {
		if v.words[id].class != code && v.words[id].count > 0 {
			sr.meets.add(id, i, like, rule)
		}
	}
}

func (sr *searcher) lookUpWord(e *entry, i int) {
	sr.begin()
	sr.addText(e.text, i, 1, Exact)
	if e.class == legal || e.class == joining || e.class == number || e.class == letter {
		return
	}
	common := e.class == generic || e.class == tradeWord && !e.script
	if !common {
		sr.keys = sr.keys[:0]
		for n := 0; e.spelling(n) != ""; n++ {
			sr.keys = deletionKeys(sr.keys, e.spelling(n))
		}
		if e.script {
			sr.keys = hanKeys(sr.keys, e.text)
		}
		limit := allowed(len(e.latin()) + 1)
		for _, k := range sr.keys {
			sr.tryKey(k, e, i, limit)
		}
	}
	if e.bony && !common {
		sr.tryKey(e.bones, e, i, -1)
	}
	for _, idea := range e.ideas {
		sr.tryKey(mix(saltIdea+uint64(idea)), e, i, -1)
	}
	if !e.script {
		sr.tryKey(hashText(saltShort, e.text), e, i, -1)
		for _, full := range word.Full(e.text) {
			sr.addText(full, i, 0.9, Abbreviation)
		}
	}
}

// tryKey compares the words under a key. limit is how many letters of a Latin
// word may be others; below 0: that does not matter.
func (sr *searcher) tryKey(key uint32, e *entry, i, limit int) {
	s := sr.s
	if s.keyStart != nil {
		b := key >> (32 - s.keyBits)
		sr.tryWords(s.keyWords[s.keyStart[b]:s.keyStart[b+1]], e, i, limit)
	}
	if len(s.newKeys) > 0 {
		sr.tryWords(s.newKeys[key], e, i, limit)
	}
}

func (sr *searcher) tryWords(words []uint32, e *entry, i, limit int) {
	const most = 4096
	own := e.sign()
	for _, w := range words[:min(len(words), most)] {
		if sr.seen[w] == sr.round {
			continue
		}
		if other := sr.s.vocab.signs[w]; limit >= 0 && own.latin && other.latin && !own.near(other, limit) {
			continue
		}
		sr.seen[w] = sr.round
		o := &sr.s.vocab.words[w]
		if o.count == 0 {
			continue
		}
		if like, rule := likeness(e, o); like >= leastLike {
			sr.meets.add(w, i, like, rule)
		}
	}
}

// begin forgets which words were compared.
func (sr *searcher) begin() {
	if sr.round++; sr.round == 0 || len(sr.seen) < len(sr.s.vocab.words) {
		sr.seen = make([]uint16, len(sr.s.vocab.words)+len(sr.s.vocab.words)/8)
		sr.round = 1
	}
}
