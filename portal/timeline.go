package portal

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// axis lays time out from left to right. Places on it are hundredths of its
// width, so that a picture is as wide as its page and its letters stay as they
// are.
type axis struct{ from, until standing.Instant }

// axisOf spans the instants, with a little room.
func axisOf(instants ...standing.Instant) axis {
	a := axis{standing.Forever, 0}
	for _, i := range instants {
		if i != 0 && i != standing.Forever {
			a.from, a.until = min(a.from, i), max(a.until, i)
		}
	}
	if a.from > a.until {
		return axis{0, 1}
	}
	room := (a.until-a.from)/30 + 3*24*3600
	return axis{a.from - room, a.until + room}
}

// at is the place of an instant; what lies beyond stands at the edge.
func (a axis) at(i standing.Instant) float64 {
	i = min(max(i, a.from), a.until)
	return 100 * float64(i-a.from) / float64(a.until-a.from)
}

func percent(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) + "%" }

func (a axis) x(i standing.Instant) string { return percent(a.at(i)) }

// wide is the width of a stretch, never so small that it cannot be seen.
func (a axis) wide(from, until standing.Instant) string {
	return percent(max(a.at(until)-a.at(from), 0.4))
}

// anchor says on which side of a place its label has room.
func (a axis) anchor(i standing.Instant) string {
	switch place := a.at(i); {
	case place < 6:
		return "start"
	case place > 94:
		return "end"
	}
	return "middle"
}

// tick is a date on the axis.
type tick struct{ x, label, anchor string }

// ticks are the beginnings of years or months, so far apart that their labels do
// not meet on a phone.
func (w *words) ticks(a axis) []tick {
	const apart = 24.0
	from, until := a.from.Time(), a.until.Time()
	span := float64(a.until - a.from)
	for _, months := range []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200} {
		if step := float64(months) * 30 * 24 * 3600; 100*step/span < apart {
			continue
		}
		var out []tick
		at := time.Date(from.Year()-from.Year()%max(1, months/12), 1, 1, 0, 0, 0, 0, time.UTC)
		for ; !at.After(until); at = at.AddDate(0, months, 0) {
			if i := standing.Instant(at.Unix()); i >= a.from {
				out = append(out, tick{a.x(i), w.month(at, months < 12), a.anchor(i)})
			}
		}
		return out
	}
	return nil
}

func (w *words) month(at time.Time, months bool) string {
	switch {
	case w.Lang == "zh" && months:
		return at.Format("2006年1月")
	case w.Lang == "zh":
		return at.Format("2006年")
	case months:
		return at.Format("Jan 2006")
	}
	return at.Format("2006")
}

// bar is an entry on the party's timeline.
type bar struct {
	listing *api.ListingView
	spans   []standing.Interval
	open    bool // no end is fixed: only its review is
}

// bars are the entries of a party in the order in which they began, and the time
// that they span.
func (p *page) bars(v *api.PartyView) ([]bar, axis) {
	instants := []standing.Instant{p.now}
	var out []bar
	for i := range v.Listings {
		l := &v.Listings[i]
		b := bar{listing: l}
		for _, e := range l.Effects {
			span := e.Interval
			if span.Until == standing.Forever || span.Until == 0 {
				span.Until = max(cmp.Or(l.Review, p.now), span.From)
				b.open = true
			}
			b.spans = append(b.spans, span)
			instants = append(instants, span.From, span.Until)
		}
		if len(b.spans) > 0 {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b bar) int { return cmp.Compare(a.spans[0].From, b.spans[0].From) })
	return out, axisOf(instants...)
}

// date is a date of an entry: something that happened, or that is to come.
type date struct {
	at    standing.Instant
	title string
	ahead bool
}

// dates are what ran and what runs for an entry, in order, and the time they
// span.
func (p *page) dates(l *api.ListingView) ([]date, axis) {
	var out []date
	add := func(at standing.Instant, title string) {
		if at == 0 || at == standing.Forever {
			return
		}
		for _, d := range out {
			if d.at == at && d.title == title {
				return
			}
		}
		out = append(out, date{at, title, at > p.now})
	}
	if l.Ruling != nil {
		add(l.Ruling.Decided, p.T("dates.decided"))
		add(l.Ruling.Final, p.T("dates.final"))
	}
	for i := range l.History {
		a := &l.History[i]
		if a.Kind != "ruling.recorded" || l.Ruling == nil || l.Ruling.Decided == 0 {
			add(a.Occurred, p.Or("act.", a.Kind))
		}
	}
	add(l.WindowEnd, p.T("dates.window"))
	for _, e := range l.Effects {
		add(e.From, p.T("dates.effect"))
	}
	for _, x := range l.Exits {
		if x.Earliest != l.Until {
			add(x.Earliest, p.T("dates.earliest", p.Say(x.Title)))
		}
	}
	if l.Reported != nil {
		add(l.Reported.Snapshot, p.T("dates.snapshot"))
		add(l.Reported.StaleAfter, p.T("dates.stale"))
	}
	switch {
	case l.Until == l.Review || l.Until == 0 || l.Until == standing.Forever:
		add(l.Review, p.T("dates.review"))
	default:
		add(l.Review, p.T("dates.review"))
		add(l.Until, p.T("dates.end"))
	}
	slices.SortStableFunc(out, func(a, b date) int { return cmp.Compare(a.at, b.at) })
	instants := []standing.Instant{p.now}
	for _, d := range out {
		instants = append(instants, d.at)
	}
	return out, axisOf(instants...)
}

// away says how far off a day is.
func (p *page) away(i standing.Instant) string {
	const length = 24 * 3600
	days := int(i/length - p.now/length)
	switch {
	case days == 0:
		return p.T("dates.today")
	case days > 0:
		return p.N("dates.in", days)
	}
	return p.N("dates.ago", -days)
}
