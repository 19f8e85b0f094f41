package apidoc

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// document and what follows is the part of OpenAPI 3.1 that is read.
type document struct {
	Info       struct{ Description string }
	Paths      map[string]map[string]operation
	Components struct {
		Schemas   map[string]schema
		Responses map[string]response
	}
}

type response struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]media
	Headers     map[string]struct {
		Description string
		Schema      schema
	}
}

type operation struct {
	OperationID string
	Description string
	Parameters  []struct {
		Name, In, Description string
		Required              bool
		Schema                schema
	}
	RequestBody *struct{ Content map[string]media }
	Responses   map[string]response
	Security    []map[string][]string
}

type media struct{ Schema schema }

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 kinds
	Format               string
	Description          string
	Enum                 []any
	Examples             []any
	Items                *schema
	Properties           map[string]schema
	Required             []string
	AdditionalProperties more
	ContentEncoding      string
}

// kinds is a type or several, "null" apart.
type kinds string

// UnmarshalJSON takes "string" and ["string", "null"].
func (k *kinds) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*k = kinds(one)
		return nil
	}
	var several []string
	if err := json.Unmarshal(b, &several); err != nil {
		return fmt.Errorf("type is neither a text nor a list of texts: %w", err)
	}
	several = slices.DeleteFunc(several, func(s string) bool { return s == "null" })
	*k = kinds(strings.Join(several, " or "))
	return nil
}

// more is what other properties an object may have: none known, or of a schema.
type more struct{ of *schema }

// UnmarshalJSON takes a boolean, of which nothing is shown, or a schema.
func (m *more) UnmarshalJSON(b []byte) error {
	var any bool
	if json.Unmarshal(b, &any) == nil {
		return nil
	}
	m.of = new(schema)
	return json.Unmarshal(b, m.of)
}

// reader knows what is named.
type reader struct {
	schemas   map[string]schema
	responses map[string]response
}

// response is what an answer is, itself or by reference.
func (r reader) response(a response) (response, error) {
	if a.Ref == "" {
		return a, nil
	}
	name, ok := strings.CutPrefix(a.Ref, "#/components/responses/")
	target, known := r.responses[name]
	if !ok || !known || target.Ref != "" {
		return response{}, fmt.Errorf("%s leads to no answer of the description", a.Ref)
	}
	return target, nil
}

func (r reader) refers(s schema) (string, error) {
	name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/")
	if _, known := r.schemas[name]; !ok || !known {
		return "", fmt.Errorf("%s leads to no type of the description", s.Ref)
	}
	return name, nil
}

// shape says in words what a schema is.
func (r reader) shape(s schema) (Shape, error) {
	if s.Ref != "" {
		name, err := r.refers(s)
		return Shape{Text: name, Refers: name}, err
	}
	switch s.Type {
	case "array":
		if s.Items == nil {
			return Shape{Text: "list"}, nil
		}
		of, err := r.shape(*s.Items)
		return Shape{Text: "list of " + of.Text, Refers: of.Refers, Values: of.Values}, err
	case "object":
		if s.AdditionalProperties.of == nil {
			return Shape{Text: "object"}, nil
		}
		of, err := r.shape(*s.AdditionalProperties.of)
		return Shape{Text: "map to " + of.Text, Refers: of.Refers}, err
	}
	out := Shape{Text: map[kinds]string{"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}[s.Type]}
	switch {
	case s.ContentEncoding != "":
		out.Text = s.ContentEncoding
	case s.Format == "binary":
		out.Text = "bytes"
	case out.Text == "":
		out.Text = string(s.Type)
	}
	for _, v := range s.Enum {
		out.Values = append(out.Values, fmt.Sprint(v))
	}
	return out, nil
}

// named is a type with its fields, those that must be there first.
func (r reader) named(name string, s schema) (*Type, error) {
	t := &Type{Name: name, About: strings.TrimSpace(strings.TrimPrefix(s.Description, name+" "))}
	for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[field]
		shape, err := r.shape(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field, err)
		}
		t.Fields = append(t.Fields, Field{Name: field, About: p.Description, Shape: shape, Required: slices.Contains(s.Required, field)})
	}
	slices.SortStableFunc(t.Fields, func(a, b Field) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	return t, nil
}
