package standing_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// carried lists what acts of a kind carry beside what every act may: version,
// authority, occurred, refs, commitment, key.
func carried(k standing.Kind) []string {
	fields := map[standing.Kind]string{
		standing.RegisterFounded: "payload", standing.KeyGranted: "instants codes payload officer holder", standing.KeyRevoked: "instants payload",
		standing.AuthorityRecorded: "region code codes holder", standing.AuthorityChanged: "region code codes holder",
		standing.RulebookAdopted: "list instants digest", standing.RulebookRepealed: "list instants", standing.ListRepealed: "list instants",
		standing.SnapshotImported: "list instants digest source", standing.LooksSealed: "instants digest",
		standing.RulingRecorded: "region code instants party facts codes source", standing.AddresseeNamed: "region party facts codes source",
		standing.RulingFinal: "instants source", standing.RulingVaried: "instants source", standing.ClaimAnswered: "code",
		standing.ListingProposed: "list region code severity addressee party facts",
		standing.ListingReported: "list region code severity instants addressee party facts source",
		standing.ReportChanged:   "list code instants facts source", standing.ReportWithdrawn: "list source", standing.Exempted: "list code instants codes digest",
		standing.NoticeServed: "list code instants", standing.ListingConfirmed: "list instants facts",
		standing.ListingStayed: "list instants facts", standing.ListingRenewed: "list instants facts",
		standing.ObjectionMade: "list facts", standing.ErrorClaimed: "list facts", standing.ListingDropped: "list facts", standing.StayLifted: "list facts",
		standing.ExemptionRevoked: "list facts", standing.MakeGoodServed: "list facts",
	}
	if s, ok := fields[k]; ok {
		return strings.Fields(s)
	}
	switch k.Noun() {
	case standing.PartyCase:
		return []string{"region", "party", "source"}
	case standing.RulingCase:
		return []string{"addressee", "facts", "source"}
	}
	return []string{"list", "code", "facts"}
}

// optional are the fields that not every act may carry, with a way to set and
// to unset each.
func optional() map[string]struct{ set, unset func(*standing.Act) } {
	type ways = struct{ set, unset func(*standing.Act) }
	return map[string]ways{
		"list":      {func(a *standing.Act) { a.List = defaulters }, func(a *standing.Act) { a.List = "" }},
		"region":    {func(a *standing.Act) { a.Region = "CN" }, func(a *standing.Act) { a.Region = "" }},
		"code":      {func(a *standing.Act) { a.Code = "zhang-san" }, func(a *standing.Act) { a.Code = "" }},
		"severity":  {func(a *standing.Act) { a.Severity = 1 }, func(a *standing.Act) { a.Severity = 0 }},
		"instants":  {func(a *standing.Act) { a.Instants = instants(standing.From, day("1990-05-17")) }, func(a *standing.Act) { a.Instants = nil }},
		"addressee": {func(a *standing.Act) { a.Addressee = 1 }, func(a *standing.Act) { a.Addressee = 0 }},
		"party":     {func(a *standing.Act) { a.Party = standing.Person }, func(a *standing.Act) { a.Party = 0 }},
		"facts":     {func(a *standing.Act) { a.Facts = 1 }, func(a *standing.Act) { a.Facts = 0 }},
		"codes":     {func(a *standing.Act) { a.Codes = []string{"zhang-san"} }, func(a *standing.Act) { a.Codes = nil }},
		"digest":    {func(a *standing.Act) { a.Digest = digest("110000180001010013") }, func(a *standing.Act) { a.Digest = standing.Digest{} }},
		"payload":   {func(a *standing.Act) { a.Payload = []byte("张三") }, func(a *standing.Act) { a.Payload = nil }},
		"source":    {func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) }, func(a *standing.Act) { a.Source = nil }},
		"officer":   {func(a *standing.Act) { a.Officer = officer(1) }, func(a *standing.Act) { a.Officer = standing.OfficerID{} }},
		"holder":    {func(a *standing.Act) { a.Holder = "zhang-san" }, func(a *standing.Act) { a.Holder = "" }},
	}
}

// strip takes away what acts of the kind do not carry.
func strip(a *standing.Act) {
	keep := carried(a.Kind)
	for name, f := range optional() {
		if !slices.Contains(keep, name) {
			f.unset(a)
		}
	}
}

// TestNoRoomForNames: what nothing reads, nobody can write. Every kind of act
// with every field that it does not carry is refused and says so; what it does
// carry is refused for other reasons, if at all.
func TestNoRoomForNames(t *testing.T) {
	tried := 0
	for _, k := range standing.Kinds() {
		for name, f := range optional() {
			a := standing.Act{Kind: k, Register: origin, Case: rulingID, Authority: court, Occurred: 1000}
			if k.Noun() == standing.ConstitutionCase {
				a.Case = standing.ConstitutionID
			}
			f.set(&a)
			err := (&standing.Case{}).Apply(&standing.Entry{RecordedAt: 1000, Count: 1, Act: &a})
			refused := err != nil && strings.Contains(err.Error(), "acts of this kind carry no "+name)
			if refused == slices.Contains(carried(k), name) {
				t.Errorf("%s with %s: %v", k, name, err)
			}
			tried++
		}
	}
	for _, a := range examples() {
		whole := string(a.Encode())
		if strip(&a); string(a.Encode()) != whole {
			t.Errorf("the example of %s carries what such acts do not", a.Kind)
		}
	}
	if tried != 48*14 {
		t.Errorf("%d combinations tried", tried)
	}
}
