package tile_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/tile"
)

func bundle(t interface{ Fatal(...any) }, entries ...[]byte) []byte {
	var b []byte
	for _, e := range entries {
		var err error
		if b, err = tile.AppendEntry(b, e); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestBundle(t *testing.T) {
	if got := bundle(t, []byte("ab"), nil, []byte("c")); !bytes.Equal(got, []byte("\x00\x02ab\x00\x00\x00\x01c")) {
		t.Errorf("bundle bytes %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 1, 256).Draw(t, "entries")
		got, err := tile.ParseBundle(bundle(t, entries...))
		if err != nil || len(got) != len(entries) {
			t.Fatalf("%d entries became %d: %v", len(entries), len(got), err)
		}
		for i := range entries {
			if !bytes.Equal(got[i], entries[i]) {
				t.Fatalf("entry %d: %x became %x", i, entries[i], got[i])
			}
		}
	})
}

func TestBundleErrors(t *testing.T) {
	if _, err := tile.AppendEntry(nil, make([]byte, tile.MaxEntry)); err != nil {
		t.Errorf("the largest entry: %v", err)
	}
	if b, err := tile.AppendEntry([]byte("kept"), make([]byte, tile.MaxEntry+1)); err == nil || string(b) != "kept" {
		t.Errorf("an entry too large: %q, %v", b, err)
	}
	for name, b := range map[string][]byte{
		"empty":       nil,
		"one byte":    {0},
		"cut off":     []byte("\x00\x02a"),
		"cut in next": []byte("\x00\x01a\x00"),
		"257 entries": make([]byte, 2*257),
	} {
		if got, err := tile.ParseBundle(b); err == nil {
			t.Errorf("%s: %d entries", name, len(got))
		}
	}
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte("\x00\x02ab\x00\x00\x00\x01c"))
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := tile.ParseBundle(b)
		if err == nil && !bytes.Equal(bundle(t, entries...), b) {
			t.Errorf("%x is read as %x", b, entries)
		}
	})
}
