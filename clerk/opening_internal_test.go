package clerk

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// openingField knows the fields of an opening and no others.
func TestOpeningFields(t *testing.T) {
	known := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(typ.Elem())
		case reflect.Struct:
			for i := range typ.NumField() {
				name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
				if known[name] = true; !openingField(name) {
					t.Errorf("field %q of %s is not known", name, typ)
				}
				walk(typ.Field(i).Type)
			}
		}
	}
	walk(reflect.TypeFor[standing.Opening]())
	for _, name := range []string{"", "Salt", "score", "raw", "partY"} {
		if openingField(name) || known[name] {
			t.Errorf("field %q is taken for one of an opening's", name)
		}
	}
}

// names lists the names in JSON by the decoder of the standard library, and
// says whether an object has one twice.
func twice(d *json.Decoder) bool {
	token, err := d.Token()
	if err != nil {
		return false
	}
	found := false
	switch token {
	case json.Delim('{'):
		seen := map[string]bool{}
		for d.More() {
			name, _ := d.Token()
			found = found || seen[name.(string)]
			seen[name.(string)] = true
			found = twice(d) || found
		}
		d.Token()
	case json.Delim('['):
		for d.More() {
			found = twice(d) || found
		}
		d.Token()
	}
	return found
}

// FuzzOpening: what is taken means one thing. It has no name twice, and a
// reader that heeds the case of names reads what this one reads.
func FuzzOpening(f *testing.F) {
	salt := `"salt":"` + strings.Repeat("01", 32) + `"`
	for _, s := range []string{
		`{` + salt + `}`,
		`{` + salt + `,"party":{"names":["Sample"],"identifiers":["uscc:91110105MA0000007L"]},"values":{"a.b":"1","c":"{\"}"}}`,
		`{` + salt + `,"documents":[{"title":"t","sha256":"` + strings.Repeat("02", 32) + `"},{"title":"u","sha256":""}]}`,
		`{` + salt + `,"text":"a","text":"b"}`,
		`{` + salt + `,"TEXT":"a"}`,
		`{` + salt + `,"values":{"a":"1","a":"2"}}`,
		"{" + salt + ",\n \"obligation\": {\"kind\": \"pay\", \"text\": \"\\u540d\"}\n}",
		`null`, `[]`, `{"salt":1}`, `{"\u0073alt":"` + strings.Repeat("01", 32) + `"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		o, err := readOpening(b)
		if err != nil {
			return
		}
		if twice(json.NewDecoder(bytes.NewReader(b))) {
			t.Fatalf("taken with a name twice: %s", b)
		}
		var exact map[string]json.RawMessage
		if err := json.Unmarshal(b, &exact); err != nil {
			t.Fatal(err)
		}
		var text string
		if raw, ok := exact["text"]; ok && string(raw) != "null" {
			if err := json.Unmarshal(raw, &text); err != nil {
				t.Fatal(err)
			}
		}
		if o.Text != text {
			t.Fatalf("text %q, by the exact name %q", o.Text, text)
		}
		for name := range exact {
			if !openingField(name) {
				t.Fatalf("taken with field %q", name)
			}
		}
	})
}
