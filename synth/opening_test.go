package synth

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

// anOpening draws an opening in which any member may be set or not.
func anOpening() *rapid.Generator[standing.Opening] {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "", "有限公司", `a "b" \ c`, "<a&b>", "\x7f\x00\n\t", "\u2028", "\xff\xfe"}))
	texts := rapid.SliceOfN(text, 0, 3)
	return rapid.Custom(func(t *rapid.T) standing.Opening {
		o := standing.Opening{Title: text.Draw(t, "title"), Docket: text.Draw(t, "docket"), Issuer: text.Draw(t, "issuer"), Text: text.Draw(t, "text"),
			By: text.Draw(t, "by"), Contact: text.Draw(t, "contact"), Names: texts.Draw(t, "names"), Row: text.Draw(t, "row"), Who: text.Draw(t, "who"),
			Values: rapid.MapOfN(text, text, 0, 3).Draw(t, "values")}
		copy(o.Salt[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "salt"))
		if rapid.Bool().Draw(t, "party") {
			o.Party = &standing.Identity{Names: texts.Draw(t, "names"), Identifiers: texts.Draw(t, "identifiers"), Country: text.Draw(t, "country"),
				BirthDate: text.Draw(t, "birth"), Address: text.Draw(t, "address"), Record: text.Draw(t, "record")}
		}
		if rapid.Bool().Draw(t, "obligation") {
			o.Obligation = &standing.Obligation{Kind: text.Draw(t, "kind"), Text: text.Draw(t, "what"), Amount: text.Draw(t, "amount"), Currency: text.Draw(t, "currency"),
				Reference: text.Draw(t, "reference"), Creditor: text.Draw(t, "creditor"), StatedOn: text.Draw(t, "stated")}
		}
		for range rapid.IntRange(0, 2).Draw(t, "documents") {
			o.Documents = append(o.Documents, standing.Document{Title: text.Draw(t, "document"), SHA256: o.Salt})
		}
		return o
	})
}

func TestAppendOpeningMeansWhatMarshalDoes(t *testing.T) {
	gen := anOpening()
	rapid.Check(t, func(t *rapid.T) {
		o := gen.Draw(t, "opening")
		want, err := json.Marshal(&o)
		if err != nil {
			t.Fatal(err)
		}
		got := appendOpening(nil, &o)
		var a, b any
		if err := json.Unmarshal(got, &a); err != nil {
			t.Fatalf("%v: %q", err, got)
		}
		if err := json.Unmarshal(want, &b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("%s\n%s", diff, got)
		}
	})
}

// A member that is added to the nouns must be added to the writer.
func TestAppendOpeningKnowsEveryMember(t *testing.T) {
	for kind, want := range map[reflect.Type]int{
		reflect.TypeFor[standing.Opening](): 14, reflect.TypeFor[standing.Identity](): 6,
		reflect.TypeFor[standing.Obligation](): 7, reflect.TypeFor[standing.Document](): 2,
	} {
		if got := kind.NumField(); got != want {
			t.Errorf("%s has %d members, the writer knows %d", kind, got, want)
		}
	}
}

func TestShuffleIsOneToOne(t *testing.T) {
	for _, size := range []uint64{1, 2, 31 * 31, 10_000, 36_159} {
		for seed := range uint64(3) {
			s := newShuffle(mix(seed), size)
			seen := make([]bool, size)
			for i := range int(size) {
				at := s.of(i)
				if at < 0 || at >= int(size) || seen[at] {
					t.Fatalf("size %d: %d goes to %d, out of range or twice", size, i, at)
				}
				seen[at] = true
			}
		}
	}
}
