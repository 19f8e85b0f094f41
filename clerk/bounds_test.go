package clerk_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/store/memory"
)

// What the clerk works out stays within what an entry can hold: an entry that
// nobody can read would end the register.
func TestBeginningFarAhead(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	id := w.proposed("officer", w.judgment(), defaulters, "refuses-though-able", nil)
	w.refused("", "officer", act(standing.ListingConfirmed, id, when(standing.From, standing.MaxInstant)))
	w.refused("", "officer", act(standing.ListingConfirmed, id, when(standing.From, standing.Forever)))
	w.must("officer", act(standing.ListingConfirmed, id))
	w.open()
	w.verify()
}

// Time in the log never runs backwards, whatever the machine's clock does, also
// across a restart.
func TestClockSetBack(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	w.days(30)
	late := w.must("officer", ruling(w.newCase(), "judgment", happened(w.now)), against(firm()))
	w.days(-10)
	for range 2 {
		if r := w.must("officer", ruling(w.newCase(), "judgment"), against(firm())); r.RecordedAt < late.RecordedAt {
			t.Fatalf("recorded at %s after %s", r.RecordedAt, late.RecordedAt)
		}
		w.open()
	}
	w.verify()
}

// Another register's key does not open this one's store.
func TestWrongKeyForTheStore(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	other := unfounded(t, memory.New(memory.Faults{}))
	c := other.config
	c.Store = w.store
	if _, err := clerk.Open(context.Background(), c); standing.KindOf(err) != standing.Invalid {
		t.Fatalf("a store under another register's key of the same name: %v", err)
	}
}
