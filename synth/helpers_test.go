package synth_test

import (
	"crypto/sha256"
	"iter"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/synth"
)

const origin = "demo.standing.example"

// someDigests stand for rulebooks where no text is needed.
func someDigests() map[string]standing.Digest {
	out := map[string]standing.Digest{}
	for _, name := range []string{"cn-courts", "cn-sectors"} {
		out[name] = sha256.Sum256([]byte(name))
	}
	return out
}

func world(t testing.TB, parties int, seed uint64) *synth.World {
	t.Helper()
	w, err := synth.New(synth.Options{Parties: parties, Seed: seed, Register: origin, Rulebooks: someDigests()})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// pull takes a world's steps one at a time.
func pull(w *synth.World) (next func() (synth.Step, bool), stop func()) { return iter.Pull(w.All()) }
