package standing_test

import (
	"bytes"
	"crypto/ed25519"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

func ruled(e *standing.Entry) {
	e.Act.Code, e.Act.Party = "judgment", standing.Person
	e.Act.Instants = instants(standing.Decided, standing.Instant(900), standing.Due, standing.Instant(950))
}

func TestRulingRefuses(t *testing.T) {
	p := begin(t, rulingID)
	p.refuse(standing.Invalid, `"opinion" is not a kind of ruling`, standing.RulingRecorded, ruled, code("opinion"))
	p.refuse(standing.Invalid, "say when it was decided", standing.RulingRecorded, ruled, says(standing.Decided, 0))
	p.refuse(standing.Invalid, "before it was decided", standing.RulingRecorded, ruled, says(standing.Final, 899))
	p.refuse(standing.Invalid, "before it was decided", standing.RulingRecorded, ruled, says(standing.Due, 899))
	two := act(func(a *standing.Act) { a.Codes = []string{"zhang", "san"} })
	p.refuse(standing.Invalid, "one capacity", standing.RulingRecorded, ruled, two)
	p.do(standing.RulingRecorded, ruled)
	p.refuse(standing.Invalid, "one capacity", standing.AddresseeNamed, two)
	p.refuse(standing.Invalid, "missing or before the decision", standing.RulingFinal)
	p.refuse(standing.Invalid, "missing or before the decision", standing.RulingFinal, says(standing.Final, 899))
	p.refuse(standing.Invalid, "missing or before the decision", standing.RulingFinal, says(standing.Final, standing.Forever))
	p.do(standing.RulingFinal, says(standing.Final, 1100)) // not reached yet: may be stated anew
	p.do(standing.RulingFinal, says(standing.Final, 990))
	p.refuse(standing.Conflict, "has been final since", standing.RulingFinal, says(standing.Final, 1100))
	p.refuse(standing.Invalid, "missing or before the decision", standing.RulingVaried)
	p.refuse(standing.Invalid, "missing or before the decision", standing.RulingVaried, says(standing.Due, 899))
	p.refuse(standing.Conflict, "no settlement is being kept", standing.SettlementFailed)
	p.do(standing.SettlementRecorded)
	p.refuse(standing.Conflict, "is being kept already", standing.SettlementRecorded, act(func(a *standing.Act) { a.Occurred = 500 }))
	p.do(standing.SettlementFailed)
	p.refuse(standing.NotFound, "answers no open claim", standing.ClaimAnswered, code("upheld"))
	for range standing.MaxAddressees - 1 {
		p.do(standing.AddresseeNamed)
	}
	p.refuse(standing.TooLarge, "at most 64 addressees", standing.AddresseeNamed)
	p.do(standing.RulingAnnulled)
	p.refuse(standing.Conflict, "was annulled at", standing.PerformanceRecorded)
}

// A day before 1970 is a day like any other.
func TestRulingOfOld(t *testing.T) {
	p := begin(t, rulingID)
	old := []change{ruled, says(standing.Decided, -5000), says(standing.Due, -4000)}
	p.refuse(standing.Invalid, "before it was decided", standing.RulingRecorded, append(old, says(standing.Due, -6000))...)
	p.do(standing.RulingRecorded, append(old, says(standing.Final, -4500))...)
	p.refuse(standing.Invalid, "missing or before", standing.RulingVaried)
	if r := p.c.Ruling; !r.InForce(-4500) || r.InForce(-4501) || !r.InDefault(1, -4000) || r.InDefault(1, -4001) {
		t.Errorf("%+v", r)
	}
}

func TestInDefault(t *testing.T) {
	at := func(ruled standing.Instant, k standing.Kind, changes ...change) bool {
		p := begin(t, rulingID)
		p.do(standing.RulingRecorded, func(e *standing.Entry) {
			e.Act.Code, e.Act.Instants = "judgment", instants(standing.Decided, standing.Instant(900), standing.Due, standing.Instant(950))
		})
		if k != 0 {
			p.do(k, changes...)
		}
		return p.c.Ruling.InDefault(1, ruled)
	}
	full, part := facts(standing.FullPerformance), facts(0)
	to := func(n uint8) change { return act(func(a *standing.Act) { a.Addressee = n }) }
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"before it is due", at(949, 0), false},
		{"when it is due", at(950, 0), true},
		{"performed", at(1000, standing.PerformanceRecorded, full), false},
		{"performed by addressee 1", at(1000, standing.PerformanceRecorded, full, to(1)), false},
		{"performed by addressee 2", at(1000, standing.PerformanceRecorded, full, to(2)), true},
		{"performed in part", at(1000, standing.PerformanceRecorded, part), true},
		{"before it was performed", at(999, standing.PerformanceRecorded, full), true},
		{"settled", at(1000, standing.SettlementRecorded), false},
		{"before it was settled", at(999, standing.SettlementRecorded), true},
		{"security given", at(1000, standing.SecurityGiven), false},
		{"cannot pay", at(1000, standing.InabilityFound), false},
		{"a later deadline", at(1000, standing.RulingVaried, says(standing.Due, 1001)), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: in default %v", c.name, c.got)
		}
	}
}

