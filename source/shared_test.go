package source_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/openstanding/standing/source"
)

// The counts below were verified outside this code: by a reading of each file
// with other tools, row by row for dates, ends, authorities, effects, grounds
// and amounts, and by eye for the kinds.

type counts map[string]int

func effectOf(r source.Row) string { return string(r.Effect) + " " + r.EffectKind }
func kindOf(r source.Row) string   { return string(r.Kind) }

func wantCounts(t *testing.T, what string, got map[string]int, want counts) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func codes(rejects []source.Reject) map[string]int {
	n := map[string]int{}
	for _, r := range rejects {
		n[string(r.Code)]++
	}
	return n
}

// sound holds what every row of every reader keeps.
func sound(t *testing.T, rows []source.Row) {
	t.Helper()
	keys := map[string]bool{}
	for _, r := range rows {
		if keys[r.Key] {
			t.Errorf("line %d: key %q twice", r.Line, r.Key)
		}
		keys[r.Key] = true
		if (r.Name == "") != (r.About != "") || r.Kind == "" || r.KindReason == "" || r.SourceName == "" {
			t.Errorf("line %d: name %q, about %q, kind %q (%s)", r.Line, r.Name, r.About, r.Kind, r.KindReason)
		}
		if r.Effect == source.Listing && r.Ongoing == !r.Until.IsZero() {
			t.Errorf("line %d: ends on %q, ongoing %v", r.Line, r.Until, r.Ongoing)
		}
	}
}

func TestSharedIADB(t *testing.T) {
	rows, rejects := readShared(t, "iadb", "debarment/iadb_sanctioned.csv")
	sound(t, rows)
	wantCounts(t, "rejects", codes(rejects), counts{"fields": 1, "limited": 1})
	wantCounts(t, "effects", count(rows, effectOf), counts{
		"listing cross-debarment": 892, "listing debarment": 150, "listing conditional-debarment": 37, "ruling letter-of-reprimand": 1,
	})
	wantCounts(t, "kinds", count(rows, kindOf), counts{"organisation": 845, "person": 233, "unknown": 2})
	wantCounts(t, "authorities", count(rows, func(r source.Row) string { return r.RulingAuthority }), counts{
		"World Bank Group": 473, "Asian Development Bank": 307, "African Development Bank Group": 103,
		"European Bank for Reconstruction and Development": 9, "Inter-American Development Bank Group": 188,
	})
	open := count(rows, func(r source.Row) string {
		return map[bool]string{true: "open", false: "ends"}[r.Ongoing]
	})
	wantCounts(t, "ends", open, counts{"open": 447, "ends": 633})
	if last := rejects[len(rejects)-1]; !strings.HasPrefix(last.Raw, `"Zastosowane filtry`) || last.Line != 1083 {
		t.Errorf("the remark at the end: %+v", last)
	}
}

func TestSharedEBRD(t *testing.T) {
	rows, rejects := readShared(t, "ebrd", "debarment/ebrd_ineligible_2025-01.csv")
	sound(t, rows)
	wantCounts(t, "rejects", codes(rejects), counts{"missing": 2, "limited": 1})
	wantCounts(t, "effects", count(rows, effectOf), counts{"listing cross-debarment": 1082, "listing debarment": 237})
	wantCounts(t, "kinds", count(rows, kindOf), counts{"organisation": 1004, "person": 122, "unknown": 193})
	ends := count(rows, func(r source.Row) string {
		switch {
		case r.Permanent:
			return "permanent"
		case r.Ongoing:
			return "ongoing"
		}
		return "ends"
	})
	wantCounts(t, "ends", ends, counts{"permanent": 3, "ongoing": 465, "ends": 851})
	unescaped := 0
	for _, r := range rows {
		if strings.HasPrefix(r.Raw, `""`) || r.Name == `Closed Joint Stock Co "Sharora"` {
			unescaped++
		}
		if r.Noticed.IsZero() || len(r.Grounds) == 0 || len(r.Addresses) != 1 {
			t.Errorf("line %d: noticed %s, grounds %q, addresses %d", r.Line, r.Noticed, r.Grounds, len(r.Addresses))
		}
	}
	if unescaped != 2 {
		t.Errorf("%d of 2 records with quotes that are not doubled", unescaped)
	}
}

