package charter_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
)

func TestArticles(t *testing.T) {
	articles := charter.Articles()
	if len(articles) != 13 {
		t.Fatalf("%d articles, want 13", len(articles))
	}
	for i, a := range articles {
		if a.Number != i+1 || len(a.Clauses) == 0 {
			t.Errorf("article at place %d has number %d and %d clauses", i+1, a.Number, len(a.Clauses))
		}
		for _, lang := range []string{"en", "zh"} {
			if a.Title[lang] == "" || a.Text[lang] == "" || a.Reason[lang] == "" {
				t.Errorf("article %d has no title, text or reason in %s", a.Number, lang)
			}
			for j, c := range a.Clauses {
				if want := fmt.Sprintf("%d.%d", a.Number, j+1); c.ID != want || c.Text[lang] == "" || c.Held == "" {
					t.Errorf("clause %q, want %s with a text in %s and where it is held", c.ID, want, lang)
				}
			}
		}
	}
	articles[0].Title["en"], articles[0].Clauses[0].ID = "spoiled", "spoiled"
	if fresh := charter.Articles()[0]; fresh.Title["en"] != "Ground" || fresh.Clauses[0].ID != "1.1" {
		t.Error("a caller could change the charter")
	}
}

// TestEveryClauseHasABadSample: a clause that no sample breaks may hold
// nothing.
func TestEveryClauseHasABadSample(t *testing.T) {
	inRulebook, atAct := map[string]bool{"7.2": true}, map[string]bool{} // 7.2 has its sample beside the table
	for _, bad := range badRulebooks {
		inRulebook[bad.clause] = true
	}
	for _, bad := range badActs {
		atAct[bad.clause] = true
	}
	for _, a := range charter.Articles() {
		for _, c := range a.Clauses {
			rulebook := c.Held == charter.InRulebook || c.Held == charter.InBoth
			act := c.Held == charter.AtAct || c.Held == charter.InBoth
			if rulebook != inRulebook[c.ID] || act != atAct[c.ID] {
				t.Errorf("clause %s is held in %q; bad samples: in rulebooks %v, at acts %v", c.ID, c.Held, inRulebook[c.ID], atAct[c.ID])
			}
		}
	}
}

func TestAsError(t *testing.T) {
	if err := charter.AsError(nil); err != nil {
		t.Errorf("no violation gives %v", err)
	}
	f := confirmed()
	f.Case.Listing.Notice, f.Ruling.Final = nil, 0
	err := charter.AsError(charter.CheckAct(f))
	var e *standing.Error
	if !errors.As(err, &e) || e.Kind != standing.Refused || e.Rule != "charter 1.1" {
		t.Fatalf("got %#v, want a refusal under charter 1.1", err)
	}
	for _, want := range []string{"charter 1.1", "charter 2.1", "not final", "no notice was served", "listing.confirmed of case"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	one := charter.AsError([]charter.Violation{{Article: 7, Clause: "7.1", Where: "measures[x]", What: "cuts water", Do: "leave it out"}})
	if got, want := one.Error(), "measures[x]: cuts water [charter 7.1]: leave it out"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// some draws a pointer that is nil, zero or good.
func some[T any](t *rapid.T, label string, good *T) *T {
	switch rapid.IntRange(0, 2).Draw(t, label) {
	case 0:
		return nil
	case 1:
		return new(T)
	}
	return good
}

// TestNothingPanics: whatever is missing, the charter answers, in order, and
// twice the same.
func TestNothingPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom([]func() charter.Facts{proposed, noticed, confirmed, renewed, decided, reported, recognises, exempted, claimed, sealed}).Draw(t, "facts")()
		f.Act, f.Case, f.Ruling = some(t, "act", f.Act), some(t, "case", f.Case), some(t, "ruling", f.Ruling)
		f.Rule, f.Authority, f.Signer = some(t, "rule", f.Rule), some(t, "authority", f.Authority), some(t, "signer", f.Signer)
		f.Opening, f.Recognised = some(t, "opening", f.Opening), some(t, "recognised", f.Recognised)
		if f.Act != nil {
			f.Act.Kind = standing.Kind(rapid.Uint16Range(0, 410).Draw(t, "kind"))
			f.Act.Source = some(t, "source", f.Act.Source)
		}
		if f.Case != nil {
			f.Case.Listing = some(t, "listing", f.Case.Listing)
		}
		f.Now = standing.Instant(rapid.Int64().Draw(t, "now"))
		vs := charter.CheckAct(f)
		if !slices.IsSortedFunc(vs, func(a, b charter.Violation) int { return a.Article - b.Article }) {
			t.Fatalf("violations out of order: %v", vs)
		}
		if again := charter.CheckAct(f); !slices.Equal(vs, again) {
			t.Fatalf("two answers: %v and %v", vs, again)
		}
	})
	if vs := charter.CheckAct(charter.Facts{}); len(vs) != 1 || vs[0].Clause != "13.1" {
		t.Errorf("no act at all: %v", vs)
	}
	if vs := charter.CheckRulebook(charter.Proposal{}); len(vs) == 0 {
		t.Error("an empty rulebook passes")
	}
}

// TestEmptyListingActsAreRefused: an act that lays a listing and says nothing
// never passes.
func TestEmptyListingActsAreRefused(t *testing.T) {
	for _, kind := range []standing.Kind{standing.ListingProposed, standing.ListingAmended, standing.NoticeServed, standing.ListingConfirmed, standing.ListingRenewed,
		standing.ListingReported, standing.ReportChanged} {
		vs := charter.CheckAct(charter.Facts{Act: &standing.Act{Kind: kind, Register: "register.example"}, Now: today})
		for _, want := range []string{"1.1", "1.2", "8.1", "9.1"} {
			if !slices.Contains(clauses(vs), want) {
				t.Errorf("%s that says nothing does not break %s: %v", kind, want, vs)
			}
		}
	}
}

func BenchmarkCheckAct(b *testing.B) {
	f := confirmed()
	b.ReportAllocs()
	for b.Loop() {
		if vs := charter.CheckAct(f); len(vs) != 0 {
			b.Fatal(vs)
		}
	}
}
