package standing_test

import (
	"testing"

	"github.com/openstanding/standing"
)

func proposedExample() *standing.Act {
	for _, a := range examples() {
		if a.Kind == standing.ListingProposed {
			return &a
		}
	}
	panic("no proposal")
}

func BenchmarkEncode(b *testing.B) {
	a := proposedExample()
	b.ReportAllocs()
	for b.Loop() {
		a.Encode()
	}
}

func BenchmarkDecodeAct(b *testing.B) {
	raw := proposedExample().Encode()
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := standing.DecodeAct(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeEntry(b *testing.B) {
	for _, name := range []string{"single", "second-of-two"} {
		b.Run(name, func(b *testing.B) {
			raw := entryExamples()[name].Encode()
			b.ReportAllocs()
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := standing.DecodeEntry(0, raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// listingLife is a listing of 12 acts and its ruling, as folded.
func listingLife(b *testing.B) ([]*standing.Entry, *standing.Case) {
	var listing, ruling []*standing.Entry
	for _, e := range rulingStory().entries {
		switch e.Act.Case {
		case caseID(30):
			listing = append(listing, e)
		case caseID(20):
			ruling = append(ruling, e)
		}
	}
	r, err := standing.Fold(ruling, standing.Forever)
	if err != nil {
		b.Fatal(err)
	}
	return listing[:12], r
}

func BenchmarkFold(b *testing.B) {
	listing, _ := listingLife(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := standing.Fold(listing, standing.Forever); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEffects(b *testing.B) {
	listing, r := listingLife(b)
	c, err := standing.Fold(listing, standing.Forever)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		standing.Effects(caseID(30), c.Listing, r.Ruling)
	}
}

func BenchmarkStatementRoot(b *testing.B) {
	all := digests(standing.MaxStatementActs)
	b.ReportAllocs()
	for b.Loop() {
		standing.StatementRoot(all)
	}
}
