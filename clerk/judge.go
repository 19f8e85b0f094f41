package clerk

import (
	"bytes"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
)

// view returns a case as this statement sees it, not to be changed.
func (w *work) view(id standing.CaseID) (*state, error) {
	if s := w.trial.states[id]; s != nil {
		return s, nil
	}
	return w.c.load(w.ctx, id)
}

// law is the constitution as this statement sees it.
func (w *work) law() *standing.Constitution {
	if s, err := w.view(standing.ConstitutionID); err == nil && s != nil {
		return s.fold.Constitution
	}
	return &standing.Constitution{}
}

// authentic checks that the keys that signed were in force when the clerk
// records, and that the intake and second signatures are what they claim.
func (w *work) authentic(j *job) error {
	if w.law().Founded == 0 && j.acts[0].act.Kind == standing.RegisterFounded {
		return founded(&j.statement.Signature)
	}
	for sig := &j.statement.Signature; sig != nil; sig = sig.Second {
		k := w.law().Keys[sig.Signer]
		switch {
		case k == nil || !k.Active(w.now):
			return standing.Errorf(standing.Unauthenticated, "key %s is not in force", sig.Signer)
		case sig.Algorithm == standing.Intake && !k.Has(standing.RoleIntake):
			return standing.Errorf(standing.Forbidden, "key %s may not receive on behalf of others: it lacks the role intake", sig.Signer)
		case (sig.Algorithm == standing.Intake) != (sig.OnBehalfOf != ""):
			return standing.Errorf(standing.Invalid, "an intake signature names on whose behalf it is, and no other does")
		}
	}
	return nil
}

// founded checks the signatures under a register's first statement, which
// brings its keys.
func founded(sig *standing.Signature) error {
	switch {
	case sig.Second == nil || sig.Second.Signer == sig.Signer:
		return standing.RefusedBy("constitution founding", "let both founders sign", "a register is founded by two persons: the second signature is missing")
	case sig.Algorithm != standing.Ed25519 || sig.Second.Algorithm != standing.Ed25519 || sig.OnBehalfOf != "" || sig.Second.OnBehalfOf != "":
		return standing.Errorf(standing.Invalid, "founders sign with keys of their own (ed25519), on behalf of nobody")
	}
	return nil
}

// record judges one act and adds it to the trial.
func (w *work) record(j *job, i int, p *prepared) error {
	a := p.act
	st, err := w.target(p)
	if err != nil {
		return err
	}
	if again, err := w.again(j, p, st); again != nil || err != nil {
		if again != nil {
			w.trial.receipts = append(w.trial.receipts, *again)
		}
		return err
	}
	if err := belongs(a, st); err != nil {
		return err
	}
	if err := w.timely(a); err != nil {
		return err
	}
	if err := w.cited(a); err != nil {
		return err
	}
	rule, err := w.entitled(j, p, st)
	if err != nil {
		return err
	}
	e := &standing.Entry{RecordedAt: w.now, Index: uint16(i), Count: uint16(len(j.acts)), Bytes: p.bytes, Act: a, Signer: j.statement.Signature.Signer}
	if i == 0 {
		sig := j.statement.Signature
		e.Signature = &sig
	}
	e.Position = uint64(w.c.log.Size()) + uint64(len(w.b.store.Leaves)+len(w.trial.leaves))
	if e.Resolution, err = w.resolve(p, st, rule); err != nil {
		return err
	}
	if err := within(a, &e.Resolution); err != nil {
		return err
	}
	if err := w.chartered(j, p, st, rule, e); err != nil {
		return err
	}
	if st.fold.Party != nil && st.fold.Version > 0 {
		// Under which key the party is sealed: read before the fold moves on to
		// an opening that is not stored yet.
		if _, err := w.c.subjectOf(w.ctx, st, 0); err != nil {
			return err
		}
	}
	if err := st.fold.Apply(e); err != nil {
		return err
	}
	w.trial.states[a.Case] = st
	return w.keep(p, st, e)
}

// target is the case that the act belongs to, a new one for acts that open it.
func (w *work) target(p *prepared) (*state, error) {
	a := p.act
	if a.Kind.Opens() && a.Version == 0 && slices.Compare(a.Case[:], w.c.lastCase[:]) > 0 && w.trial.states[a.Case] == nil && w.c.cases.get(a.Case) == nil {
		return &state{fold: &standing.Case{}}, nil // later than every case there is
	}
	st, err := w.state(a.Case)
	if err != nil {
		return nil, err
	}
	if st == nil {
		st = &state{fold: &standing.Case{}}
	}
	return st, nil
}

