package clerk

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
)

// ruleInForce is the list and ground that an act is judged by.
type ruleInForce struct {
	book    *rulebook.Compiled
	list    *rulebook.List
	ground  *rulebook.Ground
	charter *charter.Rule
}

// entitled checks that the signer may say this act, and finds the rule by which
// it is to be judged; nil for acts that no list governs.
func (w *work) entitled(j *job, p *prepared, st *state) (*ruleInForce, error) {
	a, sig := p.act, &j.statement.Signature
	if a.Kind == standing.RegisterFounded {
		return nil, nil
	}
	key := w.law().Keys[sig.Signer]
	if a.Kind.Noun() == standing.ConstitutionCase {
		return nil, w.twoFounders(a, sig, key)
	}
	if a.Authority == "" || a.Authority != key.Holder {
		return nil, standing.Errorf(standing.Forbidden, "%s: the act speaks for authority %q, the key belongs to %q", a.Kind, a.Authority, key.Holder)
	}
	if w.law().Authorities[a.Authority] == nil {
		return nil, standing.Errorf(standing.Forbidden, "%s: authority %s is not recorded", a.Kind, a.Authority)
	}
	if err := w.role(a, sig, key); err != nil {
		return nil, err
	}
	switch a.Kind.Noun() {
	case standing.ListingCase:
		return w.governing(p, st)
	case standing.RulingCase:
		return nil, w.mayRule(a, sig, st)
	case standing.SourceCase:
		return w.ruleOf(a.List, "", standing.Digest{})
	case standing.PartyCase:
		if p := st.fold.Party; p != nil && p.Authority != a.Authority {
			return nil, standing.Errorf(standing.Forbidden, "%s: the record is %s's; %s may not change it", a.Kind, p.Authority, a.Authority)
		}
	}
	return nil, nil
}

// twoFounders: the operator alone can grant nothing.
func (w *work) twoFounders(a *standing.Act, sig *standing.Signature, key *standing.Key) error {
	second := sig.Second
	if second == nil || !key.Has(standing.RoleFounder) || !w.law().Keys[second.Signer].Has(standing.RoleFounder) ||
		w.law().Keys[second.Signer].Officer == key.Officer {
		return standing.RefusedBy("constitution two founders", "let a second founder sign the same statement", "%s: a change of the constitution needs the signatures of two founders", a.Kind)
	}
	return nil
}

// role says which role of a key each kind of act needs.
func (w *work) role(a *standing.Act, sig *standing.Signature, key *standing.Key) error {
	need := standing.RoleOfficer
	switch a.Kind {
	case standing.PartyRecorded, standing.PartyChanged, standing.PartyErased:
		need = standing.RoleRegistrar
	case standing.PerformanceClaimed, standing.ObjectionMade, standing.ErrorClaimed, standing.CreditorRequested:
		need = standing.RoleIntake
		behalf := "party"
		if a.Kind == standing.CreditorRequested {
			behalf = "creditor"
		}
		if sig.Algorithm != standing.Intake || sig.OnBehalfOf != behalf {
			return standing.Errorf(standing.Forbidden, "%s: what a %s says is received by an intake office, on behalf of the %s", a.Kind, behalf, behalf)
		}
	case standing.ListingReported, standing.ReportChanged, standing.ReportWithdrawn, standing.SnapshotImported, standing.LooksSealed:
		need = standing.RoleTranscriber
	}
	if a.Source != nil {
		need = standing.RoleTranscriber
	}
	if !key.Has(need) {
		return standing.Errorf(standing.Forbidden, "%s: key %s lacks the role %s", a.Kind, key.ID, need)
	}
	if sig.Algorithm == standing.Intake && need != standing.RoleIntake {
		return standing.Errorf(standing.Forbidden, "%s: an intake office may not state it", a.Kind)
	}
	return nil
}

// mayRule: a ruling's case is its authority's; a court may annul anyone's, and
// any intake office receives claims.
func (w *work) mayRule(a *standing.Act, sig *standing.Signature, st *state) error {
	if st.fold.Version == 0 || sig.Algorithm == standing.Intake || a.Authority == st.fold.Ruling.Authority {
		return nil
	}
	if a.Kind == standing.RulingAnnulled && w.law().Authorities[a.Authority].Kind == "court" {
		return nil
	}
	return standing.Errorf(standing.Forbidden, "%s: the ruling is %s's; %s may not change it", a.Kind, st.fold.Ruling.Authority, a.Authority)
}

