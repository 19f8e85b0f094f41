package source

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestRecordsAgainstEncodingCSV holds that whatever a sound writer wrote is
// read back, by the strict and by the lenient rule.
func TestRecordsAgainstEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.StringMatching(`[a"', ;\n]{0,6}`)
		table := rapid.SliceOfN(rapid.SliceOfN(field, 2, 4), 1, 5).Draw(t, "table")
		delim := rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delimiter")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rune(delim)
		if err := w.WriteAll(table); err != nil {
			t.Fatal(err)
		}
		for _, lenient := range []bool{false, true} {
			r := &records{lines: newLines(bytes.NewReader(b.Bytes()), encUTF8, 1<<20), delim: delim, lenient: lenient}
			for _, want := range table {
				got, err := r.next()
				if err != nil || got.fault != "" || !slices.Equal(got.fields, want) {
					t.Fatalf("lenient %v: got %q %q %v, want %q", lenient, got.fields, got.fault, err, want)
				}
			}
			if _, err := r.next(); err != io.EOF {
				t.Fatalf("after the last record: %v", err)
			}
		}
	})
}

func TestBrokenQuotes(t *testing.T) {
	for _, c := range []struct {
		name, text      string
		strict, lenient []string // fields joined by |, or the fault
	}{
		{"as the EBRD writes them", `""Supper" LLC",x` + "\n", []string{"not doubled"}, []string{`"Supper" LLC|x`}},
		{"a quote before the end", `"Co "Sharora"",x` + "\n", []string{"not doubled"}, []string{`Co "Sharora"|x`}},
		{"a bare quote", `a"b,x` + "\n", []string{"not doubled"}, []string{`a"b|x`}},
		{"doubled", `"a ""b"" c",x` + "\n", []string{`a "b" c|x`}, []string{`a "b" c|x`}},
		{"never closed costs one line", "\"a,x\nb,y\nc,z\n", []string{"never closed", "b|y", "c|z"}, []string{"never closed", "b|y", "c|z"}},
		{"two lines", "\"a\nb\",x\n", []string{"a\nb|x"}, []string{"a\nb|x"}},
		{"empty fields", ",\n\"\",\"\"\n", []string{"|", "|"}, []string{"|", "|"}},
		{"no line end", "a,x", []string{"a|x"}, []string{"a|x"}},
		{"carriage returns", "a,x\r\nb,y\r\n", []string{"a|x", "b|y"}, []string{"a|x", "b|y"}},
		{"empty lines", "\na,x\n\n\nb,y\n\n", []string{"a|x", "b|y"}, []string{"a|x", "b|y"}},
	} {
		for _, lenient := range []bool{false, true} {
			want := c.strict
			if lenient {
				want = c.lenient
			}
			r := &records{lines: newLines(strings.NewReader(c.text), encUTF8, 1<<20), delim: ',', lenient: lenient}
			for i, w := range want {
				rec, err := r.next()
				got := strings.Join(rec.fields, "|")
				if err != nil || got != w && (rec.fault == "" || !strings.Contains(rec.fault, w)) {
					t.Errorf("%s, lenient %v, record %d: got %q %q %v, want %q", c.name, lenient, i, got, rec.fault, err, w)
				}
			}
			if rec, err := r.next(); err != io.EOF {
				t.Errorf("%s, lenient %v: one more record: %+v, %v", c.name, lenient, rec, err)
			}
		}
	}
}

func TestRecordBounds(t *testing.T) {
	many := strings.Repeat("x\n", maxRecordLines+5)
	for name, c := range map[string]struct {
		text    string
		faults  int
		records int
	}{
		"a long line":          {strings.Repeat("x", 5000) + "\nb\n", 1, 2},
		"a long quoted record": {"\"" + many + "\nb\n", 1, maxRecordLines + 6},
		"too many fields":      {strings.Repeat(",", maxFields) + "\nb\n", 1, 2},
		"as many as allowed":   {strings.Repeat(",", maxFields-1) + "\nb\n", 0, 2},
	} {
		r := &records{lines: newLines(strings.NewReader(c.text), encUTF8, 1000), delim: ','}
		var got, faults int
		for {
			rec, err := r.next()
			if err == io.EOF {
				break
			}
			got++
			if rec.fault != "" {
				faults++
			}
			if len(rec.raw) > shownOfLong {
				t.Errorf("%s: a record of %d bytes is kept", name, len(rec.raw))
			}
		}
		if got != c.records || faults != c.faults {
			t.Errorf("%s: %d records, %d faults; want %d, %d", name, got, faults, c.records, c.faults)
		}
	}
}
