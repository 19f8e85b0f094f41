package clerk_test

import (
	"crypto/rand"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/store/memory"
)

// grant is the act that grants a key to a person of an office.
func grant(public []byte, holder standing.AuthorityID, officer standing.OfficerID, roles ...string) standing.Act {
	return act(standing.KeyGranted, standing.ConstitutionID, codes(roles...), func(a *standing.Act) {
		a.Payload, a.Holder, a.Officer = public, holder, officer
	})
}

func (w *town) countersigned(a standing.Act, first, second string) clerk.Submission {
	w.t.Helper()
	d := draft.New(origin, rand.Reader)
	if err := d.Add(w.complete("founders", a), nil); err != nil {
		w.t.Fatal(err)
	}
	s, o := d.Sign(w.keys[first])
	if second != "" {
		s.Countersign(w.keys[second])
	}
	return clerk.Submission{Statement: s, Openings: o}
}

// The operator alone can grant nothing: neither one founder, nor one twice, nor
// one and a second key of the same person.
func TestTwoFounders(t *testing.T) {
	tell(t, func(w *town) {
		w.keys["founder 1 again"], w.keys["new"] = key(), key()
		one := standing.OfficerID(standing.KeyIDOf(pub(w.keys["founder 1"])))
		w.must("founders", grant(pub(w.keys["founder 1 again"]), "", one, standing.RoleFounder))
		a := grant(pub(w.keys["new"]), "cn-court-3710", standing.OfficerID{9}, standing.RoleOfficer)
		for _, pair := range [][2]string{{"founder 1", ""}, {"founder 1", "founder 1"}, {"founder 1", "founder 1 again"}, {"founder 1 again", "founder 1"},
			{"founder 1", "officer"}, {"officer", "founder 1"}, {"officer", "president"}} {
			w.refusedAs(standing.Refused, "two founders", w.countersigned(a, pair[0], pair[1]))
		}
		w.refusedAs(standing.Unauthenticated, "not known to this register", w.countersigned(a, "founder 1", "new"))
		s := w.countersigned(a, "founder 1", "founder 2")
		s.Statement.Signature.Second.Bytes[3] ^= 1
		w.refusedAs(standing.Unauthenticated, "broken signature", s)
		if _, err := w.submit(w.countersigned(a, "founder 2", "founder 1 again")); err != nil {
			w.t.Fatal(err)
		}
	})
}

func TestKeys(t *testing.T) {
	tell(t, func(w *town) {
		w.keys["clerk"] = key()
		id := standing.KeyIDOf(pub(w.keys["clerk"]))
		w.holds["clerk"] = "cn-court-3710"
		own := grant(pub(w.keys["clerk"]), "cn-court-3710", standing.OfficerID{9}, standing.RoleOfficer)
		w.refused("not known to this register", "clerk", ruling(w.newCase(), "judgment"), against(firm()))
		w.refused("has 32 bytes", "founders", grant([]byte("short"), "cn-court-3710", standing.OfficerID{9}, standing.RoleOfficer))
		w.refused("is not recorded", "founders", grant(pub(w.keys["clerk"]), "nowhere", standing.OfficerID{9}, standing.RoleOfficer))
		w.refused("say whose key", "founders", grant(pub(w.keys["clerk"]), "cn-court-3710", standing.OfficerID{}, standing.RoleOfficer))
		w.refused("say what the key may do", "founders", grant(pub(w.keys["clerk"]), "cn-court-3710", standing.OfficerID{9}))
		w.refused("no such key", "founders", act(standing.KeyRevoked, standing.ConstitutionID, func(a *standing.Act) { a.Payload = id[:] }))
		later := own
		later.Instants = later.Instants.With(standing.From, w.now+5*86400)
		w.must("founders", later)
		w.refused("was granted before", "founders", own)
		w.refused("is not in force", "clerk", ruling(w.newCase(), "judgment"), against(firm()))
		w.days(5)
		w.must("clerk", ruling(w.newCase(), "judgment"), against(firm()))
		w.refused("the key belongs to", "clerk", act(standing.RulingRecorded, w.newCase(), func(a *standing.Act) { a.Authority = "cn-court-44" }), against(firm()))
		w.days(1)
		revoke := act(standing.KeyRevoked, standing.ConstitutionID, func(a *standing.Act) { a.Payload = id[:] })
		w.must("founders", revoke)
		w.refused("is not in force", "clerk", ruling(w.newCase(), "judgment"), against(firm()))
		w.refused("a revoked key never returns", "founders", own)
		w.refused("is revoked from", "founders", revoke)
	})
}