// What is resolved has to fit into an entry, or nobody could read it again.
func TestEndingsFit(t *testing.T) {
	p := begin(t, rulingID)
	p.do(standing.RulingRecorded, ruled)
	ending := func(n int, at standing.Instant) change {
		return func(e *standing.Entry) {
			e.Resolution.Endings = slices.Repeat([]standing.Ending{{Listing: own[0], At: at}}, n)
		}
	}
	p.refuse(standing.TooLarge, "at most 256", standing.PerformanceRecorded, ending(257, 1000))
	p.refuse(standing.Refused, "outside the years 1900 to 2199", standing.PerformanceRecorded, ending(1, standing.MaxInstant+1))
	p.refuse(standing.Refused, "outside the years 1900 to 2199", standing.PerformanceRecorded, ending(1, 0))
	p.do(standing.PerformanceRecorded, ending(256, 1000))
}

// An upheld claim counts from the day that the party claimed.
func TestUpheldClaimPerforms(t *testing.T) {
	p := begin(t, rulingID)
	p.do(standing.RulingRecorded, ruled)
	p.do(standing.PerformanceClaimed, facts(standing.ProofAttached), act(func(a *standing.Act) { a.Addressee, a.Occurred = 1, 980 }), resolved(standing.AnswerBy, 1050))
	p.do(standing.PerformanceClaimed, facts(standing.ProofAttached), act(func(a *standing.Act) { a.Addressee = 2 }), resolved(standing.AnswerBy, 1050))
	p.now = 1040
	p.do(standing.ClaimAnswered, code("upheld"), answers(2))
	p.do(standing.ClaimAnswered, code("rejected"), answers(3))
	p.refuse(standing.NotFound, "answers no open claim", standing.ClaimAnswered, code("upheld"), answers(3))
	if r := p.c.Ruling; r.PerformedBy(1) != 980 || r.PerformedBy(2) != 0 {
		t.Errorf("performed by 1 at %d, by 2 at %d", r.PerformedBy(1), r.PerformedBy(2))
	}
}

func TestParty(t *testing.T) {
	p := begin(t, caseID(10))
	p.do(standing.PartyRecorded, act(func(a *standing.Act) { a.Party, a.Region = standing.Organisation, "CN" }))
	p.do(standing.PartyChanged, act(func(a *standing.Act) { a.Party, a.Region = standing.PublicBody, "CN/37" }))
	if got := p.c.Party; got.Kind != standing.PublicBody || got.Region != "CN/37" || got.Position != 101 {
		t.Errorf("%+v", got)
	}
	p.do(standing.PartyErased)
	p.refuse(standing.Conflict, "was erased", standing.PartyChanged)
	p.refuse(standing.Conflict, "exists already", standing.PartyRecorded)
}

