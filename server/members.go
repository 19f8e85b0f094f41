package server

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// This file works on JSON objects that the writer of this package wrote: it
// chooses among their members and lays them out as rows of a table. It relies on
// what the writer does: no space between things, and no member twice.

// members calls fn with the name and the value of every member of an object.
func members(object []byte, fn func(name string, value []byte)) {
	for i := 1; i < len(object) && object[i] == '"'; {
		end := i + jump(object[i:])
		name := string(object[i+1 : end-1]) // names of fields have no escapes
		i = end + 1
		end = i + jump(object[i:])
		fn(name, object[i:end])
		i = end + 1
	}
}

// jump is the length of the value that b begins with.
func jump(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 {
				return i // the end of what the value stands in
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
			continue
		default:
			if depth > 0 || i+1 < len(b) && b[i+1] != ',' && b[i+1] != '}' && b[i+1] != ']' {
				continue
			}
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(b)
}

// choose appends an object with the chosen members of another, in their order
// there.
func choose(to, object []byte, fields []string) []byte {
	to = append(to, '{')
	first := true
	members(object, func(name string, value []byte) {
		if !slices.Contains(fields, name) {
			return
		}
		if !first {
			to = append(to, ',')
		}
		first = false
		to = append(to, '"')
		to = append(to, name...)
		to = append(to, '"', ':')
		to = append(to, value...)
	})
	return append(to, '}')
}

// row appends an object as a line of CSV (RFC 4180): texts as they are, lists of
// texts joined by semicolons, anything deeper as JSON.
func row(to, object []byte, columns []string) []byte {
	cells := make([][]byte, len(columns))
	members(object, func(name string, value []byte) {
		if i := slices.Index(columns, name); i >= 0 {
			cells[i] = value
		}
	})
	for i, value := range cells {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendCell(to, plainText(value))
	}
	return append(to, '\r', '\n')
}

func plainText(value []byte) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var s string
		_ = json.Unmarshal(value, &s) // the writer's own
		return s
	case '[':
		var list []string
		if json.Unmarshal(value, &list) == nil {
			return strings.Join(list, "; ")
		}
	}
	return string(value)
}

// appendCell appends a field of CSV. One that a spreadsheet would take for a
// formula gets an apostrophe in front, wide forms of the signs included; nothing
// that the register writes by itself begins so.
func appendCell(to []byte, s string) []byte {
	if trimmed := strings.TrimLeft(s, " \u00a0\u3000\ufeff"); trimmed != "" {
		switch []rune(trimmed)[0] {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%':
			s = "'" + s
		}
	}
	if !strings.ContainsAny(s, ",\"\r\n;'") && s == strings.TrimSpace(s) {
		return append(to, s...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(s, `"`, `""`)...)
	return append(to, '"')
}

// names are the names of a type's members on the wire, in their order.
func names(t reflect.Type) []string {
	var out []string
	for f := range fieldsOf(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, tag)
	}
	return out
}

// fieldsOf walks the fields of a struct and those of the structs embedded in it.
func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) {
			if !f.Anonymous && !yield(f) {
				return
			}
		}
	}
}
