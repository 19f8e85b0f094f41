package server

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// This file describes one route: its parameters, its body, its answers.

func (d *describer) operation(r route) *huma.Operation {
	op := &huma.Operation{OperationID: r.id, Method: r.method, Path: strings.ReplaceAll(r.path, "...}", "}"), Tags: []string{tagOf(r.path)},
		Summary: sentence(r.about), Description: r.about, Responses: map[string]*huma.Response{}}
	op.Parameters = d.path(r)
	op.Parameters = append(op.Parameters, d.query(r)...)
	for _, p := range r.params {
		op.Parameters = append(op.Parameters, d.param(p))
	}
	if r.query&namePurpose != 0 || hasPurpose(r) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Purpose", In: "header", Description: "One of the purposes that the key is registered for.", Schema: d.schema("")})
		op.Security = []map[string][]string{{}, {"key": {}}}
	}
	if r.body != nil {
		op.RequestBody = &huma.RequestBody{Required: true, Content: d.media(r, r.body)}
	}
	d.answers(op, r)
	d.problems(op, r)
	return op
}

func hasPurpose(r route) bool {
	for _, p := range r.params {
		if p.name == "purpose" {
			return true
		}
	}
	return false
}

// sentence is the first sentence of a text.
func sentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}

func tagOf(path string) string {
	for _, t := range [][2]string{{"/api/v1/check", "Checks"}, {"/api/v1/part", "Parties and entries"}, {"/api/v1/search", "Parties and entries"}, {"/api/v1/listing", "Parties and entries"},
		{"/api/v1/ruling", "Parties and entries"}, {"/api/v1/statements", "Acts"}, {"/api/v1/cases", "Acts"}, {"/api/v1/log", "Log"}, {"/checkpoint", "Log"}, {"/tile", "Log"},
		{"/api/v1/today", "The register"}, {"/api/v1/statistics", "The register"}, {"/api/v1/corrections", "The register"}, {"/api/v1/authorities", "The register"}, {"/data", "The register"}, {"/api/v1/", "Rules"}} {
		if strings.HasPrefix(path, t[0]) {
			return t[1]
		}
	}
	return "The service"
}

// casePattern is the form of the id of a case: 128 bits in base32.
const casePattern = `^([A-Za-z0-9.:-]+/[a-z]+/)?[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}[048cgmrwCGMRW]$`

func (d *describer) path(r route) []*huma.Param {
	zero := 0.0
	var out []*huma.Param
	for part := range strings.SplitSeq(strings.ReplaceAll(r.path, "...}", "}"), "/") {
		name, ok := strings.CutPrefix(part, "{")
		if !ok {
			continue
		}
		p := &huma.Param{Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}
		example := ""
		switch p.Name {
		case "party":
			p.Description, example = "scheme:value, name:TEXT, or the id of a party's record.", "uscc:91371082MA3N5K7BX5"
		case "id":
			p.Description, example = "With or without the register's name in front.", "01kbp3x9q8e4tv7m2h6d5wz0c0"
			p.Schema.Pattern = casePattern
			if strings.HasPrefix(r.path, "/api/v1/lists/") {
				p.Description, example = "Rulebook and list.", "cn-courts/judgment-defaulters"
				p.Schema.Pattern = ""
			}
			if strings.HasPrefix(r.path, "/api/v1/authorities/") {
				p.Description, example = "Code of the authority.", "cn-court-371082"
				p.Schema.Pattern = ""
			}
		case "name":
			p.Description, example = "Of the rulebook.", "cn-courts"
		case "version":
			p.Description, example = `Of the rulebook; "current" for the one in force.`, inForce
		case "position":
			p.Description, p.Schema = "Of the act, from 0.", &huma.Schema{Type: huma.TypeInteger, Minimum: &zero, Examples: []any{0}}
		case "kind":
			p.Schema = oneOf("", api.Kinds()...)
		case "path":
			if strings.HasPrefix(r.path, "/data/") {
				p.Description, example = "Of the file.", manifest
			} else {
				p.Description, example = "As C2SP tlog-tiles writes it.", "0/000"
			}
		}
		if example != "" {
			p.Schema.Examples = []any{example}
		}
		out = append(out, p)
	}
	return out
}

