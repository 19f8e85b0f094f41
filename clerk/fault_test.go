package clerk_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// Stores that lose writes, or their answers, or are full.

// said is one submission of a history, with its time.
type said struct {
	at standing.Instant
	s  clerk.Submission
}

// history is a register's life as submissions, signed once, so that it can be
// lived again on other stores, and the leaves that it leads to.
type history struct {
	town   *town
	said   []said
	leaves [][]byte
}

// lived is the life of some rulings, of everything that a batch can hold.
func lived(t testing.TB) *history {
	t.Helper()
	w := unfounded(t, memory.New(memory.Faults{}))
	h := &history{town: w}
	w.heard = func(s clerk.Submission) { h.said = append(h.said, said{w.now, s}) }
	if _, err := w.submit(w.founding()); err != nil {
		t.Fatal(err)
	}
	id, j := w.defaulter()
	party := w.newCase()
	w.must("registrar", act(standing.PartyRecorded, party, kind(standing.Person)), &standing.Opening{Party: woman()})
	w.must("officer", act(standing.Exempted, id, codes("air-travel.economy"), when(standing.Until, w.now+86400*9)), text("personal emergency"))
	w.must("registrar", act(standing.PartyErased, party))
	claim := w.must("intake", act(standing.PerformanceClaimed, j, fact(standing.ProofAttached)), text("paid"))
	w.must("officer", act(standing.ClaimAnswered, j, code("upheld"), answers(j, claim.Version)))
	w.must("founders", act(standing.ListRepealed, standing.ConstitutionID, list(defaulters)))
	w.heard = nil
	w.verify()
	h.leaves = w.leaves()
	return h
}

func (w *town) leaves() [][]byte {
	w.t.Helper()
	var out [][]byte
	if err := w.store.Leaves(context.Background(), 0, w.size(), func(_ uint64, leaf []byte) error {
		out = append(out, bytes.Clone(leaf))
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// on is the same town on another store, with nothing in it yet, and somebody
// who follows what its clerk says was committed.
func (h *history) on(t testing.TB, s store.Store) (*town, *follower) {
	w := *h.town
	w.t, w.store, w.clerk, w.heard = t, s, nil, nil
	f := &follower{rows: map[standing.CaseID]store.EffectRow{}}
	w.config.Store, w.config.Keys, w.config.OnCommit = s, privacy.NewMemoryKeys(randomness{}), f.follow
	w.config.Clock = func() standing.Instant { return w.now }
	w.open()
	t.Cleanup(func() { w.clerk.Close() })
	return &w, f
}

// follower keeps effect rows as the check index does: from what it is told.
type follower struct {
	mu   sync.Mutex
	size uint64
	rows map[standing.CaseID]store.EffectRow
	law  *standing.Constitution
}

func (f *follower) follow(c *clerk.Committed) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.size = c.Size
	for _, r := range c.Effects {
		f.rows[r.Listing] = r
	}
	if c.Constitution != nil {
		f.law = c.Constitution
	}
}

// current fails unless who follows has what the store has.
func (f *follower) current(w *town) {
	w.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size != w.size() {
		w.t.Errorf("whoever follows commits is at %d acts, the store at %d", f.size, w.size())
	}
	n := 0
	if _, err := w.store.EachEffect(context.Background(), func(row *store.EffectRow) error {
		if n++; !reflect.DeepEqual(f.rows[row.Listing], *row) {
			w.t.Errorf("whoever follows commits has %+v, the store %+v", f.rows[row.Listing], *row)
		}
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	if n != len(f.rows) {
		w.t.Errorf("whoever follows commits has %d rows, the store %d", len(f.rows), n)
	}
	if f.law != nil && !reflect.DeepEqual(f.law, w.clerk.Constitution()) {
		w.t.Error("whoever follows commits has another constitution")
	}
}

var faults = map[string]memory.Fault{"lost": memory.Lost, "stored but reported lost": memory.StoredButReported, "disk full": memory.DiskFull}

// Whichever commit meets whichever fault: who sends the same again ends with
// the same register, byte for byte, as without the fault.
func TestFaultThenTheSameAgain(t *testing.T) {
	h := lived(t)
	for name, fault := range faults {
		for n := range len(h.said) {
			t.Run(fmt.Sprintf("%s at commit %d", name, n+1), func(t *testing.T) {
				w, f := h.on(t, memory.New(memory.Faults{OnCommit: func(i int) memory.Fault {
					if i == n+1 || i == n+2 {
						return fault
					}
					return memory.None
				}}))
				for i, s := range h.said {
					w.now = s.at
					var err error
					for try := 0; ; try++ {
						if _, err = w.submit(s.s); err == nil {
							break
						}
						if fault == memory.DiskFull && standing.KindOf(err) != standing.Unavailable || try > 3 {
							t.Fatalf("submission %d: %v", i, err)
						}
						if w.size() > 0 {
							w.verify()
						}
					}
					w.verify()
					f.current(w)
				}
				if got := w.leaves(); !reflect.DeepEqual(got, h.leaves) {
					t.Errorf("%d acts, other bytes than the %d without a fault", len(got), len(h.leaves))
				}
				w.vaultOpens()
			})
		}
	}
}

// Whoever gives a lost act up and says something else loses nothing either: what
// was answered is there, and what is there was answered or said to be unknown.
func TestFaultThenAnother(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			bad := 0
			w := newTown(t, memory.New(memory.Faults{OnCommit: func(i int) memory.Fault {
				if i > 1 && i%3 == 0 {
					bad++
					return fault
				}
				return memory.None
			}}))
			answered, unknown := map[standing.Digest]bool{}, map[standing.Digest]bool{}
			before := w.size()
			for range 30 {
				s := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
				if r, err := w.submit(s); err == nil {
					answered[r[0].Act] = true
				} else {
					unknown[standing.DigestOf(s.Statement.Acts[0])] = true
				}
				w.verify()
			}
			if bad == 0 {
				t.Fatal("no fault was met")
			}
			there := 0
			for p, leaf := range w.leaves() {
				if uint64(p) < before {
					continue
				}
				e, err := standing.DecodeEntry(uint64(p), leaf)
				if err != nil {
					t.Fatal(err)
				}
				d := standing.DigestOf(e.Bytes)
				if there++; !answered[d] && !unknown[d] {
					t.Errorf("act %d was never said", p)
				}
				if unknown[d] && fault != memory.StoredButReported {
					t.Errorf("act %d was said to be lost and is there", p)
				}
				delete(answered, d)
			}
			if len(answered) != 0 {
				t.Errorf("%d of %d acts were answered and are not there", len(answered), there)
			}
		})
	}
}

// A store that loses the answer and then does not answer at all: when it is
// back, what it holds has its effect, on the checks and on erased keys too.
func TestFateUnknownForAWhile(t *testing.T) {
	h := lived(t)
	for n := range len(h.said) {
		t.Run(fmt.Sprint(n+1), func(t *testing.T) {
			d := &dumb{Store: memory.New(memory.Faults{OnCommit: func(i int) memory.Fault {
				if i == n+1 {
					return memory.StoredButReported
				}
				return memory.None
			}})}
			w, f := h.on(t, d)
			for i, s := range h.said {
				w.now = s.at
				d.mute(i == n, 3)
				var err error
				for range 8 {
					if _, err = w.submit(s.s); err == nil {
						break
					}
					if standing.KindOf(err) != standing.Unavailable {
						t.Fatalf("submission %d: %v", i, err)
					}
				}
				if err != nil {
					t.Fatalf("submission %d: %v", i, err)
				}
				f.current(w)
			}
			if got := w.leaves(); !reflect.DeepEqual(got, h.leaves) {
				t.Errorf("%d acts, other bytes than the %d without a fault", len(got), len(h.leaves))
			}
			w.vaultOpens()
		})
	}
}

// dumb is a store that does not say its checkpoint for some calls.
type dumb struct {
	store.Store
	mu    sync.Mutex
	calls int
}

func (d *dumb) mute(on bool, calls int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.calls = 0; on {
		d.calls = calls
	}
}

// Checkpoint fails while the store is mute.
func (d *dumb) Checkpoint(ctx context.Context) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.calls > 0 {
		d.calls--
		return nil, standing.Errorf(standing.Unavailable, "no answer (injected)")
	}
	return d.Store.Checkpoint(ctx)
}