// governing finds the rule of a listing act and checks that the authority is
// entitled to the list there.
func (w *work) governing(p *prepared, st *state) (*ruleInForce, error) {
	a := p.act
	list, ground, digest := a.List, a.Code, standing.Digest{}
	if l := st.fold.Listing; l != nil && st.fold.Version > 0 {
		list, ground, digest = l.List, l.Ground, l.Rulebook
		if a.List != "" && a.List != list {
			return nil, standing.Errorf(standing.Invalid, "%s: the listing is on %s, the act names %s", a.Kind, list, a.List)
		}
		if a.Kind == standing.ListingAmended && a.Code != "" {
			ground, digest = a.Code, standing.Digest{}
		}
	}
	if list == "" || ground == "" {
		return nil, standing.Errorf(standing.Invalid, "%s: list and ground are needed", a.Kind)
	}
	rule, err := w.ruleOf(list, ground, digest)
	if err != nil {
		return nil, err
	}
	lays := []standing.Kind{standing.ListingAmended, standing.NoticeServed, standing.ListingConfirmed, standing.ListingRenewed}
	if slices.Contains(lays, a.Kind) && !w.law().InForce(list).Holds(w.now) {
		return nil, standing.Errorf(standing.NotFound, "%s: list %s is not in force in this register", a.Kind, list)
	}
	authority := w.law().Authorities[a.Authority]
	intake := []standing.Kind{standing.ObjectionMade, standing.ErrorClaimed, standing.CreditorRequested}
	if slices.Contains(intake, a.Kind) {
		return rule, nil
	}
	if !authority.IsEntitled(list) {
		return nil, standing.RefusedBy("charter 1.3", "ask the register's founders to entitle the authority", "%s: %s is not entitled to list %s", a.Kind, a.Authority, list)
	}
	if l := st.fold.Listing; l != nil && !w.answersFor(authority, l.Authority) {
		return nil, standing.Errorf(standing.Forbidden, "%s: the listing is %s's; %s may not change it", a.Kind, l.Authority, a.Authority)
	}
	// An entry on a national list holds in the whole region of the list,
	// whichever court made it; a city list never leaves its city.
	acts, kept := region.ID(authority.Region), rule.list.Region
	if !region.Contains(acts, kept) && !region.Contains(kept, acts) {
		return nil, standing.RefusedBy("charter 4.1", "let an authority of that region act", "%s: %s acts in %s, list %s is kept for %s", a.Kind, a.Authority, acts, list, kept)
	}
	return rule, nil
}

// answersFor: a listing's case is its authority's, or a superior's: of one that
// is entitled to the list too and acts in a wider region.
func (w *work) answersFor(acting *standing.Authority, owner standing.AuthorityID) bool {
	if acting.ID == owner {
		return true
	}
	own := w.law().Authorities[owner]
	return own != nil && own.Region != acting.Region && region.Contains(region.ID(acting.Region), region.ID(own.Region))
}

// ruleOf finds list and ground in the rulebook with the digest, or in the one
// in force now where none is given.
func (w *work) ruleOf(list standing.ListID, ground string, digest standing.Digest) (*ruleInForce, error) {
	con := w.law()
	if digest.IsZero() {
		span := con.InForce(list)
		adopted, ok := con.Adopted(list.Rulebook(), w.now)
		if !ok || !span.Holds(w.now) {
			return nil, standing.Errorf(standing.NotFound, "list %s is not in force in this register", list)
		}
		digest = adopted
	}
	book, ok := w.c.cfg.Rulebooks.ByDigest(digest)
	if !ok {
		return nil, standing.Errorf(standing.Unavailable, "the text of rulebook %s (%s) is not loaded", list.Rulebook(), digest)
	}
	l, ok := book.List(list.Name())
	if !ok {
		return nil, standing.Errorf(standing.NotFound, "rulebook %s has no list %s", list.Rulebook(), list.Name())
	}
	rule := &ruleInForce{book: book, list: l}
	if ground == "" {
		return rule, nil
	}
	i := slices.IndexFunc(l.Grounds, func(g rulebook.Ground) bool { return g.ID == ground })
	if i < 0 {
		return nil, standing.RefusedBy("rulebook "+string(list)+" grounds", "choose one of the list's grounds", "list %s has no ground %s", list, ground)
	}
	rule.ground = &l.Grounds[i]
	rule.charter = book.Rule(l.ID, ground)
	return rule, nil
}
