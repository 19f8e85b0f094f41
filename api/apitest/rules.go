package apitest

import (
	"context"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Versions shows the one version that there is of each rulebook.
func (r *Register) Versions(ctx context.Context, name string) ([]api.RulebookView, error) {
	all, err := r.Rulebooks(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if v.Name == name {
			return []api.RulebookView{v}, nil
		}
	}
	return nil, standing.Errorf(standing.NotFound, "no rulebook %.80q was adopted here", name)
}

// Rulebook shows a rulebook without its text.
func (r *Register) Rulebook(ctx context.Context, name, _ string) (*api.RulebookText, error) {
	v, err := r.Versions(ctx, name)
	if err != nil {
		return nil, err
	}
	return &api.RulebookText{RulebookView: v[0], Text: "rulebook: " + name + "\n", Document: text("# "+name+"\n\nOne list.\n", "# "+name+"\n\n一个名单。\n")}, nil
}

// Compare shows one change.
func (r *Register) Compare(ctx context.Context, name, _, _ string) ([]api.RuleChange, error) {
	if _, err := r.Versions(ctx, name); err != nil {
		return nil, err
	}
	return []api.RuleChange{{Path: "lists/judgment-defaulters/notice/window", Old: "7 working days", New: "15 working days"}}, nil
}

// Lists are two.
func (r *Register) Lists(context.Context) ([]api.ListDefinition, error) {
	g, d := CourtGround(), ReportedGround()
	return []api.ListDefinition{
		{ID: g.List, Title: g.Title, Field: "enforcement", Region: "CN", Rulebook: g.Rule.Rulebook, Source: g.Rule.Source, Grounds: []api.GroundView{{ID: "able-but-refuses", Title: g.Rule.Title, Mode: "until-performed", Source: g.Rule.Source}},
			Rulings: []string{"judgment", "award"}, Subjects: []string{"organisation", "person"}, Window: "15 calendar days", Review: "2 years", Measures: []string{g.Measure.ID}, Exits: g.Exits, Complete: []string{"uscc"}, Publication: "organisations", ObjectTo: g.ObjectTo},
		{ID: d.List, Title: d.Title, Field: "procurement", Region: "*", Rulebook: d.Rule.Rulebook, Source: d.Rule.Source, Grounds: []api.GroundView{{ID: "fraud", Title: d.Rule.Title, Mode: "fixed-term", Source: d.Rule.Source}},
			Rulings: []string{"decision"}, Subjects: []string{"organisation"}, Review: "2 years", Measures: []string{d.Measure.ID}, Exits: d.Exits, Complete: []string{"name"}, Publication: "organisations", ObjectTo: d.ObjectTo, Publisher: reported().By, Snapshot: reported().Snapshot},
	}, r.fail("Lists")
}

// Measures are two.
func (r *Register) Measures(context.Context) ([]api.MeasureDefinition, error) {
	g, d := CourtGround(), ReportedGround()
	return []api.MeasureDefinition{
		{Measure: g.Measure, Rulebook: g.Rule.Rulebook, Activities: []string{"company.director"}, Lists: []standing.ListID{g.List}},
		{Measure: d.Measure, Rulebook: d.Rule.Rulebook, Activities: []string{"procurement.bid"}, Lists: []standing.ListID{d.List}},
	}, r.fail("Measures")
}

// Activities are three.
func (r *Register) Activities(context.Context) ([]api.ActivityView, error) {
	return []api.ActivityView{
		{ID: "company.director", Title: text("Director of a company", "担任公司董事"), Tag: "open", Lists: []standing.ListID{"cn-courts/judgment-defaulters"}},
		{ID: NotCovered, Title: text("Health care", "医疗"), Tag: "essential"},
		{ID: "procurement.bid", Title: text("Bidding for public contracts", "参加政府采购投标"), Tag: "open", Lists: []standing.ListID{"mdb-debarment/debarred"}},
	}, r.fail("Activities")
}
