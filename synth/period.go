package synth

import (
	"slices"
	"time"

	"github.com/openstanding/standing"
)

const (
	day = standing.Instant(86400)
	// mailing is how long after the end of a period its files arrive, all of
	// them: each authority has its own time slot in it.
	mailing = 5 * day
	// earlier is how much earlier slots are than those of the period before, so
	// that what is renewed in its last month is renewed some hours before its
	// last day is over.
	earlier = standing.Instant(300)
	// slots is the part of the mailing that slots share; the rest is for moving
	// them, 250 times at most.
	slots = mailing - day
)

// civil is the beginning of a day in UTC.
func civil(year int, month time.Month, day int) standing.Instant {
	return standing.At(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// bounds are the first instants of the periods, and the end of the last: the
// calendar months, but that the last period ends early enough for its files to
// arrive before end.
func bounds(start, end standing.Instant) []standing.Instant {
	out := []standing.Instant{start}
	y, m, _ := start.Time().Date()
	for {
		m++
		next := civil(y, m, 1)
		if next > end-mailing {
			break
		}
		if next-out[len(out)-1] > mailing {
			out = append(out, next)
		}
	}
	if last := end - mailing; last-out[len(out)-1] > mailing {
		out = append(out, last)
	}
	return out
}

// periods is the number of periods.
func (w *World) periods() int { return len(w.bounds) - 1 }

// periodOf is the period in which an instant lies: below zero before the first,
// periods() and more after the last.
func (w *World) periodOf(at standing.Instant) int {
	n, exact := slices.BinarySearch(w.bounds, at)
	if exact {
		return n
	}
	return n - 1
}

// slot is the span in which an authority's files of a period arrive.
func (w *World) slot(period, authority int) (from, width standing.Instant) {
	width = slots / standing.Instant(len(w.authorities)+1)
	// The first slot is the constitution's.
	return w.bounds[period+1] + width*standing.Instant(authority+1) + earlier*standing.Instant(w.periods()-1-period), width
}

// caseID is an id that begins with the time of the file that opens the case, in
// steps so fine that ids rise with the order of the cases in it; the rest looks
// random and is not. place and places say where the case stands among all.
func (w *World) caseID(period, authority int, place, places uint64, n uint64) standing.CaseID {
	from, width := w.slot(period, authority)
	ms := uint64(from)*1000 + uint64(width)*1000*place/places
	var id standing.CaseID
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	d := w.draw(ofCase, n)
	for i, r := 6, d.pcg.Uint64(); i < 14; i, r = i+1, r>>8 {
		id[i] = byte(r)
	}
	r := d.pcg.Uint64()
	id[14], id[15] = byte(r), byte(r>>8)
	return id
}
