package register

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/public"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/stats"
	"github.com/openstanding/standing/store"
)

// surveyActs is Config.SurveyActs unless it is given.
const surveyActs = 1 << 20

// survey makes the view of the first size acts by going through the log, several
// times at once where there are processors for it.
func (r *Register) survey(ctx context.Context, size uint64) (*view, uint64, error) {
	con, err := r.constitution(ctx, standing.Forever)
	if err != nil {
		return nil, 0, err
	}
	s := &survey{r: r, loader: public.NewLoader(r.cfg.Origin), counts: stats.New(stats.Config{Now: r.cfg.Clock(), Field: r.field, Region: r.regionOf}), records: map[standing.CaseID]recorded{}}
	s.counts.Law(con)
	passes := make([]*pass, 1+size/uint64(cmp.Or(r.cfg.SurveyActs, surveyActs)))
	group, passing := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range passes {
		passes[i] = &pass{survey: s, ctx: passing, number: uint64(i), of: uint64(len(passes))}
		group.Go(func() error { return passes[i].run(size) })
	}
	if err := group.Wait(); err != nil {
		return nil, 0, err
	}
	var corrections []api.Correction
	for _, p := range passes {
		for i := range p.entries {
			if err := s.loader.Listing(p.entries[i]); err != nil {
				return nil, 0, err
			}
		}
		for _, e := range p.ends {
			s.counts.End(e.listing, e.at, e.event)
		}
		corrections = append(corrections, p.corrections...)
	}
	s.loader.Corrections(corrections)
	if _, err := r.cfg.Store.EachEffect(ctx, func(row *store.EffectRow) error { s.counts.Effect(row); return nil }); err != nil {
		return nil, 0, err
	}
	if err := s.parties(ctx); err != nil {
		return nil, 0, err
	}
	return &view{face: s.loader.Done(), counts: s.counts, counted: size}, size, nil
}

// survey is a view in the making. The first pass alone counts and notes records.
type survey struct {
	r       *Register
	loader  *public.Loader
	counts  *stats.Fold
	records map[standing.CaseID]recorded
}

// pass goes through the log once for the rulings that fall to it.
type pass struct {
	*survey
	ctx        context.Context
	number, of uint64
	cases      map[standing.CaseID]*standing.Case
	digests    map[uint64]standing.Digest // of the acts that hold who and what
	causes     map[standing.CaseID][]api.Correction

	entries     []*public.Listing
	ends        []ended
	corrections []api.Correction
}

// ended is when and why a listing ends.
type ended struct {
	listing standing.CaseID
	at      standing.Instant
	event   string
}

func (p *pass) run(size uint64) error {
	p.cases, p.digests, p.causes = map[standing.CaseID]*standing.Case{}, map[uint64]standing.Digest{}, map[standing.CaseID][]api.Correction{}
	if err := p.r.cfg.Store.Leaves(p.ctx, 0, size, p.leaf); err != nil {
		return err
	}
	err := p.listings()
	p.cases, p.digests, p.causes = nil, nil, nil
	return err
}

// recorded is where the opening of a party's record stands.
type recorded struct {
	position uint64
	digest   standing.Digest
	kind     standing.PartyKind
	region   string
	registry standing.AuthorityID
}

// leaf takes one entry of the log.
func (p *pass) leaf(position uint64, leaf []byte) error {
	e, err := standing.DecodeEntry(position, leaf)
	if err != nil {
		return err
	}
	a := e.Act
	if p.number == 0 {
		p.counts.Entry(e)
		if a.Kind.Noun() == standing.PartyCase {
			p.record(e)
		}
	}
	switch a.Kind.Noun() {
	case standing.RulingCase:
		if p.mine(a.Case) {
			return p.apply(e)
		}
	case standing.ListingCase:
		ref, opens := a.Ref(standing.RefRuling)
		if p.cases[a.Case] != nil || a.Kind.Opens() && opens && p.mine(ref.Case) {
			return p.apply(e)
		}
	}
	return nil
}

// mine reports whether a ruling falls to the pass.
func (p *pass) mine(ruling standing.CaseID) bool {
	sum := uint64(0)
	for _, b := range ruling {
		sum = sum*31 + uint64(b)
	}
	return sum%p.of == p.number
}

func (p *pass) apply(e *standing.Entry) error {
	c := p.cases[e.Act.Case]
	if c == nil {
		c = &standing.Case{}
		p.cases[e.Act.Case] = c
	}
	if err := c.Apply(e); err != nil {
		return standing.Errorf(standing.Internal, "act %d does not fit its case: run standing verify: %v", e.Position, err)
	}
	switch e.Act.Kind {
	case standing.RulingRecorded, standing.AddresseeNamed:
		p.digests[e.Position] = standing.DigestOf(e.Bytes)
	}
	p.causes[e.Act.Case] = noteCause(p.causes[e.Act.Case], e)
	return nil
}

// browsable reports whether a party's record has a place on the public face: a
// registry's own, of an organisation. What an import records of whom it lists is
// public with the entry and leaves with it.
func browsable(kind standing.PartyKind, reported *standing.Provenance) bool {
	return !kind.Protected() && reported == nil
}

