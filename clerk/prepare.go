package clerk

import (
	"context"
	"crypto/ed25519"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/privacy"
)

// job is a prepared statement on its way through the sequencer.
type job struct {
	statement *standing.Statement
	acts      []*prepared
	at        standing.Instant // when it was submitted: recorded then, or with the last one before it
	answer    chan outcome     // buffered, answered once
}

type outcome struct {
	receipts []Receipt
	err      error
}

// prepared is one act with everything that can be worked out without the state
// of any case.
type prepared struct {
	act     *standing.Act
	bytes   []byte
	digest  standing.Digest
	opening *standing.Opening // nil when there is none
	raw     []byte
	person  *subject // whom the opening names, nil when nobody
	fresh   bool     // its case cannot exist yet
}

// prepare decodes a statement and checks all that needs no case: bounds,
// canonical bytes, commitments, identifiers, signatures.
func (c *Clerk) prepare(ctx context.Context, s *Submission) (*job, error) {
	if err := s.Statement.Check(); err != nil {
		return nil, err
	}
	if len(s.Openings) != 0 && len(s.Openings) != len(s.Statement.Acts) {
		return nil, standing.Errorf(standing.Invalid, "%d openings for %d acts: give one for each, or none", len(s.Openings), len(s.Statement.Acts))
	}
	j := &job{statement: &s.Statement, acts: make([]*prepared, len(s.Statement.Acts)), answer: make(chan outcome, 1)}
	digests := make([]standing.Digest, len(j.acts))
	for i, raw := range s.Statement.Acts {
		var opening []byte
		if len(s.Openings) > 0 {
			opening = s.Openings[i]
		}
		p, err := c.prepareAct(raw, opening)
		if err != nil {
			return nil, place(err, i, len(j.acts))
		}
		j.acts[i], digests[i] = p, p.digest
	}
	if err := c.verify(&s.Statement, j.acts, standing.StatementRoot(digests)); err != nil {
		return nil, err
	}
	return j, nil
}

// place says which act of a statement an error is about.
func place(err error, i, n int) error {
	if e, ok := err.(*standing.Error); ok && n > 1 {
		out := *e
		out.What = "act " + itoa(i) + " of the statement: " + e.What
		return &out
	}
	return err
}

func (c *Clerk) prepareAct(raw, opening []byte) (*prepared, error) {
	a, err := standing.DecodeAct(raw)
	if err != nil {
		return nil, err
	}
	if a.Register != c.origin {
		return nil, standing.Errorf(standing.Invalid, "the act is for register %s; this is %s", a.Register, c.origin)
	}
	if err := closed(a); err != nil {
		return nil, err
	}
	p := &prepared{act: a, bytes: raw, digest: standing.DigestOf(raw)}
	if a.Commitment.IsZero() != (len(opening) == 0) {
		return nil, standing.Errorf(standing.Invalid, "%s: the act commits to an opening and none is given, or the other way round", a.Kind)
	}
	if len(opening) == 0 {
		return p, nil
	}
	if len(opening) > standing.MaxOpeningBytes {
		return nil, standing.Errorf(standing.TooLarge, "%s: opening of %d bytes: at most %d; keep documents elsewhere and give their digests", a.Kind, len(opening), standing.MaxOpeningBytes)
	}
	if p.opening, err = readOpening(opening); err != nil {
		return nil, err
	}
	if !privacy.Verify(a.Commitment, p.opening.Salt, opening) {
		return nil, standing.Errorf(standing.Invalid, "%s: the opening is not the one that the act commits to", a.Kind)
	}
	p.raw = opening
	if p.opening.Party != nil {
		if p.person, err = c.seal.subject(p.opening.Party, a.Party); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// verify checks the statement's signatures against the keys in force. The
// founding statement brings its own keys.
func (c *Clerk) verify(s *standing.Statement, acts []*prepared, root standing.Digest) error {
	con := c.constitution.Load()
	public := func(id standing.KeyID) ed25519.PublicKey {
		if k := con.Keys[id]; k != nil {
			return k.Public
		}
		if first := acts[0].act; first.Kind == standing.RegisterFounded && len(first.Payload) == 64 {
			for i := range 2 {
				if p := ed25519.PublicKey(first.Payload[32*i : 32*i+32]); standing.KeyIDOf(p) == id {
					return p
				}
			}
		}
		return nil
	}
	for sig := &s.Signature; sig != nil; sig = sig.Second {
		key := public(sig.Signer)
		if key == nil {
			return standing.Errorf(standing.Unauthenticated, "key %s is not known to this register", sig.Signer)
		}
		if err := standing.VerifySignature(sig, len(s.Acts), root, key); err != nil {
			return err
		}
	}
	return nil
}
