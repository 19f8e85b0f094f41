package synth

import "github.com/openstanding/standing"

// registry sends what the registry of the slot recorded in the period: who is
// new, who changed their name, whose record was erased.
func (r *run) registry() {
	w := r.w
	from := 0
	if r.period > 0 {
		from = w.registered(r.period - 1)
	}
	for i := from; i < w.registered(r.period) && !r.ended; i++ {
		p := w.party(i)
		if at, _ := w.authorityFor(registry, p.place); at == r.authority {
			r.record(p)
		}
	}
	for i := w.firstRenamed(r.period); i < w.firstRenamed(r.period+1); i += renamedEvery {
		r.rename(i)
	}
	for i := w.firstRenamed(r.period - erasedAfter); i < w.firstRenamed(r.period-erasedAfter+1); i += renamedEvery {
		r.erase(i)
	}
	r.send(officer)
}

// record says that a party exists.
func (r *run) record(p party) {
	id := r.w.identity(p, false)
	r.party(standing.Act{Kind: standing.PartyRecorded, Case: r.w.partyCase(p), Occurred: r.when(p.index), Party: p.kind, Region: string(p.place.id)}, &id)
}

// party adds an act on a party's record, and sends the file when it is full.
func (r *run) party(a standing.Act, id *standing.Identity) {
	var o *standing.Opening
	if id != nil {
		o = &standing.Opening{Party: id}
	}
	r.say(officer, &a, o)
	if len(r.files[officer].acts) >= MaxActs {
		r.send(officer)
	}
}

func (r *run) rename(i int) {
	p := r.w.party(i)
	if at, _ := r.w.authorityFor(registry, p.place); at != r.authority || r.w.renamedIn(i) != r.period {
		return
	}
	id := r.w.identity(p, true)
	r.party(standing.Act{Kind: standing.PartyChanged, Case: r.w.partyCase(p), Version: 1, Occurred: r.when(p.index), Party: p.kind, Region: string(p.place.id)}, &id)
}

func (r *run) erase(i int) {
	p := r.w.party(i)
	if at, _ := r.w.authorityFor(registry, p.place); at != r.authority || r.w.renamedIn(i)+erasedAfter != r.period {
		return
	}
	if p.class == person && i/renamedEvery%erasedEvery == 0 {
		r.party(standing.Act{Kind: standing.PartyErased, Case: r.w.partyCase(p), Version: 2, Occurred: r.when(p.index), Party: p.kind}, nil)
	}
}

// when is a day of the period, the same for the same number.
func (r *run) when(i int) standing.Instant {
	from, until := r.w.bounds[r.period], r.w.bounds[r.period+1]
	return from + standing.Instant(mix(uint64(i))%uint64(until-from))
}

// Every renamedEvery-th party changes its name once, in the order of their
// numbers over the whole time; erasures follow some periods later.
const (
	renamedFirst = castSize + 5
	erasedAfter  = 6
)

// firstRenamed is the first party that changes its name in a period or later.
func (w *World) firstRenamed(period int) int {
	if period < 1 {
		return renamedFirst
	}
	n := w.options.Parties * (period - 1) / max(w.periods()-1, 1)
	n = max(n-renamedFirst, 0)
	return renamedFirst + (n+renamedEvery-1)/renamedEvery*renamedEvery
}

// renamedIn is the period in which a party of the renamed changes its name; -1
// when it is not registered by then.
func (w *World) renamedIn(i int) int {
	lo, hi := 1, w.periods()
	for lo < hi {
		if mid := (lo + hi) / 2; w.firstRenamed(mid+1) > i {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	if lo >= w.periods() || i >= w.registered(lo-1) {
		return -1
	}
	return lo
}

// isRenamed reports whether a party bears its second name in a period.
func (w *World) isRenamed(i, period int) bool {
	if i < renamedFirst || i >= w.options.Parties || (i-renamedFirst)%renamedEvery != 0 {
		return false
	}
	at := w.renamedIn(i)
	return at >= 0 && at < period
}

// partyCase is the case of a party's record.
func (w *World) partyCase(p party) standing.CaseID {
	at, _ := w.authorityFor(registry, p.place)
	return w.caseID(w.registeredIn(p.index), at, uint64(p.index), uint64(w.options.Parties), 1<<62+uint64(p.index))
}

// registeredIn is the period in which a party is registered.
func (w *World) registeredIn(i int) int {
	lo, hi := 0, w.periods()-1
	for lo < hi {
		if mid := (lo + hi) / 2; w.registered(mid) > i {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
