package public

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/match/find"
)

// Loader fills a face with many records and entries at once, in any order, each
// once.
type Loader struct{ face *Face }

// NewLoader begins an empty face.
func NewLoader(origin string) *Loader { return &Loader{New(origin)} }

// Record adds a record.
func (l *Loader) Record(r *Record) error {
	if r.Kind.Protected() {
		return standing.Errorf(standing.Internal, "a %s has no place on the public face", r.Kind)
	}
	l.face.putRecord(r)
	return nil
}

// Listing adds a listing.
func (l *Loader) Listing(e *Listing) error {
	if e.Row.PartyKind.Protected() {
		return standing.Errorf(standing.Internal, "a %s has no place on the public face", e.Row.PartyKind)
	}
	x := l.face.putListing(e)
	l.face.newest, l.face.ending = append(l.face.newest, x), append(l.face.ending, x)
	return nil
}

// Corrections sets the log of what was put right, in any order.
func (l *Loader) Corrections(all []api.Correction) {
	for i := range all {
		l.face.corrected[all[i].Listing] = true
	}
	slices.SortFunc(all, func(a, b api.Correction) int { return compareCorrections(&a, &b) })
	l.face.corrections = all
}

// Done sorts and indexes everything. The loader must not be used after it.
func (l *Loader) Done() *Face {
	f := l.face
	builder := find.NewBuilder()
	f.order = make([]uint32, len(f.parties))
	for i := range f.parties {
		p := &f.parties[i]
		names, identifiers := p.texts()
		p.sort = sortKey(names)
		builder.Add(uint32(i), append(names, values(identifiers)...)...)
		f.order[i] = uint32(i)
		for _, r := range p.regions() {
			f.places[r] = append(f.places[r], uint32(i))
		}
	}
	f.index = builder.Build()
	slices.SortFunc(f.order, f.byName)
	slices.SortFunc(f.newest, byNewest)
	slices.SortFunc(f.ending, byEnding)
	return f
}
