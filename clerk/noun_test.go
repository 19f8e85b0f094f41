package clerk_test

import (
	"fmt"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store/memory"
)

// Every kind of act said of every kind of case but its own is refused, however
// complete the act is, and by whomever it is signed. The clerk is one process
// for everybody: nothing that a key can sign may end it.
func TestEveryKindOnEveryOtherCase(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	listing, judgment := w.defaulter()
	party := w.newCase()
	w.must("registrar", act(standing.PartyRecorded, party, kind(standing.Organisation)), &standing.Opening{Party: firm()})
	source := w.newCase()
	w.must("scribe", act(standing.SnapshotImported, source, list("mdb-debarment/iadb"), when(standing.Snapshot, w.now)))
	looks := w.newCase()
	w.must("scribe", act(standing.LooksSealed, looks, when(standing.From, w.now-86400), func(a *standing.Act) { a.Digest = standing.Digest{1} }))
	cases := map[standing.CaseKind]standing.CaseID{standing.ConstitutionCase: standing.ConstitutionID, standing.PartyCase: party, standing.RulingCase: judgment,
		standing.ListingCase: listing, standing.SourceCase: source, standing.LooksCase: looks, standing.NoCase: w.newCase()}
	speakers := []string{"founders", "officer", "intake", "scribe", "registrar"}
	for _, k := range standing.Kinds() {
		for noun, id := range cases {
			if noun == k.Noun() || noun == standing.NoCase && k.Opens() && k != standing.RegisterFounded {
				continue
			}
			for _, who := range speakers {
				t.Run(fmt.Sprintf("%s on %s by %s", k, noun, who), func(t *testing.T) {
					w.t = t
					a := full(k, id, judgment, listing)
					w.refused("", who, a)
					a.Code = ""
					w.refused("", who, a)
				})
			}
		}
	}
	w.t = t
	w.verify()
}

// full is an act with every field that some kind reads.
func full(k standing.Kind, id, ruling, listing standing.CaseID) standing.Act {
	return act(k, id, list(defaulters), code("refuses-though-able"), addressee(1), kind(standing.Organisation), severity(1),
		cites(standing.RefRuling, ruling, 0), cites(standing.RefListing, listing, 0), cites(standing.RefCause, id, 1),
		when(standing.Decided, day("2023-06-01")), when(standing.Final, day("2023-06-20")), when(standing.Due, day("2023-09-01")), when(standing.Served, day("2024-01-05")),
		when(standing.From, day("2024-01-05")), when(standing.Until, day("2024-03-05")), when(standing.Snapshot, day("2024-01-05")),
		codes("air-travel.economy"), fact(standing.FullPerformance|standing.CreditorConsents))
}