func TestSource(t *testing.T) {
	p := begin(t, caseID(80))
	p.now = day("2025-02-02")
	shot := func(date string) change {
		return act(func(a *standing.Act) {
			a.List, a.Digest, a.Instants = debarred, digest(date), instants(standing.Snapshot, day(date))
		})
	}
	p.refuse(standing.Invalid, "list and day of the snapshot", standing.SnapshotImported, act(func(a *standing.Act) { a.List = debarred }))
	p.refuse(standing.Invalid, "list and day of the snapshot", standing.SnapshotImported, shot("2025-02-01"), act(func(a *standing.Act) { a.List = "" }))
	p.refuse(standing.Invalid, "in the future", standing.SnapshotImported, shot("2025-02-04"))
	p.do(standing.SnapshotImported, shot("2025-02-01"), resolved(standing.StaleAfter, day("2025-03-01")))
	p.refuse(standing.Refused, "older than the last one read", standing.SnapshotImported, shot("2025-01-31"))
	p.refuse(standing.Invalid, "this source is of list", standing.SnapshotImported, shot("2025-02-02"), act(func(a *standing.Act) { a.List = defaulters }))
	p.do(standing.SnapshotImported, shot("2025-02-03"), resolved(standing.StaleAfter, day("2025-03-03"))) // the day has begun in the east
	if s := p.c.Source; len(s.Snapshots) != 2 || s.StaleAfter != day("2025-03-03") || s.List != debarred {
		t.Errorf("%+v", s)
	}
}

func TestLooks(t *testing.T) {
	p := begin(t, caseID(90))
	p.refuse(standing.Invalid, "say which day", standing.LooksSealed)
	p.do(standing.LooksSealed, says(standing.From, 500))
	p.refuse(standing.Conflict, "sealed already", standing.LooksSealed, says(standing.From, 500))
	p.do(standing.LooksSealed, says(standing.From, 600))
}

// founded is a constitution with a court, an officer's key 3 and a rulebook.
func founded(t *testing.T) *play {
	p := begin(t, standing.ConstitutionID)
	p.do(standing.RegisterFounded, payload(append(public(1)[:32:32], public(2)...)))
	p.do(standing.AuthorityRecorded, holder)
	p.do(standing.KeyGranted, granted(3))
	p.do(standing.RulebookAdopted, adopted)
	return p
}

func payload(b []byte) change { return act(func(a *standing.Act) { a.Payload = b }) }

func holder(e *standing.Entry) {
	e.Act.Holder, e.Act.Code, e.Act.Region, e.Act.Codes = court, "court", "CN", []string{"cn-courts"}
}

func granted(n byte) change {
	return act(func(a *standing.Act) {
		a.Payload, a.Holder, a.Officer, a.Codes = public(n), court, officer(n), []string{standing.RoleOfficer}
	})
}

func adopted(e *standing.Entry) { e.Act.List, e.Act.Digest = "cn-courts", digest("cn-courts 1") }

func list(id standing.ListID) change { return act(func(a *standing.Act) { a.List = id }) }

func TestFoundingRefuses(t *testing.T) {
	p := begin(t, standing.ConstitutionID)
	p.refuse(standing.NotFound, "does not exist", standing.KeyGranted, granted(3))
	p.refuse(standing.Invalid, "two persons", standing.RegisterFounded)
	p.refuse(standing.Invalid, "two persons", standing.RegisterFounded, payload(public(1)))
	p.refuse(standing.Invalid, "two persons", standing.RegisterFounded, payload(append(public(1)[:32:32], public(1)...)))
	p.do(standing.RegisterFounded, payload(append(public(1)[:32:32], public(2)...)))
	p.refuse(standing.Conflict, "exists already", standing.RegisterFounded, payload(append(public(1)[:32:32], public(2)...)))
	if keys := p.c.Constitution.Keys; len(keys) != 2 || !keys[keyID(1)].Has(standing.RoleFounder) || keys[keyID(1)].Officer == keys[keyID(2)].Officer {
		t.Errorf("%+v", keys)
	}
}

