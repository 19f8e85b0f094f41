package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

// TestTold: a correction must reach everyone who was told, so who learnt of a
// listing is kept, once, from the first time on; who asked anonymously is not.
func TestTold(t *testing.T) {
	w := newTown(t, memory.Faults{})
	id, _ := w.defaulter()
	w.verdict(api.Restricted, anonymous, flying(firmID))
	first := w.now
	w.verdict(api.Restricted, bank, flying(firmID))
	w.days(1)
	w.verdict(api.Restricted, bank, flying(firmID))
	told, err := w.store.ToldOf(context.Background(), id)
	w.ok(err)
	if len(told) != 1 || told[0].Relying != bank.Relying || told[0].At != first {
		t.Fatalf("told %+v, want the bank once, since %s", told, first)
	}
}
