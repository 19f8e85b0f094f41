package apitest

import (
	"context"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func rows() []api.PartyRow {
	return []api.PartyRow{
		{Party: Clean, Kind: standing.Organisation, Names: []string{"Rongcheng Bluewater Fishing Co., Ltd."}, Identifiers: []string{Clean}, Country: "CN", Region: "CN/37/10/82", Registry: "cn-samr-37"},
		{Party: Debarred, Kind: standing.Organisation, Names: []string{"Qingdao Lanshan Engineering Co., Ltd."}, Identifiers: []string{Debarred}, Country: "CN",
			Entries: 1, Lists: []standing.ListID{"mdb-debarment/debarred"}, Newest: 1719792000},
		{Party: Listed, Kind: standing.Organisation, Names: listedIdentity().Names, Identifiers: listedIdentity().Identifiers, Country: "CN", Region: "CN/37/10/82",
			Entries: 1, Lists: []standing.ListID{"cn-courts/judgment-defaulters"}, Newest: Now - 9*day},
	}
}

// Search finds parties whose first name contains the text.
func (r *Register) Search(_ context.Context, q api.PartyQuery) (*api.PartyPage, error) {
	if err := r.fail("Search"); err != nil {
		return nil, err
	}
	out := &api.PartyPage{Items: []api.PartyRow{}, Position: 4711}
	for _, row := range rows() {
		at := strings.Index(strings.ToLower(row.Names[0]), strings.ToLower(q.Text))
		if at < 0 || q.Status == api.StatusListed && row.Entries == 0 || q.Status == api.StatusUnlisted && row.Entries > 0 {
			continue
		}
		if q.Text != "" {
			row.Matched = []api.Span{{From: at, To: at + len(q.Text)}}
		}
		out.Items = append(out.Items, row)
	}
	out.Count.N = len(out.Items)
	return out, nil
}

// Listings shows the two entries in force.
func (r *Register) Listings(context.Context, api.ListingQuery) (*api.ListingPage, error) {
	if err := r.fail("Listings"); err != nil {
		return nil, err
	}
	var items []api.ListingRow
	_, err := r.EachListing(context.Background(), func(l *api.ListingRow) error { items = append(items, *l); return nil })
	return &api.ListingPage{Items: items, Count: api.Count{N: len(items)}, Position: 4711}, err
}

// EachParty hands out the parties.
func (r *Register) EachParty(_ context.Context, fn func(*api.PartyRow) error) (uint64, error) {
	all := rows()
	slices.SortFunc(all, func(a, b api.PartyRow) int { return strings.Compare(a.Party, b.Party) })
	for _, row := range all {
		if err := fn(&row); err != nil {
			return 0, err
		}
	}
	return 4711, r.fail("EachParty")
}

// EachListing hands out the entries in force.
func (r *Register) EachListing(_ context.Context, fn func(*api.ListingRow) error) (uint64, error) {
	for _, row := range []api.ListingRow{
		{ID: CourtListing, List: "cn-courts/judgment-defaulters", Field: "enforcement", Ground: "able-but-refuses", Party: Listed, Name: listedIdentity().Names[0], PartyKind: standing.Organisation,
			Region: "CN", Authority: "cn-court-371082", Ruling: courtRuling().ID, RulingKind: "judgment", Docket: courtRuling().Docket, Decided: Now - 60*day, From: Now - 9*day, Review: Now + 721*day},
		{ID: ReportedListing, List: "mdb-debarment/debarred", Field: "procurement", Ground: "fraud", Party: Debarred, Name: "Qingdao Lanshan Engineering Co., Ltd.", PartyKind: standing.Organisation,
			Region: "*", Authority: "iadb", Ruling: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0c8", RulingKind: "decision", Decided: 1719792000, From: 1719792000, Until: 1814400000, Source: "iadb", Snapshot: 1795305600},
	} {
		if err := fn(&row); err != nil {
			return 0, err
		}
	}
	return 4711, r.fail("EachListing")
}

// Ruling shows the rulings of the three listings, by their id with or without
// origin; of the ended one without its addressee.
func (r *Register) Ruling(_ context.Context, _ api.Caller, id string) (*api.RulingView, error) {
	if err := r.fail("Ruling"); err != nil {
		return nil, err
	}
	c, err := standing.ParseCaseID(id)
	if err != nil {
		return nil, err
	}
	for _, l := range []*api.ListingView{courtListing(), reportedListing(), endedListing()} {
		if !strings.HasSuffix(l.Ruling.ID, "/"+c.String()) {
			continue
		}
		v := &api.RulingView{RulingRef: *l.Ruling, Region: "CN/37/10/82", Due: Now - 40*day}
		if l.Status == standing.StatusConfirmed {
			v.Addressees, v.Listings = []standing.Identity{*l.Party}, []string{l.ID}
		}
		if len(l.History) > 1 {
			v.History = l.History[:1]
		}
		return v, nil
	}
	return nil, standing.Errorf(standing.NotFound, "no ruling %s", c)
}

// Corrections shows one.
func (r *Register) Corrections(context.Context, string, int) (*api.CorrectionPage, error) {
	return &api.CorrectionPage{Items: []api.Correction{{Listing: EndedListing, List: "cn-courts/judgment-defaulters", Region: "CN", Cause: "ruling.annulled", At: Now - 3*day, Position: 4600, Told: Now - 2*day,
		Authority: "cn-court-371082"}}, Count: api.Count{N: 1}, Position: 4711}, r.fail("Corrections")
}

// Today is the register at a glance.
func (r *Register) Today(context.Context) (*api.Day, error) {
	return &api.Day{At: Now, Position: 4711, Parties: 3, Listed: 2, InForce: 2, Began: 1, Lists: 2}, r.fail("Today")
}

// Authorities are two.
func (r *Register) Authorities(context.Context) ([]api.AuthorityView, error) {
	return []api.AuthorityView{
		{ID: "cn-court-371082", Kind: "court", Region: "CN/37/10/82", Names: []string{"People's Court of Rongcheng (sample)", "荣成市人民法院（样例）"}, Contact: "1 Sample Road, Rongcheng", Entitled: []string{"cn-courts"}},
		{ID: "iadb", Kind: "bank", Region: "*", Names: []string{"Inter-American Development Bank"}, Entitled: []string{"mdb-debarment"}},
	}, r.fail("Authorities")
}

// Proof proves nothing.
func (r *Register) Proof(_ context.Context, position uint64) (*api.ProofView, error) {
	if position >= 4711 {
		return nil, standing.Errorf(standing.NotFound, "no act %d in a log of 4711", position)
	}
	return &api.ProofView{Position: position, Size: 4711, Leaf: standing.DigestOf([]byte("leaf")), Path: []standing.Digest{standing.DigestOf([]byte("sibling"))}, Checkpoint: Origin + "\n4711\n"}, r.fail("Proof")
}

// Statistics counts a little.
func (r *Register) Statistics(_ context.Context, q api.StatisticsQuery) (*api.Statistics, error) {
	rows := map[string][]api.StatisticsRow{
		api.ByList:   {{Key: "cn-courts/judgment-defaulters", Listed: 120, Lifted: 80, InForce: 40, Exits: map[string]int{"performed": 60, "settled": 20}, Notices: 130, Objections: 9, Upheld: 2, Errors: 1, Exemptions: 4, MedianDays: 171, Persons: persons()}, {Key: "mdb-debarment/debarred", Listed: 30, InForce: 30, Exits: map[string]int{}, Withheld: true}},
		api.ByField:  {{Key: "enforcement", Listed: 120, Lifted: 80, InForce: 40, Exits: map[string]int{"performed": 60, "settled": 20}, Notices: 130, Objections: 9, Upheld: 2, MedianDays: 171}, {Key: "procurement", Listed: 30, InForce: 30, Exits: map[string]int{}}},
		api.ByRegion: {{Key: "CN/37", Listed: 70, Lifted: 50, InForce: 20, Exits: map[string]int{"performed": 50}, Parties: 12_500, PartiesListed: 19}, {Key: "CN/44", Listed: 50, Lifted: 30, InForce: 20, Exits: map[string]int{"performed": 10, "settled": 20}}},
		api.ByMonth:  {{Key: "2026-09", Listed: 50, Lifted: 20, InForce: 30, Exits: map[string]int{"performed": 20}, Notices: 55, Objections: 4, Upheld: 1, MedianDays: 160, Withheld: true}, {Key: "2026-10", Listed: 60, Lifted: 40, InForce: 50, Exits: map[string]int{"performed": 40}, Notices: 50, Objections: 3, Exemptions: 4, MedianDays: 182, Withheld: true}, {Key: "2026-11", Listed: 40, Lifted: 20, InForce: 70, Exits: map[string]int{"settled": 20}, Notices: 25, Objections: 2, Upheld: 1, Errors: 1, Withheld: true}},
	}[q.By]
	if rows == nil {
		return nil, standing.Errorf(standing.Invalid, "by is list, field, region or month, not %q", q.By)
	}
	return &api.Statistics{AsOf: Now, Position: 4711, By: q.By, Rows: rows, Total: api.StatisticsRow{Listed: 150, Lifted: 80, InForce: 70, Exits: map[string]int{"performed": 60, "settled": 20}, Notices: 130, Objections: 9, Upheld: 2, Errors: 1, Exemptions: 4, MedianDays: 171, Persons: persons()}}, r.fail("Statistics")
}

// persons are counted in tens.
func persons() *api.PersonCounts {
	return &api.PersonCounts{Listed: 230, Lifted: 90, InForce: 140, Exits: map[string]int{"performed": 80, "settled": 10}, Notices: 240, Objections: 20}
}
