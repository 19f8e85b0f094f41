package stats_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/stats"
	"pgregory.net/rapid"
)

// handmade is a register that one can count by hand.
func handmade() *world {
	w := newWorld()
	firm := func(list standing.ListID, region, from, until, why string) standing.CaseID {
		id := w.list(list, region, standing.Organisation)
		w.effect(id, instant(from), false)
		if until != "" {
			w.end(id, instant(until), why)
		}
		return id
	}
	a := firm("xx/a", "CN/37/10/82", "2023-10-31T16:00:00Z", "2023-11-10T16:00:00Z", "performed") // November in China
	firm("xx/a", "CN/37/10", "2023-11-02", "2023-12-02", "settled")
	firm("xx/a", "CN", "2023-11-05", "2024-03-01", "expired") // ends in future
	firm("xx/b", "CN/44", "2023-12-05", "", "")
	firm("xx/b", "CN/44", "2024-02-01", "", "") // begins in future
	firm("yy/c", "*", "2020-01-01", "2023-12-31", "withdrawn")
	w.act(a, "notice", instant("2023-10-01"))
	w.act(a, "objection", instant("2023-10-05"))
	refused := w.list("xx/b", "CN/44", standing.PublicBody)
	w.act(refused, "notice", instant("2023-12-01"))
	w.act(refused, "objection", instant("2023-12-03"))
	w.act(refused, "upheld", instant("2024-01-02"))
	person := func(n int, region string, end string) {
		for range n {
			id := w.list("xx/a", region, standing.Person)
			w.effect(id, instant("2023-11-01"), false)
			if end != "" {
				w.end(id, instant(end), "performed")
			}
		}
	}
	person(23, "CN/37/10", "")
	person(9, "CN/44", "")
	person(8, "CN/11/01", "")
	person(12, "CN/37", "2023-12-24")
	person(3, "CN/11", "2024-01-10") // within the month: in force until its end
	return w
}

func show(s *api.Statistics) string {
	var b strings.Builder
	row := func(r *api.StatisticsRow) {
		fmt.Fprintf(&b, "%s: +%d -%d =%d", r.Key, r.Listed, r.Lifted, r.InForce)
		for _, why := range slices.Sorted(maps.Keys(r.Exits)) {
			fmt.Fprintf(&b, " %s %d", why, r.Exits[why])
		}
		fmt.Fprintf(&b, " | n%d o%d u%d | %dd", r.Notices, r.Objections, r.Upheld, r.MedianDays)
		if p := r.Persons; p != nil && !r.Withheld {
			fmt.Fprintf(&b, " | persons +%d -%d =%d %v", p.Listed, p.Lifted, p.InForce, p.Exits)
		}
		b.WriteString("\n")
	}
	for i := range s.Rows {
		row(&s.Rows[i])
	}
	row(&s.Total)
	return b.String()
}

