package clerk

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	act "github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/store"
)

// resolve works out every instant of an act that depends on a rule, and the
// documents that a constitutional act brings. The fold compares instants only.
func (w *work) resolve(p *prepared, st *state, rule *ruleInForce) (standing.Resolution, error) {
	switch p.act.Kind.Noun() {
	case standing.ConstitutionCase:
		return standing.Resolution{}, w.constitutional(p)
	case standing.RulingCase:
		return w.resolveRuling(p, st)
	case standing.ListingCase:
		out := standing.Resolution{Rulebook: rule.book.Digest, Calendar: rule.book.Calendar.Digest()}
		err := w.resolveListing(&out, p, st, rule)
		return out, err
	case standing.SourceCase:
		out := standing.Resolution{Rulebook: rule.book.Digest, Calendar: rule.book.Calendar.Digest()}
		if rule.list.Reported == nil {
			return out, standing.RefusedBy("rulebook "+string(p.act.List)+" reported", "", "list %s does not take over other bodies' publications", p.act.List)
		}
		set(&out, standing.StaleAfter)(rule.book.StaleAfter(rule.list, p.act.At(standing.Snapshot)))
		return out, nil
	}
	return standing.Resolution{}, nil
}

// set adds a resolved instant and carries its provisional mark.
func set(r *standing.Resolution, name standing.InstantName) func(standing.Instant, bool) {
	return func(at standing.Instant, provisional bool) {
		r.Instants = r.Instants.With(name, at)
		r.Provisional = r.Provisional || provisional
	}
}

// constitutional checks what an act of the constitution brings: the text of a
// rulebook must be loaded here and is kept with the register for ever.
func (w *work) constitutional(p *prepared) error {
	if p.act.Kind != standing.RulebookAdopted {
		return nil
	}
	book, ok := w.c.cfg.Rulebooks.ByDigest(p.act.Digest)
	if !ok || book.Name != string(p.act.List) {
		return standing.Errorf(standing.NotFound, "rulebook.adopted: no text of rulebook %s with digest %s is loaded: give the clerk the text first", p.act.List, p.act.Digest)
	}
	w.trial.docs = append(w.trial.docs, store.Document{Digest: book.Digest, Bytes: book.Text})
	return nil
}

func (w *work) resolveListing(out *standing.Resolution, p *prepared, st *state, rule *ruleInForce) error {
	a := p.act
	switch a.Kind {
	case standing.ListingProposed, standing.ListingAmended:
		if err := w.recognises(a, rule); err != nil {
			return err
		}
		if err := w.relisted(p, rule); err != nil {
			return err
		}
		if w.replay {
			return nil // the facts stand in the opening
		}
		return w.meets(p, rule)
	case standing.Exempted:
		return w.exemptible(a, rule)
	case standing.NoticeServed:
		set(out, standing.WindowEnd)(rule.book.WindowEnd(rule.list, a.At(standing.Served)))
	case standing.ListingConfirmed:
		if err := w.silent(st.fold.Listing); err != nil {
			return err
		}
		return w.resolveConfirmed(out, a, rule)
	case standing.ErrorClaimed:
		set(out, standing.AnswerBy)(rule.book.AnswerBy(rule.list, a.Occurred))
	case standing.ListingRenewed:
		set(out, standing.Review)(rule.book.Review(rule.list, w.now))
	case standing.ListingEnded, standing.ListingMarked:
		return w.resolveExit(out, p, st, rule)
	case standing.ListingReported, standing.ReportChanged:
		if rule.list.Reported == nil {
			return standing.RefusedBy("rulebook "+string(a.List)+" reported", "", "list %s does not take over other bodies' publications", a.List)
		}
		out.Screening = len(rule.list.Reported.Attested) == 0 || a.Facts.Has(standing.Permanent) || tooLong(a)
	}
	return nil
}

// tooLong reports whether a reported term is longer than the charter takes
// over: such an entry serves screening, as a permanent one does.
func tooLong(a *standing.Act) bool {
	until := a.At(standing.Until)
	return until != 0 && until > a.At(standing.From)+charter.MaxReported
}

