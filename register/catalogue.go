package register

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/activity"
)

// books are the rulebooks in force, by name.
func (r *Register) books() []*rulebook.Compiled {
	con, now := r.engine.Law().Constitution(), r.cfg.Clock()
	var out []*rulebook.Compiled
	for name := range con.Rulebooks {
		if digest, ok := con.Adopted(name, now); ok {
			if book, ok := r.engine.Law().Book(digest); ok {
				out = append(out, book)
			}
		}
	}
	sortBy(out, func(b *rulebook.Compiled) string { return b.Name })
	return out
}

// Rulebooks lists the rulebooks in force.
func (r *Register) Rulebooks(ctx context.Context) ([]api.RulebookView, error) {
	out := []api.RulebookView{}
	for _, book := range r.books() {
		versions, err := r.Versions(ctx, book.Name)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(versions, func(v api.RulebookView) bool { return v.Digest == book.Digest })
		out = append(out, versions[i])
	}
	return out, nil
}

// Versions lists every version of a rulebook that was adopted here.
func (r *Register) Versions(_ context.Context, name string) ([]api.RulebookView, error) {
	out := []api.RulebookView{}
	for _, a := range slices.Backward(r.engine.Law().Constitution().Rulebooks[name]) {
		book, ok := r.engine.Law().Book(a.Digest)
		if !ok {
			continue
		}
		v := api.RulebookView{Name: name, Version: book.Version, Title: book.Title, Digest: a.Digest, Since: a.Interval.From, Until: until(a.Interval.Until), Zone: book.Zone}
		for i := range book.Lists {
			v.Lists = append(v.Lists, book.Lists[i].ID)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil, standing.Errorf(standing.NotFound, "no rulebook %.80q was adopted here", name)
	}
	return out, nil
}

// version finds an adopted version; an empty one is the one in force.
func (r *Register) version(ctx context.Context, name, version string) (*api.RulebookView, *rulebook.Compiled, error) {
	versions, err := r.Versions(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	now := r.cfg.Clock()
	for i := range versions {
		v := &versions[i]
		if v.Version == version || version == "" && v.Since <= now && (v.Until == 0 || now < v.Until) {
			book, _ := r.engine.Law().Book(v.Digest)
			return v, book, nil
		}
	}
	return nil, nil, standing.Errorf(standing.NotFound, "no version %.40q of rulebook %s was adopted here", version, name)
}

// Rulebook is a version of a rulebook in full.
func (r *Register) Rulebook(ctx context.Context, name, version string) (*api.RulebookText, error) {
	v, book, err := r.version(ctx, name, version)
	if err != nil {
		return nil, err
	}
	text, err := r.cfg.Store.Document(ctx, v.Digest)
	if err != nil {
		return nil, err
	}
	return &api.RulebookText{RulebookView: *v, Text: string(text),
		Document: map[string]string{"en": rulebook.Explain(book, "en"), "zh": rulebook.Explain(book, "zh")}}, nil
}

// Compare is what changed between two versions of a rulebook.
func (r *Register) Compare(ctx context.Context, name, from, to string) ([]api.RuleChange, error) {
	_, before, err := r.version(ctx, name, from)
	if err != nil {
		return nil, err
	}
	_, after, err := r.version(ctx, name, to)
	if err != nil {
		return nil, err
	}
	out := []api.RuleChange{}
	for _, c := range rulebook.Diff(before, after) {
		out = append(out, api.RuleChange(c))
	}
	return out, nil
}

// Lists are the lists of the rulebooks in force.
func (r *Register) Lists(ctx context.Context) ([]api.ListDefinition, error) {
	out := []api.ListDefinition{}
	for book, l := range r.lists() {
		d := r.definition(book, l)
		if l.Reported != nil {
			var err error
			if d.Snapshot, err = r.snapshot(ctx, d.ID); err != nil {
				return nil, err
			}
		}
		out = append(out, d)
	}
	sortBy(out, func(d api.ListDefinition) string { return string(d.ID) })
	return out, nil
}

// lists are the lists in force with their rulebooks.
func (r *Register) lists() iter.Seq2[*rulebook.Compiled, *rulebook.List] {
	con, now := r.engine.Law().Constitution(), r.cfg.Clock()
	return func(yield func(*rulebook.Compiled, *rulebook.List) bool) {
		for _, book := range r.books() {
			for i := range book.Lists {
				if con.InForce(book.ListID(&book.Lists[i])).Holds(now) && !yield(book, &book.Lists[i]) {
					return
				}
			}
		}
	}
}

// snapshot is the day of the last snapshot of a list's source that was taken
// over; zero when there is none.
func (r *Register) snapshot(ctx context.Context, list standing.ListID) (standing.Instant, error) {
	entries, err := r.cfg.Store.Case(ctx, SourceCase(list))
	if err != nil {
		return 0, err
	}
	c, err := standing.Fold(entries, standing.Forever)
	if err != nil || c.Source == nil {
		return 0, err
	}
	return c.Source.Snapshots[len(c.Source.Snapshots)-1].Date, nil
}

func (r *Register) definition(book *rulebook.Compiled, l *rulebook.List) api.ListDefinition {
	id := book.ListID(l)
	d := api.ListDefinition{ID: id, Title: l.Title, Field: l.Field, Region: string(l.Region), Rulebook: book.Name + " " + book.Version, Source: cite(book, l.Source),
		Rulings: l.Rulings, Subjects: l.Subjects, Review: l.Review.String(), Measures: l.Measures, Exits: []api.Exit{}, Publication: l.Publication,
		ObjectTo: l.ObjectTo, Illustrative: book.Illustrative(id)}
	if !l.Notice.Window.IsZero() {
		d.Window = l.Notice.Window.String()
	}
	for i := range l.Grounds {
		g := &l.Grounds[i]
		v := api.GroundView{ID: g.ID, Title: g.Title, Mode: g.Mode, Source: cite(book, g.Source)}
		if !g.Term.IsZero() {
			v.Term = g.Term.String()
			if !g.TermMax.IsZero() {
				v.Term += " to " + g.TermMax.String()
			}
		}
		d.Grounds = append(d.Grounds, v)
	}
	for i := range l.Exits {
		x := &l.Exits[i]
		d.Exits = append(d.Exits, api.Exit{Event: x.Event, Title: x.Title, Effect: x.Effect, Source: cite(book, x.Source)})
	}
	for _, c := range l.Complete {
		d.Complete = append(d.Complete, c.Scheme)
	}
	if l.Reported != nil {
		d.Publisher = l.Reported.Publisher
	}
	return d
}

// Measures are the measures of the rulebooks in force.
func (r *Register) Measures(context.Context) ([]api.MeasureDefinition, error) {
	out := []api.MeasureDefinition{}
	for _, book := range r.books() {
		for i := range book.Measures {
			m := &book.Measures[i]
			d := api.MeasureDefinition{Measure: measure(book, m), Rulebook: book.Name + " " + book.Version, Activities: m.Activities, Subjects: m.Subjects, Lists: []standing.ListID{}}
			for j := range book.Lists {
				if slices.Contains(book.Lists[j].Measures, m.ID) {
					d.Lists = append(d.Lists, book.ListID(&book.Lists[j]))
				}
			}
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b api.MeasureDefinition) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Rulebook, b.Rulebook))
	})
	return out, nil
}

// Activities are the leaves of the activity tree with the lists that restrict
// them here.
func (r *Register) Activities(context.Context) ([]api.ActivityView, error) {
	con, now, books := r.engine.Law().Constitution(), r.cfg.Clock(), r.books()
	tree := activity.Tree()
	out := make([]api.ActivityView, len(tree))
	for i, leaf := range tree {
		out[i] = api.ActivityView{ID: leaf.ID, Title: map[string]string{"en": leaf.English, "zh": leaf.Chinese}, Tag: cmp.Or(string(leaf.Tag), "open")}
		for _, book := range books {
			for j := range book.Lists {
				if l := &book.Lists[j]; con.InForce(book.ListID(l)).Holds(now) && book.CoversActivity(l, leaf.ID) {
					out[i].Lists = append(out[i].Lists, book.ListID(l))
				}
			}
		}
	}
	return out, nil
}
