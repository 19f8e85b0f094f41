package portal

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/calendar"
)

// listView is a list with everything that its page says.
type listView struct {
	*api.ListDefinition
	book     *rulebook.Compiled // nil where the text cannot be had
	rule     *rulebook.List     // nil likewise
	measures []api.MeasureDefinition
	newest   *api.ListingPage
	title    string
}

// fieldLists are the lists of a field.
type fieldLists struct {
	title string
	lists []api.ListDefinition
}

func (c *catalogue) listsPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Lists(r.Context())
	if err != nil {
		return nil, err
	}
	c.begin(p, "/lists", p.T("cat.lists.title"))
	p.feed = "/feeds/entries.atom"
	var groups []fieldLists
	for _, l := range all {
		title := p.field(l.Field)
		at := slices.IndexFunc(groups, func(g fieldLists) bool { return g.title == title })
		if at < 0 {
			at, groups = len(groups), append(groups, fieldLists{title: title})
		}
		groups[at].lists = append(groups[at].lists, l)
	}
	slices.SortStableFunc(groups, func(a, b fieldLists) int { return cmp.Compare(a.title, b.title) })
	return &reply{body: listsView(p, groups)}, nil
}

func (c *catalogue) listPage(p *page, r *http.Request) (*reply, error) {
	id := standing.ListID(r.PathValue("list"))
	l, err := c.list(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v := &listView{ListDefinition: l, book: c.bookOf(r.Context(), l.Rulebook), title: p.Say(l.Title)}
	if v.book != nil {
		v.rule, _ = v.book.List(id.Name())
	}
	if v.measures, err = c.measuresOf(r, id); err != nil {
		return nil, err
	}
	if v.newest, err = c.newest(r.Context(), api.ListingQuery{List: id}); err != nil {
		return nil, err
	}
	c.begin(p, "/lists", v.title)
	p.feed = "/feeds/lists/" + escape(string(id)) + ".atom"
	return &reply{body: listBody(p, v)}, nil
}

// measuresOf are the measures that follow from a list.
func (c *catalogue) measuresOf(r *http.Request, id standing.ListID) ([]api.MeasureDefinition, error) {
	all, err := c.reg.Measures(r.Context())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(m api.MeasureDefinition) bool { return !slices.Contains(m.Lists, id) }), nil
}

func (c *catalogue) measuresPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Measures(r.Context())
	if err != nil {
		return nil, err
	}
	c.begin(p, "/lists", p.T("cat.measures.title"))
	var groups []bookMeasures
	for _, m := range all {
		at := slices.IndexFunc(groups, func(g bookMeasures) bool { return g.rulebook == m.Rulebook })
		if at < 0 {
			name, _, _ := strings.Cut(m.Rulebook, " ")
			at, groups = len(groups), append(groups, bookMeasures{rulebook: m.Rulebook, title: c.bookTitle(p, r, name), book: c.bookOf(r.Context(), m.Rulebook)})
		}
		groups[at].measures = append(groups[at].measures, m)
	}
	slices.SortStableFunc(groups, func(a, b bookMeasures) int { return cmp.Compare(a.title, b.title) })
	return &reply{body: measuresView(p, groups)}, nil
}

// bookMeasures are the measures of a rulebook.
type bookMeasures struct {
	rulebook, title string
	book            *rulebook.Compiled // nil where the text cannot be had
	measures        []api.MeasureDefinition
}

// bookTitle is the title of a rulebook in force, else its name.
func (c *catalogue) bookTitle(p *page, r *http.Request, name string) string {
	books, err := c.reg.Rulebooks(r.Context())
	if err != nil {
		return name
	}
	for i := range books {
		if books[i].Name == name {
			return cmp.Or(p.Say(books[i].Title), name)
		}
	}
	return name
}

// measureView is a measure with everything that its page says.
type measureView struct {
	*api.MeasureDefinition
	book  *rulebook.Compiled // nil where the text cannot be had
	rule  *rulebook.Measure  // nil likewise
	title string
}

func (c *catalogue) measurePage(p *page, r *http.Request) (*reply, error) {
	name, id := r.PathValue("rulebook"), r.PathValue("id")
	all, err := c.reg.Measures(r.Context())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(m api.MeasureDefinition) bool {
		return m.ID == id && (m.Rulebook == name || strings.HasPrefix(m.Rulebook, name+" "))
	})
	if at < 0 {
		return nil, notFound("no measure %.80q of rulebook %.80q is in force here", id, name)
	}
	v := &measureView{MeasureDefinition: &all[at], book: c.bookOf(r.Context(), all[at].Rulebook), title: p.Say(all[at].Title)}
	if v.book != nil {
		v.rule, _ = v.book.Measure(id)
	}
	c.begin(p, "/lists", v.title)
	return &reply{body: measureBody(p, v)}, nil
}

// branch is a branch of the tree of activities.
type branch struct {
	title  string
	leaves []api.ActivityView
}

