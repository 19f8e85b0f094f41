package bulk_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/bulk"
)

// FuzzQuote: what is written is JSON that says the same.
func FuzzQuote(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		quoted := bulk.Quote(s)
		var back string
		if err := json.Unmarshal([]byte(quoted), &back); err != nil || back != s {
			t.Errorf("%q is written %s and read %q: %v", s, quoted, back, err)
		}
		row := []byte(`{"a":[` + quoted + `,{"id":"no"}],"id":` + quoted + `,"z":1}`)
		if got, ok := bulk.Member(row, "id"); !ok || got != s {
			t.Errorf("of %s the id is %q, %v", row, got, ok)
		}
	})
}

// FuzzMember holds that no line, however wrong, makes the reader panic or give
// what is not there.
func FuzzMember(f *testing.F) {
	f.Add([]byte(`{"id":"x","party":"y"}`))
	f.Add([]byte(`{"id":"\ud800"}`))
	f.Add([]byte(`{"a":{"id":"x"},"id":`))
	f.Fuzz(func(t *testing.T, row []byte) {
		got, ok := bulk.Member(row, "id")
		if ok && !utf8.ValidString(got) {
			t.Errorf("%q gives %q", row, got)
		}
	})
}

// FuzzApply: whatever is called a delta, either it is refused or what comes out
// is in order of its keys and every row of it came in.
func FuzzApply(f *testing.F) {
	whole := "{\"id\":\"1\",\"party\":\"a\"}\n{\"id\":\"3\",\"party\":\"c\"}\n"
	f.Add(whole, "{\"id\":\"2\",\"kind\":\"party\",\"op\":\"ADD\",\"row\":{\"id\":\"2\",\"party\":\"b\"}}\n")
	f.Add(whole, "{\"id\":\"1\",\"kind\":\"party\",\"op\":\"DEL\"}\n")
	f.Add(whole, "{\"id\":\"1\",\"kind\":\"party\",\"op\":\"MOD\"}\n")
	f.Fuzz(func(t *testing.T, whole, delta string) {
		var out bytes.Buffer
		root, err := bulk.Apply(&out, strings.NewReader(whole), bulk.PartyNoun, strings.NewReader(delta))
		if err != nil {
			return
		}
		if n := strings.Count(out.String(), "\n"); n != root.Rows {
			t.Errorf("%d rows are counted and %d written", root.Rows, n)
		}
		for line := range strings.Lines(out.String()) {
			if !strings.Contains(whole+delta, strings.TrimSuffix(line, "\n")) {
				t.Errorf("%q came from nowhere", line)
			}
		}
	})
}

// TestApply: the cases of which the property tells only that they work.
func TestApply(t *testing.T) {
	whole := "{\"id\":\"1\",\"party\":\"a\"}\n{\"id\":\"3\",\"party\":\"c\"}\n"
	for _, c := range []struct{ name, delta, want string }{
		{"nothing", "", whole},
		{"between", `{"id":"2","kind":"party","op":"ADD","row":{"id":"2","party":"b"}}`, "{\"id\":\"1\",\"party\":\"a\"}\n{\"id\":\"2\",\"party\":\"b\"}\n{\"id\":\"3\",\"party\":\"c\"}\n"},
		{"another noun", `{"id":"1","kind":"listing","op":"DEL"}`, whole},
		{"gone", `{"id":"1","kind":"party","op":"DEL"}`, "{\"id\":\"3\",\"party\":\"c\"}\n"},
		{"gone that never was", `{"id":"7","kind":"party","op":"DEL"}`, whole},
		{"bare, then said", "{\"id\":\"1\",\"kind\":\"party\",\"op\":\"MOD\"}\n" + `{"id":"1","kind":"party","op":"MOD","row":{"id":"1","party":"a","x":1}}`, "{\"id\":\"1\",\"party\":\"a\",\"x\":1}\n{\"id\":\"3\",\"party\":\"c\"}\n"},
		{"bare to the end", `{"id":"1","kind":"party","op":"MOD"}`, "invalid"},
		{"no operation", `{"id":"1","kind":"party","op":"SET"}`, "invalid"},
		{"no line of JSON", `{`, "invalid"},
	} {
		if c.delta != "" {
			c.delta += "\n"
		}
		var out bytes.Buffer
		_, err := bulk.Apply(&out, strings.NewReader(whole), bulk.PartyNoun, strings.NewReader(c.delta))
		got := out.String()
		if err != nil {
			got = string(standing.KindOf(err))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.name, got, c.want, err)
		}
	}
	if _, err := bulk.Apply(nil, strings.NewReader(whole[:len(whole)-1]), bulk.PartyNoun); err == nil {
		t.Error("a whole that is cut off is taken for one")
	}
}
