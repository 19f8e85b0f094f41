package portal

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// publication is what datapackage.json and index.json of package bulk say, as
// far as the page shows it.
type publication struct {
	Created, Version, Register string
	Position                   uint64
	Licenses                   []struct{ Name, Path, Title string }
	Resources                  []resource
	deltaChain
}

type resource struct {
	Path, Title, TitleZH string
	Format               string
	Bytes                int64
	Hash                 string // "sha256:..."
}

// deltaChain is the deltas, and what they lead to.
type deltaChain struct {
	Parties, Listings struct{ Rows int }
	Deltas            []delta // oldest first
}

type delta struct {
	Version, From     string
	Parties, Listings struct{ Added, Changed, Ended int }
	Rows, FTM         struct {
		Path   string
		Bytes  int64
		SHA256 string
	}
}

// keptDays is for how long deltas are kept: bulk.KeptDays.
const keptDays = 35

// read reads a published file of JSON; false if nothing is published.
func (p *portal) read(name string, into any) (bool, error) {
	if p.published == nil {
		return false, nil
	}
	raw, err := fs.ReadFile(p.published, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, &standing.Error{Kind: standing.Unavailable, What: "what is published cannot be read at this moment", Err: err}
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return false, &standing.Error{Kind: standing.Internal, What: name + " is no JSON of its form", Err: err}
	}
	return true, nil
}

// data is the page of what can be downloaded.
func (p *portal) data(pg *page, _ *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("data.title"), "/data", []string{"figures.css"}
	var d publication
	there, err := p.read("datapackage.json", &d)
	if err != nil {
		return nil, err
	}
	if !there {
		return &reply{body: dataPage(pg, nil)}, nil
	}
	if _, err := p.read("index.json", &d.deltaChain); err != nil {
		return nil, err
	}
	slices.Reverse(d.Deltas)
	return &reply{body: dataPage(pg, &d)}, nil
}

// wholes are the files that are complete by themselves.
func (d *publication) wholes() []resource {
	var out []resource
	for _, r := range d.Resources {
		if first, _, _ := strings.Cut(r.Path, "/"); first != "deltas" && first != "statistics" {
			out = append(out, r)
		}
	}
	return out
}

// rows is how many rows a file has; -1: it has none, or they are not counted.
func (d *publication) rows(name string) int {
	base := path.Base(name)
	switch {
	case strings.HasPrefix(base, "parties.") && d.Parties.Rows > 0:
		return d.Parties.Rows
	case strings.HasPrefix(base, "listings.") && d.Listings.Rows > 0:
		return d.Listings.Rows
	}
	return -1
}

func (w *words) resourceTitle(r resource) string {
	if w.Lang == "zh" && r.TitleZH != "" {
		return r.TitleZH
	}
	return r.Title
}

// kind is what a file is, with how it is packed: "csv, gzip".
func (r resource) kind() string {
	if strings.HasSuffix(r.Path, ".gz") {
		return r.Format + " (gzip)"
	}
	return r.Format
}

// bytes prints a size to three digits.
func (w *words) bytes(n int64) string {
	units := [...]string{"B", "kB", "MB", "GB", "TB"}
	v, i := float64(n), 0
	for v >= 999.5 && i < len(units)-1 {
		v, i = v/1000, i+1
	}
	digits := 0
	if i > 0 && v < 99.95 {
		digits = 1
	}
	return strconv.FormatFloat(v, 'f', digits, 64) + " " + units[i]
}

// issue is a published statistic: bulk.Statistics.
type issue struct {
	Register, Name, From, Until        string
	AsOf                               standing.Instant
	Position                           uint64
	ByList, ByField, ByRegion, ByMonth *api.Statistics
	digest                             standing.Digest
	size                               int64
}

var issueName = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$`)

// issues lists the published statistics, newest first.
func (p *portal) issues(pg *page, _ *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("issues.title"), "/statistics", []string{"figures.css"}
	var list []*issue
	if p.published != nil {
		names, err := fs.Glob(p.published, "statistics/*.json")
		if err != nil {
			return nil, err
		}
		slices.Sort(names)
		slices.Reverse(names)
		for _, name := range names {
			list = append(list, &issue{Name: strings.TrimSuffix(path.Base(name), ".json")})
		}
	}
	list = slices.DeleteFunc(list, func(i *issue) bool { return !issueName.MatchString(i.Name) })
	return &reply{body: issuesPage(pg, list)}, nil
}

// issue is the page of a published statistic.
func (p *portal) issue(pg *page, r *http.Request) (*reply, error) {
	name := r.PathValue("name")
	if !issueName.MatchString(name) || p.published == nil {
		return nil, noIssue(name)
	}
	raw, err := fs.ReadFile(p.published, "statistics/"+name+".json")
	if err != nil {
		return nil, noIssue(name)
	}
	i := &issue{digest: standing.DigestOf(raw), size: int64(len(raw))}
	if err := json.Unmarshal(raw, i); err != nil {
		return nil, &standing.Error{Kind: standing.Internal, What: "the published statistic is no JSON of its form", Err: err}
	}
	i.Name = name
	pg.title, pg.section, pg.styles = pg.T("issues.one", name), "/statistics", []string{"figures.css"}
	return &reply{body: issuePage(pg, i, origin(r))}, nil
}

func noIssue(name string) error {
	return &standing.Error{Kind: standing.NotFound, What: "no statistic is published under the name " + strconv.Quote(name), Do: "see /statistics/issues"}
}

// parts are the tables of an issue.
func (i *issue) parts() []*figures {
	var out []*figures
	for _, s := range []*api.Statistics{i.ByList, i.ByField, i.ByRegion, i.ByMonth} {
		if s != nil && len(s.Rows) > 0 {
			out = append(out, &figures{Statistics: s, By: s.By})
		}
	}
	return out
}

// cite is how to cite an issue, in one line.
func (p *page) cite(i *issue, origin string) string {
	return p.T("issues.cite.line", i.Register, i.Name, p.Date(i.AsOf), p.number(int(i.Position)), origin+"/statistics/issues/"+i.Name, i.digest.String())
}

// span says of what time an issue is.
func (p *page) issueSpan(name string) string {
	if len(name) == len("2026-11") {
		return p.T("issues.month", name)
	}
	return p.T("issues.day", p.Civil(name))
}
