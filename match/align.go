package match

import (
	"strings"

	"github.com/openstanding/standing/match/roman"
	"github.com/openstanding/standing/match/word"
)

// alignment joins the words of a query's name with those of a candidate's.
type alignment struct {
	q     *asked
	words [maxTokens]*entry  // of the candidate
	w     [maxTokens]float32 // their weights
	bits  [maxTokens]bool    // they say which branch
	n     int
	cSize float32
	flags nameFlags

	qTo, cTo     [maxTokens]int8    // what each met; -1 nothing
	qLike, cLike [maxTokens]float32 // how well
	qRule        [maxTokens]Feature
	pairs        []pair
}

type pair struct {
	value float32
	like  float32
	q, c  int8
	rule  Feature
}

// load takes a name of the list.
func (a *alignment) load(s *state, q *asked, name uint32) {
	a.q, a.flags, a.cSize = q, s.nameFlags[name], 0
	refs := s.refs[s.nameStart[name]:s.nameStart[name+1]]
	a.n = len(refs)
	person := q.person || a.flags.person
	for j, ref := range refs {
		e := &s.vocab.words[ref&wordMask]
		a.words[j], a.bits[j] = e, ref&branchBit != 0
		a.w[j] = classWeight(e.class, person) * rarity(e.count, s.names)
		a.cSize += a.w[j]
		a.cTo[j], a.cLike[j] = -1, 0
	}
	for i := range q.words {
		a.qTo[i], a.qLike[i], a.qRule[i] = -1, 0, ""
	}
}

// join pairs words: first those that the look-up found, the weightiest first,
// then what only the rest of both names can show.
func (a *alignment) join(sr *searcher, name uint32) {
	s := sr.s
	refs := s.refs[s.nameStart[name]:s.nameStart[name+1]]
	a.pairs = a.pairs[:0]
	for j, ref := range refs {
		for i := sr.meets.first(ref & wordMask); i >= 0; i = sr.meets.all[i].next {
			m := &sr.meets.all[i]
			a.pairs = append(a.pairs, pair{m.like * (a.q.weights[m.q] + a.w[j]), m.like, int8(m.q), int8(j), m.rule})
		}
	}
	a.take()
	if a.loose() {
		a.joinSplit()
		a.pairRest()
		a.take()
		a.absorb()
	}
}

// take joins pairs greedily; of equal ones the leftmost.
func (a *alignment) take() {
	for k := 1; k < len(a.pairs); k++ {
		for m := k; m > 0 && a.pairs[m].before(a.pairs[m-1]); m-- {
			a.pairs[m], a.pairs[m-1] = a.pairs[m-1], a.pairs[m]
		}
	}
	for _, p := range a.pairs {
		if a.qTo[p.q] < 0 && a.cTo[p.c] < 0 {
			a.set(int(p.q), int(p.c), p.like, p.rule)
		}
	}
}

func (p pair) before(o pair) bool {
	if p.value != o.value {
		return p.value > o.value
	}
	if p.q != o.q {
		return p.q < o.q
	}
	return p.c < o.c
}

func (a *alignment) set(i, j int, like float32, rule Feature) {
	a.qTo[i], a.cTo[j] = int8(j), int8(i)
	a.qLike[i], a.cLike[j], a.qRule[i] = like, like, rule
}

// loose reports whether both names have words left.
func (a *alignment) loose() bool {
	q, c := false, false
	for i := range a.q.words {
		q = q || a.qTo[i] < 0
	}
	for j := range a.n {
		c = c || a.cTo[j] < 0
	}
	return q && c || a.q.person
}

// pairRest compares the words that are left with one another.
func (a *alignment) pairRest() {
	a.pairs = a.pairs[:0]
	for i := range a.q.words {
		if a.qTo[i] >= 0 {
			continue
		}
		x := &a.q.words[i]
		for j := range a.n {
			if a.cTo[j] >= 0 {
				continue
			}
			y := a.words[j]
			like, rule := restLikeness(x, y)
			if like >= leastLike {
				a.pairs = append(a.pairs, pair{like * (a.q.weights[i] + a.w[j]), like, int8(i), int8(j), rule})
			}
		}
	}
}

func restLikeness(x, y *entry) (float32, Feature) {
	xl, yl := x.latin(), y.latin()
	switch {
	case x.class == number || y.class == number || xl == "" || yl == "":
		if x.class == generic && y.class == number || y.class == generic && x.class == number {
			if ordinals[x.text] != "" && ordinals[x.text] == y.text || ordinals[y.text] != "" && ordinals[y.text] == x.text {
				return 0.95, Translated
			}
		}
		return 0, ""
	case x.class == letter || y.class == letter:
		if xl[0] == yl[0] && (x.class == letter) != (y.class == letter) {
			return 0.8, Initial
		}
		return 0, ""
	}
	return likeness(x, y)
}

