package privacy_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"

	"github.com/openstanding/standing/privacy"
)

var _ privacy.Keys = (*privacy.MemoryKeys)(nil)

func TestMemoryKeys(t *testing.T) {
	k := privacy.NewMemoryKeys(rand.Reader)
	first, err := k.Allocate(3)
	if err != nil || first != 1 {
		t.Fatalf("Allocate(3) = %d, %v", first, err)
	}
	if next, err := k.Allocate(1); err != nil || next != 4 {
		t.Fatalf("Allocate(1) = %d, %v", next, err)
	}
	seen := map[[32]byte]bool{{}: true}
	for s := privacy.Slot(1); s <= 4; s++ {
		key, err := k.Get(s)
		if err != nil || seen[key] {
			t.Errorf("Get(%d) = %x, %v", s, key, err)
		}
		seen[key] = true
	}
	for _, s := range []privacy.Slot{0, 5} {
		if _, err := k.Get(s); !errors.Is(err, privacy.ErrNoSlot) {
			t.Errorf("Get(%d): %v", s, err)
		}
		if err := k.Erase(2, s); !errors.Is(err, privacy.ErrNoSlot) {
			t.Errorf("Erase(2, %d): %v", s, err)
		}
	}
	if _, err := k.Get(2); err != nil {
		t.Errorf("a refused Erase erased: %v", err)
	}
	for range 2 {
		if err := k.Erase(2, 2, 3); err != nil {
			t.Errorf("Erase: %v", err)
		}
	}
	if key, err := k.Get(2); !errors.Is(err, privacy.ErrErased) || key != ([32]byte{}) {
		t.Errorf("after Erase: %x, %v", key, err)
	}
	if _, err := k.Get(4); err != nil {
		t.Errorf("Erase reached a neighbour: %v", err)
	}
	for _, n := range []int{0, -1, privacy.MaxAllocate + 1} {
		if _, err := k.Allocate(n); err == nil {
			t.Errorf("Allocate(%d) succeeded", n)
		}
	}
	k.Close()
	if _, err := k.Get(4); err == nil {
		t.Error("Get after Close succeeded")
	}
	if _, err := k.Allocate(1); err == nil {
		t.Error("Allocate after Close succeeded")
	}
	if err := k.Erase(4); err == nil {
		t.Error("Erase after Close succeeded")
	}
}

func TestMemoryKeysBadRandomness(t *testing.T) {
	for name, source := range map[string][]byte{"short": make([]byte, 31), "zeros": make([]byte, 32)} {
		if _, err := privacy.NewMemoryKeys(bytes.NewReader(source)).Allocate(1); err == nil {
			t.Errorf("%s: Allocate succeeded", name)
		}
	}
}
