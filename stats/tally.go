package stats

import (
	"cmp"
	"slices"
)

// column is what is counted in a month.
type column uint16

// The columns of organisations. A number that is the event of an end is added
// to colEnded, the bucket of a duration to colDays.
const (
	colBegan      column = iota
	colShownBegan        // of those began, the ones that hold while their source shows them
	colShownEnded
	colNotice
	colObjection
	colUpheld
	colError
	colExemption
	colEnded column = 16
	colDays  column = 512
)

// item says how many of a column there were in a month.
type item struct {
	key uint32 // month, then column
	n   int32
}

func keyOf(m month, c column) uint32 { return uint32(m)<<16 | uint32(c) }

func (i item) month() month   { return month(i.key >> 16) }
func (i item) column() column { return column(i.key) }

// tally counts by month and column in 8 bytes for each that occurs. New items
// are appended and merged now and then, which is quick in any order of months;
// a reader adds up both parts.
type tally struct {
	merged []item // by key, each once
	fresh  []item
	all    []int32 // of all months, by column
}

const fewFresh = 8

func (t *tally) add(m month, c column, n int32) {
	for len(t.all) <= int(c) {
		t.all = append(t.all, 0)
	}
	t.all[c] += n
	key := keyOf(m, c)
	if last := len(t.fresh) - 1; last >= 0 && t.fresh[last].key == key {
		t.fresh[last].n += n
		return
	}
	if len(t.fresh) >= fewFresh+len(t.merged)/4 {
		t.merge()
	}
	t.fresh = append(t.fresh, item{key, n})
}

func (t *tally) merge() {
	slices.SortFunc(t.fresh, func(a, b item) int { return cmp.Compare(a.key, b.key) })
	distinct := 0
	for i, old := 0, 0; i < len(t.fresh); i++ {
		if i > 0 && t.fresh[i].key == t.fresh[i-1].key {
			continue
		}
		for old < len(t.merged) && t.merged[old].key < t.fresh[i].key {
			old++
		}
		if old == len(t.merged) || t.merged[old].key != t.fresh[i].key {
			distinct++
		}
	}
	if distinct == 0 {
		t.addInPlace()
		return
	}
	out := make([]item, 0, len(t.merged)+distinct)
	put := func(i item) {
		if last := len(out) - 1; last >= 0 && out[last].key == i.key {
			out[last].n += i.n
			return
		}
		if last := len(out) - 1; last >= 0 && out[last].n == 0 {
			out = out[:last]
		}
		out = append(out, i)
	}
	old := t.merged
	for _, i := range t.fresh {
		for len(old) > 0 && old[0].key <= i.key {
			put(old[0])
			old = old[1:]
		}
		put(i)
	}
	for _, i := range old {
		put(i)
	}
	t.merged, t.fresh = out, nil
}

// addInPlace adds fresh items to merged ones that have all their keys; a count
// of zero stays until there is a new key.
func (t *tally) addInPlace() {
	at := 0
	for _, i := range t.fresh {
		for t.merged[at].key != i.key {
			at++
		}
		t.merged[at].n += i.n
	}
	t.fresh = t.fresh[:0]
}

// parts are all items, some keys twice.
func (t *tally) parts() [2][]item { return [2][]item{t.merged, t.fresh} }
