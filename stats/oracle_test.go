package stats_test

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

var zone = time.FixedZone("CST", 8*3600)

// event is an act that is counted.
type event struct {
	what string
	at   standing.Instant
}

// entry is a listing as a naive recount sees it.
type entry struct {
	list   standing.ListID
	region string
	kind   standing.PartyKind
	begin  standing.Instant // 0: no effect
	shown  bool
	end    standing.Instant // Forever: none
	why    string
	events []event
}

// naive is a register to be recounted from the beginning for each question.
type naive struct {
	entries  map[standing.CaseID]*entry
	repealed map[standing.ListID]standing.Instant
	stale    map[standing.ListID]standing.Instant
}

func monthOf(at standing.Instant) string { return at.Time().In(zone).Format("2006-01") }

func monthEnd(m string) standing.Instant {
	t, _ := time.ParseInLocation("2006-01", m, zone)
	return standing.At(t.AddDate(0, 1, 0))
}

func monthBegin(at standing.Instant) standing.Instant {
	t, _ := time.ParseInLocation("2006-01", monthOf(at), zone)
	return standing.At(t)
}

func fieldOf(l standing.ListID) string {
	return map[standing.ListID]string{"xx/a": "enforcement", "xx/b": "tax", "yy/c": "tax"}[l]
}

func within(region, in string) bool {
	return in == "*" || region == in || strings.HasPrefix(region, in+"/")
}

func depth(region string) int {
	if region == "*" {
		return 0
	}
	return 1 + strings.Count(region, "/")
}

func (n *naive) finish(e *entry) (standing.Instant, string) {
	if at := n.repealed[e.list]; at != 0 && at < e.end {
		return at, "repealed"
	}
	return e.end, e.why
}

// row counts the organisations of entries that meet a filter.
func (n *naive) row(key string, q api.StatisticsQuery, from, until string, now standing.Instant, meets func(*entry) bool) api.StatisticsRow {
	row := api.StatisticsRow{Key: key, Exits: map[string]int{}}
	in := func(at standing.Instant) bool { return at <= now && from <= monthOf(at) && monthOf(at) <= until }
	last := min(now, monthEnd(until)-1)
	var days []int
	for _, e := range n.entries {
		if e.kind.Protected() || !within(e.region, q.Region) || !meets(e) {
			continue
		}
		for _, a := range e.events {
			if !in(a.at) {
				continue
			}
			switch a.what {
			case "notice":
				row.Notices++
			case "objection":
				row.Objections++
			case "upheld":
				row.Upheld++
			case "error":
				row.Errors++
			case "exemption":
				row.Exemptions++
			}
		}
		end, why := n.finish(e)
		if e.begin == 0 || e.begin >= end {
			continue
		}
		if in(e.begin) {
			row.Listed++
		}
		if in(end) {
			row.Lifted++
			row.Exits[why]++
			days = append(days, int((end-e.begin+86399)/86400))
		}
		stale := n.stale[e.list] != 0 && last >= n.stale[e.list]
		if e.begin <= last && last < end && !(e.shown && stale) {
			row.InForce++
		}
	}
	if len(days) > 0 {
		slices.Sort(days)
		row.MedianDays = days[(len(days)-1)/2]
	}
	return row
}

// boxes counts persons: list, box, state, number.
func (n *naive) boxes(now standing.Instant) map[standing.ListID]map[string]map[string]int {
	out := map[standing.ListID]map[string]map[string]int{}
	for _, e := range n.entries {
		if !e.kind.Protected() {
			continue
		}
		parts := strings.Split(e.region, "/")
		where := strings.Join(parts[:min(2, len(parts))], "/")
		add := func(what string) {
			if out[e.list] == nil {
				out[e.list] = map[string]map[string]int{}
			}
			if out[e.list][what] == nil {
				out[e.list][what] = map[string]int{}
			}
			out[e.list][what][where]++
		}
		first := monthBegin(now)
		had := map[string]bool{}
		for _, a := range e.events {
			if a.at < first && !had[a.what] {
				had[a.what] = true
				add(a.what)
			}
		}
		end, why := n.finish(e)
		switch {
		case e.begin == 0 || e.begin >= end || e.begin >= first:
		case end < first:
			add("ended " + why)
		case e.shown:
			add("shown")
		default:
			add("in force")
		}
	}
	return out
}

// tens is the rule of publication for one kind of number, written down anew:
// what is published in a region, what is left over, how much was carried, of
// how many boxes.
func tens(boxes map[string]int, where string) (published, left, carried, count int) {
	next := map[string]bool{}
	for at, n := range boxes {
		switch {
		case n == 0 || !within(at, where):
		case at == where:
			published, left, count = published+n/10*10, left+n%10, count+1
		case where == "*":
			next[strings.Split(at, "/")[0]] = true
		default:
			next[at] = true
		}
	}
	for at := range next {
		p, l, c, m := tens(boxes, at)
		published, left, carried, count = published+p, left+l, carried+c, count+m
	}
	if depth(where) < 2 {
		more := max(0, min(left, 9*(count-1)-carried)/10*10)
		published, left, carried = published+more, left-more, carried+more
	}
	return published, left, carried, count
}

