package match

import (
	"strconv"
	"strings"

	"github.com/openstanding/standing/match/form"
)

// likenessOf is how alike the two names of an alignment are, 0 to 1, before
// calibration.
func (a *alignment) likenessOf() float32 {
	if a.q.person || a.flags.person {
		return a.personLikeness()
	}
	return a.organisationLikeness()
}

// tally is what an alignment comes to.
type tally struct {
	qGot, cGot   float32 // weight that met
	qLost, cLost float32 // weight of the heaviest word that did not
	qTell, cTell float32 // telling weight that met
	qAll, cAll   float32 // telling weight
	words        int     // full words that met
}

func (a *alignment) tally() tally {
	t := tally{}
	for i := range a.q.words {
		w, like := a.q.weights[i], a.qLike[i]
		t.qGot += w * like
		c := a.q.words[i].class
		if tells(c) {
			t.qAll += w
			t.qTell += w * like
			t.qLost = max(t.qLost, w*lost(like))
		} else if c == generic {
			t.qLost = max(t.qLost, w*lost(like))
		}
		if like >= 0.6 && c != joining && c != letter && a.qRule[i] != Initial {
			t.words++
		}
	}
	for j := range a.n {
		w, like := a.w[j], a.cLike[j]
		t.cGot += w * like
		if tells(a.words[j].class) {
			t.cAll += w
			t.cTell += w * like
			t.cLost = max(t.cLost, w*lost(like))
		} else if a.words[j].class == generic {
			t.cLost = max(t.cLost, w*lost(like))
		}
	}
	return t
}

// lost is the part of a word that did not meet: a misspelling is no other word.
func lost(like float32) float32 { return max(0, 1-like/0.75) }

func tells(c class) bool { return c == telling || c == place || c == tradeWord }

func (a *alignment) organisationLikeness() float32 {
	t := a.tally()
	if t.qGot == 0 || a.q.size == 0 || a.cSize == 0 {
		return 0
	}
	cover := (t.qGot + t.cGot) / (a.q.size + a.cSize)
	whole := max(t.qGot/a.q.size, t.cGot/a.cSize)
	raw := organisation.cover*cover + (1-organisation.cover)*whole
	raw *= 1 - organisation.both*min(1, min(t.qLost, t.cLost))
	raw *= 1 - organisation.one*min(1, max(t.qLost, t.cLost))
	if t.qAll < 0.3 || t.cAll < 0.3 { // generic words only
		raw *= 0.6 + 0.25*cover*cover
	} else if t.qTell == 0 {
		raw *= 0.5
	}
	if a.numbersDiffer() {
		raw *= organisation.numbers
	}
	if a.q.branch != a.flags.branch {
		raw *= organisation.branch
	} else if a.q.branch && a.branchesDiffer() {
		raw *= organisation.branches
	}
	if !formsAlike(a.q.kinds, a.flags.kinds) {
		raw *= organisation.form
	} else if a.q.kinds != a.flags.kinds {
		raw *= 0.995 // of two equal names the one with the same form goes first
	}
	return raw * a.orderFactor(organisation.order)
}

func formsAlike(a, b form.Kind) bool {
	const part = form.Branch | form.Office
	return (a &^ part).Alike(b &^ part)
}

// numbersDiffer reports whether each name has a number that the other lacks.
func (a *alignment) numbersDiffer() bool {
	q, c := false, false
	for i := range a.q.words {
		q = q || a.q.words[i].class == number && a.qLike[i] == 0
	}
	for j := range a.n {
		c = c || a.words[j].class == number && a.cLike[j] == 0
	}
	return q && c
}

// branchesDiffer reports whether the words that say which branch fail to meet.
func (a *alignment) branchesDiffer() bool {
	q, qGot, c, cGot := float32(0), float32(0), float32(0), float32(0)
	for i := range a.q.words {
		if a.q.tokens[i].branch {
			q += a.q.weights[i]
			qGot += a.q.weights[i] * a.qLike[i]
		}
	}
	for j := range a.n {
		if a.bits[j] {
			c += a.w[j]
			cGot += a.w[j] * a.cLike[j]
		}
	}
	return q > 0 && c > 0 && (qGot < 0.6*q || cGot < 0.6*c)
}

