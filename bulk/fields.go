package bulk

import (
	"strconv"
	"strings"

	"github.com/openstanding/standing/api"
)

// field is a column of the files: its name in all of them, its type as Table
// Schema names it, and its cell in CSV. What it means stands in package lang
// under bulk.party.NAME and bulk.listing.NAME.
type field[R any] struct {
	name     string
	kind     string // string, integer, boolean, datetime, list
	required bool
	cell     func(r R, id string) string
}

func partyFields() []field[*api.PartyRow] {
	type row = *api.PartyRow
	return []field[row]{
		{"id", "string", true, func(_ row, id string) string { return id }},
		{"party", "string", true, func(r row, _ string) string { return r.Party }},
		{"kind", "string", true, func(r row, _ string) string { return r.Kind.String() }},
		{"names", "list", false, func(r row, _ string) string { return cells(r.Names) }},
		{"identifiers", "list", false, func(r row, _ string) string { return cells(r.Identifiers) }},
		{"country", "string", false, func(r row, _ string) string { return r.Country }},
		{"region", "string", false, func(r row, _ string) string { return r.Region }},
		{"address", "string", false, func(r row, _ string) string { return r.Address }},
		{"registry", "string", false, func(r row, _ string) string { return string(r.Registry) }},
		{"entries", "integer", true, func(r row, _ string) string { return strconv.Itoa(r.Entries) }},
		{"lists", "list", false, func(r row, _ string) string { return cells(listTexts(r.Lists)) }},
		{"newest", "datetime", false, func(r row, _ string) string { return r.Newest.String() }},
	}
}

func listingFields() []field[*api.ListingRow] {
	type row = *api.ListingRow
	return []field[row]{
		{"id", "string", true, func(r row, _ string) string { return r.ID }},
		{"list", "string", true, func(r row, _ string) string { return string(r.List) }},
		{"field", "string", false, func(r row, _ string) string { return r.Field }},
		{"ground", "string", false, func(r row, _ string) string { return r.Ground }},
		{"party", "string", true, func(r row, _ string) string { return r.Party }},
		{"name", "string", false, func(r row, _ string) string { return r.Name }},
		{"partyKind", "string", true, func(r row, _ string) string { return r.PartyKind.String() }},
		{"region", "string", false, func(r row, _ string) string { return r.Region }},
		{"authority", "string", false, func(r row, _ string) string { return string(r.Authority) }},
		{"ruling", "string", false, func(r row, _ string) string { return r.Ruling }},
		{"rulingKind", "string", false, func(r row, _ string) string { return r.RulingKind }},
		{"docket", "string", false, func(r row, _ string) string { return r.Docket }},
		{"decided", "datetime", false, func(r row, _ string) string { return r.Decided.String() }},
		{"from", "datetime", false, func(r row, _ string) string { return r.From.String() }},
		{"until", "datetime", false, func(r row, _ string) string { return r.Until.String() }},
		{"review", "datetime", false, func(r row, _ string) string { return r.Review.String() }},
		{"stayed", "boolean", true, func(r row, _ string) string { return strconv.FormatBool(r.Stayed) }},
		{"source", "string", false, func(r row, _ string) string { return r.Source }},
		{"snapshot", "datetime", false, func(r row, _ string) string { return r.Snapshot.String() }},
	}
}

// cells joins a list for one cell: a bar between its members, a backslash before
// a bar or backslash within one.
func cells(list []string) string {
	if len(list) == 1 && !strings.ContainsAny(list[0], `\|`) {
		return list[0]
	}
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte('|')
		}
		for _, c := range []byte(s) {
			if c == '\\' || c == '|' {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
	}
	return b.String()
}

// SplitCell takes apart a cell that holds a list, after [PlainCell].
func SplitCell(cell string) []string {
	if cell == "" {
		return nil
	}
	var out []string
	var b strings.Builder
	for i := 0; i < len(cell); i++ {
		switch c := cell[i]; {
		case c == '\\' && i+1 < len(cell):
			i++
			b.WriteByte(cell[i])
		case c == '|':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return append(out, b.String())
}

// risky begins a cell that a spreadsheet might take for a formula, in either
// width, or that begins as a guarded cell does.
func risky(cell string) bool {
	if cell == "" {
		return false
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n', '\'':
		return true
	}
	for _, wide := range [...]string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, wide) {
			return true
		}
	}
	return false
}

// PlainCell gives back the text of a cell: an apostrophe in front is the guard
// against formulas and no part of it.
func PlainCell(cell string) string { return strings.TrimPrefix(cell, "'") }

// appendCell writes a cell as RFC 4180 has it, guarded.
func appendCell(b []byte, cell string) []byte {
	guard := risky(cell)
	if !guard && !strings.ContainsAny(cell, "\",\n\r") && !strings.HasPrefix(cell, " ") {
		return append(b, cell...)
	}
	b = append(b, '"')
	if guard {
		b = append(b, '\'')
	}
	for _, c := range []byte(cell) {
		if c == '"' {
			b = append(b, '"')
		}
		b = append(b, c)
	}
	return append(b, '"')
}
