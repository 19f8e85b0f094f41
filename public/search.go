package public

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/match/find"
	"github.com/openstanding/standing/region"
)

// Search finds parties. With a text it looks up names and identifiers, else it
// goes through all; TooLarge for a text over api.MaxText characters, Invalid for
// a filter that is not one.
func (f *Face) Search(q api.PartyQuery, now standing.Instant) (*api.PartyPage, error) {
	limit, err := bounded(q.Limit)
	if err != nil {
		return nil, err
	}
	q.Text = strings.TrimSpace(q.Text)
	if utf8.RuneCountInString(q.Text) > api.MaxText {
		return nil, standing.Errorf(standing.TooLarge, "q: at most %d characters", api.MaxText)
	}
	if q.Sort == "" {
		q.Sort = map[bool]string{true: api.SortRelevance, false: api.SortName}[q.Text != ""]
	}
	if err := validParties(&q); err != nil {
		return nil, err
	}
	from, err := readCursor(q.Cursor, q.Sort)
	if err != nil {
		return nil, err
	}
	f.Sweep(now)
	f.mu.RLock()
	defer f.mu.RUnlock()
	s := &search{f: f, q: &q, now: now, limit: limit, page: &api.PartyPage{Items: []api.PartyRow{}, Position: f.position, Behind: f.behind()}}
	switch {
	case q.Sort == api.SortRelevance:
		s.relevant(from)
	case q.Sort == api.SortNewest:
		s.newest(from)
	case q.Text != "":
		s.walk(s.byRank(s.matched()), from)
	default:
		s.walk(s.ordered(), from)
	}
	return s.page, nil
}

func validParties(q *api.PartyQuery) error {
	for _, v := range []struct {
		name, value string
		of          []string
	}{
		{"status", q.Status, []string{"", api.StatusListed, api.StatusUnlisted}},
		{"record", q.Record, []string{"", api.RecordNone, api.RecordOne, api.RecordSeveral}},
		{"kind", q.Kind, []string{"", standing.Organisation.String(), standing.PublicBody.String()}},
		{"sort", q.Sort, []string{api.SortRelevance, api.SortName, api.SortNewest}},
	} {
		if !slices.Contains(v.of, v.value) {
			return standing.Errorf(standing.Invalid, "%s: %.40q is not one of %s", v.name, v.value, strings.Trim(strings.Join(v.of, ", "), ", "))
		}
	}
	if q.Sort == api.SortRelevance && q.Text == "" {
		return standing.Errorf(standing.Invalid, "sort: by relevance needs a text")
	}
	return validRegion(q.Region)
}

func validRegion(r string) error {
	if r == "" {
		return nil
	}
	if _, err := region.Parse(r); err != nil {
		return standing.Errorf(standing.Invalid, "region: %v", err)
	}
	return nil
}

// search is one question under way.
type search struct {
	f     *Face
	q     *api.PartyQuery
	now   standing.Instant
	limit int
	page  *api.PartyPage
}

// keep reports whether a party passes the filters.
func (s *search) keep(i uint32) bool {
	p, q := &s.f.parties[i], s.q
	if q.Region != "" && !p.within(region.ID(q.Region)) {
		return false
	}
	n, onList, inField := 0, q.List == "", q.Field == ""
	for _, e := range p.entries {
		if e.shown.Holds(s.now) {
			n++
			onList, inField = onList || e.row.List == q.List, inField || e.row.Field == q.Field
		}
	}
	if n == 0 && len(p.facts) == 0 || !onList || !inField {
		return false // nothing of it is public any more, or not what was asked for
	}
	if q.Kind != "" && p.kind().String() != q.Kind {
		return false
	}
	switch {
	case q.Status == api.StatusListed && n == 0, q.Status == api.StatusUnlisted && n > 0:
		return false
	case q.Sort == api.SortNewest && n == 0:
		return false
	}
	switch q.Record {
	case api.RecordNone:
		return n == 0
	case api.RecordOne:
		return n == 1
	case api.RecordSeveral:
		return n > 1
	}
	return true
}