func (s *survey) record(e *standing.Entry) {
	a := e.Act
	if a.Kind == standing.PartyErased || !browsable(a.Party, a.Source) {
		delete(s.records, a.Case)
		return
	}
	s.records[a.Case] = recorded{e.Position, standing.DigestOf(e.Bytes), a.Party, a.Region, a.Authority}
}

// listings takes what the listings of the pass came to.
func (p *pass) listings() error {
	now := p.r.cfg.Clock()
	ids := make([]standing.CaseID, 0, len(p.cases))
	for id, c := range p.cases {
		if c.Listing != nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b standing.CaseID) int { return slices.Compare(a[:], b[:]) }) // near in the store, and the same on every run
	for _, id := range ids {
		l := p.cases[id].Listing
		ruling := p.cases[l.Ruling]
		if ruling == nil || ruling.Ruling == nil {
			return standing.Errorf(standing.Internal, "listing %s rests on no ruling: run standing verify", id)
		}
		c := &chain{id: id, listing: l, ruling: ruling.Ruling, rulingID: l.Ruling}
		at, event := standing.End(id, l, ruling.Ruling)
		p.ends = append(p.ends, ended{id, at, event})
		p.corrections = append(p.corrections, p.r.corrections(c, p.causes[id], p.causes[l.Ruling])...)
		if !p.r.shown(c, now) {
			continue
		}
		e, err := p.r.publicListing(p.ctx, c, func(position uint64) standing.Digest { return p.digests[position] })
		if err != nil {
			return err
		}
		if e != nil {
			p.entries = append(p.entries, e)
		}
	}
	return nil
}

