package standing_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/openstanding/standing"
)

// Examples of every kind of act, with every field in one of them. They are the
// source of the golden files and may not change.

const origin = "register.example"

const (
	court    standing.AuthorityID = "cn-court-371082"
	registry standing.AuthorityID = "cn-samr-371082"
	scribes  standing.AuthorityID = "example-scribes"

	defaulters standing.ListID = "cn-courts/judgment-defaulters"
	debarred   standing.ListID = "mdb-debarment/cross-debarment"
)

// day is midnight UTC of a date.
func day(s string) standing.Instant {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return standing.At(t)
}

// private is the n-th key of the tests.
func private(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(n byte) ed25519.PublicKey { return private(n).Public().(ed25519.PublicKey) }

func keyID(n byte) standing.KeyID { return standing.KeyIDOf(public(n)) }

func officer(n byte) standing.OfficerID { return standing.OfficerID(bytes.Repeat([]byte{n}, 16)) }

// caseID is the n-th case of the tests, drawn on 22 November 2025.
func caseID(n byte) standing.CaseID {
	return standing.CaseID{0x01, 0x9a, 0xa9, 0x2e, 0xbc, 0x00, 0x5e, 0xed, 15: n}
}

// digest is a digest by name.
func digest(name string) standing.Digest { return sha256.Sum256([]byte(name)) }

func instants(pairs ...any) standing.Instants {
	var out standing.Instants
	for i := 0; i < len(pairs); i += 2 {
		out = out.With(pairs[i].(standing.InstantName), pairs[i+1].(standing.Instant))
	}
	return out
}

func cause(id standing.CaseID, version uint64) []standing.Ref {
	return []standing.Ref{{Role: standing.RefCause, Case: id, Version: version}}
}

func provenance(date string, row uint64) *standing.Provenance {
	return &standing.Provenance{Source: "iadb", Snapshot: digest("snapshot of " + date), Date: day(date), Row: row}
}

func constitutionExamples() []standing.Act {
	return []standing.Act{
		{Kind: standing.RegisterFounded, Occurred: day("2025-01-02"), Payload: append(public(1)[:32:32], public(2)...)},
		{Kind: standing.KeyGranted, Version: 3, Occurred: day("2025-01-03"), Codes: []string{standing.RoleOfficer}, Payload: public(3),
			Instants: instants(standing.From, day("2025-01-04")), Officer: officer(3), Holder: court},
		{Kind: standing.KeyRevoked, Version: 4, Occurred: day("2025-06-03"), Payload: keyBytes(3), Instants: instants(standing.From, day("2025-06-04"))},
		{Kind: standing.AuthorityRecorded, Version: 1, Occurred: day("2025-01-03"), Region: "CN/37/10/82", Code: "court",
			Codes: []string{string(defaulters), "cn-courts"}, Commitment: digest("names of the court"), Holder: court},
		{Kind: standing.AuthorityChanged, Version: 5, Occurred: day("2025-07-03"), Region: "CN/37", Code: "court", Codes: []string{"cn-courts"}, Holder: court},
		{Kind: standing.RulebookAdopted, Version: 6, Occurred: day("2025-01-03"), List: "cn-courts", Digest: digest("cn-courts 1"),
			Instants: instants(standing.From, day("2025-01-10"))},
		{Kind: standing.RulebookRepealed, Version: 7, Occurred: day("2026-01-03"), List: "cn-courts", Instants: instants(standing.From, day("2026-02-01"))},
		{Kind: standing.ListRepealed, Version: 8, Occurred: day("2026-01-03"), List: defaulters, Instants: instants(standing.From, day("2026-02-01"))},
		{Kind: standing.SnapshotImported, Case: caseID(80), Authority: scribes, Occurred: day("2025-02-02"), List: debarred,
			Digest: digest("snapshot of 2025-02-01"), Instants: instants(standing.Snapshot, day("2025-02-01")), Source: provenance("2025-02-01", 0)},
		{Kind: standing.LooksSealed, Case: caseID(90), Authority: scribes, Occurred: day("2025-02-03"), Digest: digest("looks of 2025-02-02"),
			Instants: instants(standing.From, day("2025-02-02"))},
		{Kind: standing.PartyRecorded, Case: caseID(10), Authority: registry, Occurred: day("2025-02-03"), Region: "CN/37/10/82",
			Party: standing.Organisation, Commitment: digest("who it is")},
		{Kind: standing.PartyChanged, Case: caseID(10), Version: 1, Authority: registry, Occurred: day("2025-03-03"), Region: "CN/37/10",
			Party: standing.PublicBody, Commitment: digest("who it is now")},
		{Kind: standing.PartyErased, Case: caseID(10), Version: 2, Authority: registry, Occurred: day("2025-09-03")},
	}
}

func keyBytes(n byte) []byte {
	id := keyID(n)
	return id[:]
}

func rulingExamples() []standing.Act {
	ruling := func(k standing.Kind, version uint64, date string) standing.Act {
		return standing.Act{Kind: k, Case: caseID(20), Version: version, Authority: court, Occurred: day(date)}
	}
	recorded := ruling(standing.RulingRecorded, 0, "2025-03-10")
	recorded.Region, recorded.Code, recorded.Party = "CN/37/10/82", "judgment", standing.Person
	recorded.Codes, recorded.Facts, recorded.Commitment = []string{"debtor"}, standing.AddresseeAdult|standing.RulingOrders, digest("docket and obligation")
	recorded.Instants = instants(standing.Decided, day("2025-01-20"), standing.Final, day("2025-02-20"), standing.Due, day("2025-03-02"))
	recorded.Key = bytes.Repeat([]byte{0xab}, 16)
	named := ruling(standing.AddresseeNamed, 1, "2025-03-10")
	named.Region, named.Party, named.Codes, named.Commitment = "CN/37", standing.Organisation, []string{"guarantor"}, digest("who else")
	final := ruling(standing.RulingFinal, 2, "2025-03-10")
	final.Instants = instants(standing.Final, day("2025-02-20"))
	annulled := ruling(standing.RulingAnnulled, 3, "2025-08-10")
	varied := ruling(standing.RulingVaried, 4, "2025-04-10")
	varied.Instants = instants(standing.Due, day("2025-09-01"))
	sum := ruling(standing.SumStated, 5, "2025-05-10")
	sum.Commitment = digest("sum and reference")
	performed := ruling(standing.PerformanceRecorded, 6, "2025-06-10")
	performed.Facts, performed.Addressee = standing.FullPerformance, 1
	claimed := ruling(standing.PerformanceClaimed, 7, "2025-06-11")
	claimed.Facts, claimed.Addressee, claimed.Commitment = standing.ProofAttached, 1, digest("receipt of the bank")
	answered := ruling(standing.ClaimAnswered, 8, "2025-06-12")
	answered.Code, answered.Refs = "upheld", cause(caseID(20), 8)
	settled := ruling(standing.SettlementRecorded, 9, "2025-06-13")
	failed := ruling(standing.SettlementFailed, 10, "2025-06-14")
	security := ruling(standing.SecurityGiven, 11, "2025-06-15")
	unable := ruling(standing.InabilityFound, 12, "2025-06-16")
	return []standing.Act{recorded, named, final, annulled, varied, sum, performed, claimed, answered, settled, failed, security, unable}
}

func listingExamples() []standing.Act {
	listing := func(k standing.Kind, version uint64, date string) standing.Act {
		return standing.Act{Kind: k, Case: caseID(30), Version: version, Authority: court, Occurred: day(date)}
	}
	with := func(a standing.Act, change func(*standing.Act)) standing.Act {
		change(&a)
		return a
	}
	return []standing.Act{
		with(listing(standing.ListingProposed, 0, "2025-03-12"), func(a *standing.Act) {
			a.List, a.Region, a.Code, a.Addressee, a.Severity, a.Party = defaulters, "CN/37/10/82", "evades-performance", 1, 3, standing.Person
			a.Refs = []standing.Ref{{Role: standing.RefRuling, Case: caseID(20), Version: 2}, {Role: standing.RefConstitution, Version: 9}}
			a.Facts, a.Commitment = standing.AddresseeAdult|standing.RulingOrders|standing.NoticeWaived, digest("facts of the condition")
		}),
		with(listing(standing.ListingAmended, 1, "2025-03-13"), func(a *standing.Act) { a.Code, a.Commitment = "refuses-report", digest("other facts") }),
		with(listing(standing.NoticeServed, 2, "2025-03-14"), func(a *standing.Act) {
			a.Code, a.Instants, a.Commitment = "post", instants(standing.Served, day("2025-03-14")), digest("proof of service")
		}),
		with(listing(standing.ObjectionMade, 3, "2025-03-16"), func(a *standing.Act) { a.Commitment = digest("what is objected") }),
		with(listing(standing.ObjectionDecided, 4, "2025-03-20"), func(a *standing.Act) {
			a.Code, a.Refs, a.Commitment = "rejected", cause(caseID(30), 4), digest("reasons")
		}),
		with(listing(standing.ListingConfirmed, 5, "2025-03-26"), func(a *standing.Act) { a.Instants = instants(standing.From, day("2025-04-01")) }),
		listing(standing.ListingDropped, 5, "2025-03-26"),
		with(listing(standing.ListingStayed, 6, "2025-04-02"), func(a *standing.Act) {
			a.Instants = instants(standing.From, day("2025-04-03"), standing.Until, day("2025-05-03"))
		}),
		with(listing(standing.StayLifted, 7, "2025-04-20"), func(a *standing.Act) { a.Refs = cause(caseID(30), 7) }),
		with(listing(standing.Exempted, 8, "2025-04-21"), func(a *standing.Act) {
			a.Code, a.Codes, a.Digest = "personal-emergency", []string{"air-travel.business", "rail.first-class"}, digest("document shown")
			a.Instants = instants(standing.From, day("2025-04-22"), standing.Until, day("2025-05-22"))
		}),
		with(listing(standing.ExemptionRevoked, 9, "2025-05-01"), func(a *standing.Act) { a.Refs = cause(caseID(30), 9) }),
		with(listing(standing.ListingEnded, 10, "2025-06-20"), func(a *standing.Act) { a.Code, a.Facts = "creditor-consents", standing.CreditorConsents }),
		with(listing(standing.ListingCorrected, 11, "2025-06-21"), func(a *standing.Act) { a.Code, a.Commitment = "revoked", digest("what was wrong") }),
		with(listing(standing.ErrorClaimed, 10, "2025-06-20"), func(a *standing.Act) {
			a.Facts, a.Commitment = standing.ProofAttached, digest("it is not me")
		}),
		with(listing(standing.ErrorAnswered, 11, "2025-06-21"), func(a *standing.Act) { a.Code, a.Refs = "upheld", cause(caseID(30), 11) }),
		with(listing(standing.ListingRenewed, 12, "2027-03-01"), func(a *standing.Act) { a.Commitment = digest("why it goes on") }),
		with(listing(standing.CreditorRequested, 13, "2025-06-22"), func(a *standing.Act) { a.Code = "deletion" }),
		listing(standing.MakeGoodServed, 14, "2025-06-23"),
		with(listing(standing.ListingMarked, 15, "2025-06-24"), func(a *standing.Act) { a.Code = "satisfied" }),
		with(listing(standing.ListingReported, 0, "2025-02-02"), func(a *standing.Act) {
			a.Case, a.Authority, a.List, a.Region, a.Code, a.Addressee = caseID(40), scribes, debarred, "*", "fraud", 1
			a.Facts = standing.RulingOrders | standing.Indefinite | standing.Recognised
			a.Refs, a.Source = []standing.Ref{{Role: standing.RefRuling, Case: caseID(41)}}, provenance("2025-02-01", 17)
			a.Instants = instants(standing.From, day("1968-11-03"))
		}),
		with(listing(standing.ReportChanged, 1, "2025-03-02"), func(a *standing.Act) {
			a.Case, a.Authority, a.Source = caseID(40), scribes, provenance("2025-03-01", 18)
			a.Instants = instants(standing.From, day("2024-11-03"), standing.Until, day("2027-11-03"))
			a.Facts = standing.ConditionsMet | standing.Permanent
		}),
		with(listing(standing.ReportWithdrawn, 2, "2025-04-02"), func(a *standing.Act) {
			a.Case, a.Authority, a.Source = caseID(40), scribes, provenance("2025-04-01", 0)
		}),
	}
}

func examples() []standing.Act {
	out := append(append(constitutionExamples(), rulingExamples()...), listingExamples()...)
	for i := range out {
		out[i].Register = origin
	}
	return out
}

// entryExamples are leaves of the log, by name.
func entryExamples() map[string]*standing.Entry {
	all := examples()
	find := func(k standing.Kind) *standing.Act {
		for i := range all {
			if all[i].Kind == k {
				return &all[i]
			}
		}
		panic(fmt.Sprint("no example of kind ", k))
	}
	entry := func(a *standing.Act, at string, index, count uint16, sig *standing.Signature) *standing.Entry {
		e := &standing.Entry{RecordedAt: day(at), Index: index, Count: count, Bytes: a.Encode(), Act: a, Signature: sig}
		if sig != nil {
			e.Signer = sig.Signer
		} else {
			e.Signer = keyID(3)
		}
		return e
	}
	sign := func(key byte, algorithm standing.Algorithm, behalf string, kinds ...standing.Kind) *standing.Statement {
		var acts [][]byte
		for _, k := range kinds {
			acts = append(acts, find(k).Encode())
		}
		s := standing.Sign(acts, private(key), algorithm, behalf)
		return &s
	}
	single := sign(3, standing.Ed25519, "", standing.ListingProposed)
	pair := sign(3, standing.Ed25519, "", standing.ListingProposed, standing.NoticeServed)
	intake := sign(4, standing.Intake, "party", standing.PerformanceClaimed)
	founded := sign(1, standing.Ed25519, "", standing.RegisterFounded)
	founded.Countersign(private(2))
	out := map[string]*standing.Entry{
		"single":           entry(find(standing.ListingProposed), "2025-03-12", 0, 1, &single.Signature),
		"first-of-two":     entry(find(standing.ListingProposed), "2025-03-12", 0, 2, &pair.Signature),
		"second-of-two":    entry(find(standing.NoticeServed), "2025-03-14", 1, 2, nil),
		"second-signature": entry(find(standing.RegisterFounded), "2025-01-02", 0, 1, &founded.Signature),
		"intake":           entry(find(standing.PerformanceClaimed), "2025-06-11", 0, 1, &intake.Signature),
		"endings":          entry(find(standing.PerformanceRecorded), "2025-06-10", 1, 2, nil),
		"screening":        entry(find(standing.ListingReported), "2025-02-02", 1, 3, nil),
	}
	out["second-of-two"].Resolution = standing.Resolution{Rulebook: digest("cn-courts 1"), Calendar: digest("calendar"), Provisional: true,
		Instants: instants(standing.WindowEnd, day("2025-03-25"))}
	out["endings"].Resolution = standing.Resolution{Endings: []standing.Ending{{Listing: caseID(30), At: day("2025-06-10")}, {Listing: caseID(31), At: day("2025-12-10")}}}
	out["screening"].Resolution = standing.Resolution{Rulebook: digest("mdb-debarment 1"), Screening: true}
	out["intake"].Resolution = standing.Resolution{Instants: instants(standing.AnswerBy, day("2025-07-01"))}
	return out
}
