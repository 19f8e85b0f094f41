package source

import (
	"io"
	"strconv"
	"strings"
)

// record is one record of a list in columns; code and fault tell why it has no
// fields.
type record struct {
	line   int
	raw    string
	fields []string
	note   string
	code   Code
	fault  string
}

// Longer records on several lines mean a quote gone astray. The bounds keep
// what one such quote costs small: each of its lines may be read again.
const (
	maxRecordLines = 40
	maxJoined      = 64 << 10 // bytes
	maxFields      = 512
)

// records splits lines into records by RFC 4180, with any delimiter.
//
// With lenient quotes, a record that breaks RFC 4180 because its writer did not
// double the quotes inside a quoted field is read again by one other rule: a
// quote ends a field only before a delimiter or a line end, and every other
// quote is a letter. What then has not the right number of fields is rejected
// by the caller.
type records struct {
	lines   *lines
	delim   byte
	lenient bool
}

// next returns the next record; io.EOF at the end. Empty lines are no records.
// A record of which a quote is never closed costs only its first line: reading
// goes on at the second.
func (r *records) next() (record, error) {
	first, err := r.lines.next()
	for err == nil && first.text == "" && first.fault == "" {
		first, err = r.lines.next()
	}
	if err != nil {
		return record{}, err
	}
	rec := record{line: first.no, raw: first.text, note: first.note}
	if first.fault != "" {
		return rec.broken(Unreadable, first.fault), nil
	}
	var more []line
	fields, state := r.split(rec.raw)
	for {
		switch state {
		case splitDone:
			rec.fields = fields
			return rec, nil
		case splitBad:
			return r.giveUp(rec, first, more, "a quote inside a field is not doubled"), nil
		case splitMany:
			return r.giveUp(rec, first, more, "more than "+strconv.Itoa(maxFields)+" fields"), nil
		}
		next, err := r.lines.next()
		if err != nil && err != io.EOF {
			return record{}, err
		}
		if err == nil {
			more = append(more, next)
		}
		if err == io.EOF || next.fault != "" || len(more) >= maxRecordLines ||
			len(rec.raw)+len(next.text) > min(maxJoined, r.lines.max) {
			return r.giveUp(rec, first, more, "a quoted field is never closed"), nil
		}
		rec.raw += "\n" + next.text
		if strings.Contains(next.text, `"`) { // nothing else can close the field
			fields, state = r.split(rec.raw)
		}
		if rec.note == "" {
			rec.note = next.note
		}
	}
}

func (r *records) giveUp(rec record, first line, more []line, fault string) record {
	r.lines.unread(more)
	rec.raw, rec.note = first.text, ""
	return rec.broken(Malformed, fault)
}

func (r record) broken(code Code, fault string) record {
	r.fields, r.code, r.fault = nil, code, fault
	return r
}

type splitState int

const (
	splitDone splitState = iota
	splitOpen            // a quoted field goes on on the next line
	splitBad             // breaks the rule
	splitMany            // too many fields
)

func (r *records) split(s string) ([]string, splitState) {
	fields, state := splitBy(s, r.delim, false)
	if state == splitBad && r.lenient {
		return splitBy(s, r.delim, true)
	}
	return fields, state
}

// splitBy splits one record. bare selects the second rule (see records).
func splitBy(s string, delim byte, bare bool) ([]string, splitState) {
	var fields []string
	for {
		if len(fields) == maxFields {
			return nil, splitMany
		}
		field, rest, state := cutField(s, delim, bare)
		if state != splitDone {
			return nil, state
		}
		fields = append(fields, field)
		if rest == "" {
			return fields, splitDone
		}
		s = rest[1:] // the delimiter; what follows may be an empty last field
	}
}

// cutField returns the first field of s and the rest, which is empty or begins
// with the delimiter.
func cutField(s string, delim byte, bare bool) (field, rest string, state splitState) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, delim)
		if end < 0 {
			end = len(s)
		}
		if !bare && strings.Contains(s[:end], `"`) {
			return "", "", splitBad
		}
		return s[:end], s[end:], splitDone
	}
	var b strings.Builder
	s = s[1:]
	for {
		q := strings.IndexByte(s, '"')
		if q < 0 {
			return "", "", splitOpen
		}
		b.WriteString(s[:q])
		after := s[q+1:]
		switch {
		case !bare && strings.HasPrefix(after, `"`):
			b.WriteByte('"')
			s = after[1:]
		case after == "" || after[0] == delim:
			return b.String(), after, splitDone
		case bare:
			b.WriteByte('"')
			s = after
		default:
			return "", "", splitBad
		}
	}
}
