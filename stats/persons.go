package stats

import (
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// base is what numbers of persons are multiples of.
const base = api.SmallCell

// boxDepth is the depth of the smallest regions of which persons are counted:
// provinces, states.
const boxDepth = 2

// What a box counts, besides the acts, by their columns (from colNotice).
const (
	boxInForce = 0
	boxShown   = 1             // in force while its source shows it
	boxEnded   = int(colEnded) // and the number of the event
)

// box counts the entries of persons of a list in a region, by state and act:
// exactly; see published for what may leave the package.
type box struct{ n []int32 }

func (b *box) add(what int, n int32) {
	for len(b.n) <= what {
		b.n = append(b.n, 0)
	}
	b.n[what] += n
}

// box finds the box of a region of a list, or makes it.
func (l *list) box(where string) *box {
	b := l.boxes[where]
	if b == nil {
		b = &box{}
		l.boxes[where] = b
	}
	return b
}

// node is a region while its numbers of one kind are added up.
type node struct {
	published int32 // so far
	left      int32 // left over
	carried   int32 // of what was left over below, published here or below
	boxes     int32 // not empty
}

// put adds a box.
func (n *node) put(count int32) {
	tens := count - count%base
	n.published += tens
	n.left += count - tens
	if count > 0 {
		n.boxes++
	}
}

// join adds a region below, after its carry.
func (n *node) join(below node) {
	n.published += below.published
	n.left += below.left
	n.carried += below.carried
	n.boxes += below.boxes
}

// carry publishes the whole tens of what is left over, as far as each box might
// still hold nothing beyond its own.
func (n *node) carry() {
	tens := min(n.left, (base-1)*(n.boxes-1)-n.carried)
	tens -= tens % base
	if tens > 0 {
		n.published += tens
		n.left -= tens
		n.carried += tens
	}
}

// published are the numbers of persons of a list in a region and below, by
// index as in box; nil for a region that is too small. With own, they are of
// what holds in the region as a whole, alone.
func (l *list) published(where string, own bool) []int32 {
	depth := region.ID(where).Depth()
	if depth > boxDepth {
		return nil
	}
	if own || depth == boxDepth {
		return l.tens(where)
	}
	countries := map[string][]*box{}
	for at, b := range l.boxes {
		if region.Contains(region.ID(where), region.ID(at)) {
			countries[country(at)] = append(countries[country(at)], b)
		}
	}
	var world []node
	for at, boxes := range countries {
		var nodes []node
		for _, b := range boxes {
			nodes = grow(nodes, len(b.n))
			for i, n := range b.n {
				nodes[i].put(n)
			}
		}
		world = grow(world, len(nodes))
		for i := range nodes {
			if at != string(region.World) {
				nodes[i].carry()
			}
			world[i].join(nodes[i])
		}
	}
	out := make([]int32, len(world))
	for i := range world {
		if depth == 0 {
			world[i].carry()
		}
		out[i] = world[i].published
	}
	return out
}

// tens are the numbers of one box.
func (l *list) tens(where string) []int32 {
	b := l.boxes[where]
	if b == nil {
		return []int32{}
	}
	out := make([]int32, len(b.n))
	for i, n := range b.n {
		out[i] = n - n%base
	}
	return out
}

func grow(nodes []node, n int) []node {
	for len(nodes) < n {
		nodes = append(nodes, node{})
	}
	return nodes
}

// country is the region of depth 1 above a box; the world's own box is its own.
func country(where string) string {
	at := region.ID(where)
	for at.Depth() > 1 {
		at, _ = at.Parent()
	}
	return string(at)
}

// addPersons adds published numbers to a row's.
func (f *Fold) addPersons(to *api.PersonCounts, n []int32, stale bool) {
	get := func(i int) int {
		if i < len(n) {
			return int(n[i])
		}
		return 0
	}
	to.Listed += get(boxInForce) + get(boxShown)
	to.InForce += get(boxInForce)
	if !stale {
		to.InForce += get(boxShown)
	}
	to.Notices += get(int(colNotice))
	to.Objections += get(int(colObjection))
	to.Upheld += get(int(colUpheld))
	to.Errors += get(int(colError))
	to.Exemptions += get(int(colExemption))
	for i := boxEnded; i < len(n); i++ {
		if n[i] == 0 {
			continue
		}
		to.Listed += int(n[i])
		to.Lifted += int(n[i])
		to.Exits[f.events[i-boxEnded]] += int(n[i])
	}
}