// relevant takes the order of the index.
func (s *search) relevant(from cursor) {
	few, _ := s.few()
	found := s.f.index.Search(find.Query{Text: s.q.Text, Keep: s.keep, Among: few, Offset: from.Skip, Limit: s.limit, MaxCount: api.MaxCount})
	s.page.Count = api.Count{N: found.Count, More: found.More}
	for _, h := range found.Hits {
		row := s.f.row(h.Doc, s.now)
		show(&row, s.q.Text, h.Text)
		s.page.Items = append(s.page.Items, row)
	}
	if next := from.Skip + len(found.Hits); len(found.Hits) == s.limit && (next < found.Count || found.More && next < api.MaxCount) {
		s.page.Next = cursor{Sort: s.q.Sort, Skip: next}.String()
	}
}

// matched are up to api.MaxCount parties that meet the text and the filters.
func (s *search) matched() []uint32 {
	few, _ := s.few()
	found := s.f.index.Search(find.Query{Text: s.q.Text, Keep: s.keep, Among: few, Limit: api.MaxCount, MaxCount: api.MaxCount})
	s.page.Count.More = found.More
	out := make([]uint32, len(found.Hits))
	for i := range found.Hits {
		out[i] = found.Hits[i].Doc
	}
	return out
}

// few are the parties among which all results are, if they are few.
func (s *search) few() ([]uint32, bool) {
	if needsListing(s.q) {
		return s.f.listed, true
	}
	if s.q.Region != "" {
		return s.f.below(region.ID(s.q.Region))
	}
	return nil, false
}

// ordered are parties by name, all results among them.
func (s *search) ordered() []uint32 {
	if needsListing(s.q) {
		return s.f.listed
	}
	if few, ok := s.few(); ok {
		return s.byRank(few)
	}
	return s.f.order
}

func (s *search) byRank(some []uint32) []uint32 {
	slices.SortFunc(some, func(a, b uint32) int { return cmp.Or(cmp.Compare(s.f.rankOf(a), s.f.rankOf(b)), s.f.byName(a, b)) })
	return some
}

// walk shows a page of parties that stand in the order of names, and counts
// those that pass.
func (s *search) walk(ordered []uint32, from cursor) {
	at := 0
	if s.q.Cursor != "" {
		at, _ = slices.BinarySearchFunc(ordered, from, func(i uint32, c cursor) int {
			p := &s.f.parties[i]
			if cmp.Or(cmp.Compare(p.sort, c.Name), cmp.Compare(p.key, c.Key)) > 0 {
				return 1
			}
			return -1
		})
	}
	var last *party
	for ; at < len(ordered); at++ {
		i := ordered[at]
		if !s.keep(i) {
			continue
		}
		if len(s.page.Items) == s.limit {
			s.page.Next = cursor{Sort: s.q.Sort, Name: last.sort, Key: last.key}.String()
			break
		}
		s.page.Items = append(s.page.Items, s.f.row(i, s.now))
		last = &s.f.parties[i]
	}
	var t tally
	for _, i := range ordered {
		if s.keep(i) && t.more() {
			break
		}
	}
	s.page.Count = api.Count{N: t.N, More: t.More || s.page.Count.More}
}

// newest shows the parties with the latest entries first.
func (s *search) newest(from cursor) {
	last, given, err := standing.CaseID{}, s.q.Cursor != "", error(nil)
	if given {
		if last, err = standing.ParseCaseID(from.Key); err != nil {
			given = false
		}
	}
	pass := s.keep
	if s.q.Text != "" {
		among := map[uint32]bool{}
		for _, i := range s.matched() {
			among[i] = true
		}
		pass = func(i uint32) bool { return among[i] }
	}
	point := &listing{id: last, shown: standing.Interval{From: standing.Instant(from.At)}}
	seen := make([]uint64, len(s.f.parties)/64+1)
	var t tally
	var shown *listing
	for _, e := range s.f.newest {
		i := e.party
		if !e.shown.Holds(s.now) || seen[i/64]&(1<<(i%64)) != 0 {
			continue
		}
		seen[i/64] |= 1 << (i % 64)
		if !pass(i) {
			continue
		}
		if t.more() && s.page.Next != "" {
			break
		}
		switch {
		case given && byNewest(e, point) <= 0:
		case len(s.page.Items) < s.limit:
			s.page.Items, shown = append(s.page.Items, s.f.row(i, s.now)), e
		case s.page.Next == "":
			s.page.Next = listingCursor(s.q.Sort, shown).String()
		}
	}
	s.page.Count = api.Count{N: t.N, More: t.More || s.page.Count.More}
}

