package bulk

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/openstanding/standing"
)

// line builds one object of canonical JSON (RFC 8785): its members are added in
// the order of their names.
type line struct {
	b     []byte
	comma bool
}

func (l *line) open() { l.b, l.comma = append(l.b, '{'), false }

func (l *line) shut() { l.b = append(l.b, '}') }

func (l *line) name(name string) {
	if l.comma {
		l.b = append(l.b, ',')
	}
	l.comma = true
	l.b = append(append(append(l.b, '"'), name...), '"', ':')
}

// text adds a member unless it is empty.
func (l *line) text(name, value string) {
	if value != "" {
		l.name(name)
		l.b = quote(l.b, value)
	}
}

// when adds an instant unless it is not set.
func (l *line) when(name string, at standing.Instant) {
	if at != 0 {
		l.name(name)
		l.b = append(at.Time().AppendFormat(append(l.b, '"'), rfc3339), '"')
	}
}

// texts adds a list unless it is empty.
func (l *line) texts(name string, values []string) {
	if len(values) > 0 {
		l.list(name, values)
	}
}

// list adds a list.
func (l *line) list(name string, values []string) {
	l.name(name)
	l.b = append(l.b, '[')
	for i, v := range values {
		if i > 0 {
			l.b = append(l.b, ',')
		}
		l.b = quote(l.b, v)
	}
	l.b = append(l.b, ']')
}

const rfc3339 = "2006-01-02T15:04:05Z"

// quote appends a string as RFC 8785 writes it: the short escapes, \u00xx for
// other controls, everything else as it is.
func quote(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// member finds a text member of a line of canonical JSON at its top level;
// false if there is none or the line is no such object.
func member(row []byte, name string) (string, bool) {
	for i := 1; i < len(row) && row[0] == '{'; {
		if row[i] == ',' {
			i++
		}
		end := skipText(row, i)
		if end < 0 || end >= len(row) || row[end] != ':' {
			return "", false
		}
		found := string(row[i+1:end-1]) == name
		i = end + 1
		end = skipValue(row, i)
		if end < 0 {
			return "", false
		}
		if found {
			return unquote(row[i:end])
		}
		i = end
	}
	return "", false
}

func unquote(b []byte) (string, bool) {
	if len(b) < 2 || b[0] != '"' {
		return "", false
	}
	for _, c := range b {
		if c == '\\' {
			var s string
			err := json.Unmarshal(b, &s)
			return s, err == nil
		}
	}
	return string(b[1 : len(b)-1]), utf8.Valid(b)
}

// skipText returns where the string that begins at i has ended, or -1.
func skipText(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return -1
	}
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// skipValue returns where the value that begins at i has ended, or -1.
func skipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = skipText(b, i); i < 0 {
				return -1
			}
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return -1
}
