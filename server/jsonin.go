package server

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/openstanding/standing"
)

// jsonReader reads the few shapes of JSON that requests have: objects with known
// keys, arrays, strings. Anything else, doubled keys and invalid UTF-8 included,
// is an error with its byte. Depth is bounded by the shapes: it recurses nowhere
// by itself. Grammar: RFC 8259.
type jsonReader struct {
	b []byte
	i int
}

// newJSONReader refuses bytes that are not UTF-8.
func newJSONReader(b []byte) (*jsonReader, error) {
	if !utf8.Valid(b) {
		at := 0
		for at < len(b) {
			r, n := utf8.DecodeRune(b[at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		return nil, malformed("byte %d is not valid UTF-8", at+1)
	}
	return &jsonReader{b: b}, nil
}

func malformed(format string, args ...any) error {
	e := standing.Errorf(standing.Invalid, format, args...)
	e.Do = "see /api/openapi.json"
	return e
}

// fail says what is expected where the reader stands.
func (p *jsonReader) fail(what string) error {
	expected := (&standing.Error{What: what}).Phrase()
	if p.i >= len(p.b) {
		return malformed("the JSON ends after byte %d, where %s is expected", len(p.b), expected)
	}
	return malformed("JSON, byte %d: %s is expected", p.i+1, expected)
}

func (p *jsonReader) space() {
	for p.i < len(p.b) && (p.b[p.i] == ' ' || p.b[p.i] == '\n' || p.b[p.i] == '\t' || p.b[p.i] == '\r') {
		p.i++
	}
}

// take consumes one character if it stands next.
func (p *jsonReader) take(c byte) bool {
	p.space()
	if p.i < len(p.b) && p.b[p.i] == c {
		p.i++
		return true
	}
	return false
}

// end reports whatever follows the value.
func (p *jsonReader) end() error {
	p.space()
	if p.i < len(p.b) {
		return p.fail("the end")
	}
	return nil
}

// object reads an object; field reads the value of each key and returns
// errUnknown for a key that it does not know.
func (p *jsonReader) object(field func(key string) error) error {
	if !p.take('{') {
		return p.fail("an object")
	}
	var room [12]string
	seen := room[:0]
	for first := true; !p.take('}'); first = false {
		if !first && !p.take(',') {
			return p.fail("a comma or }")
		}
		p.space()
		at := p.i
		key, err := p.str()
		if err != nil {
			return err
		}
		if slices.Contains(seen, key) {
			return malformed("JSON, byte %d: the name %.40q stands there twice", at+1, key)
		}
		if !p.take(':') {
			return p.fail("a colon")
		}
		if err := field(key); err == errUnknown {
			return malformed("JSON, byte %d: the name %.40q means nothing here", at+1, key)
		} else if err != nil {
			return err
		}
		seen = append(seen, key)
	}
	return nil
}

// errUnknown says that a name is not known; who reads the names says where.
const errUnknown = unknownName("unknown name")

type unknownName string

func (e unknownName) Error() string { return string(e) }

// array reads an array; element reads each element.
func (p *jsonReader) array(element func() error) error {
	if !p.take('[') {
		return p.fail("an array")
	}
	for first := true; !p.take(']'); first = false {
		if !first && !p.take(',') {
			return p.fail("a comma or ]")
		}
		if err := element(); err != nil {
			return err
		}
	}
	return nil
}

// raw reads a string and returns what stands between the quotes, and whether
// escapes are among it.
func (p *jsonReader) raw() (s []byte, escaped bool, err error) {
	if !p.take('"') {
		return nil, false, p.fail("a string")
	}
	start := p.i
	for ; p.i < len(p.b); p.i++ {
		switch c := p.b[p.i]; {
		case c == '"':
			p.i++
			return p.b[start : p.i-1], escaped, nil
		case c == '\\':
			escaped = true
			p.i++
		case c < ' ':
			return nil, false, p.fail("an escaped control character")
		}
	}
	p.i = len(p.b)
	return nil, false, p.fail(`a closing "`)
}

// whole reads a whole number from 0 to 999,999,999 and returns its digits.
func (p *jsonReader) whole() (string, error) {
	p.space()
	start := p.i
	for p.i < len(p.b) && p.b[p.i] >= '0' && p.b[p.i] <= '9' && p.i-start < 9 {
		p.i++
	}
	digits := string(p.b[start:p.i])
	if digits == "" || len(digits) > 1 && digits[0] == '0' {
		p.i = start
		return "", p.fail("a whole number below a thousand million")
	}
	return digits, nil
}

func (p *jsonReader) str() (string, error) {
	raw, escaped, err := p.raw()
	if err != nil || !escaped {
		return string(raw), err
	}
	end := p.i
	out, at := unescape(raw)
	if at >= 0 {
		p.i = end - 1 - len(raw) + at
		return "", p.fail("a valid escape")
	}
	return out, nil
}

// base64 reads a string of standard base64 with padding (RFC 4648 section 4).
func (p *jsonReader) base64() ([]byte, error) {
	p.space()
	at := p.i
	raw, escaped, err := p.raw()
	if err != nil {
		return nil, err
	}
	if escaped {
		s, bad := unescape(raw)
		if bad >= 0 {
			p.i = at
			return nil, p.fail("a string with valid escapes")
		}
		raw = []byte(s)
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(raw)))
	n, err := base64.StdEncoding.Strict().Decode(out, raw)
	if err != nil || bytes.ContainsAny(raw, "\r\n") { // which Decode skips
		p.i = at
		return nil, p.fail("a string of base64 with padding")
	}
	return out[:n], nil
}

// unescape resolves the escapes of a string; at is the index of a wrong one, -1
// when there is none.
func unescape(raw []byte) (out string, at int) {
	b := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b = append(b, raw[i])
			continue
		}
		start := i
		i++
		if i == len(raw) {
			return "", start
		}
		switch c := raw[i]; c {
		case '"', '\\', '/':
			b = append(b, c)
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r, n := unicodeEscape(raw[start:])
			if n == 0 {
				return "", start
			}
			b = utf8.AppendRune(b, r)
			i = start + n - 1
		default:
			return "", start
		}
	}
	return string(b), -1
}

// unicodeEscape reads \uXXXX or a surrogate pair of them at the beginning of b
// and says how many bytes it is long, 0 if it is none.
func unicodeEscape(b []byte) (rune, int) {
	unit := func(b []byte) rune {
		if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
			return -1
		}
		n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	r := unit(b)
	switch {
	case r < 0:
		return 0, 0
	case !utf16.IsSurrogate(r):
		return r, 6
	}
	if r = utf16.DecodeRune(r, unit(b[6:])); r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}
