package register

import (
	"cmp"
	"context"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
)

// Party shows a party with its listings under the publication gate.
func (r *Register) Party(ctx context.Context, caller api.Caller, q api.Question) (*api.PartyView, error) {
	a, err := r.understand(ctx, caller, &q)
	if err != nil {
		return nil, err
	}
	found, err := r.find(ctx, a.texts)
	if err != nil {
		return nil, err
	}
	if a.addressee != 0 {
		found = slices.DeleteFunc(found, func(f foundCase) bool { return f.position != a.addressee }) // another of the same name is another
	}
	out := &api.PartyView{Asked: a.shown, Listings: []api.ListingView{}, Names: []string{}}
	if a.name {
		out.Identity = "name only"
	}
	if a.personal || slices.ContainsFunc(found, func(f foundCase) bool { return f.who.Protected() }) {
		if err := identified(caller); err != nil {
			return nil, err
		}
		if err := r.look(ctx, caller, a, check.Decision{}); err != nil {
			return nil, err
		}
	}
	var chains []*chain
	for i := range found {
		f := &found[i]
		if f.fold.Party != nil {
			if err := r.addRecord(ctx, caller, f, out); err != nil {
				return nil, err
			}
			continue
		}
		for _, h := range f.listings {
			c, err := r.chainOf(ctx, h.ID, standing.Forever)
			if err != nil {
				return nil, err
			}
			if !c.open(caller, r.cfg.Clock()) {
				continue // it has ended, or is a person's: not on the public face
			}
			chains = append(chains, c)
		}
	}
	if a.name {
		candidates, conflict, err := r.candidates(ctx, caller, chains)
		if err != nil || conflict {
			out.Candidates = candidates
			return out, err
		}
	}
	for _, c := range chains {
		v := r.view(ctx, caller, c)
		if v.Party != nil {
			merge(out, v.Party, v.PartyKind)
		}
		out.Listings = append(out.Listings, *v)
	}
	if len(out.Records) == 0 && len(out.Listings) == 0 {
		return nil, standing.Errorf(standing.NotFound, "nothing public is known of %s here: that is not a certificate; ask a check", a.shown)
	}
	return out, nil
}

func (r *Register) addRecord(ctx context.Context, caller api.Caller, f *foundCase, out *api.PartyView) error {
	if f.fold.Party.ErasedAt != 0 || !browsable(f.fold.Party.Kind, f.fold.Party.Reported) && !caller.Operator {
		return nil
	}
	who, err := r.identity(ctx, f.entries, f.fold.Party.Position)
	if err != nil {
		return nil // erased meanwhile
	}
	merge(out, who, f.fold.Party.Kind)
	out.Records = append(out.Records, api.RecordView{ID: r.id(standing.PartyCase, f.id), Authority: f.fold.Party.Authority, Names: who.Names,
		Identifiers: who.Identifiers, Region: f.fold.Party.Region})
	return nil
}

func merge(out *api.PartyView, who *standing.Identity, kind standing.PartyKind) {
	out.Kind = kind
	for _, n := range who.Names {
		if !slices.Contains(out.Names, n) {
			out.Names = append(out.Names, n)
		}
	}
	for _, i := range who.Identifiers {
		if !slices.Contains(out.Identifiers, i) {
			out.Identifiers = append(out.Identifiers, i)
		}
	}
	if out.Country == "" {
		out.Country = who.Country
	}
	if out.Address == "" {
		out.Address = who.Address
	}
}

// Listing shows a listing by id.
func (r *Register) Listing(ctx context.Context, caller api.Caller, id string) (*api.ListingView, error) {
	caseID, err := standing.ParseCaseID(id)
	if err != nil {
		return nil, err
	}
	c, err := r.chainOf(ctx, caseID, standing.Forever)
	if err != nil {
		return nil, err
	}
	return r.view(ctx, caller, c), nil
}

// view shows a chain. Where the gate is closed the envelope remains: kinds,
// instants, codes, never who or why.
func (r *Register) view(ctx context.Context, caller api.Caller, c *chain) *api.ListingView {
	now := r.cfg.Clock()
	open := c.open(caller, now)
	v := &api.ListingView{ID: r.id(standing.ListingCase, c.id), Status: standing.StatusAt(c.id, c.listing, c.ruling, now), List: c.listing.List,
		ListTitle: c.list.Title, PartyKind: c.listing.Party, Rule: c.rule(), Region: cmp.Or(c.listing.Region, string(c.list.Region)), ObjectTo: c.list.ObjectTo,
		Effects: standing.Effects(c.id, c.listing, c.ruling)}
	end, event := c.end(r.engine.Law().Constitution())
	v.Until, v.EndEvent = until(end), event
	if end <= now && v.Status != standing.StatusDropped {
		v.Status = standing.StatusEnded
	}
	if n := c.listing.Notice; n != nil {
		v.WindowEnd = n.WindowEnd
	}
	if k := c.listing.Confirmed; k != nil {
		v.Review = k.Review
	}
	var sum *standing.Obligation
	v.Ruling, sum = r.rulingRef(ctx, caller, c, open)
	if now < end {
		v.Exits = c.exits(sum)
	}
	for _, id := range c.list.Measures {
		if m, ok := c.book.Measure(id); ok {
			v.Measures = append(v.Measures, measure(c.book, m))
		}
	}
	if c.listing.Reported != nil {
		v.Reported = r.reported(c)
	}
	if open {
		if who, err := r.identity(ctx, c.rulings, c.ruling.Addressees[c.listing.Addressee-1].Position); err == nil {
			v.Party = who
		}
	}
	v.History = r.history(ctx, c.entries, open)
	if !open && c.listing.Party.Protected() {
		v.Ruling = nil // it may lead to a firm whose entry is public, and from there to the person
	} else {
		v.History = append(v.History, r.history(ctx, c.rulings, caller.Operator || open && !c.mixed())...)
	}
	slices.SortStableFunc(v.History, func(a, b api.ActView) int { return int(int64(a.Position) - int64(b.Position)) })
	return v
}

// mixed reports whether a ruling addresses a natural person, too: what was said in
// its case may be about that person, whoever else's entry is public.
func (c *chain) mixed() bool {
	return slices.ContainsFunc(c.ruling.Addressees, func(a standing.Addressee) bool { return a.Party.Protected() })
}

func (r *Register) history(ctx context.Context, entries []*standing.Entry, open bool) []api.ActView {
	var out []api.ActView
	for i, e := range entries {
		a := e.Act
		v := api.ActView{Position: e.Position, Case: r.id(a.Kind.Noun(), a.Case), Kind: a.Kind.String(), Occurred: a.Occurred, RecordedAt: e.RecordedAt,
			Authority: a.Authority, Code: a.Code, Digest: standing.DigestOf(e.Bytes), Version: uint64(i + 1), Instants: a.Instants, Resolved: e.Resolution.Instants}
		if open && !a.Commitment.IsZero() {
			if o, err := r.opening(ctx, entries, e.Position); err == nil {
				v.Text = o.Text
			}
		}
		out = append(out, v)
	}
	return out
}
