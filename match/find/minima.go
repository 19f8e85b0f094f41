package find

import "slices"

// fan is how many children a node of the tree of minima has.
const fan = 8

// sorted is an array of positions in the order of what stands there, with the
// least position of every fan, fan*fan, ... members.
type sorted struct {
	pos    []uint32
	minima [][]uint32
}

func newSorted(pos []uint32) sorted {
	s := sorted{pos: pos}
	for level := pos; len(level) > fan; {
		up := make([]uint32, 0, (len(level)+fan-1)/fan)
		for part := range slices.Chunk(level, fan) {
			up = append(up, slices.Min(part))
		}
		s.minima = append(s.minima, up)
		level = up
	}
	return s
}

// ascending returns a function that yields the members lo..hi from the least
// position up, each once.
func (s *sorted) ascending(lo, hi int) func() (uint32, bool) {
	const few = 1 << 10
	if hi-lo <= few {
		rest := slices.Clone(s.pos[lo:hi])
		slices.Sort(rest)
		return func() (uint32, bool) {
			if len(rest) == 0 {
				return 0, false
			}
			p := rest[0]
			rest = rest[1:]
			return p, true
		}
	}
	w := &walk{tree: s}
	w.cover(lo, hi)
	return w.next
}

// node is a member (level 0) or the least of some members.
type node struct {
	least uint32
	level uint32
	index uint32
}

// walk is a heap of nodes that together hold the members still to come.
type walk struct {
	tree  *sorted
	nodes []node
}

func (s *sorted) level(n int) []uint32 {
	if n == 0 {
		return s.pos
	}
	return s.minima[n-1]
}

// cover takes the fewest nodes that hold exactly the members lo..hi.
func (w *walk) cover(lo, hi int) {
	for n := 0; lo < hi; n++ {
		level := w.tree.level(n)
		add := func(i int) { w.push(node{level[i], uint32(n), uint32(i)}) }
		top := n == len(w.tree.minima)
		for ; lo < hi && (top || lo%fan != 0); lo++ {
			add(lo)
		}
		for ; lo < hi && hi%fan != 0; hi-- {
			add(hi - 1)
		}
		lo, hi = lo/fan, hi/fan
	}
}

// next yields the least member that is left.
func (w *walk) next() (uint32, bool) {
	for len(w.nodes) > 0 {
		top := w.nodes[0]
		if top.level == 0 {
			last := len(w.nodes) - 1
			w.nodes[0] = w.nodes[last]
			w.nodes = w.nodes[:last]
			w.down()
			return top.least, true
		}
		level := w.tree.level(int(top.level) - 1)
		from := int(top.index) * fan
		w.nodes[0] = node{level[from], top.level - 1, uint32(from)}
		w.down()
		for i := from + 1; i < min(from+fan, len(level)); i++ {
			w.push(node{level[i], top.level - 1, uint32(i)})
		}
	}
	return 0, false
}

// push adds a node and moves it up to its place.
func (w *walk) push(n node) {
	w.nodes = append(w.nodes, n)
	i := len(w.nodes) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if w.nodes[parent].least <= n.least {
			break
		}
		w.nodes[i] = w.nodes[parent]
		i = parent
	}
	w.nodes[i] = n
}

// down moves the first node down to its place.
func (w *walk) down() {
	if len(w.nodes) == 0 {
		return
	}
	n, i := w.nodes[0], 0
	for {
		child := 2*i + 1
		if child >= len(w.nodes) {
			break
		}
		if child+1 < len(w.nodes) && w.nodes[child+1].least < w.nodes[child].least {
			child++
		}
		if n.least <= w.nodes[child].least {
			break
		}
		w.nodes[i] = w.nodes[child]
		i = child
	}
	w.nodes[i] = n
}
