package check

import (
	"maps"
	"slices"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/calendar"
)

// Law is what is in force in a register: its constitution with the compiled
// rulebooks. It is immutable but for a memory of what was asked before.
type Law struct {
	constitution *standing.Constitution
	books        *rulebook.Set
	covers       atomic.Pointer[map[place]*Cover] // copied on write
}

type place struct {
	activity string
	region   region.ID
}

// coversBound bounds the memory of covers: regions times activities could be
// many, and a question may name any of them.
const coversBound = 4096

// NewLaw compiles a constitution. The constitution must not change any more.
func NewLaw(c *standing.Constitution, books *rulebook.Set) *Law {
	l := &Law{constitution: c, books: books}
	l.covers.Store(&map[place]*Cover{})
	return l
}

// Constitution is the constitution that the law was compiled from.
func (l *Law) Constitution() *standing.Constitution { return l.constitution }

// Book is the compiled rulebook of a digest.
func (l *Law) Book(digest standing.Digest) (*rulebook.Compiled, bool) {
	return l.books.ByDigest(digest)
}

// Cover is everything that can restrict one activity in one region.
type Cover struct {
	Activity string
	Region   region.ID // "" = anywhere
	lists    []covering
	law      *Law
	vacant   atomic.Pointer[[]vacancy]
	reach    atomic.Pointer[[]reach] // of the rules met so far
}

// vacancy is the decision about whoever has no entry, asked for by one scheme,
// in a span in which nothing that it rests on begins or ends.
type vacancy struct {
	scheme string
	standing.Interval
	fresh    *Sources
	decision Decision
}

// absent is the decision about whoever has no entry. It is the answer to most
// questions, so it is worked out once for each span.
func (c *Cover) absent(scheme string, at standing.Instant, fresh *Sources) Decision {
	known := c.vacant.Load()
	if known != nil {
		for i := range *known {
			if v := &(*known)[i]; v.scheme == scheme && v.fresh == fresh && v.Holds(at) {
				return v.decision
			}
		}
	}
	v := vacancy{scheme, c.steady(at, *fresh), fresh, c.Decide(scheme, nil, at, *fresh)}
	next := []vacancy{v}
	if known != nil {
		for _, o := range *known {
			if o.fresh == fresh && len(next) < 32 {
				next = append(next, o)
			}
		}
	}
	c.vacant.CompareAndSwap(known, &next) // losing the race costs one more decision
	return v.decision
}

// steady is the span around an instant in which no list comes into force, ends,
// becomes complete or goes stale.
func (c *Cover) steady(at standing.Instant, fresh Sources) standing.Interval {
	out := standing.Interval{From: standing.MinInstant, Until: standing.Forever}
	bound := func(i standing.Instant) {
		if i <= at {
			out.From = max(out.From, i)
		} else {
			out.Until = min(out.Until, i)
		}
	}
	for i := range c.lists {
		v := &c.lists[i]
		bound(v.span.From)
		bound(v.span.Until)
		for _, since := range v.complete {
			bound(since)
		}
		if v.list.Reported != nil {
			bound(fresh[string(v.id)])
		}
	}
	return out
}

// covering is one version of a list in the time in which it is in force.
type covering struct {
	id       standing.ListID
	span     standing.Interval
	list     *rulebook.List
	complete map[string]standing.Instant // by scheme, since
}

// Cover finds what can restrict an activity in a region ("" = anywhere).
// Invalid names what is wrong with either.
func (l *Law) Cover(act string, where region.ID) (*Cover, error) {
	key := place{act, where}
	if c := (*l.covers.Load())[key]; c != nil {
		return c, nil
	}
	c, err := l.cover(act, where)
	if err != nil {
		return nil, err
	}
	old := l.covers.Load()
	next := make(map[place]*Cover, len(*old)+1)
	if len(*old) < coversBound {
		maps.Copy(next, *old)
	}
	next[key] = c
	l.covers.CompareAndSwap(old, &next) // losing the race costs one more compilation
	return c, nil
}

func (l *Law) cover(act string, where region.ID) (*Cover, error) {
	if _, ok := activity.Find(act); !ok {
		if err := activity.Check(act); err != nil {
			return nil, standing.Errorf(standing.Invalid, "%v", err).Advise("choose a leaf of the activity tree: standing rulebook activities")
		}
		return nil, standing.Errorf(standing.Invalid, "%q is a branch of the activity tree: ask about one of its leaves", act)
	}
	if where != "" {
		if _, err := region.Parse(string(where)); err != nil {
			return nil, standing.Errorf(standing.Invalid, "%v", err)
		}
	}
	c := &Cover{Activity: act, Region: where, law: l}
	for _, name := range slices.Sorted(maps.Keys(l.constitution.Rulebooks)) {
		for n, adoption := range l.constitution.Rulebooks[name] {
			book, ok := l.books.ByDigest(adoption.Digest)
			if !ok {
				return nil, standing.Errorf(standing.Unavailable, "the text of rulebook %s (%s) is not loaded", name, adoption.Digest)
			}
			for i := range book.Lists {
				c.add(book, &book.Lists[i], adoption.Interval, n == 0)
			}
		}
	}
	return c, nil
}

