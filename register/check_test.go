package register_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
)

// TestAnswerOnOrganisation: verdict, why, by which rule, until when, how out.
func TestAnswerOnOrganisation(t *testing.T) {
	w := newTown(t, memory.Faults{})
	w.verdict(api.Clear, anonymous, flying(firmID))
	id, ruling := w.defaulter()
	a := w.verdict(api.Restricted, anonymous, flying(firmID))
	if len(a.Grounds) != 1 || a.EffectiveAt != w.now || a.KnownAt != w.now || a.Party != firmID || a.CaseCode != "" || a.Identity != "" {
		t.Fatalf("answer %s", text(a))
	}
	size, err := w.store.Size(context.Background())
	w.ok(err)
	if a.Position != size {
		t.Errorf("takes %d acts into account of %d", a.Position, size)
	}
	g := a.Grounds[0]
	if g.Listing != origin+"/listing/"+id.String() || g.List != defaulters || g.Where != "CN" || g.From != w.now || g.Until != g.Review || g.Review != day("2026-01-11")+16*3600 || g.AsOf != w.now {
		t.Errorf("ground %s", text(g))
	}
	if r := g.Ruling; r == nil || r.ID != origin+"/ruling/"+ruling.String() || r.Kind != "judgment" || r.Authority != "cn-court-3710" || r.Docket != "(2023) Sample 1" ||
		r.Decided != day("2023-06-01") || r.Obligation == nil || r.Obligation.Amount != "120000.00" {
		t.Errorf("ruling %s", text(g.Ruling))
	}
	if g.Rule.ID != "cn-courts/judgment-defaulters#refuses-though-able" || len(g.Rule.Source) == 0 || g.Rule.Digest.IsZero() || g.Rule.Title["zh"] == "" {
		t.Errorf("rule %s", text(g.Rule))
	}
	if g.Measure.ID != "upper-class-transport" || g.Measure.Class == "" || !strings.HasSuffix(g.Measure.Source[0], ", art 3") || g.Measure.Executor["en"] == "" || g.ObjectTo["en"] == "" {
		t.Errorf("measure %s, object to %v", text(g.Measure), g.ObjectTo)
	}
	exits := map[string]api.Exit{}
	for _, x := range g.Exits {
		exits[x.Event] = x
	}
	if x := exits["performed"]; x.Amount != "120000.00" || x.Currency != "CNY" || x.PayTo != "Sample Creditor Bank" || x.Reference != "R-1" || x.StatedOn != "2023-06-20" || len(x.Source) == 0 {
		t.Errorf("the way out by performing: %s", text(g.Exits))
	}
	if _, ok := exits["corrected"]; !ok {
		t.Errorf("no way out by correction: %s", text(g.Exits))
	}

	w.must("officer", standing.Act{Kind: standing.SumStated, Case: ruling}, &standing.Opening{Obligation: &standing.Obligation{Kind: "pay", Amount: "90000.00", Currency: "CNY", Creditor: "Sample Creditor Bank"}})
	w.shows(w.check(anonymous, flying(firmID)), "90000.00")
	w.performed(ruling)
	w.verdict(api.Clear, anonymous, flying(firmID))
	if n := len(w.looks()); n != 0 {
		t.Errorf("%d looks logged of an organisation", n)
	}
}

// TestAnswerOnPerson: a relying party learns measure, until, rule, where to
// object and a case code, and nothing else.
func TestAnswerOnPerson(t *testing.T) {
	w := newTown(t, memory.Faults{})
	ruling := w.judgment(woman(), standing.Person)
	id := w.listed(ruling, standing.Person, defaulters)
	a := w.verdict(api.Restricted, bank, flying(womanID))
	if len(a.Grounds) != 1 || len(a.CaseCode) != 10 {
		t.Fatalf("answer %s", text(a))
	}
	g := a.Grounds[0]
	want := api.Ground{Rule: g.Rule, Measure: g.Measure, Until: g.Until, ObjectTo: g.ObjectTo, Exits: []api.Exit{}, AsOf: g.AsOf}
	if !reflect.DeepEqual(g, want) || g.Rule.ID == "" || len(g.Rule.Source) == 0 || g.Measure.ID == "" || len(g.ObjectTo) == 0 {
		t.Fatalf("ground %s", text(g))
	}
	w.hides(a, "110000180001010021", "Sample", id.String(), ruling.String(), "cn-court-3710", "120000", "1980-01-01")

	full := w.check(operator, flying(womanID))
	w.shows(full, id.String(), "(2023) Sample 1", "Sample Creditor Bank")

	w.days(3)
	if again := w.check(bank, flying(womanID)); again.CaseCode != a.CaseCode {
		t.Errorf("case code %s, three days later %s", a.CaseCode, again.CaseCode)
	}
	r, err := openAgain(w)
	w.ok(err)
	if again, err := r.Check(context.Background(), bank, flying(womanID)); err != nil || again.CaseCode != a.CaseCode || again.Verdict != api.Restricted {
		t.Errorf("after a restart: %s, %v", text(again), err)
	}
	w.listed(w.judgment(man(), standing.Person), standing.Person, defaulters)
	if other := w.check(bank, flying(manID)); other.CaseCode == a.CaseCode || other.CaseCode == "" {
		t.Errorf("two persons have case codes %q and %q", a.CaseCode, other.CaseCode)
	}
}

