package portal

import (
	"slices"

	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/rulebook/activity"
)

// words is one language, with what only the pages say.
type words struct {
	*lang.Catalogue
	activities []group
}

// languages makes the pages' words of every language that there is.
func languages(all lang.Languages) []*words {
	out := make([]*words, len(all))
	for i, c := range all {
		out[i] = &words{Catalogue: c}
		out[i].activities = out[i].groups()
	}
	return out
}

// choose takes the language asked for, else the one that the reader likes best.
func (p *portal) choose(name, accept string) (w *words, asked bool) {
	c, asked := p.langs.Choose(name, accept)
	return p.words[slices.Index(p.langs, c)], asked
}

// activity is the title of a leaf.
func (w *words) activity(id string) string { return activity.Title(id, w.Lang) }
