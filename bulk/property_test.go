package bulk_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/bulk"
)

// base is what somebody took home on a day.
type base struct {
	version string
	state   bulk.State
	files   map[string][]byte // parties, listings, entities
}

// TestSumOfDeltas: whatever happens on whatever days, the deltas lead from every
// kept day to the newest whole, in rows and in entities, and nothing that has
// ended or was changed is found anywhere in the folder.
func TestSumOfDeltas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "bulk")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		town := newTown()
		tokens := 0
		var bases []base
		day := 0
		for range rapid.IntRange(1, 5).Draw(t, "issues") {
			for range rapid.IntRange(0, 8).Draw(t, "events") {
				tokens++
				happens(t, town, fmt.Sprintf("token%dnekot", tokens))
			}
			o := on(day).On(quick{bulk.SystemDisk()})
			o.Again = true
			index := publishT(t, town, dir, o)
			holds(t, dir, index, bases, town)
			bases = append(bases, take(t, dir, index))
			day += rapid.SampledFrom([]int{0, 1, 1, 1, 2, 7, 20, 36}).Draw(t, "days")
		}
	})
}

func happens(t *rapid.T, town *town, token string) {
	n := rapid.IntRange(1, 6).Draw(t, "who")
	key := fmt.Sprintf("uscc:91-%05d-%s", n, tokenOf(n))
	id := fmt.Sprintf("%s/listing/%026d", origin, n)
	switch rapid.SampledFrom([]string{"party", "listing", "party ends", "listing ends", "counted"}).Draw(t, "what") {
	case "party":
		town.party(n, token)
	case "listing":
		town.party(n, token)
		town.listing(n, token)
	case "party ends":
		delete(town.parties, key)
		delete(town.listings, id)
	case "listing ends":
		delete(town.listings, id)
	case "counted":
		if p, ok := town.parties[key]; ok {
			p.Entries++
			town.parties[key] = p
		}
	}
}

func publishT(t *rapid.T, town *town, dir string, o bulk.Options) *bulk.Index {
	index, err := bulk.Publish(t.Context(), dir, town, nil, o)
	if err == nil {
		err = bulk.Verify(bulk.Folder(dir))
	}
	if err != nil {
		t.Fatal(err)
	}
	return index
}

var wholes = map[string]string{"parties": "parties.jsonl.gz", "listings": "listings.jsonl.gz", "entities": "entities.ftm.json.gz"}

func take(t *rapid.T, dir string, index *bulk.Index) base {
	b := base{index.Version, index.State, map[string][]byte{}}
	for what, name := range wholes {
		b.files[what] = unzip(t, bulk.Folder(dir), name)
	}
	return b
}

func holds(t *rapid.T, dir string, index *bulk.Index, bases []base, town *town) {
	files := bulk.Folder(dir)
	now := take(t, dir, index)
	reached := 0
	for _, b := range bases {
		var rows, ftm [][]byte
		for _, d := range index.Deltas {
			if d.From == b.version || len(rows) > 0 {
				if len(rows) == 0 && d.Before != b.state {
					t.Errorf("delta %s says that it begins at another state than %s had", d.Version, b.version)
				}
				rows, ftm = append(rows, unzip(t, files, d.Rows.Path)), append(ftm, unzip(t, files, d.FTM.Path))
			}
		}
		if len(rows) == 0 {
			continue // no longer kept
		}
		reached++
		for noun, want := range map[string]bulk.Root{"party": index.Parties, "listing": index.Listings} {
			what := map[string]string{"party": "parties", "listing": "listings"}[noun]
			var out bytes.Buffer
			root, err := bulk.Apply(&out, bytes.NewReader(b.files[what]), noun, readers(rows)...)
			if err != nil || !root.Equal(want) || !bytes.Equal(out.Bytes(), now.files[what]) {
				t.Errorf("%s of %s and the deltas: root %v, want %v: %v\n%s", what, b.version, root, want, err, out.String())
			}
		}
		if got, want := sumEntities(t, b.files["entities"], ftm), sumEntities(t, now.files["entities"], nil); !mapsEqual(got, want) {
			t.Errorf("entities of %s and the deltas are not the whole:\n%v\n%v", b.version, got, want)
		}
	}
	if reached != len(index.Deltas) {
		t.Errorf("%d deltas are kept and %d days reached", len(index.Deltas), reached)
	}
	nothingElse(t, dir, town)
}

func readers(rows [][]byte) (out []io.Reader) {
	for _, r := range rows {
		out = append(out, bytes.NewReader(r))
	}
	return out
}

// sumEntities applies deltas of entities as their readers do.
func sumEntities(t *rapid.T, whole []byte, deltas [][]byte) map[string]string {
	type entity struct {
		ID     string
		Schema string
	}
	out := map[string]string{}
	for line := range strings.Lines(string(whole)) {
		var e entity
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Schema == "" {
			t.Fatalf("%v: %s", err, line)
		}
		out[e.ID] = strings.TrimSpace(line)
	}
	for _, d := range deltas {
		for line := range strings.Lines(string(d)) {
			var op struct {
				Op     string
				Entity json.RawMessage
			}
			var e entity
			if err := json.Unmarshal([]byte(line), &op); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			if err := json.Unmarshal(op.Entity, &e); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			if op.Op == "DEL" {
				delete(out, e.ID)
				continue
			}
			if e.Schema == "" {
				t.Fatalf("an entity without schema: %s", line)
			}
			out[e.ID] = string(op.Entity)
		}
	}
	return out
}

func mapsEqual(a, b map[string]string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

var tokenForm = regexp.MustCompile(`token\d+nekot|who\d+who`)

// nothingElse looks for what only rows that have gone, or former forms of rows,
// could have brought into a file.
func nothingElse(t *rapid.T, dir string, town *town) {
	known := tokenForm.FindAllString(fmt.Sprint(town.parties, town.listings), -1)
	for path, content := range everything(t, dir) {
		for _, token := range tokenForm.FindAllString(content, -1) {
			if !contains(known, token) {
				t.Errorf("%s holds %s, which has ended", path, token)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
