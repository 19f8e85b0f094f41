package source_test

import (
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// examine reads data in a format and holds what no input may break: it ends,
// each record is one row or one reject, lines go forward, keys differ, kinds
// and effects are of the closed sets, a listing ends or is open, and a second
// reading gives the same.
func examine(t *testing.T, format string, data string, opts source.Options) {
	opts.MaxRecord = 4096
	r, err := source.Open(format, strings.NewReader(data), opts)
	if err != nil {
		return
	}
	lines, last := strings.Count(data, "\n")+1, 0
	keys := map[string]bool{}
	var rows []source.Row
	for n := 0; ; n++ {
		row, reject, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("a sound reader failed: %v", err)
		}
		if n > lines {
			t.Fatalf("%d records of %d lines", n, lines)
		}
		line := row.Line
		if reject != nil {
			line = reject.Line
			if !reflect.DeepEqual(row, source.Row{}) || reject.Code == "" || reject.Reason == "" {
				t.Fatalf("a reject with a row, or without a reason: %+v", reject)
			}
		}
		if line <= last {
			t.Fatalf("line %d after line %d", line, last)
		}
		last = line
		if reject == nil {
			checkRow(t, row)
			if keys[row.Key] {
				t.Fatalf("key %q twice", row.Key)
			}
			keys[row.Key] = true
			rows = append(rows, row)
		}
	}
	again, _ := source.Open(format, strings.NewReader(data), opts)
	if same, _, _ := source.ReadAll(again); !reflect.DeepEqual(same, rows) {
		t.Fatal("a second reading differs")
	}
	if d, err := source.Diff(rows, rows); err != nil || d.Same != len(rows) {
		t.Fatalf("a snapshot differs from itself: %v", err)
	}
}

func checkRow(t *testing.T, r source.Row) {
	t.Helper()
	if (r.Name == "") != (r.About != "") || strings.TrimSpace(r.Name) != r.Name {
		t.Fatalf("name %q, about %q", r.Name, r.About)
	}
	switch r.Kind {
	case source.Organisation, source.PublicBody, source.Person, source.Unknown:
	default:
		t.Fatalf("kind %q", r.Kind)
	}
	switch r.Effect {
	case source.Listing:
		if r.Ongoing == !r.Until.IsZero() {
			t.Fatalf("a listing that ends on %q, ongoing %v", r.Until, r.Ongoing)
		}
	case source.RulingOnly, source.Record:
	default:
		t.Fatalf("effect %q", r.Effect)
	}
	for _, d := range []source.Date{r.Decided, r.From, r.Until, r.Noticed, r.Updated} {
		if _, err := source.NewDate(d.Year, d.Month, d.Day); !d.IsZero() && err != nil {
			t.Fatalf("date %v: %v", d, err)
		}
	}
}

// seeds: a header, then good and bad records of the list.
func FuzzIADB(f *testing.F) {
	const header = "Title,Entity,Nationality,Country,From,To,Grounds,Source,IDB Sanction Type,IDB Sanction Source,Other Name\n"
	f.Add("Alfa Ltd. (“A”),Firm,Kenya,Peru,\"Jul 03, 2024\",Ongoing, Fraud,WBG cross debarment,,,示例 公司\n")
	f.Add("Alfa,Individual,Congo,,45476,\"Jul 03, 2025\",\" Fraud, Collusion\",IDB,Letter of reprimand,,\n")
	f.Add("\"a remark\non two lines\"\n")
	f.Fuzz(func(t *testing.T, data string) { examine(t, "iadb", header+data, source.Options{}) })
}

func FuzzEBRD(f *testing.F) {
	const header = "Firm Name,Address,Nationality,Ineligible From, Ineligible Until,Notice Effective At EBRD,Originating Institution,Prohibited Practice\n"
	f.Add("\"\"Alfa\" LLC\",\"Any Street\",\"Kenya\",,Ongoing,\"2022-09-25T07:29:59Z\",\"World Bank Group\",\"Fraudulent Practice\"\n")
	f.Add("\"Mr. Alfa\n\n\",\"x\",\"Kenya\nKenya\",\"2022-09-25T07:29:59Z\",\"2025-09-25T07:29:59Z\",\"2022-09-25T07:29:59Z\",\"EBRD\",\"Corrupt/ Collusive Practices\"\n")
	f.Fuzz(func(t *testing.T, data string) { examine(t, "ebrd", "\xef\xbb\xbf"+header+data, source.Options{}) })
}

func FuzzDeniedPersons(f *testing.F) {
	const header = "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_Date\"\t\"Expiration_Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t\"FR_Citation\"\n"
	f.Add("\" ALFA A/K/A BETA\"\t\"1 ANY STREET\"\t\"ANY CITY\"\t\"TX\"\t\"US\"\t\"85043\"\t\"10/16/2017\"\t\"\"\t\"y\"\t\"3017-10-23\"\t\"ADDED\"\t\"82 F.R. 48792\"\n")
	f.Fuzz(func(t *testing.T, data string) { examine(t, "bis-dpl", header+data, source.Options{}) })
}

func FuzzBrazil(f *testing.F) {
	const header = "sei;numero;ano;portaria;data_publicacao;orgao_instaurador;orgao_lesado;empresa_processada;tipo_societario;cnpj;conuta;data_decisao;decisao;fase;valor_multa\n"
	f.Add("1/2019;1;2015;1;2015-09-19;CGE;X;ALFA LTDA; SOCIEDADE LIMITADA;20.182.043.0001-42\u200b;Y;2017-10-11;Multa;TRANSITADO\u00a0EM\u00a0JULGADO;608016,54\n")
	f.Fuzz(func(t *testing.T, data string) { examine(t, "br-sanctions", header+data, source.Options{}) })
}

func FuzzFTM(f *testing.F) {
	f.Add(`{"id":"c1","schema":"Company","properties":{"name":["Muster GmbH"],"country":["de"]}}` + "\n" + `{"id":"s1","schema":"Sanction","properties":{"entity":["c1"],"startDate":["2024-01-02"]}}`)
	f.Add(`{"id":"f1","schema":"Family"}`)
	f.Fuzz(func(t *testing.T, data string) { examine(t, "ftm", data, source.Options{}) })
}

// FuzzMapping gives both the mapping and the list to chance.
func FuzzMapping(f *testing.F) {
	f.Add(bare("dates: [YYYY-MM-DD, excel]\nterm: {from: From, until: To, open: {x: permanent}, empty: none}\n"), "Name,From,To\nA,2024-01-01,x\n")
	f.Add("mapping: 1\nsource: s\nname: {column: N, parts: true, cut: [;]}\nkey: [N]\nfile: {delimiter: \"|\", quotes: lenient, encoding: utf-16le}\neffects: [{effect: record}]\n", "N\nA (aka B)\n")
	f.Fuzz(func(t *testing.T, mapping, data string) {
		examine(t, "csv", data, source.Options{Mapping: []byte(mapping)})
	})
}