// meets checks the ground's condition against the facts that the officer
// states with the proposal.
func (w *work) meets(p *prepared, rule *ruleInForce) error {
	var values map[string]string
	if p.opening != nil {
		values = p.opening.Values
	}
	ok, err := rule.book.Meets(rule.list.ID, rule.ground.ID, values)
	if err != nil {
		return standing.RefusedBy("rulebook "+rule.book.Name+"/"+rule.list.ID+" ground "+rule.ground.ID, "state the facts that the condition reads", "%v", err)
	}
	if !ok {
		return standing.RefusedBy("rulebook "+rule.book.Name+"/"+rule.list.ID+" ground "+rule.ground.ID, "", "the facts stated do not meet the ground's condition: %s", rule.ground.When)
	}
	return nil
}

// resolveConfirmed works out when the effect begins and ends: a beginning is
// never earlier than the act that states it.
func (w *work) resolveConfirmed(out *standing.Resolution, a *standing.Act, rule *ruleInForce) error {
	from := max(a.Occurred, a.At(standing.From), w.now)
	out.Instants = out.Instants.With(standing.From, from)
	if rule.ground.Mode == "fixed-term" {
		end, provisional, err := rule.book.TermEnd(rule.list.ID, rule.ground.ID, from, a.At(standing.Until))
		if err != nil {
			return standing.RefusedBy("rulebook "+rule.book.Name+"/"+rule.list.ID+" term", "", "%v", err)
		}
		set(out, standing.TermEnd)(end, provisional)
		return nil
	}
	if rule.ground.Mode == "conditional" && !rule.ground.Term.IsZero() {
		earliest, provisional, err := rule.book.TermEnd(rule.list.ID, rule.ground.ID, from, 0)
		if err != nil {
			return err
		}
		set(out, standing.EarliestAt)(earliest, provisional)
	}
	set(out, standing.Review)(rule.book.Review(rule.list, from))
	return nil
}

// silent refuses to let an effect begin over a proven claim of performance that
// nobody has answered and that no list has set a day for, because it was made
// before there was a listing. A claim that has its day rests the effect then.
func (w *work) silent(l *standing.Listing) error {
	r, err := w.view(l.Ruling)
	if err != nil || r == nil {
		return err
	}
	for _, c := range r.fold.Ruling.Claims {
		if c.Proven && c.AnswerBy == 0 && c.AnsweredAt == 0 && (c.Addressee == 0 || c.Addressee == l.Addressee) {
			return standing.RefusedBy("charter 2.6", "answer the claim first", "listing.confirmed: a proven claim of performance of %s waits for its answer", c.At)
		}
	}
	return nil
}

// recognised is the listing that an act cites, nil when it cites none.
func (w *work) recognised(a *standing.Act) (*standing.Listing, error) {
	ref, ok := a.Ref(standing.RefListing)
	if !ok {
		return nil, nil
	}
	st, err := w.view(ref.Case)
	if err != nil || st == nil {
		return nil, err
	}
	return st.fold.Listing, nil
}

// recognises holds a proposal to the list's rows of recognition. A list that
// has any takes another authority's decision in through them alone, or whoever
// leaves the citation out would not be bound by their terms.
func (w *work) recognises(a *standing.Act, rule *ruleInForce) error {
	if a.Kind != standing.ListingProposed || len(rule.list.Recognises) == 0 {
		return nil
	}
	name := "rulebook " + rule.book.Name + "/" + rule.list.ID + " recognises"
	ref, _ := a.Ref(standing.RefRuling)
	ruling, err := w.view(ref.Case)
	if err != nil || ruling == nil || ruling.fold.Ruling == nil {
		return err
	}
	other, err := w.recognised(a)
	if err != nil {
		return err
	}
	if !a.Facts.Has(standing.Recognised) {
		if r := ruling.fold.Ruling; r.Reported == nil && r.Authority != a.Authority {
			return standing.RefusedBy(name, "cite the listing of whoever decided, and state that it is recognised", "the decision is %s's", r.Authority)
		}
		return nil
	}
	if other == nil {
		return nil // the charter says so (1.6)
	}
	_, fits := rule.book.Recognised(rule.list, other)
	switch {
	case other.Reported != nil:
		return standing.RefusedBy(name, "", "the listing is only reported from %s: what is recognised was decided in this register", other.Reported.Source)
	case other.Addressee != a.Addressee:
		return standing.RefusedBy(name, "list the same addressee", "the recognised listing is of addressee %d, not of the same addressee", other.Addressee)
	case !fits:
		return standing.RefusedBy(name, "", "the list recognises no listing on %s, ground %s, that lasts so long", other.List, other.Ground)
	}
	return nil
}

