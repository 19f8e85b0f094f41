package standing_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// The replay corpus: whole small registers, their leaves as hex, and what must
// follow from them for ever. A version of the software may know more than is
// written there, never something else.

func stories() map[string]*scribe {
	return map[string]*scribe{"ruling": rulingStory(), "reported": reportedStory()}
}

// leaves prints a story as the corpus keeps it.
func (s *scribe) leaves(name string) string {
	var w strings.Builder
	fmt.Fprintf(&w, "# %s: the leaves of a small register, one a line, in hex. Frozen: replayed for ever.\n", name)
	for _, e := range s.entries {
		fmt.Fprintf(&w, "# %d %s %s %s\n%x\n", e.Position, e.RecordedAt.Time().Format("2006-01-02"), e.Act.Kind, e.Act.Case, e.Encode())
	}
	return w.String()
}

// TestStories holds that the stories as told today have the bytes that were
// frozen: writing has not changed either.
func TestStories(t *testing.T) {
	for name, s := range stories() {
		leaves := s.leaves(name)
		if frozen := golden(t, "testdata/replay/v1/"+name+".hex", func() string { return leaves }); frozen != leaves {
			t.Errorf("story %q has other bytes than were frozen", name)
		}
		golden(t, "testdata/replay/v1/"+name+".json", func() string { return conclude(t, s.entries) })
	}
}

// TestReplay reads every register of the corpus, checks every signature, folds
// every case and compares what follows.
func TestReplay(t *testing.T) {
	files, err := filepath.Glob("testdata/replay/v*/*.hex")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 2 {
		t.Fatalf("%d registers in the corpus: some that were frozen are gone", len(files))
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			entries := readLeaves(t, file)
			verifyAll(t, entries)
			text, err := os.ReadFile(strings.TrimSuffix(file, ".hex") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var want, got any
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(conclude(t, entries)), &got); err != nil {
				t.Fatal(err)
			}
			for _, difference := range differences("", want, got) {
				t.Error(difference)
			}
		})
	}
}

func readLeaves(t *testing.T, file string) []*standing.Entry {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []*standing.Entry
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		b, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		e, err := standing.DecodeEntry(uint64(len(out)), b)
		if err != nil {
			t.Fatal(err)
		}
		if string(e.Encode()) != string(b) {
			t.Errorf("act %d written again is %x", e.Position, e.Encode())
		}
		out = append(out, e)
	}
	return out
}

// verifyAll checks both signatures of every statement with the keys in force.
func verifyAll(t *testing.T, entries []*standing.Entry) {
	t.Helper()
	constitution := &standing.Case{}
	for i, e := range entries {
		if e.Act.Case == standing.ConstitutionID {
			if err := constitution.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if e.Signature == nil {
			continue
		}
		var digests []standing.Digest
		for _, other := range entries[i : i+int(e.Count)] {
			digests = append(digests, standing.DigestOf(other.Bytes))
		}
		for sig := e.Signature; sig != nil; sig = sig.Second {
			key := constitution.Constitution.Keys[sig.Signer]
			if key == nil || !key.Active(e.RecordedAt) {
				t.Fatalf("act %d: key %s is not in force", e.Position, sig.Signer)
			}
			if err := standing.VerifySignature(sig, int(e.Count), standing.StatementRoot(digests), key.Public); err != nil {
				t.Errorf("act %d: %v", e.Position, err)
			}
		}
	}
}

// outcome is what follows from a listing's case and its ruling's.
type outcome struct {
	Effects []standing.Effect
	End     standing.Instant
	Event   string
	Status  []string // "since when status", in order
	InForce standing.Interval
}

// conclude folds entries and prints every case and what follows.
func conclude(t *testing.T, entries []*standing.Entry) string {
	t.Helper()
	byCase := map[standing.CaseID][]*standing.Entry{}
	instants := map[standing.Instant]bool{}
	for _, e := range entries {
		byCase[e.Act.Case] = append(byCase[e.Act.Case], e)
		instants[e.RecordedAt] = true
	}
	cases := map[standing.CaseID]*standing.Case{}
	for id, list := range byCase {
		c, err := standing.Fold(list, standing.Forever)
		if err != nil {
			t.Fatal(err)
		}
		cases[id] = c
	}
	outcomes := map[standing.CaseID]outcome{}
	for id, c := range cases {
		if c.Listing == nil {
			continue
		}
		r := cases[c.Listing.Ruling].Ruling
		o := outcome{Effects: standing.Effects(id, c.Listing, r), InForce: cases[standing.ConstitutionID].Constitution.InForce(c.Listing.List)}
		o.End, o.Event = standing.End(id, c.Listing, r)
		at := []standing.Instant{o.End}
		for i := range instants {
			at = append(at, i)
		}
		for _, e := range o.Effects {
			at = append(at, e.From, e.Until)
		}
		slices.Sort(at)
		var last standing.Status
		for _, i := range at {
			if status := standing.StatusAt(id, c.Listing, r, i); status != last && i != standing.Forever {
				o.Status, last = append(o.Status, i.Time().Format("2006-01-02 ")+string(status)), status
			}
		}
		outcomes[id] = o
	}
	b, err := json.MarshalIndent(map[string]any{"cases": cases, "listings": outcomes}, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

// differences lists where got is not what was wanted. Fields that were not
// known when the expectation was written may be there, unset.
func differences(path string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is %v, it was %v", path, got, want)}
		}
		var out []string
		for k := range w {
			if _, ok := g[k]; !ok {
				out = append(out, path+"/"+k+" is gone")
				continue
			}
			out = append(out, differences(path+"/"+k, w[k], g[k])...)
		}
		for k := range g {
			if _, ok := w[k]; !ok && !unset(g[k]) {
				out = append(out, fmt.Sprintf("%s/%s is %v, it was not there", path, k, g[k]))
			}
		}
		return out
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{fmt.Sprintf("%s is %v, it was %v", path, got, want)}
		}
		var out []string
		for i := range w {
			out = append(out, differences(fmt.Sprint(path, "/", i), w[i], g[i])...)
		}
		return out
	}
	if !reflect.DeepEqual(want, got) {
		return []string{fmt.Sprintf("%s is %v, it was %v", path, got, want)}
	}
	return nil
}

func unset(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case float64:
		return v == 0
	case string:
		return strings.Trim(v, "0") == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

func TestDifferences(t *testing.T) {
	read := func(s string) (v any) {
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		want, got string
		n         int
	}{
		{`{"a":1}`, `{"a":1}`, 0}, {`{"a":1}`, `{"a":1,"b":null}`, 0}, {`{"a":1}`, `{"a":1,"b":[]}`, 0},
		{`{"a":1}`, `{"a":2}`, 1}, {`{"a":1}`, `{}`, 1}, {`{"a":1}`, `{"a":1,"b":true}`, 1},
		{`[1,2]`, `[1]`, 1}, {`[{"a":1}]`, `[{"a":2}]`, 1}, {`{"a":{}}`, `{"a":1}`, 1},
	} {
		if got := differences("", read(c.want), read(c.got)); len(got) != c.n {
			t.Errorf("%s, then %s: %q", c.want, c.got, got)
		}
	}
}

// TestStoriesTellEverything: every kind of act is replayed for ever.
func TestStoriesTellEverything(t *testing.T) {
	told := map[standing.Kind]bool{}
	for _, s := range stories() {
		for _, e := range s.entries {
			told[e.Act.Kind] = true
		}
	}
	for _, k := range standing.Kinds() {
		if !told[k] {
			t.Errorf("no story tells of %s", k)
		}
	}
}
