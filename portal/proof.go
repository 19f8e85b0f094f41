package portal

import (
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/tile"
)

// proof shows that an act is in the log, and how to see it without us.
func (p *portal) proof(pg *page, r *http.Request) (*reply, error) {
	position, err := strconv.ParseUint(r.PathValue("position"), 10, 63)
	if err != nil {
		return nil, standing.Errorf(standing.Invalid, "the position of an act is a whole number, not %q", clip(r.PathValue("position"), 40))
	}
	v, err := p.reg.Proof(r.Context(), position)
	if err != nil {
		return nil, err
	}
	pg.title = pg.T("proof.title", pg.number(int(position)))
	return &reply{body: proofPage(pg, v, proven(v))}, nil
}

// proven recomputes the root of the log from a proof. Known is false where the
// checkpoint says no root.
func proven(v *api.ProofView) (p proved) {
	text, _, _ := strings.Cut(v.Checkpoint, "\n\n")
	c, err := tile.ParseCheckpoint(strings.TrimSuffix(text, "\n") + "\n")
	if err != nil {
		return p
	}
	p.known = true
	path := make(tlog.RecordProof, len(v.Path))
	for i, h := range v.Path {
		path[i] = tlog.Hash(h)
	}
	p.right = c.Size == v.Size && tile.CheckInclusion(path, v.Size, c.Root, v.Position, tlog.Hash(v.Leaf)) == nil
	return p
}

type proved struct{ known, right bool }

// heard reports whether an act is one in which the party was told, spoke or was
// answered.
func heard(kind string) bool {
	switch kind {
	case "notice.served", "objection.made", "objection.decided", "error.claimed", "error.answered", "performance.claimed", "claim.answered",
		"listing.stayed", "stay.lifted", "exempted", "exemption.revoked", "make-good.served", "inability.found":
		return true
	}
	return false
}

// hearing is what of a history is notice, objections and decisions.
func hearing(history []api.ActView) []api.ActView {
	var out []api.ActView
	for _, a := range history {
		if heard(a.Kind) {
			out = append(out, a)
		}
	}
	return out
}