var ordinals = map[string]string{"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}

// joinSplit joins a word with two neighbours that are it together, also where it
// had met one of them half.
func (a *alignment) joinSplit() {
	for i := range a.q.words {
		for j := 0; j+1 < a.n; j++ {
			if a.free(i, j) && a.free(i, j+1) && (a.qTo[i] < 0 || a.qLike[i] < 0.9) && together(a.words[j], a.words[j+1], &a.q.words[i]) {
				a.set(i, j+1, 0.95, Joined)
				a.set(i, j, 0.95, Joined)
				break
			}
		}
	}
	for j := range a.n {
		for i := 0; i+1 < len(a.q.words); i++ {
			if a.free(i, j) && a.free(i+1, j) && (a.cTo[j] < 0 || a.cLike[j] < 0.9) && together(&a.q.words[i], &a.q.words[i+1], a.words[j]) {
				a.set(i, j, 0.95, Joined)
				a.set(i+1, j, 0.95, Joined)
				break
			}
		}
	}
}

// free reports whether two words have met nothing but one another.
func (a *alignment) free(i, j int) bool {
	return (a.qTo[i] < 0 || a.qTo[i] == int8(j) || a.qRule[i] != Joined && a.cTo[j] < 0) && (a.cTo[j] < 0 || a.cTo[j] == int8(i))
}

// together reports whether two words written as one are a third.
func together(a, b, whole *entry) bool {
	la, lb, lw := a.latin(), b.latin(), whole.latin()
	n := len(la) + len(lb)
	if la == "" || lb == "" || lw == "" || n < 4 || n-len(lw) > 2 || len(lw)-n > 2 || n > 60 {
		return false
	}
	if strings.HasPrefix(lw, la) && lw[len(la):] == lb {
		return true
	}
	var buf [64]byte
	joined := string(append(append(buf[:0], la...), lb...))
	if s, _ := spelt(joined, lw); s >= 0.85 {
		return true
	}
	return whole.bony && whole.script != a.script && hashText(saltBones, roman.Skeleton(joined)) == whole.bones
}

// absorb lets a word of one language stand beside another that both say what one
// word of the other language says: real, estate, 房地产. Initials of words that
// are left make a short form: CTC, China Telecom Corporation.
func (a *alignment) absorb() {
	for i := range a.q.words {
		x := &a.q.words[i]
		if a.qTo[i] >= 0 || len(x.ideas) == 0 {
			continue
		}
		for j := range a.n {
			if a.cTo[j] >= 0 && a.words[j].script != x.script && shareIdea(x, a.words[j]) {
				a.qTo[i], a.qLike[i], a.qRule[i] = int8(j), 0.9, Translated
				break
			}
		}
	}
	for j := range a.n {
		y := a.words[j]
		if a.cTo[j] >= 0 || len(y.ideas) == 0 {
			continue
		}
		for i := range a.q.words {
			if a.qTo[i] >= 0 && a.q.words[i].script != y.script && shareIdea(&a.q.words[i], y) {
				a.cTo[j], a.cLike[j] = int8(i), 0.9
				break
			}
		}
	}
	a.initials()
}

// initials joins a word of three letters or more with as many words in a row that
// begin with them.
func (a *alignment) initials() {
	if a.q.person {
		return
	}
	for i := range a.q.words {
		if x := &a.q.words[i]; a.qTo[i] < 0 && x.class == telling && !x.script && len(x.text) >= 3 && len(x.text) <= 8 {
			if from, to, ok := initialsIn(x.text, a.n, func(j int) (string, bool) { return a.words[j].latin(), a.cTo[j] < 0 }); ok {
				for j := from; j < to; j++ {
					a.set(i, j, 0.85, Initial)
				}
			}
		}
	}
	for j := range a.n {
		if y := a.words[j]; a.cTo[j] < 0 && y.class == telling && !y.script && len(y.text) >= 3 && len(y.text) <= 8 {
			if from, to, ok := initialsIn(y.text, len(a.q.words), func(i int) (string, bool) { return a.q.words[i].latin(), a.qTo[i] < 0 }); ok {
				for i := from; i < to; i++ {
					a.set(i, j, 0.85, Initial)
				}
			}
		}
	}
}

// initialsIn finds words in a row that begin with the letters of short; words
// that only tie others together may stand between.
func initialsIn(short string, n int, at func(int) (latin string, free bool)) (from, to int, ok bool) {
	for from = range n {
		k := 0
		for to = from; to < n && k < len(short); to++ {
			l, free := at(to)
			if !free || l == "" {
				break
			}
			if l[0] != short[k] {
				if k > 0 && word.Weigh(l) == word.Joining {
					continue
				}
				break
			}
			k++
		}
		if k == len(short) {
			return from, to, true
		}
	}
	return 0, 0, false
}
