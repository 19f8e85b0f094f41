package stats_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/stats"
	"github.com/openstanding/standing/store"
	"pgregory.net/rapid"
)

func instant(s string) standing.Instant {
	at, err := standing.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return at
}

const day = 86400

var (
	lists  = []standing.ListID{"xx/a", "xx/b", "yy/c"}
	start  = instant("2024-01-15")
	kinds  = []standing.PartyKind{standing.Organisation, standing.PublicBody, standing.Person, standing.UnknownParty}
	exits  = []string{"performed", "settled", "annulled", "expired"}
	acting = map[string]standing.Kind{"notice": standing.NoticeServed, "objection": standing.ObjectionMade, "upheld": standing.ObjectionDecided,
		"error": standing.ErrorAnswered, "exemption": standing.Exempted}
)

// world is a fold beside a naive register, told the same.
type world struct {
	*naive
	fold *stats.Fold
	ids  []standing.CaseID
	now  standing.Instant
}

func newWorld() *world {
	return &world{naive: &naive{map[standing.CaseID]*entry{}, map[standing.ListID]standing.Instant{}, map[standing.ListID]standing.Instant{}},
		fold: stats.New(stats.Config{Now: start, Field: fieldOf, Zone: zone}), now: start}
}

func (w *world) list(list standing.ListID, region string, kind standing.PartyKind) standing.CaseID {
	var id standing.CaseID
	id[0], id[1], id[2] = byte(len(w.ids)>>16), byte(len(w.ids)>>8), byte(len(w.ids)+1)
	id[3] = 1
	w.ids = append(w.ids, id)
	w.entries[id] = &entry{list: list, region: region, kind: kind, end: standing.Forever}
	w.open(id)
	return id
}

// open tells the fold of a listing.
func (w *world) open(id standing.CaseID) {
	e := w.entries[id]
	w.fold.Entry(&standing.Entry{RecordedAt: w.now, Act: &standing.Act{Kind: standing.ListingProposed, Case: id, List: e.list, Region: e.region, Party: e.kind, Occurred: w.now}})
}

func (w *world) effect(id standing.CaseID, from standing.Instant, shown bool) {
	e := w.entries[id]
	e.begin, e.shown = from, shown && from != 0
	row := &store.EffectRow{Listing: id, Party: e.kind, List: e.list, Region: e.region}
	if from != 0 {
		row.Effects = []standing.Effect{{Interval: standing.Interval{From: from, Until: from + day}, WhileShown: shown}, {Interval: standing.Interval{From: from + 2*day, Until: standing.Forever}, WhileShown: shown}}
	}
	w.fold.Effect(row)
}

func (w *world) end(id standing.CaseID, at standing.Instant, why string) {
	e := w.entries[id]
	e.end, e.why = at, why
	w.fold.End(id, at, why)
}

func (w *world) act(id standing.CaseID, what string, at standing.Instant) {
	w.entries[id].events = append(w.entries[id].events, event{what, min(at, w.now)})
	a := &standing.Act{Kind: acting[what], Case: id, Occurred: at, Code: "upheld"}
	if what == "notice" {
		a.Occurred, a.Instants = w.now, standing.Instants{{Name: standing.Served, At: at}}
	}
	w.fold.Entry(&standing.Entry{RecordedAt: w.now, Act: a})
}

func (w *world) repeal(list standing.ListID, at standing.Instant) {
	w.repealed[list] = at
	adopted := []standing.Adoption{{Interval: standing.Interval{From: standing.MinInstant, Until: standing.Forever}}}
	con := &standing.Constitution{Rulebooks: map[string][]standing.Adoption{"xx": adopted, "yy": adopted}, Repealed: map[standing.ListID]standing.Instant{}}
	for l, at := range w.repealed {
		con.Repealed[l] = at
	}
	w.fold.Law(con)
}

func (w *world) snapshot(list standing.ListID, staleAfter standing.Instant) {
	w.stale[list] = staleAfter
	w.fold.Entry(&standing.Entry{RecordedAt: w.now, Act: &standing.Act{Kind: standing.SnapshotImported, List: list, Occurred: w.now},
		Resolution: standing.Resolution{Instants: standing.Instants{{Name: standing.StaleAfter, At: staleAfter}}}})
}

func someInstant(t *rapid.T, around standing.Instant) standing.Instant {
	at := around + standing.Instant(rapid.IntRange(-200, 200).Draw(t, "days"))*day
	if rapid.Bool().Draw(t, "at midnight of the first") {
		return monthBegin(at)
	}
	return at + standing.Instant(rapid.IntRange(0, day-1).Draw(t, "second"))
}