// relisted refuses a proposal too soon after the entry was deleted at the
// creditor's request, where the list bars it for a time.
func (w *work) relisted(p *prepared, rule *ruleInForce) error {
	ref, ok := p.act.Ref(standing.RefRuling)
	if !ok || rule.list.RelistBar.IsZero() {
		return nil
	}
	ruling, err := w.view(ref.Case)
	if err != nil || ruling == nil {
		return err
	}
	for _, id := range ruling.listings {
		l, err := w.view(id)
		if err != nil || l == nil {
			return err
		}
		old := l.fold.Listing
		if old.List != p.act.List || old.Addressee != p.act.Addressee || old.Ended == nil || old.Ended.Event != "creditor-consent" {
			continue
		}
		if from, _ := rule.book.RelistFrom(rule.list, old.Ended.At); w.now < from {
			return standing.RefusedBy("rulebook "+rule.book.Name+"/"+rule.list.ID+" relist-bar", "propose again after that", "the entry was deleted at the creditor's request: none again before %s", from)
		}
	}
	return nil
}

// exemptible refuses an exemption that is longer or wider than the list allows.
func (w *work) exemptible(a *standing.Act, rule *ruleInForce) error {
	name := "rulebook " + rule.book.Name + "/" + rule.list.ID + " exemption"
	if rule.list.Exemption == nil {
		return standing.RefusedBy(name, "", "the list knows no exemption")
	}
	from := max(a.At(standing.From), w.now)
	if last, _ := rule.book.ExemptionEnd(rule.list, from); a.At(standing.Until) > last {
		return standing.RefusedBy(name, "end it by then; it can be granted again", "an exemption from %s may last until %s", from, last)
	}
	for _, activity := range a.Codes {
		if allowed := rule.list.Exemption.Activities; len(allowed) > 0 && !slices.ContainsFunc(allowed, func(x string) bool { return act.Covers(x, activity) }) {
			return standing.RefusedBy(name, "", "the list allows no exemption of %s", activity)
		}
	}
	return nil
}

// resolveExit finds the row of the list's table of exits that fits the event.
func (w *work) resolveExit(out *standing.Resolution, p *prepared, st *state, rule *ruleInForce) error {
	a := p.act
	exit, at, provisional, err := w.exitAt(rule, st.fold.Listing, a.Code, a.Occurred, a.Facts)
	if err != nil {
		return err
	}
	want := map[bool]string{true: "lifts", false: "marks"}[a.Kind == standing.ListingEnded]
	if exit == nil || exit.Effect != want {
		return standing.RefusedBy("rulebook "+rule.book.Name+"/"+rule.list.ID+" exits", "see the exits that are open to the listing",
			"the event %q %s no listing on ground %s here", a.Code, want, rule.ground.ID)
	}
	if want == "lifts" {
		set(out, standing.EndsAt)(max(at, w.now), provisional)
	}
	return nil
}

// exitAt is the row that fits an event on a listing, and when it lifts.
func (w *work) exitAt(rule *ruleInForce, l *standing.Listing, event string, at standing.Instant, facts standing.Facts) (exit *rulebook.Exit, ends standing.Instant, provisional bool, err error) {
	x := rulebook.ExitFacts{At: at, Facts: facts}
	if l.Confirmed != nil {
		x.From = l.Confirmed.From
	}
	r, err := w.view(l.Ruling)
	if err != nil {
		return nil, 0, false, err
	}
	x.RulingDecided = r.fold.Ruling.Decided
	exit, ok := rule.book.FitExit(rule.list.ID, l.Ground, event, x)
	if !ok {
		return nil, 0, false, nil
	}
	ends, provisional = rule.book.ExitAt(exit, x.From, at)
	if l.Confirmed != nil && l.Confirmed.Earliest > ends {
		ends = l.Confirmed.Earliest
	}
	return exit, ends, provisional, nil
}

