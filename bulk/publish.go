package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Licence is under what the files may be used.
type Licence struct {
	Name  string `json:"name"` // as Open Definition names it, "CC0-1.0"
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

// CC0 waives all rights, as far as the law lets it.
func CC0() Licence {
	return Licence{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0 Universal"}
}

// Options says of what register an issue is, and when.
type Options struct {
	Register string           // origin of its log; required
	Key      []byte           // 32 bytes at least, secret, the same for every issue: ids of parties hang on it
	Now      standing.Instant // the issue is of its day in UTC; required
	Licence  Licence          // CC0 unless given
	Again    bool             // publish although there is an issue of the day: it becomes "2026-11-23.2"
	Anew     bool             // begin a new chain of deltas: after damage, or with another key

	disk disk // nil: that of the operating system
}

// ErrPublished says that the day's issue is there already.
var ErrPublished = &standing.Error{Kind: standing.Conflict, What: "the issue of the day is published", Do: "wait for tomorrow's, or publish again"}

// Publish writes the issue of a day to dir and returns its index; statistics of
// the day, and of the month before once, come from counts unless it is nil.
//
// ErrPublished: the day has its issue. Conflict: another process publishes, the
// issue before is damaged, or the key is another. Internal: the register handed
// out a natural person, or rows out of order. Whatever the error, and wherever
// the process is killed, the issue before stays as it was, or the new one is
// there whole.
func Publish(ctx context.Context, dir string, exports api.Exports, counts api.Counts, o Options) (*Index, error) {
	if o.Register == "" || len(o.Key) < 32 || !o.Now.Valid() {
		return nil, standing.Errorf(standing.Invalid, "an issue needs the register's origin, a key of 32 bytes and an instant")
	}
	if o.Licence == (Licence{}) {
		o.Licence = CC0()
	}
	if o.disk == nil {
		o.disk = osDisk{}
	}
	if err := o.disk.Mkdir(join(dir, issuesFolder)); err != nil {
		return nil, err
	}
	unlock, err := lock(join(dir, "publish.lock"))
	if err != nil {
		return nil, &standing.Error{Kind: standing.Conflict, What: "another process publishes to " + dir, Do: "wait until it has done", Err: err}
	}
	defer unlock()
	p := &publisher{Options: o, dir: dir, today: o.Now.Time().Format(time.DateOnly)}
	return p.publish(ctx, exports, counts)
}

// publisher is one run of Publish.
type publisher struct {
	Options
	dir    string
	today  string
	before *Index // nil: this is the first, or the first of a new chain
	served string // the version in CURRENT; empty: none
	next   Index
	root   string // the folder under construction
}

func (p *publisher) publish(ctx context.Context, exports api.Exports, counts api.Counts) (*Index, error) {
	if err := p.begin(); err != nil {
		return nil, err
	}
	statistics, err := p.statistics(ctx, counts)
	if err != nil {
		return nil, err
	}
	if err := p.write(ctx, exports); err != nil {
		return nil, errors.Join(err, p.disk.Remove(p.root))
	}
	if err := p.describe(statistics); err != nil {
		return nil, errors.Join(err, p.disk.Remove(p.root))
	}
	if err := p.replace(); err != nil {
		return nil, err
	}
	return &p.next, nil
}

// unfinished begins the name of what is being written: no CURRENT ever names it
// and no reader is shown it.
const unfinished = ".unfinished-"

// begin reads the issue before, clears away what a killed process left, and
// names the new issue.
func (p *publisher) begin() error {
	current, err := readAll(p.disk, join(p.dir, currentFile))
	if err != nil {
		return err
	}
	p.served = strings.TrimSpace(string(current))
	if err := p.sweep(p.served); err != nil {
		return err
	}
	sum := sha256.Sum256(append([]byte("standing/bulk-key/v1\x00"), p.Key...))
	p.next = Index{Format: Format, Register: p.Register, Version: p.today, Made: p.Now, IDKey: hex.EncodeToString(sum[:8]), Files: []File{}, Deltas: []Delta{}}
	if p.served != "" {
		if err := p.follow(); err != nil {
			return err
		}
	}
	p.root = join(p.dir, issuesFolder, unfinished+p.next.Version)
	return p.disk.Mkdir(join(p.root, deltasFolder))
}

// follow makes the new issue the one after that which is served.
func (p *publisher) follow() error {
	if date(p.served) > p.today {
		return standing.Errorf(standing.Conflict, "the issue that is published is of %s, after today, %s: set the clock right", date(p.served), p.today)
	}
	if date(p.served) == p.today {
		if !p.Again {
			return ErrPublished
		}
		n := 1
		if _, rest, ok := strings.Cut(p.served, "."); ok {
			n, _ = strconv.Atoi(rest)
		}
		p.next.Version = p.today + "." + strconv.Itoa(n+1)
	}
	if p.Anew {
		return nil
	}
	b, err := readAll(p.disk, join(p.issue(), "index.json"))
	if err != nil {
		return err
	}
	p.before, err = ParseIndex(b)
	if standing.KindOf(err) == standing.Unsupported && err != nil {
		return nil // of another format, so that its deltas do not lead here: a new chain
	}
	if err != nil {
		return &standing.Error{Kind: standing.Conflict, What: "the issue before is damaged: " + err.Error(), Do: "publish anew"}
	}
	if p.before.IDKey != p.next.IDKey || p.before.Register != p.Register {
		return &standing.Error{Kind: standing.Conflict, What: "the issue before is of register " + p.before.Register + " under key " + p.before.IDKey + ", this one of " + p.Register + " under " + p.next.IDKey,
			Do: "restore the publishing key, or publish anew"}
	}
	return nil
}

// issue is the folder of the issue before.
func (p *publisher) issue() string { return join(p.dir, issuesFolder, p.served) }

// sweep removes every folder of an issue but one.
func (p *publisher) sweep(keep string) error {
	names, err := p.disk.List(join(p.dir, issuesFolder))
	for _, name := range names {
		if name != keep {
			err = errors.Join(err, p.disk.Remove(join(p.dir, issuesFolder, name)))
		}
	}
	return err
}

// describe writes the two files that say what the others are.
func (p *publisher) describe(statistics []File) error {
	pack, err := marshal(p.datapackage(statistics))
	if err != nil {
		return err
	}
	if err := writeWhole(p.disk, join(p.root, "datapackage.json"), pack); err != nil {
		return err
	}
	p.next.Files = append(p.next.Files, File{"datapackage.json", int64(len(pack)), standing.DigestOf(pack)})
	index, err := marshal(p.next)
	if err != nil {
		return err
	}
	return writeWhole(p.disk, join(p.root, "index.json"), index)
}

// replace puts the new issue in the place of the one before.
func (p *publisher) replace() error {
	issues := join(p.dir, issuesFolder)
	current := join(p.dir, currentFile)
	for _, step := range []func() error{
		func() error { return p.disk.SyncDir(join(p.root, deltasFolder)) },
		func() error { return p.disk.SyncDir(p.root) },
		func() error { return p.disk.Rename(p.root, join(issues, p.next.Version)) },
		func() error { return p.disk.SyncDir(issues) },
		func() error { return p.disk.Remove(current + ".new") },
		func() error { return writeWhole(p.disk, current+".new", []byte(p.next.Version+"\n")) },
		func() error { return p.disk.Rename(current+".new", current) },
		func() error { return p.disk.SyncDir(p.dir) },
		// From here on the new issue is the one; what is left of the one before
		// holds rows that have ended.
		func() error { return p.sweep(p.next.Version) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("bulk: putting issue %s in place: %w", p.next.Version, err)
		}
	}
	return nil
}
