package standing_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

const steps = 100

// walk runs a world for some steps and looks at it after each.
func walk(t *rapid.T, look func(w *world, e *standing.Entry, err error)) *world {
	w := newWorld()
	for range steps {
		e, err := w.step(t)
		look(w, e, err)
	}
	return w
}

func refold(t *rapid.T, entries []*standing.Entry, known standing.Instant) *standing.Case {
	c, err := standing.Fold(entries, known)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// listings are the listings of the world that exist.
func (w *world) listings() []standing.CaseID {
	return slices.DeleteFunc(append(slices.Clone(own), reported), func(id standing.CaseID) bool { return w.get(id).Listing == nil })
}

// effects are the spans of a listing, with its ruling where there is one.
func (w *world) effects(id standing.CaseID) []standing.Effect {
	return standing.Effects(id, w.cases[id].Listing, w.get(rulingID).Ruling)
}

// TestRefusedChangesNothing: a refused act leaves its case as it was, and the
// acts that were accepted alone give the same state again.
func TestRefusedChangesNothing(t *testing.T) {
	accepted, refused := map[standing.Kind]int{}, map[standing.ErrorKind]int{}
	rapid.Check(t, func(t *rapid.T) {
		walk(t, func(w *world, e *standing.Entry, err error) {
			id := e.Act.Case
			if again := refold(t, w.accepted[id], standing.Forever); !reflect.DeepEqual(again, w.cases[id]) {
				t.Fatalf("%s (%v): the case is\n%+v\nby its accepted acts it is\n%+v", e.Act.Kind, err, w.cases[id], again)
			}
			if err == nil {
				accepted[e.Act.Kind]++
			} else {
				refused[standing.KindOf(err)]++
			}
		})
	})
	for _, k := range standing.Kinds() {
		if noun := k.Noun(); (noun == standing.RulingCase || noun == standing.ListingCase) && accepted[k] == 0 {
			t.Errorf("no %s was accepted: the properties say nothing of it (%v)", k, accepted)
		}
	}
	for _, k := range []standing.ErrorKind{standing.Invalid, standing.Refused, standing.Conflict, standing.NotFound} {
		if refused[k] == 0 {
			t.Errorf("nothing was refused as %s", k)
		}
	}
}

// TestEffectsByTheActs: at every second the fold and the oracle agree.
func TestEffectsByTheActs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := walk(t, func(*world, *standing.Entry, error) {})
		for _, id := range w.listings() {
			o, effects := newOracle(w, id), w.effects(id)
			for at := standing.Instant(980); at < w.last(); at++ {
				if want, got := o.at(at), verdictOf(effects, at); !want.equal(got) {
					t.Fatalf("listing %s at %d: %+v, by its acts %+v; effects %+v", id, at, got, want, effects)
				}
			}
		}
	})
}

// TestEffectsAreSpans: in order, disjoint, none empty, inside the listing's own
// time, and never for life.
func TestEffectsAreSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		walk(t, func(w *world, _ *standing.Entry, _ error) {
			for _, id := range w.listings() {
				l := w.cases[id].Listing
				end, _ := standing.End(id, l, w.get(rulingID).Ruling)
				last := standing.MinInstant
				for _, e := range w.effects(id) {
					switch {
					case e.From >= e.Until || e.From < last:
						t.Fatalf("effects of %s: %+v", id, w.effects(id))
					case l.Confirmed == nil || e.From < l.Confirmed.From || e.Until > end:
						t.Fatalf("effect %+v of %s outside [confirmation, %s)", e, id, end)
					case e.Until == standing.Forever && !e.WhileShown:
						t.Fatalf("effect %+v of %s is for life", e, id)
					case !slices.IsSorted(e.Exempted):
						t.Fatalf("exempted %q", e.Exempted)
					}
					last = e.Until
				}
				if again := refold(t, w.accepted[id], standing.Forever); !reflect.DeepEqual(again, w.cases[id]) {
					t.Fatalf("asking for the effects of %s changed it", id)
				}
			}
		})
	})
}

