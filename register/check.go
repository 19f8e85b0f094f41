package register

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/public"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/store"
)

// asked is a question understood: under which look-up texts, how protected.
type asked struct {
	texts    []string // look-up texts, "scheme:value"
	scheme   string   // of completeness
	shown    string   // as the answer prints it
	personal bool     // the question itself is about a natural person
	name     bool     // by name only
	country  string   // with a name: not another country's
	at       standing.Instant
	known    standing.Instant
	now      bool // about now, by what is known now
	where    region.ID

	addressee uint64 // of a ruling: the position that names it; zero: whoever bears the texts
}

// understand reads a question. It refuses a person's look-up by nobody before
// anything is looked at, so that a refusal says nothing about anyone.
func (r *Register) understand(ctx context.Context, caller api.Caller, q *api.Question) (*asked, error) {
	now := r.cfg.Clock()
	a := &asked{at: q.At, known: q.AsKnownOn, where: region.ID(q.Region)}
	a.now = (a.at == 0 || a.at == now) && a.known == 0
	if a.at == 0 {
		a.at = now
	}
	if a.known == 0 {
		a.known = standing.Forever
	}
	if q.AsKnownOn > now {
		return nil, standing.Errorf(standing.Invalid, "asKnownOn %s is in the future: nothing is known of it", q.AsKnownOn)
	}
	text := strings.TrimSpace(q.Party)
	switch {
	case len(text) > 2048:
		return nil, standing.Errorf(standing.TooLarge, "the party is longer than 2,048 bytes")
	case strings.HasPrefix(text, "name:"):
		return a, r.byName(a, caller, q, strings.TrimSpace(text[5:]))
	case !strings.Contains(text, ":"):
		return a, r.byRecord(ctx, a, caller, text)
	}
	id, err := ident.Parse(text)
	if err != nil {
		return nil, standing.Errorf(standing.Invalid, "%v", err).Advise("see standing check --help for the schemes")
	}
	a.texts, a.scheme, a.shown, a.personal = []string{id.String()}, string(id.Scheme), id.String(), id.Personal()
	if a.personal {
		a.shown = string(id.Scheme) + ":" + id.Mask()
		return a, identified(caller)
	}
	return a, nil
}

// identified refuses anonymous look-ups of persons (charter 11: every look is
// logged, and a log of nobody is none).
func identified(c api.Caller) error {
	if c.Operator || c.Relying != "" && c.Purpose != "" {
		return nil
	}
	return standing.Errorf(standing.Unauthenticated, "natural persons are looked up by identified relying parties with a purpose: send an API key")
}

func (r *Register) byName(a *asked, caller api.Caller, q *api.Question, name string) error {
	text := privacy.NameKeyText(name)
	if text == "" {
		return standing.Errorf(standing.Invalid, "the name is empty, too long or not valid UTF-8")
	}
	a.texts, a.scheme, a.shown, a.name = []string{text}, "name", "name:"+name, true
	a.country = strings.ToUpper(q.Country)
	err := identified(caller)
	if q.BirthDate != "" && err != nil {
		return err
	}
	if (q.BirthDate != "" || q.Country != "") && err == nil {
		// A country narrows an organisation's name for anyone; only who is
		// known, with a purpose, asks about persons by it.
		a.personal = true
		a.texts = append(a.texts, privacy.PersonKeyTexts(name, q.BirthDate, q.Country)...)
	}
	if caller.Operator {
		a.texts = append(a.texts, privacy.ProtectedNameText(name))
	}
	return nil
}

// addresseeNumber takes apart how a ruling's addressee without identifier is
// asked for: public.RulingParty.
func addresseeNumber(text string) (ruling string, number int, ok bool) {
	ruling, digits, ok := strings.Cut(text[strings.LastIndexByte(text, '/')+1:], ".")
	number, err := strconv.Atoi(digits)
	return ruling, number, ok && err == nil && len(digits) == 3
}

// byAddressee asks about the addressee of a ruling, by what the ruling says of
// it.
func (r *Register) byAddressee(ctx context.Context, a *asked, caller api.Caller, ruling string, number int) error {
	id, err := standing.ParseCaseID(ruling)
	if err != nil {
		return err
	}
	entries, err := r.cfg.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	c, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return err
	}
	if c.Ruling == nil || number < 1 || number > len(c.Ruling.Addressees) {
		return standing.Errorf(standing.NotFound, "no ruling %s with an addressee %d", ruling, number)
	}
	addressee := c.Ruling.Addressees[number-1]
	if addressee.Party.Protected() {
		a.personal = true
		if err := identified(caller); err != nil {
			return err
		}
	}
	who, err := r.identity(ctx, entries, addressee.Position)
	if err != nil {
		return err
	}
	a.shown, a.scheme, a.name, a.addressee = public.RulingParty(r.cfg.Origin, id, uint8(number)), "name", true, addressee.Position
	a.texts = privacy.LookupTexts(who.Names, who.Identifiers, who.BirthDate, who.Country, addressee.Party.Protected())
	return nil
}

