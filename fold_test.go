package standing_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// play drives one case by hand. Its clock stands at second 1,000 and moves when
// told to.
type play struct {
	t    *testing.T
	c    *standing.Case
	id   standing.CaseID
	now  standing.Instant
	log  []*standing.Entry // accepted
	late bool              // its acts stand elsewhere in the log
}

type change func(*standing.Entry)

func begin(t *testing.T, id standing.CaseID) *play {
	return &play{t: t, c: &standing.Case{}, id: id, now: 1000}
}

// try applies an act that happened now.
func (p *play) try(k standing.Kind, changes ...change) error {
	a := standing.Act{Kind: k, Register: origin, Case: p.id, Version: p.c.Version, Authority: court, Occurred: p.now}
	e := &standing.Entry{Position: 100 + p.c.Version, RecordedAt: p.now, Count: 1, Act: &a, Signer: keyID(3)}
	if p.late {
		e.Position += 1000
	}
	for _, change := range changes {
		change(e)
	}
	err := p.c.Apply(e)
	if err == nil {
		p.log = append(slices.Clip(p.log), e)
	}
	return err
}

func (p *play) do(k standing.Kind, changes ...change) {
	p.t.Helper()
	if err := p.try(k, changes...); err != nil {
		p.t.Fatalf("%s: %v", k, err)
	}
}

// refuse expects an error of a kind that says something, and no change.
func (p *play) refuse(kind standing.ErrorKind, says string, k standing.Kind, changes ...change) {
	p.t.Helper()
	before := reflect.ValueOf(*p.c).Interface().(standing.Case)
	err := p.try(k, changes...)
	switch {
	case err == nil:
		p.t.Fatalf("%s was accepted, expected %s: %s", k, kind, says)
	case standing.KindOf(err) != kind || !strings.Contains(err.Error(), says):
		p.t.Errorf("%s: %s: %v, expected %s: %s", k, standing.KindOf(err), err, kind, says)
	case !reflect.DeepEqual(before, *p.c):
		p.t.Errorf("%s was refused and changed the case", k)
	}
}

func act(f func(*standing.Act)) change { return func(e *standing.Entry) { f(e.Act) } }

func code(c string) change { return act(func(a *standing.Act) { a.Code = c }) }

func facts(f standing.Facts) change { return act(func(a *standing.Act) { a.Facts |= f }) }

func says(name standing.InstantName, at standing.Instant) change {
	return act(func(a *standing.Act) { a.Instants = a.Instants.With(name, at) })
}

func resolved(name standing.InstantName, at standing.Instant) change {
	return func(e *standing.Entry) { e.Resolution.Instants = e.Resolution.Instants.With(name, at) }
}

func answers(version uint64) change {
	return act(func(a *standing.Act) { a.Refs = cause(a.Case, version) })
}

func signedBy(n byte) change { return func(e *standing.Entry) { e.Signer = keyID(n) } }

func proposed(e *standing.Entry) {
	e.Act.List, e.Act.Code, e.Act.Addressee, e.Act.Region = defaulters, "some-ground", 1, "CN"
	e.Act.Refs = []standing.Ref{{Role: standing.RefRuling, Case: rulingID}}
}

// proposal, notice and confirmation of a listing, a step further each.
func (p *play) propose(changes ...change) *play {
	p.t.Helper()
	p.do(standing.ListingProposed, append([]change{proposed}, changes...)...)
	return p
}

func (p *play) serve() *play {
	p.t.Helper()
	p.do(standing.NoticeServed, says(standing.Served, p.now), resolved(standing.WindowEnd, p.now+10))
	return p
}

func (p *play) confirm() *play {
	p.t.Helper()
	p.now += 10
	p.do(standing.ListingConfirmed, resolved(standing.From, p.now), resolved(standing.Review, p.now+1000))
	return p
}

func (p *play) report(k standing.Kind, from, until standing.Instant, f standing.Facts) {
	p.t.Helper()
	p.do(k, proposed, says(standing.From, from), says(standing.Until, until), facts(f), act(func(a *standing.Act) {
		a.Source = provenance("2025-02-01", 1)
		strip(a)
	}))
}

