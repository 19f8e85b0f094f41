// Package verify checks a whole register from its acts: every signature, every
// resolved instant, every head, effect row and tile, and the signed checkpoint.
// It names the first difference. Nothing in it needs a secret.
package verify

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"reflect"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/tile"
)

// Options say what to verify.
type Options struct {
	Origin    string
	Store     store.Store
	Rulebooks *rulebook.Set
	Verifier  note.Verifier // of the log's key; nil = the checkpoint's signature is not checked
	Workers   int           // for signatures; 0 = 2
	Progress  func(done, total uint64)
}

// Report says what was verified.
type Report struct {
	Acts       uint64 `json:"acts"`
	Statements uint64 `json:"statements"`
	Cases      uint64 `json:"cases"`
	Listings   uint64 `json:"listings"`
	Root       string `json:"root"`
	Checkpoint bool   `json:"checkpoint"` // signature checked
}

// run is one verification.
type run struct {
	Options
	report    Report
	replay    *clerk.Replay
	tree      *tile.Tree
	positions map[standing.CaseID][]uint64
	statement []*standing.Entry // in the making
	last      standing.Instant
	checks    chan func() error
	failed    chan error
	workers   sync.WaitGroup
}

// Run verifies a register. The error names the first difference found and the
// position of the act, the case or the tile where it is.
func Run(ctx context.Context, o Options) (*Report, error) {
	size, err := o.Store.Size(ctx)
	if err != nil {
		return nil, err
	}
	if o.Workers == 0 {
		o.Workers = 2
	}
	r := &run{Options: o, replay: clerk.NewReplay(o.Origin, o.Rulebooks), positions: map[standing.CaseID][]uint64{},
		checks: make(chan func() error, 1024), failed: make(chan error, o.Workers)}
	r.tree = tile.NewTree(func(level int, index uint64, width int) ([]byte, error) {
		return o.Store.Tile(ctx, uint8(level), index)
	})
	for range o.Workers {
		r.workers.Go(r.work)
	}
	err = r.leaves(ctx, size)
	close(r.checks)
	r.workers.Wait()
	select {
	case bad := <-r.failed:
		if err == nil {
			err = bad
		}
	default:
	}
	if err == nil {
		err = r.finish(ctx, size)
	}
	if err != nil {
		return nil, err
	}
	return &r.report, nil
}

func (r *run) work() {
	for check := range r.checks {
		if err := check(); err != nil {
			select {
			case r.failed <- err:
			default:
			}
		}
	}
}

func differs(format string, args ...any) error {
	return standing.Errorf(standing.Invalid, "verify: "+format, args...)
}

// leaves walks the log: hashes, signatures, judgement again.
func (r *run) leaves(ctx context.Context, size uint64) error {
	err := r.Store.Leaves(ctx, 0, size, func(position uint64, leaf []byte) error {
		select {
		case err := <-r.failed:
			return err
		default:
		}
		if err := r.tree.Add(tile.LeafHash(leaf)); err != nil {
			return differs("tree at act %d: %v", position, err)
		}
		e, err := standing.DecodeEntry(position, append([]byte(nil), leaf...))
		if err != nil {
			return differs("act %d: %v", position, err)
		}
		if r.Progress != nil && position%1024 == 0 {
			r.Progress(position, size)
		}
		return r.entry(e)
	})
	if err != nil {
		return err
	}
	if len(r.statement) != 0 {
		return differs("the log ends inside a statement that begins at act %d", r.statement[0].Position)
	}
	return nil
}

// entry gathers a statement; when it is whole its signature is checked on a
// worker and its acts are judged again.
func (r *run) entry(e *standing.Entry) error {
	if int(e.Index) != len(r.statement) || e.Count == 0 || e.Index >= e.Count || e.Index > 0 && (e.Count != r.statement[0].Count || e.Signer != r.statement[0].Signer) {
		return differs("act %d stands at place %d of %d of a statement, %d expected", e.Position, e.Index, e.Count, len(r.statement))
	}
	if e.RecordedAt < r.last {
		return differs("act %d is recorded at %s, before the act in front of it", e.Position, e.RecordedAt)
	}
	r.last = e.RecordedAt
	r.report.Acts++
	r.positions[e.Act.Case] = append(r.positions[e.Act.Case], e.Position)
	r.statement = append(r.statement, e)
	if err := r.replay.Apply(e, r.statement[0].Signature); err != nil {
		return differs("act %d: %v", e.Position, err)
	}
	if len(r.statement) == int(e.Count) {
		r.report.Statements++
		r.signatures(r.statement)
		r.statement = nil
	}
	return nil
}

