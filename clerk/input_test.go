package clerk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store/memory"
)

// Bad input: each gets an error that says what is wrong, stores nothing, and
// disturbs nobody who is judged in the same batch.

// raw signs act bytes as they are.
func (w *town) raw(who string, openings [][]byte, acts ...[]byte) clerk.Submission {
	return clerk.Submission{Statement: standing.Sign(acts, w.keys[who], standing.Ed25519, ""), Openings: openings}
}

// committed is a recorded ruling's bytes with an opening given as raw JSON.
func (w *town) committed(opening []byte, salt standing.Digest) clerk.Submission {
	a := w.complete("officer", ruling(w.newCase(), "judgment"))
	a.Register, a.Commitment = origin, privacy.Commit(salt, opening)
	return w.raw("officer", [][]byte{opening}, a.Encode())
}

// badInputs makes one submission of each sort, with the kind of error and the
// words that it must get.
func badInputs(w *town) []badInput {
	return append(append(badSignatures(w), badOpenings(w)...), badActs(w)...)
}

// changed is a good ruling, signed after a change to its act, or to the whole.
func (w *town) changed(a func(*standing.Act), s func(*clerk.Submission)) clerk.Submission {
	r := w.complete("officer", ruling(w.newCase(), "judgment"))
	if a != nil {
		a(&r)
	}
	out := w.signed("officer", r, against(firm()))
	if s != nil {
		s(&out)
	}
	return out
}

func (w *town) signedBy(k ed25519.PrivateKey, algorithm standing.Algorithm, behalf string) clerk.Submission {
	return w.changed(nil, func(s *clerk.Submission) { s.Statement = standing.Sign(s.Statement.Acts, k, algorithm, behalf) })
}

func badSignatures(w *town) []badInput {
	whole := func(change func(s *clerk.Submission)) clerk.Submission { return w.changed(nil, change) }
	officer := w.keys["officer"]
	return []badInput{
		{"broken signature", standing.Unauthenticated, "broken signature", whole(func(s *clerk.Submission) { s.Statement.Signature.Bytes[7] ^= 1 })},
		{"no signature", standing.Unauthenticated, "broken signature", whole(func(s *clerk.Submission) { s.Statement.Signature.Bytes = nil })},
		{"signature of something else", standing.Unauthenticated, "broken signature", whole(func(s *clerk.Submission) {
			s.Statement.Signature = standing.Sign([][]byte{{1}}, officer, standing.Ed25519, "").Signature
		})},
		{"signature 2 KiB long", standing.TooLarge, "has 2048 bytes", whole(func(s *clerk.Submission) { s.Statement.Signature.Bytes = make([]byte, 2048) })},
		{"signature by webauthn", standing.Unsupported, "algorithm 2 is not known", whole(func(s *clerk.Submission) { s.Statement.Signature.Algorithm = standing.WebAuthn })},
		{"on behalf of a name", standing.Invalid, "only party or creditor", whole(func(s *clerk.Submission) { s.Statement.Signature.OnBehalfOf = "Sample" })},
		{"on behalf without intake", standing.Invalid, "names on whose behalf", w.signedBy(officer, standing.Ed25519, "party")},
		{"intake without the role", standing.Forbidden, "lacks the role intake", w.signedBy(officer, standing.Intake, "party")},
		{"unknown key", standing.Unauthenticated, "is not known to this register", w.signedBy(key(), standing.Ed25519, "")},
		{"three signatures", standing.Invalid, "two signatures at most", whole(func(s *clerk.Submission) {
			second := s.Statement.Signature
			second.Second = &standing.Signature{}
			s.Statement.Signature.Second = &second
		})},
		{"another authority's name", standing.Forbidden, "the key belongs to", w.changed(func(a *standing.Act) { a.Authority = "cn-court-44" }, nil)},
	}
}

