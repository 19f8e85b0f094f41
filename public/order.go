package public

import (
	"cmp"
	"math"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
)

// byName orders parties by their first name; keys decide between equals.
func (f *Face) byName(a, b uint32) int {
	p, q := &f.parties[a], &f.parties[b]
	return cmp.Or(cmp.Compare(p.sort, q.sort), cmp.Compare(p.key, q.key))
}

// reorder puts a party where its name belongs; unorder takes it out. It must
// bear the name by which it stands there.
func (f *Face) reorder(i uint32) {
	at, there := slices.BinarySearchFunc(f.order, i, f.byName)
	if !there {
		f.order = slices.Insert(f.order, at, i)
	}
}

func (f *Face) unorder(i uint32) {
	if at, there := slices.BinarySearchFunc(f.order, i, f.byName); there {
		f.order = slices.Delete(f.order, at, at+1)
	}
}

// Arrange brings the orders and sums up to date that would cost every reader too
// much: whoever changes the face calls it when a number of changes are done, and
// no reader waits but for the exchange. Until then who came since stands behind
// all others of a page by name.
func (f *Face) Arrange(now standing.Instant) {
	f.mu.RLock()
	rank, tallied := make([]uint32, len(f.parties)), make(map[string]Tally, len(f.tallied))
	for i := range rank {
		rank[i] = math.MaxUint32
	}
	listed := make([]uint32, 0, len(f.listed))
	for at, i := range f.order {
		rank[i] = uint32(at)
		if len(f.parties[i].entries) > 0 {
			listed = append(listed, i)
		}
	}
	for r, all := range f.places {
		n := 0
		for _, i := range all {
			if f.parties[i].newest(now) != 0 {
				n++
			}
		}
		for at, ok := region.ID(r), true; ok; at, ok = at.Parent() {
			t := tallied[string(at)]
			tallied[string(at)] = Tally{t.Parties + len(all), t.Listed + n}
		}
	}
	f.mu.RUnlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rank, f.listed, f.tallied = rank, listed, tallied
}

// rankOf is the place of a party in the order of names; of one that came since
// the order was counted, beyond all.
func (f *Face) rankOf(i uint32) uint32 {
	if int(i) < len(f.rank) {
		return f.rank[i]
	}
	return math.MaxUint32
}

// regions are where a party is: the regions of its records.
func (p *party) regions() []string {
	var out []string
	for i := range p.facts {
		if r := p.facts[i].region; r != "" && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// within reports whether a party is in a region.
func (p *party) within(outer region.ID) bool {
	for i := range p.facts {
		if r := p.facts[i].region; r != "" && region.Contains(outer, region.ID(r)) {
			return true
		}
	}
	return false
}

// place notes a party under its regions; unplace takes it out.
func (f *Face) place(i uint32) {
	for _, r := range f.parties[i].regions() {
		all := f.places[r]
		if at, there := slices.BinarySearch(all, i); !there {
			f.places[r] = slices.Insert(all, at, i)
		}
	}
}

func (f *Face) unplace(i uint32) {
	for _, r := range f.parties[i].regions() {
		all := f.places[r]
		if at, there := slices.BinarySearch(all, i); there {
			f.places[r] = slices.Delete(all, at, at+1)
		}
	}
}

// below are the parties in a region, in the order of their places; false when
// they are so many that going through the order of names is as fast.
func (f *Face) below(outer region.ID) ([]uint32, bool) {
	var out []uint32
	for r, all := range f.places {
		if region.Contains(outer, region.ID(r)) {
			out = append(out, all...)
			if len(out) > len(f.parties)/32 {
				return nil, false
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), true
}

// Tally counts public parties of a region and below; one that registries record
// in two of its parts counts in both.
type Tally struct{ Parties, Listed int }

// In counts the parties in a region, as last arranged.
func (f *Face) In(r string) Tally {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.tallied[r]
}
