package portal

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/portal/chart"
)

// groupings are the ways in which the figures are shown, in order.
var groupings = [...]string{api.ByMonth, api.ByList, api.ByField, api.ByRegion}

// drawn is how many groups a plot shows; the table has them all.
const drawn = 12

// figures is what the page of statistics shows: a question and its answer.
type figures struct {
	api.StatisticsQuery
	*api.Statistics                   // nil: nothing was asked
	By              string            // the grouping, asked or not
	place           string            // the region as it was written
	errors          map[string]string // by field of the form: what is wrong with it
	fields          []string          // to choose from
}

// statistics is the page of figures.
func (p *portal) statistics(pg *page, r *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("stats.title"), "/statistics", []string{"figures.css"}
	f, err := p.counted(pg, r, "")
	if err != nil {
		return nil, err
	}
	if len(f.errors) > 0 {
		return &reply{status: http.StatusBadRequest, body: statisticsPage(pg, f)}, nil
	}
	return &reply{body: statisticsPage(pg, f)}, nil
}

var months = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// counted asks what the address asks; by, if not empty, stands over the address.
// What is wrong in the form is said in it, and then nothing is asked.
func (p *portal) counted(pg *page, r *http.Request, by string) (*figures, error) {
	v := r.URL.Query()
	f := &figures{errors: map[string]string{}, place: strings.TrimSpace(v.Get("region"))}
	f.List, f.Field, f.From, f.Until = standing.ListID(v.Get("list")), v.Get("field"), v.Get("from"), v.Get("until")
	f.By = cmp.Or(by, v.Get("by"), api.ByMonth)
	f.StatisticsQuery.By = f.By
	if !utf8.ValidString(r.URL.RawQuery + f.place + string(f.List) + f.Field + f.From + f.Until + f.By) {
		return nil, standing.Errorf(standing.Invalid, "the address is not valid UTF-8")
	}
	if !slices.Contains(groupings[:], f.By) {
		return nil, &standing.Error{Kind: standing.Invalid, What: "by is list, field, region or month", Do: "choose one of them"}
	}
	for _, l := range pg.lists {
		if !slices.Contains(f.fields, l.Field) {
			f.fields = append(f.fields, l.Field)
		}
	}
	slices.SortFunc(f.fields, func(a, b string) int { return cmp.Compare(pg.field(a), pg.field(b)) })
	p.examine(pg, f)
	if len(f.errors) > 0 {
		return f, nil
	}
	var err error
	f.Statistics, err = p.reg.Statistics(r.Context(), f.StatisticsQuery)
	return f, err
}

// examine says what is wrong with the filters.
func (p *portal) examine(pg *page, f *figures) {
	if _, known := pg.byList[f.List]; f.List != "" && !known {
		f.errors["list"] = pg.T("stats.list.unknown")
	}
	if f.Field != "" && !slices.Contains(f.fields, f.Field) {
		f.errors["field"] = pg.T("stats.field.unknown")
	}
	var wrong string
	if f.Region, wrong = p.where(pg.words, f.place); wrong != "" {
		f.errors["region"] = wrong
	}
	for name, month := range map[string]string{"from": f.From, "until": f.Until} {
		if month != "" && !months.MatchString(month) {
			f.errors[name] = pg.T("stats.month.wrong")
		}
	}
	if len(f.errors) == 0 && f.From != "" && f.Until != "" && f.From > f.Until {
		f.errors["until"] = pg.T("stats.span.wrong")
	}
}

// picture is something counted, and how it is drawn.
type picture struct {
	code   string // of its words and its file
	series []column
}

// column is a number of a row.
type column struct {
	code string // of its words and of the column of the table
	of   func(*api.StatisticsRow) float64
}

