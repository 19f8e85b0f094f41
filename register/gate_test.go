package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

func (w *town) view(c api.Caller, id standing.CaseID) *api.ListingView {
	w.t.Helper()
	v, err := w.register.Listing(context.Background(), c, id.String())
	w.ok(err)
	return v
}

// TestGate: what identifies an organisation is public while its listing is in
// force, and only then.
func TestGate(t *testing.T) {
	w := newTown(t, memory.Faults{})
	secrets := []string{firmID, "Sample Trading", "1 Sample Road", "(2023) Sample 1", "Sample v. Sample", "120000", "Creditor", "over the counter", "we have paid a part"}
	ruling, id := w.judgment(firm(), standing.Organisation), w.newCase()
	w.must("officer", standing.Act{Kind: standing.ListingProposed, Case: id, List: defaulters, Code: "refuses-though-able", Addressee: 1, Party: standing.Organisation, Severity: 3,
		Refs: []standing.Ref{{Role: standing.RefRuling, Case: ruling}}}, nil)
	w.days(1)
	r := w.must("officer", standing.Act{Kind: standing.NoticeServed, Case: id, Code: "personal", Instants: standing.Instants{}.With(standing.Served, w.now)},
		&standing.Opening{Text: "handed over the counter"})
	o := w.must("intake", standing.Act{Kind: standing.ObjectionMade, Case: id}, &standing.Opening{Text: "we have paid a part"})
	w.now = r.Resolved.Get(standing.WindowEnd) + minute
	w.must("president", standing.Act{Kind: standing.ObjectionDecided, Case: id, Code: "rejected", Refs: []standing.Ref{{Role: standing.RefCause, Case: id, Version: o.Version}}},
		&standing.Opening{Text: "a part is not the whole"})

	closed := func(when string, status standing.Status) {
		t.Helper()
		v := w.view(anonymous, id)
		w.hides(v, secrets...)
		if v.Status != status || v.Party != nil || len(v.History) == 0 || v.Ruling == nil || v.Ruling.Authority != "cn-court-3710" {
			t.Errorf("%s: envelope %s", when, text(v))
		}
		_, err := w.register.Party(context.Background(), anonymous, api.Question{Party: firmID})
		w.kind(err, standing.NotFound)
		w.shows(w.view(operator, id), secrets...)
		p, err := w.register.Party(context.Background(), operator, api.Question{Party: firmID})
		w.ok(err)
		w.shows(p, "Sample Trading", "(2023) Sample 1")
	}
	closed("before confirmation", standing.StatusDecided)

	w.must("president", standing.Act{Kind: standing.ListingConfirmed, Case: id, Instants: standing.Instants{}.With(standing.From, w.now+86400)}, nil)
	closed("confirmed, and not yet in force", standing.StatusDecided)

	w.days(1)
	v := w.view(anonymous, id)
	w.shows(v, secrets...)
	if v.Status != standing.StatusConfirmed || len(v.Exits) == 0 || len(v.Measures) == 0 || len(v.History) != 6 || v.WindowEnd == 0 || v.Review == 0 {
		t.Errorf("in force: %s", text(v))
	}
	p, err := w.register.Party(context.Background(), anonymous, api.Question{Party: firmID})
	w.ok(err)
	if p.Kind != standing.Organisation || len(p.Listings) != 1 || p.Names[0] != firm().Names[0] || p.Country != "CN" || p.Address != "1 Sample Road" {
		t.Errorf("the party: %s", text(p))
	}

	w.days(10)
	w.performed(ruling)
	closed("ended", standing.StatusEnded)
	if v := w.view(anonymous, id); len(v.Exits) != 0 || v.Until != w.now || v.EndEvent != "performed" {
		t.Errorf("ended: %s", text(v))
	}
}

// TestGateOfPersons: a person is never on the public face.
func TestGateOfPersons(t *testing.T) {
	w := newTown(t, memory.Faults{})
	id := w.listed(w.judgment(woman(), standing.Person), standing.Person, defaulters)
	for _, c := range []api.Caller{anonymous, bank} {
		w.hides(w.view(c, id), "110000180001010021", "Sample Woman", "1980-01-01", "(2023) Sample 1", "Creditor", "counter")
	}
	w.shows(w.view(operator, id), womanID, "Sample Woman")
	_, err := w.register.Party(context.Background(), bank, api.Question{Party: womanID})
	w.kind(err, standing.NotFound)
	_, err = w.register.Listing(context.Background(), operator, w.newCase().String())
	w.kind(err, standing.NotFound)
	_, err = w.register.Listing(context.Background(), operator, "nonsense")
	w.kind(err, standing.Invalid)
}

// TestGateOfRepeal: when a list is repealed, whoever stood on it leaves.
func TestGateOfRepeal(t *testing.T) {
	w := newTown(t, memory.Faults{})
	id, _ := w.defaulter()
	w.days(1)
	w.must("founders", standing.Act{Kind: standing.ListRepealed, Case: standing.ConstitutionID, List: defaulters}, nil)
	w.verdict(api.Clear, anonymous, flying(firmID))
	v := w.view(anonymous, id)
	w.hides(v, firmID, "Sample Trading", "(2023) Sample 1")
	if v.Status != standing.StatusEnded || v.EndEvent != "repealed" || v.Until != w.now {
		t.Errorf("on a repealed list: %s", text(v))
	}
	_, err := w.register.Party(context.Background(), anonymous, api.Question{Party: firmID})
	w.kind(err, standing.NotFound)
}
