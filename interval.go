package standing

import "slices"

// Interval is a half-open span of time [From, Until).
type Interval struct {
	From  Instant `json:"from"`
	Until Instant `json:"until"`
}

// Holds reports whether the instant lies in the interval.
func (i Interval) Holds(at Instant) bool { return i.From <= at && at < i.Until }

// empty reports whether no instant lies in the interval.
func (i Interval) empty() bool { return i.From >= i.Until }

// cut removes the holes from a span and returns what is left, in order.
func cut(span Interval, holes []Interval) []Interval {
	if span.empty() {
		return nil
	}
	holes = slices.Clone(holes)
	slices.SortFunc(holes, func(a, b Interval) int {
		switch {
		case a.From < b.From:
			return -1
		case a.From > b.From:
			return 1
		}
		return 0
	})
	var out []Interval
	for _, h := range holes {
		if h.empty() || h.Until <= span.From || h.From >= span.Until {
			continue
		}
		if left := (Interval{span.From, h.From}); !left.empty() {
			out = append(out, left)
		}
		span.From = max(span.From, h.Until)
	}
	if !span.empty() {
		out = append(out, span)
	}
	return out
}

// earliest is the smallest instant that is set, or Forever.
func earliest(instants ...Instant) Instant {
	out := Forever
	for _, i := range instants {
		if i != 0 && i < out {
			out = i
		}
	}
	return out
}