var columns = [...]column{
	{"inforce", func(r *api.StatisticsRow) float64 { return float64(r.InForce) }},
	{"listed", func(r *api.StatisticsRow) float64 { return float64(r.Listed) }},
	{"lifted", func(r *api.StatisticsRow) float64 { return float64(r.Lifted) }},
	{"days", func(r *api.StatisticsRow) float64 { return known(r.MedianDays) }},
	{"notices", func(r *api.StatisticsRow) float64 { return float64(r.Notices) }},
	{"objections", func(r *api.StatisticsRow) float64 { return float64(r.Objections) }},
	{"upheld", func(r *api.StatisticsRow) float64 { return float64(r.Upheld) }},
	{"errors", func(r *api.StatisticsRow) float64 { return float64(r.Errors) }},
	{"exemptions", func(r *api.StatisticsRow) float64 { return float64(r.Exemptions) }},
}

// share is a column of regions alone: public parties with an entry in force, of
// 10,000 public parties.
var share = column{"share", func(r *api.StatisticsRow) float64 {
	if r.Parties == 0 {
		return math.NaN()
	}
	return 10_000 * float64(r.PartiesListed) / float64(r.Parties)
}}

func known(days int) float64 {
	if days == 0 {
		return math.NaN()
	}
	return float64(days)
}

// pictures are the plots of the page.
var pictures = [...]picture{
	{"flow", columns[1:3]},
	{"inforce", columns[0:1]},
	{"days", columns[3:4]},
	{"objections", columns[5:7]},
	{"exemptions", columns[8:9]},
}

// table is the columns of a table by a grouping: regions have a share, if any
// region's parties were counted.
func (f *figures) table() []column {
	if !f.shared() {
		return columns[:]
	}
	return append([]column{columns[0], share}, columns[1:]...)
}

// shared reports whether shares can be told: parties of regions were counted.
func (f *figures) shared() bool {
	return f.By == api.ByRegion && slices.ContainsFunc(f.Rows, func(r api.StatisticsRow) bool { return r.Parties > 0 })
}

// cell prints a number; a share has one digit after the point.
func (w *words) cell(c column, r *api.StatisticsRow) string {
	v := c.of(r)
	switch {
	case math.IsNaN(v):
		return "–"
	case c.code == "share":
		whole := int(math.Round(v * 10))
		return w.number(whole/10) + "." + string(rune('0'+whole%10))
	}
	return w.number(int(v))
}

// rowTitle is the name of a group.
func (p *page) rowTitle(by, key string) string {
	switch by {
	case api.ByList:
		return p.listTitle(standing.ListID(key))
	case api.ByField:
		return p.field(key)
	case api.ByRegion:
		if key == "" {
			return p.T("stats.region.none")
		}
		return p.Place(key)
	}
	return key
}

// rowLink is where a group is looked at more closely: a list or field over time,
// a region's parts.
func (p *page) rowLink(f *figures, key string) string {
	switch {
	case f.By == api.ByList:
		return p.with("by", api.ByMonth, "list", key)
	case f.By == api.ByField:
		return p.with("by", api.ByMonth, "field", key)
	case f.By == api.ByRegion && key != "" && key != f.Region && key != "*":
		return p.with("region", key)
	}
	return ""
}

// plot draws a picture; "" if there is nothing to draw and a page would have it.
func (p *page) plot(m picture, f *figures, alone bool) string {
	rows := f.Rows
	c := chart.Chart{ID: "plot-" + m.code, Title: p.plotTitle(m, f.By), About: p.about(m, f), Alone: alone}
	if f.By != api.ByMonth {
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(a, b api.StatisticsRow) int { return cmp.Compare(order(m, &b), order(m, &a)) })
		rows = rows[:min(len(rows), drawn)]
	}
	for _, col := range m.series {
		s := chart.Series{Name: p.T("stats.col." + col.code)}
		for i := range rows {
			s.Values = append(s.Values, col.of(&rows[i]))
		}
		c.Series = append(c.Series, s)
	}
	for _, r := range rows {
		c.Names = append(c.Names, p.rowTitle(f.By, r.Key))
	}
	if f.By == api.ByMonth {
		c.Marks = years(f.Rows)
	}
	switch {
	case c.Empty() && !alone:
		return ""
	case f.By == api.ByMonth:
		return c.Lines()
	}
	return c.Bars()
}

