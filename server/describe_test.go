package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// This file describes the table of routes as OpenAPI 3.1. The description is
// made here and not at run time, because it takes its words from the comments of
// package api.

// The wire forms of types that write themselves as text.
type (
	wireInstant string
	wireDigest  string
	wireKind    string
	wireStatus  string
	wireVerdict string
	wireName    string
	wireEffect  struct {
		From       standing.Instant `json:"from"`
		Until      standing.Instant `json:"until"`
		Exempted   []string         `json:"exempted,omitempty"`
		WhileShown bool             `json:"whileShown,omitempty"`
	}
)

func (wireInstant) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: `RFC 3339 in UTC; "open" for an end that there is not yet.`,
		Pattern: `^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z|open)$`, Examples: []any{"2026-11-22T15:04:05Z"}}
}

func (wireDigest) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: "SHA-256 in hex.", Pattern: "^[0-9a-f]{64}$"}
}

func oneOf[T ~string](about string, values ...T) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: about}
	for _, v := range values {
		s.Enum = append(s.Enum, string(v))
	}
	return s
}

func (wireKind) Schema(huma.Registry) *huma.Schema {
	return oneOf("What a party is; an unknown kind is protected like a person.", "organisation", "public-body", "person", "unknown")
}

func (wireStatus) Schema(huma.Registry) *huma.Schema {
	return oneOf("", standing.StatusProposed, standing.StatusNoticed, standing.StatusObjected, standing.StatusDecided, standing.StatusConfirmed,
		standing.StatusStayed, standing.StatusRested, standing.StatusDropped, standing.StatusEnded)
}

func (wireVerdict) Schema(huma.Registry) *huma.Schema {
	return oneOf("One of four; there is no default.", api.Clear, api.Restricted, api.Unknown, api.NotCovered)
}

func (wireName) Schema(huma.Registry) *huma.Schema {
	var names []string
	for n := range standing.InstantName(32) {
		if !strings.HasPrefix(n.String(), "instant-") {
			names = append(names, n.String())
		}
	}
	return oneOf("", names...)
}

// describer makes a description whose schemas are strict: what they do not name
// is an error, so that tests find fields that nobody described.
type describer struct {
	registry  huma.Registry
	responses map[string]*huma.Response // that operations share
	words     map[string]string         // "Answer", "Answer.Verdict" to its comment
}

func newDescriber(t *testing.T) *describer {
	d := &describer{responses: map[string]*huma.Response{}, registry: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer), words: comments(t, "../api", "..")}
	for from, to := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[standing.Instant](): reflect.TypeFor[wireInstant](), reflect.TypeFor[standing.Digest](): reflect.TypeFor[wireDigest](),
		reflect.TypeFor[standing.PartyKind](): reflect.TypeFor[wireKind](), reflect.TypeFor[standing.Status](): reflect.TypeFor[wireStatus](),
		reflect.TypeFor[api.Verdict](): reflect.TypeFor[wireVerdict](), reflect.TypeFor[standing.InstantName](): reflect.TypeFor[wireName](),
		reflect.TypeFor[standing.Effect](): reflect.TypeFor[wireEffect](),
	} {
		d.registry.RegisterTypeAlias(from, to)
	}
	return d
}

// schema is the schema of a value's type. Lists are never null.
func (d *describer) schema(v any) *huma.Schema {
	s := d.registry.Schema(reflect.TypeOf(v), true, "")
	notNull(s)
	for _, known := range d.registry.Map() {
		notNull(known)
	}
	if q := d.registry.Map()["Question"]; q != nil {
		q.Properties["at"], q.Properties["asKnownOn"] = askedInstant(), askedInstant()
	}
	if q := d.registry.Map()["Submission"]; q != nil {
		one, most := 1, standing.MaxStatementActs
		q.Properties["acts"].MinItems, q.Properties["acts"].MaxItems, q.Properties["openings"].MaxItems = &one, &most, &most
	}
	if q := d.registry.Map()["SignatureWire"]; q != nil {
		q.Properties["signer"].Pattern = "^[0-9a-f]{32}$"
		q.Properties["algorithm"].Enum = []any{"ed25519", "intake"}
		second := &huma.Schema{Type: huma.TypeObject, Properties: maps.Clone(q.Properties), Required: q.Required, AdditionalProperties: false}
		delete(second.Properties, "second") // which carries none
		second.PrecomputeMessages()
		q.Properties["second"] = second
	}
	if q := d.registry.Map()["PartyQuery"]; q != nil {
		for _, p := range searchParams() {
			q.Properties[strings.Replace(p.name, "q", "text", 1)] = d.bounds(p)
		}
	}
	return s
}