func badOpenings(w *town) []badInput {
	salt := standing.Digest{1, 2, 3}
	head := `{"salt":"` + salt.String() + `",`
	named := head + `"party":{"names":["Sample"]}`
	opening := func(json string) clerk.Submission { return w.committed([]byte(json), salt) }
	whole := func(change func(s *clerk.Submission)) clerk.Submission { return w.changed(nil, change) }
	identified := func(names []string, ids ...string) clerk.Submission {
		return w.signed("officer", ruling(w.newCase(), "judgment"), against(&standing.Identity{Names: names, Identifiers: ids}))
	}
	one, lots := []string{"Sample"}, strings.Split(strings.Repeat("Sample ", 64)+"Sample", " ")
	return []badInput{
		{"openings missing", standing.Invalid, "2 openings for 1 acts", whole(func(s *clerk.Submission) { s.Openings = append(s.Openings, nil) })},
		{"opening not given", standing.Invalid, "none is given", whole(func(s *clerk.Submission) { s.Openings = nil })},
		{"opening not committed to", standing.Invalid, "the other way round", whole(func(s *clerk.Submission) { *s = w.raw("officer", s.Openings, w.plain().Encode()) })},
		{"another opening", standing.Invalid, "is not the one that the act commits to", whole(func(s *clerk.Submission) {
			s.Openings[0] = []byte(strings.Replace(string(s.Openings[0]), "120000", "120001", 1))
		})},
		{"unknown opening field", standing.Invalid, "unknown field", opening(named + `,"score":7}`)},
		{"opening of 300 KiB", standing.TooLarge, "opening of", opening(named + `,"text":"` + strings.Repeat("x", 300<<10) + `"}`)},
		{"opening without salt", standing.Invalid, "a salt of 32", w.committed([]byte(`{"party":{"names":["Sample"]}}`), standing.Digest{})},
		{"opening that is no JSON", standing.Invalid, "opening", opening(named)},
		{"opening and more", standing.Invalid, "opening", opening(named + `} {"party":{"names":["Another"]}}`)},
		{"invalid UTF-8 in the opening", standing.Invalid, "UTF-8", opening(named + ",\"text\":\"\xff\xfe\"}")},
		{"a field twice", standing.Invalid, "twice", opening(named + `,"party":{"names":["Another"]}}`)},
		{"a field in other letters", standing.Invalid, "PARTY", opening(head + `"PARTY":{"names":["Sample"]}}`)},
		{"null opening", standing.Invalid, "opening", opening("null")},
		{"nobody", standing.Invalid, "neither a name nor an identifier", identified(nil)},
		{"broken check digit", standing.Invalid, "check", identified(one, "uscc:91110105MA0000007M")},
		{"identifier not canonical", standing.Invalid, "canonical form", identified(one, "uscc:91110105ma0000007l")},
		{"unknown scheme", standing.Invalid, "scheme", identified(one, "shoe-size:44")},
		{"identifier of a kilobyte", standing.Invalid, "", identified(one, "uscc:"+strings.Repeat("9", 1000))},
		{"65 names", standing.TooLarge, "at most 64 names", identified(lots)},
		{"an empty name", standing.Invalid, "name", identified([]string{""})},
	}
}

// plain is a ruling without an opening.
func (w *town) plain() *standing.Act {
	a := w.complete("officer", ruling(w.newCase(), "judgment"))
	a.Register = origin
	return &a
}