// byRecord asks about the party of a record, by its identifiers or its name.
func (r *Register) byRecord(ctx context.Context, a *asked, caller api.Caller, text string) error {
	if ruling, number, ok := addresseeNumber(text); ok {
		return r.byAddressee(ctx, a, caller, ruling, number)
	}
	id, err := standing.ParseCaseID(text)
	if err != nil {
		return standing.Errorf(standing.Invalid, "%.60q is neither scheme:value, name:TEXT nor the id of a party's record", text)
	}
	entries, err := r.cfg.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	c, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return err
	}
	if c.Party == nil {
		return standing.Errorf(standing.NotFound, "no party's record %s", text)
	}
	if c.Party.Kind.Protected() {
		a.personal = true
		if err := identified(caller); err != nil {
			return err
		}
	}
	who, err := r.identity(ctx, entries, c.Party.Position)
	if err != nil {
		return err
	}
	a.shown, a.scheme = r.id(standing.PartyCase, id), "name"
	a.texts = privacy.LookupTexts(who.Names, who.Identifiers, who.BirthDate, who.Country, c.Party.Kind.Protected())
	if len(who.Identifiers) > 0 {
		a.scheme, _, _ = strings.Cut(who.Identifiers[0], ":")
	} else {
		a.name = true
	}
	return nil
}

// Check answers one question.
func (r *Register) Check(ctx context.Context, caller api.Caller, q api.Question) (*api.Answer, error) {
	a, err := r.understand(ctx, caller, &q)
	if err != nil {
		return nil, err
	}
	size := r.engine.Size() // before the decision, which may take in more but never less
	d, err := r.decide(ctx, a, q.Activity)
	if err != nil {
		return nil, err
	}
	protected := a.personal || slices.ContainsFunc(d.Hits, func(h check.Hit) bool { return h.Rule.Party.Protected() })
	if protected {
		if err := identified(caller); err != nil {
			return nil, err
		}
		if err := r.look(ctx, caller, a, d); err != nil {
			return nil, err
		}
	}
	out := &api.Answer{Verdict: verdict(d.Verdict), Party: a.shown, Activity: q.Activity, Region: q.Region, EffectiveAt: a.at, KnownAt: a.known,
		Grounds: []api.Ground{}, Position: size}
	if a.known == standing.Forever {
		out.KnownAt = r.cfg.Clock()
	}
	if a.name {
		out.Identity = "name only"
	}
	for _, g := range d.Gaps {
		out.Gaps = append(out.Gaps, api.Gap{List: g.List, Why: g.Why, AskBy: g.AskBy})
	}
	if len(d.Hits) == 0 {
		return out, nil
	}
	if err := r.tell(ctx, caller, d.Hits); err != nil {
		return nil, err
	}
	return out, r.explain(ctx, caller, a, d, out)
}

func verdict(v check.Verdict) api.Verdict {
	switch v {
	case check.Clear:
		return api.Clear
	case check.Restricted:
		return api.Restricted
	case check.NotCovered:
		return api.NotCovered
	}
	return api.Unknown
}

// decide finds the spans on whoever is asked about and decides.
func (r *Register) decide(ctx context.Context, a *asked, activity string) (check.Decision, error) {
	if a.now {
		if len(a.texts) == 1 {
			return r.engine.CheckText(a.texts[0], activity, a.where, a.at)
		}
		cover, err := r.engine.Law().Cover(activity, a.where)
		if err != nil {
			return check.Decision{}, err
		}
		var hits []check.Hit
		for _, t := range a.texts {
			hits = appendNew(hits, r.engine.Hits(r.engine.Key(t)))
		}
		return cover.Decide(a.scheme, hits, a.at, r.engine.Sources()), nil
	}
	law, sources := r.engine.Law(), r.engine.Sources()
	if a.known != standing.Forever {
		con, err := r.constitution(ctx, a.known)
		if err != nil {
			return check.Decision{}, err
		}
		law = check.NewLaw(con, r.cfg.Rulebooks)
		if sources, err = r.sources(ctx, con, a.known); err != nil {
			return check.Decision{}, err
		}
	}
	cover, err := law.Cover(activity, a.where)
	if err != nil {
		return check.Decision{}, err
	}
	found, err := r.find(ctx, a.texts)
	if err != nil {
		return check.Decision{}, err
	}
	var hits []check.Hit
	for _, f := range found {
		for _, h := range f.listings {
			known, err := check.AsKnown(h, a.known)
			if err != nil {
				return check.Decision{}, err
			}
			hits = appendNew(hits, known)
		}
	}
	return cover.Decide(a.scheme, hits, a.at, sources), nil
}

