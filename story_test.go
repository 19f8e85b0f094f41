package standing_test

import (
	"fmt"

	"github.com/openstanding/standing"
)

// said is one act with what the clerk would have resolved.
type said struct {
	act        standing.Act
	resolution standing.Resolution
}

// scribe writes a small register down: it counts versions, signs statements
// and folds, and panics when the fold refuses, since a story is all valid.
type scribe struct {
	now     standing.Instant
	entries []*standing.Entry
	cases   map[standing.CaseID]*standing.Case
}

func (s *scribe) on(date string) { s.now = day(date) }

// say records one statement, signed by a key and, when it is not 0, a second.
func (s *scribe) say(key, second byte, algorithm standing.Algorithm, behalf string, statement ...said) {
	if s.cases == nil {
		s.cases = map[standing.CaseID]*standing.Case{}
	}
	first := len(s.entries)
	var acts [][]byte
	for i, what := range statement {
		a := what.act
		c := s.cases[a.Case]
		if c == nil {
			c = &standing.Case{}
			s.cases[a.Case] = c
		}
		a.Register, a.Version = origin, c.Version
		if a.Occurred == 0 {
			a.Occurred = s.now
		}
		e := &standing.Entry{Position: uint64(len(s.entries)), RecordedAt: s.now, Index: uint16(i), Count: uint16(len(statement)),
			Resolution: what.resolution, Bytes: a.Encode(), Act: &a, Signer: keyID(key)}
		if err := c.Apply(e); err != nil {
			panic(fmt.Sprintf("act %d, %s: %v", e.Position, a.Kind, err))
		}
		s.entries, acts = append(s.entries, e), append(acts, e.Bytes)
	}
	signed := standing.Sign(acts, private(key), algorithm, behalf)
	if second != 0 {
		signed.Countersign(private(second))
	}
	s.entries[first].Signature = &signed.Signature
}

// officer says one act without resolution, or with resolved instants.
func (s *scribe) officer(key byte, a standing.Act, resolved ...any) {
	r := standing.Resolution{Instants: instants(resolved...)}
	if len(resolved) > 0 {
		r.Rulebook, r.Calendar = digest("cn-courts 1"), digest("calendar of 2025")
	}
	s.say(key, 0, standing.Ed25519, "", said{a, r})
}

func (s *scribe) received(behalf string, a standing.Act, resolved ...any) {
	s.say(5, 0, standing.Intake, behalf, said{a, standing.Resolution{Instants: instants(resolved...)}})
}

// about starts an act on a case by the court.
func about(k standing.Kind, id standing.CaseID) standing.Act {
	return standing.Act{Kind: k, Case: id, Authority: court}
}

func (s *scribe) found() {
	s.on("2025-01-02")
	s.say(1, 2, standing.Ed25519, "", said{act: standing.Act{Kind: standing.RegisterFounded, Payload: append(public(1)[:32:32], public(2)...)}})
	authority := func(id standing.AuthorityID, kind string, entitled ...string) said {
		return said{act: standing.Act{Kind: standing.AuthorityRecorded, Holder: id, Code: kind, Region: "CN", Codes: entitled, Commitment: digest("names of " + string(id))}}
	}
	key := func(n byte, holder standing.AuthorityID, roles ...string) said {
		return said{act: standing.Act{Kind: standing.KeyGranted, Payload: public(n), Holder: holder, Officer: officer(n), Codes: roles}}
	}
	adopted := func(name string) said {
		return said{act: standing.Act{Kind: standing.RulebookAdopted, List: standing.ListID(name), Digest: digest(name + " 1")}}
	}
	s.on("2025-01-03")
	s.say(1, 2, standing.Ed25519, "", authority(court, "court", "cn-courts"), authority(registry, "registry"), authority(scribes, "register", "mdb-debarment"),
		key(3, court, standing.RoleOfficer), key(4, court, standing.RoleOfficer), key(5, court, standing.RoleIntake), key(6, registry, standing.RoleRegistrar),
		key(7, scribes, standing.RoleTranscriber), adopted("cn-courts"), adopted("mdb-debarment"))
}

func rulingAct(n byte, decided, due string) standing.Act {
	a := about(standing.RulingRecorded, caseID(n))
	a.Code, a.Region, a.Party, a.Codes, a.Commitment = "judgment", "CN/37/10/82", standing.Organisation, []string{"debtor"}, digest(fmt.Sprint("ruling ", n))
	a.Instants = instants(standing.Decided, day(decided), standing.Due, day(due))
	return a
}

