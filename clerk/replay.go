package clerk

import (
	"reflect"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
)

// Replay judges recorded acts again, from the acts alone: anyone who has the
// log and the rulebooks can. It keeps every case it meets in memory. What only
// an opening tells (a condition's facts) is not judged again.
type Replay struct {
	w *work
}

// NewReplay starts with an empty register.
func NewReplay(origin string, books *rulebook.Set) *Replay {
	c := &Clerk{cfg: Config{Rulebooks: books, Store: nothing{}}, origin: origin, cases: newCache()}
	return &Replay{&work{c: c, b: &batch{}, replay: true}}
}

// nothing is the store of a replay: what is not in memory does not exist.
type nothing struct{ store.Store }

// Apply judges one entry with its statement's signature, whose bytes the caller
// has verified. An error says what the clerk should have refused, or which
// resolved instant differs.
func (r *Replay) Apply(e *standing.Entry, sig *standing.Signature) error {
	w := r.w
	w.now, w.trial = e.RecordedAt, trial{states: map[standing.CaseID]*state{}}
	p := &prepared{act: e.Act, bytes: e.Bytes, digest: standing.DigestOf(e.Bytes)}
	j := &job{statement: &standing.Statement{Signature: *sig}, acts: []*prepared{p}}
	if e.Index == 0 {
		if err := w.authentic(j); err != nil {
			return err
		}
	}
	st := w.c.cases.get(e.Act.Case)
	if st == nil {
		st = &state{fold: &standing.Case{}}
	}
	if e.Act.Register != w.c.origin {
		return standing.Errorf(standing.Invalid, "the act is for register %s", e.Act.Register)
	}
	if err := belongs(e.Act, st); err != nil {
		return err
	}
	if err := w.cited(e.Act); err != nil {
		return err
	}
	rule, err := w.entitled(j, p, st)
	if err != nil {
		return err
	}
	resolved, err := w.resolve(p, st, rule)
	if err != nil {
		return err
	}
	if !sameResolution(&resolved, &e.Resolution) {
		return standing.Errorf(standing.Invalid, "%s: resolved as %v, by the rules it is %v", e.Act.Kind, e.Resolution, resolved)
	}
	if err := w.chartered(j, p, st, rule, e); err != nil {
		return err
	}
	if err := st.fold.Apply(e); err != nil {
		return err
	}
	w.c.cases.put(e.Act.Case, st)
	if e.Act.Kind.Opens() && st.fold.Listing != nil {
		if ruling := w.c.cases.get(st.fold.Listing.Ruling); ruling != nil {
			ruling.listings = append(ruling.listings, e.Act.Case)
		}
	}
	return nil
}

func sameResolution(a, b *standing.Resolution) bool {
	return a.Rulebook == b.Rulebook && a.Calendar == b.Calendar && a.Provisional == b.Provisional && a.Screening == b.Screening &&
		(len(a.Instants) == 0 && len(b.Instants) == 0 || reflect.DeepEqual(a.Instants, b.Instants)) &&
		(len(a.Endings) == 0 && len(b.Endings) == 0 || reflect.DeepEqual(a.Endings, b.Endings))
}

// Constitution is the constitution as replayed so far.
func (r *Replay) Constitution() *standing.Constitution { return r.w.law() }

// Each calls fn with every case replayed and the listings that rest on it, in
// no order.
func (r *Replay) Each(fn func(c *standing.Case, listings []standing.CaseID) error) error {
	for _, st := range r.w.c.cases.byID {
		if err := fn(st.fold, st.listings); err != nil {
			return err
		}
	}
	return nil
}

// Case is a case as replayed so far; nil when there is none.
func (r *Replay) Case(id standing.CaseID) *standing.Case {
	if st := r.w.c.cases.get(id); st != nil {
		return st.fold
	}
	return nil
}
