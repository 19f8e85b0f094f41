package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// errAbsent says that a path leads nowhere in a document that is otherwise fine.
var errAbsent = errors.New("absent")

// step is one step of a path: a name, an index in brackets, or a quoted name in
// brackets.
var step = regexp.MustCompile(`^(?:\.?([^.\[\]"]+)|\[(-?\d+)\]|\["([^"]*)"\])`)

// lookUp returns what stands in a JSON text at a path such as
// listings[0].measures.length, as text: strings without quotes, numbers as they are
// written, everything else as compact JSON. "." is the whole text.
func lookUp(text, path string) (string, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return "", fmt.Errorf("this is no JSON: %w\n%s", err, text)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return "", fmt.Errorf("there is more than one JSON value\n%s", text)
	}
	for rest := strings.TrimPrefix(path, "."); rest != ""; {
		m := step.FindStringSubmatch(rest)
		if m == nil {
			return "", fmt.Errorf("path %q: what is %q?", path, rest)
		}
		next, ok := walk(v, m)
		if !ok {
			return "", fmt.Errorf("%s: %w at %q", path, errAbsent, rest)
		}
		v, rest = next, rest[len(m[0]):]
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	}
	compact, err := json.Marshal(v)
	return string(compact), err
}

// walk takes one step, as matched by the expression step.
func walk(v any, m []string) (any, bool) {
	list, isList := v.([]any)
	object, isObject := v.(map[string]any)
	switch name := m[1] + m[3]; {
	case m[1] == "length" && isList:
		return json.Number(strconv.Itoa(len(list))), true
	case m[2] != "" && isList:
		i, err := strconv.Atoi(m[2])
		if i < 0 {
			i += len(list)
		}
		if err != nil || i < 0 || i >= len(list) {
			return nil, false
		}
		return list[i], true
	case name != "" && isObject:
		next, ok := object[name]
		return next, ok
	}
	return nil, false
}

func TestLookUp(t *testing.T) {
	const text = `{"a": {"b": [10, 2.50, "x"]}, "with.dot": true, "nothing": null, "list": [{"n": 1}, {"n": 12345678901234567890}]}`
	for _, c := range []struct{ path, want string }{
		{"a.b[0]", "10"},
		{"a.b[1]", "2.50"},
		{"a.b[2]", "x"},
		{"a.b[-1]", "x"},
		{"a.b.length", "3"},
		{"a.b", `[10,2.50,"x"]`},
		{`["with.dot"]`, "true"},
		{"nothing", "null"},
		{"list[1].n", "12345678901234567890"},
		{".", `{"a":{"b":[10,2.50,"x"]},"list":[{"n":1},{"n":12345678901234567890}],"nothing":null,"with.dot":true}`},
	} {
		if got, err := lookUp(text, c.path); got != c.want || err != nil {
			t.Errorf("lookUp(%s) = %q, %v; want %q", c.path, got, err, c.want)
		}
	}
	for _, path := range []string{"b", "a.b[3]", "a.b[-4]", "a.b.c", "a[0]", "nothing.x", "a.b[0].length", "length"} {
		if got, err := lookUp(text, path); !errors.Is(err, errAbsent) {
			t.Errorf("lookUp(%s) = %q, %v; want that it is absent", path, got, err)
		}
	}
	for _, c := range []struct{ text, path string }{
		{text, "a..b"}, {text, "a[x]"}, {text, "a[\"b]"}, {"{", "a"}, {"", "a"}, {"1 2", "."},
	} {
		if got, err := lookUp(c.text, c.path); err == nil || errors.Is(err, errAbsent) {
			t.Errorf("lookUp(%q, %s) = %q, %v; want what is wrong with them", c.text, c.path, got, err)
		}
	}
}