func (p *play) effects() []standing.Effect {
	return standing.Effects(p.id, p.c.Listing, &standing.Ruling{})
}

func TestCaseRefuses(t *testing.T) {
	p := begin(t, own[0])
	p.refuse(standing.NotFound, "does not exist", standing.NoticeServed)
	p.refuse(standing.Unsupported, "act kind 319 is not known", 319, proposed)
	p.refuse(standing.Invalid, "say when it happened", standing.ListingProposed, proposed, act(func(a *standing.Act) { a.Occurred = 0 }))
	p.refuse(standing.Invalid, "cannot be a constitution", standing.KeyGranted)
	p.refuse(standing.Invalid, "cannot be a listing", standing.ListingProposed, proposed, act(func(a *standing.Act) { a.Case = standing.ConstitutionID }))
	p.refuse(standing.Conflict, "has 0 acts, the act was signed for 1", standing.ListingProposed, proposed, act(func(a *standing.Act) { a.Version = 1 }))
	p.refuse(standing.Refused, "a listing cites its ruling", standing.ListingProposed, proposed, act(func(a *standing.Act) { a.Refs = nil }))
	p.refuse(standing.Invalid, "list and ground are needed", standing.ListingProposed, proposed, code(""))
	p.refuse(standing.Invalid, "say which addressee", standing.ListingProposed, proposed, act(func(a *standing.Act) { a.Addressee = 0 }))
	if !reflect.DeepEqual(*p.c, standing.Case{}) {
		t.Fatalf("what was refused left %+v", *p.c)
	}
	p.propose()
	p.refuse(standing.Conflict, "exists already", standing.ListingProposed, proposed)
	p.refuse(standing.Invalid, "is a listing", standing.RulingFinal)
	p.refuse(standing.Internal, "this is case "+own[0].String(), standing.NoticeServed, act(func(a *standing.Act) { a.Case = own[1] }))
	p.refuse(standing.Conflict, "read it again and sign anew", standing.NoticeServed, act(func(a *standing.Act) { a.Version = 0 }))
	p.refuse(standing.Internal, "recorded before the act that precedes it", standing.NoticeServed, func(e *standing.Entry) { e.RecordedAt-- })
}

func TestPreparationRefuses(t *testing.T) {
	p := begin(t, own[0]).propose()
	p.refuse(standing.Conflict, "no notice was served yet", standing.ObjectionMade)
	p.refuse(standing.Conflict, "is not confirmed", standing.ListingStayed)
	p.refuse(standing.Conflict, "before it is an amendment", standing.ListingCorrected)
	p.refuse(standing.Refused, "before the listing was proposed", standing.NoticeServed, says(standing.Served, 999))
	p.refuse(standing.Refused, "before the listing was proposed", standing.NoticeServed)
	p.refuse(standing.Internal, "window was not resolved", standing.NoticeServed, says(standing.Served, 1000))
	p.refuse(standing.Refused, "no notice was served", standing.ListingConfirmed)
	p.refuse(standing.Invalid, "upheld or rejected", standing.ObjectionDecided, code("perhaps"), signedBy(4))
	p.refuse(standing.NotFound, "decides no open objection", standing.ObjectionDecided, code("upheld"), signedBy(4))
	p.do(standing.ListingAmended, code("another-ground"))
	if p.c.Listing.Ground != "another-ground" {
		t.Errorf("ground after the amendment: %s", p.c.Listing.Ground)
	}
	p.serve()
	p.refuse(standing.Conflict, "notice was served already", standing.NoticeServed, says(standing.Served, 1000), resolved(standing.WindowEnd, 1010))
	p.refuse(standing.Conflict, "what changes after it is a correction", standing.ListingAmended)
	p.do(standing.ObjectionMade)
	p.now += 10
	whole := []change{resolved(standing.From, p.now), resolved(standing.Review, p.now+10)}
	p.refuse(standing.Refused, "an objection waits", standing.ListingConfirmed, whole...)
	p.refuse(standing.Refused, "another officer must", standing.ObjectionDecided, code("rejected"), answers(4))
	p.do(standing.ObjectionDecided, code("rejected"), answers(4), signedBy(4))
	p.refuse(standing.NotFound, "decides no open objection", standing.ObjectionDecided, code("upheld"), answers(4), signedBy(4))
	p.do(standing.ListingConfirmed, whole...)
	p.refuse(standing.Conflict, "was confirmed at", standing.ListingDropped)
}

