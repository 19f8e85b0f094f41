// Package register is one running register: store, clerk and check engine
// behind the interfaces of package api. The server, the portal and the command
// line all speak to it; a remote register satisfies the same interfaces
// through package client.
package register

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/source"
	"github.com/openstanding/standing/store"
)

// Config is what a register runs on.
type Config struct {
	Origin    string
	Store     store.Store
	Keys      privacy.Keys
	Hasher    *index.Hasher
	Rulebooks *rulebook.Set
	Clock     func() standing.Instant
	// Clerk starts a clerk on top, with OnCommit already set; nil opens the
	// register for reading only.
	Clerk func(ctx context.Context, onCommit func(*clerk.Committed)) (*clerk.Clerk, error)
	// Follow keeps what is browsed and counted current, on a goroutine; without
	// it only checks, cases and rules are answered.
	Follow bool
	// SurveyActs is how many acts' cases are folded at a time when the view is
	// made anew: memory against passes through the log. 0: a million.
	SurveyActs int
	// Logger gets the causes when following fails; nil: nothing is logged.
	Logger *slog.Logger
}

// Register is a running register. It is safe for concurrent use.
type Register struct {
	cfg    Config
	clerk  *clerk.Clerk
	engine *check.Engine
	names  *source.Names
	mu     sync.Mutex // orders Apply against Open

	follower *follower  // nil: nothing follows
	viewing  sync.Mutex // orders a new view against those who wait for it
	seen     atomic.Pointer[view]
	named    atomic.Pointer[named]
}

// Open reads the register's state into memory and starts its clerk.
func Open(ctx context.Context, cfg Config) (*Register, error) {
	r := &Register{cfg: cfg, names: source.NewNames()}
	r.mu.Lock()
	defer r.mu.Unlock()
	if cfg.Clerk != nil {
		c, err := cfg.Clerk(ctx, r.committed)
		if err != nil {
			return nil, err
		}
		r.clerk = c
	}
	if err := r.load(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	if cfg.Follow {
		r.follow(cfg.Logger)
	}
	return r, nil
}

// load builds the check engine from effect rows.
func (r *Register) load(ctx context.Context) error {
	con, err := r.constitution(ctx, standing.Forever)
	if err != nil {
		return err
	}
	sources, err := r.sources(ctx, con, standing.Forever)
	if err != nil {
		return err
	}
	loader := check.NewLoader(r.cfg.Hasher, check.NewLaw(con, r.cfg.Rulebooks), sources, r.cfg.Clock())
	size, err := r.cfg.Store.EachEffect(ctx, loader.Add)
	if err != nil {
		return err
	}
	r.engine = loader.Done(size)
	return nil
}

// constitution folds the constitution as known at an instant.
func (r *Register) constitution(ctx context.Context, known standing.Instant) (*standing.Constitution, error) {
	entries, err := r.cfg.Store.Case(ctx, standing.ConstitutionID)
	if err != nil {
		return nil, err
	}
	c, err := standing.Fold(entries, known)
	if err != nil {
		return nil, err
	}
	if c.Constitution == nil {
		return &standing.Constitution{Register: r.cfg.Origin}, nil
	}
	return c.Constitution, nil
}

// SourceCase is the id of the case in which the snapshots of a list's source
// are recorded.
func SourceCase(list standing.ListID) standing.CaseID {
	return standing.KeyedCaseID("", []byte("source "+string(list)))
}

// sources reads until when the snapshots of imported lists are fresh.
func (r *Register) sources(ctx context.Context, con *standing.Constitution, known standing.Instant) (check.Sources, error) {
	out := check.Sources{}
	for _, adoptions := range con.Rulebooks {
		for _, a := range adoptions {
			book, ok := r.cfg.Rulebooks.ByDigest(a.Digest)
			if !ok {
				continue
			}
			for i := range book.Lists {
				if book.Lists[i].Reported == nil {
					continue
				}
				id := standing.ListID(book.Name + "/" + book.Lists[i].ID)
				entries, err := r.cfg.Store.Case(ctx, SourceCase(id))
				if err != nil {
					return nil, err
				}
				c, err := standing.Fold(entries, known)
				if err != nil {
					return nil, err
				}
				if c.Source != nil {
					out[string(id)] = c.Source.StaleAfter
				}
			}
		}
	}
	return out, nil
}

// committed keeps the engine current; the clerk calls it before it hands out
// receipts, so that whoever has a receipt gets answers that include it.
func (r *Register) committed(c *clerk.Committed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.engine == nil {
		return
	}
	var law *check.Law
	if c.Constitution != nil {
		law = check.NewLaw(c.Constitution, r.cfg.Rulebooks)
	}
	r.engine.Apply(c.Size, c.Effects, law, c.Sources, r.cfg.Clock())
	r.notify(c.Size)
}

// Engine is the check engine, for measurements.
func (r *Register) Engine() *check.Engine { return r.engine }

// Clerk is the register's clerk; nil when it is open for reading only.
func (r *Register) Clerk() *clerk.Clerk { return r.clerk }

// Store is the register's store, for verify.
func (r *Register) Store() store.Store { return r.cfg.Store }

// Close stops the clerk. The store and the keys belong to whoever opened them.
func (r *Register) Close() error {
	r.unfollow()
	if r.clerk == nil {
		return nil
	}
	return r.clerk.Close()
}

// id prints a case id with the register's origin and noun in front.
func (r *Register) id(kind standing.CaseKind, id standing.CaseID) string {
	return r.cfg.Origin + "/" + kind.String() + "/" + id.String()
}

var _ api.Register = (*Register)(nil)