// TestNobodyLooksAtPersons: a refusal comes before anything is looked at, and
// is the same for everyone.
func TestNobodyLooksAtPersons(t *testing.T) {
	w := newTown(t, memory.Faults{})
	w.listed(w.judgment(woman(), standing.Person), standing.Person, defaulters)
	var first string
	for _, c := range []api.Caller{anonymous, {Relying: "bank"}, {Purpose: "credit"}} {
		for _, id := range []string{womanID, nobodyID} {
			for _, activity := range []string{"air-travel.first", "no-such-activity"} {
				_, err := w.register.Check(context.Background(), c, api.Question{Party: id, Activity: activity})
				w.kind(err, standing.Unauthenticated)
				if first == "" {
					first = err.Error()
				}
				if err.Error() != first {
					t.Errorf("refusals differ: %q and %q", first, err)
				}
			}
			_, err := w.register.Party(context.Background(), c, api.Question{Party: id})
			w.kind(err, standing.Unauthenticated)
		}
	}
	if n := len(w.looks()); n != 0 {
		t.Errorf("%d looks logged of nobody", n)
	}
	w.hides(w.check(anonymous, flying("name:Sample Woman")), "Restricted", "grounds\":[{", "candidates")
}

// TestLookBeforeAnswer: charter 11. No look, no answer.
func TestLookBeforeAnswer(t *testing.T) {
	fault := memory.None
	w := newTown(t, memory.Faults{OnLooks: func(int) memory.Fault { return fault }})
	id := w.listed(w.judgment(woman(), standing.Person), standing.Person, defaulters)
	w.verdict(api.Restricted, bank, flying(womanID))
	w.verdict(api.Clear, bank, flying(nobodyID))
	got := w.looks()
	if len(got) != 2 {
		t.Fatalf("%d looks logged of two", len(got))
	}
	var none store.Key
	if l := got[0]; l.At != w.now || l.Relying != "bank" || l.Purpose != "credit" || l.Key == none || l.Case != id || l.Verdict != "restricted" {
		t.Errorf("look %+v", l)
	}
	if l := got[1]; l.Case != (standing.CaseID{}) || l.Verdict != "clear" || l.Key == got[0].Key {
		t.Errorf("look at nobody %+v", l)
	}
	for _, f := range []memory.Fault{memory.Lost, memory.DiskFull, memory.StoredButReported} {
		fault = f
		for _, id := range []string{womanID, nobodyID} {
			a, err := w.register.Check(context.Background(), bank, flying(id))
			w.kind(err, standing.Unavailable)
			if a != nil {
				t.Errorf("fault %v: answered %s", f, text(a))
			}
			p, err := w.register.Party(context.Background(), bank, api.Question{Party: id})
			w.kind(err, standing.Unavailable)
			if p != nil {
				t.Errorf("fault %v: showed %s", f, text(p))
			}
		}
	}
	w.verdict(api.Clear, anonymous, flying(firmID))
}

// TestClearIsClear: nobody can tell a person whose entry has ended, or who was
// only proposed, from one who was never heard of.
func TestClearIsClear(t *testing.T) {
	w := newTown(t, memory.Faults{})
	over := w.judgment(woman(), standing.Person)
	w.listed(over, standing.Person, defaulters)
	w.days(10)
	w.performed(over)
	w.judgment(man(), standing.Person) // and no listing
	w.days(1)
	r, err := openAgain(w)
	w.ok(err)
	for _, q := range []api.Question{flying(""), {Activity: "golf.play", At: w.now + 86400}, {Activity: "golf.play", AsKnownOn: w.now}} {
		ask := func(id string) string {
			q.Party = id
			a := w.verdict(api.Clear, bank, q)
			again, err := r.Check(context.Background(), bank, q)
			w.ok(err)
			a.Party, again.Party = "", "" // as asked
			if text(a) != text(again) {
				t.Errorf("after a restart %s, before %s", text(again), text(a))
			}
			return text(a)
		}
		never := ask(nobodyID)
		for _, id := range []string{womanID, manID} {
			if got := ask(id); got != never {
				t.Errorf("at %s of %s: %s\nof nobody: %s", q.At, id, got, never)
			}
		}
	}
	for _, id := range []string{womanID, nobodyID} {
		_, err := w.register.Party(context.Background(), bank, api.Question{Party: id})
		w.kind(err, standing.NotFound)
	}
}
