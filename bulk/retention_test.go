package bulk_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/bulk"
)

// TestRetention: a delta is there on 35 days, that of its issue included, and
// then gone from index and folder.
func TestRetention(t *testing.T) {
	town, dir := newTown(), t.TempDir()
	for _, day := range []int{0, 1, 35, 36} {
		town.party(day, "x")
		x := town.publish(t, dir, on(day))
		there := len(x.Deltas) > 0 && x.Deltas[0].Version == "2026-11-23"
		if want := day == 1 || day == 35; there != want {
			t.Errorf("on day %d the delta of day 1 is there: %v, want %v", day, there, want)
		}
		_, err := bulk.Folder(dir).Open("deltas/2026-11-23.jsonl.gz")
		if (err == nil) != there {
			t.Errorf("on day %d the index says %v of the delta of day 1, and the folder %v", day, there, err)
		}
	}
}

// TestOtherRows: a whole that is sound in itself, but not that of its index, is
// not built upon.
func TestOtherRows(t *testing.T) {
	town, dir := newTown(), t.TempDir()
	town.party(1, "x")
	town.party(2, "x")
	town.publish(t, dir, on(0))
	path := filepath.Join(dir, "issues", "2026-11-22", "parties.jsonl.gz")
	rows := unzip(t, bulk.Folder(dir), "parties.jsonl.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write(rows[:bytes.IndexByte(rows, '\n')+1]); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := bulk.Publish(t.Context(), dir, town, nil, on(1)); standing.KindOf(err) != standing.Conflict {
		t.Errorf("published upon other rows: %v", err)
	}
}
