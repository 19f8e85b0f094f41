package register

import (
	"context"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/public"
	"github.com/openstanding/standing/rulebook"
)

// identity opens who the act at a position names.
func (r *Register) identity(ctx context.Context, entries []*standing.Entry, position uint64) (*standing.Identity, error) {
	o, err := r.opening(ctx, entries, position)
	if err != nil {
		return nil, err
	}
	if o.Party == nil {
		return &standing.Identity{}, nil
	}
	return o.Party, nil
}

// opening opens the act at a position of a case.
func (r *Register) opening(ctx context.Context, entries []*standing.Entry, position uint64) (*standing.Opening, error) {
	i := slices.IndexFunc(entries, func(e *standing.Entry) bool { return e.Position == position })
	if i < 0 {
		return nil, standing.Errorf(standing.Internal, "act %d is not in its case", position)
	}
	row, err := r.cfg.Store.Vault(ctx, position)
	if err != nil {
		return nil, err
	}
	return clerk.OpenVault(r.cfg.Keys, row, standing.DigestOf(entries[i].Bytes))
}

// chain is a listing with everything it rests on, read once.
type chain struct {
	id       standing.CaseID
	listing  *standing.Listing
	ruling   *standing.Ruling
	rulingID standing.CaseID
	entries  []*standing.Entry // of the listing
	rulings  []*standing.Entry
	book     *rulebook.Compiled
	list     *rulebook.List
	public   standing.Interval // in which its opening is served, by all that is known now
}

// chainOf reads a listing and its ruling as known at an instant.
func (r *Register) chainOf(ctx context.Context, id standing.CaseID, known standing.Instant) (*chain, error) {
	c := &chain{id: id}
	var err error
	if c.entries, err = r.cfg.Store.Case(ctx, id); err != nil {
		return nil, err
	}
	if err = c.fold(standing.Forever); err != nil {
		return nil, err
	}
	if c.listing == nil {
		return nil, standing.Errorf(standing.NotFound, "no listing %s", id)
	}
	c.rulingID = c.listing.Ruling
	if c.rulings, err = r.cfg.Store.Case(ctx, c.rulingID); err != nil {
		return nil, err
	}
	if err = c.fold(standing.Forever); err != nil {
		return nil, err
	}
	if k := c.listing.Confirmed; k != nil {
		c.public.From = k.From
		c.public.Until, _ = c.end(r.engine.Law().Constitution())
	}
	if known != standing.Forever {
		if err = c.fold(known); err != nil {
			return nil, err
		}
	}
	if c.listing == nil {
		return nil, standing.Errorf(standing.NotFound, "no listing %s was known at %s", id, known)
	}
	rule := check.Rule{Rulebook: c.listing.Rulebook, List: c.listing.List}
	var ok bool
	if c.book, c.list, ok = rule.Book(r.engine.Law()); !ok || c.ruling == nil {
		return nil, standing.Errorf(standing.Internal, "the rulebook or ruling of listing %s cannot be read: run standing verify", id)
	}
	return c, nil
}

// fold folds what was read as known at an instant.
func (c *chain) fold(known standing.Instant) error {
	listing, err := standing.Fold(c.entries, known)
	if err != nil {
		return err
	}
	ruling, err := standing.Fold(c.rulings, known)
	if err != nil {
		return err
	}
	c.listing, c.ruling = listing.Listing, ruling.Ruling
	return nil
}

// end is when and why the listing ends: by what is known of it and of its
// ruling, or because its list is repealed.
func (c *chain) end(con *standing.Constitution) (standing.Instant, string) {
	at, event := standing.End(c.id, c.listing, c.ruling)
	if repealed := con.InForce(c.listing.List).Until; repealed < at {
		return repealed, "repealed"
	}
	return at, event
}

// open reports whether what identifies the addressee may be shown to the
// caller: the operator sees all; of organisations it is public while the
// listing is in force, judged now whatever time is asked about; of persons it
// never is.
func (c *chain) open(caller api.Caller, now standing.Instant) bool {
	return caller.Operator || !c.listing.Party.Protected() && c.public.Holds(now)
}

