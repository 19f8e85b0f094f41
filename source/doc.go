// Package source reads real published lists - debarments, denial orders,
// administrative sanctions, FollowTheMoney exports - and yields neutral rows.
// Later code turns a [Row] into a party, a ruling and a listing, all marked
// reported; nothing here judges, links or guesses.
//
//	r, err := source.Open("ebrd", file, source.Options{Snapshot: day})
//	for {
//		row, reject, err := r.Next()
//		if err == io.EOF {
//			break
//		}
//		...
//	}
//
// Each record of the file becomes exactly one row or one [Reject] with its
// reason; the reader then goes on. Only a failing [io.Reader], or more rows
// than the stated limit, ends it with an error.
//
// Lists in columns (CSV, TSV) are read by mappings: YAML files that say which
// column is which field, in which order dates are printed and what each printed
// value means. The built-in formats are such files too, in builtin/; to read
// the next list, write one (docs/import.md) and pass it to format "csv". What a
// mapping does not foresee - a new value, another date order, another column -
// is refused and never read as something near it.
//
// Memory is bounded by [Options], whatever the size of the file, but for 16
// bytes a row by which keys are kept apart; [Diff] holds what it is given. The
// package is pure: it opens no file, and the snapshot's date is an argument.
package source