// signatures sends a whole statement to the workers. Keys were found in force
// by the replay; here their bytes are checked.
func (r *run) signatures(acts []*standing.Entry) {
	keys := map[standing.KeyID]ed25519.PublicKey{}
	for sig := acts[0].Signature; sig != nil; sig = sig.Second {
		if k := r.replay.Constitution().Keys[sig.Signer]; k != nil {
			keys[sig.Signer] = k.Public
		}
	}
	r.checks <- func() error {
		digests := make([]standing.Digest, len(acts))
		for i, e := range acts {
			digests[i] = standing.DigestOf(e.Bytes)
		}
		root := standing.StatementRoot(digests)
		for sig := acts[0].Signature; sig != nil; sig = sig.Second {
			if err := standing.VerifySignature(sig, len(acts), root, keys[sig.Signer]); err != nil {
				return differs("statement at act %d: %v", acts[0].Position, err)
			}
		}
		return nil
	}
}

// finish compares what follows from the acts with what the store holds.
func (r *run) finish(ctx context.Context, size uint64) error {
	n, root, err := r.tree.Finish()
	if err != nil {
		return differs("tree: %v", err)
	}
	r.report.Root = fmt.Sprintf("%x", root[:])
	if size > 0 {
		if err := r.checkpoint(ctx, n, root); err != nil {
			return err
		}
	}
	if err := r.heads(ctx); err != nil {
		return err
	}
	return r.effects(ctx)
}

func (r *run) checkpoint(ctx context.Context, n uint64, root [32]byte) error {
	b, err := r.Store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	var cp tile.Checkpoint
	if r.Verifier != nil {
		if cp, err = tile.Open(b, r.Verifier); err != nil {
			return differs("checkpoint: %v", err)
		}
		r.report.Checkpoint = true
	} else {
		text, _, _ := cutNote(b)
		if cp, err = tile.ParseCheckpoint(text); err != nil {
			return differs("checkpoint: %v", err)
		}
	}
	if cp.Size != n || cp.Root != root || cp.Origin != r.Origin {
		return differs("checkpoint says %s, %d acts, root %x; the acts say %s, %d, %x", cp.Origin, cp.Size, cp.Root[:], r.Origin, n, root[:])
	}
	return nil
}

// cutNote separates a note's text from its signatures.
func cutNote(b []byte) (text, signatures string, ok bool) {
	for i := len(b) - 2; i >= 0; i-- {
		if b[i] == '\n' && b[i+1] == '\n' {
			return string(b[:i+1]), string(b[i+2:]), true
		}
	}
	return string(b), "", false
}

func (r *run) heads(ctx context.Context) error {
	listings := map[standing.CaseID][]standing.CaseID{}
	if err := r.replay.Each(func(c *standing.Case, l []standing.CaseID) error {
		listings[c.ID] = l
		return nil
	}); err != nil {
		return err
	}
	err := r.Store.EachHead(ctx, func(h store.Head) error {
		want := r.positions[h.Case]
		r.report.Cases++
		if h.Version != uint64(len(want)) || !reflect.DeepEqual(h.Positions, want) {
			return differs("case %s: the head says %d acts at %v, the log has %d at %v", h.Case, h.Version, h.Positions, len(want), want)
		}
		if len(h.Listings)+len(listings[h.Case]) > 0 && !reflect.DeepEqual(h.Listings, listings[h.Case]) {
			return differs("case %s: the head names listings %v, the acts %v", h.Case, h.Listings, listings[h.Case])
		}
		return nil
	})
	if err == nil && r.report.Cases != uint64(len(r.positions)) {
		err = differs("the store has %d heads, the log %d cases", r.report.Cases, len(r.positions))
	}
	return err
}

func (r *run) effects(ctx context.Context) error {
	want := 0
	if err := r.replay.Each(func(c *standing.Case, _ []standing.CaseID) error {
		if c.Listing != nil {
			want++
		}
		return nil
	}); err != nil {
		return err
	}
	_, err := r.Store.EachEffect(ctx, func(row *store.EffectRow) error {
		r.report.Listings++
		listing := r.replay.Case(row.Listing)
		if listing == nil || listing.Listing == nil {
			return differs("effect row of listing %s, which the log does not know", row.Listing)
		}
		ruling := r.replay.Case(listing.Listing.Ruling)
		expected := clerk.EffectRow(row.Listing, listing.Listing, ruling.Ruling, row.Keys)
		if len(row.Effects) == 0 && len(expected.Effects) == 0 {
			row.Effects, expected.Effects = nil, nil
		}
		if !reflect.DeepEqual(*row, expected) {
			return differs("listing %s: the store's effects are %+v, the acts say %+v", row.Listing, *row, expected)
		}
		return nil
	})
	if err == nil && r.report.Listings != uint64(want) {
		err = differs("the store has effect rows of %d listings, the log has %d", r.report.Listings, want)
	}
	return err
}
