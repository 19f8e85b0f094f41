package match_test

import (
	"encoding/csv"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openstanding/standing/match"
)

// shared finds the data that is not part of the repository, or skips.
func shared(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("STANDING_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	dir = filepath.Join(dir, "data")
	if _, err := os.Stat(dir); err != nil {
		tb.Logf("SHARED DATA ABSENT: %v; set STANDING_SHARED to the folder that holds data/", err)
		tb.Skip("shared data absent: " + err.Error())
	}
	return dir
}

// rows reads a file of values; head says that its first row is names.
func rows(tb testing.TB, file string, comma rune) [][]string {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	all, err := r.ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// column is the number of a named column.
func column(head []string, name string) int {
	for i, h := range head {
		if strings.TrimPrefix(h, "\ufeff") == name {
			return i
		}
	}
	return -1
}

// ofac reads a list of the US Treasury: parties with their aliases.
func ofac(tb testing.TB, dir string) []match.Record {
	folder := filepath.Join(dir, "ofac/ofac_2021-07")
	var list []match.Record
	at := map[string]int{}
	for _, r := range rows(tb, filepath.Join(folder, "sdn.csv"), ',') {
		if len(r) < 4 {
			continue
		}
		schema := match.Organisation
		switch strings.TrimSpace(r[2]) {
		case "individual":
			schema = match.Person
		case "vessel", "aircraft":
			schema = match.Unknown
		}
		at[r[0]] = len(list)
		list = append(list, match.Record{ID: uint32(len(list)), Schema: schema, Names: []string{r[1]}})
	}
	for _, r := range rows(tb, filepath.Join(folder, "alt.csv"), ',') {
		if len(r) < 4 {
			continue
		}
		if i, ok := at[r[0]]; ok {
			list[i].Names = append(list[i].Names, r[3])
		}
	}
	return list
}

type unIndividual struct {
	First   string `xml:"FIRST_NAME"`
	Second  string `xml:"SECOND_NAME"`
	Third   string `xml:"THIRD_NAME"`
	Fourth  string `xml:"FOURTH_NAME"`
	Script  string `xml:"NAME_ORIGINAL_SCRIPT"`
	Aliases []struct {
		Quality string `xml:"QUALITY"`
		Name    string `xml:"ALIAS_NAME"`
	} `xml:"INDIVIDUAL_ALIAS"`
	EntityAliases []struct {
		Name string `xml:"ALIAS_NAME"`
	} `xml:"ENTITY_ALIAS"`
}

// unitedNations reads the consolidated list: persons and organisations.
func unitedNations(tb testing.TB, dir string) []match.Record {
	raw, err := os.ReadFile(filepath.Join(dir, "lists/UN_consolidated_2026-02.xml"))
	if err != nil {
		tb.Fatal(err)
	}
	var doc struct {
		Individuals []unIndividual `xml:"INDIVIDUALS>INDIVIDUAL"`
		Entities    []unIndividual `xml:"ENTITIES>ENTITY"`
	}
	if err := xml.Unmarshal(raw, &doc); err != nil {
		tb.Fatal(err)
	}
	var list []match.Record
	add := func(u unIndividual, s match.Schema) {
		r := match.Record{ID: uint32(len(list)), Schema: s, Names: []string{strings.Join([]string{u.First, u.Second, u.Third, u.Fourth}, " ")}}
		if strings.TrimSpace(u.Script) != "" {
			r.Names = append(r.Names, strings.TrimSpace(u.Script))
		}
		for _, a := range u.Aliases {
			if a.Quality == "Good" && a.Name != "" {
				r.Names = append(r.Names, a.Name)
			}
		}
		for _, a := range u.EntityAliases {
			if a.Name != "" {
				r.Names = append(r.Names, a.Name)
			}
		}
		list = append(list, r)
	}
	for _, u := range doc.Individuals {
		add(u, match.Person)
	}
	for _, u := range doc.Entities {
		add(u, match.Organisation)
	}
	return list
}

// consolidated reads the US Consolidated Screening List.
func consolidated(tb testing.TB, dir string) []match.Record {
	all := rows(tb, filepath.Join(dir, "lists/us_csl_2023-11.csv"), ',')
	name, alt, kind := column(all[0], "name"), column(all[0], "alt_names"), column(all[0], "type")
	var list []match.Record
	for _, r := range all[1:] {
		if len(r) <= alt {
			continue
		}
		s := match.Organisation
		if r[kind] == "Individual" {
			s = match.Person
		}
		rec := match.Record{ID: uint32(len(list)), Schema: s, Names: []string{r[name]}}
		for a := range strings.SplitSeq(r[alt], ";") {
			if a = strings.TrimSpace(a); a != "" {
				rec.Names = append(rec.Names, a)
			}
		}
		list = append(list, rec)
	}
	return list
}

// latinHan reads registered names in two scripts.
func latinHan(tb testing.TB, dir string) [][2]string {
	var list [][2]string
	for _, r := range rows(tb, filepath.Join(dir, "derived/latin_han_pairs_iadb.csv"), ',')[1:] {
		list = append(list, [2]string{r[0], r[1]})
	}
	return list
}

// patstat reads names of applicants for patents, by applicant.
func patstat(tb testing.TB, dir string) map[string][]string {
	by := map[string][]string{}
	seen := map[string]bool{}
	for _, r := range rows(tb, filepath.Join(dir, "linkage/patstat/patstat_reference.csv"), ',')[1:] {
		n := strings.TrimSpace(strings.TrimLeft(r[2], "* "))
		if k := r[1] + strings.ToLower(n); !seen[k] {
			seen[k] = true
			by[r[1]] = append(by[r[1]], n)
		}
	}
	return by
}