// orderFactor is a little below 1 if words that met stand in another order.
func (a *alignment) orderFactor(worst float32) float32 {
	last, turned, n := int8(-1), 0, 0
	for i := range a.q.words {
		if a.qTo[i] < 0 || !tells(a.q.words[i].class) {
			continue
		}
		n++
		if a.qTo[i] < last {
			turned++
		}
		last = a.qTo[i]
	}
	if turned == 0 {
		return 1
	}
	return 1 - (1-worst)*float32(turned)/float32(n)
}

func (a *alignment) personLikeness() float32 {
	t := a.tally()
	if t.qGot == 0 || a.q.size == 0 || a.cSize == 0 || t.words == 0 {
		return 0
	}
	cover := (t.qGot + t.cGot) / (a.q.size + a.cSize)
	whole := max(t.qGot/a.q.size, t.cGot/a.cSize)
	raw := person.cover*cover + (1-person.cover)*whole
	raw *= 1 - person.both*min(1, min(t.qLost, t.cLost))
	raw *= 1 - person.one*min(1, max(t.qLost, t.cLost))
	if t.words == 1 && (len(a.q.words) > 1 || a.n > 1) && !a.joinedAll() {
		raw *= person.single
	}
	return raw * a.orderFactor(person.order)
}

// joinedAll reports whether all words of both names met.
func (a *alignment) joinedAll() bool {
	for i := range a.q.words {
		if a.qTo[i] < 0 {
			return false
		}
	}
	for j := range a.n {
		if a.cTo[j] < 0 {
			return false
		}
	}
	return true
}

// weights of a comparison.
type tuning struct {
	cover    float32 // the part of both names that met, against the better covered one
	both     float32 // off, if both names have a telling word that met none
	one      float32 // off, if one has
	numbers  float32 // times, if numbers differ
	branch   float32 // times, if one is a branch
	branches float32 // times, if they are other branches
	form     float32 // times, if the legal forms do not go together
	order    float32 // times, if all words stand in another order
	single   float32 // times, if only one word of several met
}

// The values were looked for on each half of the labelled pairs and held on the
// other (see the tests), then rounded.
var (
	organisation = tuning{cover: 0.38, both: 0.5, one: 0.03, numbers: 0.6, branch: 0.9, branches: 0.55, form: 0.85, order: 0.97}
	person       = tuning{cover: 0.55, both: 0.25, one: 0.12, order: 0.93, single: 0.85}
)

// evidence tells what met and what did not.
func (a *alignment) evidence() []Evidence {
	var list []Evidence
	for i := range a.q.words {
		x := &a.q.words[i]
		j := a.qTo[i]
		if j < 0 {
			if x.class != joining && x.class != legal {
				list = append(list, Evidence{Missing, 0, x.text, "", weighed(a.q.weights[i])})
			}
			continue
		}
		list = append(list, Evidence{a.qRule[i], float64(a.qLike[i]), x.text, a.words[j].text, weighed(a.q.weights[i])})
	}
	for j := range a.n {
		if y := a.words[j]; a.cTo[j] < 0 && y.class != joining && y.class != legal {
			list = append(list, Evidence{Extra, 0, "", y.text, weighed(a.w[j])})
		}
	}
	if a.q.person || a.flags.person {
		return list
	}
	if a.numbersDiffer() {
		list = append(list, Evidence{Numbers, 0, numbersIn(a.q.words), "", "the numbers differ"})
	}
	switch {
	case a.q.branch && !a.flags.branch:
		list = append(list, Evidence{BranchOf, 0, "", "", "the query is a branch, the candidate is not"})
	case !a.q.branch && a.flags.branch:
		list = append(list, Evidence{BranchOf, 0, "", "", "the candidate is a branch, the query is not"})
	case a.q.branch && a.branchesDiffer():
		list = append(list, Evidence{BranchOf, 0, "", "", "branches of other names"})
	}
	if !formsAlike(a.q.kinds, a.flags.kinds) {
		list = append(list, Evidence{LegalForm, 0, "", "", "legal forms of other kinds"})
	}
	return list
}

func weighed(w float32) string { return "weight " + strconv.FormatFloat(float64(w), 'f', 2, 32) }

func numbersIn(words []entry) string {
	var list []string
	for i := range words {
		if words[i].class == number {
			list = append(list, words[i].text)
		}
	}
	return strings.Join(list, " ")
}
