package portal

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// names are what the register calls its authorities, lists and measures, for
// pages that have only their codes. Read-only once made.
type names struct {
	authorities map[standing.AuthorityID]api.AuthorityView
	lists       []api.ListDefinition // by id
	byList      map[standing.ListID]*api.ListDefinition
}

// directory keeps names for a while, so that a page does not ask for them.
type directory struct {
	mu   sync.Mutex
	kept *names
	at   time.Time

	zones *atomic.Pointer[[]*time.Location] // for the words of every language
}

// directoryAge is how old kept names may be.
const directoryAge = time.Minute

// read gives the names. A register that cannot say them now leaves those of
// before, or none: pages then show codes.
func (d *directory) read(ctx context.Context, reg api.Register) *names {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept != nil && time.Since(d.at) < directoryAge {
		return d.kept
	}
	authorities, err := reg.Authorities(ctx)
	var lists []api.ListDefinition
	var books []api.RulebookView
	if err == nil {
		lists, err = reg.Lists(ctx)
	}
	if err == nil {
		books, err = reg.Rulebooks(ctx)
	}
	if err != nil {
		if d.kept != nil {
			return d.kept
		}
		return &names{}
	}
	n := &names{authorities: map[standing.AuthorityID]api.AuthorityView{}, lists: lists, byList: map[standing.ListID]*api.ListDefinition{}}
	for _, a := range authorities {
		n.authorities[a.ID] = a
	}
	for i := range lists {
		n.byList[lists[i].ID] = &lists[i]
	}
	d.kept, d.at = n, time.Now()
	zones := zonesOf(books)
	d.zones.Store(&zones)
	return n
}

// zonesOf are the zones in which the rulebooks begin their days, each once; UTC,
// in which days are said anyway, is left out.
func zonesOf(books []api.RulebookView) []*time.Location {
	var out []*time.Location
	for _, b := range books {
		if b.Zone == "" || b.Zone == "UTC" || slices.ContainsFunc(out, func(z *time.Location) bool { return z.String() == b.Zone }) {
			continue
		}
		if zone, err := time.LoadLocation(b.Zone); err == nil {
			out = append(out, zone)
		}
	}
	return out
}

// authority is the name of an authority in the language of the page, else its
// code.
func (p *page) authority(id standing.AuthorityID) string {
	a, ok := p.authorities[id]
	switch {
	case !ok || len(a.Names) == 0:
		return string(id)
	case p.Lang == "zh" && len(a.Names) > 1:
		return a.Names[1]
	}
	return a.Names[0]
}

// listTitle is the title of a list in force, else its id.
func (p *page) listTitle(id standing.ListID) string {
	if l, ok := p.byList[id]; ok {
		if s := p.Say(l.Title); s != "" {
			return s
		}
	}
	return string(id)
}
