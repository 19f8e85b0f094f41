package stats

import (
	"github.com/openstanding/standing"
)

// change changes a record and what is counted of it.
func (f *Fold) change(i uint32, set func(*record)) {
	r := &f.records[i]
	before := *r
	next := f.next(r)
	set(r)
	if *r == before {
		return
	}
	after := *r
	*r = before
	f.count(r, -1)
	after.flags &^= begun | ended
	*r = after
	f.settle(i)
	if f.next(r) != next {
		f.await(i)
	}
}

// finish is when and by which event a record ends, its list's repeal included;
// Forever when nothing ends it.
func (f *Fold) finish(r *record) (standing.Instant, uint8) {
	at, event := r.end, r.event
	if at == 0 {
		at = standing.Forever
	}
	if until := f.lists[f.places[r.place].list].until; until < at {
		return until, f.event("repealed")
	}
	return at, event
}

// from is the instant from which something that happened counts: of a person,
// the first of the next month.
func (f *Fold) from(r *record, at standing.Instant) standing.Instant {
	if r.flags&protected != 0 && at != standing.Forever {
		return f.after(at)
	}
	return at
}

// next is the next instant at which something of a record will count; Forever
// when there is none.
func (f *Fold) next(r *record) standing.Instant {
	end, _ := f.finish(r)
	switch {
	case r.begin == 0 || r.begin >= end || r.flags&ended != 0:
		return standing.Forever
	case r.flags&begun == 0:
		return f.from(r, r.begin)
	}
	return f.from(r, end)
}

// await queues a record for its next instant.
func (f *Fold) await(i uint32) {
	if at := f.next(&f.records[i]); at != standing.Forever {
		f.waiting.push(wait{at, i, 0})
	}
}

// settle counts of a record, of which nothing is counted, what has happened by
// now.
func (f *Fold) settle(i uint32) {
	r := &f.records[i]
	r.flags &^= begun | ended
	end, _ := f.finish(r)
	if r.begin == 0 || r.begin >= end || f.from(r, r.begin) > f.now {
		return
	}
	r.flags |= begun
	if end != standing.Forever && f.from(r, end) <= f.now {
		r.flags |= ended
	}
	f.count(r, 1)
}

// count adds n times what the flags of a record say is counted of it.
func (f *Fold) count(r *record, n int32) {
	if r.flags&begun == 0 {
		return
	}
	p := &f.places[r.place]
	end, event := f.finish(r)
	if r.flags&protected != 0 {
		switch {
		case r.flags&ended != 0:
			p.box.add(boxEnded+int(event), n)
		case r.flags&shown != 0:
			p.box.add(boxShown, n)
		default:
			p.box.add(boxInForce, n)
		}
		return
	}
	f.countIn(p.tallies, r.begin, colBegan, n)
	if r.flags&shown != 0 {
		f.countIn(p.tallies, r.begin, colShownBegan, n)
	}
	if r.flags&ended == 0 {
		return
	}
	f.countIn(p.tallies, end, colEnded+column(event), n)
	if r.flags&shown != 0 {
		f.countIn(p.tallies, end, colShownEnded, n)
	}
	days := bucketOf(standing.Interval{From: r.begin, Until: end})
	f.countIn(p.tallies[p.deep:], end, colDays+column(days), n)
}

func (f *Fold) countIn(tallies []*tally, at standing.Instant, c column, n int32) {
	m := f.of(at)
	for _, t := range tallies {
		t.add(m, c, n)
	}
}

// advance counts what has begun or ended by now, and returns the instant of
// which the counts are: now, or a later one that was asked for before.
func (f *Fold) advance(now standing.Instant) standing.Instant {
	f.mu.RLock()
	now = max(now, f.now)
	due := f.waiting.due(now)
	f.mu.RUnlock()
	if !due {
		return now
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = max(f.now, now)
	for f.waiting.due(f.now) {
		w := f.waiting.pop()
		if w.act != 0 {
			f.act(w.record, w.act, standing.MinInstant)
			continue
		}
		r := &f.records[w.record]
		if f.next(r) != w.at { // moved since
			continue
		}
		f.count(r, -1)
		f.settle(w.record)
		f.await(w.record)
	}
	return f.now
}