// explain fills in the grounds of a restricted answer, or the candidates when a
// name meets parties that conflict.
func (r *Register) explain(ctx context.Context, caller api.Caller, a *asked, d check.Decision, out *api.Answer) error {
	var chains []*chain
	var hits []check.Hit
	for _, h := range d.Hits {
		c, err := r.chainOf(ctx, h.Listing, a.known)
		if err != nil {
			return err
		}
		if a.country != "" {
			who, err := r.identity(ctx, c.rulings, c.ruling.Addressees[c.listing.Addressee-1].Position)
			if err == nil && who.Country != "" && who.Country != a.country {
				continue // somebody else of the same name
			}
		}
		chains, hits = append(chains, c), append(hits, h)
	}
	if len(hits) == 0 {
		out.Verdict = api.Unknown
		out.Notes = append(out.Notes, "an entry bears this name, of another country: ask by an identifier")
		return nil
	}
	d.Hits = hits
	if a.name {
		candidates, conflict, err := r.candidates(ctx, caller, chains)
		if err != nil {
			return err
		}
		if conflict {
			out.Verdict, out.Candidates = api.Unknown, candidates
			out.Notes = append(out.Notes, "the name meets several parties: ask by an identifier or add country or birth date")
			return nil
		}
	}
	for i := range d.Hits {
		g, err := r.ground(ctx, caller, a, &d.Hits[i], chains[i])
		if err != nil {
			return err
		}
		out.Grounds = append(out.Grounds, g...)
	}
	if i := slices.IndexFunc(d.Hits, func(h check.Hit) bool { return h.Rule.Party.Protected() }); i >= 0 {
		var key index.Key
		r.cfg.Hasher.Key(&key, "case-code", d.Hits[i].Listing.String())
		out.CaseCode = standing.CaseID(key).String()[:10]
	}
	return nil
}

// ground is one hit in words: one ground per measure.
func (r *Register) ground(ctx context.Context, caller api.Caller, a *asked, h *check.Hit, c *chain) ([]api.Ground, error) {
	now := r.cfg.Clock()
	var out []api.Ground
	for _, m := range h.Measures {
		g := api.Ground{Rule: c.rule(), Measure: measure(c.book, m), ObjectTo: c.list.ObjectTo, Exits: []api.Exit{}, Until: until(h.Until), AsOf: now}
		if h.Rule.Party.Protected() && !caller.Operator {
			out = append(out, g) // a relying party learns no more of a person
			continue
		}
		g.Listing, g.List, g.Title, g.From = r.id(standing.ListingCase, c.id), c.listing.List, c.list.Title, h.From
		if g.Where = string(h.Rule.Region); g.Where == "" {
			g.Where = string(c.list.RegionOf(m))
		}
		if k := c.listing.Confirmed; k != nil {
			g.Review = k.Review
		}
		if c.listing.Reported != nil {
			g.Reported = r.reported(c)
			g.AsOf = c.listing.Reported.Date
		}
		ruling, sum := r.rulingRef(ctx, caller, c, c.open(caller, now))
		g.Ruling = ruling
		g.Exits = c.exits(sum)
		out = append(out, g)
	}
	return out, nil
}

func until(i standing.Instant) standing.Instant {
	if i == standing.Forever {
		return 0
	}
	return i
}

func (c *chain) rule() api.Rule {
	out := api.Rule{ID: string(c.listing.List) + "#" + c.listing.Ground, Rulebook: c.book.Name + " " + c.book.Version, Digest: c.book.Digest}
	for i := range c.list.Grounds {
		if g := &c.list.Grounds[i]; g.ID == c.listing.Ground {
			out.Title, out.Source = g.Title, cite(c.book, g.Source)
		}
	}
	return out
}

// cite prints sources as a reader can find them: title of the law and article.
func cite(book *rulebook.Compiled, refs []string) []string {
	out := make([]string, 0, len(refs))
	for _, ref := range refs {
		id, article, _ := strings.Cut(ref, "#")
		text := ref
		for i := range book.Sources {
			if s := &book.Sources[i]; s.ID == id {
				text = s.Citation
				if article != "" {
					text += ", art " + article
				}
			}
		}
		out = append(out, text)
	}
	return out
}

func measure(book *rulebook.Compiled, m *rulebook.Measure) api.Measure {
	return api.Measure{ID: m.ID, Title: m.Title, Class: m.Class, Source: cite(book, m.Source), Executor: m.Executor}
}