func badActs(w *town) []badInput {
	with := func(change func(a *standing.Act)) clerk.Submission { return w.changed(change, nil) }
	bare := func(change func(a *standing.Act)) clerk.Submission {
		a := w.plain()
		change(a)
		return w.raw("officer", nil, a.Encode())
	}
	at := func(at standing.Instant) clerk.Submission { return bare(func(a *standing.Act) { a.Occurred = at }) }
	year := func(y int) standing.Instant { return standing.Instant((int64(y) - 1970) * 31556952) }
	good := w.plain().Encode()
	return []badInput{
		{"for another register", standing.Invalid, "register.elsewhere", bare(func(a *standing.Act) { a.Register = "register.elsewhere" })},
		{"unknown kind", standing.Unsupported, "kind 250 is not known", bare(func(a *standing.Act) { a.Kind = 250 })},
		{"no authority", standing.Forbidden, "speaks for authority", bare(func(a *standing.Act) { a.Authority = "" })},
		{"bytes left over", standing.Invalid, "1 bytes too many", w.raw("officer", nil, append(slices.Clone(good), 0))},
		{"bytes cut off", standing.Invalid, "", w.raw("officer", nil, good[:40])},
		{"no bytes", standing.Invalid, "end early", w.raw("officer", nil, []byte{})},
		{"not canonical", standing.Invalid, "shortest form", w.raw("officer", nil, append([]byte{good[0], 1, 0x18, 1}, good[3:]...))},
		{"act of 20 KiB", standing.TooLarge, "act of", w.raw("officer", nil, make([]byte, 20<<10))},
		{"no acts", standing.TooLarge, "a statement of 0 acts", w.raw("officer", nil)},
		{"4,097 acts", standing.TooLarge, "a statement of 4097 acts", w.raw("officer", nil, make([][]byte, standing.MaxStatementActs+1)...)},
		{"not dated", standing.Invalid, "say when it happened", at(0)},
		{"year 0", standing.Invalid, "outside the years", at(year(0))},
		{"year 9999", standing.Invalid, "outside the years", at(year(9999))},
		{"for ever", standing.Invalid, "is open", at(standing.Forever)},
		{"tomorrow", "", "future", at(w.now + 86400)},
		{"decided in the year 9999", standing.Invalid, "outside the years", bare(func(a *standing.Act) { a.Instants = a.Instants.With(standing.Decided, year(9999)) })},
		{"a region that is none", standing.Invalid, "two or three characters", bare(func(a *standing.Act) { a.Region = "cn/37" })},
		{"a name for a code", standing.Invalid, "is not a code", bare(func(a *standing.Act) { a.Code = "Sample Ltd" })},
		{"17 references", standing.Invalid, "over the bound", bare(func(a *standing.Act) { a.Refs = make([]standing.Ref, 17) })},
		{"stale version", standing.Conflict, "has 0 acts, the act was signed for 3", with(func(a *standing.Act) { a.Version = 3 })},
		{"citing a case at another version", standing.Conflict, "read it again", with(func(a *standing.Act) {
			a.Refs = []standing.Ref{{Role: standing.RefConstitution, Case: standing.ConstitutionID, Version: 2}}
		})},
		{"citing a case that is not there", standing.NotFound, "does not exist", with(func(a *standing.Act) {
			a.Refs = []standing.Ref{{Role: standing.RefListing, Case: w.newCase(), Version: 2}}
		})},
	}
}

type badInput struct {
	name string
	kind standing.ErrorKind
	want string
	s    clerk.Submission
}

func TestBadInput(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	for _, c := range badInputs(w) {
		t.Run(c.name, func(t *testing.T) {
			w.t = t
			w.refusedAs(c.kind, c.want, c.s)
		})
	}
	w.t = t
	w.verify()
}

// What is bad in a batch is refused alone: all else that waits with it is
// recorded.
func TestBadInputDisturbsNobody(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	bad := badInputs(w)
	before := w.size()
	var wg sync.WaitGroup
	for i := range bad {
		good := w.signed("officer", ruling(w.newCase(), "judgment"), against(firm()))
		wg.Go(func() {
			if _, err := w.submit(bad[i].s); err == nil {
				t.Errorf("%s was taken", bad[i].name)
			}
		})
		wg.Go(func() {
			if _, err := w.submit(good); err != nil {
				t.Errorf("beside bad input: %v", err)
			}
		})
	}
	wg.Wait()
	if got := w.size() - before; got != uint64(len(bad)) {
		t.Errorf("%d acts were recorded, %d were good", got, len(bad))
	}
	w.verify()
}

// A statement is recorded whole or not at all.
func TestStatementIsWhole(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	d := draft.New(origin, rand.Reader)
	for i := range 10 {
		a := w.complete("officer", ruling(w.newCase(), "judgment"))
		if i == 7 {
			a.Code = "rumour"
		}
		if err := d.Add(a, against(firm())); err != nil {
			t.Fatal(err)
		}
	}
	s, o := d.Sign(w.keys["officer"])
	w.refusedAs(standing.Invalid, "act 7 of the statement", clerk.Submission{Statement: s, Openings: o})
	w.must("officer", ruling(w.newCase(), "judgment"), against(firm()))
	w.verify()
}

