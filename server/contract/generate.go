package contract

import (
	"encoding/json"
	"net/http"
	"regexp/syntax"
	"strconv"
	"strings"
)

// valid makes a request that the description allows: what is required, and some
// of the rest.
func (h *holder) valid(op *operation) *request {
	q := &request{path: map[string]string{}, header: http.Header{}, sure: true}
	for _, p := range op.Parameters {
		if !p.Required && h.random.IntN(3) > 0 {
			continue
		}
		value, sure := h.value(op, p)
		switch p.In {
		case "path":
			q.path[p.Name] = value
		case "query":
			q.query = append(q.query, [2]string{p.Name, value})
		case "header":
			continue // those have their own turn
		}
		q.sure = q.sure && sure
	}
	if op.Body != nil {
		q.header.Set("Content-Type", "application/json")
		if m, ok := op.Body.Content["application/json"]; ok {
			b, _ := json.Marshal(h.instance(op, m.Schema, 0))
			q.body = string(b)
		}
		q.sure = false
	}
	return q
}

// value makes a value of a parameter, and says whether the server must take it.
func (h *holder) value(op *operation, p *parameter) (string, bool) {
	known := h.Known[op.ID+"."+p.Name]
	if known == nil {
		known = h.Known[p.Name]
	}
	if len(known) > 0 && h.random.IntN(4) > 0 {
		return known[h.random.IntN(len(known))], true
	}
	if p.Schema["type"] == "array" {
		items, _ := p.Schema["items"].(map[string]any)
		var chosen []string
		for range 1 + h.random.IntN(3) {
			v, _ := h.instance(op, items, 0).(string)
			chosen = append(chosen, v)
		}
		return strings.Join(chosen, ","), true
	}
	v := h.instance(op, p.Schema, 0)
	closed := p.Schema["enum"] != nil || p.Schema["type"] == "integer" && p.In == "query"
	switch v := v.(type) {
	case string:
		return v, closed
	case int:
		return strconv.Itoa(v), closed
	case json.Number:
		return v.String(), closed
	case float64:
		return strconv.Itoa(int(v)), closed
	}
	return "x", false
}

// instance makes a value of a schema.
func (h *holder) instance(op *operation, s map[string]any, depth int) any {
	if ref, ok := s["$ref"].(string); ok {
		s = h.resolve(ref)
	}
	if examples, ok := s["examples"].([]any); ok && h.random.IntN(3) > 0 {
		return examples[h.random.IntN(len(examples))]
	}
	if enum, ok := s["enum"].([]any); ok {
		return enum[h.random.IntN(len(enum))]
	}
	switch kind(s) {
	case "object":
		out := map[string]any{}
		properties, _ := s["properties"].(map[string]any)
		required, _ := s["required"].([]any)
		for _, name := range sorted(properties) {
			must := false
			for _, r := range required {
				must = must || r == name
			}
			if must || depth < 3 && h.random.IntN(3) == 0 {
				out[name] = h.instance(op, properties[name].(map[string]any), depth+1)
			}
		}
		return out
	case "array":
		out := []any{}
		items, _ := s["items"].(map[string]any)
		for range h.random.IntN(3) {
			out = append(out, h.instance(op, items, depth+1))
		}
		return out
	case "integer":
		low, _ := number(s["minimum"])
		high, ok := number(s["maximum"])
		if !ok {
			high = low + 10000
		}
		return int(low) + h.random.IntN(int(high-low)+1)
	case "boolean":
		return h.random.IntN(2) == 0
	}
	return h.text(s)
}

func kind(s map[string]any) string {
	if k, ok := s["type"].(string); ok {
		return k
	}
	if list, ok := s["type"].([]any); ok && len(list) > 0 {
		k, _ := list[0].(string)
		return k
	}
	return "string"
}

// awkward are texts that people and machines do send.
var awkward = []string{"a", "荣成市", "O'Brien; DROP TABLE acts--", "<script>alert(1)</script>", "\u202eright to left", "a\u0000b", "%", "=cmd|' /C calc'!A0", "x.y == 1 || true", "é", "e\u0301", "😀", " ", "\"", "\\", "名称:", "name:a", "../../etc/passwd"}

func (h *holder) text(s map[string]any) string {
	if s["format"] == "date" || s["anyOf"] != nil {
		return []string{"2026-11-22", "2025-02-28", "2026-11-22T15:04:05Z"}[h.random.IntN(3)]
	}
	if s["contentEncoding"] == "base64" {
		return []string{"", "AAEC", "/w=="}[h.random.IntN(3)]
	}
	if pattern, ok := s["pattern"].(string); ok {
		if tree, err := syntax.Parse(pattern, syntax.Perl); err == nil {
			var b strings.Builder
			h.matching(&b, tree.Simplify())
			out := b.String()
			if high, ok := number(s["maxLength"]); !ok || float64(len(out)) <= high {
				return out
			}
		}
		if examples, ok := s["examples"].([]any); ok {
			return examples[0].(string)
		}
	}
	return awkward[h.random.IntN(len(awkward))]
}

