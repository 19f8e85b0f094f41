package source_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/source"
)

// TestDiff holds that each entry is exactly one of added, changed, ended, same.
func TestDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		snapshot := func(label string) map[string]string {
			return rapid.MapOf(rapid.StringMatching(`[a-f]`), rapid.StringMatching(`[xy]`)).Draw(t, label)
		}
		older, newer := snapshot("older"), snapshot("newer")
		d, err := source.Diff(rowsOf(older, 1), rowsOf(newer, 7))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Added {
			if _, old := older[r.Key]; old || newer[r.Key] != r.GroundText {
				t.Fatalf("added %q", r.Key)
			}
		}
		for _, r := range d.Ended {
			if _, is := newer[r.Key]; is || older[r.Key] != r.GroundText {
				t.Fatalf("ended %q", r.Key)
			}
		}
		for _, c := range d.Changed {
			if c.Old.Key != c.New.Key || older[c.Old.Key] == newer[c.Old.Key] || !slices.Equal(c.Fields, []string{"GroundText"}) {
				t.Fatalf("changed %+v", c)
			}
		}
		if len(d.Added)+len(d.Changed)+d.Same != len(newer) || len(d.Ended)+len(d.Changed)+d.Same != len(older) {
			t.Fatalf("%d added, %d changed, %d ended, %d same; of %d and %d", len(d.Added), len(d.Changed), len(d.Ended), d.Same, len(older), len(newer))
		}
	})
	twice := []source.Row{{Key: "a", Line: 2}, {Key: "a", Line: 3}}
	if _, err := source.Diff(twice, nil); err == nil {
		t.Error("a key twice in the older snapshot")
	}
	if _, err := source.Diff(nil, twice); err == nil {
		t.Error("a key twice in the newer snapshot")
	}
}

// rowsOf makes rows in any order; lines, texts and snapshots never match.
func rowsOf(m map[string]string, line int) []source.Row {
	var rows []source.Row
	for key, ground := range m {
		rows = append(rows, source.Row{
			Key: key, GroundText: ground, Line: line, Raw: key + ground + string(rune('a'+line)),
			SnapshotDate: source.Date{Year: 2000 + line, Month: 1, Day: 1},
		})
		line++
	}
	return rows
}

// TestDiffOfSharedSnapshots compares real snapshots. The counts were computed
// apart from this code, over multisets of (name, street, city).
func TestDiffOfSharedSnapshots(t *testing.T) {
	var snapshots [][]source.Row
	for _, path := range []string{"bis_dpl/bis_dpl_2021-07.txt", "bis_dpl/bis_dpl_2022-09.txt", "bis_dpl/bis_dpl_2023-11.txt"} {
		rows, _ := readShared(t, "bis-dpl", path)
		snapshots = append(snapshots, rows)
	}
	for _, c := range []struct{ older, newer, added, changed, ended, same, renewed int }{
		{0, 1, 170, 54, 135, 357, 54},
		{1, 2, 165, 83, 81, 417, 67},
		{0, 2, 322, 65, 203, 278, 53},
		{1, 1, 0, 0, 0, 581, 0},
	} {
		d, err := source.Diff(snapshots[c.older], snapshots[c.newer])
		if err != nil {
			t.Fatal(err)
		}
		renewed := 0
		for _, change := range d.Changed {
			if slices.Contains(change.Fields, "From") && slices.Contains(change.Fields, "Until") && slices.Contains(change.Fields, "RulingRef") {
				renewed++
			}
		}
		if len(d.Added) != c.added || len(d.Changed) != c.changed || len(d.Ended) != c.ended || d.Same != c.same || renewed != c.renewed {
			t.Errorf("%d to %d: %d added, %d changed (%d renewed), %d ended, %d same; want %+v",
				c.older, c.newer, len(d.Added), len(d.Changed), renewed, len(d.Ended), d.Same, c)
		}
	}
}
