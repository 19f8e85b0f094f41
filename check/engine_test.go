package check_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/store"
)

const hour = 3600

var (
	lists      = []standing.ListID{defaulters, "cn-courts/consumption-restriction", city, worldBank, ebrd, denied}
	regions    = []string{"", "*", "CN", "CN/37", "CN/37/10/82", "CN/44", "US"}
	activities = []string{"air-travel.first", "golf.play", "honour.receive", "project-finance.mdb", "post.civil-service", "export.us-origin"}
	askedIn    = []region.ID{"", "CN", "CN/37", "CN/37/10/82", "CN/44", "US"}
	texts      = []string{firm, "uscc:91350211M000100Y46", "name:sample", "cn-citizen:11000018000101003X"}
)

// state is a listing as some acts have left it.
type state struct {
	row     store.EffectRow
	listing *standing.Listing
	ruling  *standing.Ruling
}

func instant(t *rapid.T, label string) standing.Instant {
	return day("2024-01-01") + standing.Instant(rapid.IntRange(0, 100).Draw(t, label))*hour
}

func interval(t *rapid.T, label string) standing.Interval {
	from := instant(t, label+" from")
	until := from + standing.Instant(rapid.IntRange(0, 40).Draw(t, label+" hours"))*hour
	if rapid.IntRange(0, 4).Draw(t, label+" open") == 0 {
		until = standing.Forever
	}
	return standing.Interval{From: from, Until: until}
}