func (c *catalogue) activitiesPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Activities(r.Context())
	if err != nil {
		return nil, err
	}
	c.begin(p, "/lists", p.T("cat.activities.title"))
	var tree []branch
	single := branch{title: p.T("cat.activity.single")}
	for _, id := range activity.Children("") {
		if _, leaf := activity.Find(id); leaf {
			if at := slices.IndexFunc(all, func(a api.ActivityView) bool { return a.ID == id }); at >= 0 {
				single.leaves = append(single.leaves, all[at])
			}
			continue
		}
		b := branch{title: p.activity(id)}
		for _, a := range all {
			if activity.Covers(id, a.ID) {
				b.leaves = append(b.leaves, a)
			}
		}
		if len(b.leaves) > 0 {
			tree = append(tree, b)
		}
	}
	if len(single.leaves) > 0 {
		tree = append(tree, single)
	}
	return &reply{body: activitiesView(p, tree)}, nil
}

// activityView is an activity with everything that its page says.
type activityView struct {
	*api.ActivityView
	title    string
	means    string // in English
	branch   string // title of the branch; "" for what stands alone
	lists    []*api.ListDefinition
	measures []api.MeasureDefinition
	books    map[string]*rulebook.Compiled // of the measures, by name and version
}

func (c *catalogue) activityPage(p *page, r *http.Request) (*reply, error) {
	all, err := c.reg.Activities(r.Context())
	if err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	at := slices.IndexFunc(all, func(a api.ActivityView) bool { return a.ID == id })
	if at < 0 {
		return nil, notFound("%.80q is no activity: /activities shows them all", id)
	}
	v := &activityView{ActivityView: &all[at], title: p.Say(all[at].Title), books: map[string]*rulebook.Compiled{}}
	if leaf, ok := activity.Find(id); ok {
		v.means = leaf.Description
	}
	if top, _, ok := strings.Cut(id, "."); ok {
		v.branch = p.activity(top)
	}
	lists, err := c.reg.Lists(r.Context())
	if err != nil {
		return nil, err
	}
	for i := range lists {
		if slices.Contains(v.Lists, lists[i].ID) {
			v.lists = append(v.lists, &lists[i])
		}
	}
	measures, err := c.reg.Measures(r.Context())
	if err != nil {
		return nil, err
	}
	for _, m := range measures {
		if slices.Contains(m.Activities, id) {
			v.measures = append(v.measures, m)
			v.books[m.Rulebook] = c.bookOf(r.Context(), m.Rulebook)
		}
	}
	c.begin(p, "/lists", v.title)
	return &reply{body: activityBody(p, v)}, nil
}

// by are the measures for which an activity is restricted by a list.
func (v *activityView) by(list standing.ListID) []api.MeasureDefinition {
	return slices.DeleteFunc(slices.Clone(v.measures), func(m api.MeasureDefinition) bool { return !slices.Contains(m.Lists, list) })
}

// measureAddress is where a measure is shown.
func measureAddress(m *api.MeasureDefinition) string {
	name, _, _ := strings.Cut(m.Rulebook, " ")
	return "/measures/" + escape(name) + "/" + escape(m.ID)
}

// bookAddress is where the rulebook is read that a definition names.
func bookAddress(named string) string {
	name, version, _ := strings.Cut(named, " ")
	return "/rulebooks/" + escape(name) + "/" + escape(version)
}

// rulebookPath is bookAddress as a link of this page.
func (p *page) rulebookPath(named string) string { return p.path(bookAddress(named)) }

// term prints a length of time.
func (w *words) term(t calendar.Term) string {
	if t.IsZero() {
		return "–"
	}
	return w.N("cat.term."+string(t.Unit), t.N)
}

// length prints a length of time as the register's texts write it, or a span of
// them; what is no such thing shows itself.
func (w *words) length(s string) string {
	if from, to, ok := strings.Cut(s, " to "); ok {
		return w.T("listing.span", w.length(from), w.length(to))
	}
	t, err := calendar.ParseTerm(s)
	if err != nil {
		return s
	}
	return w.term(t)
}

// codes prints codes in words.
func (w *words) codes(prefix string, list []string) string {
	out := make([]string, len(list))
	for i, code := range list {
		out[i] = w.Or(prefix, code)
	}
	return strings.Join(out, w.T("list.enumeration"))
}

// lasts says how long an entry on a ground lasts.
func (v *listView) lasts(p *page, g *api.GroundView) string {
	switch {
	case g.Mode != "fixed-term":
		return p.T("cat.list.lasts."+g.Mode, p.length(v.Review))
	case strings.Contains(g.Term, " to "):
		from, to, _ := strings.Cut(g.Term, " to ")
		return p.T("cat.list.lasts.range", p.length(from), p.length(to))
	}
	return p.T("cat.list.lasts.fixed-term", p.length(g.Term))
}

// ground is what the rulebook says of a ground; nil where it cannot be had.
func (v *listView) ground(id string) *rulebook.Ground {
	if v.book == nil || v.rule == nil {
		return nil
	}
	g, _ := v.book.Ground(v.rule.ID, id)
	return g
}

// rests says on what a ground rests.
func (w *words) rests(g *rulebook.Ground) string {
	switch {
	case g.Default && g.Ordered:
		return w.T("cat.list.ground.either")
	case g.Ordered:
		return w.T("cat.list.ground.ordered")
	}
	return w.T("cat.list.ground.default")
}