func proposal(n, ruling, addressee byte) standing.Act {
	a := about(standing.ListingProposed, caseID(n))
	a.List, a.Code, a.Region, a.Addressee, a.Party, a.Severity = defaulters, "evades-performance", "CN/37/10/82", addressee, standing.Organisation, 3
	a.Refs, a.Commitment = []standing.Ref{{Role: standing.RefRuling, Case: caseID(ruling)}}, digest(fmt.Sprint("facts of listing ", n))
	return a
}

func with(a standing.Act, change func(*standing.Act)) standing.Act {
	change(&a)
	return a
}

// rulingStory is one life of a ruling, with every kind of act that is not a
// report.
func rulingStory() *scribe {
	s := &scribe{}
	s.found()
	s.on("2025-02-03")
	s.officer(6, standing.Act{Kind: standing.PartyRecorded, Case: caseID(10), Authority: registry, Region: "CN/37", Party: standing.Organisation, Commitment: digest("who it is")})
	s.on("2025-03-10")
	s.officer(3, rulingAct(20, "2025-01-20", "2025-03-02"))
	s.officer(3, with(about(standing.AddresseeNamed, caseID(20)), func(a *standing.Act) {
		a.Party, a.Codes, a.Facts, a.Commitment = standing.Person, []string{"legal-representative"}, standing.AddresseeAdult, digest("who leads it")
	}))
	s.officer(3, with(about(standing.RulingFinal, caseID(20)), func(a *standing.Act) { a.Instants = instants(standing.Final, day("2025-02-20")) }))
	s.on("2025-03-12")
	s.say(3, 0, standing.Ed25519, "", said{act: proposal(30, 20, 1)}, said{act: proposal(31, 20, 2)}, said{act: proposal(32, 20, 2)})
	s.prepareListings()
	s.overlay()
	s.claims()
	s.endings()
	s.close()
	return s
}

func (s *scribe) prepareListings() {
	s.on("2025-03-13")
	s.officer(3, with(about(standing.ListingAmended, caseID(30)), func(a *standing.Act) { a.Code, a.Commitment = "refuses-report", digest("other facts") }))
	s.officer(3, about(standing.ListingDropped, caseID(32)))
	s.on("2025-03-14")
	notice := func(n byte) standing.Act {
		return with(about(standing.NoticeServed, caseID(n)), func(a *standing.Act) {
			a.Code, a.Instants, a.Commitment = "post", instants(standing.Served, day("2025-03-14")), digest("proof")
		})
	}
	s.officer(3, notice(30), standing.WindowEnd, day("2025-03-25"))
	s.officer(3, notice(31), standing.WindowEnd, day("2025-03-25"))
	s.on("2025-03-16")
	s.received("party", with(about(standing.ObjectionMade, caseID(30)), func(a *standing.Act) { a.Commitment = digest("we paid") }))
	s.received("party", with(about(standing.ObjectionMade, caseID(31)), func(a *standing.Act) { a.Commitment = digest("I left") }))
	s.on("2025-03-20")
	s.officer(4, with(about(standing.ObjectionDecided, caseID(30)), func(a *standing.Act) { a.Code, a.Refs = "rejected", cause(caseID(30), 4) }))
	s.officer(4, with(about(standing.ObjectionDecided, caseID(31)), func(a *standing.Act) { a.Code, a.Refs = "upheld", cause(caseID(31), 3) }))
	s.on("2025-03-26")
	s.officer(3, about(standing.ListingConfirmed, caseID(30)), standing.From, day("2025-03-26"), standing.Review, day("2027-03-26"))
}

func (s *scribe) overlay() {
	s.on("2025-04-02")
	s.officer(4, with(about(standing.ListingStayed, caseID(30)), func(a *standing.Act) {
		a.Instants = instants(standing.From, day("2025-04-03"), standing.Until, day("2025-05-03"))
	}))
	s.on("2025-04-20")
	s.officer(4, with(about(standing.StayLifted, caseID(30)), func(a *standing.Act) { a.Refs = cause(caseID(30), 7) }))
	s.on("2025-04-21")
	s.officer(3, with(about(standing.Exempted, caseID(30)), func(a *standing.Act) {
		a.Code, a.Codes, a.Digest = "personal-emergency", []string{"air-travel.business", "rail.first-class"}, digest("document shown")
		a.Instants = instants(standing.From, day("2025-04-22"), standing.Until, day("2025-05-22"))
	}))
	s.on("2025-05-01")
	s.officer(3, with(about(standing.ExemptionRevoked, caseID(30)), func(a *standing.Act) { a.Refs = cause(caseID(30), 9) }))
	s.on("2025-05-05")
	s.officer(3, with(about(standing.RulingVaried, caseID(20)), func(a *standing.Act) { a.Instants = instants(standing.Due, day("2025-03-03")) }))
	s.officer(3, with(about(standing.SumStated, caseID(20)), func(a *standing.Act) { a.Commitment = digest("sum and reference") }))
}