// someState draws a listing with its stays, exemptions and end, and its row.
func someState(t *rapid.T, tb testing.TB, n int) state {
	list := rapid.SampledFrom(lists).Draw(t, "list")
	l := &standing.Listing{List: list, Rulebook: digest(tb, list), Ground: "ground", Region: rapid.SampledFrom(regions).Draw(t, "region"), Addressee: 1,
		Party: rapid.SampledFrom([]standing.PartyKind{standing.Organisation, standing.Person, standing.UnknownParty}).Draw(t, "party")}
	if rapid.IntRange(0, 9).Draw(t, "confirmed") > 0 {
		l.Confirmed = &standing.Confirmation{From: instant(t, "confirmed from")}
		if rapid.Bool().Draw(t, "term") {
			l.Confirmed.TermEnd = instant(t, "term end")
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "stays") {
		l.Stays = append(l.Stays, standing.Stay{Interval: interval(t, "stay")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "exemptions") {
		x := standing.Exemption{Interval: interval(t, "exemption"), Activities: []string{rapid.SampledFrom([]string{"air-travel", "golf.play", "honour"}).Draw(t, "exempted")}}
		l.Exemptions = append(l.Exemptions, x)
	}
	if rapid.Bool().Draw(t, "ended") {
		l.Ended = &standing.Ended{At: instant(t, "ended at"), Event: "corrected"}
	}
	r := &standing.Ruling{}
	if rapid.IntRange(0, 9).Draw(t, "annulled") == 0 {
		r.AnnulledAt = instant(t, "annulled at")
	}
	id := standing.CaseID{15: byte(n + 1)}
	s := state{listing: l, ruling: r, row: store.EffectRow{Listing: id, Ruling: standing.CaseID{0: 1, 15: byte(n + 1)}, Addressee: 1, Party: l.Party, List: list,
		Region: l.Region, Ground: l.Ground, Rulebook: l.Rulebook}}
	if list.Rulebook() == "mdb-debarment" || list == denied {
		l.Indefinite = rapid.Bool().Draw(t, "indefinite")
		l.Reported = &standing.Provenance{Source: "source"}
		s.row.Source = "source"
	}
	s.row.Effects = standing.Effects(id, l, r)
	for _, text := range texts {
		if rapid.Bool().Draw(t, text) {
			s.row.Keys = append(s.row.Keys, keyOf(hasher(), text))
		}
	}
	return s
}

// folded are the spans of whoever bears a key, from the listings themselves.
func folded(states []state, key store.Key) []check.Hit {
	var out []check.Hit
	for i := range states {
		s := &states[i]
		if !slices.Contains(s.row.Keys, key) {
			continue
		}
		for _, f := range standing.Effects(s.row.Listing, s.listing, s.ruling) {
			rule := check.RuleOf(&s.row, f.WhileShown)
			out = append(out, check.Hit{Interval: f.Interval, Rule: &rule, Listing: s.row.Listing, Ruling: s.row.Ruling, Exempted: f.Exempted})
		}
	}
	return out
}

// show prints a decision in an order of its own.
func show(d check.Decision) string {
	slices.SortFunc(d.Hits, func(a, b check.Hit) int {
		return cmp.Or(slices.Compare(a.Listing[:], b.Listing[:]), cmp.Compare(a.From, b.From))
	})
	var out strings.Builder
	fmt.Fprintln(&out, names(d.Verdict))
	for _, h := range d.Hits {
		fmt.Fprintf(&out, "%s %s-%s %+v %v", h.Listing, h.From, h.Until, *h.Rule, h.Exempted)
		for _, m := range h.Measures {
			fmt.Fprint(&out, " ", m.ID)
		}
		fmt.Fprintln(&out)
	}
	for _, g := range d.Gaps {
		fmt.Fprintf(&out, "%+v\n", g)
	}
	return out.String()
}

// TestIndexIsFoldAtNow: whatever was loaded and applied, in whatever order, the
// engine answers as the listings do when each is asked itself.
func TestIndexIsFoldAtNow(t *testing.T) {
	names := []string{"cn-courts", "cn-sectors", "mdb-debarment", "us-dpl"}
	rapid.Check(t, func(rt *rapid.T) {
		con := adopted(t, names...)
		if rapid.Bool().Draw(rt, "repeal") {
			con.Repealed[rapid.SampledFrom(lists).Draw(rt, "repealed")] = instant(rt, "repealed at")
		}
		law := check.NewLaw(con, books(t))
		sources := check.Sources{}
		for _, l := range []standing.ListID{worldBank, ebrd, denied} {
			if rapid.Bool().Draw(rt, "read") {
				sources[string(l)] = instant(rt, "stale after")
			}
		}
		var states []state
		now := instant(rt, "now")
		loader := check.NewLoader(hasher(), law, sources, now)
		for n := range rapid.IntRange(0, 6).Draw(rt, "listings") {
			s := someState(rt, t, n)
			states = append(states, s)
			if err := loader.Add(&s.row); err != nil {
				rt.Fatal(err)
			}
		}
		e := loader.Done(uint64(len(states)))
		agree := func() {
			for range 12 {
				text, act, where := rapid.SampledFrom(texts).Draw(rt, "asked"), rapid.SampledFrom(activities).Draw(rt, "activity"), rapid.SampledFrom(askedIn).Draw(rt, "where")
				at := now + standing.Instant(rapid.IntRange(0, 6).Draw(rt, "later"))*hour
				got, err := e.CheckText(text, act, where, at)
				if err != nil {
					rt.Fatal(err)
				}
				scheme, _, _ := strings.Cut(text, ":")
				want := cover(t, law, act, where).Decide(scheme, folded(states, keyOf(hasher(), text)), at, sources)
				if g, w := show(got), show(want); g != w {
					rt.Fatalf("%s, %s in %q at %s:\nthe engine says %s\nthe fold says %s", text, act, where, at, g, w)
				}
			}
		}
		agree()
		for range rapid.IntRange(0, 4).Draw(rt, "batches") {
			var rows []store.EffectRow
			for range rapid.IntRange(1, 3).Draw(rt, "rows") {
				n := rapid.IntRange(0, len(states)).Draw(rt, "listing")
				s := someState(rt, t, n)
				if slices.ContainsFunc(rows, func(r store.EffectRow) bool { return r.Listing == s.row.Listing }) {
					continue
				}
				if n == len(states) {
					states = append(states, s)
				}
				states[n] = s
				rows = append(rows, s.row)
			}
			now += standing.Instant(rapid.IntRange(0, 5).Draw(rt, "passes")) * hour
			more := check.Sources{}
			if rapid.Bool().Draw(rt, "snapshot") {
				more[string(denied)] = instant(rt, "fresh until")
			}
			for k, v := range more {
				sources[k] = v
			}
			e.Apply(e.Size()+1, rows, nil, more, now)
			agree()
		}
	})
}

// TestSnapshotRefreshes: what is remembered of the absent is forgotten when a
// source is read again.
func TestSnapshotRefreshes(t *testing.T) {
	law := lawOf(t, "us-dpl")
	e := engine(t, law, check.Sources{string(denied): day("2024-05-01")}, "2024-02-01")
	for _, want := range []check.Verdict{check.Unknown, check.Clear} {
		d, err := e.CheckText("name:sample", "export.us-origin", "", day("2024-06-01"))
		if err != nil || d.Verdict != want {
			t.Fatalf("%s, %v; want %s", names(d.Verdict), err, names(want))
		}
		e.Apply(1, nil, nil, check.Sources{string(denied): day("2024-07-01")}, day("2024-06-01"))
	}
}
