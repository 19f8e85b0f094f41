// Package apidoc reads an OpenAPI 3.1 description into what pages about it show:
// operations with their parameters, bodies, answers and problems, types with
// their fields, and examples.
//
//	d, err := apidoc.Parse([]byte(api.OpenAPI()))
//	for _, g := range d.Groups { ... g.Operations ... }
//
// It reads what the register's own description has: schemas and answers by
// reference, all else inline. A reference elsewhere is an error.
package apidoc

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// API is a description.
type API struct {
	About      string
	Operations []*Operation // by group, then path, then method
	Types      []*Type      // by name
}

// Operation is a method on a path.
type Operation struct {
	ID      string
	Group   string // one of Groups
	Method  string // GET, POST
	Path    string // "/api/v1/listings/{id}"
	About   string
	Params  []Param
	Body    []Media // nil: none is sent
	Answers []Answer
	Keyed   bool // an API key may be sent
}

// Param is a parameter of an operation.
type Param struct {
	Name, In string // path, query, header
	About    string
	Type     Shape
	Required bool
	Example  string
}

// Media is a body in a media type.
type Media struct {
	Type    string
	Shape   Shape
	Example string // indented JSON, or empty
}

// Answer is what comes back with a status.
type Answer struct {
	Status  string
	About   string
	Bodies  []Media
	Headers []Param
	Problem bool // it is a problem document
}

// Shape is what a value is, in words of JSON.
type Shape struct {
	Text   string   // "text", "list of Ground", "number"
	Refers string   // name of a type; empty: none
	Values []string // that there are; nil: any
}

// Type is a named type.
type Type struct {
	Name, About string
	Fields      []Field
}

// Field is a field of a type.
type Field struct {
	Name, About string
	Shape       Shape
	Required    bool
}

// The groups of operations, in the order in which they are shown.
const (
	Checks  = "checks"
	Entries = "entries"
	Rules   = "rules"
	Figures = "figures"
	Acts    = "acts"
	Log     = "log"
	Service = "service"
)

// Groups are all groups in order.
func Groups() []string { return []string{Checks, Entries, Rules, Figures, Acts, Log, Service} }

// groupOf tells a group by the first part of a path.
func groupOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, "/"), "api/v1/"), "/")
	switch first {
	case "check", "checks":
		return Checks
	case "parties", "rulings", "listings", "corrections", "authorities", "today", "search":
		return Entries
	case "rulebooks", "lists", "measures", "activities":
		return Rules
	case "statistics", "data":
		return Figures
	case "statements", "cases":
		return Acts
	case "checkpoint", "tile", "proofs", "proof", "log":
		return Log
	}
	return Service
}

// Parse reads a description.
func Parse(raw []byte) (*API, error) {
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("apidoc: the description is no JSON of OpenAPI's form: %w", err)
	}
	r := reader{d.Components.Schemas, d.Components.Responses}
	out := &API{About: d.Info.Description}
	for path, item := range d.Paths {
		for method, o := range item {
			op, err := r.operation(strings.ToUpper(method), path, o)
			if err != nil {
				return nil, fmt.Errorf("apidoc: %s %s: %w", method, path, err)
			}
			out.Operations = append(out.Operations, op)
		}
	}
	groups := Groups()
	slices.SortFunc(out.Operations, func(a, b *Operation) int {
		return cmp.Or(cmp.Compare(slices.Index(groups, a.Group), slices.Index(groups, b.Group)), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	for name, s := range d.Components.Schemas {
		t, err := r.named(name, s)
		if err != nil {
			return nil, fmt.Errorf("apidoc: type %s: %w", name, err)
		}
		out.Types = append(out.Types, t)
	}
	slices.SortFunc(out.Types, func(a, b *Type) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// Find is the operation of an id; nil if there is none.
func (a *API) Find(id string) *Operation {
	for _, o := range a.Operations {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// In are the operations of a group.
func (a *API) In(group string) []*Operation {
	var out []*Operation
	for _, o := range a.Operations {
		if o.Group == group {
			out = append(out, o)
		}
	}
	return out
}

func (r reader) operation(method, path string, o operation) (*Operation, error) {
	op := &Operation{ID: o.OperationID, Group: groupOf(path), Method: method, Path: path, About: o.Description, Keyed: slices.ContainsFunc(o.Security, func(m map[string][]string) bool { return len(m) > 0 })}
	if op.ID == "" {
		return nil, fmt.Errorf("there is no operationId")
	}
	for _, p := range o.Parameters {
		shape, err := r.shape(p.Schema)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", p.Name, err)
		}
		op.Params = append(op.Params, Param{Name: p.Name, In: p.In, About: cmp.Or(p.Description, p.Schema.Description), Type: shape, Required: p.Required, Example: r.word(p.Name, p.Schema)})
	}
	slices.SortStableFunc(op.Params, func(a, b Param) int {
		return cmp.Compare(place(a), place(b))
	})
	var err error
	if o.RequestBody != nil {
		if op.Body, err = r.bodies(o.RequestBody.Content, true); err != nil {
			return nil, fmt.Errorf("body: %w", err)
		}
	}
	for status, a := range o.Responses {
		one, err := r.answer(status, a)
		if err != nil {
			return nil, fmt.Errorf("answer %s: %w", status, err)
		}
		op.Answers = append(op.Answers, one)
	}
	slices.SortFunc(op.Answers, func(a, b Answer) int { return cmp.Compare(a.Status, b.Status) })
	return op, nil
}

func (r reader) answer(status string, a response) (Answer, error) {
	a, err := r.response(a)
	if err != nil {
		return Answer{}, err
	}
	bodies, err := r.bodies(a.Content, false)
	if err != nil {
		return Answer{}, err
	}
	_, problem := a.Content["application/problem+json"]
	out := Answer{Status: status, About: a.Description, Bodies: bodies, Problem: problem}
	for _, name := range slices.Sorted(maps.Keys(a.Headers)) {
		h := a.Headers[name]
		shape, err := r.shape(h.Schema)
		if err != nil {
			return Answer{}, fmt.Errorf("header %s: %w", name, err)
		}
		out.Headers = append(out.Headers, Param{Name: name, In: "header", About: h.Description, Type: shape})
	}
	return out, nil
}

// place sorts parameters: those of the path, those that must be there, the
// others, those of the header.
func place(p Param) int {
	switch {
	case p.In == "path":
		return 0
	case p.In == "header":
		return 3
	case p.Required:
		return 1
	}
	return 2
}

func (r reader) bodies(content map[string]media, examples bool) ([]Media, error) {
	var out []Media
	for kind, m := range content {
		shape, err := r.shape(m.Schema)
		if err != nil {
			return nil, err
		}
		one := Media{Type: kind, Shape: shape}
		if examples {
			one.Example = r.example(kind, m.Schema)
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Media) int { return cmp.Compare(a.Type, b.Type) })
	return out, nil
}
