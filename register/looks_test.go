package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// TestLooksAreRead: a natural person can be told who looked at them; nobody else
// reads that log.
func TestLooksAreRead(t *testing.T) {
	w := newTown(t, memory.Faults{})
	w.check(bank, flying(womanID))
	w.days(1)
	w.check(bank, flying(manID))
	var got []store.Look
	note := func(l store.Look) error { got = append(got, l); return nil }
	w.ok(w.register.Looks(context.Background(), api.Caller{Operator: true}, flying(womanID), note))
	if len(got) != 1 || got[0].Relying != bank.Relying || got[0].Purpose != bank.Purpose || got[0].At != w.now-86400 || got[0].Verdict != "clear" {
		t.Errorf("looks %+v", got)
	}
	for _, c := range []api.Caller{anonymous, bank} {
		w.kind(w.register.Looks(context.Background(), c, flying(womanID), note), standing.Forbidden)
	}
}