// belongs refuses an act on a case that is not there, is about another noun, or
// has moved on: what judges the act after this may rely on its noun.
func belongs(a *standing.Act, st *state) error {
	noun := a.Kind.Noun()
	switch {
	case (noun == standing.ConstitutionCase) != (a.Case == standing.ConstitutionID):
		return standing.Errorf(standing.Invalid, "%s: case %s cannot be a %s", a.Kind, a.Case, noun)
	case st.fold.Version == 0 && !a.Kind.Opens():
		return standing.Errorf(standing.NotFound, "%s: case %s does not exist", a.Kind, a.Case)
	case st.fold.Version > 0 && st.fold.Kind != noun:
		return standing.Errorf(standing.Invalid, "%s: case %s is a %s", a.Kind, a.Case, st.fold.Kind)
	case st.fold.Version > 0 && a.Kind.Opens() && a.Version == 0:
		return standing.Errorf(standing.Conflict, "%s: case %s exists already", a.Kind, a.Case)
	case st.fold.Version != a.Version:
		return standing.Errorf(standing.Conflict, "%s: case %s has %d acts, the act was signed for %d: read it again and sign anew", a.Kind, a.Case, st.fold.Version, a.Version)
	}
	return nil
}

// again answers an act that was recorded before, byte for byte, with its first
// receipt: sending twice is one act. So is the same command (authority and
// idempotency key) in other bytes, as when the client read the case anew.
func (w *work) again(j *job, p *prepared, st *state) (*Receipt, error) {
	a := p.act
	if st.fold.Version == 0 || (a.Version == st.fold.Version && len(a.Key) == 0) {
		return nil, nil
	}
	same := func(key []byte, authority standing.AuthorityID, digest standing.Digest) bool {
		return digest == p.digest || len(a.Key) > 0 && authority == a.Authority && bytes.Equal(key, a.Key)
	}
	answer := func(kind standing.Kind, r Receipt) (*Receipt, error) {
		if kind != a.Kind {
			return nil, standing.Errorf(standing.Conflict, "the idempotency key was used for %s before", kind)
		}
		r.Again = true
		return &r, nil
	}
	for _, s := range st.said {
		if same(s.key, s.authority, s.receipt.Act) {
			return answer(s.kind, s.receipt)
		}
	}
	entries, err := w.c.cfg.Store.Case(w.ctx, a.Case)
	if err != nil {
		return nil, err
	}
	for v, e := range entries {
		if digest := standing.DigestOf(e.Bytes); same(e.Act.Key, e.Act.Authority, digest) {
			return answer(e.Act.Kind, Receipt{Position: e.Position, Act: digest, Case: a.Case, Version: uint64(v + 1), RecordedAt: e.RecordedAt, Resolution: e.Resolution})
		}
	}
	return nil, nil
}

// timely refuses what claims to have happened after now. Clocks of offices
// differ by minutes, not by more.
func (w *work) timely(a *standing.Act) error {
	const tolerance = 300
	if a.Occurred == 0 {
		return standing.Errorf(standing.Invalid, "%s: say when it happened (occurred)", a.Kind)
	}
	if a.Occurred > w.now+tolerance {
		return standing.Errorf(standing.Invalid, "%s: dated %s, in the future", a.Kind, a.Occurred)
	}
	return nil
}

// cited checks the versions of the cases that the act is conditional on.
func (w *work) cited(a *standing.Act) error {
	for _, r := range a.Refs {
		if r.Version == 0 || r.Role == standing.RefCause {
			continue
		}
		st, err := w.view(r.Case)
		if err != nil {
			return err
		}
		if st == nil {
			return standing.Errorf(standing.NotFound, "%s: it cites case %s, which does not exist", a.Kind, r.Case)
		}
		if st.fold.Version != r.Version {
			return standing.Errorf(standing.Conflict, "%s: case %s has %d acts, the act was signed for %d: read it again and sign anew", a.Kind, r.Case, st.fold.Version, r.Version)
		}
	}
	return nil
}

// ruling is the ruling that a listing act rests on, nil for other acts.
func (w *work) ruling(p *prepared, st *state) (standing.CaseID, *state, error) {
	id := standing.CaseID{}
	switch {
	case st.fold.Listing != nil && st.fold.Version > 0:
		id = st.fold.Listing.Ruling
	case p.act.Kind.Noun() == standing.ListingCase:
		ref, ok := p.act.Ref(standing.RefRuling)
		if !ok {
			return id, nil, standing.RefusedBy("charter 1.1", "cite the ruling that the listing rests on", "%s: no ruling is cited", p.act.Kind)
		}
		id = ref.Case
	default:
		return id, nil, nil
	}
	r, err := w.view(id)
	if err == nil && (r == nil || r.fold.Ruling == nil) {
		err = standing.RefusedBy("charter 1.1", "record the ruling first", "%s: case %s is not a ruling of this register", p.act.Kind, id)
	}
	return id, r, err
}

// within refuses what would lead past the years that an entry can hold.
func within(a *standing.Act, r *standing.Resolution) error {
	bad := func(name string) error {
		return standing.Errorf(standing.Invalid, "%s: by the rules %s would lie outside the years 1900 to 2199: correct the dates of the act", a.Kind, name)
	}
	for _, i := range r.Instants {
		if !i.At.Valid() {
			return bad(i.Name.String())
		}
	}
	for _, e := range r.Endings {
		if !e.At.Valid() {
			return bad("an end")
		}
	}
	return nil
}

