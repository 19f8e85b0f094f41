package public_test

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/public"
	"github.com/openstanding/standing/region"
)

const origin = "register.example"

// identifiers of nobody: organisation codes of a block that is not issued.
var codes = []string{"uscc:91371082MA3N5K7A1D", "uscc:91371082MA3N5K7BX5", "uscc:91371082MA3N5K7C85", "uscc:91371082MA3N5K7D60"}

func id(n int) standing.CaseID { return standing.CaseID{14: byte(n >> 8), 15: byte(n)} }

// model is the face as one would write it without thinking of speed.
type model struct {
	records map[standing.CaseID]public.Record
	entries map[standing.CaseID]public.Listing
}

func (m *model) key(who *standing.Identity, otherwise string) string {
	for _, i := range who.Identifiers {
		if strings.HasPrefix(i, "uscc:") {
			return i
		}
	}
	return otherwise
}

type found struct {
	key             string
	kind            standing.PartyKind
	names           []string
	regions         []string
	lists           []standing.ListID
	fields          []string
	entries, record int
	newest          standing.Instant
}

func (m *model) parties(now standing.Instant) map[string]*found {
	out := map[string]*found{}
	at := func(key string) *found {
		if out[key] == nil {
			out[key] = &found{key: key}
		}
		return out[key]
	}
	for _, r := range m.records {
		f := at(m.key(&r.Who, origin+"/party/"+r.Case.String()))
		f.record++
		f.kind = r.Kind
		f.regions = append(f.regions, r.Region)
		f.names = append(f.names, r.Who.Names...)
	}
	for _, e := range m.entries {
		if !e.Shown.Holds(now) {
			continue
		}
		f := at(m.key(&e.Who, public.RulingParty(origin, e.Ruling, e.Addressee)))
		if f.record == 0 {
			f.kind = e.Row.PartyKind
		}
		f.entries++
		f.names = append(f.names, e.Who.Names...)
		f.lists, f.fields = append(f.lists, e.Row.List), append(f.fields, e.Row.Field)
		f.newest = max(f.newest, e.Shown.From)
	}
	return out
}

