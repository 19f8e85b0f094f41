package bulk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/ident"
)

// write writes the rows in every format, the delta from the issue before, and
// the older deltas without what has ended.
func (p *publisher) write(ctx context.Context, exports api.Exports) error {
	entities, err := createZipped(p.disk, p.root, "entities.ftm.json.gz")
	if err != nil {
		return err
	}
	both := &entitiesSink{zipped: entities, names: p.namer()}
	delta, err := p.newDelta()
	if err != nil {
		both.abandon()
		return err
	}
	for _, noun := range []string{PartyNoun, ListingNoun} {
		if err := p.pass(ctx, exports, noun, both, delta); err != nil {
			both.abandon()
			delta.abandon()
			return err
		}
	}
	f, err := both.finish()
	if err != nil {
		delta.abandon()
		return err
	}
	p.next.Files = append(p.next.Files, f)
	slices.SortFunc(p.next.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if delta == nil {
		return nil
	}
	return p.chain(delta)
}

func (p *publisher) namer() *namer { return newNamer(p.Key, p.Register) }

// newDelta is nil where nothing is before.
func (p *publisher) newDelta() (*deltaSink, error) {
	if p.before == nil {
		return nil, nil
	}
	rows, err := createZipped(p.disk, p.root, deltaPath(p.next.Version, rowsDelta))
	if err != nil {
		return nil, err
	}
	ftm, err := createZipped(p.disk, p.root, deltaPath(p.next.Version, ftmDelta))
	if err != nil {
		rows.abandon()
		return nil, err
	}
	return &deltaSink{rows: rows, ftm: ftm, names: p.namer(), delta: Delta{Version: p.next.Version, From: p.before.Version, Before: p.before.State}}, nil
}

const (
	rowsDelta = ".jsonl.gz"
	ftmDelta  = ".ftm.json.gz"
)

func deltaPath(version, suffix string) string { return deltasFolder + "/" + version + suffix }

// pass writes all rows of a noun. Its files are written in parallel, each by a
// goroutine of its own; the queue before each is short, so that the slowest sets
// the pace and memory stays bounded.
func (p *publisher) pass(ctx context.Context, exports api.Exports, noun string, both *entitiesSink, delta *deltaSink) (err error) {
	var own []sink // finished at the end of the pass
	defer func() {
		if err != nil {
			for _, s := range own {
				s.abandon()
			}
		}
	}()
	rows, err := newRows(p.disk, p.root, plural(noun)+".jsonl.gz")
	if err != nil {
		return err
	}
	own = append(own, rows)
	for _, create := range []func() (sink, error){
		func() (sink, error) { return newCells(p.disk, p.root, plural(noun)+".csv.gz", noun) },
		func() (sink, error) {
			if noun == PartyNoun {
				return newPartyColumns(p.disk, p.root, "parties.parquet")
			}
			return newListingColumns(p.disk, p.root, "listings.parquet")
		},
	} {
		s, err := create()
		if err != nil {
			return err
		}
		own = append(own, s)
	}
	takers := []func(*batch) error{both.take}
	for _, s := range own {
		takers = append(takers, s.take)
	}
	if delta != nil {
		if err := p.beginFormer(delta, noun); err != nil {
			return err
		}
		defer delta.release()
		takers = append(takers, delta.take)
	}
	position, err := distribute(ctx, takers, func(yield func(*batch) error) (uint64, error) { return p.read(ctx, exports, noun, yield) })
	if err != nil {
		return err
	}
	if delta != nil {
		if err := delta.endNoun(); err != nil {
			return err
		}
	}
	root := rows.root()
	root.Position = position
	if noun == PartyNoun {
		p.next.Parties = root
	} else {
		p.next.Listings = root
	}
	for len(own) > 0 {
		f, err := own[0].finish()
		own = own[1:]
		if err != nil {
			return err
		}
		p.next.Files = append(p.next.Files, f)
	}
	return nil
}

func plural(noun string) string {
	if noun == PartyNoun {
		return "parties"
	}
	return "listings"
}

func (p *publisher) beginFormer(delta *deltaSink, noun string) error {
	want, counts := p.before.Parties, &delta.delta.Parties
	if noun == ListingNoun {
		want, counts = p.before.Listings, &delta.delta.Listings
	}
	f, err := openFormer(p.disk, join(p.issue(), plural(noun)+".jsonl.gz"), noun, want)
	if err != nil {
		return err
	}
	delta.begin(f, counts)
	return nil
}

// queue is how many batches wait before a file.
const queue = 2

// distribute hands every batch to every taker, in order.
func distribute(ctx context.Context, takers []func(*batch) error, produce func(yield func(*batch) error) (uint64, error)) (position uint64, err error) {
	g, ctx := errgroup.WithContext(ctx)
	var queues []chan *batch
	for _, take := range takers {
		q := make(chan *batch, queue)
		queues = append(queues, q)
		g.Go(func() error {
			for b := range q {
				if err := take(b); err != nil {
					return err
				}
			}
			return nil
		})
	}
	g.Go(func() (err error) {
		defer func() {
			for _, q := range queues {
				close(q)
			}
		}()
		position, err = produce(func(b *batch) error {
			for _, q := range queues {
				select {
				case q <- b:
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			}
			return nil
		})
		return err
	})
	err = g.Wait()
	return position, err
}

// read asks the register for its rows, refuses what must not be published, and
// yields them in batches.
func (p *publisher) read(ctx context.Context, exports api.Exports, noun string, yield func(*batch) error) (uint64, error) {
	names, personal := p.namer(), personalSchemes()
	b, last := newBatch(noun), ""
	add := func(key string, kind standing.PartyKind, identifiers []string, into func()) error {
		if kind.Protected() || slices.ContainsFunc(identifiers, personal.numbers) {
			return standing.Errorf(standing.Internal, "the register handed out a %s that is a natural person or of unknown kind, after %d others: only organisations and public bodies are published, so nothing was", noun, b.rows())
		}
		if key <= last {
			return standing.Errorf(standing.Internal, "the register handed out its %s out of order: nothing was published", plural(noun))
		}
		last = strings.Clone(key)
		into()
		if b.rows() < batchRows {
			return nil
		}
		full := b
		b = newBatch(noun)
		return yield(full)
	}
	var position uint64
	var err error
	if noun == PartyNoun {
		position, err = exports.EachParty(ctx, func(r *api.PartyRow) error {
			return add(r.Party, r.Kind, r.Identifiers, func() { b.addParty(names, r) })
		})
	} else {
		position, err = exports.EachListing(ctx, func(r *api.ListingRow) error {
			return add(r.ID, r.PartyKind, []string{r.Party}, func() { b.addListing(names, r) })
		})
	}
	if err == nil && b.rows() > 0 {
		err = yield(b)
	}
	return position, err
}

// personalSchemes are those whose identifiers number natural persons.
type schemes []string

func personalSchemes() (out schemes) {
	for _, s := range ident.Schemes() {
		if s.Personal {
			out = append(out, string(s.Scheme)+":")
		}
	}
	return out
}

func (s schemes) numbers(identifier string) bool {
	return slices.ContainsFunc(s, func(prefix string) bool { return strings.HasPrefix(identifier, prefix) })
}

// chain finishes the delta and puts it behind the older ones that are kept.
func (p *publisher) chain(s *deltaSink) error {
	var err error
	if s.delta.Rows, s.delta.FTM, err = s.finishDelta(); err != nil {
		return err
	}
	oldest := p.Now.Time().AddDate(0, 0, -KeptDays).Format(time.DateOnly)
	for _, d := range p.before.Deltas {
		if date(d.Version) <= oldest {
			continue
		}
		rows, ftm := deltaPath(d.Version, rowsDelta), deltaPath(d.Version, ftmDelta)
		if d.Rows, err = rewriteRows(p.disk, join(p.issue(), rows), p.root, rows, s.changed, p.namer()); err != nil {
			return older(err)
		}
		if d.FTM, err = rewriteFTM(p.disk, join(p.issue(), ftm), p.root, ftm, s.changed); err != nil {
			return older(err)
		}
		p.next.Deltas = append(p.next.Deltas, d)
	}
	p.next.Deltas = append(p.next.Deltas, s.delta)
	return nil
}

func older(err error) error {
	return &standing.Error{Kind: standing.Conflict, What: "an older delta cannot be read: " + err.Error(), Do: "publish anew: that begins a new chain of deltas", Err: errors.Unwrap(err)}
}