func TestConfirmationRefuses(t *testing.T) {
	for _, c := range []struct {
		name, says string
		kind       standing.ErrorKind
		changes    []change
	}{
		{"dated within the window", "the objection window runs until", standing.Refused, []change{act(func(a *standing.Act) { a.Occurred = 1009 })}},
		{"recorded within the window", "the objection window runs until", standing.Refused, []change{func(e *standing.Entry) { e.RecordedAt = 1009 }}},
		{"no beginning", "was not resolved", standing.Internal, []change{resolved(standing.From, 0)}},
		{"a beginning before the act", "before the act", standing.Internal, []change{resolved(standing.From, 1009)}},
		{"a beginning before it is recorded", "before the act", standing.Internal, []change{func(e *standing.Entry) { e.RecordedAt = 1020 }, resolved(standing.From, 1019)}},
		{"a beginning that never comes", "would never begin", standing.Invalid, []change{resolved(standing.From, standing.Forever)}},
		{"a beginning that no entry can hold", "outside the years 1900 to 2199", standing.Refused, []change{resolved(standing.From, standing.MaxInstant+1)}},
		{"a review that no entry can hold", "outside the years 1900 to 2199", standing.Refused, []change{resolved(standing.Review, standing.MaxInstant+1)}},
		{"an unknown instant", "instant-9 would be", standing.Refused, []change{resolved(9, 2000)}},
		{"no end", "no effect is for life", standing.Refused, []change{resolved(standing.Review, 0)}},
		{"a term for ever", "no effect is for life", standing.Refused, []change{resolved(standing.Review, 0), resolved(standing.TermEnd, standing.Forever)}},
		{"a review for ever", "no effect is for life", standing.Refused, []change{resolved(standing.Review, standing.Forever)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := begin(t, own[0]).propose().serve()
			p.now += 10
			p.refuse(c.kind, c.says, standing.ListingConfirmed, append([]change{resolved(standing.From, 1010), resolved(standing.Review, 2000)}, c.changes...)...)
		})
	}
}

func TestWaiverNeedsBothFacts(t *testing.T) {
	whole := []change{resolved(standing.From, 1000), resolved(standing.TermEnd, 2000)}
	for _, f := range []standing.Facts{0, standing.NoticeWaived, standing.RulingOrders} {
		begin(t, own[0]).propose(facts(f)).refuse(standing.Refused, "no notice was served", standing.ListingConfirmed, whole...)
		begin(t, own[0]).propose(facts(f)).refuse(standing.Refused, "no notice was served", standing.ListingConfirmed,
			append(whole, facts(standing.NoticeWaived|standing.RulingOrders))...) // said too late
	}
	begin(t, own[0]).propose(facts(standing.NoticeWaived|standing.RulingOrders)).do(standing.ListingConfirmed, whole...)
}