// groundTitles are titles of grounds by their ids.
func (v *listView) groundTitles(p *page, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		for j := range v.Grounds {
			if v.Grounds[j].ID == id {
				out[i] = cmp.Or(p.Say(v.Grounds[j].Title), id)
			}
		}
	}
	return strings.Join(out, p.T("list.enumeration"))
}

// exitWhen says when a way out is open, line by line; i is its place among the
// list's.
func (v *listView) exitWhen(p *page, i int) []string {
	if v.rule == nil || i >= len(v.rule.Exits) {
		return nil
	}
	x := &v.rule.Exits[i]
	var out []string
	add := func(t calendar.Term, key string) {
		if !t.IsZero() {
			out = append(out, p.T(key, p.term(t)))
		}
	}
	add(x.Within, "cat.list.exit.within")
	add(x.After, "cat.list.exit.after")
	add(x.Then, "cat.list.exit.then")
	if len(out) == 0 {
		out = append(out, p.T("cat.list.exit.at-once"))
	}
	if len(x.Needs) > 0 {
		out = append(out, p.T("cat.list.exit.needs", p.codes("cat.need.", x.Needs)))
	}
	if len(x.Grounds) > 0 && len(x.Grounds) < len(v.Grounds) {
		out = append(out, p.T("cat.list.exit.grounds", v.groundTitles(p, x.Grounds)))
	}
	return out
}

// since is from when on the list is complete for a scheme; "" where nobody says.
func (v *listView) since(scheme string) string {
	if v.rule != nil {
		for _, c := range v.rule.Complete {
			if c.Scheme == scheme {
				return c.Since
			}
		}
	}
	return ""
}

// cited are the sources that a list or measure rests on, each once, in the
// order of the rulebook.
func cited(book *rulebook.Compiled, lists ...[]string) []*rulebook.Source {
	if book == nil {
		return nil
	}
	var out []*rulebook.Source
	for _, citations := range lists {
		for _, c := range citations {
			if s, _, ok := book.Cited(c); ok && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// law is every source that the list's rules cite.
func (v *listView) law() []*rulebook.Source {
	l := v.rule
	if l == nil {
		return nil
	}
	all := [][]string{l.Source, l.Notice.Source, l.Objection.Source, l.Claims.Source}
	for i := range l.Grounds {
		all = append(all, l.Grounds[i].Source)
	}
	for i := range l.Exclusions {
		all = append(all, l.Exclusions[i].Source)
	}
	for i := range l.Exits {
		all = append(all, l.Exits[i].Source)
	}
	if l.Exemption != nil {
		all = append(all, l.Exemption.Source)
	}
	for _, m := range v.measures {
		all = append(all, lawOfMeasure(v.book, m.ID))
	}
	return cited(v.book, all...)
}

// lawCited is one citation in the language of a page.
type lawCited struct {
	text, lang string // lang is "" where it is the page's
	source     string // id
}

// cites prints citations "id#article" by the titles of what they cite.
func (p *page) cites(book *rulebook.Compiled, citations []string) []lawCited {
	out := make([]lawCited, len(citations))
	for i, c := range citations {
		s, article, ok := book.Cited(c)
		if !ok {
			out[i] = lawCited{text: c}
			continue
		}
		text, lang := p.Pick(s.Title)
		if article != "" {
			text = p.T("cat.law.article", text, article)
		}
		out[i] = lawCited{text, lang, s.ID}
	}
	return out
}

// listAddress is where a list is shown.
func listAddress(id standing.ListID) string { return "/lists/" + escape(string(id)) }

// follows counts measures.
func (w *words) follows(n int) string {
	if n == 0 {
		return w.T("cat.lists.follows.nothing")
	}
	return w.N("cat.lists.follows", n)
}

// recognised says which decisions of another list count.
func (p *page) recognised(x *rulebook.Recognition) string {
	title := p.listTitle(standing.ListID(x.List))
	if x.LongerThan.IsZero() {
		return title
	}
	return p.T("cat.list.recognises.longer", title, p.term(x.LongerThan))
}

// lawOfMeasure is what a measure cites in its rulebook.
func lawOfMeasure(book *rulebook.Compiled, id string) []string {
	if book == nil {
		return nil
	}
	if m, ok := book.Measure(id); ok {
		return m.Source
	}
	return nil
}

// lawOfGround is likewise of a ground, lawOfExit of a way out by its place.
func (v *listView) lawOfGround(id string) []string {
	if g := v.ground(id); g != nil {
		return g.Source
	}
	return nil
}

func (v *listView) lawOfExit(i int) []string {
	if v.rule == nil || i >= len(v.rule.Exits) {
		return nil
	}
	return v.rule.Exits[i].Source
}

func (v *listView) lawOfList() []string {
	if v.rule == nil {
		return nil
	}
	return v.rule.Source
}

// severityTitle is the title of a measure's class of severity.
func severityTitle(v *measureView) map[string]string {
	for i := range v.book.Severities {
		if s := &v.book.Severities[i]; s.Level == v.rule.Severity {
			return s.Title
		}
	}
	return nil
}
