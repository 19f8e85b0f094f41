package source_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// TestMappingErrors holds that a mapping is refused with the place of its fault.
func TestMappingErrors(t *testing.T) {
	for _, c := range []struct{ mapping, where, want string }{
		{"", "", "one YAML document"},
		{"a: [", "1:4", "sequence"},
		{"- a\n", "1:1", ""},
		{bare("colour: red\n"), "6:1", "colour"},
		{bare("name: {column: Other}\n"), "6:1", "name"},
		{bare("file: {delimeter: x}\n"), "6:8", "delimeter"},
		{bare("file: {delimiter: ab}\n"), "6:19", "one ASCII character"},
		{bare("file: {delimiter: '\"'}\n"), "6:19", "one ASCII character"},
		{bare("file: {encoding: latin}\n"), "6:18", "not one of"},
		{bare("file: {quotes: none}\n"), "6:16", "strict, lenient"},
		{bare("file: {columns: [Name, Name]}\n"), "6:24", "named twice"},
		{bare("dates: [YY-MM-DD]\n"), "6:9", "a year YYYY"},
		{bare("dates: [YYYY-MM]\n"), "6:9", "a day"},
		{bare("updated: Day\n"), "", "how the file prints its dates"},
		{bare("kind: [{kind: firm, because: x}]\n"), "6:15", "organisation, public-body, person, unknown"},
		{bare("kind: [{kind: person}]\n"), "6:8", "is a guess"},
		{bare("identifiers: [{column: N, scheme: passport}]\n"), "6:35", "no scheme"},
		{bare("identifiers: [{scheme: lei}]\n"), "6:15", "name a column"},
		{bare("country: {constant: Brazil}\n"), "6:21", "ISO 3166"},
		{bare("country: {constant: BR, column: C}\n"), "6:10", "not both"},
		{bare("country: {values: {a: b}}\n"), "6:19", "need a column"},
		{bare("ruling: {kind: verdict}\n"), "6:16", "judgment"},
		{bare("ruling: {finality: {final: [x]}}\n"), "6:28", "name the column"},
		{bare("name: {column: Name, cut: ['']}\n")[len(bare("")):], "", "version of this language"},
		{"mapping: 1\nsource: s\nname: {column: N, cut: ['']}\nkey: [N]\neffects: [{effect: record}]\n", "3:25", "begins everywhere"},
		{bare("term: {open: {x: ongoing}}\n"), "6:14", "until"},
		{bare("dates: [YYYY-MM-DD]\nterm: {until: U, open: {x: never}}\n"), "7:24", "ongoing, permanent"},
		{bare("dates: [YYYY-MM-DD]\nterm: {until: U, empty: maybe}\n"), "7:25", "reject, ongoing, none"},
		{bare("grounds: {words: {a: b}}\n"), "6:10", "column"},
		{bare("grounds: {column: G}\n"), "6:10", "give words"},
		{bare("grounds: {column: G, words: {A b: c}}\n"), "6:29", "one word"},
		{bare("amount: {column: A, currency: euro}\n"), "6:31", "ISO 4217"},
		{bare("amount: {column: A, currency: EUR, thousands: .}\n"), "6:47", "decimal mark"},
		{bare("amount: {currency: EUR}\n"), "6:9", "column"},
		{bare("effects: [{effect: sanction}]\n"), "5:20", "listing, ruling, record"},
		{bare("effects: [{effect: ruling}]\n"), "5:11", "kind of effect"},
		{bare("effects: [{effect: record}, {effect: record}]\n"), "5:11", "put it last"},
		{bare("effects: []\n"), "5:10", "listing, ruling or record"},
		{bare("effects: [{effect: listing, kind: bar}]\n"), "", "empty: ongoing"},
		{"mapping: 2\n", "1:10", "version of this language"},
		{"mapping: 1\nsource: s\nname: {column: N}\n", "", "tell one entry from another"},
		{strings.Repeat("#", 300<<10), "", "longer than"},
	} {
		_, err := source.Open("csv", strings.NewReader("Name\n"), source.Options{Mapping: []byte(c.mapping)})
		var bad *source.MappingError
		if !errors.As(err, &bad) {
			t.Errorf("%.60q: %v", c.mapping, err)
			continue
		}
		where := ""
		if bad.Line > 0 {
			where = fmt.Sprintf("%d:%d", bad.Line, bad.Column)
		}
		if where != c.where || !strings.Contains(bad.Error(), c.want) {
			t.Errorf("%.60q: at %q: %v; want at %q: %q", c.mapping, where, bad, c.where, c.want)
		}
	}
}

