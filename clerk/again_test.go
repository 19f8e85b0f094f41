package clerk_test

import (
	"crypto/rand"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/store/memory"
)

// The same act twice is one act, however it comes.

// sameReceipt says whether one receipt repeats another.
func sameReceipt(a, b clerk.Receipt) bool {
	return a.Position == b.Position && a.Act == b.Act && a.Case == b.Case && a.Version == b.Version && a.RecordedAt == b.RecordedAt
}

func TestSentTwice(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	id := w.newCase()
	opens := w.signed("officer", ruling(id, "judgment"), against(firm()))
	first, err := w.submit(opens)
	if err != nil {
		t.Fatal(err)
	}
	later := w.signed("officer", act(standing.SumStated, id), text("120000"))
	second, err := w.submit(later)
	if err != nil {
		t.Fatal(err)
	}
	size := w.size()
	check := func(s clerk.Submission, want clerk.Receipt) {
		t.Helper()
		got, err := w.submit(s)
		if err != nil || !got[0].Again || !sameReceipt(got[0], want) {
			t.Fatalf("again: %+v, %v; first %+v", got, err, want)
		}
		if w.size() != size {
			t.Fatalf("sent again, the store grew from %d to %d", size, w.size())
		}
	}
	check(opens, first[0])
	check(later, second[0])
	w.days(3)
	w.open()
	check(later, second[0])
	check(opens, first[0])
	// Signed anew, by a colleague: the act is the same.
	resigned := later
	resigned.Statement = standing.Sign(later.Statement.Acts, w.keys["president"], standing.Ed25519, "")
	check(resigned, second[0])
	w.verify()
}

func TestSentByManyAtOnce(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	s := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
	before := w.size()
	receipts := make([]clerk.Receipt, 32)
	var wg sync.WaitGroup
	for i := range receipts {
		wg.Go(func() {
			r, err := w.submit(s)
			if err != nil {
				t.Errorf("submission %d: %v", i, err)
				return
			}
			receipts[i] = r[0]
		})
	}
	wg.Wait()
	fresh := 0
	for _, r := range receipts {
		if !r.Again {
			fresh++
		}
		if !sameReceipt(r, receipts[0]) {
			t.Errorf("%+v and %+v are of one act", r, receipts[0])
		}
	}
	if w.size() != before+1 || fresh != 1 {
		t.Errorf("%d acts were recorded, %d receipts are of the first time", w.size()-before, fresh)
	}
	w.verify()
}

// A command with an idempotency key is one act, though the client read the case
// anew and signed other bytes; the key of something else is refused.
func TestIdempotencyKey(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	j := w.judgment()
	sum := func() standing.Act { return act(standing.SumStated, j, keyed("sum-1"), happened(w.now)) }
	first := w.must("officer", sum(), text("120000"))
	for _, cold := range []bool{false, true} {
		if cold {
			w.open()
		}
		w.days(1)
		r := w.must("officer", sum(), text("120000"))
		if !r.Again || r.Position != first.Position {
			t.Fatalf("%+v, first %+v", r, first)
		}
		w.refused("was used for sum.stated before", "officer", act(standing.PerformanceRecorded, j, keyed("sum-1"), fact(standing.FullPerformance)))
	}
	if r := w.must("officer", act(standing.SumStated, j, keyed("sum-2")), text("90000")); r.Again {
		t.Fatalf("another key: %+v", r)
	}
	// The case that a keyed command opens is the same one.
	id := standing.KeyedCaseID("cn-court-3710", []byte("ruling-7"))
	open := w.must("officer", ruling(id, "judgment", keyed("ruling-7")), against(firm()))
	w.days(1)
	if r := w.must("officer", ruling(id, "judgment", keyed("ruling-7")), against(firm())); !r.Again || r.Position != open.Position {
		t.Fatalf("%+v, first %+v", r, open)
	}
	w.verify()
}

// A statement is whole in the log: acts that were recorded before cannot stand
// in it beside new ones.
func TestOldAndNewInOneStatement(t *testing.T) {
	for _, forget := range []bool{false, true} {
		w := newTown(t, memory.New(memory.Faults{}))
		old := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
		fresh := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
		if _, err := w.submit(old); err != nil {
			t.Fatal(err)
		}
		if forget {
			w.open()
		}
		join := func(a, b clerk.Submission) clerk.Submission {
			return w.raw("officer", [][]byte{a.Openings[0], b.Openings[0]}, a.Statement.Acts[0], b.Statement.Acts[0])
		}
		w.refusedAs(standing.Conflict, "was recorded before", join(old, fresh))
		w.refusedAs(standing.Conflict, "was recorded before", join(fresh, old))
		w.refusedAs(standing.Conflict, "", join(fresh, fresh))
		both, err := w.submit(join(old, old))
		if err != nil || !both[0].Again || !both[1].Again {
			t.Fatalf("old ones alone: %+v, %v", both, err)
		}
		w.verify()
		if _, err := w.submit(fresh); err != nil {
			t.Fatal(err)
		}
		w.verify()
	}
}

// A whole statement again, by many at once and after a restart.
func TestStatementAgain(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	d := draft.New(origin, rand.Reader)
	for range 20 {
		if err := d.Add(w.complete("officer", ruling(w.newCase(), "judgment")), against(firm())); err != nil {
			t.Fatal(err)
		}
	}
	s, o := d.Sign(w.keys["officer"])
	sub := clerk.Submission{Statement: s, Openings: o}
	first, err := w.submit(sub)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			again, err := w.submit(sub)
			if err != nil {
				t.Error(err)
				return
			}
			for i := range again {
				if !again[i].Again || !sameReceipt(again[i], first[i]) {
					t.Errorf("act %d: %+v, first %+v", i, again[i], first[i])
				}
			}
		})
	}
	wg.Wait()
	w.open()
	if again, err := w.submit(sub); err != nil || !again[19].Again {
		t.Fatalf("%v", err)
	}
	w.verify()
}