// chartered gathers what the charter's articles look at and asks them.
func (w *work) chartered(j *job, p *prepared, st *state, rule *ruleInForce, e *standing.Entry) error {
	f := charter.Facts{Act: p.act, Case: st.fold, Resolution: e.Resolution, Now: w.now, Opening: p.opening,
		Authority: w.law().Authorities[p.act.Authority], Signer: w.law().Keys[j.statement.Signature.Signer]}
	if rule != nil {
		f.Rule = rule.charter
	}
	switch id, r, err := w.ruling(p, st); {
	case err == nil && r != nil:
		f.RulingCase, f.Ruling = id, r.fold.Ruling
	case err != nil && standing.KindOf(err) != standing.Refused: // that there is none is the charter's to say
		return err
	}
	if l := st.fold.Listing; l != nil && st.fold.Version > 0 {
		if k := w.law().Keys[l.ProposedBy]; k != nil {
			f.Proposer = k.Officer
		}
	}
	var err error
	if f.Recognised, err = w.recognised(p.act); err != nil {
		return err
	}
	return charter.AsError(charter.CheckAct(f))
}

// keep adds what follows from a recorded act: leaf, head, vault row, links.
func (w *work) keep(p *prepared, st *state, e *standing.Entry) error {
	a, t := p.act, &w.trial
	t.leaves = append(t.leaves, e.Encode())
	t.heads = append(t.heads, headStep{id: a.Case, kind: st.fold.Kind, version: st.fold.Version, position: e.Position})
	if p.raw != nil {
		if err := w.vault(p, st, e); err != nil {
			return err
		}
	}
	switch a.Kind.Noun() {
	case standing.ListingCase:
		if a.Kind.Opens() {
			ruling, err := w.state(st.fold.Listing.Ruling)
			if err != nil {
				return err
			}
			ruling.listings = append(ruling.listings, a.Case)
			t.heads = append(t.heads, headStep{id: st.fold.Listing.Ruling, kind: standing.RulingCase, version: ruling.fold.Version, listing: a.Case})
		}
		t.touched = append(t.touched, a.Case)
	case standing.RulingCase:
		t.touched = append(t.touched, st.listings...)
	}
	if err := w.erase(p, st); err != nil {
		return err
	}
	receipt := Receipt{Position: e.Position, Act: p.digest, Case: a.Case, Version: st.fold.Version, RecordedAt: w.now, Resolution: e.Resolution}
	st.said = append(st.said, said{receipt, a.Kind, a.Authority, a.Key})
	t.receipts = append(t.receipts, receipt)
	return nil
}

// vault seals the act's opening. What names someone first gets a key of its
// own; what is said of them later is sealed under the same, so that erasing one
// key reaches all of it.
func (w *work) vault(p *prepared, st *state, e *standing.Entry) error {
	who, err := w.whose(p, st)
	if err != nil {
		return err
	}
	if who.slot == 0 {
		if who.slot, err = w.c.seal.slot(); err != nil {
			return err
		}
	}
	if p.person != nil {
		w.remember(p, st, who)
	}
	row, err := w.c.seal.seal(p, who.slot)
	if err != nil {
		return err
	}
	row.Position = e.Position
	w.trial.vault = append(w.trial.vault, row)
	return nil
}

// whose opening it is; of no slot yet when nothing is sealed for them.
func (w *work) whose(p *prepared, st *state) (*subject, error) {
	switch noun := p.act.Kind.Noun(); {
	case p.person != nil && st.fold.Party != nil && len(st.subjects) > 0:
		p.person.slot = st.subjects[0].slot
		return p.person, nil
	case p.person != nil:
		return p.person, nil
	case noun == standing.ConstitutionCase, noun == standing.SourceCase, noun == standing.LooksCase:
		return &subject{}, nil
	}
	return w.about(p, st)
}

// remember keeps the subject beside its case: later acts are sealed and found
// by it before the store has it.
func (w *work) remember(p *prepared, st *state, who *subject) {
	switch {
	case st.fold.Ruling != nil:
		for len(st.subjects) < len(st.fold.Ruling.Addressees) {
			st.subjects = append(st.subjects, nil)
		}
		st.subjects[len(st.fold.Ruling.Addressees)-1] = who
	case st.fold.Party != nil:
		st.subjects = []*subject{who}
	}
}

// about is whom an act without a party of its own is about.
func (w *work) about(p *prepared, st *state) (*subject, error) {
	if l := st.fold.Listing; l != nil {
		ruling, err := w.state(l.Ruling)
		if err != nil {
			return nil, err
		}
		return w.c.subjectOf(w.ctx, ruling, l.Addressee)
	}
	return w.c.subjectOf(w.ctx, st, max(p.act.Addressee, 1))
}
