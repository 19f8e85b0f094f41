package apidoc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// words are values for parameters and fields of a name, where the description
// itself has none: something that any register understands.
func words(name string) string {
	switch name {
	case "party":
		return "uscc:91371082MA3N5K7BX5"
	case "activity":
		return "procurement.bid"
	case "region":
		return "CN"
	case "by":
		return "month"
	case "kind":
		return "invalid"
	case "path":
		return "tile/0/000"
	case "q", "text":
		return "harbour"
	case "name":
		return "cn-courts"
	}
	return ""
}

// word is an example of a parameter; "" if there is none worth showing.
func (r reader) word(name string, s schema) string {
	switch {
	case len(s.Examples) > 0:
		return fmt.Sprint(s.Examples[0])
	case len(s.Enum) > 0:
		return fmt.Sprint(s.Enum[0])
	}
	return words(name)
}

// example is a body that may be sent: one value, or for lines one to a line.
func (r reader) example(kind string, s schema) string {
	if !strings.Contains(kind, "json") {
		return ""
	}
	v := r.value("", s, 0)
	if strings.Contains(kind, "ndjson") {
		line, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(line) + "\n"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

// value makes a value of a schema: of an object what must be there and what has
// a word of its own.
func (r reader) value(name string, s schema, depth int) any {
	if s.Ref != "" {
		if target, err := r.refers(s); err == nil && depth < 5 {
			return r.value(name, r.schemas[target], depth+1)
		}
		return nil
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		for field, p := range s.Properties {
			if slices.Contains(s.Required, field) || words(field) != "" && field != "kind" && field != "name" {
				out[field] = r.value(field, p, depth+1)
			}
		}
		return out
	case "array":
		if s.Items == nil {
			return []any{}
		}
		return []any{r.value(name, *s.Items, depth+1)}
	case "integer", "number":
		return 1
	case "boolean":
		return true
	}
	if w := r.word(name, s); w != "" {
		return w
	}
	return "…"
}
