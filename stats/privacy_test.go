package stats_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/stats"
	"pgregory.net/rapid"
)

// questions are all that can be asked of a register with these lists, fields
// and regions, and those without a field over a choice of spans.
func questions() []api.StatisticsQuery {
	var out []api.StatisticsQuery
	for _, span := range [][2]string{{"", ""}, {"2023-12", ""}, {"", "2023-12"}, {"2023-12", "2024-01"}} {
		for _, region := range append([]string{"DE"}, regions...) {
			for _, list := range append([]standing.ListID{""}, lists...) {
				for _, field := range []string{"", "tax", "enforcement"} {
					if field != "" && span != [2]string{} {
						continue
					}
					for _, by := range []string{api.ByList, api.ByField, api.ByRegion, api.ByMonth} {
						out = append(out, api.StatisticsQuery{By: by, List: list, Field: field, Region: region, From: span[0], Until: span[1]})
					}
				}
			}
		}
	}
	return out
}

// numbers are all numbers of persons in an answer.
func numbers(s *api.Statistics) []int {
	var out []int
	for _, r := range append(s.Rows, s.Total) {
		if p := r.Persons; p != nil {
			out = append(out, p.Listed, p.Lifted, p.InForce, p.Notices, p.Objections, p.Upheld, p.Errors, p.Exemptions)
			out = append(out, slices.Collect(maps.Values(p.Exits))...)
		}
	}
	return out
}

// An attacker asks everything, twice with acts in between, and subtracts.
func TestNoDifferencePointsAtFew(t *testing.T) {
	all := questions()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		seen := map[int]bool{}
		for range 2 {
			for range rapid.IntRange(5, 25).Draw(t, "steps") {
				w.step(t)
			}
			for _, q := range all {
				s, err := w.fold.Statistics(q, w.now, 0)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range numbers(s) {
					seen[n] = true
				}
			}
		}
		few := func(n int) bool { return n > -api.SmallCell && n < api.SmallCell && n != 0 }
		for a := range seen {
			for b := range seen {
				for c := range seen {
					if few(a) || few(a-b) || few(a-b-c) || few(a+b-c) {
						t.Fatalf("%d, %d and %d are published: they differ by fewer than %d persons", a, b, c, api.SmallCell)
					}
				}
			}
		}
	})
}

// Numbers of organisations say nothing of persons: without any person in the
// register they are the same.
func TestOrganisationsAlone(t *testing.T) {
	all := questions()
	strip := func(s *api.Statistics) *api.Statistics {
		out := &api.Statistics{Rows: []api.StatisticsRow{}, Total: s.Total}
		out.Total.Persons, out.Total.Withheld = nil, false
		for _, r := range s.Rows {
			r.Persons, r.Withheld = nil, false
			if s.By == api.ByMonth || r.Listed+r.Lifted+r.InForce+r.Notices+r.Objections+r.Upheld+r.Errors+r.Exemptions > 0 {
				out.Rows = append(out.Rows, r)
			}
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(5, 40).Draw(t, "steps") {
			w.step(t)
		}
		without := newWorld()
		without.now, without.fold = w.now, stats.New(stats.Config{Now: w.now, Field: fieldOf, Zone: zone})
		for l, at := range w.stale {
			without.snapshot(l, at)
		}
		for _, id := range w.ids {
			if e := w.entries[id]; !e.kind.Protected() {
				other := without.list(e.list, e.region, e.kind)
				without.effect(other, e.begin, e.shown)
				without.end(other, e.end, e.why)
				for _, a := range e.events {
					without.act(other, a.what, a.at)
				}
			}
		}
		for l, at := range w.repealed {
			without.repeal(l, at)
		}
		for range 20 {
			q := rapid.SampledFrom(all).Draw(t, "question")
			a, _ := w.fold.Statistics(q, w.now, 0)
			b, _ := without.fold.Statistics(q, w.now, 0)
			if d := cmp.Diff(strip(a), strip(b)); d != "" {
				t.Fatalf("%+v (-with persons +without):\n%s", q, d)
			}
		}
	})
}

// Whatever is published, every box may hold any number within its ten, save that
// one of which nothing is published may be known not to be empty: every register
// of a few boxes is tried.
func TestEveryBoxStaysOpen(t *testing.T) {
	for _, places := range [][]string{
		{"CN/37", "CN/44", "CN/11"},
		{"CN/37", "CN", "*"},
		{"CN/37", "CN/44", "BR/MG", "*"},
		{"CN/37", "CN/44", "CN/11", "BR/MG"},
	} {
		for _, tens := range []int32{0, 10} {
			every(t, places, tens)
		}
	}
	if !testing.Short() {
		every(t, []string{"CN/37", "CN/44", "CN/11", "BR/MG", "BR"}, 0)
	}
}

func every(t *testing.T, places []string, tens int32) {
	values := map[string][]uint16{} // by answers: of each box, the set of last digits
	size := 1
	for range places {
		size *= 10
	}
	for code := range size {
		boxes, digits, rest := map[string]int32{}, make([]int, len(places)), code
		for i, at := range places {
			digits[i], rest = rest%10, rest/10
			boxes[at] = int32(digits[i])
			if i == 0 {
				boxes[at] += tens
			}
		}
		key := fmt.Sprint(answers(boxes, places))
		if values[key] == nil {
			values[key] = make([]uint16, len(places))
		}
		for i, d := range digits {
			values[key][i] |= 1 << d
		}
	}
	for key, sets := range values {
		for i, set := range sets {
			if i > 0 || tens == 0 {
				set |= 1
			}
			if set != 1<<10-1 {
				t.Fatalf("%v, %d more in the first: %s is published and the last digit of %s can be %010b alone", places, tens, key, places[i], set)
			}
		}
	}
}

func answers(boxes map[string]int32, places []string) []int32 {
	out := []int32{stats.Published(boxes, "*", false), stats.Published(boxes, "CN", false), stats.Published(boxes, "BR", false)}
	for _, at := range places {
		out = append(out, stats.Published(boxes, at, true))
	}
	return out
}

// Within a month nothing moves by what is recorded and happens in it.
func TestPersonsMoveOnTheFirst(t *testing.T) {
	w := newWorld()
	var ids []standing.CaseID
	for range 20 {
		id := w.list("xx/a", "CN/37", standing.Person)
		w.effect(id, w.now+day, false)
		w.act(id, "objection", w.now)
		ids = append(ids, id)
	}
	total := func() api.PersonCounts {
		s, err := w.fold.Statistics(api.StatisticsQuery{By: api.ByList}, w.now, 0)
		if err != nil {
			t.Fatal(err)
		}
		return *s.Total.Persons
	}
	none, some := api.PersonCounts{Exits: map[string]int{}}, api.PersonCounts{Listed: 20, InForce: 20, Objections: 20, Exits: map[string]int{}}
	w.now = monthEnd("2024-01") - 1
	if d := cmp.Diff(none, total()); d != "" {
		t.Errorf("in the month itself:\n%s", d)
	}
	w.now++
	if d := cmp.Diff(some, total()); d != "" {
		t.Errorf("on the first of the next:\n%s", d)
	}
	for _, id := range ids {
		w.end(id, w.now+day, "performed")
	}
	w.now = monthEnd("2024-02") - 1
	if d := cmp.Diff(some, total()); d != "" {
		t.Errorf("before the first after they ended:\n%s", d)
	}
	w.now++
	if d := cmp.Diff(api.PersonCounts{Listed: 20, Lifted: 20, Objections: 20, Exits: map[string]int{"performed": 20}}, total()); d != "" {
		t.Errorf("on the first after they ended:\n%s", d)
	}
}