// Each node of a store's reads failing never spoils what is stored.
func TestReadsFail(t *testing.T) {
	h := lived(t)
	for n := range 60 {
		d := &failing{Store: memory.New(memory.Faults{}), at: -1}
		w, _ := h.on(t, d)
		w.forgetful = true
		d.at = n
		for i, s := range h.said {
			w.now = s.at
			var err error
			for range 4 {
				if err = w.trySubmit(s.s); err == nil {
					break
				}
				if k := standing.KindOf(err); k != standing.Unavailable {
					t.Fatalf("read %d fails: submission %d is refused as %s: %v", n, i, k, err)
				}
			}
			if err != nil {
				t.Fatalf("read %d fails: submission %d: %v", n, i, err)
			}
		}
		if got := w.leaves(); !reflect.DeepEqual(got, h.leaves) {
			t.Fatalf("read %d fails: %d acts, other bytes than the %d without a fault", n, len(got), len(h.leaves))
		}
		w.verify()
	}
}

// trySubmit submits with a cold clerk, which may fail to open.
func (w *town) trySubmit(s clerk.Submission) error {
	w.clerk.Close()
	c, err := clerk.Open(context.Background(), w.config)
	if err != nil {
		return err
	}
	w.clerk = c
	_, err = c.Submit(context.Background(), s)
	return err
}

// failing is a store of which one read fails.
type failing struct {
	store.Store
	mu sync.Mutex
	at int // reads until the one that fails; negative: none does
}

func (f *failing) next() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at--; f.at == -1 {
		return standing.Errorf(standing.Unavailable, "the disk did not answer (injected)")
	}
	return nil
}

func (f *failing) Head(ctx context.Context, id standing.CaseID) (store.Head, error) {
	if err := f.next(); err != nil {
		return store.Head{}, err
	}
	return f.Store.Head(ctx, id)
}

func (f *failing) Case(ctx context.Context, id standing.CaseID) ([]*standing.Entry, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	return f.Store.Case(ctx, id)
}

func (f *failing) Vault(ctx context.Context, p uint64) (store.VaultRow, error) {
	if err := f.next(); err != nil {
		return store.VaultRow{}, err
	}
	return f.Store.Vault(ctx, p)
}

func (f *failing) Tile(ctx context.Context, level uint8, index uint64) ([]byte, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	return f.Store.Tile(ctx, level, index)
}

func (f *failing) LastCase(ctx context.Context) (standing.CaseID, error) {
	if err := f.next(); err != nil {
		return standing.CaseID{}, err
	}
	return f.Store.LastCase(ctx)
}
