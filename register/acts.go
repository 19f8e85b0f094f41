package register

import (
	"context"
	"encoding/hex"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/clerk"
)

// Submit records a statement whole or not at all.
func (r *Register) Submit(ctx context.Context, s api.Submission) ([]api.ReceiptView, error) {
	if r.clerk == nil {
		return nil, standing.Errorf(standing.Unavailable, "this register is open for reading only")
	}
	sig, err := signature(&s.Signature, 0)
	if err != nil {
		return nil, err
	}
	receipts, err := r.clerk.Submit(ctx, clerk.Submission{Statement: standing.Statement{Acts: s.Acts, Signature: *sig}, Openings: s.Openings})
	if err != nil {
		return nil, err
	}
	out := make([]api.ReceiptView, len(receipts))
	for i, p := range receipts {
		out[i] = api.ReceiptView{Position: p.Position, Act: p.Act, Case: p.Case.String(), Version: p.Version, RecordedAt: p.RecordedAt,
			Resolved: p.Resolution.Instants, Again: p.Again}
	}
	return out, nil
}

// signature reads a signature in wire form.
func signature(w *api.SignatureWire, depth int) (*standing.Signature, error) {
	out := &standing.Signature{OnBehalfOf: w.OnBehalfOf, Bytes: w.Bytes}
	b, err := hex.DecodeString(w.Signer)
	if err != nil || len(b) != len(out.Signer) {
		return nil, standing.Errorf(standing.Invalid, "signature.signer is the id of a key: 32 hex digits")
	}
	copy(out.Signer[:], b)
	switch w.Algorithm {
	case "", "ed25519":
		out.Algorithm = standing.Ed25519
	case "intake":
		out.Algorithm = standing.Intake
	default:
		return nil, standing.Errorf(standing.Unsupported, "signature algorithm %.20q: ed25519 and intake are taken here", w.Algorithm)
	}
	if w.Second != nil {
		if depth > 0 {
			return nil, standing.Errorf(standing.Invalid, "a statement bears two signatures at most")
		}
		if out.Second, err = signature(w.Second, depth+1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SignatureWire prints a signature in wire form.
func SignatureWire(s *standing.Signature) api.SignatureWire {
	out := api.SignatureWire{Signer: s.Signer.String(), OnBehalfOf: s.OnBehalfOf, Algorithm: s.Algorithm.String(), Bytes: s.Bytes}
	if s.Second != nil {
		second := SignatureWire(s.Second)
		out.Second = &second
	}
	return out
}

// Version says how many acts a case has.
func (r *Register) Version(ctx context.Context, caseID string) (uint64, error) {
	id, err := standing.ParseCaseID(caseID)
	if err != nil {
		return 0, err
	}
	head, err := r.cfg.Store.Head(ctx, id)
	return head.Version, err
}