// TestNoEffectWithoutHearing: charter 2, whatever the order of acts.
func TestNoEffectWithoutHearing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := walk(t, func(*world, *standing.Entry, error) {})
		for _, id := range own {
			if w.get(id).Listing == nil || len(w.effects(id)) == 0 {
				continue
			}
			var window, confirmed standing.Instant
			open := map[uint64]bool{}
			for v, e := range w.accepted[id] {
				switch e.Act.Kind {
				case standing.NoticeServed:
					window = e.Resolution.Instants.Get(standing.WindowEnd)
				case standing.ObjectionMade:
					open[uint64(v+1)] = true
				case standing.ObjectionDecided:
					delete(open, e.Act.Refs[0].Version)
					if e.Signer == w.accepted[id][0].Signer || e.Act.Code != "rejected" {
						t.Fatalf("an effect follows an objection that was %s by the proposer or upheld", e.Act.Code)
					}
				case standing.ListingConfirmed:
					confirmed = min(e.RecordedAt, e.Act.Occurred)
					if len(open) > 0 {
						t.Fatal("confirmed while an objection waits")
					}
				}
			}
			facts := w.accepted[id][0].Act.Facts
			waived := facts.Has(standing.NoticeWaived | standing.RulingOrders)
			begins := w.effects(id)[0].From
			if confirmed == 0 || begins < confirmed || !waived && (window == 0 || confirmed < window || begins < window) {
				t.Fatalf("listing %s: window until %d, confirmed %d, effect from %d, waived %v", id, window, confirmed, begins, waived)
			}
		}
	})
}

// TestThePastIsNotMadeWorse: no act makes a listing of this register restrict
// at a time before the act was recorded, nor takes an exemption back.
func TestThePastIsNotMadeWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := map[standing.CaseID][]standing.Effect{}
		walk(t, func(w *world, e *standing.Entry, err error) {
			for _, id := range w.listings() {
				after := w.effects(id)
				if reports := id == reported && (e.Act.Kind == standing.ListingReported || e.Act.Kind == standing.ReportChanged); !reports {
					for at := standing.Instant(980); at < e.RecordedAt; at++ {
						was, is := verdictOf(before[id], at), verdictOf(after, at)
						if is.restricts && !was.restricts || is.restricts && slices.ContainsFunc(was.exempted, func(x string) bool { return !slices.Contains(is.exempted, x) }) {
							t.Fatalf("%s recorded at %d: at %d listing %s was %+v and is now %+v", e.Act.Kind, e.RecordedAt, at, id, was, is)
						}
					}
				}
				before[id] = after
			}
		})
	})
}

// TestWhatEndedStaysEnded: once a listing of this register has ended for good
// (performed, annulled, expired, not renewed), no act brings an effect back.
func TestWhatEndedStaysEnded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ended := map[standing.CaseID]standing.Instant{}
		walk(t, func(w *world, e *standing.Entry, _ error) {
			for _, id := range own {
				if l := w.get(id).Listing; l == nil || l.Confirmed == nil {
					continue
				}
				end, event := standing.End(id, w.cases[id].Listing, w.get(rulingID).Ruling)
				if was := ended[id]; was != 0 && end > was {
					t.Fatalf("%s recorded at %d: the listing ended at %d and now ends at %d (%s)", e.Act.Kind, e.RecordedAt, was, end, event)
				}
				if end <= w.now {
					ended[id] = end
				}
			}
		})
	})
}

// TestStatusIsTotal: every instant has one status, which agrees with the effect.
func TestStatusIsTotal(t *testing.T) {
	all := []standing.Status{standing.StatusProposed, standing.StatusNoticed, standing.StatusObjected, standing.StatusDecided, standing.StatusConfirmed,
		standing.StatusStayed, standing.StatusRested, standing.StatusDropped, standing.StatusEnded, standing.StatusScreening}
	seen := map[standing.Status]bool{}
	rapid.Check(t, func(t *rapid.T) {
		w := walk(t, func(*world, *standing.Entry, error) {})
		for _, id := range w.listings() {
			l, r, effects := w.cases[id].Listing, w.get(rulingID).Ruling, w.effects(id)
			end, _ := standing.End(id, l, r)
			for at := standing.Instant(980); at < w.last(); at++ {
				status := standing.StatusAt(id, l, r, at)
				seen[status] = true
				switch restricts := verdictOf(effects, at).restricts; {
				case !slices.Contains(all, status):
					t.Fatalf("status %q", status)
				case restricts != (status == standing.StatusConfirmed):
					t.Fatalf("listing %s at %d is %s and restricts: %v", id, at, status, restricts)
				case end <= at && status != standing.StatusEnded && status != standing.StatusDropped:
					t.Fatalf("listing %s ended at %d and is %s at %d", id, end, status, at)
				}
			}
		}
	})
	for _, s := range all {
		if !seen[s] {
			t.Errorf("no listing was ever %s", s)
		}
	}
}