// TestHeader holds that a list which is not the one described is refused whole.
func TestHeader(t *testing.T) {
	for _, c := range []struct{ more, text, want string }{
		{"", "", "the file is empty"},
		{"", "Title\n", `no column "Name"`},
		{"", "Name,Name\n", "twice"},
		{"", "Name,New\n", `says nothing of the column "New"`},
		{"ignore: [Old]\n", "Name\n", `no column "Old"`},
		{"", "\"Name\n", "header cannot be read"},
		{"file: {columns: [Name]}\n", "A\n", ""},
		{"", " Name \n", ""},
	} {
		_, err := source.Open("csv", strings.NewReader(c.text), source.Options{Mapping: []byte(bare(c.more))})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v; want %q", c.text, err, c.want)
		}
	}
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		format string
		opts   source.Options
		want   string
	}{
		{"xml", source.Options{}, "no format"},
		{"csv", source.Options{}, "needs a mapping"},
		{"ebrd", source.Options{Mapping: []byte(bare(""))}, "takes no mapping"},
		{"ftm", source.Options{Mapping: []byte{}}, "takes no mapping"},
	} {
		if _, err := source.Open(c.format, strings.NewReader(""), c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", c.format, err, c.want)
		}
	}
	var names []string
	for _, f := range source.Formats() {
		names = append(names, f.Name)
		text, ok := source.BuiltinMapping(f.Name)
		if ok != (f.Publisher != "") || ok && len(text) == 0 {
			t.Errorf("%+v: mapping %v", f, ok)
		}
	}
	if want := []string{"iadb", "ebrd", "bis-dpl", "br-sanctions", "csv", "ftm"}; !reflect.DeepEqual(names, want) {
		t.Errorf("formats %v, want %v", names, want)
	}
}