// query describes the names of a question.
func (d *describer) query(r route) []*huma.Param {
	examples := map[string]string{"party": "uscc:91371082MA3N5K7BX5", "activity": "procurement.bid", "region": "CN/37", "birthDate": "1980-01-01", "country": "CN", "purpose": "credit-decision"}
	var out []*huma.Param
	for _, name := range nameList(r.query) {
		p := &huma.Param{Name: name, In: "query", Schema: &huma.Schema{Type: huma.TypeString}, Required: name == "party" || name == "activity"}
		if name == "at" || name == "asKnownOn" {
			p.Schema = askedInstant()
		} else {
			p.Schema.Examples = []any{examples[name]}
		}
		p.Description = d.words["Question."+strings.ToUpper(name[:1])+name[1:]]
		if name == "purpose" {
			p.Description = purposeParam().about
		}
		out = append(out, p)
	}
	return out
}

func (d *describer) param(p param) *huma.Param {
	out := &huma.Param{Name: p.name, In: "query", Description: p.about, Required: p.required, Schema: d.bounds(p)}
	if p.several {
		apart := false
		out.Style, out.Explode = "form", &apart
	}
	return out
}

// bounds is the schema of what the reader lets through.
func (d *describer) bounds(p param) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Pattern: p.pattern}
	one := 1
	switch {
	case p.number:
		low, high := 1.0, float64(p.max)
		return &huma.Schema{Type: huma.TypeInteger, Minimum: &low, Maximum: &high, Examples: []any{20}}
	case p.instant:
		return askedInstant()
	case p.several:
		return &huma.Schema{Type: huma.TypeArray, MinItems: &one, Items: oneOf("", p.values...)}
	case p.values != nil:
		return oneOf("", p.values...)
	}
	s.MinLength, s.MaxLength = &one, &p.max
	if p.example != "" {
		s.Examples = []any{p.example}
	}
	return s
}

// media are the forms of a value as a body.
func (d *describer) media(r route, v any) map[string]*huma.MediaType {
	switch v.(type) {
	case string:
		return map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}
	case []byte:
		if r.ranges {
			return map[string]*huma.MediaType{"*/*": {Schema: &huma.Schema{}}, "application/json": {Schema: &huma.Schema{}}}
		}
		return map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	case map[string]any:
		return map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}}
	}
	content := map[string]*huma.MediaType{"application/json": {Schema: d.schema(v)}}
	if r.lines {
		content["application/x-ndjson"] = &huma.MediaType{Schema: d.schema(reflect.Zero(reflect.TypeOf(v).Elem()).Interface())}
	}
	return content
}