// parties opens the records, on every processor.
func (s *survey) parties(ctx context.Context) error {
	ids := make([]standing.CaseID, 0, len(s.records))
	for id := range s.records {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b standing.CaseID) int {
		return int(int64(s.records[a].position) - int64(s.records[b].position))
	})
	type opened struct {
		record *public.Record
		err    error
	}
	results, next := make(chan opened, 256), make(chan standing.CaseID, 256)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(next)
		for _, id := range ids {
			select {
			case next <- id:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for id := range next {
				x := s.records[id]
				record, err := s.r.record(ctx, id, x)
				select {
				case results <- opened{record, err}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { workers.Wait(); close(results) }()
	for o := range results {
		switch {
		case o.err != nil:
			return o.err
		case o.record == nil:
			continue
		}
		if err := s.loader.Record(o.record); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// record opens a party's record; nil when it has been erased.
func (r *Register) record(ctx context.Context, id standing.CaseID, x recorded) (*public.Record, error) {
	o, err := r.openAt(ctx, x.position, x.digest)
	if o == nil || err != nil || o.Party == nil {
		return nil, err
	}
	return &public.Record{Case: id, Kind: x.kind, Who: *o.Party, Region: x.region, Registry: x.registry}, nil
}

// openAt opens the act of that digest at a position; nil when it was erased.
func (r *Register) openAt(ctx context.Context, position uint64, digest standing.Digest) (*standing.Opening, error) {
	row, err := r.cfg.Store.Vault(ctx, position)
	if err != nil || row.Sealed == nil {
		return nil, err
	}
	o, err := clerk.OpenVault(r.cfg.Keys, row, digest)
	if standing.KindOf(err) == standing.NotFound {
		return nil, nil // its key was destroyed meanwhile
	}
	return o, err
}

// refreshParty brings a party's record up to date.
func (r *Register) refreshParty(ctx context.Context, v *view, id standing.CaseID) error {
	entries, err := r.cfg.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	c, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return err
	}
	p := c.Party
	if p == nil || p.ErasedAt != 0 || !browsable(p.Kind, p.Reported) {
		v.face.DropRecord(id)
		return nil
	}
	i := slices.IndexFunc(entries, func(e *standing.Entry) bool { return e.Position == p.Position })
	record, err := r.record(ctx, id, recorded{p.Position, standing.DigestOf(entries[i].Bytes), p.Kind, p.Region, p.Authority})
	if err != nil {
		return err
	}
	if record == nil {
		v.face.DropRecord(id)
		return nil
	}
	return v.face.PutRecord(record)
}

// refreshListing brings a listing up to date.
func (r *Register) refreshListing(ctx context.Context, v *view, id standing.CaseID) error {
	c, err := r.chainOf(ctx, id, standing.Forever)
	if err != nil {
		return err
	}
	row, err := r.cfg.Store.Effect(ctx, id)
	if err == nil {
		v.counts.Effect(&row)
	} else if standing.KindOf(err) != standing.NotFound {
		return err
	}
	at, event := standing.End(id, c.listing, c.ruling)
	v.counts.End(id, at, event)
	var causes, rulings []api.Correction
	for _, e := range c.entries {
		causes = noteCause(causes, e)
	}
	for _, e := range c.rulings {
		rulings = noteCause(rulings, e)
	}
	v.face.PutCorrections(r.id(standing.ListingCase, id), r.corrections(c, causes, rulings))
	var e *public.Listing
	if r.shown(c, r.cfg.Clock()) {
		e, err = r.publicListing(ctx, c, func(position uint64) standing.Digest {
			if i := slices.IndexFunc(c.rulings, func(e *standing.Entry) bool { return e.Position == position }); i >= 0 {
				return standing.DigestOf(c.rulings[i].Bytes)
			}
			return standing.Digest{}
		})
		if err != nil {
			return err
		}
	}
	if e == nil {
		v.face.DropListing(id)
		return nil
	}
	return v.face.PutListing(e)
}

// shown reports whether a listing has a place on the public face: of an
// organisation, on a list that is published, confirmed and not over.
func (r *Register) shown(c *chain, now standing.Instant) bool {
	if c.listing.Party.Protected() || c.listing.Confirmed == nil {
		return false
	}
	rule := check.Rule{Rulebook: c.listing.Rulebook, List: c.listing.List}
	var ok bool
	if c.book, c.list, ok = rule.Book(r.engine.Law()); !ok || c.list.Publication != "organisations" {
		return false
	}
	end, _ := c.end(r.engine.Law().Constitution())
	return now < end
}

// publicListing is a listing as the public face holds it; nil when who it is was erased.
func (r *Register) publicListing(ctx context.Context, c *chain, digest func(position uint64) standing.Digest) (*public.Listing, error) {
	position := c.ruling.Addressees[c.listing.Addressee-1].Position
	who, err := r.openAt(ctx, position, digest(position))
	if err != nil || who == nil || who.Party == nil {
		return nil, err
	}
	ruling := who
	if c.ruling.Position != position {
		if ruling, err = r.openAt(ctx, c.ruling.Position, digest(c.ruling.Position)); err != nil {
			return nil, err
		}
	}
	l := c.listing
	end, _ := c.end(r.engine.Law().Constitution())
	e := &public.Listing{Case: c.id, Ruling: c.rulingID, Addressee: l.Addressee, Shown: standing.Interval{From: l.Confirmed.From, Until: end}, Who: *who.Party,
		Row: api.ListingRow{ID: r.id(standing.ListingCase, c.id), List: l.List, Field: c.list.Field, Ground: l.Ground, PartyKind: l.Party, Region: r.whereListed(l), Authority: l.Authority,
			Ruling: r.id(standing.RulingCase, c.rulingID), RulingKind: c.ruling.Kind, Decided: c.ruling.Decided, From: l.Confirmed.From, Until: until(end), Review: l.Confirmed.Review}}
	if ruling != nil {
		e.Row.Docket = ruling.Docket
	}
	if l.Reported != nil {
		e.Row.Source, e.Row.Snapshot = l.Reported.Source, l.Reported.Date
	}
	for _, x := range standing.Effects(c.id, l, c.ruling) {
		e.Effective = append(e.Effective, x.Interval)
	}
	return e, nil
}

// whereListed is the region that people look for a listing in.
func (r *Register) whereListed(l *standing.Listing) string {
	return stats.Where(r.engine.Law().Constitution(), r.regionOf, l.Region, l.List, l.Authority, l.Reported != nil)
}

// field is the field of a list, regionOf its region, by the last rulebook that has
// it; "" when none does.
func (r *Register) field(list standing.ListID) string {
	if l := r.lastKnown(list); l != nil {
		return l.Field
	}
	return ""
}

func (r *Register) regionOf(list standing.ListID) string {
	if l := r.lastKnown(list); l != nil {
		return string(l.Region)
	}
	return ""
}

func (r *Register) lastKnown(list standing.ListID) *rulebook.List {
	for _, book := range slices.Backward(r.cfg.Rulebooks.All()) {
		if book.Name != list.Rulebook() {
			continue
		}
		if l, ok := book.List(list.Name()); ok {
			return l
		}
	}
	return nil
}

// noteCause notes an act that puts something right, or says that everyone who
// had been told was told of it.
func noteCause(all []api.Correction, e *standing.Entry) []api.Correction {
	a := e.Act
	switch a.Kind {
	case standing.RulingAnnulled, standing.ListingCorrected:
	case standing.ErrorAnswered:
		if a.Code != "upheld" {
			return all
		}
	case standing.MakeGoodServed:
		for i := range all {
			if all[i].Told == 0 {
				all[i].Told = a.Occurred
			}
		}
		return all
	default:
		return all
	}
	return append(all, api.Correction{Cause: a.Kind.String(), At: e.RecordedAt, Position: e.Position, Authority: a.Authority})
}

// corrections are what was put right of a listing that had taken effect.
func (r *Register) corrections(c *chain, listing, ruling []api.Correction) []api.Correction {
	if c.listing.Confirmed == nil {
		return nil
	}
	out := append(slices.Clone(listing), ruling...)
	for i := range out {
		out[i].Listing, out[i].List, out[i].Region = r.id(standing.ListingCase, c.id), c.listing.List, r.whereListed(c.listing)
	}
	return out
}