func (s *scribe) claims() {
	s.on("2025-05-12")
	s.received("party", with(about(standing.PerformanceClaimed, caseID(20)), func(a *standing.Act) {
		a.Facts, a.Addressee, a.Commitment = standing.ProofAttached, 1, digest("receipt")
	}), standing.AnswerBy, day("2025-05-30"))
	s.on("2025-06-10") // eleven days late
	s.officer(3, with(about(standing.ClaimAnswered, caseID(20)), func(a *standing.Act) { a.Code, a.Refs = "rejected", cause(caseID(20), 6) }))
	s.officer(3, with(about(standing.PerformanceRecorded, caseID(20)), func(a *standing.Act) { a.Addressee = 1 }))
	s.received("creditor", with(about(standing.CreditorRequested, caseID(30)), func(a *standing.Act) { a.Code = "deletion" }))
	s.on("2025-06-15")
	s.received("party", with(about(standing.ErrorClaimed, caseID(30)), func(a *standing.Act) {
		a.Facts, a.Commitment = standing.ProofAttached, digest("wrong sum")
	}), standing.AnswerBy, day("2025-06-25"))
	s.on("2025-06-20")
	s.officer(4, with(about(standing.ErrorAnswered, caseID(30)), func(a *standing.Act) { a.Code, a.Refs = "rejected", cause(caseID(30), 12) }))
	s.officer(4, with(about(standing.ListingCorrected, caseID(30)), func(a *standing.Act) { a.Commitment = digest("the sum, corrected") }))
	s.on("2025-06-23")
	s.officer(4, about(standing.MakeGoodServed, caseID(30)))
	s.on("2025-07-01")
	s.officer(3, about(standing.SettlementRecorded, caseID(20)))
	s.on("2025-08-01")
	s.officer(3, about(standing.SettlementFailed, caseID(20)))
	s.officer(3, with(about(standing.ListingMarked, caseID(30)), func(a *standing.Act) { a.Code = "instalments" }))
	s.on("2027-03-01")
	s.officer(4, about(standing.ListingRenewed, caseID(30)), standing.Review, day("2029-03-01"))
}

func (s *scribe) endings() {
	s.on("2027-04-01")
	for n := byte(33); n <= 36; n++ { // ordered by the ruling itself, of immediate effect
		ruling := n - 12
		s.officer(3, with(rulingAct(ruling, "2027-03-01", "2027-03-20"), func(a *standing.Act) {
			a.Facts, a.Instants = standing.RulingOrders|standing.NoticeWaived, a.Instants.With(standing.Final, day("2027-03-10"))
		}))
		s.officer(3, with(proposal(n, ruling, 1), func(a *standing.Act) { a.Facts = standing.RulingOrders | standing.NoticeWaived }))
		s.officer(3, about(standing.ListingConfirmed, caseID(n)), standing.From, day("2027-04-01"), standing.TermEnd, day("2028-04-01"), standing.EarliestAt, day("2027-08-01"))
	}
	s.on("2027-05-01")
	s.officer(3, about(standing.RulingAnnulled, caseID(21)))
	ends := func(k standing.Kind, ruling, listing byte, at string) {
		s.say(3, 0, standing.Ed25519, "", said{with(about(k, caseID(ruling)), func(a *standing.Act) { a.Facts = standing.FullPerformance }),
			standing.Resolution{Endings: []standing.Ending{{Listing: caseID(listing), At: day(at)}}}})
	}
	s.on("2027-05-02")
	ends(standing.SecurityGiven, 22, 34, "2027-05-02")
	ends(standing.InabilityFound, 23, 35, "2027-05-02")
	s.on("2027-05-03")
	s.officer(3, with(about(standing.ListingEnded, caseID(36)), func(a *standing.Act) { a.Code = "repaired" }), standing.EndsAt, day("2027-08-01"))
	s.on("2027-06-10")
	ends(standing.PerformanceRecorded, 20, 30, "2027-06-10")
}

