package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Statistics is a file of statistics/: what the register counted of a month or,
// up to a day, of all time. It is written once and never again.
type Statistics struct {
	Format   string           `json:"format"`
	Register string           `json:"register"`
	Name     string           `json:"name"`           // "2026-11" or "2026-11-23"
	From     string           `json:"from,omitempty"` // the month of a monthly one
	Until    string           `json:"until,omitempty"`
	AsOf     standing.Instant `json:"asOf"`
	Position uint64           `json:"position"` // acts of the log that the first count takes in

	ByList   *api.Statistics `json:"byList"`
	ByField  *api.Statistics `json:"byField"`
	ByRegion *api.Statistics `json:"byRegion"`
	ByMonth  *api.Statistics `json:"byMonth"`
}

// StatisticsFormat is the name and version of the layout.
const StatisticsFormat = "standing-statistics/1"

// statistics publishes what is missing, and returns all that there is.
func (p *publisher) statistics(ctx context.Context, counts api.Counts) ([]File, error) {
	dir := join(p.dir, statisticsFolder)
	names, err := p.disk.List(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasPrefix(name, unfinished) {
			if err := p.disk.Remove(join(dir, name)); err != nil {
				return nil, err
			}
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, unfinished) })
	if counts != nil {
		if err := p.disk.Mkdir(dir); err != nil {
			return nil, err
		}
		for _, name := range append(p.monthsOver(names), p.today) {
			if slices.Contains(names, name+".json") {
				continue
			}
			if err := p.count(ctx, counts, name); err != nil {
				return nil, err
			}
			names = append(names, name+".json")
		}
	}
	slices.Sort(names)
	var files []File
	for _, name := range names {
		b, err := readAll(p.disk, join(dir, name))
		if err != nil {
			return nil, err
		}
		files = append(files, File{statisticsFolder + "/" + name, int64(len(b)), standing.DigestOf(b)})
	}
	return files, nil
}

const monthOnly = "2006-01"

// monthsOver are the months since the last one published, up to the one before
// this; where none was published, that one alone.
func (p *publisher) monthsOver(names []string) []string {
	this := p.today[:len(monthOnly)]
	first, _ := time.Parse(monthOnly, this)
	month := first.AddDate(0, -1, 0)
	if have := months(names); len(have) > 0 {
		last, _ := time.Parse(monthOnly, slices.Max(have))
		month = last.AddDate(0, 1, 0)
	}
	var out []string
	for ; month.Format(monthOnly) < this; month = month.AddDate(0, 1, 0) {
		out = append(out, month.Format(monthOnly))
	}
	return out
}

func months(names []string) (out []string) {
	for _, name := range names {
		name = strings.TrimSuffix(name, ".json")
		if _, err := time.Parse(monthOnly, name); err == nil {
			out = append(out, name)
		}
	}
	return out
}

// count writes one statistic. It gets its name by a link, which fails if there
// is one of the name, and is whole when it has it.
func (p *publisher) count(ctx context.Context, counts api.Counts, name string) error {
	s := Statistics{Format: StatisticsFormat, Register: p.Register, Name: name}
	if len(name) == len(monthOnly) {
		s.From, s.Until = name, name
	}
	for _, by := range []struct {
		what string
		into **api.Statistics
	}{{api.ByList, &s.ByList}, {api.ByField, &s.ByField}, {api.ByRegion, &s.ByRegion}, {api.ByMonth, &s.ByMonth}} {
		got, err := counts.Statistics(ctx, api.StatisticsQuery{By: by.what, From: s.From, Until: s.Until})
		if err != nil {
			return err
		}
		*by.into = got
	}
	s.AsOf, s.Position = s.ByList.AsOf, s.ByList.Position
	b, err := marshal(s)
	if err != nil {
		return err
	}
	return writeOnce(p.disk, join(p.dir, statisticsFolder), name+".json", b)
}

// writeOnce writes a file that is not there yet, whole or not at all; an error
// that is fs.ErrExist if it is there.
func writeOnce(d disk, dir, name string, content []byte) error {
	draft := join(dir, unfinished+name)
	if err := d.Remove(draft); err != nil {
		return err
	}
	if err := writeWhole(d, draft, content); err != nil {
		return err
	}
	err := d.Link(draft, join(dir, name))
	return errors.Join(err, d.Remove(draft), d.SyncDir(dir))
}

// Issues lists the statistics that are published in a folder, newest first.
func Issues(published fs.FS) ([]api.StatisticsIssue, error) {
	names, err := fs.Glob(published, statisticsFolder+"/*.json")
	if err != nil {
		return nil, err
	}
	var out []api.StatisticsIssue
	for _, name := range names {
		if strings.Contains(name, unfinished) {
			continue
		}
		b, err := fs.ReadFile(published, name)
		if err != nil {
			return nil, err
		}
		var s Statistics
		if err := json.Unmarshal(b, &s); err != nil {
			return nil, standing.Errorf(standing.Internal, "%s cannot be read: %v", name, err)
		}
		out = append(out, api.StatisticsIssue{Name: s.Name, AsOf: s.AsOf, Digest: standing.DigestOf(b), Bytes: int64(len(b))})
	}
	slices.SortFunc(out, func(a, b api.StatisticsIssue) int { return strings.Compare(b.Name, a.Name) })
	return out, nil
}
