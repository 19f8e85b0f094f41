package check_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
)

const (
	defaulters = standing.ListID("cn-courts/judgment-defaulters")
	city       = standing.ListID("cn-sectors/rongcheng-supplementary")
	worldBank  = standing.ListID("mdb-debarment/world-bank")
	ebrd       = standing.ListID("mdb-debarment/ebrd")
	denied     = standing.ListID("us-dpl/denied-persons")
)

// shipped are compiled once: that takes longer than most tests.
var shipped = sync.OnceValues(func() (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	for _, name := range []string{"cn-courts", "cn-sectors", "mdb-debarment", "us-dpl"} {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...), nil
})

func books(t testing.TB) *rulebook.Set {
	t.Helper()
	s, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func day(s string) standing.Instant {
	i, err := standing.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

// adopted is a constitution that has adopted the named rulebooks in 2024.
func adopted(t testing.TB, names ...string) *standing.Constitution {
	t.Helper()
	c := &standing.Constitution{Register: "register.example", Rulebooks: map[string][]standing.Adoption{}, Repealed: map[standing.ListID]standing.Instant{}}
	for _, name := range names {
		b, ok := books(t).Named(name, "")
		if !ok {
			t.Fatalf("no rulebook %s", name)
		}
		c.Rulebooks[name] = []standing.Adoption{{Digest: b.Digest, Interval: standing.Interval{From: day("2024-01-02"), Until: standing.Forever}}}
	}
	return c
}

func lawOf(t testing.TB, names ...string) *check.Law {
	t.Helper()
	return check.NewLaw(adopted(t, names...), books(t))
}

func cover(t testing.TB, l *check.Law, activity string, where region.ID) *check.Cover {
	t.Helper()
	c, err := l.Cover(activity, where)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func digest(t testing.TB, list standing.ListID) standing.Digest {
	t.Helper()
	b, ok := books(t).Named(list.Rulebook(), "")
	if !ok {
		t.Fatalf("no rulebook of %s", list)
	}
	return b.Digest
}

const firm = "uscc:91110105MA0000007L"

func hasher() *index.Hasher { return index.NewHasher([32]byte{1}) }

func keyOf(h *index.Hasher, text string) store.Key {
	scheme, value, _ := strings.Cut(text, ":")
	var k index.Key
	h.Key(&k, scheme, value)
	return store.Key(k)
}

// row is an effect of one listing on the firm.
func row(t testing.TB, n byte, list standing.ListID, where string, effects ...standing.Effect) store.EffectRow {
	t.Helper()
	return store.EffectRow{Listing: standing.CaseID{15: n}, Ruling: standing.CaseID{0: 1, 15: n}, Addressee: 1, Party: standing.Organisation, List: list, Region: where,
		Ground: "ground", Rulebook: digest(t, list), Effects: effects, Keys: []store.Key{keyOf(hasher(), firm)}}
}

func span(from, until string) standing.Effect {
	e := standing.Effect{Interval: standing.Interval{From: day(from), Until: standing.Forever}}
	if until != "" {
		e.Until = day(until)
	}
	return e
}

func engine(t testing.TB, law *check.Law, sources check.Sources, now string, rows ...store.EffectRow) *check.Engine {
	t.Helper()
	l := check.NewLoader(hasher(), law, sources, day(now))
	for i := range rows {
		if err := l.Add(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	return l.Done(uint64(len(rows)))
}

func parse(t testing.TB, text string) ident.Identifier {
	t.Helper()
	id, err := ident.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func ask(t testing.TB, e *check.Engine, text, activity string, where region.ID, at string) check.Decision {
	t.Helper()
	d, err := e.Check(parse(t, text), activity, where, day(at))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func names(v check.Verdict) string {
	return [...]string{"none", "clear", "restricted", "unknown", "not covered"}[v]
}

// TestVerdicts has one row for each way to one of the four verdicts.
func TestVerdicts(t *testing.T) {
	law := lawOf(t, "cn-courts", "mdb-debarment", "cn-sectors")
	fresh := check.Sources{string(ebrd): day("2025-06-01")}
	exempt := span("2024-02-01", "2024-03-01")
	exempt.Exempted = []string{"air-travel"}
	shown := span("2024-02-01", "")
	shown.WhileShown = true
	court := row(t, 1, defaulters, "CN", span("2024-02-01", "2024-06-01"))
	excused := row(t, 2, defaulters, "CN", exempt)
	local := row(t, 3, city, "CN/37/10/82", span("2024-02-01", ""))
	reported := row(t, 4, ebrd, "*", shown)
	reported.Source = "ebrd"
	body := court
	body.Party = standing.Person // and the firm's number
	for _, c := range []struct {
		name, activity string
		where          region.ID
		at             string
		rows           []store.EffectRow
		want           check.Verdict
	}{
		{"no entry", "air-travel.first", "CN", "2024-03-01", nil, check.Clear},
		{"listed", "air-travel.first", "CN", "2024-03-01", []store.EffectRow{court}, check.Restricted},
		{"before it began", "air-travel.first", "CN", "2024-01-31", []store.EffectRow{court}, check.Clear},
		{"from its first second", "air-travel.first", "CN", "2024-02-01", []store.EffectRow{court}, check.Restricted},
		{"half-open", "air-travel.first", "CN", "2024-06-01", []store.EffectRow{court}, check.Clear},
		{"in a province", "air-travel.first", "CN/37", "2024-03-01", []store.EffectRow{court}, check.Restricted},
		{"abroad", "air-travel.first", "US", "2024-03-01", []store.EffectRow{court}, check.NotCovered},
		{"anywhere", "air-travel.first", "", "2024-03-01", []store.EffectRow{court}, check.Restricted},
		{"exempted", "air-travel.first", "CN", "2024-02-15", []store.EffectRow{excused}, check.Clear},
		{"exempted from something else", "golf.play", "CN", "2024-02-15", []store.EffectRow{excused}, check.Restricted},
		{"in the city", "honour.receive", "CN/37/10/82", "2024-03-01", []store.EffectRow{local}, check.Restricted},
		{"in the next city", "honour.receive", "CN/37/10/81", "2024-03-01", []store.EffectRow{local}, check.Clear},
		{"somewhere in the city's province", "honour.receive", "CN/37", "2024-03-01", []store.EffectRow{local}, check.Restricted},
		{"a list that cannot be asked by number", "project-finance.mdb", "", "2024-03-01", nil, check.Unknown},
		{"while it is shown", "project-finance.mdb", "", "2024-03-01", []store.EffectRow{reported}, check.Restricted},
		{"no longer shown", "project-finance.mdb", "", "2025-06-01", []store.EffectRow{reported}, check.Unknown},
		{"before the rulebook was adopted", "air-travel.first", "CN", "2023-12-31", nil, check.NotCovered},
		{"nobody restricts it", "export.us-origin", "", "2024-03-01", nil, check.NotCovered},
		{"a person's measure met by a person", "post.civil-service", "CN", "2024-03-01", []store.EffectRow{body}, check.Restricted},
		{"a person's measure does not meet a firm", "post.civil-service", "CN", "2024-03-01", []store.EffectRow{court}, check.Clear},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := engine(t, law, fresh, "2023-01-01", c.rows...)
			d := ask(t, e, firm, c.activity, c.where, c.at)
			if d.Verdict != c.want {
				t.Fatalf("%s, want %s; hits %+v, gaps %+v", names(d.Verdict), names(c.want), d.Hits, d.Gaps)
			}
			if (len(d.Hits) > 0) != (c.want == check.Restricted) || (len(d.Gaps) > 0) != (c.want == check.Unknown) {
				t.Fatalf("%s with hits %+v and gaps %+v", names(d.Verdict), d.Hits, d.Gaps)
			}
			for _, h := range d.Hits {
				if len(h.Measures) == 0 {
					t.Fatalf("hit without a measure: %+v", h)
				}
			}
		})
	}
}

// TestClearOnlyWhenComplete: one list that cannot vouch spoils the certificate.
func TestClearOnlyWhenComplete(t *testing.T) {
	law := lawOf(t, "us-dpl")
	fresh := check.Sources{string(denied): day("2025-01-01")}
	for _, c := range []struct {
		name, scheme, at string
		fresh            check.Sources
		want             check.Verdict
		why              string
	}{
		{"complete and fresh", "name", "2024-06-01", fresh, check.Clear, ""},
		{"another scheme", "uscc", "2024-06-01", fresh, check.Unknown, "not complete for uscc"},
		{"stale", "name", "2025-01-01", fresh, check.Unknown, "no fresh snapshot"},
		{"never read", "name", "2024-06-01", nil, check.Unknown, "no fresh snapshot"},
		{"before it was complete", "name", "2022-01-01", fresh, check.Unknown, "only since"},
	} {
		d := cover(t, law, "export.us-origin", "").Decide(c.scheme, nil, day(c.at), c.fresh)
		if d.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, names(d.Verdict), names(c.want))
			continue
		}
		if c.want == check.Clear {
			continue
		}
		if len(d.Gaps) != 1 || d.Gaps[0].List != denied || !strings.Contains(d.Gaps[0].Why, c.why) || !slices.Contains(d.Gaps[0].AskBy, "name") {
			t.Errorf("%s: gaps %+v, want one of %s because %q", c.name, d.Gaps, denied, c.why)
		}
	}
}

// TestRepealed: one act ends a list for the restricted and for the question.
func TestRepealed(t *testing.T) {
	c := adopted(t, "cn-courts")
	c.Repealed[defaulters] = day("2024-05-01")
	c.Repealed["cn-courts/consumption-restriction"] = day("2024-07-01")
	e := engine(t, check.NewLaw(c, books(t)), nil, "2024-01-02", row(t, 1, defaulters, "CN", span("2024-02-01", "")))
	for at, want := range map[string]check.Verdict{"2024-04-30": check.Restricted, "2024-05-01": check.Clear, "2024-07-01": check.NotCovered} {
		if d := ask(t, e, firm, "air-travel.first", "CN", at); d.Verdict != want {
			t.Errorf("at %s: %s, want %s", at, names(d.Verdict), names(want))
		}
	}
}

func TestCoverRefuses(t *testing.T) {
	law := lawOf(t, "cn-courts")
	for _, c := range []struct {
		activity string
		where    region.ID
		want     string
	}{
		{"air-travel", "CN", "branch"},
		{"air-travel.orbital", "CN", "air-travel.orbital"},
		{"", "CN", ""},
		{"air-travel.first", "china", "china"},
	} {
		_, err := law.Cover(c.activity, c.where)
		if standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q in %q: %v, want invalid with %q", c.activity, c.where, err, c.want)
		}
	}
	con := adopted(t, "cn-courts")
	con.Rulebooks["cn-courts"][0].Digest = standing.Digest{1}
	if _, err := check.NewLaw(con, books(t)).Cover("air-travel.first", "CN"); standing.KindOf(err) != standing.Unavailable {
		t.Errorf("without the rulebook's text: %v, want unavailable", err)
	}
}

// TestClearAllocatesNothing, as the hot path promises.
func TestClearAllocatesNothing(t *testing.T) {
	e := engine(t, lawOf(t, "cn-courts"), nil, "2024-01-02", row(t, 1, defaulters, "CN", span("2024-02-01", "")))
	id, at := parse(t, "uscc:91350211M000100Y46"), day("2024-03-01")
	n := testing.AllocsPerRun(1000, func() {
		if d, err := e.Check(id, "air-travel.first", "CN", at); err != nil || d.Verdict != check.Clear {
			t.Fatalf("%+v, %v", d, err)
		}
	})
	if n != 0 {
		t.Fatalf("%v allocations for clear, want none", n)
	}
	room, listed := make([]check.Hit, 0, 8), parse(t, firm)
	c := cover(t, e.Law(), "air-travel.first", "CN")
	if n := testing.AllocsPerRun(1000, func() { e.CheckInto(c, listed, at, room) }); n != 0 {
		t.Errorf("%v allocations for restricted with room, want none", n)
	}
}