func (m *model) search(q api.PartyQuery, now standing.Instant) []string {
	var out []string
	parties := m.parties(now)
	for k, f := range parties {
		inside := q.Region == "" || slices.ContainsFunc(f.regions, func(r string) bool { return region.Contains(region.ID(q.Region), region.ID(r)) })
		record := map[string]bool{"": true, api.RecordNone: f.entries == 0, api.RecordOne: f.entries == 1, api.RecordSeveral: f.entries > 1}[q.Record]
		status := map[string]bool{"": true, api.StatusListed: f.entries > 0, api.StatusUnlisted: f.entries == 0}[q.Status]
		if inside && record && status && (q.List == "" || slices.Contains(f.lists, q.List)) && (q.Field == "" || slices.Contains(f.fields, q.Field)) &&
			(q.Kind == "" || f.kind.String() == q.Kind) && (q.Sort != api.SortNewest || f.entries > 0) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

var regions = []string{"CN/37", "CN/37/10", "CN/37/10/82", "CN/44", "GB"}

func drawWho(t *rapid.T) standing.Identity {
	who := standing.Identity{Names: []string{rapid.SampledFrom([]string{"Bluewater Fishing", "Orient Harbour Works", "河北样例建设有限公司", "Zephyr", "bluewater fishing"}).Draw(t, "name")}, Country: "CN"}
	if rapid.Bool().Draw(t, "identified") {
		who.Identifiers = []string{rapid.SampledFrom(codes).Draw(t, "code")}
	}
	return who
}

func drawEntry(t *rapid.T, n int) public.Listing {
	from := standing.Instant(rapid.Int64Range(1, 50).Draw(t, "from"))
	list := rapid.SampledFrom([]standing.ListID{"a/x", "a/y", "b/z"}).Draw(t, "list")
	return public.Listing{Case: id(n), Ruling: id(1000 + n), Addressee: 1, Shown: standing.Interval{From: from, Until: from + standing.Instant(rapid.Int64Range(1, 60).Draw(t, "for"))}, Who: drawWho(t),
		Row: api.ListingRow{ID: origin + "/listing/" + id(n).String(), List: list, Field: list.Rulebook(), PartyKind: standing.Organisation, Region: rapid.SampledFrom(regions).Draw(t, "region"), Authority: "court", RulingKind: "judgment", From: from}}
}

func drawRecord(t *rapid.T, n int) public.Record {
	return public.Record{Case: id(n), Kind: rapid.SampledFrom([]standing.PartyKind{standing.Organisation, standing.PublicBody}).Draw(t, "kind"), Who: drawWho(t), Region: rapid.SampledFrom(regions).Draw(t, "region"), Registry: "registry"}
}

// all goes through every page.
func all(t interface{ Fatalf(string, ...any) }, f *public.Face, q api.PartyQuery, now standing.Instant) (rows []api.PartyRow, count api.Count) {
	for {
		page, err := f.Search(q, now)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		rows, count = append(rows, page.Items...), page.Count
		if page.Next == "" {
			return rows, count
		}
		if len(page.Items) == 0 {
			t.Fatalf("%+v: an empty page has a next one", q)
		}
		q.Cursor = page.Next
	}
}

// TestFaceIsItsParts holds the face against the plain model, whatever came and
// went, and a face loaded at once against one filled bit by bit.
func TestFaceIsItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		face, m := public.New(origin), &model{map[standing.CaseID]public.Record{}, map[standing.CaseID]public.Listing{}}
		kindOf := map[string]standing.PartyKind{} // one kind to an identifier: what a first record says counts
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			n := rapid.IntRange(1, 8).Draw(t, "n")
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0, 1:
				r := drawRecord(t, n)
				k := m.key(&r.Who, r.Case.String())
				if have, ok := kindOf[k]; ok {
					r.Kind = have
				}
				kindOf[k] = r.Kind
				m.records[r.Case] = r
				must(t, face.PutRecord(&r))
			case 2:
				e := drawEntry(t, 100+n)
				if have, ok := kindOf[m.key(&e.Who, e.Case.String())]; ok {
					e.Row.PartyKind = have
				}
				kindOf[m.key(&e.Who, e.Case.String())] = e.Row.PartyKind
				m.entries[e.Case] = e
				must(t, face.PutListing(&e))
			case 3:
				delete(m.records, id(n))
				face.DropRecord(id(n))
			case 4:
				delete(m.entries, id(100+n))
				face.DropListing(id(100 + n))
			}
		}
		now := standing.Instant(rapid.Int64Range(0, 110).Draw(t, "now"))
		if rapid.Bool().Draw(t, "swept") {
			face.Sweep(now)
		}
		loader := public.NewLoader(origin)
		for _, k := range slices.SortedFunc(keys(m.records), compare) {
			r := m.records[k]
			must(t, loader.Record(&r))
		}
		for _, k := range slices.SortedFunc(keys(m.entries), compare) {
			e := m.entries[k]
			must(t, loader.Listing(&e))
		}
		for name, f := range map[string]*public.Face{"filled": face, "loaded": loader.Done()} {
			f.Arrange(now - 30) // what ended since then stands in the orders still, and is not shown
			q := api.PartyQuery{Region: rapid.SampledFrom(append([]string{"", "*", "CN"}, regions...)).Draw(t, "region"), List: rapid.SampledFrom([]standing.ListID{"", "a/x", "b/z"}).Draw(t, "list"),
				Field: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "field"), Status: rapid.SampledFrom([]string{"", "listed", "unlisted"}).Draw(t, "status"),
				Record: rapid.SampledFrom([]string{"", "none", "one", "several"}).Draw(t, "record"), Kind: rapid.SampledFrom([]string{"", "organisation", "public-body"}).Draw(t, "kind"),
				Sort: rapid.SampledFrom([]string{"", "name", "newest"}).Draw(t, "sort"), Limit: rapid.IntRange(1, 5).Draw(t, "limit")}
			rows, count := all(t, f, q, now)
			var got []string
			for _, r := range rows {
				got = append(got, r.Party)
			}
			sorted := slices.Sorted(slices.Values(got))
			if want := m.search(q, now); !slices.Equal(sorted, want) || count.N != len(want) || count.More {
				t.Fatalf("%s, %+v at %d: %v (%d), want %v", name, q, now, got, count.N, want)
			}
			ordered := slices.IsSortedFunc(rows, func(a, b api.PartyRow) int {
				if q.Sort == "newest" && a.Newest != b.Newest {
					return cmp.Compare(b.Newest, a.Newest)
				}
				return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a.Party, b.Party))
			})
			if !ordered {
				t.Fatalf("%s, %+v: not in order: %v", name, q, got)
			}
			exported(t, f, m, now)
		}
	})
}

