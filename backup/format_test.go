package backup

import (
	"bufio"
	"bytes"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// written is a rows file with a row of every kind.
func written(t testing.TB) []byte {
	var out bytes.Buffer
	w := newWriter(&out)
	for _, err := range []error{
		w.State(1, []byte("note")),
		w.Leaf(0, []byte("leaf")),
		w.Head(&store.Head{Case: standing.CaseID{1}, Kind: standing.RulingCase, Version: 1, Positions: []uint64{0, 300}, Listings: []standing.CaseID{{2}}}),
		w.Vault(&store.VaultRow{Position: 0, Slot: 9, Sealed: []byte("sealed"), Keys: []store.Key{{3}}}),
		w.Effect(&store.EffectRow{Listing: standing.CaseID{2}, List: "a/b", Keys: []store.Key{{3}}}),
		w.Document(&store.Document{Digest: standing.Digest{4}, Bytes: []byte("text")}),
		w.Look(&store.Look{At: -5, Relying: "bank", Purpose: "credit", Key: store.Key{5}, Case: standing.CaseID{6}, Verdict: "clear"}),
		w.Told(&store.Told{At: 7, Listing: standing.CaseID{2}, Relying: "bank"}),
		w.end(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// FuzzRows reads anything: what is taken is written back as it was.
func FuzzRows(f *testing.F) {
	whole := written(f)
	f.Add(whole)
	f.Add(whole[:len(whole)-2])
	f.Add([]byte(magic + "S\xff\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var out bytes.Buffer
		w := newWriter(&out)
		if err := readRows(bufio.NewReader(bytes.NewReader(b)), w); err != nil {
			if standing.KindOf(err) == standing.Internal {
				t.Errorf("an internal fault for a bad input: %v", err)
			}
			return
		}
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		again := newWriter(new(bytes.Buffer))
		if err := readRows(bufio.NewReader(bytes.NewReader(out.Bytes())), again); err != nil {
			t.Errorf("what was written is not read: %v", err)
		}
	})
}

func TestRows(t *testing.T) {
	b := written(t)
	var out bytes.Buffer
	w := newWriter(&out)
	if err := readRows(bufio.NewReader(bytes.NewReader(b)), w); err != nil {
		t.Fatal(err)
	}
	if err := w.end(); err != nil || !bytes.Equal(out.Bytes(), b) {
		t.Errorf("%q became %q, %v", b, out.Bytes(), err)
	}
	for n := range b {
		if err := readRows(bufio.NewReader(bytes.NewReader(b[:n])), newWriter(new(bytes.Buffer))); err == nil {
			t.Errorf("%d of %d bytes are taken", n, len(b))
		}
	}
	if err := readRows(bufio.NewReader(bytes.NewReader(append(b, 0))), newWriter(new(bytes.Buffer))); err == nil {
		t.Error("a byte more is taken")
	}
}
