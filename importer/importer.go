// Package importer takes over lists that other bodies publish. Each row of a
// snapshot becomes a party, a ruling and, where it restricts, a listing, as
// reported acts: signed by this register's transcriber, with source, snapshot
// and row, never in the issuer's name.
//
// Case ids follow from source and row key, so that reading a newer snapshot
// finds what the older one said and adds exactly the additions, changes and
// endings between the two. A row that cannot be taken over soundly is rejected
// with its line and the reason; nothing is guessed.
package importer

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/source"
	"github.com/openstanding/standing/store"
)

// Options say what to import, into what, as whom.
type Options struct {
	Register  string // origin
	Source    string // code of the source, "ebrd"
	List      standing.ListID
	Rulebook  *rulebook.Compiled // of the list, as in force
	Digest    standing.Digest    // SHA-256 of the snapshot's file
	Snapshot  standing.Instant   // the day the snapshot speaks of
	Open      func() (source.Reader, error)
	Authority standing.AuthorityID
	Key       ed25519.PrivateKey // a transcriber's
	Rand      io.Reader
	Clock     func() standing.Instant
	Store     store.Store
	Keys      privacy.Keys
	Submit    func(context.Context, clerk.Submission) error
	Reject    func(source.Reject) error
	Progress  func(rows int)
}

// Report counts what an import did. Rows = Added + Changed + Same + Revived +
// Rejected; Ended counts listings that the snapshot no longer shows.
type Report struct {
	Rows       int              `json:"rows"`
	Added      int              `json:"added"`
	Changed    int              `json:"changed"`
	Revived    int              `json:"revived"` // shown again after it was gone
	Same       int              `json:"same"`
	Ended      int              `json:"ended"`
	Rejected   int              `json:"rejected"`
	Listings   int              `json:"listings"`  // among added: restrict something
	Screening  int              `json:"screening"` // among them: serve screening only
	Rulings    int              `json:"rulings"`   // among added: a ruling without a listing
	Records    int              `json:"records"`   // among added: a party's record alone
	Persons    int              `json:"persons"`   // among added: natural persons
	Unknown    int              `json:"unknown"`   // among added: of unknown kind, protected like persons
	Acts       int              `json:"acts"`
	Snapshot   standing.Instant `json:"snapshot"`
	StaleAfter standing.Instant `json:"staleAfter"`
}

// job is one import under way.
type job struct {
	Options
	list   *rulebook.List
	report Report
	draft  *draft.Draft
	seen   map[standing.CaseID]bool
	about  map[string]*source.Row // rows that other rows speak about
}

// Run imports one snapshot. What was submitted before an error stays: running
// the same import again goes on where it stopped.
func Run(ctx context.Context, o Options) (*Report, error) {
	j := &job{Options: o, seen: map[standing.CaseID]bool{}, about: map[string]*source.Row{}, draft: draft.New(o.Register, o.Rand)}
	list, ok := o.Rulebook.List(o.List.Name())
	if !ok || list.Reported == nil {
		return nil, standing.RefusedBy("rulebook "+string(o.List), "choose a list whose rulebook says how it is reported", "list %s takes over no other body's publication", o.List)
	}
	j.list = list
	if err := j.previous(ctx); err != nil {
		return nil, err
	}
	if err := j.references(); err != nil {
		return nil, err
	}
	if err := j.rows(ctx); err != nil {
		return nil, err
	}
	if err := j.endings(ctx); err != nil {
		return nil, err
	}
	if err := j.snapshot(ctx); err != nil {
		return nil, err
	}
	return &j.report, nil
}

// SourceCase is the case in which the snapshots of a list's source stand.
func SourceCase(list standing.ListID) standing.CaseID {
	return standing.KeyedCaseID("", []byte("source "+string(list)))
}