func first(r api.PartyRow) string { return fold.Text(r.Names[0]) }

// exported holds what goes into bulk data against the model.
func exported(t *rapid.T, f *public.Face, m *model, now standing.Instant) {
	parties, last := m.parties(now), ""
	n := 0
	_, err := f.EachParty(context.Background(), now, func(r *api.PartyRow) error {
		n++
		want := parties[r.Party]
		if want == nil || r.Entries != want.entries || r.Party <= last || r.Newest != want.newest {
			t.Fatalf("exported %+v, want %+v, after %s", r, want, last)
		}
		last = r.Party
		return nil
	})
	must(t, err)
	if n != len(parties) {
		t.Fatalf("%d parties exported, want %d", n, len(parties))
	}
	last, n = "", 0
	_, err = f.EachListing(context.Background(), now, func(r *api.ListingRow) error {
		n++
		if r.ID <= last {
			t.Fatalf("%s after %s", r.ID, last)
		}
		last = r.ID
		return nil
	})
	must(t, err)
	want := 0
	for _, e := range m.entries {
		if e.Shown.Holds(now) {
			want++
		}
	}
	if n != want {
		t.Fatalf("%d entries exported, want %d", n, want)
	}
	day := f.Today(now)
	if day.InForce != want || day.Parties < len(parties) {
		t.Fatalf("today %+v, want %d entries", day, want)
	}
}

func must(t interface{ Fatalf(string, ...any) }, err error) {
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func keys[V any](m map[standing.CaseID]V) func(func(standing.CaseID) bool) {
	return func(yield func(standing.CaseID) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func compare(a, b standing.CaseID) int { return slices.Compare(a[:], b[:]) }

// TestListings pages through entries by every filter and order.
func TestListings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loader, entries := public.NewLoader(origin), map[string]public.Listing{}
		for n := range rapid.IntRange(0, 20).Draw(t, "entries") {
			e := drawEntry(t, n)
			if rapid.Bool().Draw(t, "reported") {
				e.Row.Source = "bank"
			}
			e.Effective = []standing.Interval{{From: e.Shown.From + 5, Until: e.Shown.Until}}
			entries[e.Row.ID] = e
			must(t, loader.Listing(&e))
		}
		f, now := loader.Done(), standing.Instant(rapid.Int64Range(0, 110).Draw(t, "now"))
		q := api.ListingQuery{List: rapid.SampledFrom([]standing.ListID{"", "a/x"}).Draw(t, "list"), Region: rapid.SampledFrom([]string{"", "CN/37"}).Draw(t, "region"), Source: rapid.SampledFrom([]string{"", "-", "bank"}).Draw(t, "source"),
			Sort: rapid.SampledFrom([]string{"", "newest", "ending"}).Draw(t, "sort"), Limit: rapid.IntRange(1, 4).Draw(t, "limit")}
		var got []api.ListingRow
		var count api.Count
		for {
			page, err := f.Listings(q, now)
			must(t, err)
			got, count = append(got, page.Items...), page.Count
			if page.Next == "" {
				break
			}
			q.Cursor = page.Next
		}
		want := 0
		for _, e := range entries {
			if e.Shown.Holds(now) && (q.List == "" || e.Row.List == q.List) && (q.Region == "" || region.Contains("CN/37", region.ID(e.Row.Region))) && (q.Source == "" || (q.Source == "-") == (e.Row.Source == "")) {
				want++
			}
		}
		if len(got) != want || count.N != want {
			t.Fatalf("%+v at %d: %d shown, %d counted, want %d", q, now, len(got), count.N, want)
		}
		for i, r := range got {
			e := entries[r.ID]
			if r.Stayed != (now < e.Shown.From+5) || r.Name != e.Who.Names[0] || r.Party == "" {
				t.Fatalf("shown as %+v, is %+v", r, e)
			}
			if i > 0 && (q.Sort == "ending" && entries[got[i-1].ID].Shown.Until > e.Shown.Until || q.Sort != "ending" && got[i-1].From < r.From) {
				t.Fatalf("%+v: not in order", q)
			}
		}
	})
}