// matching writes a text that an expression matches.
func (h *holder) matching(b *strings.Builder, r *syntax.Regexp) {
	switch r.Op {
	case syntax.OpLiteral:
		b.WriteString(string(r.Rune))
	case syntax.OpCharClass:
		i := 2 * h.random.IntN(len(r.Rune)/2)
		b.WriteRune(r.Rune[i] + rune(h.random.IntN(int(r.Rune[i+1]-r.Rune[i])+1)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range r.Sub {
			h.matching(b, sub)
		}
	case syntax.OpAlternate:
		h.matching(b, r.Sub[h.random.IntN(len(r.Sub))])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		low, high := r.Min, r.Max
		switch r.Op {
		case syntax.OpStar:
			low, high = 0, 4
		case syntax.OpPlus:
			low, high = 1, 4
		case syntax.OpQuest:
			low, high = 0, 1
		}
		for range low + h.random.IntN(max(high-low, 0)+1) {
			h.matching(b, r.Sub[0])
		}
	}
}

// number reads a number of the description.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	}
	return 0, false
}

func (h *holder) resolve(ref string) map[string]any {
	at := any(h.raw)
	for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		m, _ := at.(map[string]any)
		at = m[part]
	}
	m, _ := at.(map[string]any)
	return m
}

// wrong makes requests each of which is wrong in one place; the key says where.
func (h *holder) wrong(op *operation) map[string]*request {
	out := map[string]*request{}
	base := h.valid(op)
	set := func(p *parameter, what, value string) {
		q := base.clone()
		q.drop(p.Name)
		q.query = append(q.query, [2]string{p.Name, value})
		out[p.Name+" "+what] = q
	}
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		if p.Required {
			q := base.clone()
			q.drop(p.Name)
			out[p.Name+" missing"] = q
		}
		twice := base.clone()
		twice.drop(p.Name)
		good, _ := h.value(op, p)
		twice.query = append(twice.query, [2]string{p.Name, good}, [2]string{p.Name, good})
		out[p.Name+" twice"] = twice
		for what, value := range h.breaks(p.Schema) {
			set(p, what, value)
		}
	}
	q := base.clone()
	q.query = append(q.query, [2]string{"nonsense", "1"})
	out["nonsense unknown"] = q
	return out
}

// breaks are values that a schema does not allow.
func (h *holder) breaks(s map[string]any) map[string]string {
	out := map[string]string{}
	switch {
	case kind(s) == "array":
		out["not one of them"], out["one empty"] = "nonsense", ","
	case s["enum"] != nil:
		out["not one of them"], out["empty"] = "nonsense", ""
	case kind(s) == "integer":
		out["a word"], out["a fraction"], out["negative"], out["padded"], out["endless"] = "many", "1.5", "-1", "007", "1"+strings.Repeat("0", 300)
		if high, ok := number(s["maximum"]); ok {
			out["too large"], out["zero"] = strconv.Itoa(int(high)+1), "0"
		}
	case s["anyOf"] != nil:
		out["no date"], out["open"], out["far"] = "yesterday", "open", "9999-01-01"
	}
	if high, ok := number(s["maxLength"]); ok {
		out["too long"] = strings.Repeat("a", int(high)+1)
	}
	if low, ok := number(s["minLength"]); ok && low > 0 {
		out["empty"] = ""
	}
	if _, ok := s["pattern"]; ok {
		out["of no such form"] = "\u0000 ?"
	}
	return out
}

// spoiled are bodies that a schema does not allow.
func (h *holder) spoiled(op *operation, s map[string]any) map[string]string {
	out := map[string]string{"empty": "", "not JSON": "{", "a number": "7", "null": "null", "not UTF-8": "\"\xff\"", "something after": "{} {}"}
	if kind(h.deref(s)) == "array" {
		out["an object"] = "{}"
		return out
	}
	out["an array"] = "[]"
	whole, _ := h.instance(op, s, 0).(map[string]any)
	write := func(what string, change func(map[string]any)) {
		c := map[string]any{}
		for k, v := range whole {
			c[k] = v
		}
		change(c)
		b, _ := json.Marshal(c)
		out[what] = string(b)
	}
	write("an unknown member", func(c map[string]any) { c["nonsense"] = 1 })
	properties, _ := h.deref(s)["properties"].(map[string]any)
	for _, name := range sorted(properties) {
		write(name+" of another type", func(c map[string]any) { c[name] = map[string]any{"a": []int{1}} })
		write(name+" null", func(c map[string]any) { c[name] = nil })
		if p, _ := properties[name].(map[string]any); p["enum"] != nil {
			write(name+" not one of them", func(c map[string]any) { c[name] = "nonsense" })
		}
	}
	return out
}

func (h *holder) deref(s map[string]any) map[string]any {
	if ref, ok := s["$ref"].(string); ok {
		return h.resolve(ref)
	}
	return s
}
