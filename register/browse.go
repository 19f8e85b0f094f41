package register

import (
	"context"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/tile"
)

// Search finds public parties.
func (r *Register) Search(_ context.Context, q api.PartyQuery) (*api.PartyPage, error) {
	face, err := r.face()
	if err != nil {
		return nil, err
	}
	return face.Search(q, r.cfg.Clock())
}

// Listings shows entries of organisations in force.
func (r *Register) Listings(_ context.Context, q api.ListingQuery) (*api.ListingPage, error) {
	face, err := r.face()
	if err != nil {
		return nil, err
	}
	return face.Listings(q, r.cfg.Clock())
}

// Corrections shows what was put right, newest first.
func (r *Register) Corrections(_ context.Context, cursor string, limit int) (*api.CorrectionPage, error) {
	face, err := r.face()
	if err != nil {
		return nil, err
	}
	return face.Corrections(cursor, limit)
}

// Today is the register at a glance.
func (r *Register) Today(context.Context) (*api.Day, error) {
	face, err := r.face()
	if err != nil {
		return nil, err
	}
	day := face.Today(r.cfg.Clock())
	for range r.lists() {
		day.Lists++
	}
	return day, nil
}

// EachParty hands out every public party.
func (r *Register) EachParty(ctx context.Context, fn func(*api.PartyRow) error) (uint64, error) {
	face, err := r.face()
	if err != nil {
		return 0, err
	}
	return face.EachParty(ctx, r.cfg.Clock(), fn)
}

// EachListing hands out every entry of an organisation in force.
func (r *Register) EachListing(ctx context.Context, fn func(*api.ListingRow) error) (uint64, error) {
	face, err := r.face()
	if err != nil {
		return 0, err
	}
	return face.EachListing(ctx, r.cfg.Clock(), fn)
}

// Statistics counts.
func (r *Register) Statistics(_ context.Context, q api.StatisticsQuery) (*api.Statistics, error) {
	face, err := r.face()
	if err != nil {
		return nil, err
	}
	v := r.seen.Load()
	out, err := v.counts.Statistics(q, r.cfg.Clock(), v.position.Load())
	if err != nil || q.By != api.ByRegion {
		return out, err
	}
	for i := range out.Rows {
		in := face.In(out.Rows[i].Key)
		out.Rows[i].Parties, out.Rows[i].PartiesListed = in.Parties, in.Listed
	}
	return out, nil
}

// Ruling shows a ruling under the publication gate: with docket, obligation and
// addressees as long as an entry in force of an organisation rests on it.
func (r *Register) Ruling(ctx context.Context, caller api.Caller, id string) (*api.RulingView, error) {
	caseID, err := standing.ParseCaseID(id)
	if err != nil {
		return nil, err
	}
	head, err := r.cfg.Store.Head(ctx, caseID)
	if err != nil {
		return nil, err
	}
	entries, err := r.cfg.Store.Case(ctx, caseID)
	if err != nil {
		return nil, err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return nil, err
	}
	if fold.Ruling == nil {
		return nil, standing.Errorf(standing.NotFound, "no ruling %s", caseID)
	}
	c := &chain{ruling: fold.Ruling, rulingID: caseID, rulings: entries}
	out := &api.RulingView{Region: fold.Ruling.Region, Due: fold.Ruling.Due, Annulled: fold.Ruling.AnnulledAt, Addressees: []standing.Identity{}}
	open := caller.Operator
	shown := make([]bool, len(fold.Ruling.Addressees)+1)
	for _, l := range head.Listings {
		lc, err := r.chainOf(ctx, l, standing.Forever)
		if err != nil {
			return nil, err
		}
		if !lc.open(caller, r.cfg.Clock()) {
			continue
		}
		open, shown[lc.listing.Addressee] = true, true
		out.Listings = append(out.Listings, r.id(standing.ListingCase, l))
	}
	ref, _ := r.rulingRef(ctx, caller, c, open)
	out.RulingRef = *ref
	for i, a := range fold.Ruling.Addressees {
		if !shown[i+1] && !caller.Operator {
			continue
		}
		if who, err := r.identity(ctx, entries, a.Position); err == nil {
			out.Addressees = append(out.Addressees, *who)
		}
	}
	out.History = r.history(ctx, entries, caller.Operator || open && !c.mixed())
	return out, nil
}

// named are the authorities under a law: their names are opened once, not for
// every page that shows one.
type named struct {
	law *check.Law
	all []api.AuthorityView
}

// Authorities lists the authorities by id.
func (r *Register) Authorities(ctx context.Context) ([]api.AuthorityView, error) {
	law := r.engine.Law()
	if n := r.named.Load(); n != nil && n.law == law {
		return slices.Clone(n.all), nil
	}
	entries, err := r.cfg.Store.Case(ctx, standing.ConstitutionID)
	if err != nil {
		return nil, err
	}
	out := []api.AuthorityView{}
	for id, a := range law.Constitution().Authorities {
		v := api.AuthorityView{ID: id, Kind: a.Kind, Region: a.Region, Entitled: a.Entitled}
		if o, err := r.opening(ctx, entries, a.Position); err == nil {
			v.Names, v.Contact = o.Names, o.Contact
		}
		out = append(out, v)
	}
	sortBy(out, func(v api.AuthorityView) string { return string(v.ID) })
	r.named.Store(&named{law, out})
	return slices.Clone(out), nil
}

// Proof shows that the act at a position is in the log of the last checkpoint.
func (r *Register) Proof(ctx context.Context, position uint64) (*api.ProofView, error) {
	note, err := r.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	text, _, _ := strings.Cut(string(note), "\n\n")
	checkpoint, err := tile.ParseCheckpoint(text + "\n")
	if err != nil {
		return nil, standing.Errorf(standing.Internal, "the checkpoint cannot be read: run standing verify: %v", err)
	}
	size := checkpoint.Size
	if position >= size {
		return nil, standing.Errorf(standing.NotFound, "no act %d in a log of %d", position, size)
	}
	proof, err := tile.Inclusion(size, position, func(level int, index uint64, _ int) ([]byte, error) {
		return r.cfg.Store.Tile(ctx, uint8(level), index)
	})
	if err != nil {
		return nil, standing.Errorf(standing.Internal, "act %d is not proven to be in the log: run standing verify: %v", position, err)
	}
	out := &api.ProofView{Position: position, Size: size, Path: make([]standing.Digest, len(proof)), Checkpoint: string(note)}
	for i, h := range proof {
		out.Path[i] = standing.Digest(h)
	}
	err = r.cfg.Store.Leaves(ctx, position, position+1, func(_ uint64, leaf []byte) error {
		out.Leaf = standing.Digest(tile.LeafHash(leaf))
		return nil
	})
	return out, err
}
