package match

import (
	"cmp"
	"slices"
)

// searcher is what one search works with.
type searcher struct {
	s       *state
	meets   meets
	ranges  [][2]int // of meets.all by word of the query
	joined  []lead
	keys    []uint32
	seen    []uint16 // round in which a word of the list was compared
	round   uint16
	current int       // which name of the query meets are of
	budget  int       // postings to be read for a name
	sums    []float32 // by name
	touched []uint32
	found   []candidate
	order   []int
	al      alignment
}

// candidate is a name that shares words with the query.
type candidate struct {
	name uint32
	sum  float32 // shared weight as a part of both, about
}

// Bounds of the work of a search.
const (
	mostPostings = 300_000 // read for a query, in equal parts for its names
	mostCompared = 64      // names compared word by word
)

// gather finds the names that share most with a name of the query.
func (sr *searcher) gather(q *asked) {
	s := sr.s
	if len(sr.sums) < len(s.nameDoc) {
		sr.sums = make([]float32, len(s.nameDoc)+len(s.nameDoc)/8)
	}
	sr.touched, sr.found, sr.order = sr.touched[:0], sr.found[:0], sr.order[:0]
	for i := range q.words {
		if q.weights[i] > 0 {
			sr.order = append(sr.order, i)
		}
	}
	slices.SortStableFunc(sr.order, func(a, b int) int { return cmp.Compare(q.weights[b], q.weights[a]) })
	left := sr.budget
	gathered := float32(0)
	for _, i := range sr.order {
		if len(sr.touched) > 0 && gathered > 0.6*q.size && q.weights[i] < 0.3 && sr.postingsOf(i) > 200 {
			break // the rest only tells apart what is compared anyway
		}
		left = sr.gatherWord(q, i, left)
		gathered += q.weights[i]
		if left <= 0 {
			break
		}
	}
	for _, l := range sr.joined {
		left = sr.gatherPosts(l.word, l.weight, left)
	}
	sr.choose(q)
}

// postingsOf is how many names the words have that a word of the query may be.
func (sr *searcher) postingsOf(i int) int {
	n := 0
	for _, m := range sr.meets.all[sr.ranges[i][0]:sr.ranges[i][1]] {
		n += int(sr.s.vocab.words[m.word].count)
	}
	return n
}

func (sr *searcher) gatherWord(q *asked, i, left int) int {
	list := sr.meets.all[sr.ranges[i][0]:sr.ranges[i][1]]
	for _, m := range list {
		if left = sr.gatherPosts(m.word, q.weights[i]*m.like, left); left <= 0 {
			return 0
		}
	}
	return left
}

// gatherPosts adds to the sums of the names that have a word.
func (sr *searcher) gatherPosts(word uint32, add float32, left int) int {
	s := sr.s
	if int(word)+1 < len(s.postStart) {
		left = sr.sum(s.postNames[s.postStart[word]:s.postStart[word+1]], add, left)
	}
	if len(s.newPosts) > 0 {
		left = sr.sum(s.newPosts[word], add, left)
	}
	return left
}

func (sr *searcher) sum(names []uint32, add float32, left int) int {
	names = names[:min(len(names), max(0, left))]
	for _, n := range names {
		if sr.sums[n] == 0 {
			sr.touched = append(sr.touched, n)
		}
		sr.sums[n] += add
	}
	return left - len(names)
}

// leastPart is the shared part from which a name is worth comparing.
const leastPart = 0.25

// choose keeps the names with the largest shared part, and clears the sums.
func (sr *searcher) choose(q *asked) {
	s := sr.s
	best := float32(0)
	var steps [256]int32 // names by shared part
	for _, n := range sr.touched {
		sum := min(sr.sums[n], q.size)
		sr.sums[n] = 0
		size := s.nameSize[n]
		part := 0.7*2*sum/(q.bySize+size) + 0.3*max(sum/q.size, min(1, sum/size))
		if part < leastPart || part < 0.5*best || s.nameDoc[n] == gone {
			continue
		}
		best = max(best, part)
		steps[step(part)]++
		sr.found = append(sr.found, candidate{n, part})
	}
	low, n := 255, int32(0)
	for ; low > step(0.5*best) && n < mostCompared; low-- {
		n += steps[low]
	}
	kept := sr.found[:0]
	for _, c := range sr.found {
		if step(c.sum) >= low {
			kept = append(kept, c)
		}
	}
	sr.found = kept
	slices.SortFunc(sr.found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(s.nameDoc[a.name], s.nameDoc[b.name]), cmp.Compare(s.nameNth[a.name], s.nameNth[b.name]))
	})
	sr.found = sr.found[:min(len(sr.found), mostCompared)]
}

func step(part float32) int { return min(255, int(part*192)) }
