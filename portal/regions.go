package portal

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// authoritiesPerPage is how many authorities a page shows.
const authoritiesPerPage = 50

// authorityKinds in the order in which a reader looks for them.
var authorityKinds = [...]string{"court", "agency", "registry", "municipality", "bank", "register"}

// authoritiesPageView is a page of authorities with its filter.
type authoritiesPageView struct {
	kind, region, text string
	regionError        string
	items              []api.AuthorityView
	total              int
	first, next        string
}

func (c *catalogue) authoritiesPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Authorities(r.Context())
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	v := &authoritiesPageView{kind: q.Get("kind"), region: strings.TrimSpace(q.Get("region")), text: strings.TrimSpace(q.Get("q"))}
	if len(v.text) > api.MaxText*4 {
		return nil, standing.Errorf(standing.TooLarge, "the text is longer than %d characters", api.MaxText)
	}
	var where string
	status := 0
	if where, v.regionError = c.where(p.words, v.region); v.regionError != "" {
		status = http.StatusBadRequest
	}
	var found []api.AuthorityView
	for _, a := range all {
		if v.regionError == "" && (v.kind == "" || a.Kind == v.kind) && (where == "" || region.Contains(region.ID(where), region.ID(a.Region))) && named(&a, v.text) {
			found = append(found, a)
		}
	}
	v.total = len(found)
	from, err := strconv.Atoi(cmp.Or(q.Get("from"), "0"))
	if err != nil || from < 0 {
		return nil, standing.Errorf(standing.Invalid, "from=%.20q is no place among the authorities: write a number from 0", q.Get("from"))
	}
	from = min(from, len(found))
	v.items = found[from:min(from+authoritiesPerPage, len(found))]
	if from > 0 {
		v.first = p.with("from", "")
	}
	if from+authoritiesPerPage < len(found) {
		v.next = p.with("from", strconv.Itoa(from+authoritiesPerPage))
	}
	c.begin(p, "/lists", p.T("cat.authorities.title"))
	return &reply{status: status, body: authoritiesView(p, v)}, nil
}

// named reports whether a name or the code of an authority contains a text.
func named(a *api.AuthorityView, text string) bool {
	text = strings.ToLower(text)
	return text == "" || strings.Contains(strings.ToLower(string(a.ID)), text) ||
		slices.ContainsFunc(a.Names, func(n string) bool { return strings.Contains(strings.ToLower(n), text) })
}

// authorityPageView is an authority with everything that its page says.
type authorityPageView struct {
	*api.AuthorityView
	title  string
	others []string // names
	lists  []api.ListDefinition
	newest *api.ListingPage
}

func (c *catalogue) authorityPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Authorities(r.Context())
	if err != nil {
		return nil, err
	}
	id := standing.AuthorityID(r.PathValue("id"))
	at := slices.IndexFunc(all, func(a api.AuthorityView) bool { return a.ID == id })
	if at < 0 {
		return nil, notFound("no authority %.80q is recorded here", string(id))
	}
	v := &authorityPageView{AuthorityView: &all[at], title: nameOfAuthority(p, &all[at])}
	v.others = slices.DeleteFunc(slices.Clone(v.Names), func(n string) bool { return n == v.title })
	lists, err := c.reg.Lists(r.Context())
	if err != nil {
		return nil, err
	}
	v.lists = slices.DeleteFunc(slices.Clone(lists), func(l api.ListDefinition) bool { return !c.entitled(r, v.AuthorityView, &l) })
	if v.newest, err = c.newest(r.Context(), api.ListingQuery{Authority: id}); err != nil {
		return nil, err
	}
	c.begin(p, "/lists", v.title)
	return &reply{body: authorityBody(p, v)}, nil
}

// entitled reports whether an authority may write to a list: it is entitled to
// the list or its rulebook, and of a kind that the list names.
func (c *catalogue) entitled(r *http.Request, a *api.AuthorityView, l *api.ListDefinition) bool {
	book, _, _ := strings.Cut(string(l.ID), "/")
	if !slices.Contains(a.Entitled, string(l.ID)) && !slices.Contains(a.Entitled, book) {
		return false
	}
	compiled := c.bookOf(r.Context(), l.Rulebook)
	if compiled == nil {
		return true
	}
	rule, ok := compiled.List(l.ID.Name())
	return ok && slices.Contains(rule.Authorities, a.Kind)
}

func nameOfAuthority(p *page, a *api.AuthorityView) string {
	switch {
	case len(a.Names) == 0:
		return string(a.ID)
	case p.Lang == "zh" && len(a.Names) > 1:
		return a.Names[1]
	}
	return a.Names[0]
}

// knownRegion reads the id of a region that is in the table.
func knownRegion(text string) (region.ID, error) {
	id, err := region.Parse(text)
	if err != nil || !region.Known(id) {
		return "", notFound("no region %.80q is in the table of regions", text)
	}
	return id, nil
}