// A refused statement leaves nothing behind in the clerk's memory either,
// whatever its first acts did to cases that the clerk knows.
func TestRefusedStatementIsForgotten(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	id, j := w.defaulter()
	party, source, looks := w.newCase(), w.newCase(), w.newCase()
	snapshot := func(n uint64) standing.Act {
		return act(standing.SnapshotImported, source, list("mdb-debarment/iadb"), when(standing.Snapshot, w.now-86400*standing.Instant(5-n)), version(n))
	}
	seal := func(n uint64) standing.Act {
		return act(standing.LooksSealed, looks, when(standing.From, w.now-86400*standing.Instant(5-n)), version(n), func(a *standing.Act) { a.Digest = standing.Digest{1} })
	}
	w.must("registrar", act(standing.PartyRecorded, party, kind(standing.Organisation)), &standing.Opening{Party: firm()})
	w.must("scribe", snapshot(0))
	w.must("scribe", seal(0))
	for _, c := range []struct {
		who string
		a   standing.Act
	}{
		{"officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance))}, {"officer", act(standing.ListingStayed, id)},
		{"registrar", act(standing.PartyErased, party)}, {"scribe", snapshot(1)}, {"scribe", seal(1)},
		{"founders", act(standing.ListRepealed, standing.ConstitutionID, list(defaulters))},
	} {
		before := *w.fold(c.a.Case)
		d := draft.New(origin, rand.Reader)
		for _, a := range []standing.Act{w.complete(c.who, c.a), {Kind: standing.RulingRecorded, Case: w.newCase(), Occurred: w.now, Authority: w.holds[c.who], Code: "rumour"}} {
			if err := d.Add(a, nil); err != nil {
				t.Fatal(err)
			}
		}
		signer := c.who
		if c.who == "founders" {
			signer = "founder 1"
		}
		s, o := d.Sign(w.keys[signer])
		if c.who == "founders" {
			s.Countersign(w.keys["founder 2"])
		}
		w.refusedAs("", "act 1 of the statement", clerk.Submission{Statement: s, Openings: o})
		if got := w.fold(c.a.Case); !reflect.DeepEqual(*got, before) {
			t.Errorf("%s: the store's case changed", c.a.Kind)
		}
	}
	// Nothing of it happened: all of it can still happen, and what would have
	// been forbidden by it is not.
	w.must("officer", w.proposal(w.newCase(), j, consumption, "unpaid-after-notice"))
	w.must("officer", act(standing.ListingStayed, id))
	w.must("officer", act(standing.StayLifted, id))
	if e := w.effects(id); e[len(e)-1].Until != w.confirmed(id).Review || len(e) != 1 {
		t.Errorf("in force %+v", e)
	}
	w.must("registrar", act(standing.PartyChanged, party, kind(standing.Organisation)), &standing.Opening{Party: firm()})
	w.must("scribe", snapshot(1))
	w.must("scribe", seal(1))
	w.must("officer", propose(w.newCase(), w.judgment()))
	w.must("officer", act(standing.PerformanceRecorded, j, fact(standing.FullPerformance)))
	w.verify()
}

// An opening's error says nothing of what stands in it.
func TestErrorsNameNobody(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	a := ruling(w.newCase(), "judgment", kind(standing.Person))
	_, err := w.say("officer", a, against(&standing.Identity{Names: []string{"Sample"}, Identifiers: []string{"cn-citizen:110000180001010022"}}))
	if err == nil || strings.Contains(err.Error(), "110000180001010022") || strings.Contains(err.Error(), "1800010100") {
		t.Fatalf("a person's number in an error: %v", err)
	}
}

// The statement bounds of 4,096 acts hold exactly.
func TestLargestStatement(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	d := draft.New(origin, rand.Reader)
	for range standing.MaxStatementActs {
		if err := d.Add(w.complete("officer", ruling(w.newCase(), "judgment")), nil); err != nil {
			t.Fatal(err)
		}
	}
	s, o := d.Sign(w.keys["officer"])
	receipts, err := w.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: o})
	if err != nil || len(receipts) != standing.MaxStatementActs {
		t.Fatalf("%d receipts, %v", len(receipts), err)
	}
	w.verify()
}

// Openings are kept verbatim, so their JSON may be written in any way that
// means one thing.
func TestOpeningIsKeptVerbatim(t *testing.T) {
	w := newTown(t, memory.New(memory.Faults{}))
	salt := standing.Digest{4}
	raw := []byte("{\n  \"party\": {\"names\": [\"Sample \\u540d\"]},\n  \"salt\": \"" + salt.String() + "\"\n}\n")
	r, err := w.submit(w.committed(raw, salt))
	if err != nil {
		t.Fatal(err)
	}
	row, err := w.store.Vault(context.Background(), r[0].Position)
	if err != nil {
		t.Fatal(err)
	}
	o, err := clerk.OpenVault(w.config.Keys, row, r[0].Act)
	if err != nil || o.Party.Names[0] != "Sample 名" {
		t.Fatalf("%+v, %v", o, err)
	}
	var again standing.Opening
	if err := json.Unmarshal(raw, &again); err != nil || again.Party.Names[0] != o.Party.Names[0] {
		t.Fatalf("%v", err)
	}
}
