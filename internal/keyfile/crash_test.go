package keyfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/privacy"
)

// The process dies, and of what it had written ahead any part may be missing.
func TestCrashTail(t *testing.T) {
	f, path := create(t)
	first := allocate(t, f, 5)
	raw, _ := os.ReadFile(path)
	handed := headerSize + 5*slotSize
	for size := handed; size <= len(raw); {
		g := open(t, crash(t, path, size))
		for s := first; s < first+5; s++ {
			if _, err := g.Get(s); err != nil {
				t.Fatalf("cut to %d: slot %d, handed out: %v", size, s, err)
			}
		}
		next := allocate(t, g, 3)
		if next <= first+4 {
			t.Fatalf("cut to %d: slot %d handed out again", size, next)
		}
		if _, err := g.Get(next + 2); err != nil {
			t.Fatalf("cut to %d: fresh slot: %v", size, err)
		}
		g.Close()
		if size > handed+2*slotSize && size < len(raw)-2*slotSize {
			size += 40_001
		} else {
			size++
		}
	}
}

// Worse than a crash: the file loses keys that had been handed out. It opens,
// says which are damaged, never calls them erased, and never hands them out.
func TestLostEnd(t *testing.T) {
	f, path := create(t)
	allocate(t, f, 5)
	f.Close()
	for size := headerSize; size < headerSize+5*slotSize; size += 9 {
		copied := crash(t, path, size)
		g := open(t, copied)
		whole := privacy.Slot(size-headerSize) / slotSize
		check := func(when string) {
			t.Helper()
			for s := privacy.Slot(1); s <= 5; s++ {
				_, err := g.Get(s)
				if s <= whole && err != nil || s > whole && !errors.Is(err, privacy.ErrTampered) {
					t.Errorf("cut to %d, %s: slot %d: %v", size, when, s, err)
				}
			}
		}
		check("opened")
		if next := allocate(t, g, 1); next != 6 {
			t.Errorf("cut to %d: slot %d handed out", size, next)
		}
		check("written to")
		g.Close()
		g = open(t, copied)
		check("reopened")
		if err := g.Erase(5); err != nil {
			t.Errorf("erase a lost slot: %v", err)
		}
		if _, err := g.Get(5); !errors.Is(err, privacy.ErrErased) {
			t.Errorf("a lost slot, erased: %v", err)
		}
		g.Close()
	}
	for size := range headerSize {
		if size%97 == 0 {
			if _, err := keyfile.Open(crash(t, path, size), options); err == nil {
				t.Errorf("opened with %d bytes of header", size)
			}
		}
	}
}

// An old copy is restored; the register knows of more slots than it.
func TestSkip(t *testing.T) {
	f, path := create(t)
	allocate(t, f, 5)
	f.Close()
	g := open(t, path)
	if err := g.Skip(3); err != nil {
		t.Error(err)
	}
	if err := g.Skip(10_000); err != nil {
		t.Error(err)
	}
	if err := g.Skip(1 << 60); err == nil {
		t.Error("skipping to the end of the world succeeded")
	}
	if err := g.Erase(7); err != nil {
		t.Error(err)
	}
	check := func() {
		t.Helper()
		for s, want := range map[privacy.Slot]error{5: nil, 6: privacy.ErrTampered, 7: privacy.ErrErased, 9_999: privacy.ErrTampered} {
			if _, err := g.Get(s); !errors.Is(err, want) {
				t.Errorf("slot %d: %v, want %v", s, err, want)
			}
		}
	}
	check()
	if next := allocate(t, g, 2); next != 10_001 {
		t.Errorf("next slot %d", next)
	}
	check()
	if err := g.Skip(10_010); err != nil { // within what is written ahead
		t.Error(err)
	}
	if next := allocate(t, g, 1); next != 10_011 {
		t.Errorf("next slot %d", next)
	}
	check()
}

// TestModel drives a key file through every operation, clean and unclean ends
// included, against what a key store promises.
func TestModel(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		path := filepath.Join(dir, "keys")
		os.Remove(path)
		f, err := keyfile.Create(path, options)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { f.Close() }()
		keys := map[privacy.Slot][32]byte{} // zero = erased
		var highest privacy.Slot
		reopen := func() {
			if f, err = keyfile.Open(path, options); err != nil {
				t.Fatal(err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"allocate": func(t *rapid.T) {
				n := rapid.OneOf(rapid.IntRange(1, 5), rapid.IntRange(1, 2*block)).Draw(t, "n")
				first, err := f.Allocate(n)
				if err != nil {
					t.Fatal(err)
				}
				if first <= highest {
					t.Fatalf("slot %d handed out after %d", first, highest)
				}
				highest = first + privacy.Slot(n) - 1
				for _, s := range []privacy.Slot{first, highest} {
					if keys[s], err = f.Get(s); err != nil {
						t.Fatal(err)
					}
				}
			},
			"erase": func(t *rapid.T) {
				if len(keys) == 0 {
					t.Skip("nothing to erase")
				}
				s := privacy.Slot(rapid.Uint64Range(1, uint64(highest)).Draw(t, "slot"))
				if err := f.Erase(s); err != nil {
					t.Fatal(err)
				}
				keys[s] = [32]byte{}
			},
			"close": func(t *rapid.T) {
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
				reopen()
			},
			"kill": func(t *rapid.T) {
				raw, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				f.Close()
				kept := headerSize + int(highest)*slotSize
				cut := rapid.IntRange(min(kept, len(raw)), len(raw)).Draw(t, "cut")
				if err := os.WriteFile(path, raw[:cut], 0o600); err != nil {
					t.Fatal(err)
				}
				reopen()
			},
			"": func(t *rapid.T) {
				for s, want := range keys {
					got, err := f.Get(s)
					if want == ([32]byte{}) && !errors.Is(err, privacy.ErrErased) || want != ([32]byte{}) && err != nil || got != want {
						t.Fatalf("slot %d = %x, %v; want %x", s, got, err, want)
					}
				}
			},
		})
	})
	if runs == 0 {
		t.Error("nothing was checked")
	}
}
