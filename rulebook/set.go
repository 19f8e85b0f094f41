package rulebook

import (
	"cmp"
	"slices"

	"github.com/openstanding/standing"
)

// Set holds compiled rulebooks by digest and by name: old versions beside new
// ones, because a listing stays under the version that it was decided under.
// It is immutable; [Set.With] makes a larger one.
type Set struct {
	byDigest map[standing.Digest]*Compiled
	books    []*Compiled // by name, then version, then digest
}

// NewSet makes a set; of two rulebooks with one digest one is kept.
func NewSet(books ...*Compiled) *Set {
	s := &Set{byDigest: map[standing.Digest]*Compiled{}}
	for _, c := range books {
		if c != nil && s.byDigest[c.Digest] == nil {
			s.byDigest[c.Digest] = c
			s.books = append(s.books, c)
		}
	}
	slices.SortFunc(s.books, func(a, b *Compiled) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version), slices.Compare(a.Digest[:], b.Digest[:]))
	})
	return s
}

// With is a set with more rulebooks in it.
func (s *Set) With(books ...*Compiled) *Set { return NewSet(append(s.All(), books...)...) }

// All are the rulebooks of the set, by name, then version.
func (s *Set) All() []*Compiled { return slices.Clone(s.books) }

// ByDigest finds the rulebook that a decision cites.
func (s *Set) ByDigest(d standing.Digest) (*Compiled, bool) {
	c, ok := s.byDigest[d]
	return c, ok
}

// Named finds a version of a rulebook; with an empty version the last by name.
func (s *Set) Named(name, version string) (*Compiled, bool) {
	for _, c := range slices.Backward(s.books) {
		if c.Name == name && (version == "" || c.Version == version) {
			return c, true
		}
	}
	return nil, false
}
