package synth

import (
	"crypto/ed25519"
	"math/rand/v2"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/privacy"
)

// Step is one statement and the instant at which it reaches the clerk, whose
// clock is to show At when it judges. Openings[i] is what Acts[i] commits to,
// nil where it commits to nothing.
type Step struct {
	At         standing.Instant
	Acts       [][]byte
	Openings   [][]byte
	Signer     ed25519.PrivateKey
	Algorithm  standing.Algorithm
	OnBehalfOf string
	Second     ed25519.PrivateKey // nil but for acts of the constitution
}

// Statement signs the step's acts.
func (s Step) Statement() standing.Statement {
	out := standing.Sign(s.Acts, s.Signer, s.Algorithm, s.OnBehalfOf)
	if s.Second != nil {
		out.Countersign(s.Second)
	}
	return out
}

// seal gives an opening its salt, writes it, and commits the act to it.
func seal(a *standing.Act, o *standing.Opening, salts *rand.ChaCha8) []byte {
	for i := 0; i < len(o.Salt); i += 8 {
		n := salts.Uint64()
		for j := range 8 {
			o.Salt[i+j] = byte(n >> (8 * j))
		}
	}
	b := appendOpening(make([]byte, 0, 512), o)
	a.Commitment = privacy.Commit(o.Salt, b)
	return b
}