// askedInstant is how a question may write an instant.
func askedInstant() *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: "A date, which is its midnight in UTC, or an RFC 3339 instant.", Examples: []any{"2026-11-22"},
		Pattern: "^(19|20|21)[0-9]{2}-", AnyOf: []*huma.Schema{{Format: "date"}, {Format: "date-time"}}}
}

func notNull(s *huma.Schema) {
	if s == nil {
		return
	}
	s.Nullable = false
	notNull(s.Items)
	for _, p := range s.Properties {
		notNull(p)
	}
}

func (d *describer) describe(routes []route) *huma.OpenAPI {
	doc := &huma.OpenAPI{OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Standing", Version: "1",
			Description: "A public register of legal standing. What is public is read without a key; natural persons are looked up with an API key and one of its purposes. Errors are RFC 9457 problems."},
		Components: &huma.Components{Schemas: d.registry, Responses: d.responses, Headers: sharedHeaders(), SecuritySchemes: map[string]*huma.SecurityScheme{
			"key": {Type: "http", Scheme: "bearer", Description: "An API key of a relying party. A look at a natural person also states a purpose, in the header Purpose or the query."}}},
		Paths: map[string]*huma.PathItem{}}
	for _, r := range routes {
		doc.AddOperation(d.operation(r))
	}
	d.selectable(routes)
	return doc
}

// publish writes the comments in and lets answers have further fields: a later
// version may add some, and who reads must not mind.
func (d *describer) publish(routes []route) {
	taken := map[string]bool{}
	for _, r := range routes {
		if r.body != nil && r.method == http.MethodPost {
			t := reflect.TypeOf(r.body)
			for t.Kind() == reflect.Slice {
				t = t.Elem()
			}
			taken[t.Name()] = true
		}
	}
	taken["SignatureWire"] = true
	for name, s := range d.registry.Map() {
		if !taken[name] {
			s.AdditionalProperties = nil
		}
		goName := strings.Replace(name, "WireEffect", "Effect", 1)
		s.Description = d.words[goName]
		d.fields(s, goName, d.registry.TypeFromRef("#/components/schemas/"+name))
	}
}

// fields describes the members of a type and of the types embedded in it.
func (d *describer) fields(s *huma.Schema, goName string, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			d.fields(s, f.Type.Name(), f.Type)
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p := s.Properties[tag]; p != nil && p.Ref == "" && d.words[goName+"."+f.Name] != "" {
			p.Description = d.words[goName+"."+f.Name]
		}
	}
}

// comments reads what the Go source says of types and their fields.
func comments(t *testing.T, dirs ...string) map[string]string {
	words := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no source in %s: %v", dir, err)
		}
		for _, file := range files {
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range tree.Decls {
				if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.TYPE {
					typeComments(gen, words)
				}
			}
		}
	}
	return words
}

func typeComments(gen *ast.GenDecl, words map[string]string) {
	sentence := func(g *ast.CommentGroup) string { return strings.Join(strings.Fields(g.Text()), " ") }
	for _, spec := range gen.Specs {
		ts := spec.(*ast.TypeSpec)
		st, ok := ts.Type.(*ast.StructType)
		if !ok {
			continue
		}
		if _, twice := words[ts.Name.Name]; twice {
			continue // the one in api is meant
		}
		words[ts.Name.Name] = sentence(gen.Doc)
		for _, f := range st.Fields.List {
			comment := f.Comment
			if comment == nil {
				comment = f.Doc
			}
			for _, name := range f.Names {
				if comment != nil {
					words[ts.Name.Name+"."+name.Name] = sentence(comment)
				}
			}
		}
	}
}
