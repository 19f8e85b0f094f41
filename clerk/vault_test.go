package clerk_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// randomness is the machine's.
type randomness struct{}

// Read reads from crypto/rand.
func (randomness) Read(b []byte) (int, error) { return rand.Read(b) }

// vaultOpens fails unless every act with an opening has a vault row that opens
// to what it commits to, save those of erased parties, of which nothing opens.
func (w *town) vaultOpens() {
	w.t.Helper()
	ctx := context.Background()
	erased := map[standing.CaseID]bool{}
	var entries []*standing.Entry
	for p, leaf := range w.leaves() {
		e, err := standing.DecodeEntry(uint64(p), leaf)
		if err != nil {
			w.t.Fatal(err)
		}
		entries = append(entries, e)
		if e.Act.Kind == standing.PartyErased {
			erased[e.Act.Case] = true
		}
	}
	for _, e := range entries {
		row, err := w.store.Vault(ctx, e.Position)
		if err != nil {
			w.t.Fatal(err)
		}
		o, err := clerk.OpenVault(w.config.Keys, row, standing.DigestOf(e.Bytes))
		switch {
		case e.Act.Commitment.IsZero() || erased[e.Act.Case]:
			if row.Sealed != nil || err == nil {
				w.t.Errorf("act %d (%s) has an opening that it should not have", e.Position, e.Act.Kind)
			}
		case err != nil:
			w.t.Errorf("act %d (%s) does not open: %v", e.Position, e.Act.Kind, err)
		case o.Salt.IsZero():
			w.t.Errorf("act %d opens to nothing", e.Position)
		}
	}
}

// lookup is the key by which an identifier is found.
func (w *town) lookup(scheme, value string) store.Key {
	var k index.Key
	w.config.Hasher.Key(&k, scheme, value)
	return store.Key(k)
}

// Erasing a party leaves no row, no way to find it, and no key: rows from
// before, in a copy, open no more, whichever act they were sealed by.
func TestErasedIsGone(t *testing.T) {
	for _, c := range []struct {
		name  string
		apart bool // the acts come one by one, not in one statement
		cold  bool
	}{{"one by one", true, false}, {"one by one, cold", true, true}, {"in one statement", false, false}} {
		t.Run(c.name, func(t *testing.T) {
			w := newTown(t, memory.New(memory.Faults{}))
			w.forgetful = c.cold
			id := w.newCase()
			renamed := woman()
			renamed.Names = append(renamed.Names, "Sample Woman the Second")
			acts := []standing.Act{act(standing.PartyRecorded, id, kind(standing.Person)), act(standing.PartyChanged, id, kind(standing.Person)), act(standing.PartyErased, id)}
			openings := []*standing.Opening{{Party: woman()}, {Party: renamed}, nil}
			var copies []store.VaultRow
			var digests []standing.Digest
			d := draft.New(origin, rand.Reader)
			for i, a := range acts {
				if c.apart {
					r := w.must("registrar", a, openings[i])
					row, err := w.store.Vault(t.Context(), r.Position)
					if err != nil {
						t.Fatal(err)
					}
					if openings[i] != nil {
						copies, digests = append(copies, row), append(digests, r.Act)
					}
					continue
				}
				a.Version = uint64(i)
				if a = w.complete("registrar", a); a.Version != uint64(i) {
					t.Fatal(a.Version)
				}
				if err := d.Add(a, openings[i]); err != nil {
					t.Fatal(err)
				}
			}
			if !c.apart {
				s, o := d.Sign(w.keys["registrar"])
				if _, err := w.submit(clerk.Submission{Statement: s, Openings: o}); err != nil {
					t.Fatal(err)
				}
			}
			if found, err := w.store.Lookup(t.Context(), w.lookup("cn-citizen", "110000180001010021")); err != nil || len(found) != 0 {
				t.Errorf("an erased party is found at %v (%v)", found, err)
			}
			for i, row := range copies {
				if _, err := clerk.OpenVault(w.config.Keys, row, digests[i]); !errors.Is(err, privacy.ErrErased) {
					t.Errorf("a copy of row %d of an erased party: %v", i, err)
				}
			}
			w.vaultOpens()
			w.verify()
		})
	}
}