// previous refuses a snapshot older than the last one read.
func (j *job) previous(ctx context.Context) error {
	entries, err := j.Store.Case(ctx, SourceCase(j.List))
	if err != nil {
		return err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil || fold.Source == nil {
		return err
	}
	last := fold.Source.Snapshots[len(fold.Source.Snapshots)-1]
	if j.Snapshot < last.Date {
		return standing.Errorf(standing.Refused, "the snapshot is of %s, the last one read of %s: an older one would undo it", j.Snapshot, last.Date)
	}
	return nil
}

// references finds the rows that other rows speak about, so that one pass more
// is enough whatever their order.
func (j *job) references() error {
	return j.each(func(row *source.Row, _ *source.Reject) error {
		if row != nil && row.About != "" {
			j.about[row.About] = nil
		}
		return nil
	}, func(row *source.Row) {
		if _, ok := j.about[row.Key]; ok {
			j.about[row.Key] = row
		}
	})
}

// each reads the snapshot; after, when given, sees all rows once more.
func (j *job) each(fn func(*source.Row, *source.Reject) error, after func(*source.Row)) error {
	r, err := j.Open()
	if err != nil {
		return err
	}
	for {
		row, reject, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if reject != nil {
			err = fn(nil, reject)
		} else {
			err = fn(&row, nil)
		}
		if err != nil {
			return err
		}
	}
	if after == nil || len(j.about) == 0 {
		return nil
	}
	return j.each(func(row *source.Row, _ *source.Reject) error {
		if row != nil {
			after(row)
		}
		return nil
	}, nil)
}

func (j *job) rows(ctx context.Context) error {
	err := j.each(func(row *source.Row, reject *source.Reject) error {
		j.report.Rows++
		if j.Progress != nil {
			j.Progress(j.report.Rows)
		}
		if reject == nil {
			reason, err := j.row(ctx, row)
			if err != nil || reason == "" {
				return err
			}
			reject = &source.Reject{Line: row.Line, Raw: row.Raw, Code: source.BadValue, Reason: reason}
		}
		j.report.Rejected++
		return j.Reject(*reject)
	}, nil)
	if err != nil {
		return err
	}
	return j.flush(ctx)
}

// batch keeps statements well under the bound, so that a row's acts stay in one.
const batch = 1000

func (j *job) add(a standing.Act, o *standing.Opening) error {
	a.Authority = j.Authority
	j.report.Acts++
	return j.draft.Add(a, o)
}

func (j *job) flush(ctx context.Context) error {
	if j.draft.Len() == 0 {
		return nil
	}
	s, openings := j.draft.Sign(j.Key)
	if err := j.Submit(ctx, clerk.Submission{Statement: s, Openings: openings}); err != nil {
		return fmt.Errorf("import stopped at row %d: %w", j.report.Rows, err)
	}
	return nil
}

// endings withdraws the listings of this source that the snapshot no longer
// shows, also those that an import left which stopped before its snapshot was
// recorded. What was ended here needs no act.
func (j *job) endings(ctx context.Context) error {
	var gone []standing.CaseID
	now := j.Clock()
	_, err := j.Store.EachEffect(ctx, func(row *store.EffectRow) error {
		if row.Source == j.Source && row.List == j.List && !j.seen[row.Listing] {
			gone = append(gone, row.Listing)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range gone {
		entries, err := j.Store.Case(ctx, id)
		if err != nil {
			return err
		}
		fold, err := standing.Fold(entries, standing.Forever)
		if err != nil {
			return err
		}
		if fold.Listing.Ended != nil {
			continue
		}
		j.report.Ended++
		if err := j.add(standing.Act{Kind: standing.ReportWithdrawn, Case: id, Version: fold.Version, Occurred: now, Source: j.provenance(0)}, nil); err != nil {
			return err
		}
		if j.draft.Len() >= batch {
			if err := j.flush(ctx); err != nil {
				return err
			}
		}
	}
	return j.flush(ctx)
}

// snapshot records that the whole snapshot was read; it comes last, so that an
// interrupted import is not taken for a fresh one.
func (j *job) snapshot(ctx context.Context) error {
	id := SourceCase(j.List)
	head, err := j.Store.Head(ctx, id)
	if err != nil {
		return err
	}
	a := standing.Act{Kind: standing.SnapshotImported, Case: id, Version: head.Version, Occurred: j.Clock(), List: j.List, Digest: j.Digest,
		Instants: standing.Instants(nil).With(standing.Snapshot, j.Snapshot), Source: j.provenance(0)}
	if err := j.add(a, nil); err != nil {
		return err
	}
	if err := j.flush(ctx); err != nil {
		return err
	}
	j.report.Snapshot = j.Snapshot
	j.report.StaleAfter, _ = j.Rulebook.StaleAfter(j.list, j.Snapshot)
	return nil
}

func (j *job) provenance(line int) *standing.Provenance {
	return &standing.Provenance{Source: j.Source, Snapshot: j.Digest, Date: j.Snapshot, Row: uint64(line)}
}