func TestKeys(t *testing.T) {
	p := founded(t)
	p.refuse(standing.Invalid, "32 bytes", standing.KeyGranted, granted(4), payload(public(4)[:31]))
	p.refuse(standing.Conflict, "a revoked key never returns", standing.KeyGranted, granted(3))
	p.refuse(standing.NotFound, "is not recorded", standing.KeyGranted, granted(4), act(func(a *standing.Act) { a.Holder = "nobody" }))
	p.refuse(standing.Invalid, "whose key it is", standing.KeyGranted, granted(4), act(func(a *standing.Act) { a.Officer = standing.OfficerID{} }))
	p.refuse(standing.Invalid, "what the key may do", standing.KeyGranted, granted(4), act(func(a *standing.Act) { a.Codes = nil }))
	p.refuse(standing.NotFound, "no such key", standing.KeyRevoked, payload(keyBytes(4)))
	p.refuse(standing.NotFound, "no such key", standing.KeyRevoked, payload(append(keyBytes(3), "and a name"...)))
	p.refuse(standing.NotFound, "no such key", standing.KeyRevoked)
	p.do(standing.KeyRevoked, payload(keyBytes(3)), says(standing.From, 1200))
	p.refuse(standing.Conflict, "it can only be revoked earlier", standing.KeyRevoked, payload(keyBytes(3)), says(standing.From, 5000))
	p.now = 1100
	p.do(standing.KeyRevoked, payload(keyBytes(3)), says(standing.From, 1150))
	if k := p.c.Constitution.Keys[keyID(3)]; k.Active(999) || !k.Active(1000) || !k.Active(1149) || k.Active(1150) {
		t.Errorf("%+v", k)
	}
	p.now = 1300
	p.refuse(standing.Conflict, "it can only be revoked earlier", standing.KeyRevoked, payload(keyBytes(3)))
	p.refuse(standing.Conflict, "a revoked key never returns", standing.KeyGranted, granted(3))
	p.do(standing.KeyGranted, granted(4), says(standing.From, 500)) // never before it is recorded
	if k := p.c.Constitution.Keys[keyID(4)]; k.Active(1299) || !k.Active(1300) {
		t.Errorf("%+v", k)
	}
}

func TestAuthorities(t *testing.T) {
	p := founded(t)
	p.refuse(standing.Conflict, "is already recorded", standing.AuthorityRecorded, holder)
	p.refuse(standing.Conflict, "is not recorded", standing.AuthorityChanged, holder, act(func(a *standing.Act) { a.Holder = registry }))
	for _, strip := range []func(*standing.Act){func(a *standing.Act) { a.Code = "" }, func(a *standing.Act) { a.Region = "" }} {
		p.refuse(standing.Invalid, "holder, kind and region are needed", standing.AuthorityChanged, holder, act(strip))
	}
	if a := p.c.Constitution.Authorities[court]; !a.IsEntitled(defaulters) || a.IsEntitled("cn-sectors/tax") {
		t.Errorf("%+v", a)
	}
	p.do(standing.AuthorityChanged, holder, act(func(a *standing.Act) { a.Codes = []string{"cn-sectors/tax"} }))
	if a := p.c.Constitution.Authorities[court]; a.IsEntitled(defaulters) || !a.IsEntitled("cn-sectors/tax") {
		t.Errorf("%+v", a)
	}
}