// TestValues holds what the parts of a mapping make of values.
func TestValues(t *testing.T) {
	const mapping = `mapping: 1
source: test
dates: [YYYY-MM-DD]
key: [Name, From]
name: {column: Name, cut: [" / "]}
country: {column: Land, values: {"": "", D: DE, Congo: CD}}
identifiers: [{column: LEI, scheme: lei}]
ruling: {kind: order, authority: {column: By, values: {X: Authority X}}, finality: {column: State, final: [final]}}
term: {from: From, until: To, empty: ongoing}
grounds: {column: Why, words: {fraud: fraud, and: "", theft: theft}, always: [general]}
amount: {column: Sum, decimal: ",", thousands: ".", currency: EUR}
effects: [{when: {By: [X, Y]}, effect: listing, kind: bar, conditional: true}]
`
	const header = "Name,Land,LEI,By,State,From,To,Why,Sum\n"
	for _, c := range []struct {
		row  string
		code source.Code
	}{
		{`A / remark,D,HWUPKR0MPOU8FGXBT394,X,final,2024-01-01,2025-01-01,"Fraud, theft and fraud","1.234,50"`, ""},
		{`A,D,HWUPKR0MPOU8FGXBT395,X,,2024-01-01,,,`, ""},
		{`A,F,,X,,2024-01-01,,,`, source.BadValue},
		{`A,D,,Z,,2024-01-01,,,`, source.BadValue},
		{`A,D,,X,,2024-01-01,,arson,`, source.BadValue},
		{`A,D,,X,,2024-01-01,,,"1,2,3"`, source.BadValue},
		{`A,D,,X,,2024-01-01,,,12e3`, source.BadValue},
		{`A,D,,X,,2024-01-01,2023-12-31,,`, source.BadDate},
		{`A,D,,X,,soon,,,`, source.BadDate},
		{`,D,,X,,2024-01-01,,,`, source.Missing},
		{`?!,D,,X,,2024-01-01,,,`, source.Missing},
		{`A,D,,X`, source.BadFields},
		{`A,D,,X,,2024-01-01,,,,`, source.BadFields},
	} {
		rows, rejects := read(t, mapping, header+c.row+"\n")
		if len(rows)+len(rejects) != 1 || len(rejects) == 1 && (rejects[0].Code != c.code || rejects[0].Raw != c.row || rejects[0].Line != 2) ||
			len(rows) == 1 && c.code != "" {
			t.Errorf("%s: %+v %+v, want code %q", c.row, rows, rejects, c.code)
		}
	}
	rows, _ := read(t, mapping, header+`A / remark,D,HWUPKR0MPOU8FGXBT394,X,final,2024-01-01,2025-01-01,"Fraud, theft and fraud","1.234,50"`+"\n")
	got := rows[0]
	got.Key, got.Raw, got.KindReason = "", "", ""
	want := source.Row{
		Line: 2, Name: "A", Kind: source.Unknown, Country: "DE",
		Identifiers: []source.Identifier{{Scheme: "lei", Value: "HWUPKR0MPOU8FGXBT394"}},
		RulingKind:  "order", RulingAuthority: "Authority X", Final: true, FinalityText: "final",
		From: source.Date{Year: 2024, Month: 1, Day: 1}, Until: source.Date{Year: 2025, Month: 1, Day: 1},
		Grounds: []string{"general", "fraud", "theft"}, GroundText: "Fraud, theft and fraud",
		Amount: "1234.50", Currency: "EUR", Effect: source.Listing, EffectKind: "bar", Conditional: true,
		Notes: []string{"printed with the name: / remark"}, SourceName: "test",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	rows, _ = read(t, mapping, header+"A,Congo,HWUPKR0MPOU8FGXBT395,X,,2024-01-01,,,\n")
	if r := rows[0]; r.Country != "CD" || len(r.Identifiers) != 0 || len(r.Notes) != 1 || !r.Ongoing || r.Final {
		t.Errorf("%+v", r)
	}
}

// TestRepeatedIDs holds that numbering never meets an id of the source's own.
func TestRepeatedIDs(t *testing.T) {
	var text string
	for _, id := range []string{"a", "a", "a#2", "a#3", "a", "a#2"} {
		text += `{"id":"` + id + `","schema":"Company","properties":{"name":["A"]}}` + "\n"
	}
	rows, _ := readWith(t, "ftm", text, source.Options{})
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.Key] = true
	}
	if len(rows) != 6 || len(seen) != 6 {
		t.Errorf("%d rows, %d keys: %v", len(rows), len(seen), seen)
	}
}

// TestKeys holds what a key is blind to and what not.
func TestKeys(t *testing.T) {
	const mapping = "mapping: 1\nsource: s\ndates: [YYYY-MM-DD, DD.MM.YYYY]\nkey: [Name, From]\nname: {column: Name}\nterm: {from: From, until: To}\neffects: [{effect: listing, kind: bar}]\n"
	key := func(name, from, to string) string {
		rows, rejects := read(t, mapping, "Name,From,To\n"+name+","+from+","+to+"\n")
		if len(rows) != 1 {
			t.Fatalf("%+v", rejects)
		}
		return rows[0].Key
	}
	base := key("Alpha Beta", "2024-01-02", "2025-01-01")
	for _, same := range []string{
		key(" ALPHA  beta ", "2024-01-02", "2025-01-01"), key("Alpha Beta", "02.01.2024", "2026-01-01"),
	} {
		if same != base {
			t.Error("case, white space, the layout of a date or another column made it another entry")
		}
	}
	for _, other := range []string{key("Alpha", "2024-01-02", "2025-01-01"), key("Alpha Beta", "2024-01-03", "2025-01-01")} {
		if other == base {
			t.Error("another name or beginning is another entry")
		}
	}
}
