package server

import "github.com/openstanding/standing/api"

func (j *jsonWriter) rulebookText(r *api.RulebookText) {
	j.open('{')
	j.rulebookFields(&r.RulebookView)
	j.text("text", r.Text)
	j.words("document", r.Document)
	j.close('}')
}

func (j *jsonWriter) ruleChange(c *api.RuleChange) {
	j.open('{')
	j.text("path", c.Path)
	j.text("old", c.Old)
	j.text("new", c.New)
	j.close('}')
}

func (j *jsonWriter) listDefinition(l *api.ListDefinition) {
	j.open('{')
	j.text("id", string(l.ID))
	j.words("title", l.Title)
	j.text("field", l.Field)
	j.text("region", l.Region)
	j.text("rulebook", l.Rulebook)
	j.texts("source", l.Source)
	list(j, "grounds", l.Grounds, (*jsonWriter).groundView)
	j.texts("rulings", l.Rulings)
	j.texts("subjects", l.Subjects)
	j.text("window", l.Window)
	j.text("review", l.Review)
	j.optTexts("measures", l.Measures)
	list(j, "exits", l.Exits, (*jsonWriter).exit)
	j.optTexts("complete", l.Complete)
	j.text("publication", l.Publication)
	j.words("objectTo", l.ObjectTo)
	j.optWords("publisher", l.Publisher)
	j.optInstant("snapshot", l.Snapshot)
	j.optTrue("illustrative", l.Illustrative)
	j.close('}')
}

func (j *jsonWriter) groundView(g *api.GroundView) {
	j.open('{')
	j.text("id", g.ID)
	j.words("title", g.Title)
	j.text("mode", g.Mode)
	j.optText("term", g.Term)
	j.texts("source", g.Source)
	j.close('}')
}

func (j *jsonWriter) measureDefinition(m *api.MeasureDefinition) {
	j.open('{')
	j.measureFields(&m.Measure)
	j.text("rulebook", m.Rulebook)
	j.texts("activities", m.Activities)
	j.optTexts("subjects", m.Subjects)
	j.lists("lists", m.Lists)
	j.close('}')
}

func (j *jsonWriter) activity(a *api.ActivityView) {
	j.open('{')
	j.text("id", a.ID)
	j.words("title", a.Title)
	j.text("tag", tagOrOpen(a.Tag))
	j.optLists("lists", a.Lists)
	j.close('}')
}

// tagOrOpen is the tag of an activity; the tree writes none for those that a
// measure may name.
func tagOrOpen(tag string) string {
	if tag == "" {
		return "open"
	}
	return tag
}