func TestHandmade(t *testing.T) {
	w := handmade()
	for _, c := range []struct {
		q    api.StatisticsQuery
		want string
	}{
		// Persons in force in CN: 23, 9 and 8+3, of which 20, 0 and 10 are
		// published, and of the 3+9+1 left over 10 more; ended: 12.
		{api.StatisticsQuery{By: api.ByList}, `
xx/a: +3 -2 =1 performed 1 settled 1 | n1 o1 u0 | 10d | persons +50 -10 =40 map[performed:10]
xx/b: +1 -0 =1 | n1 o1 u1 | 0d
yy/c: +1 -1 =0 withdrawn 1 | n0 o0 u0 | 1465d
: +5 -3 =2 performed 1 settled 1 withdrawn 1 | n2 o2 u1 | 30d | persons +50 -10 =40 map[performed:10]
`},
		{api.StatisticsQuery{By: api.ByField}, `
enforcement: +3 -2 =1 performed 1 settled 1 | n1 o1 u0 | 10d | persons +50 -10 =40 map[performed:10]
tax: +2 -1 =1 withdrawn 1 | n1 o1 u1 | 1465d
: +5 -3 =2 performed 1 settled 1 withdrawn 1 | n2 o2 u1 | 30d | persons +50 -10 =40 map[performed:10]
`},
		{api.StatisticsQuery{By: api.ByRegion, Region: "CN"}, `
CN: +1 -0 =1 | n0 o0 u0 | 0d
CN/11: +0 -0 =0 | n0 o0 u0 | 0d | persons +10 -0 =10 map[]
CN/37: +2 -2 =0 performed 1 settled 1 | n1 o1 u0 | 10d | persons +30 -10 =20 map[performed:10]
CN/44: +1 -0 =1 | n1 o1 u1 | 0d
: +4 -2 =2 performed 1 settled 1 | n2 o2 u1 | 10d | persons +50 -10 =40 map[performed:10]
`},
		{api.StatisticsQuery{By: api.ByRegion, Region: "CN/37"}, `
CN/37/10: +2 -2 =0 performed 1 settled 1 | n1 o1 u0 | 0d
: +2 -2 =0 performed 1 settled 1 | n1 o1 u0 | 10d | persons +30 -10 =20 map[performed:10]
`},
		{api.StatisticsQuery{By: api.ByMonth, Region: "CN", From: "2023-09"}, `
2023-09: +0 -0 =0 | n0 o0 u0 | 0d
2023-10: +0 -0 =0 | n1 o1 u0 | 0d
2023-11: +3 -1 =2 performed 1 | n0 o0 u0 | 10d
2023-12: +1 -1 =2 settled 1 | n1 o1 u0 | 30d
2024-01: +0 -0 =2 | n0 o0 u1 | 0d
: +4 -2 =2 performed 1 settled 1 | n2 o2 u1 | 10d
`},
		{api.StatisticsQuery{By: api.ByList, List: "yy/c", Until: "2023-12"}, `
yy/c: +1 -1 =0 withdrawn 1 | n0 o0 u0 | 1465d
: +1 -1 =0 withdrawn 1 | n0 o0 u0 | 1465d
`},
		{api.StatisticsQuery{By: api.ByMonth, Field: "tax", From: "2023-11", Until: "2023-12"}, `
2023-11: +0 -0 =1 | n0 o0 u0 | 0d
2023-12: +1 -1 =1 withdrawn 1 | n1 o1 u0 | 1465d
: +1 -1 =1 withdrawn 1 | n1 o1 u0 | 1465d
`},
	} {
		s, err := w.fold.Statistics(c.q, w.now, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := "\n" + show(s); got != c.want {
			t.Errorf("%+v:%s\nwant%s", c.q, got, c.want)
		}
	}
}

// Durations are exact to two years and within 15 days to 26.
func TestDurations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(0, 26*365).Draw(t, "days")
		span := standing.Interval{From: start, Until: start + standing.Instant(days)*day}
		allowed := 15
		if days <= 730 {
			allowed = 0
		}
		if got := stats.DaysOf(stats.BucketOf(span)); got < days-allowed || got > days+allowed {
			t.Fatalf("%d days are told as %d", days, got)
		}
	})
	for _, span := range []standing.Interval{{From: start, Until: start - day}, {From: standing.MinInstant, Until: standing.MaxInstant}} {
		if b := stats.BucketOf(span); b < 0 || stats.DaysOf(b) > 27*365 {
			t.Errorf("%v lies in bucket %d", span, b)
		}
	}
}

// More events than a byte numbers are told together.
func TestManyEvents(t *testing.T) {
	w := newWorld()
	for i := range 300 {
		id := w.list("xx/a", "CN", standing.Organisation)
		w.effect(id, start-10*day, false)
		w.end(id, start-day, fmt.Sprintf("exit-%d", i))
	}
	s, err := w.fold.Statistics(api.StatisticsQuery{By: api.ByList}, w.now, 0)
	if err != nil || s.Total.Lifted != 300 || len(s.Total.Exits) != 255 || s.Total.Exits["other"] != 46 {
		t.Errorf("300 exits of 300 names: %d lifted, %d names, %d of other names, %v", s.Total.Lifted, len(s.Total.Exits), s.Total.Exits["other"], err)
	}
}

// Readers ask while the writer writes; what they see adds up.
func TestReadersMeanwhile(t *testing.T) {
	w := newWorld()
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for i := range standing.Instant(200) {
				s, err := w.fold.Statistics(api.StatisticsQuery{By: []string{api.ByList, api.ByMonth}[i%2]}, start+i*day, 0)
				if err != nil || s.Total.Listed-s.Total.Lifted != s.Total.InForce || s.AsOf < start+i*day {
					t.Errorf("listed %d, lifted %d, in force %d as of %s: %v", s.Total.Listed, s.Total.Lifted, s.Total.InForce, s.AsOf, err)
				}
			}
		})
	}
	for i := range standing.Instant(500) {
		id := w.list(lists[i%3], regions[int(i)%len(regions)], kinds[i%4])
		w.effect(id, start+i*day/4, false)
		w.end(id, start+i*day/2+1, exits[i%4])
	}
	readers.Wait()
}
