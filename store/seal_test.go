package store_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

func TestLooksSegment(t *testing.T) {
	a, b := store.Look{At: 1, Relying: "bank", Purpose: "credit", Key: store.Key{1}, Verdict: "clear"}, store.Look{At: 2, Relying: "ban", Purpose: "kcredit"}
	head := func(before standing.Digest, looks ...store.Look) standing.Digest {
		s := store.NewLooksSegment()
		for i := range looks {
			s.Add(&looks[i])
		}
		return s.Head(before)
	}
	// Pinned: what stands in logs.
	if got := head(standing.Digest{}, a, b).String(); got != "a6f8b6dd2cb0f7396ca259c7806a57bfa1ce408d3dce14aef4f13cc782de6c95" {
		t.Errorf("the head is %s", got)
	}
	seen := map[standing.Digest]string{}
	moved := a
	moved.Relying, moved.Purpose = "bankc", "redit"
	for name, d := range map[string]standing.Digest{
		"none": head(standing.Digest{}), "one": head(standing.Digest{}, a), "both": head(standing.Digest{}, a, b),
		"other order": head(standing.Digest{}, b, a), "later day": head(standing.Digest{1}, a, b), "a letter moved": head(standing.Digest{}, moved, b),
	} {
		if other, twice := seen[d]; twice {
			t.Errorf("%s and %s have one head", name, other)
		}
		seen[d] = name
	}
}
