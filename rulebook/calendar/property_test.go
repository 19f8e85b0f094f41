package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/rulebook/calendar"
)

var units = []calendar.Unit{calendar.CalendarDays, calendar.WorkingDays, calendar.Months, calendar.Years}

// draw is one drawn question.
type draw struct {
	c     *calendar.Calendar
	event time.Time
	term  calendar.Term
	o     calendar.Options
}

func drawQuestion(t *rapid.T, all []*calendar.Calendar) draw {
	unit := rapid.SampledFrom(units).Draw(t, "unit")
	longest := map[calendar.Unit]int{calendar.CalendarDays: 1000, calendar.WorkingDays: 300, calendar.Months: 60, calendar.Years: 6}[unit]
	return draw{
		c:     rapid.SampledFrom(all).Draw(t, "calendar"),
		event: time.Unix(rapid.Int64Range(946684800, 2145916800).Draw(t, "event"), 0), // 2000 to 2037
		term:  calendar.Term{N: rapid.IntRange(0, longest).Draw(t, "n"), Unit: unit},
		o:     calendar.Options{RollForward: rapid.Bool().Draw(t, "roll")},
	}
}

func loadAll(t *testing.T) []*calendar.Calendar {
	var all []*calendar.Calendar
	for _, name := range calendar.Names() {
		all = append(all, load(t, name))
	}
	// The zones with the oddest days: a midnight that is skipped, one that
	// comes twice, a civil day that never was.
	for _, zone := range []string{"America/Havana", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"} {
		c, err := calendar.Parse("calendar odd\nversion 1\ntitle Odd\nzone " + zone + "\nweekend sunday\nyears 2000-2030\n")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// TestAddIsMonotone: a later event or a longer term never ends earlier, and
// every term ends after its event.
func TestAddIsMonotone(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t, all)
		end, _ := q.c.Add(q.event, q.term, q.o)
		if !end.After(q.event) {
			t.Fatalf("%s from %s ends %s, before it", q.term, q.event, end)
		}
		later := q.event.Add(time.Duration(rapid.Int64Range(0, 90*24*3600).Draw(t, "delay")) * time.Second)
		if laterEnd, _ := q.c.Add(later, q.term, q.o); laterEnd.Before(end) {
			t.Fatalf("%s from %s ends %s, and from the later %s already %s", q.term, q.event, end, later, laterEnd)
		}
		longer := calendar.Term{N: q.term.N + 1, Unit: q.term.Unit}
		if longerEnd, _ := q.c.Add(q.event, longer, q.o); longerEnd.Before(end) {
			t.Fatalf("%s from %s ends %s, and %s already %s", q.term, q.event, end, longer, longerEnd)
		}
		if rolled, _ := q.c.Add(q.event, q.term, calendar.Options{RollForward: true}); rolled.Before(end) {
			t.Fatalf("rolling forward brings the end of %s from %s back to %s", q.term, q.event, rolled)
		}
	})
}

// TestWorkingDaysAreCounted: a term of N working days holds exactly N of them
// and ends with one.
func TestWorkingDaysAreCounted(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t, all)
		q.term = calendar.Term{N: rapid.IntRange(1, 300).Draw(t, "working days"), Unit: calendar.WorkingDays}
		end, provisional := q.c.Add(q.event, q.term, q.o)
		last := q.c.Date(end.Add(-time.Nanosecond))
		n, unsure := q.c.CountWorkingDays(q.c.Date(q.event), last)
		if n != q.term.N || unsure != provisional {
			t.Fatalf("%s from %s through %s are %d (provisional %v, %v)", q.term, q.event, last, n, unsure, provisional)
		}
		if working, _ := q.c.WorkingDay(last); !working {
			t.Fatalf("%s from %s ends with %s, which is not worked", q.term, q.event, last)
		}
	})
}

// TestStartIsTheFirstInstant: a day starts at an instant of that day, and no
// instant of the day lies before it, but for an hour that a zone reads twice.
func TestStartIsTheFirstInstant(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t, all)
		d := q.c.Date(q.event)
		start := q.c.Start(d)
		if got := q.c.Date(start); got != d {
			t.Fatalf("%s in %s starts at %s, which is on %s", d, q.c.Zone(), start, got)
		}
		if start.After(q.event) && q.event.Sub(start).Abs() > time.Hour {
			t.Fatalf("%s in %s starts at %s, after %s", d, q.c.Zone(), start, q.event)
		}
	})
}

// TestAddIsPure: the zone in which the event is written does not matter.
func TestAddIsPure(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t, all)
		a, _ := q.c.Add(q.event.UTC(), q.term, q.o)
		b, _ := q.c.Add(q.event.In(time.FixedZone("", 14*3600)), q.term, q.o)
		if !a.Equal(b) {
			t.Fatalf("%s from %s ends %s or %s", q.term, q.event, a, b)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	c := load(b, "cn")
	event := time.Date(2026, 9, 24, 12, 0, 0, 0, time.UTC)
	for b.Loop() {
		c.Add(event, calendar.Term{N: 15, Unit: calendar.WorkingDays}, calendar.Options{})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b, "us")
	}
}