func (s *scribe) close() {
	s.on("2027-07-01")
	seal := func(date string) {
		s.officer(7, standing.Act{Kind: standing.LooksSealed, Case: caseID(90), Authority: scribes, Digest: digest("looks of " + date), Instants: instants(standing.From, day(date))})
	}
	seal("2027-06-29")
	seal("2027-06-30")
	s.officer(6, standing.Act{Kind: standing.PartyChanged, Case: caseID(10), Authority: registry, Region: "CN/37", Party: standing.Organisation, Commitment: digest("its new name")})
	s.officer(6, standing.Act{Kind: standing.PartyErased, Case: caseID(10), Authority: registry})
	from := instants(standing.From, day("2027-08-01"))
	s.say(2, 1, standing.Ed25519, "",
		said{act: standing.Act{Kind: standing.AuthorityChanged, Holder: court, Code: "court", Region: "CN/37", Codes: []string{"cn-courts"}}},
		said{act: standing.Act{Kind: standing.KeyRevoked, Payload: keyBytes(4)}},
		said{act: standing.Act{Kind: standing.ListRepealed, List: defaulters, Instants: from}},
		said{act: standing.Act{Kind: standing.RulebookRepealed, List: "cn-courts", Instants: instants(standing.From, day("2027-09-01"))}})
}

// reportedStory is a list of another body over four snapshots.
func reportedStory() *scribe {
	s := &scribe{}
	s.found()
	snapshot := func(date string) {
		s.officer(7, standing.Act{Kind: standing.SnapshotImported, Case: caseID(80), Authority: scribes, List: debarred, Digest: digest("snapshot of " + date),
			Source: provenance(date, 0), Instants: instants(standing.Snapshot, day(date))}, standing.StaleAfter, day(date)+40*86400)
	}
	report := func(n byte, row uint64, date, until string, facts standing.Facts) standing.Act {
		a := standing.Act{Kind: standing.ListingReported, Case: caseID(n), Authority: scribes, List: debarred, Region: "*", Code: "fraud", Addressee: 1, Party: standing.Organisation,
			Facts: facts, Source: provenance(date, row), Refs: []standing.Ref{{Role: standing.RefRuling, Case: caseID(n + 10)}}, Instants: instants(standing.From, day("2024-05-01"))}
		if until != "" {
			a.Instants = a.Instants.With(standing.Until, day(until))
		}
		return a
	}
	change := func(n byte, row uint64, date, until string, facts standing.Facts) standing.Act {
		a := report(n, row, date, until, facts)
		return standing.Act{Kind: standing.ReportChanged, Case: a.Case, Authority: scribes, Facts: a.Facts, Source: a.Source, Instants: a.Instants}
	}
	screening := standing.Resolution{Rulebook: digest("mdb-debarment 1"), Screening: true}
	s.on("2025-02-02")
	snapshot("2025-02-01")
	for n := byte(40); n <= 42; n++ {
		ruling := rulingAct(n+10, "2024-04-01", "2024-05-01")
		ruling.Authority, ruling.Code, ruling.Source = scribes, "decision", provenance("2025-02-01", uint64(n))
		ruling.Instants = instants(standing.Decided, day("2024-04-01"), standing.Final, day("2024-04-01"))
		s.officer(7, ruling)
	}
	s.officer(7, report(40, 40, "2025-02-01", "2025-12-01", standing.RulingOrders))
	s.officer(7, report(41, 41, "2025-02-01", "", standing.RulingOrders|standing.Indefinite))
	s.say(7, 0, standing.Ed25519, "", said{report(42, 42, "2025-02-01", "", standing.RulingOrders|standing.Indefinite|standing.Permanent), screening})
	s.on("2025-03-02") // one changed, one gone
	snapshot("2025-03-01")
	s.officer(7, change(40, 40, "2025-03-01", "2026-12-01", standing.RulingOrders))
	s.officer(7, standing.Act{Kind: standing.ReportWithdrawn, Case: caseID(41), Authority: scribes, Source: provenance("2025-03-01", 0)})
	s.on("2025-04-02") // back again
	snapshot("2025-04-01")
	s.officer(7, change(41, 44, "2025-04-01", "", standing.RulingOrders|standing.Indefinite))
	s.on("2025-04-10")
	s.received("party", with(about(standing.ErrorClaimed, caseID(42)), func(a *standing.Act) { a.Facts, a.Commitment = standing.ProofAttached, digest("not us") }),
		standing.AnswerBy, day("2025-05-10"))
	s.on("2025-05-02") // gone before the claim is answered: it may not come back
	snapshot("2025-05-01")
	s.officer(7, standing.Act{Kind: standing.ReportWithdrawn, Case: caseID(42), Authority: scribes, Source: provenance("2025-05-01", 0)})
	s.on("2025-05-05")
	s.officer(7, with(about(standing.ErrorAnswered, caseID(42)), func(a *standing.Act) {
		a.Authority, a.Code, a.Refs = scribes, "upheld", cause(caseID(42), 2)
	}))
	s.on("2025-06-02")
	snapshot("2025-06-01")
	s.say(7, 0, standing.Ed25519, "", said{change(42, 46, "2025-06-01", "", standing.RulingOrders|standing.Indefinite), screening})
	return s
}