// TestNoPersons: whoever has a natural person's protection never comes in.
func TestNoPersons(t *testing.T) {
	f, l := public.New(origin), public.NewLoader(origin)
	for _, k := range []standing.PartyKind{standing.Person, standing.UnknownParty} {
		r, e := &public.Record{Case: id(1), Kind: k, Who: standing.Identity{Names: []string{"Sample"}}}, &public.Listing{Case: id(2), Row: api.ListingRow{PartyKind: k}}
		for _, err := range []error{f.PutRecord(r), f.PutListing(e), l.Record(r), l.Listing(e)} {
			if standing.KindOf(err) != standing.Internal || err == nil {
				t.Errorf("%s came in: %v", k, err)
			}
		}
	}
	must(t, f.PutRecord(&public.Record{Case: id(3), Kind: standing.Organisation, Who: standing.Identity{Names: []string{"Sample"}, BirthDate: "1900-01-01", Identifiers: []string{"cn-citizen:110000180001010013"}}}))
	f.Arrange(1)
	page, err := f.Search(api.PartyQuery{}, 1)
	must(t, err)
	if text := fmt.Sprintf("%+v", page); len(page.Items) != 1 || strings.Contains(text, "110000") || strings.Contains(text, "1900") {
		t.Errorf("what a person is known by is shown: %s", text)
	}
}

func TestRefusals(t *testing.T) {
	f := public.New(origin)
	for name, q := range map[string]api.PartyQuery{
		"status": {Status: "bad"}, "record": {Record: "worst"}, "kind": {Kind: "person"}, "sort": {Sort: "price"}, "region": {Region: "../etc"}, "limit": {Limit: 101}, "limit below": {Limit: -1},
		"cursor": {Cursor: "x"}, "cursor of another": {Cursor: "eyJzIjoibmV3ZXN0In0"}, "relevance of nothing": {Sort: "relevance"}, "long cursor": {Cursor: strings.Repeat("e", 5000)},
	} {
		if _, err := f.Search(q, 1); standing.KindOf(err) != standing.Invalid || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.Search(api.PartyQuery{Text: strings.Repeat("渔", 201)}, 1); standing.KindOf(err) != standing.TooLarge {
		t.Errorf("a long text: %v", err)
	}
	for name, q := range map[string]api.ListingQuery{"sort": {Sort: "name"}, "region": {Region: "cn"}, "limit": {Limit: 1000}, "cursor": {Cursor: "e30"}} {
		if _, err := f.Listings(q, 1); standing.KindOf(err) != standing.Invalid || err == nil {
			t.Errorf("entries, %s: %v", name, err)
		}
	}
}

// TestCorrections: newest first, replaced by listing, paged.
func TestCorrections(t *testing.T) {
	f := public.New(origin)
	for i := range 25 {
		f.PutCorrections(fmt.Sprint("l", i%20), []api.Correction{{Listing: fmt.Sprint("l", i%20), Position: uint64(i), Cause: "ruling.annulled"}})
	}
	var got []uint64
	cursor := ""
	for {
		page, err := f.Corrections(cursor, 7)
		must(t, err)
		for _, c := range page.Items {
			got = append(got, c.Position)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	want := []uint64{}
	for i := 24; i >= 5; i-- {
		want = append(want, uint64(i))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("corrections %v, want %v", got, want)
	}
	if _, err := f.Corrections("?", 7); standing.KindOf(err) != standing.Invalid {
		t.Errorf("a bad cursor: %v", err)
	}
}
