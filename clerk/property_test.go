package clerk_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/verify"
)

// sound says what is wrong with a register, by every judge that there is.
func (w *town) sound() error {
	if _, err := verify.Run(context.Background(), verify.Options{Origin: origin, Store: w.store, Rulebooks: w.books, Verifier: w.verifier}); err != nil {
		return err
	}
	if b := w.breaches(); len(b) > 0 {
		return fmt.Errorf("charter: %s", b[0])
	}
	return w.replays()
}

// replays compares the store with what follows from its acts alone: folds by
// replay, and effect rows by the folds.
func (w *town) replays() error {
	ctx := context.Background()
	replay := clerk.NewReplay(origin, w.books)
	var sig *standing.Signature
	cases := map[standing.CaseID]bool{}
	if err := w.store.Leaves(ctx, 0, w.size(), func(p uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(p, append([]byte(nil), leaf...))
		if err != nil {
			return err
		}
		if e.Index == 0 {
			sig = e.Signature
		}
		cases[e.Act.Case] = true
		return replay.Apply(e, sig)
	}); err != nil {
		return err
	}
	for id := range cases {
		if got, want := replay.Case(id), w.fold(id); !reflect.DeepEqual(got, want) {
			return fmt.Errorf("case %s: replayed it is %+v, in the store %+v", id, got, want)
		}
	}
	_, err := w.store.EachEffect(ctx, func(row *store.EffectRow) error {
		l, r := w.listing(row.Listing)
		if want := standing.Effects(row.Listing, l, r); !reflect.DeepEqual(row.Effects, want) && len(want)+len(row.Effects) > 0 {
			return fmt.Errorf("listing %s: in force %+v, by its fold %+v", row.Listing, row.Effects, want)
		}
		return nil
	})
	return err
}

// life is one run of random acts, judged every few steps.
func life(rt *rapid.T, w *town) *machine {
	m := newMachine(rt, w)
	m.run(60, func(i int) {
		if i%20 == 19 {
			if err := w.sound(); err != nil {
				rt.Fatal(err)
			}
		}
	})
	return m
}

func anyLife(t *testing.T, rt *rapid.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	defer w.clerk.Close()
	life(rt, w)
}

// Whatever the clerk takes keeps every article of the charter, verifies, and
// follows from the acts alone.
func TestAnythingTakenKeepsTheCharter(t *testing.T) {
	taken, refused, inForce := 0, 0, 0
	kinds := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		w := newTown(t, memory.New(memory.Faults{}))
		defer w.clerk.Close()
		m := life(rt, w)
		taken += m.taken
		for k, n := range m.refused {
			refused += n
			kinds[k] += n
		}
		for _, id := range m.listings {
			if len(w.effects(id)) > 0 {
				inForce++
			}
		}
	})
	t.Logf("%d acts taken, %d refused (%d kinds), %d listings had effect", taken, refused, len(kinds), inForce)
	if inForce == 0 || refused == 0 {
		t.Error("the runs reach nothing")
	}
}

// What is said about one ruling and its listings does not depend on what is
// said in between about others.
func TestOrderOfUnrelatedCases(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { anyOrder(t, rt) })
}

func anyOrder(t *testing.T, rt *rapid.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	defer w.clerk.Close()
	founding := w.leaves()
	m := newMachine(rt, w)
	m.run(50, func(int) {})
	v := w.again(t, founding)
	defer v.clerk.Close()
	for i, s := range shuffled(rt, m.steps) {
		v.now = s.at
		if _, err := v.submit(s.s); (err == nil) != s.taken {
			rt.Fatalf("step %d, in another order: %v; before it was taken: %t", i, err, s.taken)
		}
	}
	if err := v.sound(); err != nil {
		rt.Fatal(err)
	}
	for id := range m.world {
		if a, b := unplaced(w.fold(id)), unplaced(v.fold(id)); !reflect.DeepEqual(a, b) {
			rt.Fatalf("case %s: %+v in one order, %+v in another", id, a, b)
		}
	}
	for _, id := range m.listings {
		a, err := w.store.Effect(context.Background(), id)
		b, err2 := v.store.Effect(context.Background(), id)
		if err != nil || err2 != nil || !reflect.DeepEqual(a, b) {
			rt.Fatalf("listing %s: %+v (%v) in one order, %+v (%v) in another", id, a, err, b, err2)
		}
	}
}

// again is the same town with nothing but its founding, on a store of its own.
func (w *town) again(t testing.TB, founding [][]byte) *town {
	v := *w
	v.t, v.store, v.clerk, v.now = t, memory.New(memory.Faults{}), nil, day("2024-01-02")
	v.config.Store, v.config.Keys, v.config.Hasher = v.store, privacy.NewMemoryKeys(randomness{}), index.NewHasher([32]byte{1})
	v.config.Clock = func() standing.Instant { return v.now }
	v.open()
	s := clerk.Submission{}
	for i, leaf := range founding {
		e, err := standing.DecodeEntry(uint64(i), leaf)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			s.Statement.Signature = *e.Signature
		}
		row, err := w.store.Vault(context.Background(), uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		var opening []byte
		if row.Sealed != nil {
			key, err := w.config.Keys.Get(privacy.Slot(row.Slot))
			if err != nil {
				t.Fatal(err)
			}
			digest := standing.DigestOf(e.Bytes)
			if opening, err = privacy.Open(key, digest[:], row.Sealed); err != nil {
				t.Fatal(err)
			}
		}
		s.Statement.Acts, s.Openings = append(s.Statement.Acts, e.Bytes), append(s.Openings, opening)
	}
	if _, err := v.submit(s); err != nil {
		t.Fatal(err)
	}
	return &v
}

// shuffled puts the steps of one instant in another order, those of one world
// staying in theirs.
func shuffled(t *rapid.T, steps []step) []step {
	var out []step
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].at == steps[0].at {
			n++
		}
		worlds := map[int][]step{}
		var order []int
		for _, s := range steps[:n] {
			worlds[s.world] = append(worlds[s.world], s)
			order = append(order, s.world)
		}
		for _, world := range rapid.Permutation(order).Draw(t, "order") {
			out = append(out, worlds[world][0])
			worlds[world] = worlds[world][1:]
		}
		steps = steps[n:]
	}
	return out
}

// unplaced is a case without the positions of its acts in the log.
func unplaced(c *standing.Case) *standing.Case {
	forget(reflect.ValueOf(c))
	return c
}

func forget(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			forget(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			forget(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch f := v.Type().Field(i); f.Name {
			case "Position", "SumPosition", "Corrected":
				v.Field(i).SetZero()
			default:
				if f.IsExported() {
					forget(v.Field(i))
				}
			}
		}
	}
}