// TestPrefixIsThen: folding what was recorded up to an instant gives the case as
// it was then.
func TestPrefixIsThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := map[standing.CaseID]map[standing.Instant]*standing.Case{}
		w := walk(t, func(w *world, e *standing.Entry, err error) {
			id := e.Act.Case
			if then[id] == nil {
				then[id] = map[standing.Instant]*standing.Case{}
			}
			then[id][w.now] = refold(t, w.accepted[id], standing.Forever)
		})
		for id, moments := range then {
			for at, state := range moments {
				if known := refold(t, w.accepted[id], at); !reflect.DeepEqual(known, state) {
					t.Fatalf("case %s as known at %d:\n%+v\nthen it was\n%+v", id, at, known, state)
				}
			}
		}
	})
}

// TestOrderOfOtherCases: acts of different cases may come in any order.
func TestOrderOfOtherCases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := walk(t, func(*world, *standing.Entry, error) {})
		queues := maps.Clone(w.accepted)
		other := map[standing.CaseID]*standing.Case{}
		for range w.order {
			ids := slices.SortedFunc(maps.Keys(queues), func(a, b standing.CaseID) int { return slices.Compare(a[:], b[:]) })
			ids = slices.DeleteFunc(ids, func(id standing.CaseID) bool { return len(queues[id]) == 0 })
			id := rapid.SampledFrom(ids).Draw(t, "next")
			if other[id] == nil {
				other[id] = &standing.Case{}
			}
			if err := other[id].Apply(queues[id][0]); err != nil {
				t.Fatalf("in another order: %v", err)
			}
			queues[id] = queues[id][1:]
		}
		for id, c := range other {
			if !reflect.DeepEqual(c, w.cases[id]) {
				t.Fatalf("case %s depends on the order of other cases", id)
			}
		}
	})
}

// shallow copies a case as a writer may that wants to try an act: the nouns one
// deep, the constitution by Clone.
func shallow(c *standing.Case) *standing.Case {
	out := *c
	if c.Constitution != nil {
		out.Constitution = c.Constitution.Clone()
	}
	out.Party, out.Ruling, out.Listing = one(c.Party), one(c.Ruling), one(c.Listing)
	out.Source, out.Looks = one(c.Source), one(c.Looks)
	return &out
}

func one[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// rival is another act of the same kind, said a second earlier by someone else.
func rival(e *standing.Entry) *standing.Entry {
	a, out := *e.Act, *e
	a.Occurred--
	a.Codes = append([]string{"d"}, a.Codes...)
	out.Act, out.Position, out.Signer = &a, e.Position+1000, keyID(9)
	out.RecordedAt++
	out.Resolution.Endings = slices.Clone(e.Resolution.Endings)
	for i := range out.Resolution.Endings {
		out.Resolution.Endings[i].At++
	}
	return &out
}

// TestShallowCopyIsSafe: an act on a shallow copy never shows in the original,
// nor do two acts on two copies show in one another.
func TestShallowCopyIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range steps {
			e := w.draw(t)
			id := e.Act.Case
			before := refold(t, w.accepted[id], standing.Forever)
			first, second := shallow(w.get(id)), shallow(w.get(id))
			err := first.Apply(e)
			_ = second.Apply(rival(e))
			if !reflect.DeepEqual(before, w.cases[id]) {
				t.Fatalf("%s on a copy changed the original:\n%+v\nit was\n%+v", e.Act.Kind, w.cases[id], before)
			}
			if err == nil {
				w.cases[id], w.accepted[id] = first, append(w.accepted[id], e)
				if !reflect.DeepEqual(first, refold(t, w.accepted[id], standing.Forever)) {
					t.Fatalf("%s on another copy shows in this one", e.Act.Kind)
				}
			}
		}
	})
}
