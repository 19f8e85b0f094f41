package stats

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// question is a query that has been checked.
type question struct {
	api.StatisticsQuery
	from, until month
	asOf        standing.Instant
	always      bool // no span is asked for, so that persons may be counted
}

// ask checks a query. What is wrong names its field.
func (f *Fold) ask(q api.StatisticsQuery, now standing.Instant) (*question, error) {
	if !slices.Contains([]string{api.ByList, api.ByField, api.ByRegion, api.ByMonth}, q.By) {
		return nil, standing.Errorf(standing.Invalid, "by: %.20q is no grouping: list, field, region or month", q.By)
	}
	if q.List != "" && (!standing.ValidCode(string(q.List)) || f.field(q.List) == "") {
		return nil, standing.Errorf(standing.Invalid, "list: there is no list %.96q", string(q.List))
	}
	if q.Field != "" && !standing.ValidCode(q.Field) {
		return nil, standing.Errorf(standing.Invalid, "field: %.96q is not the code of a field", q.Field)
	}
	if q.Region == "" {
		q.Region = string(region.World)
	}
	if _, err := region.Parse(q.Region); err != nil {
		return nil, standing.Errorf(standing.Invalid, "region: %.40q is not a region: write CN/37 or *", q.Region)
	}
	zone := f.zone
	today := (&calendar{zone: zone}).of(now)
	out := &question{StatisticsQuery: q, until: today, asOf: now}
	out.always = q.From == "" && q.Until == ""
	var err error
	if q.From != "" {
		if out.from, err = parseMonth("from", q.From); err != nil {
			return nil, err
		}
	}
	if q.Until != "" {
		if out.until, err = parseMonth("until", q.Until); err != nil {
			return nil, err
		}
	}
	switch {
	case out.from > today:
		return nil, standing.Errorf(standing.Invalid, "from: %s has not begun: it is %s", out.from, today)
	case out.from > out.until:
		return nil, standing.Errorf(standing.Invalid, "from: %s is after until, %s", out.from, out.until)
	}
	out.until = min(out.until, today)
	return out, nil
}

// Statistics counts, as of now, by what was taken in up to a position of the
// log, which it repeats. When an earlier call asked about a later instant, it
// answers about that one and says so. Invalid for a group, a filter or a span
// that is not one, naming the field.
func (f *Fold) Statistics(q api.StatisticsQuery, now standing.Instant, position uint64) (*api.Statistics, error) {
	now = f.advance(now)
	ask, err := f.ask(q, now)
	if err != nil {
		return nil, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	out := &api.Statistics{AsOf: now, Position: position, By: q.By}
	total := newGroup(ask.always)
	if q.By == api.ByMonth {
		out.Rows = f.byMonth(ask, total)
	} else {
		out.Rows = f.byGroup(ask, total)
	}
	out.Total = f.row(ask, "", total)
	for i := range out.Rows {
		if out.Rows[i].Withheld {
			out.Withheld++
		}
	}
	return out, nil
}

// asked calls fn with the lists that a question is about.
func (f *Fold) asked(ask *question, fn func(l *list, field string)) {
	for _, l := range f.lists {
		if ask.List != "" && ask.List != l.id {
			continue
		}
		if field := f.field(l.id); ask.Field == "" || ask.Field == field {
			fn(l, field)
		}
	}
}

// byGroup counts by list, field or region.
func (f *Fold) byGroup(ask *question, total *group) []api.StatisticsRow {
	groups := map[string]*group{}
	of := func(key string) *group {
		g := groups[key]
		if g == nil {
			g = newGroup(ask.always)
			groups[key] = g
		}
		return g
	}
	f.asked(ask, func(l *list, field string) {
		f.gather(ask, total, l, ask.Region, false)
		switch ask.By {
		case api.ByList:
			f.gather(ask, of(string(l.id)), l, ask.Region, false)
		case api.ByField:
			f.gather(ask, of(field), l, ask.Region, false)
		default:
			f.gather(ask, of(ask.Region), l, ask.Region, true)
			for _, below := range f.below[ask.Region] {
				f.gather(ask, of(below), l, below, false)
			}
		}
	})
	rows := []api.StatisticsRow{}
	for key, g := range groups {
		if row := f.row(ask, key, g); !empty(&row) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b api.StatisticsRow) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return rows
}

// gather adds to a group what holds on a list in a region and below; with own,
// in the region as a whole alone.
func (f *Fold) gather(ask *question, g *group, l *list, where string, own bool) {
	stale := l.stale(f.at(ask, ask.until))
	if t := l.tallies[where]; t != nil {
		g.add(t, ask, stale, 1)
	}
	if own {
		for _, below := range f.below[where] {
			if t := l.tallies[below]; t != nil {
				g.add(t, ask, stale, -1)
			}
		}
		if region.ID(where).Depth() >= boxDepth { // below, durations are not counted
			g.days = nil
		}
	}
	if g.persons != nil {
		f.addPersons(g.persons, l.published(where, own), stale)
	}
}

// at is the last instant of a month that a question is about.
func (f *Fold) at(ask *question, m month) standing.Instant {
	return min(begin(m+1, f.zone)-1, ask.asOf)
}

// stale reports whether the last snapshot of a list's source is too old, at an
// instant, for what holds only while it is shown.
func (l *list) stale(at standing.Instant) bool { return l.staleAfter != 0 && at >= l.staleAfter }

// row makes a group public.
func (f *Fold) row(ask *question, key string, g *group) api.StatisticsRow {
	row := api.StatisticsRow{Key: key, Listed: int(g.n[colBegan]), InForce: int(g.inForce), Exits: map[string]int{},
		Notices: int(g.n[colNotice]), Objections: int(g.n[colObjection]), Upheld: int(g.n[colUpheld]), Errors: int(g.n[colError]),
		Exemptions: int(g.n[colExemption]), MedianDays: median(g.days)}
	for event, n := range g.n[colEnded:] {
		if n != 0 {
			row.Exits[f.events[event]] += int(n)
			row.Lifted += int(n)
		}
	}
	depth := region.ID(ask.Region).Depth()
	if ask.By == api.ByRegion && key != "" {
		depth++ // what holds in a province as a whole has no box of its own, either
	}
	if depth <= boxDepth {
		row.Persons = g.persons
	}
	row.Withheld = row.Persons == nil || row.Persons.Listed == 0 && noActs(row.Persons)
	return row
}

func noActs(p *api.PersonCounts) bool {
	return p.Notices == 0 && p.Objections == 0 && p.Upheld == 0 && p.Errors == 0 && p.Exemptions == 0
}

// empty reports whether a row says nothing.
func empty(r *api.StatisticsRow) bool {
	return r.Withheld && r.Listed == 0 && r.Lifted == 0 && r.InForce == 0 && r.Notices == 0 && r.Objections == 0 &&
		r.Upheld == 0 && r.Errors == 0 && r.Exemptions == 0
}
