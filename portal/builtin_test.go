package portal_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/builtin"
)

// shipped is the invented register with the rulebooks that are shipped, and one
// of them in two versions.
type shipped struct {
	*apitest.Register
	books []*rulebook.Compiled
	older *rulebook.Compiled // of the first
}

func withRulebooks(t testing.TB) *shipped {
	t.Helper()
	s := &shipped{Register: apitest.New()}
	for _, name := range builtin.Names() {
		c, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		s.books = append(s.books, c)
	}
	text, err := builtin.Text("cn-courts")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(`version: "2026-04-01"`, `version: "2025-01-01"`, "term: 2 years", "term: 3 years", "能够", "能", "Airlines, railways, shipping lines", "Carriers").Replace(string(text))
	if s.older, err = rulebook.Load([]byte(changed)); err != nil {
		t.Fatal(err)
	}
	return s
}

// Listings are the invented ones, on lists that are shipped.
func (s *shipped) Listings(ctx context.Context, q api.ListingQuery) (*api.ListingPage, error) {
	page, err := s.Register.Listings(ctx, q)
	for i := range page.Items {
		if page.Items[i].List == "mdb-debarment/debarred" {
			page.Items[i].List = "mdb-debarment/world-bank"
		}
	}
	return page, err
}

func (s *shipped) view(c *rulebook.Compiled) api.RulebookView {
	v := api.RulebookView{Name: c.Name, Version: c.Version, Title: c.Title, Digest: c.Digest, Since: 1775001600}
	if c == s.older {
		v.Since, v.Until = 1735689600, 1775001600
	}
	for i := range c.Lists {
		v.Lists = append(v.Lists, c.Lists[i].ID)
	}
	return v
}

func (s *shipped) Rulebooks(context.Context) ([]api.RulebookView, error) {
	var out []api.RulebookView
	for _, c := range s.books {
		out = append(out, s.view(c))
	}
	return out, nil
}

func (s *shipped) Versions(_ context.Context, name string) ([]api.RulebookView, error) {
	for _, c := range s.books {
		if c.Name != name {
			continue
		}
		out := []api.RulebookView{s.view(c)}
		if name == s.older.Name {
			out = append(out, s.view(s.older))
		}
		return out, nil
	}
	return nil, standing.Errorf(standing.NotFound, "no rulebook %.80q was adopted here", name)
}

func (s *shipped) compiled(name, version string) (*rulebook.Compiled, error) {
	for _, c := range append(slices.Clone(s.books), s.older) {
		if c.Name == name && (version == "" || c.Version == version) {
			return c, nil
		}
	}
	return nil, standing.Errorf(standing.NotFound, "no version %.40q of rulebook %.80q was adopted here", version, name)
}

func (s *shipped) Rulebook(_ context.Context, name, version string) (*api.RulebookText, error) {
	c, err := s.compiled(name, version)
	if err != nil {
		return nil, err
	}
	return &api.RulebookText{RulebookView: s.view(c), Text: string(c.Text),
		Document: map[string]string{"en": rulebook.Explain(c, "en"), "zh": rulebook.Explain(c, "zh")}}, nil
}

func (s *shipped) Compare(_ context.Context, name, from, to string) ([]api.RuleChange, error) {
	before, err := s.compiled(name, from)
	if err != nil {
		return nil, err
	}
	after, err := s.compiled(name, to)
	if err != nil {
		return nil, err
	}
	var out []api.RuleChange
	for _, c := range rulebook.Diff(before, after) {
		out = append(out, api.RuleChange(c))
	}
	return out, nil
}

func cite(c *rulebook.Compiled, citations []string) []string {
	var out []string
	for _, s := range citations {
		source, article, _ := c.Cited(s)
		if article != "" {
			out = append(out, source.Citation+", art "+article)
		} else {
			out = append(out, source.Citation)
		}
	}
	return out
}

func (s *shipped) Lists(context.Context) ([]api.ListDefinition, error) {
	var out []api.ListDefinition
	for _, c := range s.books {
		for i := range c.Lists {
			l := &c.Lists[i]
			d := api.ListDefinition{ID: c.ListID(l), Title: l.Title, Field: l.Field, Region: string(l.Region), Rulebook: c.Name + " " + c.Version, Source: cite(c, l.Source),
				Rulings: l.Rulings, Subjects: l.Subjects, Window: l.Notice.Window.String(), Review: l.Review.String(), Measures: l.Measures, Publication: l.Publication,
				ObjectTo: l.ObjectTo, Illustrative: c.Illustrative(c.ListID(l))}
			for _, g := range l.Grounds {
				v := api.GroundView{ID: g.ID, Title: g.Title, Mode: g.Mode, Source: cite(c, g.Source)}
				if !g.Term.IsZero() {
					v.Term = g.Term.String()
					if !g.TermMax.IsZero() {
						v.Term += " to " + g.TermMax.String()
					}
				}
				d.Grounds = append(d.Grounds, v)
			}
			for _, x := range l.Exits {
				d.Exits = append(d.Exits, api.Exit{Event: x.Event, Title: x.Title, Effect: x.Effect, Source: cite(c, x.Source)})
			}
			for _, x := range l.Complete {
				d.Complete = append(d.Complete, x.Scheme)
			}
			if l.Reported != nil {
				d.Publisher = l.Reported.Publisher
			}
			out = append(out, d)
		}
	}
	return out, nil
}

func (s *shipped) Measures(context.Context) ([]api.MeasureDefinition, error) {
	var out []api.MeasureDefinition
	for _, c := range s.books {
		for i := range c.Measures {
			m := &c.Measures[i]
			d := api.MeasureDefinition{Measure: api.Measure{ID: m.ID, Title: m.Title, Class: m.Class, Source: cite(c, m.Source), Executor: m.Executor},
				Rulebook: c.Name + " " + c.Version, Activities: m.Activities, Subjects: m.Subjects}
			for j := range c.Lists {
				if slices.Contains(c.Lists[j].Measures, m.ID) {
					d.Lists = append(d.Lists, c.ListID(&c.Lists[j]))
				}
			}
			out = append(out, d)
		}
	}
	return out, nil
}

func (s *shipped) Activities(context.Context) ([]api.ActivityView, error) {
	var out []api.ActivityView
	for _, leaf := range activity.Tree() {
		v := api.ActivityView{ID: leaf.ID, Title: map[string]string{"en": leaf.English, "zh": leaf.Chinese}, Tag: string(leaf.Tag)}
		for _, c := range s.books {
			for j := range c.Lists {
				if c.CoversActivity(&c.Lists[j], leaf.ID) {
					v.Lists = append(v.Lists, c.ListID(&c.Lists[j]))
				}
			}
		}
		out = append(out, v)
	}
	return out, nil
}
