package apidoc_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/portal/apidoc"
)

// TestOurs reads the register's own description: everything in it is found again.
func TestOurs(t *testing.T) {
	d, err := apidoc.Parse([]byte(api.OpenAPI()))
	if err != nil {
		t.Fatal(err)
	}
	var raw struct {
		Paths      map[string]map[string]any
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal([]byte(api.OpenAPI()), &raw); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, methods := range raw.Paths {
		n += len(methods)
	}
	if len(d.Operations) != n || len(d.Types) != len(raw.Components.Schemas) {
		t.Errorf("%d operations and %d types, want %d and %d", len(d.Operations), len(d.Types), n, len(raw.Components.Schemas))
	}
	shown := 0
	for _, g := range apidoc.Groups() {
		shown += len(d.In(g))
	}
	if shown != n {
		t.Errorf("%d operations are in a group, of %d", shown, n)
	}
	for _, o := range d.Operations {
		if d.Find(o.ID) != o {
			t.Errorf("%s is there twice", o.ID)
		}
		if o.About == "" || len(o.Answers) == 0 {
			t.Errorf("%s says nothing of itself or of its answers", o.ID)
		}
		for _, a := range o.Answers {
			if a.About == "" || a.Problem && len(a.Bodies) == 0 {
				t.Errorf("%s says nothing of its answer %s", o.ID, a.Status)
			}
		}
		for _, p := range o.Params {
			if p.In == "path" && !strings.Contains(o.Path, "{"+p.Name+"}") {
				t.Errorf("%s: %s is not in %s", o.ID, p.Name, o.Path)
			}
			if p.Type.Text == "" {
				t.Errorf("%s: nothing says what %s is", o.ID, p.Name)
			}
		}
		for _, b := range o.Body {
			if strings.HasSuffix(b.Type, "/json") && !json.Valid([]byte(b.Example)) {
				t.Errorf("%s: the example is no JSON: %s", o.ID, b.Example)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	d, err := apidoc.Parse([]byte(api.OpenAPI()))
	if err != nil {
		t.Fatal(err)
	}
	o := d.Find("checkByBody")
	if o == nil || o.Method != "POST" || !o.Keyed || o.Group != apidoc.Checks {
		t.Fatalf("checkByBody is %+v", o)
	}
	var q struct{ Party, Activity, Region string }
	if err := json.Unmarshal([]byte(o.Body[0].Example), &q); err != nil || q.Party == "" || q.Activity == "" {
		t.Errorf("the example asks nothing: %s", o.Body[0].Example)
	}
	if i := slices.IndexFunc(o.Answers, func(a apidoc.Answer) bool { return a.Status == "400" }); i < 0 || !o.Answers[i].Problem {
		t.Error("the problem 400 is not told")
	}
	if d.Find("nothing") != nil {
		t.Error("there is an operation called nothing")
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":         "openapi: 3.1.0",
		"no operationId":  `{"paths":{"/a":{"get":{}}}}`,
		"a lost type":     `{"paths":{"/a":{"get":{"operationId":"a","responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/No"}}}}}}}}}`,
		"another's type":  `{"components":{"schemas":{"A":{"properties":{"b":{"$ref":"http://other/B"}}}}}}`,
		"a lost answer":   `{"paths":{"/a":{"get":{"operationId":"a","responses":{"200":{"$ref":"#/components/responses/No"}}}}}}`,
		"a type of types": `{"components":{"schemas":{"A":{"type":{"a":1}}}}}`,
	} {
		if _, err := apidoc.Parse([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), "apidoc: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRound: a type that refers to itself has an example that ends.
func TestRound(t *testing.T) {
	d, err := apidoc.Parse([]byte(`{"paths":{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}},
		"components":{"schemas":{"A":{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/components/schemas/A"},"b":{"type":["string","null"]}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if o := d.Find("a"); len(o.Body[0].Example) > 1000 || !json.Valid([]byte(o.Body[0].Example)) {
		t.Errorf("the example is %s", o.Body[0].Example)
	}
	if f := d.Types[0].Fields; f[0].Name != "a" || f[1].Shape.Text != "text" {
		t.Errorf("fields %+v", f)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(api.OpenAPI())
	f.Add(`{"paths":{"/a":{"get":{"operationId":"a","parameters":[{"name":"x","schema":{"type":["array"],"items":{}}}]}}}}`)
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := apidoc.Parse([]byte(s)); err == nil {
			for _, o := range d.Operations {
				d.Find(o.ID)
			}
		}
	})
}