// TestSharedEBRDByMapping holds that a mapping of one's own says all that a
// built-in format does.
func TestSharedEBRDByMapping(t *testing.T) {
	builtin, _ := readShared(t, "ebrd", "debarment/ebrd_ineligible_2025-01.csv")
	r, err := source.Open("csv", shared(t, "debarment/ebrd_ineligible_2025-01.csv"), source.Options{Mapping: testdata(t, "ebrd-own.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	own, _, err := source.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	d, err := source.Diff(builtin, own)
	if err != nil {
		t.Fatal(err)
	}
	if d.Same != len(builtin) || len(own) != len(builtin) {
		t.Errorf("%d of %d rows are the same; %d added, %d ended, %d changed", d.Same, len(builtin), len(d.Added), len(d.Ended), len(d.Changed))
		for _, c := range d.Changed[:min(len(d.Changed), 3)] {
			t.Logf("%s: %v", c.New.Name, c.Fields)
		}
	}
}

func TestSharedBrazil(t *testing.T) {
	rows, rejects := readShared(t, "br-sanctions", "debarment/br_mg_empresas_sancionadas.csv")
	sound(t, rows)
	wantCounts(t, "rejects", codes(rejects), counts{"identifier": 1})
	wantCounts(t, "effects", count(rows, effectOf), counts{"ruling fine": 3, "ruling fine-and-publication": 39})
	wantCounts(t, "kinds", count(rows, kindOf), counts{"organisation": 38, "public-body": 2, "person": 1, "unknown": 1})
	amounts := 0
	for _, r := range rows {
		if !r.Final || r.FinalityText != "TRANSITADO EM JULGADO" || len(r.Identifiers) != 1 || r.Decided.IsZero() {
			t.Errorf("line %d: %+v", r.Line, r)
		}
		if r.Amount != "" {
			amounts++
		}
	}
	if amounts != 34 {
		t.Errorf("%d amounts", amounts)
	}
}

// TestSharedDeniedPersons also holds the evidence for the order of the dates:
// over whole snapshots the first part never passes 12 and the second does.
func TestSharedDeniedPersons(t *testing.T) {
	for _, c := range []struct {
		path string
		want counts
		kind counts
	}{
		{"bis_dpl/bis_dpl_2021-07.txt", counts{"open": 53, "ends": 493}, counts{"organisation": 119, "person": 10, "unknown": 417}},
		{"bis_dpl/bis_dpl_2022-09.txt", counts{"open": 53, "ends": 528}, counts{"organisation": 117, "person": 14, "unknown": 450}},
		{"bis_dpl/bis_dpl_2023-11.txt", counts{"open": 53, "ends": 612}, counts{"organisation": 119, "person": 16, "unknown": 530}},
	} {
		rows, rejects := readShared(t, "bis-dpl", c.path)
		sound(t, rows)
		wantCounts(t, c.path+" rejects", codes(rejects), counts{})
		wantCounts(t, c.path+" kinds", count(rows, kindOf), c.kind)
		wantCounts(t, c.path+" effects", count(rows, effectOf), counts{"listing denial-order": len(rows)})
		wantCounts(t, c.path+" ends", count(rows, func(r source.Row) string {
			return map[bool]string{true: "open", false: "ends"}[r.Ongoing]
		}), c.want)
		beyond := 0
		for _, r := range rows {
			if r.From.Day > 12 {
				beyond++
			}
		}
		if beyond < len(rows)/2 {
			t.Errorf("%s: only %d of %d dates tell the order of month and day", c.path, beyond, len(rows))
		}
	}
}

func TestSharedFollowTheMoney(t *testing.T) {
	for _, c := range []struct {
		path           string
		effects, codes counts
		kinds          counts
	}{
		{"ftm/donations.ijson", counts{"record entity": 95}, counts{"not-a-party": 379}, counts{"organisation": 71, "person": 22, "unknown": 2}},
		{"ftm/parteispenden_entities.ftm.json", counts{"record entity": 96}, counts{"not-a-party": 379}, counts{"organisation": 72, "person": 22, "unknown": 2}},
		{"ftm/zala_entities.ftm.json", counts{"record entity": 17, "listing sanction": 39}, counts{"not-a-party": 33, "date": 2}, counts{"organisation": 11, "person": 6, "unknown": 39}},
	} {
		rows, rejects := readShared(t, "ftm", c.path)
		sound(t, rows)
		wantCounts(t, c.path+" effects", count(rows, effectOf), c.effects)
		wantCounts(t, c.path+" rejects", codes(rejects), c.codes)
		wantCounts(t, c.path+" kinds", count(rows, kindOf), c.kinds)
		parties := map[string]bool{}
		for _, r := range rows {
			parties[r.Key] = true
		}
		for _, r := range rows {
			if r.About != "" && !parties[r.About] {
				t.Errorf("%s, line %d: about %s, which is no row", c.path, r.Line, r.About)
			}
		}
	}
}
