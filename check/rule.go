package check

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
)

// Rule is what the effects of many listings have in common.
type Rule struct {
	List       standing.ListID
	Ground     string
	Region     region.ID // of the listing
	Rulebook   standing.Digest
	Severity   uint8
	Source     string // of a reported listing
	WhileShown bool   // holds only while the source's last snapshot is fresh
	Party      standing.PartyKind
}

// RuleOf is the rule of an effect row's span.
func RuleOf(row *store.EffectRow, whileShown bool) Rule {
	return Rule{List: row.List, Ground: row.Ground, Region: region.ID(row.Region), Rulebook: row.Rulebook, Severity: row.Severity,
		Source: row.Source, WhileShown: whileShown, Party: row.Party}
}

// Book is the rulebook under which the listing was decided.
func (r *Rule) Book(law *Law) (*rulebook.Compiled, *rulebook.List, bool) {
	book, ok := law.Book(r.Rulebook)
	if !ok {
		return nil, nil, false
	}
	list, ok := book.List(r.List.Name())
	return book, list, ok
}

// reach is what a rule's listings restrict of a cover, and in which span of time
// their list is in force.
type reach struct {
	rule     *Rule
	span     standing.Interval
	measures []*rulebook.Measure
}

// reachBound bounds the rules that a cover remembers; they are few, so a walk
// along them costs less than a map.
const reachBound = 64

// reachOf is the reach of a rule, remembered by the cover.
func (c *Cover) reachOf(r *Rule) reach {
	known := c.reach.Load()
	if known != nil {
		for i := range *known {
			if (*known)[i].rule == r {
				return (*known)[i]
			}
		}
	}
	out := reach{r, c.law.constitution.InForce(r.List), r.find(c)}
	if r.Source != "" && out.span.Until > out.span.From {
		out.span.From = standing.MinInstant // another body's list held before it was read here
	}
	next := []reach{out}
	if known != nil && len(*known) < reachBound {
		next = append(next, *known...)
	}
	c.reach.CompareAndSwap(known, &next) // losing the race costs one more search
	return out
}

// find are the measures of the listing's list that restrict the cover's
// activity in the cover's region: a measure in a region holds below it; asked
// about anywhere, a measure anywhere counts.
func (r *Rule) find(c *Cover) []*rulebook.Measure {
	book, list, ok := r.Book(c.law)
	if !ok || !meet(r.Region, c.Region) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(book.Restricting(list, c.Activity, c.Region)), func(m *rulebook.Measure) bool { return !m.Meets(r.Party) })
}

// meet reports whether two regions ("" = anywhere) have a place in common.
func meet(a, b region.ID) bool {
	return a == "" || b == "" || region.Contains(a, b) || region.Contains(b, a)
}

// dictionary numbers rules and sets of exempted activities, so that an interval
// in the index is small. It only grows; readers take no lock.
type dictionary struct {
	mu     sync.Mutex
	rules  atomic.Pointer[[]*Rule]
	sets   atomic.Pointer[[][]string]
	ruleNo map[Rule]uint32
	setNo  map[string]uint32
}

func newDictionary() *dictionary {
	d := &dictionary{ruleNo: map[Rule]uint32{}, setNo: map[string]uint32{}}
	d.rules.Store(&[]*Rule{})
	d.sets.Store(&[][]string{nil}) // 0 = no exemption
	return d
}

func (d *dictionary) rule(r Rule) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n, ok := d.ruleNo[r]; ok {
		return n
	}
	rules := append(slices.Clip(*d.rules.Load()), &r)
	n := uint32(len(rules) - 1)
	d.ruleNo[r] = n
	d.rules.Store(&rules)
	return n
}

func (d *dictionary) set(activities []string) uint32 {
	if len(activities) == 0 {
		return 0
	}
	key := ""
	for _, a := range activities {
		key += a + "\n"
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if n, ok := d.setNo[key]; ok {
		return n
	}
	sets := append(slices.Clip(*d.sets.Load()), activities)
	n := uint32(len(sets) - 1)
	d.setNo[key] = n
	d.sets.Store(&sets)
	return n
}
