package source

import (
	"fmt"
	"reflect"
)

// Difference is what one snapshot of a source has that another has not.
type Difference struct {
	Added   []Row // in the order of the new snapshot
	Changed []Change
	Ended   []Row // in the order of the old snapshot: no longer shown
	Same    int   // entries that are equal in both
}

// Change is an entry that both snapshots show with different content.
type Change struct {
	Old, New Row
	Fields   []string // names of the fields of Row that differ, in their order
}

// What differs between snapshots without the entry having changed.
func ofSnapshot(field string) bool {
	return field == "Line" || field == "Raw" || field == "SnapshotDate"
}

// Diff compares two snapshots of one source by Key. Each entry is exactly one
// of added, changed, ended or the same. An entry that only moved in the file is
// the same; one whose key columns were corrected has ended and been added. It
// is an error if a snapshot has a key twice, which no reader of this package
// yields.
func Diff(older, newer []Row) (Difference, error) {
	before, err := byKey(older)
	if err != nil {
		return Difference{}, err
	}
	after, err := byKey(newer)
	if err != nil {
		return Difference{}, err
	}
	var d Difference
	for _, row := range older {
		if _, ok := after[row.Key]; !ok {
			d.Ended = append(d.Ended, row)
		}
	}
	for _, row := range newer {
		old, ok := before[row.Key]
		if !ok {
			d.Added = append(d.Added, row)
			continue
		}
		if fields := differing(*old, row); len(fields) > 0 {
			d.Changed = append(d.Changed, Change{Old: *old, New: row, Fields: fields})
		} else {
			d.Same++
		}
	}
	return d, nil
}

func byKey(rows []Row) (map[string]*Row, error) {
	index := make(map[string]*Row, len(rows))
	for i := range rows {
		if first, twice := index[rows[i].Key]; twice {
			return nil, fmt.Errorf("source: lines %d and %d have the same key %.40q; diff rows of one snapshot at a time", first.Line, rows[i].Line, rows[i].Key)
		}
		index[rows[i].Key] = &rows[i]
	}
	return index, nil
}

func differing(older, newer Row) []string {
	var fields []string
	o, n := reflect.ValueOf(older), reflect.ValueOf(newer)
	for i := range o.NumField() {
		name := o.Type().Field(i).Name
		if !ofSnapshot(name) && !reflect.DeepEqual(o.Field(i).Interface(), n.Field(i).Interface()) {
			fields = append(fields, name)
		}
	}
	return fields
}