// What was repealed does not come back, by whatever act.
func TestRulebooks(t *testing.T) {
	p := founded(t)
	law := func() *standing.Constitution { return p.c.Constitution }
	p.refuse(standing.NotFound, "is not in force", standing.RulebookRepealed, list("cn-sectors"))
	p.refuse(standing.NotFound, "is not in force", standing.ListRepealed, list("cn-sectors/tax"))
	p.now = 1100
	p.do(standing.RulebookAdopted, adopted, act(func(a *standing.Act) { a.Digest = digest("cn-courts 2") }), says(standing.From, 1200))
	p.refuse(standing.Conflict, "a version from", standing.RulebookAdopted, adopted)
	for at, want := range map[standing.Instant]string{1000: "cn-courts 1", 1199: "cn-courts 1", 1200: "cn-courts 2", 9000: "cn-courts 2"} {
		if got, ok := law().Adopted("cn-courts", at); !ok || got != digest(want) {
			t.Errorf("at %d another text than %s is in force", at, want)
		}
	}
	if _, ok := law().Adopted("cn-courts", 999); ok {
		t.Error("in force before it was adopted")
	}
	p.do(standing.ListRepealed, list(defaulters), says(standing.From, 1500))
	p.refuse(standing.NotFound, "is not in force at", standing.ListRepealed, list(defaulters), says(standing.From, 1600))
	p.do(standing.ListRepealed, list(defaulters), says(standing.From, 1400))
	if got := law().InForce(defaulters); got != (standing.Interval{From: 1000, Until: 1400}) {
		t.Errorf("in force %+v", got)
	}
	p.do(standing.RulebookRepealed, list("cn-courts"), says(standing.From, 1300))
	p.refuse(standing.NotFound, "is not in force at", standing.RulebookRepealed, list("cn-courts"), says(standing.From, 1350))
	p.now = 1301
	p.refuse(standing.Conflict, "adopt its successor under a new name", standing.RulebookAdopted, adopted)
	if got := law().InForce(defaulters); got != (standing.Interval{From: 1000, Until: 1300}) {
		t.Errorf("in force %+v", got)
	}
	if got := law().InForce("cn-sectors/tax"); got.Holds(1000) {
		t.Errorf("a list without a rulebook is in force %+v", got)
	}
}

// A clone of the constitution never changes, whatever is done to the original.
func TestCloneIsSafe(t *testing.T) {
	kinds := []standing.Kind{standing.KeyGranted, standing.KeyRevoked, standing.AuthorityRecorded, standing.AuthorityChanged, standing.RulebookAdopted,
		standing.RulebookRepealed, standing.ListRepealed}
	accepted := map[standing.Kind]int{}
	rapid.Check(t, func(rt *rapid.T) {
		p := founded(t)
		for range 30 {
			n, k := rapid.ByteRange(3, 6).Draw(rt, "key"), rapid.SampledFrom(kinds).Draw(rt, "kind")
			id := []standing.AuthorityID{court, registry, scribes, "cn-x"}[n-3]
			from := p.now + standing.Instant(rapid.IntRange(-5, 20).Draw(rt, "from"))
			clone, before := p.c.Constitution.Clone(), p.c.Constitution.Clone()
			deepen(before)
			err := p.try(k, holder, act(func(a *standing.Act) {
				a.Holder, a.Officer, a.List, a.Instants = id, officer(n), "cn-courts", instants(standing.From, from)
				switch k {
				case standing.KeyGranted:
					a.Payload, a.Holder = public(n), court
				case standing.KeyRevoked:
					a.Payload = keyBytes(n)
				case standing.ListRepealed:
					a.List = defaulters
				}
				strip(a)
			}))
			if !reflect.DeepEqual(clone, before) {
				rt.Fatalf("%s changed a clone: %v", k, err)
			}
			if err != nil && !reflect.DeepEqual(p.c.Constitution, before) {
				rt.Fatalf("%s was refused (%v) and changed the constitution", k, err)
			}
			if err == nil {
				accepted[k]++
			}
			p.now += standing.Instant(rapid.IntRange(0, 5).Draw(rt, "wait"))
		}
	})
	for _, k := range kinds {
		if accepted[k] == 0 {
			t.Errorf("no %s was accepted", k)
		}
	}
}

// deepen copies what a clone still shares.
func deepen(c *standing.Constitution) {
	for id, k := range c.Keys {
		v := *k
		v.Public, v.Roles = bytes.Clone(ed25519.PublicKey(k.Public)), slices.Clone(k.Roles)
		c.Keys[id] = &v
	}
	for id, a := range c.Authorities {
		v := *a
		v.Entitled = slices.Clone(a.Entitled)
		c.Authorities[id] = &v
	}
	for name, adoptions := range c.Rulebooks {
		c.Rulebooks[name] = slices.Clone(adoptions)
	}
}
