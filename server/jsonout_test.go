package server

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api/apitest"
)

// fill sets every field that v reaches to something that is not zero, so that a
// field which the writer forgot shows.
func fill(v reflect.Value, depth int) {
	switch v.Type() {
	case reflect.TypeFor[standing.Instant]():
		v.SetInt(int64(apitest.Now))
		return
	case reflect.TypeFor[standing.Digest]():
		v.Set(reflect.ValueOf(standing.DigestOf([]byte("x"))))
		return
	case reflect.TypeFor[standing.InstantName]():
		v.SetUint(uint64(standing.WindowEnd))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("a\"b\\c\n\t\x01<é\u2028漢😀>")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(2)
	case reflect.Int:
		v.SetInt(404)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), depth+1)
		fill(v.Index(1), depth+1)
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.Int {
			v.Set(reflect.ValueOf(map[string]int{"settled": 2, "performed": 0}))
			return
		}
		v.Set(reflect.ValueOf(map[string]string{"zh": "甲", "en": "a", `"`: ""}))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth)
		}
	default:
		panic("a field of a kind that no wire type had: " + v.Type().String())
	}
}

// written is what the writer makes of a value by the method of its type.
func written[T any](v T, write func(*jsonWriter, *T)) string {
	var j jsonWriter
	write(&j, &v)
	return string(j.b)
}

func roundTrip[T any](t *testing.T, write func(*jsonWriter, *T)) {
	t.Helper()
	var full, back, zero T
	fill(reflect.ValueOf(&full).Elem(), 0)
	text := written(full, write)
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Fatalf("%T: %v in %s", full, err, text)
	}
	if diff := cmp.Diff(full, back); diff != "" {
		t.Errorf("%T is written with another meaning (-in +out):\n%s", full, diff)
	}
	if text = written(zero, write); !json.Valid([]byte(text)) || strings.Contains(text, "null") {
		t.Errorf("the zero %T is written as %s", zero, text)
	}
}

func TestWriterForgetsNothing(t *testing.T) {
	roundTrip(t, (*jsonWriter).answer)
	roundTrip(t, (*jsonWriter).outcome)
	roundTrip(t, (*jsonWriter).party)
	roundTrip(t, (*jsonWriter).listing)
	roundTrip(t, (*jsonWriter).receipt)
	roundTrip(t, (*jsonWriter).rulebook)
	roundTrip(t, (*jsonWriter).version)
	roundTrip(t, (*jsonWriter).problem)
	roundTrip(t, (*jsonWriter).partyRow)
	roundTrip(t, (*jsonWriter).listingRow)
	roundTrip(t, (*jsonWriter).correction)
	roundTrip(t, (*jsonWriter).ruling)
	roundTrip(t, (*jsonWriter).day)
	roundTrip(t, (*jsonWriter).authority)
	roundTrip(t, (*jsonWriter).proof)
	roundTrip(t, (*jsonWriter).statistics)
	roundTrip(t, (*jsonWriter).rulebookText)
	roundTrip(t, (*jsonWriter).ruleChange)
	roundTrip(t, (*jsonWriter).listDefinition)
	roundTrip(t, (*jsonWriter).measureDefinition)
	roundTrip(t, (*jsonWriter).activity)
}

func TestWriterOfInstants(t *testing.T) {
	for want, i := range map[string]standing.Instant{`{"at":"open"}`: standing.Forever, `{"at":""}`: 0, `{"at":"1969-12-31T23:59:59Z"}`: -1} {
		var j jsonWriter
		j.open('{')
		j.instant("at", i)
		j.close('}')
		if string(j.b) != want {
			t.Errorf("instant %d is written as %s, want %s", i, j.b, want)
		}
	}
}

// FuzzAppendString holds that any string is written as encoding/json reads it.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "a", "\"\\/\x00\x1f\x7f", "é漢😀\u2028\u2029", "\xff\xed\xa0\x80", "</script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if want := string([]rune(s)); back != want {
			t.Fatalf("%q is read back as %q, want %q", s, back, want)
		}
	})
}