// namedRegion is a region with a name, for lists of regions.
type namedRegion struct {
	id, title string
}

func (p *page) regions(ids []region.ID) []namedRegion {
	out := make([]namedRegion, len(ids))
	for i, id := range ids {
		out[i] = namedRegion{string(id), region.Name(id, p.Lang)}
	}
	if p.Lang == "en" {
		slices.SortStableFunc(out, func(a, b namedRegion) int { return cmp.Compare(a.title, b.title) })
	}
	return out
}

func (c *catalogue) regionsPage(p *page, r *http.Request) (*reply, error) {
	authorities, err := c.reg.Authorities(r.Context())
	if err != nil {
		return nil, err
	}
	lists, err := c.reg.Lists(r.Context())
	if err != nil {
		return nil, err
	}
	active := map[region.ID]bool{}
	country := func(id string) region.ID {
		top, _, _ := strings.Cut(id, "/")
		return region.ID(top)
	}
	for _, a := range authorities {
		active[country(a.Region)] = true
	}
	for _, l := range lists {
		active[country(l.Region)] = true
	}
	all := region.Children(region.World)
	some := slices.DeleteFunc(slices.Clone(all), func(id region.ID) bool { return !active[id] })
	c.begin(p, "/lists", p.T("cat.regions.title"))
	return &reply{body: regionsView(p, p.regions(some), p.regions(all))}, nil
}

// regionPageView is a region with everything that its page says.
type regionPageView struct {
	id          string
	above       []step
	below       []namedRegion
	lists       []api.ListDefinition
	authorities []api.AuthorityView
	withBelow   int // authorities here and below
	newest      *api.ListingPage
	figures     *api.Statistics // nil when they cannot be had now
}

func (c *catalogue) regionPage(p *page, r *http.Request) (*reply, error) {
	id, err := knownRegion(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	v := &regionPageView{id: string(id), below: p.regions(region.Children(id)), above: []step{{p.T("cat.regions.title"), "/regions"}}}
	if id == region.World {
		v.below = nil // the countries have a page: /regions
	}
	for at, ok := id.Parent(); ok && at != region.World && at != ""; at, ok = at.Parent() {
		v.above = slices.Insert(v.above, 1, step{region.Name(at, p.Lang), "/regions/" + escape(string(at))})
	}
	if err := c.inRegion(r, v); err != nil {
		return nil, err
	}
	title := p.T("cat.region.world")
	if id != region.World {
		title = region.Name(id, p.Lang)
	}
	c.begin(p, "/lists", title)
	p.feed = "/feeds/regions/" + escape(v.id) + ".atom"
	return &reply{body: regionBody(p, v)}, nil
}

// inRegion reads what the register has of a region.
func (c *catalogue) inRegion(r *http.Request, v *regionPageView) error {
	lists, err := c.reg.Lists(r.Context())
	if err != nil {
		return err
	}
	for _, l := range lists {
		if region.Contains(region.ID(l.Region), region.ID(v.id)) || region.Contains(region.ID(v.id), region.ID(l.Region)) && v.id != string(region.World) {
			v.lists = append(v.lists, l)
		}
	}
	authorities, err := c.reg.Authorities(r.Context())
	if err != nil {
		return err
	}
	for _, a := range authorities {
		if a.Region == v.id {
			v.authorities = append(v.authorities, a)
		}
		if region.Contains(region.ID(v.id), region.ID(a.Region)) {
			v.withBelow++
		}
	}
	q, s := api.ListingQuery{Region: v.id}, api.StatisticsQuery{By: api.ByList, Region: v.id}
	if v.id == string(region.World) {
		q.Region, s.Region = "", ""
	}
	if v.newest, err = c.newest(r.Context(), q); err != nil {
		return err
	}
	v.figures, err = c.reg.Statistics(r.Context(), s)
	if standing.KindOf(err) == standing.Unavailable || standing.KindOf(err) == standing.Unsupported {
		v.figures, err = nil, nil // the page has more to say than its figures
	}
	return err
}

func (c *catalogue) correctionsPage(p *page, r *http.Request) (*reply, error) {
	cursor := r.URL.Query().Get("cursor")
	found, err := c.reg.Corrections(r.Context(), cursor, api.DefaultLimit)
	if err != nil {
		return nil, err
	}
	c.begin(p, "/lists", p.T("cat.corrections.title"))
	first, next := "", ""
	if cursor != "" {
		first = p.with("cursor", "")
	}
	if found.Next != "" {
		next = p.with("cursor", found.Next)
	}
	return &reply{body: correctionsView(p, found, first, next)}, nil
}

// whereCorrected is where a corrected entry stood: where its act says, else in
// all of its list's region.
func (p *page) whereCorrected(x *api.Correction) string {
	if x.Region != "" {
		return p.Place(x.Region)
	}
	if l, ok := p.byList[x.List]; ok {
		return p.Place(l.Region)
	}
	return "–"
}