func (c *Cover) add(book *rulebook.Compiled, list *rulebook.List, span standing.Interval, first bool) {
	if len(book.Restricting(list, c.Activity, c.Region)) == 0 {
		return
	}
	id := standing.ListID(book.Name + "/" + list.ID)
	if first && list.Reported != nil {
		span.From = standing.MinInstant // another body's list held before it was read here
	}
	if at := c.law.constitution.Repealed[id]; at != 0 {
		span.Until = min(span.Until, at)
	}
	v := covering{id: id, span: span, list: list, complete: map[string]standing.Instant{}}
	for _, k := range list.Complete {
		if d, err := calendar.ParseDate(k.Since); err == nil {
			v.complete[k.Scheme] = standing.At(book.Calendar.Start(d))
		}
	}
	c.lists = append(c.lists, v)
}

// Gap is a list that covers the activity and cannot be asked.
type Gap struct {
	List  standing.ListID
	Why   string
	AskBy []string
}

// Decision is a verdict with what it rests on.
type Decision struct {
	Verdict Verdict
	Hits    []Hit // only those that restrict
	Gaps    []Gap // only when unknown
}

// Verdict is one of four; see package api for their meaning.
type Verdict uint8

// The verdicts. Zero is none of them, so that nothing is clear by default.
const (
	Clear Verdict = iota + 1
	Restricted
	Unknown
	NotCovered
)

// Hit is an effect that restricts, with the measures by which it does.
type Hit struct {
	standing.Interval
	Rule     *Rule
	Listing  standing.CaseID
	Ruling   standing.CaseID
	Exempted []string
	Measures []*rulebook.Measure
}

// Decide is the decision of this package: hits are the spans found on whoever
// was asked about, scheme is how they were asked for.
func (c *Cover) Decide(scheme string, hits []Hit, at standing.Instant, fresh Sources) Decision {
	d := Decision{Verdict: NotCovered, Hits: hits[:0]} // filtered in place
	for i := range hits {
		if c.restricts(&hits[i], at, fresh) {
			d.Hits = append(d.Hits, hits[i])
		}
	}
	if len(d.Hits) > 0 {
		d.Verdict = Restricted
		sortHits(d.Hits)
		return d
	}
	for i := range c.lists {
		v := &c.lists[i]
		if !v.span.Holds(at) {
			continue
		}
		if d.Verdict == NotCovered {
			d.Verdict = Clear
		}
		if why := v.gap(scheme, at, fresh); why != "" {
			d.Verdict = Unknown
			d.Gaps = append(d.Gaps, Gap{v.id, why, slices.Sorted(maps.Keys(v.complete))})
		}
	}
	return d
}

// gap says why a list cannot vouch for the absence of an entry; "" when it can.
func (v *covering) gap(scheme string, at standing.Instant, fresh Sources) string {
	since, ok := v.complete[scheme]
	switch {
	case !ok:
		return "not complete for " + scheme
	case at < since:
		return "complete for " + scheme + " only since " + since.String()
	case v.list.Reported != nil && at >= fresh[string(v.id)]:
		return "no fresh snapshot of the source"
	}
	return ""
}

// Sources says for each imported list (by list id) until when its last
// snapshot is fresh enough to rely on.
type Sources map[string]standing.Instant

// restricts reports whether a hit restricts the cover's activity there at an
// instant, and fills in by which measures.
func (c *Cover) restricts(h *Hit, at standing.Instant, fresh Sources) bool {
	r := c.reachOf(h.Rule)
	if !h.Holds(at) || !r.span.Holds(at) {
		return false
	}
	if h.Rule.WhileShown && at >= fresh[string(h.Rule.List)] {
		return false
	}
	if len(h.Exempted) > 0 && slices.ContainsFunc(h.Exempted, func(x string) bool { return activity.Covers(x, c.Activity) }) {
		return false
	}
	h.Measures = r.measures
	return len(r.measures) > 0
}

func sortHits(hits []Hit) {
	if len(hits) < 2 {
		return
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Rule.List != b.Rule.List {
			return slices.Compare([]byte(a.Rule.List), []byte(b.Rule.List))
		}
		return slices.Compare(a.Listing[:], b.Listing[:])
	})
}
