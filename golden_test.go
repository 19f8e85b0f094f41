package standing_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// Golden files are frozen: what is there once is read for ever. To add the file
// of a new kind, run the tests with STANDING_GOLDEN=write; files that are there
// are never overwritten.
func golden(t *testing.T, path string, make func() string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	switch {
	case err == nil:
		return string(b)
	case os.IsNotExist(err) && os.Getenv("STANDING_GOLDEN") == "write":
		text := make()
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return text
	case os.IsNotExist(err):
		t.Fatalf("%s is missing: run the tests with STANDING_GOLDEN=write, and look at what was written", path)
	}
	t.Fatal(err)
	return ""
}

// document annotates bytes as a golden file.
func document(title string, b []byte, l layout) string {
	it, rest, err := readItem(b)
	if err != nil || len(rest) != 0 {
		panic(fmt.Sprintf("%s: a CBOR library cannot read it: %v, %d bytes left", title, err, len(rest)))
	}
	var w strings.Builder
	fmt.Fprintf(&w, "# %s\n# Deterministic CBOR (RFC 8949, 4.2.1) in hex. Frozen: read for ever, never edited.\n", title)
	annotate(&w, it, l, 0, nil)
	return w.String()
}

func TestGoldenActs(t *testing.T) {
	seen := map[standing.Kind]bool{}
	for _, a := range examples() {
		t.Run(a.Kind.String(), func(t *testing.T) {
			if seen[a.Kind] {
				t.Fatal("a second example")
			}
			seen[a.Kind] = true
			path := fmt.Sprintf("testdata/acts/v1/%03d-%s.golden", a.Kind, a.Kind)
			text := golden(t, path, func() string { return document(a.Kind.String()+", an act of format 1.", a.Encode(), actLayout()) })
			want, err := unhex(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Encode(); string(got) != string(want) {
				t.Errorf("the act is encoded as\n%x\nfor ever it is\n%x", got, want)
			}
			read, err := standing.DecodeAct(want)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*read, a) {
				t.Errorf("read as\n%+v\nwritten as\n%+v", *read, a)
			}
		})
	}
	for _, k := range standing.Kinds() {
		if !seen[k] {
			t.Errorf("no example of kind %d %s", k, k)
		}
	}
}

// TestGoldenFields holds that the examples show every field, instant and fact
// that an act can carry.
func TestGoldenFields(t *testing.T) {
	fields := map[uint64]bool{}
	var facts standing.Facts
	roles := map[standing.RefRole]bool{}
	for _, a := range examples() {
		it, _, err := readItem(a.Encode())
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(it.items); i += 2 {
			fields[it.items[i].arg] = true
		}
		facts |= a.Facts
		for _, r := range a.Refs {
			roles[r.Role] = true
		}
	}
	for f := uint64(1); f <= 24; f++ {
		if !fields[f] {
			t.Errorf("no example has field %d", f)
		}
	}
	if facts != standing.Permanent<<1-1 {
		t.Errorf("the examples state facts %b only", facts)
	}
	for _, r := range []standing.RefRole{standing.RefRuling, standing.RefConstitution, standing.RefCause} {
		if !roles[r] {
			t.Errorf("no example cites in role %d", r)
		}
	}
}

func TestGoldenEntries(t *testing.T) {
	for name, e := range entryExamples() {
		t.Run(name, func(t *testing.T) {
			text := golden(t, "testdata/entries/v1/"+name+".golden", func() string {
				return document("log entry, "+name+", of format 1: the leaf of the log.", e.Encode(), entryLayout())
			})
			want, err := unhex(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.Encode(); string(got) != string(want) {
				t.Errorf("the entry is encoded as\n%x\nfor ever it is\n%x", got, want)
			}
			read, err := standing.DecodeEntry(7, want)
			if err != nil {
				t.Fatal(err)
			}
			wanted := *e
			wanted.Position = 7
			if !reflect.DeepEqual(*read, wanted) {
				t.Errorf("read as\n%+v\nwritten as\n%+v", *read, wanted)
			}
		})
	}
}

// TestOldFormats reads every act and entry that was ever frozen, whether or not
// today's examples know it.
func TestOldFormats(t *testing.T) {
	read := func(pattern string, check func([]byte) ([]byte, error)) int {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			b, err := unhex(string(text))
			if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			again, err := check(b)
			if err != nil {
				t.Errorf("%s: %v", f, err)
			} else if string(again) != string(b) {
				t.Errorf("%s: written again it is %x", f, again)
			}
		}
		return len(files)
	}
	acts := read("testdata/acts/v*/*.golden", func(b []byte) ([]byte, error) {
		a, err := standing.DecodeAct(b)
		if err != nil {
			return nil, err
		}
		return a.Encode(), nil
	})
	entries := read("testdata/entries/v*/*.golden", func(b []byte) ([]byte, error) {
		e, err := standing.DecodeEntry(0, b)
		if err != nil {
			return nil, err
		}
		return e.Encode(), nil
	})
	if acts < 48 || entries < 7 {
		t.Errorf("%d acts and %d entries: some that were frozen are gone", acts, entries)
	}
}

// TestAnyLibraryReads takes values out of an act and an entry with a CBOR
// reader that knows nothing of this package.
func TestAnyLibraryReads(t *testing.T) {
	for _, a := range examples() {
		it, rest, err := readItem(a.Encode())
		if err != nil || len(rest) != 0 || it.major != 5 {
			t.Fatalf("%s: %v, %d bytes left", a.Kind, err, len(rest))
		}
		if f := it.get(1); f == nil || f.arg != 1 {
			t.Errorf("%s: field 1 is not format 1", a.Kind)
		}
		if k := it.get(2); k == nil || standing.Kind(k.arg) != a.Kind {
			t.Errorf("%s: field 2 is not the kind", a.Kind)
		}
		if r := it.get(3); r == nil || r.major != 3 || string(r.text) != origin {
			t.Errorf("%s: field 3 is not the register", a.Kind)
		}
		if c := it.get(4); c == nil || string(c.text) != string(a.Case[:]) {
			t.Errorf("%s: field 4 is not the case", a.Kind)
		}
		if o := it.get(7); o == nil || o.int() != int64(a.Occurred) {
			t.Errorf("%s: field 7 is not when it happened", a.Kind)
		}
		if h := it.get(24); (h == nil) != (a.Holder == "") || h != nil && string(h.text) != string(a.Holder) {
			t.Errorf("%s: field 24 is not the holder", a.Kind)
		}
	}
	e := entryExamples()["second-signature"]
	it, _, err := readItem(e.Encode())
	if err != nil || it.major != 4 || len(it.items) != 7 {
		t.Fatalf("an entry is an array of seven: %+v, %v", it, err)
	}
	if string(it.items[1].text) != string(e.Bytes) {
		t.Error("the entry does not hold the act's bytes verbatim")
	}
	if second := it.items[5].items[4]; string(second.items[0].text) != string(keyBytes(2)) {
		t.Error("the second signature does not name its signer")
	}
}
