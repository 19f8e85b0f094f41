package stats

import "github.com/openstanding/standing"

// wait says that a listing has something to count from an instant on: its
// beginning or end, or an act of its case.
type wait struct {
	at     standing.Instant
	record uint32
	act    column // 0: beginning or end
}

// queue is a binary heap of waits by instant. A wait that was overtaken by a
// later change stays until its instant and then counts nothing.
type queue []wait

// due reports whether a wait is over at an instant.
func (q queue) due(now standing.Instant) bool { return len(q) > 0 && q[0].at <= now }

func (q *queue) push(w wait) {
	h := append(*q, w)
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if h[up].at <= h[i].at {
			break
		}
		h[up], h[i] = h[i], h[up]
		i = up
	}
	*q = h
}

func (q *queue) pop() wait {
	h := *q
	first, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && h[down+1].at < h[down].at {
			down++
		}
		if h[i].at <= h[down].at {
			break
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
	*q = h
	return first
}