// needsListing reports whether only parties with a listing can pass.
func needsListing(q *api.PartyQuery) bool {
	return q.List != "" || q.Field != "" || q.Status == api.StatusListed || q.Record == api.RecordOne || q.Record == api.RecordSeveral
}

// newest is the latest beginning of a listing that is shown; 0: there is none.
func (p *party) newest(now standing.Instant) (at standing.Instant) {
	for _, e := range p.entries {
		if e.shown.Holds(now) {
			at = max(at, e.shown.From)
		}
	}
	return at
}

func (p *party) kind() standing.PartyKind {
	if len(p.facts) > 0 {
		return p.facts[0].kind
	}
	return p.entries[0].row.PartyKind
}

// show puts the name that met a text first and marks what met it. What is beyond
// the names is an identifier.
func show(row *api.PartyRow, text string, met int) {
	if met < len(row.Names) {
		name := row.Names[met]
		copy(row.Names[1:met+1], row.Names[:met])
		row.Names[0] = name
	}
	if len(row.Names) > 0 {
		for _, x := range find.Spans(text, row.Names[0]) {
			row.Matched = append(row.Matched, api.Span{From: x.From, To: x.To})
		}
	}
}

// row is a party as a page shows it.
func (f *Face) row(i uint32, now standing.Instant) api.PartyRow {
	p := &f.parties[i]
	out := api.PartyRow{Party: p.key, Kind: p.kind()}
	take := func(who identity) {
		country, address, names, identifiers := who.open()
		out.Names, out.Identifiers = union(out.Names, names), union(out.Identifiers, identifiers)
		out.Country, out.Address = cmp.Or(out.Country, country), cmp.Or(out.Address, address)
	}
	for j := range p.facts {
		x := &p.facts[j]
		take(x.who)
		if out.Region == "" {
			out.Region, out.Registry = x.region, x.registry
		}
	}
	for _, e := range p.entries {
		if !e.shown.Holds(now) {
			continue
		}
		take(e.who)
		out.Entries++
		if !slices.Contains(out.Lists, e.row.List) {
			out.Lists = append(out.Lists, e.row.List)
		}
		out.Newest = max(out.Newest, e.shown.From)
	}
	slices.Sort(out.Lists)
	return out
}

// EachParty hands out every public party in the order of Party. It holds the
// face for a thousand at a time.
func (f *Face) EachParty(ctx context.Context, now standing.Instant, fn func(*api.PartyRow) error) (uint64, error) {
	f.mu.RLock()
	keys := make([]string, 0, len(f.byKey))
	for k := range f.byKey {
		keys = append(keys, k)
	}
	position := f.position
	f.mu.RUnlock()
	slices.Sort(keys)
	rows := make([]api.PartyRow, 0, 1000)
	for chunk := range slices.Chunk(keys, 1000) {
		if err := ctx.Err(); err != nil {
			return 0, standing.Errorf(standing.Unavailable, "parties: %v", err)
		}
		rows = rows[:0]
		f.mu.RLock()
		s := &search{f: f, q: &api.PartyQuery{}, now: now}
		for _, k := range chunk {
			if i, ok := f.byKey[k]; ok && s.keep(i) {
				rows = append(rows, f.row(i, now))
			}
		}
		f.mu.RUnlock()
		for i := range rows {
			if err := fn(&rows[i]); err != nil {
				return 0, err
			}
		}
	}
	return position, nil
}