// answers describes what a route answers when all is well.
func (d *describer) answers(op *huma.Operation, r route) {
	ok := &huma.Response{Description: "The answer.", Content: d.media(r, r.answer)}
	says(ok, "X-Request-Id")
	for _, f := range r.formats {
		switch {
		case f == asLines:
			ok.Content[f.media] = &huma.MediaType{Schema: d.rowOf(r)}
		case f == asYAML:
			ok.Content[f.media] = &huma.MediaType{Schema: &huma.Schema{}}
		case f != asJSON:
			ok.Content[f.media] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
	if r.cost >= 0 {
		says(ok, "RateLimit-Policy", "RateLimit")
	}
	op.Responses["200"] = ok
	if collects(r) {
		says(ok, "Standing-Count")
	}
	if collects(r) && r.method == http.MethodGet {
		says(ok, "Link")
	}
	if r.read != nil && r.method == http.MethodGet || r.ranges {
		says(ok, "ETag")
		op.Parameters = append(op.Parameters, &huma.Param{Name: "If-None-Match", In: "header", Description: "The ETag of an answer that is at hand.", Schema: &huma.Schema{Type: huma.TypeString}})
		op.Responses["304"] = &huma.Response{Description: "The answer at hand still holds.", Headers: ok.Headers}
	}
	if len(r.formats) > 1 || r.ranges {
		says(ok, "Content-Disposition")
	}
	if r.ranges {
		says(ok, "Accept-Ranges")
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Range", In: "header", Description: "A part of the file (RFC 9110, 14.2).", Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{"bytes=0-99"}}})
		op.Responses["206"] = &huma.Response{Description: "A part of the file, unless it is JSON, which is had whole.", Content: map[string]*huma.MediaType{"*/*": {Schema: &huma.Schema{}}}}
		d.problem(op, http.StatusPreconditionFailed, "The file is another than the request wants.")
		d.problem(op, http.StatusRequestedRangeNotSatisfiable, "The file has no such range.")
	}
}

// collects reports whether a route answers with rows.
func collects(r route) bool {
	_, found := r.answer.(api.PartyPage)
	return found || len(r.formats) == len(tables()) && r.formats[1] == asCSV
}

// rowOf is the schema of a line of an export.
func (d *describer) rowOf(r route) *huma.Schema {
	if _, ok := r.row.(api.Statistics); ok {
		return d.schema(api.StatisticsRow{})
	}
	return d.schema(r.row)
}

// headers are what is said of the headers of answers.
var headers = map[string]string{
	"X-Request-Id":        "By which the register's log knows this answer; to quote when asking for help.",
	"Link":                "The next page, as RFC 8288 says it, where there is one.",
	"Standing-Count":      "How many there are in all; with a plus, so many and more.",
	"ETag":                "By which to ask later whether the answer still holds.",
	"Content-Disposition": "A name for the file, of what is not for a page.",
	"Accept-Ranges":       "bytes",
	"WWW-Authenticate":    "How to say who asks.",
	"Retry-After":         "In how many seconds to ask again.",
	"RateLimit-Policy":    "The quota of whoever asks, where there is one (draft-ietf-httpapi-ratelimit-headers).",
	"RateLimit":           "What is left of it (r) and in how many seconds it is whole again (t).",
}

// says describes the headers of an answer.
func says(r *huma.Response, names ...string) {
	if r.Headers == nil {
		r.Headers = map[string]*huma.Header{}
	}
	for _, name := range names {
		r.Headers[name] = &huma.Header{Ref: "#/components/headers/" + name}
	}
}

func sharedHeaders() map[string]*huma.Header {
	out := map[string]*huma.Header{}
	for name, about := range headers {
		out[name] = &huma.Header{Description: about, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return out
}

// problems describes what a route answers when all is not.
func (d *describer) problems(op *huma.Operation, r route) {
	for _, k := range append(r.problems, standing.Invalid, standing.Unavailable, standing.Internal) {
		_, about := api.Describe(k)
		d.problem(op, api.Status(k), about)
	}
	if strings.HasPrefix(r.path, "/api/v1/") {
		d.problem(op, http.StatusNotAcceptable, "The header Accept names nothing in which this is answered.")
	}
	if r.body != nil {
		d.problem(op, http.StatusRequestTimeout, "The body came too slowly.")
		d.problem(op, http.StatusUnsupportedMediaType, "The body is of a type that is not taken here.")
	}
	if r.cost >= 0 {
		d.problem(op, http.StatusTooManyRequests, "The quota is used up.")
	}
}

func (d *describer) problem(op *huma.Operation, status int, about string) {
	op.Responses[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + d.shared(status, about)}
}

// shared is the name of the answer of a status that all operations share.
func (d *describer) shared(status int, about string) string {
	name := strings.ReplaceAll(http.StatusText(status), " ", "")
	if d.responses[name] != nil {
		return name
	}
	r := &huma.Response{Description: about, Content: map[string]*huma.MediaType{"application/problem+json": {Schema: d.schema(api.Problem{})}}}
	says(r, "X-Request-Id", "RateLimit-Policy", "RateLimit")
	switch status {
	case http.StatusUnauthorized:
		says(r, "WWW-Authenticate")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		says(r, "Retry-After")
	}
	d.responses[name] = r
	return name
}

// selectable takes away what must be there from the types among whose members a
// reader may choose.
func (d *describer) selectable(routes []route) {
	for _, r := range routes {
		if r.row != nil {
			s := d.registry.Map()[reflect.TypeOf(r.row).Name()]
			s.Required = nil
			s.PrecomputeMessages()
		}
	}
}