// The founding statement is no way round the keys: sent again in front of other
// acts it carries nobody past the check that their key is in force.
func TestFoundingCarriesNobody(t *testing.T) {
	tell(t, func(w *town) {
		entries, err := w.store.Case(t.Context(), standing.ConstitutionID)
		if err != nil {
			w.t.Fatal(err)
		}
		id := standing.KeyIDOf(pub(w.keys["officer"]))
		w.must("founders", act(standing.KeyRevoked, standing.ConstitutionID, func(a *standing.Act) { a.Payload = id[:] }))
		a := w.complete("officer", ruling(w.newCase(), "judgment"))
		a.Register = origin
		acts := [][]byte{entries[0].Bytes, a.Encode()}
		s := standing.Sign(acts, w.keys["officer"], standing.Ed25519, "")
		s.Countersign(w.keys["founder 1"])
		w.refusedAs(standing.Unauthenticated, "is not in force", clerk.Submission{Statement: s, Openings: [][]byte{nil, nil}})
		// A second founding, by strangers, is no founding.
		w.keys["stranger 1"], w.keys["stranger 2"] = key(), key()
		d := draft.New(origin, rand.Reader)
		if err := d.Found(w.now, pub(w.keys["stranger 1"]), pub(w.keys["stranger 2"])); err != nil {
			w.t.Fatal(err)
		}
		again, _ := d.Sign(w.keys["stranger 1"])
		again.Countersign(w.keys["stranger 2"])
		w.refusedAs("", "", clerk.Submission{Statement: again})
	})
}

func TestFounding(t *testing.T) {
	two := func(w *town, a, b, signer, second string) clerk.Submission {
		d := draft.New(origin, rand.Reader)
		if err := d.Found(w.now, pub(w.keys[a]), pub(w.keys[b])); err != nil {
			t.Fatal(err)
		}
		s, o := d.Sign(w.keys[signer])
		if second != "" {
			s.Countersign(w.keys[second])
		}
		return clerk.Submission{Statement: s, Openings: o}
	}
	w := unfounded(t, memory.New(memory.Faults{}))
	w.refused("not known to this register", "officer", ruling(w.newCase(), "judgment"), against(firm()))
	w.refused("not known to this register", "founders", grant(pub(w.keys["officer"]), "", standing.OfficerID{1}, standing.RoleFounder))
	w.refusedAs(standing.Refused, "founded by two persons", two(w, "founder 1", "founder 2", "founder 1", ""))
	w.refusedAs(standing.Refused, "founded by two persons", two(w, "founder 1", "founder 2", "founder 1", "founder 1"))
	w.refusedAs(standing.Unauthenticated, "not known to this register", two(w, "founder 1", "founder 2", "founder 1", "officer"))
	w.refusedAs(standing.Refused, "founded by two persons", two(w, "founder 1", "founder 1", "founder 1", "founder 1"))
	intake := two(w, "founder 1", "founder 2", "founder 1", "")
	intake.Statement.Signature = standing.Sign(intake.Statement.Acts, w.keys["founder 1"], standing.Intake, "party").Signature
	intake.Statement.Countersign(w.keys["founder 2"])
	w.refusedAs(standing.Invalid, "on behalf of nobody", intake)
	f := w.founding()
	if _, err := w.submit(f); err != nil {
		t.Fatal(err)
	}
	receipts, err := w.submit(f)
	if err != nil || !receipts[0].Again {
		t.Fatalf("the founding again: %v, %+v", err, receipts)
	}
	w.verify()
}

func TestAuthoritiesAndRulebooks(t *testing.T) {
	tell(t, func(w *town) {
		authority := func(kind standing.Kind, id standing.AuthorityID, code, region string, entitled ...string) standing.Act {
			return act(kind, standing.ConstitutionID, codes(entitled...), in(region), func(a *standing.Act) { a.Holder, a.Code = id, code })
		}
		w.refused("is already recorded", "founders", authority(standing.AuthorityRecorded, "cn-court-3710", "court", "CN/37", "cn-courts"))
		w.refused("is not recorded", "founders", authority(standing.AuthorityChanged, "cn-court-99", "court", "CN/44", "cn-courts"))
		w.refused("holder, kind and region are needed", "founders", authority(standing.AuthorityRecorded, "cn-court-99", "", "CN/44"))
		j := w.judgment()
		w.must("founders", authority(standing.AuthorityChanged, "cn-court-3710", "court", "CN/37"))
		w.refused("charter 1.3", "officer", propose(w.newCase(), j))
		w.must("founders", authority(standing.AuthorityChanged, "cn-court-3710", "court", "CN/37", "cn-courts/judgment-defaulters"))
		w.must("officer", propose(w.newCase(), j))
		w.refused("charter 1.3", "officer", w.proposal(w.newCase(), j, consumption, "unpaid-after-notice"))

		w.refused("no text of rulebook", "founders", act(standing.RulebookAdopted, standing.ConstitutionID, list("cn-courts"), func(a *standing.Act) { a.Digest = standing.Digest{5} }))
		other, _ := w.books.Named("cn-sectors", "")
		w.refused("no text of rulebook", "founders", act(standing.RulebookAdopted, standing.ConstitutionID, list("cn-courts"), func(a *standing.Act) { a.Digest = other.Digest }))
		w.refused("is not in force", "founders", act(standing.RulebookRepealed, standing.ConstitutionID, list("cn-gossip")))
		if text, err := w.store.Document(t.Context(), other.Digest); err != nil || string(text) != string(other.Text) {
			w.t.Fatalf("the text of a rulebook in force is not kept: %v", err)
		}
	})
}