// resolveRuling works out which listings an event on their ruling ends.
func (w *work) resolveRuling(p *prepared, st *state) (standing.Resolution, error) {
	a := p.act
	var out standing.Resolution
	event, facts, addressee := "", a.Facts, a.Addressee
	switch a.Kind {
	case standing.PerformanceRecorded:
		event = "performed"
	case standing.SettlementRecorded:
		event = "settled"
	case standing.SecurityGiven:
		event = "security-given"
	case standing.InabilityFound:
		event = "inability-found"
	case standing.ClaimAnswered:
		if a.Code != "upheld" {
			return out, nil
		}
		event, facts = "performed", facts|standing.FullPerformance
		if cause, ok := a.Ref(standing.RefCause); ok {
			for _, c := range st.fold.Ruling.Claims {
				if c.Version == cause.Version {
					addressee = c.Addressee
				}
			}
		}
	case standing.PerformanceClaimed:
		return w.answerBy(st, a)
	default:
		return out, nil
	}
	for _, id := range st.listings {
		l, err := w.view(id)
		if err != nil || l == nil {
			return out, standing.Errorf(standing.Internal, "listing %s of the ruling cannot be read: %v", id, err)
		}
		if addressee != 0 && l.fold.Listing.Addressee != addressee {
			continue
		}
		if end, _ := standing.End(id, l.fold.Listing, st.fold.Ruling); end <= a.Occurred {
			continue // over already
		}
		rule, err := w.ruleOf(l.fold.Listing.List, l.fold.Listing.Ground, l.fold.Listing.Rulebook)
		if err != nil {
			return out, err
		}
		exit, at, provisional, err := w.exitAt(rule, l.fold.Listing, event, a.Occurred, facts)
		if err != nil {
			return out, err
		}
		if exit == nil || exit.Effect != "lifts" {
			continue
		}
		if len(out.Endings) >= standing.MaxEndings {
			return out, standing.Errorf(standing.TooLarge, "%s: it ends more than %d listings: state it addressee by addressee", a.Kind, standing.MaxEndings)
		}
		out.Endings = append(out.Endings, standing.Ending{Listing: id, At: at})
		out.Provisional = out.Provisional || provisional
	}
	return out, nil
}

// answerBy is the earliest of the deadlines that the lists of a ruling's
// listings set for answering a claim of performance.
func (w *work) answerBy(st *state, a *standing.Act) (standing.Resolution, error) {
	var out standing.Resolution
	for _, id := range st.listings {
		l, err := w.view(id)
		if err != nil || l == nil {
			return out, standing.Errorf(standing.Internal, "listing %s of the ruling cannot be read: %v", id, err)
		}
		rule, err := w.ruleOf(l.fold.Listing.List, l.fold.Listing.Ground, l.fold.Listing.Rulebook)
		if err != nil {
			return out, err
		}
		at, provisional := rule.book.AnswerBy(rule.list, a.Occurred)
		if have := out.Instants.Get(standing.AnswerBy); have == 0 || at < have {
			set(&out, standing.AnswerBy)(at, provisional)
		}
	}
	return out, nil
}

// erase destroys what can be read of a party: the key that seals it, its vault
// rows and its look-ups. The acts stay and prove that it was done.
func (w *work) erase(p *prepared, st *state) error {
	if p.act.Kind != standing.PartyErased {
		return nil
	}
	who, err := w.c.subjectOf(w.ctx, st, 0)
	if err != nil {
		return err
	}
	head, err := w.c.cfg.Store.Head(w.ctx, p.act.Case)
	if err != nil {
		return err
	}
	w.trial.erased = append(w.trial.erased, head.Positions...)
	for _, s := range st.said { // which the store may not have yet
		if !slices.Contains(head.Positions, s.receipt.Position) {
			w.trial.erased = append(w.trial.erased, s.receipt.Position)
		}
	}
	if who.slot != 0 {
		w.trial.slots = append(w.trial.slots, privacy.Slot(who.slot))
	}
	st.subjects = nil
	return nil
}