func (n *naive) persons(where string, own bool, now standing.Instant, meets func(standing.ListID) bool) *api.PersonCounts {
	out := &api.PersonCounts{Exits: map[string]int{}}
	for list, kinds := range n.boxes(now) {
		if !meets(list) {
			continue
		}
		for what, boxes := range kinds {
			number, _, _, _ := tens(boxes, where)
			if own {
				number = boxes[where] / 10 * 10
			}
			switch why, ended := strings.CutPrefix(what, "ended "); {
			case number == 0:
			case ended:
				out.Listed, out.Lifted, out.Exits[why] = out.Listed+number, out.Lifted+number, out.Exits[why]+number
			case what == "in force" || what == "shown":
				out.Listed += number
				if what == "in force" || n.stale[list] == 0 || now < n.stale[list] {
					out.InForce += number
				}
			case what == "notice":
				out.Notices += number
			case what == "objection":
				out.Objections += number
			case what == "upheld":
				out.Upheld += number
			case what == "error":
				out.Errors += number
			case what == "exemption":
				out.Exemptions += number
			}
		}
	}
	return out
}

// statistics answers by counting everything anew.
func (n *naive) statistics(q api.StatisticsQuery, now standing.Instant) *api.Statistics {
	if q.Region == "" {
		q.Region = "*"
	}
	from, until, spanned := q.From, min(q.Until, monthOf(now)), q.From != "" || q.Until != ""
	if q.Until == "" {
		until = monthOf(now)
	}
	meetsList := func(l standing.ListID) bool {
		return (q.List == "" || l == q.List) && (q.Field == "" || fieldOf(l) == q.Field)
	}
	row := func(key, from, until, where string, own bool, lists func(standing.ListID) bool) api.StatisticsRow {
		meets := func(l standing.ListID) bool { return meetsList(l) && lists(l) }
		r := n.row(key, q, from, until, now, func(e *entry) bool {
			return meets(e.list) && within(e.region, where) && (!own || e.region == where)
		})
		if !spanned && depth(where) <= 2 && !(own && depth(where) == 2) && (q.By != api.ByMonth || key == "") {
			r.Persons = n.persons(where, own, now, meets)
		}
		if depth(where) > 2 || own && depth(where) == 2 {
			r.MedianDays = 0
		}
		r.Withheld = r.Persons == nil || *total(r.Persons) == 0
		return r
	}
	all := func(standing.ListID) bool { return true }
	out := &api.Statistics{AsOf: now, By: q.By, Rows: []api.StatisticsRow{}, Total: row("", from, until, q.Region, false, all)}
	keep := func(r api.StatisticsRow) {
		if r.Listed+r.Lifted+r.InForce+r.Notices+r.Objections+r.Upheld+r.Errors+r.Exemptions > 0 || !r.Withheld {
			out.Rows = append(out.Rows, r)
		}
	}
	switch q.By {
	case api.ByMonth:
		first := from
		if first == "" {
			first = n.first(q, meetsList, now)
		}
		for m := first; m != "" && m <= until; m = monthOf(monthEnd(m)) {
			out.Rows = append(out.Rows, row(m, m, m, q.Region, false, all))
		}
	case api.ByRegion:
		keep(row(q.Region, from, until, q.Region, true, all))
		for _, below := range regionsBelow(q.Region) {
			keep(row(below, from, until, below, false, all))
		}
	default:
		for _, key := range []string{"enforcement", "tax", "xx/a", "xx/b", "yy/c"} {
			if strings.Contains(key, "/") == (q.By == api.ByList) {
				keep(row(key, from, until, q.Region, false, func(l standing.ListID) bool { return string(l) == key || fieldOf(l) == key }))
			}
		}
	}
	sort.Slice(out.Rows, func(i, j int) bool { return out.Rows[i].Key < out.Rows[j].Key })
	for i := range out.Rows {
		if out.Rows[i].Withheld {
			out.Withheld++
		}
	}
	return out
}

func total(p *api.PersonCounts) *int {
	n := p.Listed + p.Notices + p.Objections + p.Upheld + p.Errors + p.Exemptions
	return &n
}

// first is the first month in which anything happened to an organisation.
func (n *naive) first(q api.StatisticsQuery, meets func(standing.ListID) bool, now standing.Instant) string {
	first := ""
	take := func(at standing.Instant) {
		if m := monthOf(at); at <= now && (first == "" || m < first) {
			first = m
		}
	}
	for _, e := range n.entries {
		if e.kind.Protected() || !meets(e.list) || !within(e.region, q.Region) {
			continue
		}
		for _, a := range e.events {
			take(a.at)
		}
		if end, _ := n.finish(e); e.begin != 0 && e.begin < end {
			take(e.begin)
		}
	}
	return first
}

var regions = []string{"*", "CN", "CN/37", "CN/37/10", "CN/37/10/82", "CN/44", "CN/44/03", "CN/11", "BR", "BR/MG", "DE/BY"}

func regionsBelow(where string) []string {
	var out []string
	for _, r := range append([]string{"DE"}, regions...) {
		if r != "*" && within(r, where) && depth(r) == depth(where)+1 {
			out = append(out, r)
		}
	}
	return out
}
