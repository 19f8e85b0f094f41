package server

import (
	"encoding/hex"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/lang"
)

// jsonWriter appends JSON. It is written by hand because checks are many and
// reflection is slow, and so that a list is never null: what encoding/json
// reads from it equals what went in, empty lists and maps for nil ones.
type jsonWriter struct {
	b     []byte
	comma bool // something stands before the next value

	tongue *lang.Catalogue // of problems among answers
}

func (j *jsonWriter) sep() {
	if j.comma {
		j.b = append(j.b, ',')
	}
	j.comma = true
}

func (j *jsonWriter) open(c byte) {
	j.sep()
	j.b = append(j.b, c)
	j.comma = false
}

func (j *jsonWriter) close(c byte) {
	j.b = append(j.b, c)
	j.comma = true
}

func (j *jsonWriter) key(k string) {
	j.sep()
	j.b = append(j.b, '"')
	j.b = append(j.b, k...)
	j.b = append(j.b, '"', ':')
	j.comma = false
}

func (j *jsonWriter) value(s string) {
	j.sep()
	j.b = appendString(j.b, s)
}

// text writes a field; optText leaves it out when it is empty.
func (j *jsonWriter) text(k, v string) {
	j.key(k)
	j.value(v)
}

func (j *jsonWriter) optText(k, v string) {
	if v != "" {
		j.text(k, v)
	}
}

func (j *jsonWriter) number(k string, n uint64) {
	j.key(k)
	j.sep()
	j.b = strconv.AppendUint(j.b, n, 10)
}

func (j *jsonWriter) optTrue(k string, v bool) {
	if v {
		j.key(k)
		j.sep()
		j.b = append(j.b, "true"...)
	}
}

func (j *jsonWriter) instant(k string, i standing.Instant) {
	j.key(k)
	j.sep()
	j.b = append(j.b, '"')
	switch i {
	case 0:
	case standing.Forever:
		j.b = append(j.b, "open"...)
	default:
		j.b = i.Time().AppendFormat(j.b, time.RFC3339)
	}
	j.b = append(j.b, '"')
}

func (j *jsonWriter) optInstant(k string, i standing.Instant) {
	if i != 0 {
		j.instant(k, i)
	}
}

func (j *jsonWriter) digest(k string, d standing.Digest) {
	j.key(k)
	j.sep()
	j.b = append(j.b, '"')
	j.b = hex.AppendEncode(j.b, d[:])
	j.b = append(j.b, '"')
}

func (j *jsonWriter) texts(k string, list []string) {
	j.key(k)
	j.open('[')
	for _, s := range list {
		j.value(s)
	}
	j.close(']')
}

func (j *jsonWriter) optTexts(k string, list []string) {
	if len(list) > 0 {
		j.texts(k, list)
	}
}

// words writes a text by language, languages in order.
func (j *jsonWriter) words(k string, m map[string]string) {
	var room [8]string
	langs := room[:0]
	for lang := range m {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	j.key(k)
	j.open('{')
	for _, lang := range langs {
		j.sep()
		j.b = appendString(j.b, lang)
		j.b = append(j.b, ':')
		j.comma = false
		j.value(m[lang])
	}
	j.close('}')
}

func (j *jsonWriter) optWords(k string, m map[string]string) {
	if len(m) > 0 {
		j.words(k, m)
	}
}

// list writes a list of objects; optList leaves an empty one out.
func list[T any](j *jsonWriter, k string, items []T, write func(*jsonWriter, *T)) {
	j.key(k)
	elements(j, items, write)
}

func optList[T any](j *jsonWriter, k string, items []T, write func(*jsonWriter, *T)) {
	if len(items) > 0 {
		list(j, k, items, write)
	}
}

func elements[T any](j *jsonWriter, items []T, write func(*jsonWriter, *T)) {
	j.open('[')
	for i := range items {
		write(j, &items[i])
	}
	j.close(']')
}

// appendString appends a JSON string (RFC 8259); bytes that are not UTF-8 become
// the replacement character.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		}
		b = append(b, s[start:i]...)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			b = append(b, "�"...)
		}
		i++
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
