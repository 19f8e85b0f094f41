package main

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/bulk"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/register"
)

type publishCmd struct {
	where
	Out     string `help:"Folder of the published files; 'published' beside the secrets unless given." type:"path" placeholder:"DIR"`
	Again   bool   `help:"Publish another issue although today's is there, as after a correction that must not wait."`
	Anew    bool   `help:"Begin a new chain of deltas: after damage to the files, or with another key. Whoever follows takes the whole again."`
	Licence string `help:"Licence of the files, a name of Open Definition's." default:"CC0-1.0" placeholder:"NAME"`
	Check   bool   `help:"Only hold the files that are published to their index."`
}

// Run publishes the issue of today once.
func (c *publishCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, false)
	if err != nil {
		return err
	}
	defer h.close()
	dir := c.Out
	if dir == "" {
		dir = h.published()
	}
	if c.Check {
		if err := bulk.Verify(bulk.Folder(dir)); err != nil {
			return err
		}
		p.line("every file of %s is what its index says\n", dir)
		return nil
	}
	reg, err := h.register(p.ctx, running{follow: true})
	if err != nil {
		return err
	}
	defer reg.Close()
	o, err := h.issue()
	if err != nil {
		return err
	}
	o.Again, o.Anew = c.Again, c.Anew
	if c.Licence != bulk.CC0().Name {
		o.Licence = bulk.Licence{Name: c.Licence}
	}
	index, err := h.publish(p.ctx, dir, reg, o)
	if errors.Is(err, bulk.ErrPublished) {
		p.line("today's issue is there already, in %s; --again makes another\n", dir)
		return nil
	}
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(index)
	}
	p.line("issue %s: %s, %s, %s, in %s\n", index.Version, count(index.Parties.Rows, "%d party", "%d parties"), count(index.Listings.Rows, "%d entry in force", "%d entries in force"), count(len(index.Deltas), "%d delta", "%d deltas"), dir)
	return nil
}

// published is where the files are unless another folder is named.
func (h *home) published() string { return filepath.Join(h.dir, "published") }

// issue are the options of an issue of now. The key of its ids comes from the
// register's secrets, so that it is backed up with them.
func (h *home) issue() (bulk.Options, error) {
	secret, err := keyfile.ReadSecrets(filepath.Join(h.dir, "secrets"))
	if err != nil {
		return bulk.Options{}, err
	}
	key, err := hkdf.Key(sha256.New, secret.Master[:], nil, "standing/bulk/v1", 32)
	return bulk.Options{Register: h.origin, Key: key, Now: clockNow()}, err
}

// publish publishes once the view of the register has come as far as the log.
func (h *home) publish(ctx context.Context, dir string, reg *register.Register, o bulk.Options) (*bulk.Index, error) {
	size, err := h.store.Size(ctx)
	if err != nil {
		return nil, err
	}
	if err := reg.Followed(ctx, size); err != nil {
		return nil, err
	}
	return bulk.Publish(ctx, dir, reg, reg, o)
}

var (
	_ api.Exports = (*register.Register)(nil)
	_ api.Counts  = (*register.Register)(nil)
)

// publishing is how a served register publishes.
type publishing struct {
	Publish string `help:"Publish the files of bulk data into this folder, daily at 00:10 UTC and at the start; 'published' beside the secrets unless given, '-' for not at all." placeholder:"DIR"`
}

// folder is where to publish; empty: nowhere.
func (p publishing) folder(h *home) string {
	switch p.Publish {
	case "":
		return h.published()
	case "-":
		return ""
	}
	return p.Publish
}

// files are what is published there, to be served; nil: nothing ever is.
func (p publishing) files(h *home) fs.FS {
	if dir := p.folder(h); dir != "" {
		return bulk.Folder(dir)
	}
	return nil
}

const (
	publishAt    = 10 * time.Minute // after midnight UTC
	publishRetry = 10 * time.Minute // when it failed
)

// daily publishes today's issue unless it is there, and those of the days to
// come, until the context ends; wait for it with the returned function.
func (p publishing) daily(ctx context.Context, h *home, reg *register.Register, log *slog.Logger) (wait func()) {
	var work sync.WaitGroup
	if dir := p.folder(h); dir != "" {
		work.Go(func() {
			for {
				wake := time.NewTimer(p.once(ctx, dir, h, reg, log))
				select {
				case <-ctx.Done():
					wake.Stop()
					return
				case <-wake.C:
				}
			}
		})
	}
	return work.Wait
}

// once publishes the issue of the day and returns how long to wait.
func (p publishing) once(ctx context.Context, dir string, h *home, reg *register.Register, log *slog.Logger) time.Duration {
	began := time.Now()
	o, err := h.issue()
	var index *bulk.Index
	if err == nil {
		index, err = h.publish(ctx, dir, reg, o)
	}
	tomorrow := time.Now().UTC().Truncate(24 * time.Hour).Add(24*time.Hour + publishAt)
	switch {
	case ctx.Err() != nil:
	case err == nil:
		log.Info("published", slog.String("issue", index.Version), slog.Int("parties", index.Parties.Rows), slog.Int("entries", index.Listings.Rows), slog.Duration("took", time.Since(began)))
	case errors.Is(err, bulk.ErrPublished):
	default:
		log.Error("publishing failed; it is tried again", slog.String("cause", err.Error()), slog.Duration("after", publishRetry))
		return publishRetry
	}
	return time.Until(tomorrow)
}
