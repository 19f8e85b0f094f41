package stats

import "github.com/openstanding/standing/api"

// group adds up what belongs in a row.
type group struct {
	n       [colDays]int32 // in the span, by column
	inForce int32          // at its end
	days    []int32        // by bucket; nil while there are none
	persons *api.PersonCounts
}

func newGroup(persons bool) *group {
	g := &group{}
	if persons {
		g.persons = &api.PersonCounts{Exits: map[string]int{}}
	}
	return g
}

// add adds sign times a tally.
func (g *group) add(t *tally, ask *question, stale bool, sign int32) {
	if g.days == nil {
		g.days = make([]int32, buckets)
	}
	if ask.always {
		for c, n := range t.all {
			if c < int(colDays) {
				g.n[c] += sign * n
				g.inForce += sign * n * stands(column(c), stale)
			} else {
				g.days[c-int(colDays)] += sign * n
			}
		}
		return
	}
	for _, part := range t.parts() {
		for _, i := range part {
			if i.month() > ask.until {
				continue
			}
			c, n := i.column(), sign*i.n
			if c < colDays {
				g.inForce += n * stands(c, stale)
			}
			switch {
			case i.month() < ask.from:
			case c >= colDays:
				g.days[c-colDays] += n
			default:
				g.n[c] += n
			}
		}
	}
}

// stands is by how much a count in a column changes what is in force afterwards.
func stands(c column, stale bool) int32 {
	switch {
	case c >= colDays:
		return 0
	case c == colBegan, c == colShownEnded && stale:
		return 1
	case c >= colEnded, c == colShownBegan && stale:
		return -1
	}
	return 0
}

// happen adds what happened.
func (g *group) happen(c column, n int32) {
	if c < colDays {
		g.n[c] += n
		return
	}
	if g.days == nil {
		g.days = make([]int32, buckets)
	}
	g.days[c-colDays] += n
}

// byMonth counts by month, from the first there is unless another is asked for.
func (f *Fold) byMonth(ask *question, total *group) []api.StatisticsRow {
	first := ask.until + 1
	f.asked(ask, func(l *list, _ string) {
		if t := l.tallies[ask.Region]; t != nil {
			for _, part := range t.parts() {
				for _, i := range part {
					first = min(first, i.month())
				}
			}
		}
	})
	if ask.from > 0 {
		first = ask.from
	}
	groups := make([]group, ask.until+1-first)
	f.asked(ask, func(l *list, _ string) {
		f.gather(ask, total, l, ask.Region, false)
		if t := l.tallies[ask.Region]; t != nil {
			f.spread(ask, groups, first, l, t)
		}
	})
	rows := []api.StatisticsRow{}
	for i := range groups {
		row := f.row(ask, (first + month(i)).String(), &groups[i])
		if len(rows) > 0 || ask.from > 0 || !empty(&row) { // what was counted may have been taken back
			rows = append(rows, row)
		}
	}
	return rows
}

// spread adds a list's tally to the months from first on.
func (f *Fold) spread(ask *question, groups []group, first month, l *list, t *tally) {
	change := make([][2]int32, len(groups)) // in a month of what is in force: as it is, and as if stale
	for _, part := range t.parts() {
		for _, i := range part {
			m, c := i.month(), i.column()
			if m > ask.until {
				continue
			}
			at := max(m-first, 0)
			change[at][0] += i.n * stands(c, false)
			change[at][1] += i.n * stands(c, true)
			if m >= first {
				groups[at].happen(c, i.n)
			}
		}
	}
	var fresh, stale int32
	for i := range groups {
		fresh += change[i][0]
		stale += change[i][1]
		if l.stale(f.at(ask, first+month(i))) {
			groups[i].inForce += stale
		} else {
			groups[i].inForce += fresh
		}
	}
}
