package portal

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/rulebook/activity"
)

// words is one language, with what only the pages say.
type words struct {
	*lang.Catalogue
	activities []group
	zones      *atomic.Pointer[[]*time.Location] // in which days begin here
}

// languages makes the pages' words of every language that there is.
func languages(all lang.Languages) []*words {
	out, zones := make([]*words, len(all)), &atomic.Pointer[[]*time.Location]{}
	for i, c := range all {
		out[i] = &words{Catalogue: c, zones: zones}
		out[i].activities = out[i].groups()
	}
	return out
}

// Date prints an instant. One that is a midnight where a rulebook in force begins
// its days is that day, which is what the law says; others are said in UTC.
func (w *words) Date(i standing.Instant) string {
	if day, ok := w.lawful(i); ok {
		return w.Catalogue.Date(day)
	}
	return w.Catalogue.Date(i)
}

// lawful is the day, as midnight of UTC, that begins at an instant in one of the
// rulebooks' zones.
func (w *words) lawful(i standing.Instant) (standing.Instant, bool) {
	zones := w.zones.Load()
	if zones == nil || i == 0 || i == standing.Forever {
		return i, false
	}
	for _, zone := range *zones {
		t := i.Time().In(zone)
		if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
			return standing.At(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)), true
		}
	}
	return i, false
}

// choose takes the language asked for, else the one that the reader likes best.
func (p *portal) choose(name, accept string) (w *words, asked bool) {
	c, asked := p.langs.Choose(name, accept)
	return p.words[slices.Index(p.langs, c)], asked
}

// activity is the title of a leaf.
func (w *words) activity(id string) string { return activity.Title(id, w.Lang) }