func TestOverlayRefuses(t *testing.T) {
	p := begin(t, own[0]).propose().serve().confirm()
	abc := act(func(a *standing.Act) { a.Codes = []string{"a"} })
	p.refuse(standing.Invalid, "ends before it begins", standing.ListingStayed, says(standing.From, 1020), says(standing.Until, 1020))
	p.refuse(standing.NotFound, "no stay runs", standing.StayLifted)
	p.refuse(standing.Invalid, "names its activities and ends", standing.Exempted, abc)
	p.refuse(standing.Invalid, "names its activities and ends", standing.Exempted, abc, says(standing.Until, standing.Forever))
	p.refuse(standing.Invalid, "names its activities and ends", standing.Exempted, abc, says(standing.Until, 1010))
	p.refuse(standing.Invalid, "names its activities and ends", standing.Exempted, says(standing.Until, 1020))
	p.refuse(standing.NotFound, "no such exemption runs", standing.ExemptionRevoked, answers(1))
	p.refuse(standing.Conflict, "no review date ahead", standing.ListingRenewed)
	p.refuse(standing.Conflict, "no review date ahead", standing.ListingRenewed, resolved(standing.Review, 2010))
	p.refuse(standing.Conflict, "no review date ahead", standing.ListingRenewed, resolved(standing.Review, standing.Forever))
	p.refuse(standing.Conflict, "nothing was corrected", standing.MakeGoodServed)
	p.refuse(standing.Invalid, "exit event and its instant", standing.ListingEnded, code("repaired"))
	p.refuse(standing.Invalid, "exit event and its instant", standing.ListingEnded, resolved(standing.EndsAt, 1100))
	p.refuse(standing.Invalid, "carries its source", standing.ReportChanged)
	p.refuse(standing.Invalid, "asks for entry or deletion", standing.CreditorRequested, code("zhang-san"))
	p.refuse(standing.Invalid, "upheld or rejected", standing.ErrorAnswered)
	p.refuse(standing.NotFound, "answers no open claim", standing.ErrorAnswered, code("upheld"), answers(1))
	p.now = 2010
	p.refuse(standing.Conflict, "no review date ahead", standing.ListingRenewed, resolved(standing.Review, 3000))
}

// An exit that is decided for later leaves the party every right until then.
func TestEndAhead(t *testing.T) {
	p := begin(t, own[0]).propose().serve().confirm()
	p.do(standing.ListingEnded, code("repaired"), resolved(standing.EndsAt, 1500))
	p.refuse(standing.Conflict, "it can only end earlier", standing.ListingEnded, code("later"), resolved(standing.EndsAt, 1600))
	p.do(standing.ErrorClaimed, facts(standing.ProofAttached), resolved(standing.AnswerBy, 1100))
	p.do(standing.ListingStayed, says(standing.Until, 1050))
	p.do(standing.ListingEnded, code("settled"), resolved(standing.EndsAt, 1400))
	if end, event := standing.End(p.id, p.c.Listing, nil); end != 1400 || event != "settled" {
		t.Errorf("ends at %d, %s", end, event)
	}
	p.now = 1400
	p.refuse(standing.Conflict, "the listing ended at", standing.ListingStayed)
	p.do(standing.ErrorAnswered, code("upheld"), answers(p.c.Listing.Claims[0].Version))
	p.do(standing.MakeGoodServed)
}

// A correction after the end does not make the listing restrict until then.
func TestCorrectionAfterTheEnd(t *testing.T) {
	p := begin(t, own[0]).propose().serve().confirm()
	p.do(standing.ListingEnded, code("performed"), resolved(standing.EndsAt, 1010))
	p.now = 5000
	p.do(standing.ListingCorrected, code("revoked"))
	if got := p.effects(); len(got) != 0 {
		t.Errorf("effects %+v", got)
	}
	p.do(standing.MakeGoodServed)
}

// An upheld claim of error is a correction: those who were told are told again.
func TestUpheldErrorIsMadeGood(t *testing.T) {
	p := begin(t, own[0]).propose().serve().confirm()
	p.do(standing.ErrorClaimed, facts(standing.ProofAttached), resolved(standing.AnswerBy, 1100))
	p.do(standing.ErrorAnswered, code("upheld"), answers(4))
	p.do(standing.MakeGoodServed)
	if p.c.Listing.Told != p.now {
		t.Errorf("told at %d", p.c.Listing.Told)
	}
}

