package public

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// Listings shows entries in force; Invalid for a filter that is not one.
func (f *Face) Listings(q api.ListingQuery, now standing.Instant) (*api.ListingPage, error) {
	limit, err := bounded(q.Limit)
	if err != nil {
		return nil, err
	}
	q.Sort = cmp.Or(q.Sort, api.SortNewest)
	if q.Sort != api.SortNewest && q.Sort != api.SortEnding {
		return nil, standing.Errorf(standing.Invalid, "sort: %.40q is not one of %s, %s", q.Sort, api.SortNewest, api.SortEnding)
	}
	if err := validRegion(q.Region); err != nil {
		return nil, err
	}
	from, err := readCursor(q.Cursor, q.Sort)
	if err != nil {
		return nil, err
	}
	last, err := lastListing(from, q.Cursor != "")
	if err != nil {
		return nil, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	all, order := f.newest, byNewest
	if q.Sort == api.SortEnding {
		all, order = f.ending, byEnding
	}
	page := &api.ListingPage{Items: []api.ListingRow{}, Position: f.position, Behind: f.behind()}
	var t tally
	var shown *listing
	for _, e := range all {
		if !e.shown.Holds(now) || !keepListing(&q, e) {
			continue
		}
		if t.more() && page.Next != "" {
			break
		}
		switch {
		case last != nil && order(e, last) <= 0:
		case len(page.Items) < limit:
			page.Items, shown = append(page.Items, f.listingRow(e, now)), e
		case page.Next == "":
			page.Next = listingCursor(q.Sort, shown).String()
		}
	}
	page.Count = t.Count
	return page, nil
}

// lastListing is a listing that stands where the cursor points.
func lastListing(c cursor, given bool) (*listing, error) {
	if !given {
		return nil, nil
	}
	id, err := standing.ParseCaseID(c.Key)
	if err != nil {
		return nil, &standing.Error{Kind: standing.Invalid, What: "cursor: it is not one that a page of this question gave out", Do: "begin with the first page"}
	}
	at := standing.Instant(c.At)
	return &listing{id: id, shown: standing.Interval{From: at, Until: at}}, nil
}

func listingCursor(sort string, e *listing) cursor {
	at := e.shown.From
	if sort == api.SortEnding {
		at = e.shown.Until
	}
	return cursor{Sort: sort, Key: e.id.String(), At: int64(at)}
}

func keepListing(q *api.ListingQuery, e *listing) bool {
	r := &e.row
	switch {
	case q.List != "" && r.List != q.List, q.Field != "" && r.Field != q.Field, q.Authority != "" && r.Authority != q.Authority, q.Ruling != "" && r.RulingKind != q.Ruling:
		return false
	case q.Source == "-" && r.Source != "", q.Source != "" && q.Source != "-" && r.Source != q.Source:
		return false
	}
	return q.Region == "" || region.Contains(region.ID(q.Region), region.ID(r.Region))
}

// listingRow fills in who it is.
func (f *Face) listingRow(e *listing, now standing.Instant) api.ListingRow {
	row := e.row
	row.Party = f.parties[e.party].key
	row.Stayed = !slices.ContainsFunc(e.spans, func(i standing.Interval) bool { return i.Holds(now) })
	if _, _, names, _ := e.who.open(); len(names) > 0 {
		row.Name = names[0]
	}
	return row
}

// EachListing hands out every listing in force in the order of its id.
func (f *Face) EachListing(ctx context.Context, now standing.Instant, fn func(*api.ListingRow) error) (uint64, error) {
	f.mu.RLock()
	ids := make([]standing.CaseID, 0, len(f.entries))
	for id := range f.entries {
		ids = append(ids, id)
	}
	position := f.position
	f.mu.RUnlock()
	slices.SortFunc(ids, func(a, b standing.CaseID) int { return strings.Compare(a.String(), b.String()) })
	rows := make([]api.ListingRow, 0, 1000)
	for chunk := range slices.Chunk(ids, 1000) {
		if err := ctx.Err(); err != nil {
			return 0, standing.Errorf(standing.Unavailable, "entries: %v", err)
		}
		rows = rows[:0]
		f.mu.RLock()
		for _, id := range chunk {
			if e := f.entries[id]; e != nil && e.shown.Holds(now) {
				rows = append(rows, f.listingRow(e, now))
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

// Today is the register at a glance; the number of lists is the caller's to add.
func (f *Face) Today(now standing.Instant) *api.Day {
	const month = 30 * 86400
	f.Sweep(now)
	f.mu.RLock()
	defer f.mu.RUnlock()
	d := &api.Day{At: now, Position: f.position, Behind: f.behind(), Parties: len(f.byKey)}
	listed := make(map[uint32]struct{}, len(f.newest))
	for _, e := range f.newest {
		if !e.shown.Holds(now) {
			continue
		}
		d.InForce++
		listed[e.party] = struct{}{}
		if e.shown.From > now-month {
			d.Began++
		}
		if e.shown.Until <= now+month {
			d.Ending++
		}
	}
	d.Listed = len(listed)
	return d
}

func compareCorrections(a, b *api.Correction) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), strings.Compare(a.Listing, b.Listing))
}

// PutCorrections replaces what is noted of some listings: their corrections now.
func (f *Face) PutCorrections(listing string, now []api.Correction) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.corrected[listing] {
		f.corrections = slices.DeleteFunc(f.corrections, func(c api.Correction) bool { return c.Listing == listing })
	} else if len(now) == 0 {
		return // as of nearly every listing: not worth going through the log of all
	}
	f.corrected[listing] = true
	for _, c := range now {
		at, _ := slices.BinarySearchFunc(f.corrections, c, func(a, b api.Correction) int { return compareCorrections(&a, &b) })
		f.corrections = slices.Insert(f.corrections, at, c)
	}
}

// Corrections shows what was put right, newest first.
func (f *Face) Corrections(text string, limit int) (*api.CorrectionPage, error) {
	limit, err := bounded(limit)
	if err != nil {
		return nil, err
	}
	from, err := readCursor(text, "corrections")
	if err != nil {
		return nil, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	n := len(f.corrections)
	page := &api.CorrectionPage{Items: []api.Correction{}, Count: api.Count{N: min(n, api.MaxCount), More: n > api.MaxCount}, Position: f.position}
	at := n
	if text != "" {
		last := api.Correction{Position: uint64(from.At), Listing: from.Key}
		at, _ = slices.BinarySearchFunc(f.corrections, last, func(a, b api.Correction) int { return compareCorrections(&a, &b) })
	}
	for at > 0 && len(page.Items) < limit {
		at--
		page.Items = append(page.Items, f.corrections[at])
	}
	if at > 0 && len(page.Items) > 0 {
		last := &page.Items[len(page.Items)-1]
		page.Next = cursor{Sort: "corrections", At: int64(last.Position), Key: last.Listing}.String()
	}
	return page, nil
}