// years marks the Januaries of a span that is too long to name months.
func years(rows []api.StatisticsRow) []string {
	if len(rows) <= 24 {
		return nil
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		if year, ok := strings.CutSuffix(r.Key, "-01"); ok {
			out[i] = year
		}
	}
	return out
}

// order is by what groups are sorted in a plot: the largest first.
func order(m picture, r *api.StatisticsRow) float64 {
	if v := m.series[0].of(r); !math.IsNaN(v) {
		return v
	}
	return -1
}

func (p *page) plotTitle(m picture, by string) string {
	return p.T("stats.plot.title", p.T("stats.plot."+m.code), p.T("stats.by."+by))
}

// about says what a plot shows to whoever cannot see it; its table has the rest.
func (p *page) about(m picture, f *figures) string {
	parts := []string{p.T("stats.plot." + m.code + ".about")}
	for _, col := range m.series {
		parts = append(parts, p.T("stats.col."+col.code)+p.T("list.colon")+p.cell(col, &f.Total))
	}
	return strings.Join(parts, " ")
}

// exits are the ways in which entries ended, the most frequent first.
func (f *figures) exits() []string {
	out := make([]string, 0, len(f.Total.Exits))
	for event, n := range f.Total.Exits {
		if n > 0 {
			out = append(out, event)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(f.Total.Exits[b], f.Total.Exits[a]), cmp.Compare(a, b))
	})
	return out
}

// exitPlot draws how entries ended.
func (p *page) exitPlot(f *figures, alone bool) string {
	c := chart.Chart{ID: "plot-exits", Title: p.T("stats.plot.exits"), About: p.T("stats.plot.exits.about"), Alone: alone}
	s := chart.Series{Name: p.T("stats.col.lifted")}
	for _, event := range f.exits() {
		c.Names = append(c.Names, p.Or("event.", event))
		s.Values = append(s.Values, float64(f.Total.Exits[event]))
	}
	c.Series = []chart.Series{s}
	return c.Bars()
}

// file is the address of a download of what the page shows.
func (p *page) file(name string) string {
	query := p.here.Query()
	query.Del("by")
	query.Set("lang", p.Lang)
	return "/statistics/" + name + "?" + query.Encode()
}

// asJSON is the address of the same for programs.
func (f *figures) asJSON() string {
	q := url.Values{"by": {f.By}}
	for name, v := range map[string]string{"list": string(f.List), "field": f.Field, "region": f.Region, "from": f.From, "until": f.Until} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return "/api/v1/statistics?" + q.Encode()
}

// filtered reports whether anything but the grouping was chosen.
func (f *figures) filtered() bool {
	return f.List != "" || f.Field != "" || f.place != "" || f.From != "" || f.Until != ""
}

// personColumn is a number of natural persons.
type personColumn struct {
	code string
	of   func(*api.PersonCounts) int
}

var personColumns = [...]personColumn{
	{"inforce", func(c *api.PersonCounts) int { return c.InForce }},
	{"listed", func(c *api.PersonCounts) int { return c.Listed }},
	{"lifted", func(c *api.PersonCounts) int { return c.Lifted }},
	{"notices", func(c *api.PersonCounts) int { return c.Notices }},
	{"objections", func(c *api.PersonCounts) int { return c.Objections }},
	{"upheld", func(c *api.PersonCounts) int { return c.Upheld }},
	{"errors", func(c *api.PersonCounts) int { return c.Errors }},
	{"exemptions", func(c *api.PersonCounts) int { return c.Exemptions }},
}

// tens prints a number of persons, of which only whole tens are known.
func (w *words) tens(n int) string {
	if n < api.SmallCell {
		return "0–" + w.number(api.SmallCell-1)
	}
	return w.number(n)
}

// persons are the rows that the table of natural persons has: none by month, and
// none where no number of any of them is published.
func (f *figures) persons() []api.StatisticsRow {
	if f.By == api.ByMonth || !slices.ContainsFunc(f.Rows, func(r api.StatisticsRow) bool { return r.Persons != nil }) {
		return nil
	}
	return f.Rows
}
