// Package contract holds a running server to its OpenAPI description. From the
// description alone it makes requests that are valid and requests that are wrong
// in one place, and judges every answer: its status, its headers, its media type
// and its body against the schema.
//
//	report, err := contract.Hold(api.OpenAPI(), contract.Options{Base: url, Seed: 1, Cases: 20})
//	for _, f := range report.Findings { t.Error(f) }
//
// The same seed makes the same requests.
package contract

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Options say whom to ask, and how much.
type Options struct {
	Base   string // address of the server
	Client *http.Client
	Seed   uint64
	Cases  int // valid requests of each operation
	// Known are values of parameters that exist on the server, by name, or by
	// operation and name ("listing.id"); beside them, the examples of the
	// description are tried, and values that its schemas allow.
	Known map[string][]string
	// Apart are operations that are left alone.
	Apart []string
}

// Report is what was asked and what was found.
type Report struct {
	Requests int
	Statuses map[int]int // answers by status
	Findings []string    // where description and behaviour disagree, each once
}

// description is what of OpenAPI is read here.
type description struct {
	Paths      map[string]map[string]*operation `json:"paths"`
	Components struct {
		Responses map[string]*response `json:"responses"`
	} `json:"components"`
}

type operation struct {
	ID         string       `json:"operationId"`
	Parameters []*parameter `json:"parameters"`
	Body       *struct {
		Content map[string]media `json:"content"`
	} `json:"requestBody"`
	Responses map[string]*response `json:"responses"`

	method, path string
}

type parameter struct {
	Name     string         `json:"name"`
	In       string         `json:"in"`
	Required bool           `json:"required"`
	Schema   map[string]any `json:"schema"`
}

type response struct {
	Ref     string              `json:"$ref"`
	Content map[string]media    `json:"content"`
	Headers map[string]struct{} `json:"headers"`
	at      string              // JSON pointer
}

type media struct {
	Schema map[string]any `json:"schema"`
}

// holder does the work of Hold.
type holder struct {
	Options
	doc     description
	raw     map[string]any
	schemas *jsonschema.Compiler
	known   map[string]*jsonschema.Schema
	random  *rand.Rand
	report  Report
	seen    map[string]bool
}

// Hold asks a server everything that its description promises. The error is of
// the description or the network; what disagrees is in the report.
func Hold(openAPI string, o Options) (*Report, error) {
	if o.Client == nil {
		o.Client = &http.Client{}
	}
	client := *o.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	o.Client = &client
	h := &holder{Options: o, random: rand.New(rand.NewPCG(o.Seed, 1)), known: map[string]*jsonschema.Schema{}, seen: map[string]bool{}, report: Report{Statuses: map[int]int{}}}
	if err := h.load(openAPI); err != nil {
		return nil, err
	}
	for _, path := range sorted(h.doc.Paths) {
		var methods []string
		for _, method := range sorted(h.doc.Paths[path]) {
			op := h.doc.Paths[path][method]
			op.method, op.path = strings.ToUpper(method), path
			methods = append(methods, op.method)
			for status, r := range op.Responses {
				r.at = "/paths/" + pointer(path) + "/" + method + "/responses/" + status
				if name, ok := strings.CutPrefix(r.Ref, "#/components/responses/"); ok {
					*r = *h.doc.Components.Responses[name]
					r.at = "/components/responses/" + name
				}
			}
			if slices.Contains(o.Apart, op.ID) {
				continue
			}
			if err := h.operation(op); err != nil {
				return nil, err
			}
		}
		if err := h.methods(path, methods); err != nil {
			return nil, err
		}
	}
	return &h.report, nil
}

// load reads the description twice: as what is read here, and as a document of
// schemas in which nothing may stand that is not described.
func (h *holder) load(openAPI string) error {
	if err := json.Unmarshal([]byte(openAPI), &h.doc); err != nil {
		return fmt.Errorf("the description: %w", err)
	}
	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(openAPI))
	if err != nil {
		return fmt.Errorf("the description: %w", err)
	}
	h.raw = raw.(map[string]any)
	strict(raw)
	h.schemas = jsonschema.NewCompiler()
	h.schemas.DefaultDraft(jsonschema.Draft2020)
	h.schemas.AssertFormat()
	return h.schemas.AddResource("file:///openapi.json", raw)
}

// strict forbids members that a schema does not name.
func strict(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["properties"].(map[string]any); ok && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, child := range v {
			strict(child)
		}
	case []any:
		for _, child := range v {
			strict(child)
		}
	}
}

func (h *holder) found(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	if !h.seen[s] {
		h.seen[s] = true
		h.report.Findings = append(h.report.Findings, s)
	}
}

// request is one request in the making.
type request struct {
	path   map[string]string
	query  [][2]string
	header http.Header
	body   string
	sure   bool // every value is known to the server
}

func (q *request) clone() *request {
	c := *q
	c.query, c.header = slices.Clone(q.query), q.header.Clone()
	return &c
}

// drop takes a parameter away.
func (q *request) drop(name string) {
	q.query = slices.DeleteFunc(q.query, func(p [2]string) bool { return p[0] == name })
}

func (h *holder) address(path string, q *request) string {
	for name, value := range q.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	var pairs []string
	for _, p := range q.query {
		pairs = append(pairs, url.QueryEscape(p[0])+"="+url.QueryEscape(p[1]))
	}
	if len(pairs) > 0 {
		path += "?" + strings.Join(pairs, "&")
	}
	return h.Base + path
}

// answer is what came back, read whole.
type answer struct {
	*http.Response
	body []byte
	what string // the request, for findings
}

func (h *holder) ask(method, path string, q *request) (*answer, error) {
	address := h.address(path, q)
	r, err := http.NewRequest(method, address, strings.NewReader(q.body))
	if err != nil {
		return nil, err
	}
	r.Header = q.header.Clone()
	got, err := h.Client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%s %.200s: %w", method, address, err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(io.LimitReader(got.Body, 64<<20))
	if err != nil {
		return nil, fmt.Errorf("%s %.200s: %w", method, address, err)
	}
	h.report.Requests++
	h.report.Statuses[got.StatusCode]++
	what := method + " " + strings.TrimPrefix(address, h.Base)
	if len(what) > 200 {
		what = what[:200] + "..."
	}
	return &answer{got, body, what}, nil
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func pointer(s string) string {
	return url.PathEscape(strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1"))
}
