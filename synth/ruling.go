package synth

import (
	"slices"

	"github.com/openstanding/standing"
)

// ruling is what is decided of ruling k before its story is told: enough to
// know who records it and when.
type ruling struct {
	k         int
	period    int
	authority int
	rule      int
	debtor    party
	piece     *piece // a story set for the demonstration; nil for all others
	draw      draw   // goes on with the story
}

// rulingOf works out the beginning of ruling k.
func (w *World) rulingOf(k int) ruling {
	r := ruling{k: k, draw: w.draw(ofRuling, uint64(k))}
	if at := k - w.drawn; at >= 0 {
		r.piece = &w.pieces[at]
		r.debtor, r.rule = w.party(r.piece.party), r.piece.rule
		r.period = max(w.periods()-r.piece.before, 1)
	} else {
		next, _ := slices.BinarySearch(w.first, k+1)
		r.period = next - 1
		r.debtor = w.party(w.drawDebtor(&r.draw, w.registered(r.period-1)))
		r.rule = w.drawRule(&r.draw, &r.debtor, w.bounds[r.period])
	}
	at, ok := w.authorityFor(w.rules[r.rule].office, r.debtor.place)
	if !ok {
		r.rule = ruleRefuses
		at, _ = w.authorityFor(court, r.debtor.place)
	}
	if w.rules[r.rule].office == court && r.piece == nil && r.draw.chance(1500) {
		at = w.officeFrom[court] + r.draw.below(w.officeUntil[court]-w.officeFrom[court]) // a court elsewhere
	}
	r.authority = at
	return r
}

// drawDebtor draws one of the parties registered so far, the debtors among them
// more often. The cast of the set pieces is left out.
func (w *World) drawDebtor(d *draw, registered int) int {
	if d.chance(ofDebtors) {
		if debtors := (registered - debtorFirst + debtorEvery - 1) / debtorEvery; debtors > 0 {
			return debtorFirst + debtorEvery*d.below(debtors)
		}
	}
	return castSize + d.below(registered-castSize)
}

// debtorFirst is the first of the parties that rulings concentrate on.
const debtorFirst = castSize + 7

// registered is how many parties are registered up to the end of a period:
// party numbers rise with the time of registration.
func (w *World) registered(period int) int {
	first := w.options.Parties * atStart / 100
	return first + (w.options.Parties-first)*period/max(w.periods()-1, 1)
}

// firstRulings are the numbers of the first ruling of each period, and at last
// the number of all: none in the first period, when nobody is registered yet,
// and then as the years weigh in which the listings are confirmed.
func (w *World) firstRulings() []int {
	total := w.options.Parties * rulingsPer100 / 100
	weights := make([]int, w.periods())
	sum := 0
	for p := 1; p < len(weights); p++ {
		weights[p] = yearWeight((w.bounds[p] + untilListed).Time().Year()) * int((w.bounds[p+1]-w.bounds[p])/3600)
		sum += weights[p]
	}
	out := make([]int, len(weights)+1)
	run := 0
	for p, weight := range weights {
		run += weight
		out[p+1] = total * run / max(sum, 1)
	}
	return out
}

// kinds of ruling that a court gives, in per cent (assumption).
var courtKinds = []struct {
	kind   string
	weight int
}{{"judgment", 62}, {"order", 20}, {"award", 8}, {"decision", 7}, {"penalty", 3}}

func (d *draw) courtKind() string {
	n := d.below(100)
	for _, k := range courtKinds {
		if n < k.weight {
			return k.kind
		}
		n -= k.weight
	}
	return "judgment"
}

// capacityOf is the capacity in which an addressee of a rule is named.
func (w *World) capacityOf(rule int, addressee uint8) string {
	if addressee > 1 {
		return "legal-representative"
	}
	return w.rules[rule].capacity
}

// factsOf are what the ruling's authority states of an addressee.
func factsOf(kind standing.PartyKind, ordered, immediate bool) standing.Facts {
	var f standing.Facts
	if kind == standing.Person {
		f |= standing.AddresseeAdult
	}
	if ordered || immediate {
		f |= standing.RulingOrders
	}
	if immediate {
		f |= standing.NoticeWaived
	}
	return f
}
