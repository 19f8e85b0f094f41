package source_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/unicode"

	"github.com/openstanding/standing/source"
)

func TestEncodings(t *testing.T) {
	const text = "Name,Note\nMüller AG,ü\n"
	utf16 := func(order unicode.Endianness, bom unicode.BOMPolicy) string {
		s, err := unicode.UTF16(order, bom).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	windows := strings.NewReplacer("ü", "\xfc").Replace(text)
	for _, c := range []struct{ name, encoding, text, want string }{
		{"plain", "utf-8", text, "Müller AG"},
		{"byte order mark", "utf-8", "\xef\xbb\xbf" + text, "Müller AG"},
		{"mark overrules", "windows-1252", "\xef\xbb\xbf" + text, "Müller AG"},
		{"windows", "windows-1252", windows, "Müller AG"},
		{"windows as UTF-8", "utf-8", windows, "not UTF-8"},
		{"mixed", "utf-8+windows-1252", windows, "Müller AG"},
		{"undefined in windows", "windows-1252", "Name,Note\nM\x81ller,x\n", "does not define"},
		{"marked UTF-16", "utf-8", utf16(unicode.LittleEndian, unicode.UseBOM), "Müller AG"},
		{"marked UTF-16, big end first", "utf-8", utf16(unicode.BigEndian, unicode.UseBOM), "Müller AG"},
		{"UTF-16 without a mark", "utf-16be", utf16(unicode.BigEndian, unicode.IgnoreBOM), "Müller AG"},
		{"control character", "utf-8", "Name,Note\nA\x00B,x\n", "control character U+0000"},
		{"lost in a name", "utf-8", "Name,Note\nM\uFFFDller AG,x\n", "has lost a character"},
		{"lost elsewhere", "utf-8", "Name,Note\nMüller AG,\uFFFD\n", "Müller AG"},
		{"invisible", "utf-8", "Name,Note\n\u200bMüller\u00a0 AG\ufeff ,\n", "Müller AG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, rejects := read(t, bare("file: {encoding: "+c.encoding+"}\nnotes: [{column: Note}]\n"), c.text)
			if len(rows)+len(rejects) != 1 {
				t.Fatalf("%d rows, %d rejects", len(rows), len(rejects))
			}
			if len(rows) == 1 && rows[0].Name != c.want {
				t.Errorf("got %q, want %q", rows[0].Name, c.want)
			}
			if len(rejects) == 1 && (rejects[0].Code != source.Unreadable || !strings.Contains(rejects[0].Reason, c.want)) {
				t.Errorf("rejected, %s: %s; want %q", rejects[0].Code, rejects[0].Reason, c.want)
			}
		})
	}
	rows, _ := read(t, bare("file: {encoding: utf-8+windows-1252}\nignore: [Note]\n"), "Name,Note\nMüller,\nM\xfcller,\n")
	if len(rows[0].Notes) != 0 || len(rows[1].Notes) != 1 || rows[0].Name != rows[1].Name {
		t.Errorf("only the line that is not UTF-8 is noted: %q, %q", rows[0].Notes, rows[1].Notes)
	}
}

// TestBrokenReader holds that a failing reader ends the reading with its own
// error, and that the error stays.
func TestBrokenReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	text := strings.Repeat("Name\n", 3)
	for _, format := range []string{"csv", "ftm"} {
		opts := source.Options{}
		if format == "csv" {
			opts.Mapping = []byte(bare(""))
		}
		r, err := source.Open(format, io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), opts)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, _, err := source.ReadAll(r); !errors.Is(err, broken) {
				t.Errorf("%s: %v", format, err)
			}
		}
	}
	if _, err := source.Open("ebrd", iotest.ErrReader(broken), source.Options{}); !errors.Is(err, broken) {
		t.Errorf("header: %v", err)
	}
}

// TestStream holds that reading needs no more memory for a longer list, but for
// the keys, and stops at the limit of rows.
func TestStream(t *testing.T) {
	r, err := source.Open("csv", io.MultiReader(strings.NewReader("Name\n"), &repeat{text: "A\n", times: 300}), source.Options{
		Mapping: []byte(bare("")), MaxRows: 200,
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := source.ReadAll(r)
	if len(rows) != 200 || err == nil || !strings.Contains(err.Error(), "more than 200 records") {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if rows[0].Key == rows[1].Key || rows[1].Key != rows[0].Key+"#2" {
		t.Errorf("keys %q, %q", rows[0].Key, rows[1].Key)
	}
}

// repeat is a reader of the same text many times.
type repeat struct {
	text  string
	times int
	left  string
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.left == "" {
		if r.times == 0 {
			return 0, io.EOF
		}
		r.left, r.times = r.text, r.times-1
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}