// Two parties never share a key, and what is said of one is sealed under hers.
func TestOneKeyPerParty(t *testing.T) {
	for _, cold := range []bool{false, true} {
		w := newTown(t, memory.New(memory.Faults{}))
		w.forgetful = cold
		j := w.judgment()
		w.must("officer", act(standing.AddresseeNamed, j, kind(standing.Person), codes("controller"), fact(standing.AddresseeAdult|standing.RulingOrders)), &standing.Opening{Party: man()})
		of := w.proposed("officer", j, defaulters, "refuses-though-able", nil)
		his := w.proposed("officer", j, consumption, "named-for-entity", nil, addressee(2), kind(standing.Person))
		sum := w.must("officer", act(standing.SumStated, j), text("120000"))
		slots := map[standing.CaseID][]uint64{}
		for _, id := range []standing.CaseID{j, of, his} {
			h, err := w.store.Head(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range h.Positions {
				row, err := w.store.Vault(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				if row.Sealed != nil {
					slots[id] = append(slots[id], row.Slot)
				}
			}
		}
		firm, man := slots[j][0], slots[j][1]
		if firm == man || !slices.Equal(slots[of], []uint64{firm}) || !slices.Equal(slots[his], []uint64{man}) {
			t.Errorf("cold %t: slots %v; the firm's is %d, the man's %d", cold, slots, firm, man)
		}
		if row, err := w.store.Vault(t.Context(), sum.Position); err != nil || row.Slot != firm {
			t.Errorf("the sum is sealed under %d (%v)", row.Slot, err)
		}
		w.vaultOpens()
	}
}

// An opening that names nobody is kept as well, under a key of its own.
func TestOpeningOfNobody(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	id := w.newCase()
	if _, err := w.say("officer", ruling(id, "judgment"), &standing.Opening{Docket: "(2023) Sample 2"}); err != nil {
		t.Fatal(err)
	}
	bare := w.newCase()
	w.must("officer", ruling(bare, "judgment"))
	if _, err := w.say("officer", act(standing.SumStated, bare), text("120000")); err != nil {
		t.Fatal(err)
	}
	w.vaultOpens()
	w.verify()
}

// The key goes too when the store's answer to the erasure is lost, or the key
// file does not answer at first.
func TestKeyGoesAfterLostAnswers(t *testing.T) {
	for _, c := range []struct {
		name       string
		fault      memory.Fault
		mute, keys int
	}{{"answer lost", memory.StoredButReported, 0, 0}, {"then silence", memory.StoredButReported, 2, 0}, {"key file silent", memory.None, 0, 1}, {"disk full", memory.DiskFull, 0, 0}} {
		t.Run(c.name, func(t *testing.T) {
			next := memory.None
			d := &dumb{Store: memory.New(memory.Faults{OnCommit: func(int) memory.Fault {
				f := next
				next = memory.None
				return f
			}})}
			w := newTown(t, d)
			k := &busyKeys{Keys: w.config.Keys}
			w.config.Keys = k
			w.open()
			id := w.newCase()
			r := w.must("registrar", act(standing.PartyRecorded, id, kind(standing.Person)), &standing.Opening{Party: woman()})
			row, err := d.Vault(t.Context(), r.Position)
			if err != nil {
				t.Fatal(err)
			}
			next = c.fault
			d.mute(true, c.mute)
			k.busy = c.keys
			erase := w.signed("registrar", act(standing.PartyErased, id), nil)
			for range 5 {
				if _, err = w.submit(erase); err == nil {
					break
				}
				if standing.KindOf(err) != standing.Unavailable {
					t.Fatal(err)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			w.must("officer", ruling(w.newCase(), "judgment"), against(firm()))
			if _, err := clerk.OpenVault(k.Keys, row, r.Act); !errors.Is(err, privacy.ErrErased) {
				t.Errorf("the key of an erased party still opens a copy: %v", err)
			}
			w.vaultOpens()
		})
	}
}

// busyKeys do not erase for some calls.
type busyKeys struct {
	privacy.Keys
	busy int
}

// Erase fails while the keys are busy.
func (k *busyKeys) Erase(s ...privacy.Slot) error {
	if k.busy > 0 {
		k.busy--
		return errors.New("the key file does not answer (injected)")
	}
	return k.Keys.Erase(s...)
}