func appendNew(hits, more []check.Hit) []check.Hit {
	for _, h := range more {
		if !slices.ContainsFunc(hits, func(o check.Hit) bool { return o.Listing == h.Listing && o.From == h.From }) {
			hits = append(hits, h)
		}
	}
	return hits
}

// foundCase is one place where a look-up key stands: an addressee of a ruling with
// its listings, or a party's record.
type foundCase struct {
	position uint64
	id       standing.CaseID
	fold     *standing.Case
	entries  []*standing.Entry
	who      standing.PartyKind
	listings []check.History
}

// foundBound bounds the cases that one question may meet.
const foundBound = 256

// find looks up texts in the store.
func (r *Register) find(ctx context.Context, texts []string) ([]foundCase, error) {
	var out []foundCase
	for _, text := range texts {
		positions, err := r.cfg.Store.Lookup(ctx, store.Key(r.engine.Key(text)))
		if err != nil {
			return nil, err
		}
		for _, p := range positions {
			if slices.ContainsFunc(out, func(f foundCase) bool { return f.position == p }) {
				continue
			}
			if len(out) >= foundBound {
				return nil, standing.Errorf(standing.TooLarge, "more than %d cases bear this name: ask by identifier", foundBound)
			}
			f, err := r.foundAt(ctx, p)
			if err != nil {
				return nil, err
			}
			out = append(out, *f)
		}
	}
	return out, nil
}

func (r *Register) foundAt(ctx context.Context, position uint64) (*foundCase, error) {
	var act *standing.Act
	err := r.cfg.Store.Leaves(ctx, position, position+1, func(p uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(p, leaf)
		if err == nil {
			act = e.Act
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if act == nil {
		return nil, standing.Errorf(standing.Internal, "the look-up points to act %d, which is not there: run standing verify", position)
	}
	f := &foundCase{position: position, id: act.Case, who: act.Party}
	if f.entries, err = r.cfg.Store.Case(ctx, act.Case); err != nil {
		return nil, err
	}
	if f.fold, err = standing.Fold(f.entries, standing.Forever); err != nil {
		return nil, err
	}
	if f.fold.Ruling == nil {
		return f, nil
	}
	head, err := r.cfg.Store.Head(ctx, act.Case)
	if err != nil {
		return nil, err
	}
	for _, id := range head.Listings {
		entries, err := r.cfg.Store.Case(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			continue
		}
		if i := int(entries[0].Act.Addressee) - 1; i < len(f.fold.Ruling.Addressees) && f.fold.Ruling.Addressees[i].Position == position {
			f.listings = append(f.listings, check.History{ID: id, Listing: entries, Ruling: f.entries})
		}
	}
	return f, nil
}

// tell remembers which relying party learnt of which listing, so that a
// correction reaches everyone who was told.
func (r *Register) tell(ctx context.Context, caller api.Caller, hits []check.Hit) error {
	if caller.Relying == "" {
		return nil
	}
	told := make([]store.Told, len(hits))
	for i, h := range hits {
		told[i] = store.Told{Listing: h.Listing, Relying: caller.Relying, At: r.cfg.Clock()}
	}
	return r.cfg.Store.AppendTold(ctx, told)
}

// Told lists the relying parties that learnt of a listing here: whom a make-good
// notice must reach after a correction.
func (r *Register) Told(ctx context.Context, listing standing.CaseID) ([]store.Told, error) {
	return r.cfg.Store.ToldOf(ctx, listing)
}

// Looks calls fn with every look at whom the question is about, oldest first: what
// a natural person may read of who looked at them (charter 11). For the operator,
// who has seen who asks, alone.
func (r *Register) Looks(ctx context.Context, caller api.Caller, q api.Question, fn func(store.Look) error) error {
	if !caller.Operator {
		return standing.Errorf(standing.Forbidden, "the log of looks is read where the register is kept")
	}
	a, err := r.understand(ctx, caller, &q)
	if err != nil {
		return err
	}
	return r.cfg.Store.Looks(ctx, store.Key(r.engine.Key(a.texts[0])), fn)
}

// look records that a person was looked at, before the answer is given
// (charter 11).
func (r *Register) look(ctx context.Context, caller api.Caller, a *asked, d check.Decision) error {
	relying := caller.Relying
	if relying == "" {
		relying = "operator"
	}
	l := store.Look{At: r.cfg.Clock(), Relying: relying, Purpose: caller.Purpose, Key: store.Key(r.engine.Key(a.texts[0])), Verdict: string(verdict(d.Verdict))}
	if len(d.Hits) > 0 {
		l.Case = d.Hits[0].Listing
	}
	if err := r.cfg.Store.AppendLooks(ctx, []store.Look{l}); err != nil {
		return standing.Errorf(standing.Unavailable, "the look could not be logged, so it is not answered: try again: %v", err)
	}
	return nil
}