func (w *world) step(t *rapid.T) {
	if len(w.ids) == 0 || rapid.IntRange(0, 4).Draw(t, "new") == 0 {
		list, region, kind := rapid.SampledFrom(lists).Draw(t, "list"), rapid.SampledFrom(regions).Draw(t, "region"), rapid.SampledFrom(kinds).Draw(t, "kind")
		from := someInstant(t, w.now)
		for range rapid.SampledFrom([]int{1, 1, 9, 14}).Draw(t, "alike") {
			w.effect(w.list(list, region, kind), from, rapid.Bool().Draw(t, "shown"))
		}
		return
	}
	id := rapid.SampledFrom(w.ids).Draw(t, "id")
	switch rapid.IntRange(0, 7).Draw(t, "step") {
	case 0:
		w.effect(id, rapid.SampledFrom([]standing.Instant{0, someInstant(t, w.now)}).Draw(t, "from"), rapid.Bool().Draw(t, "shown"))
	case 1:
		at := someInstant(t, w.now)
		for _, id := range w.ids[:rapid.IntRange(0, len(w.ids)).Draw(t, "ended")] {
			w.end(id, at, rapid.SampledFrom(exits).Draw(t, "why"))
		}
	case 2:
		w.end(id, standing.Forever, "")
	case 3:
		what, at := rapid.SampledFrom([]string{"notice", "objection", "upheld", "error", "exemption"}).Draw(t, "what"), someInstant(t, w.now)
		for _, id := range w.ids[rapid.IntRange(0, len(w.ids)-1).Draw(t, "acted on"):] {
			w.act(id, what, at)
		}
	case 4:
		w.repeal(rapid.SampledFrom(lists).Draw(t, "repealed"), someInstant(t, w.now))
	case 5:
		w.snapshot(rapid.SampledFrom(lists).Draw(t, "source"), someInstant(t, w.now))
	default:
		w.now += standing.Instant(rapid.IntRange(0, 40*day).Draw(t, "pass"))
	}
}

func someQuery(t *rapid.T) api.StatisticsQuery {
	month := rapid.SampledFrom([]string{"", "", "2023-12", "2024-01", "2024-02", "2024-03"})
	q := api.StatisticsQuery{By: rapid.SampledFrom([]string{api.ByList, api.ByField, api.ByRegion, api.ByMonth}).Draw(t, "by"),
		List:   rapid.SampledFrom([]standing.ListID{"", "", "xx/a", "yy/c"}).Draw(t, "of list"),
		Field:  rapid.SampledFrom([]string{"", "", "tax", "enforcement"}).Draw(t, "of field"),
		Region: rapid.SampledFrom(append([]string{"", "", "DE"}, regions...)).Draw(t, "of region"), From: month.Draw(t, "from month"), Until: month.Draw(t, "until month")}
	if q.From > "2024-01" {
		q.From = ""
	}
	if q.Until != "" && q.From > q.Until {
		q.From, q.Until = q.Until, q.From
	}
	return q
}

func (w *world) compare(t *rapid.T, q api.StatisticsQuery) {
	got, err := w.fold.Statistics(q, w.now, 7)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	want := w.naive.statistics(q, w.now)
	want.Position = 7
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("%+v at %s (-recounted +folded):\n%s", q, w.now, d)
	}
}

// Whatever happens in whatever order, the fold is what a recount gives.
func TestFoldIsRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.step(t)
			if rapid.IntRange(0, 3).Draw(t, "ask") == 0 {
				w.compare(t, someQuery(t))
			}
		}
		for range 5 {
			w.compare(t, someQuery(t))
		}
	})
}

// What was told in any order, by a register that starts later, counts the same.
func TestRestartIsFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.step(t)
		}
		again := stats.New(stats.Config{Now: w.now, Field: fieldOf, Zone: zone})
		first := w.fold
		w.fold = again
		for _, l := range lists {
			w.snapshot(l, w.stale[l])
		}
		for _, i := range rapid.Permutation(w.ids).Draw(t, "order") {
			e := w.entries[i]
			w.open(i)
			w.effect(i, e.begin, e.shown)
			w.end(i, e.end, e.why)
			events := e.events
			e.events = nil
			for _, a := range events {
				w.act(i, a.what, a.at)
			}
		}
		for l, at := range w.repealed {
			w.repeal(l, at)
		}
		q := someQuery(t)
		want, _ := first.Statistics(q, w.now, 0)
		got, _ := again.Statistics(q, w.now, 0)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%+v (-first +restarted):\n%s", q, d)
		}
	})
}

func TestInvalid(t *testing.T) {
	w := newWorld()
	for field, q := range map[string]api.StatisticsQuery{
		"by":      {By: "colour"},
		"by ":     {},
		"list":    {By: api.ByList, List: "no/such"},
		"list ":   {By: api.ByList, List: "No List"},
		"field":   {By: api.ByList, Field: "<b>"},
		"region":  {By: api.ByList, Region: "cn"},
		"from":    {By: api.ByList, From: "2024-13"},
		"from ":   {By: api.ByList, From: "2024-02"},
		"from  ":  {By: api.ByList, From: "2023-05", Until: "2023-04"},
		"from   ": {By: api.ByList, From: "1899-12"},
		"until":   {By: api.ByList, Until: "2024-1"},
		"until ":  {By: api.ByList, Until: "2200-01"},
	} {
		_, err := w.fold.Statistics(q, w.now, 0)
		if standing.KindOf(err) != standing.Invalid {
			t.Errorf("%+v: %v, want Invalid", q, err)
			continue
		}
		if want := fmt.Sprintf("%.2s", field); fmt.Sprintf("%.2s", err.Error()) != want {
			t.Errorf("%+v: %q does not name %q first", q, err, field)
		}
	}
	if _, err := w.fold.Statistics(api.StatisticsQuery{By: api.ByMonth, From: "2023-05", Until: "2199-12"}, w.now, 0); err != nil {
		t.Errorf("a span that ends in the future: %v, want what there is", err)
	}
}