func TestReportRefuses(t *testing.T) {
	p := begin(t, reported)
	source := act(func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) })
	p.refuse(standing.Invalid, "carries its source", standing.ListingReported, proposed)
	p.refuse(standing.Invalid, "beginning is missing", standing.ListingReported, proposed, source)
	p.refuse(standing.Invalid, "beginning is missing", standing.ListingReported, proposed, source, says(standing.From, 900), says(standing.Until, 899))
	p.refuse(standing.Invalid, "beginning is missing", standing.ListingReported, proposed, source, says(standing.From, standing.Forever), facts(standing.Indefinite))
	p.refuse(standing.Invalid, "give the end that the source states", standing.ListingReported, proposed, source, says(standing.From, 900))
	p.refuse(standing.Invalid, "give the end that the source states", standing.ListingReported, proposed, source, says(standing.From, 900), says(standing.Until, standing.Forever))
	if p.c.Listing != nil {
		t.Fatal("a refused report left a listing")
	}
	p.report(standing.ListingReported, 900, 2000, 0)
	p.refuse(standing.Invalid, "beginning is missing", standing.ReportChanged, act(func(a *standing.Act) { a.Source = provenance("2025-03-01", 1) }))
	for _, k := range []standing.Kind{standing.ListingAmended, standing.NoticeServed, standing.ObjectionMade, standing.ObjectionDecided, standing.ListingConfirmed, standing.ListingDropped} {
		p.refuse(standing.Conflict, "is reported from iadb", k)
	}
	p.do(standing.ReportWithdrawn, source)
	p.refuse(standing.Conflict, "the listing ended at", standing.ReportWithdrawn, source)
}

// A screening entry restricts nothing, and nothing done to it makes it restrict.
func TestScreeningStaysScreening(t *testing.T) {
	p := begin(t, reported)
	screening := func(e *standing.Entry) { e.Resolution.Screening = true }
	p.do(standing.ListingReported, proposed, says(standing.From, 900), facts(standing.Indefinite|standing.RulingOrders|standing.NoticeWaived),
		act(func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) }), screening)
	p.refuse(standing.Conflict, "is reported", standing.ListingConfirmed, resolved(standing.From, 1000), resolved(standing.TermEnd, 2000))
	p.refuse(standing.Conflict, "no review date", standing.ListingRenewed, resolved(standing.Review, 2000))
	p.do(standing.ListingStayed)
	if len(p.effects()) != 0 {
		t.Errorf("effects %+v", p.effects())
	}
	if got := standing.StatusAt(p.id, p.c.Listing, nil, 1000); got != standing.StatusScreening {
		t.Errorf("status %s", got)
	}
}

// While the source does not show an entry nothing holds; when it shows it again
// the time between stays free, and an end decided here outlasts it.
func TestWithdrawnAndBack(t *testing.T) {
	source := act(func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) })
	p := begin(t, reported)
	p.report(standing.ListingReported, 900, 0, standing.Indefinite)
	p.do(standing.ListingEnded, code("released"), resolved(standing.EndsAt, 1500))
	p.now = 1100
	p.do(standing.ReportWithdrawn, source)
	p.now = 1200
	p.report(standing.ReportChanged, 900, 0, standing.Indefinite)
	want := []standing.Effect{{Interval: standing.Interval{From: 900, Until: 1100}, WhileShown: true}, {Interval: standing.Interval{From: 1200, Until: 1500}, WhileShown: true}}
	if got := p.effects(); !reflect.DeepEqual(got, want) {
		t.Errorf("effects %+v", got)
	}
	for at, status := range map[standing.Instant]standing.Status{1050: standing.StatusConfirmed, 1100: standing.StatusEnded, 1199: standing.StatusEnded,
		1200: standing.StatusConfirmed, 1500: standing.StatusEnded} {
		if got := standing.StatusAt(p.id, p.c.Listing, nil, at); got != status {
			t.Errorf("at %d: %s, expected %s", at, got, status)
		}
	}
}

// What was found wrong stays out, however often the source shows it again.
func TestErrorOutlastsTheSource(t *testing.T) {
	source := act(func(a *standing.Act) { a.Source = provenance("2025-02-01", 1) })
	p := begin(t, reported)
	p.report(standing.ListingReported, 900, 0, standing.Indefinite)
	p.do(standing.ErrorClaimed, facts(standing.ProofAttached), resolved(standing.AnswerBy, 1100))
	p.do(standing.ReportWithdrawn, source)
	p.do(standing.ErrorAnswered, code("upheld"), answers(2))
	p.now = 2000
	p.report(standing.ReportChanged, 900, 0, standing.Indefinite)
	if got := p.effects(); len(got) != 1 || got[0].Until != 1000 {
		t.Errorf("effects %+v", got)
	}
}
