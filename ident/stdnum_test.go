package ident_test

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/openstanding/standing/ident"
)

// shared finds a file of the test data that is not part of the repository.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("STANDING_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		t.Logf("shared data absent: %s; set STANDING_SHARED to their folder", path)
		t.Skip("shared data absent: " + name)
	}
	return path
}

// differs are the rows of the python-stdnum vectors on which this package
// knowingly judges otherwise, with the reason.
var differs = map[string]string{
	"EU372022452":      "one-stop-shop numbers are a scheme's, not a country's",
	"RO 1630615123457": "the personal number (CNP) is no VAT number by the public rules",
}

// TestStdnumVectors judges every row of the schemes that this package has. Rows
// may hold numbers of persons: messages give the line, not the number.
func TestStdnumVectors(t *testing.T) {
	file, err := os.Open(shared(t, "identifiers/stdnum_business_identifiers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	schemes := map[string]struct {
		scheme ident.Scheme
		prefix string
	}{
		"cn_uscc": {ident.SchemeUSCC, ""}, "lei": {ident.SchemeLEI, ""}, "br_cnpj": {ident.SchemeCNPJ, ""},
		"eu_vat": {ident.SchemeEUVAT, ""}, "gb_vat": {ident.SchemeEUVAT, "XI"},
		"fr_siren": {ident.SchemeEUVAT, "FR00"}, // its key is unknown: only the inner check is compared
	}
	judged, differing := 0, 0
	for i, row := range rows[1:] {
		s, known := schemes[row[0]]
		if !known {
			continue
		}
		judged++
		id, err := ident.New(s.scheme, s.prefix+row[1])
		sound := err == nil
		if row[0] == "fr_siren" {
			var e *ident.Error
			sound = err == nil || errors.As(err, &e) && e.Rule == "check-mod97"
		}
		if differs[row[1]] != "" {
			differing++
			if sound {
				t.Errorf("line %d is accepted, though the list of differences says otherwise", i+2)
			}
			continue
		}
		if sound != (row[2] == "true") {
			t.Errorf("line %d (%s, valid %s): %v", i+2, row[0], row[2], err)
		}
		if again, err2 := ident.Parse(id.String()); err == nil && (err2 != nil || again != id) {
			t.Errorf("line %d: the canonical form is not a fixed point: %v", i+2, err2)
		}
	}
	if judged < 1000 || differing != len(differs) {
		t.Errorf("judged %d rows, %d of them otherwise", judged, differing)
	}
	t.Logf("judged %d rows, knowingly otherwise %d", judged, differing)
}
