package source_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

func TestFollowTheMoney(t *testing.T) {
	for _, c := range []struct {
		line string
		code source.Code
		want source.Row // of what is compared
	}{
		{`{"id":"p1","caption":"Alma Brandt","schema":"Person","properties":{"name":["A. Brandt","Alma Brandt"],"alias":["Al"],"weakAlias":["Bo"],"country":["dk"],"nationality":["dk"],"birthDate":["1971-05-01"],"religion":["x"],"ethnicity":["y"],"passportNumber":["z1"]}}`, "",
			source.Row{Key: "p1", Name: "Alma Brandt", OtherNames: []string{"A. Brandt", "Al"}, Kind: source.Person, Country: "DK", Nationality: "dk", BirthDate: "1971-05-01", Effect: source.Record, EffectKind: "entity"}},
		{`{"id":"c1","schema":"Company","properties":{"name":["Muster GmbH"],"jurisdiction":["de"],"country":["fr"],"leiCode":["HWUPKR0MPOU8FGXBT394"],"innCode":["7700000000"]}}`, "",
			source.Row{Key: "c1", Name: "Muster GmbH", Kind: source.Organisation, Country: "DE", Effect: source.Record, EffectKind: "entity",
				Identifiers: []source.Identifier{{Scheme: "lei", Value: "HWUPKR0MPOU8FGXBT394"}, {Scheme: "ref", Value: "RU-INN 7700000000"}}}},
		{`{"id":"c2","schema":"Company","properties":{"name":["Eheleute Muster"],"country":["de","at"]}}`, "",
			source.Row{Key: "c2", Name: "Eheleute Muster", Kind: source.Unknown, Effect: source.Record, EffectKind: "entity"}},
		{`{"id":"l1","schema":"LegalEntity","properties":{"name":["Muster Ltd"]}}`, "",
			source.Row{Key: "l1", Name: "Muster Ltd", Kind: source.Organisation, Effect: source.Record, EffectKind: "entity"}},
		{`{"id":"s1","schema":"Sanction","properties":{"entity":["c1"],"authority":["Any Office"],"authorityId":["7"],"startDate":["2024-01-02"],"endDate":["2025-01-02"],"reason":["because"]}}`, "",
			source.Row{Key: "s1", About: "c1", Kind: source.Unknown, RulingKind: "decision", RulingRef: "7", RulingAuthority: "Any Office", GroundText: "because",
				From: source.Date{Year: 2024, Month: 1, Day: 2}, Until: source.Date{Year: 2025, Month: 1, Day: 2}, Effect: source.Listing, EffectKind: "sanction"}},
		{`{"id":"s2","schema":"Sanction","properties":{"entity":["c1"]}}`, "",
			source.Row{Key: "s2", About: "c1", Kind: source.Unknown, RulingKind: "decision", Ongoing: true, Effect: source.Listing, EffectKind: "sanction"}},
		{`{"id":"s3","schema":"Sanction","properties":{"entity":["c1"],"startDate":["2024-01-02","2024-01-03"]}}`, source.BadDate, source.Row{}},
		{`{"id":"s4","schema":"Sanction","properties":{"entity":["c1"],"startDate":["2024"]}}`, source.BadDate, source.Row{}},
		{`{"id":"s5","schema":"Sanction","properties":{"entity":["c1"],"startDate":["2024-01-02"],"endDate":["2023-01-02"]}}`, source.BadDate, source.Row{}},
		{`{"id":"s6","schema":"Sanction","properties":{"entity":["c1","c2"]}}`, source.Missing, source.Row{}},
		{`{"id":"a1","schema":"Address","properties":{"full":["x"]}}`, source.NotParty, source.Row{}},
		{`{"id":"f1","schema":"Family","properties":{"person":["p1"]}}`, source.NotParty, source.Row{}},
		{`{"id":"c3","schema":"Company","properties":{}}`, source.Missing, source.Row{}},
		{`{"ID":"c4","Schema":"Company"}`, source.Malformed, source.Row{}},
		{`{"op":"DEL","entity":{"id":"c1"}}`, source.Malformed, source.Row{}},
		{`{"id":"c5","schema":"Company"`, source.Malformed, source.Row{}},
		{`{"id":"c5","schema":"Company"} {}`, source.Malformed, source.Row{}},
		{`{"id":5,"schema":"Company"}`, source.Malformed, source.Row{}},
		{`[1]`, source.Malformed, source.Row{}},
	} {
		rows, rejects := readWith(t, "ftm", "\n"+c.line+"\n\n", source.Options{})
		if len(rows)+len(rejects) != 1 {
			t.Fatalf("%s: %d rows, %d rejects", c.line, len(rows), len(rejects))
		}
		if c.code != "" {
			if len(rejects) != 1 || rejects[0].Code != c.code || rejects[0].Line != 2 {
				t.Errorf("%s: %+v %+v, want %s", c.line, rows, rejects, c.code)
			}
			continue
		}
		if len(rows) != 1 {
			t.Errorf("%s: %+v", c.line, rejects)
			continue
		}
		got := rows[0]
		got.Line, got.Raw, got.KindReason, got.SourceName = 0, "", "", ""
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got  %+v\n want %+v", c.line, got, c.want)
		}
	}
}

// TestKinshipIsNotKept holds that a link between persons leaves no trace.
func TestKinshipIsNotKept(t *testing.T) {
	for _, schema := range []string{"Family", "Associate"} {
		_, rejects := readWith(t, "ftm", `{"id":"f1","schema":"`+schema+`","properties":{"person":["p1"],"relative":["p2"]}}`, source.Options{})
		if len(rejects) != 1 || strings.Contains(rejects[0].Raw+rejects[0].Reason, "p1") {
			t.Errorf("%s: %+v", schema, rejects)
		}
	}
}
