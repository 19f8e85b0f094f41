package importer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/store"
)

// many are rows enough for several batches: of every ten, the second snapshot
// drops one, changes the term of one and whom one means.
func many(n int, second bool) []string {
	var out []string
	for i := range n {
		last, alias := 2027, "Old"
		if second {
			switch i % 10 {
			case 3:
				continue
			case 5:
				last = 2026
			case 7:
				alias = "New"
			}
		}
		out = append(out, fmt.Sprintf(`Sample Firm %d Ltd,Firm,Kenya,Kenya,"Jan 10, 2023","Jan 09, %d", Fraud,IDB,Debarment,,%s Name %d`, i, last, alias, i))
	}
	return out
}

const manyRows = 800

// sorted are a list's effect rows in the order of their listings.
func (o *office) sorted() []store.EffectRow {
	o.t.Helper()
	out := o.effects(iadbList)
	slices.SortFunc(out, func(a, b store.EffectRow) int { return bytes.Compare(a.Listing[:], b.Listing[:]) })
	return out
}

var errPower = errors.New("the power failed")

// failAt submits until the nth batch, which fails; lost says whether the batch
// is recorded all the same and only its answer was lost.
func (o *office) failAt(n int, lost bool) {
	o.submit = func(ctx context.Context, s clerk.Submission) error {
		if n--; n > 0 {
			return o.direct(ctx, s)
		}
		if lost && n == 0 {
			if err := o.direct(ctx, s); err != nil {
				return err
			}
		}
		return errPower
	}
}

// An import that stopped and is run again leaves what one run would have left.
func TestInterruptedImport(t *testing.T) {
	one := newOffice(t, "2025-01-02")
	batches := make([]int, 2)
	for i := range batches {
		one.submit = func(ctx context.Context, s clerk.Submission) error { batches[i]++; return one.direct(ctx, s) }
		one.now = day("2025-01-03") + standing.Instant(i)*86400
		one.must("iadb", iadbList, rows(many(manyRows, i == 1)...), one.now.String()[:10])
	}
	if batches[0] < 4 || batches[1] < 2 {
		t.Fatalf("%d batches: too few to be interrupted", batches)
	}
	want := one.sorted()
	for i := range batches {
		for n := 1; n <= batches[i]; n++ {
			for _, lost := range []bool{false, true} {
				t.Run(fmt.Sprintf("snapshot %d, batch %d, answer lost %t", i+1, n, lost), func(t *testing.T) {
					o := newOffice(t, "2025-01-02")
					for k := range batches {
						o.now = day("2025-01-03") + standing.Instant(k)*86400
						text, on := rows(many(manyRows, k == 1)...), o.now.String()[:10]
						if k == i {
							o.failAt(n, lost)
							if _, err := o.read("iadb", iadbList, text, on); !errors.Is(err, errPower) {
								t.Fatalf("the failure is not told: %v", err)
							}
							if got := o.snapshots(iadbList); !(lost && n == batches[i]) && got != k {
								t.Fatalf("%d snapshots are recorded after an interruption, want %d", got, k)
							}
							o.submit = o.direct
						}
						o.must("iadb", iadbList, text, on)
					}
					if diff := cmp.Diff(want, o.sorted()); diff != "" {
						t.Errorf("one run (-), interrupted (+):\n%.2000s", diff)
					}
					o.verified()
				})
			}
		}
	}
}

// What a stopped import left behind and the next snapshot does not show is gone.
func TestInterruptedImportFollowedByANewerSnapshot(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.now = day("2025-01-03")
	o.failAt(2, false)
	if _, err := o.read("iadb", iadbList, rows(many(manyRows, false)...), "2025-01-03"); !errors.Is(err, errPower) {
		t.Fatal(err)
	}
	o.submit = o.direct
	o.restricted("Sample Firm 3 Ltd", 0, true)
	o.now = day("2025-01-04")
	o.must("iadb", iadbList, rows(many(manyRows, true)...), "2025-01-04")
	o.restricted("Sample Firm 3 Ltd", 0, false)
	o.restricted("Sample Firm 5 Ltd", 0, true)
	o.verified()
}

// The act of the snapshot stands behind all that it says.
func TestSnapshotComesLast(t *testing.T) {
	o := newOffice(t, "2025-01-02")
	o.take("2025-01-03", roads, bridges)
	o.take("2025-01-04", bridges)
	size, err := o.store.Size(context.Background())
	must(t, err)
	must(t, o.store.Leaves(context.Background(), size-2, size, func(p uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(p, leaf)
		if err != nil {
			return err
		}
		if want := map[uint64]standing.Kind{size - 2: standing.ReportWithdrawn, size - 1: standing.SnapshotImported}[p]; e.Act.Kind != want {
			t.Errorf("act %d is %s, want %s", p, e.Act.Kind, want)
		}
		return nil
	}))
	if got := o.snapshots(iadbList); got != 2 {
		t.Errorf("%d snapshots, want 2", got)
	}
}