func (r *Register) reported(c *chain) *api.Reported {
	p := c.listing.Reported
	out := &api.Reported{Source: p.Source, Snapshot: p.Date, Row: p.Row, StaleAfter: r.engine.Sources()[string(c.listing.List)]}
	if c.list.Reported != nil {
		out.By = c.list.Reported.Publisher
	}
	return out
}

// rulingRef shows a ruling, with docket and obligation where the gate is open,
// and returns the obligation with the sum last stated. What cannot be opened
// (erased) is left out, not an error.
func (r *Register) rulingRef(ctx context.Context, caller api.Caller, c *chain, open bool) (*api.RulingRef, *standing.Obligation) {
	out := &api.RulingRef{ID: r.id(standing.RulingCase, c.rulingID), Kind: c.ruling.Kind, Authority: c.ruling.Authority, Decided: c.ruling.Decided, Final: c.ruling.Final}
	if !open {
		return out, nil
	}
	o, err := r.opening(ctx, c.rulings, c.ruling.Position)
	if err != nil {
		return out, nil
	}
	out.Docket, out.Title, out.Issuer, out.Obligation = o.Docket, o.Title, o.Issuer, o.Obligation
	if c.ruling.SumPosition != c.ruling.Position {
		if stated, err := r.opening(ctx, c.rulings, c.ruling.SumPosition); err == nil && stated.Obligation != nil {
			out.Obligation = stated.Obligation
		}
	}
	if !caller.Operator {
		r.withoutPersons(c, out)
	}
	return out, out.Obligation
}

// exits are the ways out that are open to the listing, and only those.
func (c *chain) exits(sum *standing.Obligation) []api.Exit {
	out := []api.Exit{}
	for _, x := range c.book.Exits(c.list.ID, c.listing.Ground) {
		e := api.Exit{Event: x.Event, Title: x.Title, Effect: x.Effect, Source: cite(c.book, x.Source)}
		if k := c.listing.Confirmed; k != nil && !x.After.IsZero() {
			e.Earliest, _ = c.book.ExitAt(x, k.From, k.From)
		}
		if x.Event == "performed" && sum != nil {
			e.Amount, e.Currency, e.PayTo, e.Reference, e.StatedOn = sum.Amount, sum.Currency, sum.Creditor, sum.Reference, sum.StatedOn
		}
		out = append(out, e)
	}
	return out
}

// candidates are the parties behind the chains; they conflict when two of them
// differ in an identifier of one scheme, in country or in birth date. Who is not
// public, or no longer, is masked.
func (r *Register) candidates(ctx context.Context, caller api.Caller, chains []*chain) ([]api.Candidate, bool, error) {
	var out []api.Candidate
	var who []*standing.Identity
	conflict := false
	for _, c := range chains {
		id, err := r.identity(ctx, c.rulings, c.ruling.Addressees[c.listing.Addressee-1].Position)
		if err != nil {
			continue // erased: nothing left to compare
		}
		for _, o := range who {
			conflict = conflict || differ(o, id)
		}
		if slices.ContainsFunc(who, func(o *standing.Identity) bool { return !differ(o, id) }) {
			continue
		}
		who = append(who, id)
		k := api.Candidate{Names: []string{privacy.Mask(id.Names[0])}, Country: id.Country}
		if c.open(caller, r.cfg.Clock()) {
			k = api.Candidate{Names: id.Names, Identifiers: id.Identifiers, Country: id.Country, Address: id.Address, ID: public.RulingParty(r.cfg.Origin, c.rulingID, c.listing.Addressee)}
		}
		out = append(out, k)
	}
	return out, conflict, nil
}

func differ(a, b *standing.Identity) bool {
	if a.Country != "" && b.Country != "" && a.Country != b.Country || a.BirthDate != "" && b.BirthDate != "" && a.BirthDate != b.BirthDate {
		return true
	}
	for _, x := range a.Identifiers {
		scheme, _, _ := strings.Cut(x, ":")
		if scheme == "ref" {
			continue // an authority's own number says nothing across authorities
		}
		same, other := false, false
		for _, y := range b.Identifiers {
			if s, _, _ := strings.Cut(y, ":"); s == scheme {
				same, other = same || x == y, other || x != y
			}
		}
		if other && !same {
			return true
		}
	}
	return false
}
