package register_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

// TestMixedRuling: where a ruling addresses a firm and a person, the firm's public
// entry shows neither the person nor what was said in the case.
func TestMixedRuling(t *testing.T) {
	w := newTown(t, memory.Faults{})
	ruling := w.judgment(firm(), standing.Organisation)
	w.must("officer", standing.Act{Kind: standing.AddresseeNamed, Case: ruling, Region: "CN/37", Party: standing.Person, Codes: []string{"legal-representative"}, Facts: standing.AddresseeAdult},
		&standing.Opening{Party: woman()})
	w.must("intake", standing.Act{Kind: standing.PerformanceClaimed, Case: ruling, Addressee: 2, Facts: standing.FullPerformance}, &standing.Opening{Text: "she has paid her part"})
	id := w.listed(ruling, standing.Organisation, defaulters)
	v, err := w.register.Ruling(context.Background(), anonymous, ruling.String())
	w.ok(err)
	w.shows(v, firmID, "(2023) Sample 1")
	w.hides(v, womanID, "Sample Woman", "she has paid")
	l := w.view(anonymous, id)
	w.shows(l, firmID)
	w.hides(l, womanID, "Sample Woman", "she has paid")
	w.hides(v, "Sample v. Sample")
	person := w.newCase()
	w.must("officer", standing.Act{Kind: standing.ListingProposed, Case: person, List: consumption, Code: "unpaid-after-notice", Addressee: 2, Party: standing.Person, Severity: 2,
		Refs: []standing.Ref{{Role: standing.RefRuling, Case: ruling}}}, nil)
	if p := w.view(anonymous, person); p.Ruling != nil || len(p.History) != 1 {
		t.Errorf("a person's listing leads to the ruling and its firm: %s", text(p))
	}
	all, err := w.register.Ruling(context.Background(), api.Caller{Operator: true}, ruling.String())
	w.ok(err)
	w.shows(all, "she has paid", womanID)
}

// TestCreditors: of a creditor who may be a natural person nothing is public; an
// organisation is named, since it is to be paid.
func TestCreditors(t *testing.T) {
	w := newTown(t, memory.Faults{})
	for name, public := range map[string]bool{"杨箬": false, "欧阳璟杉": false, "Sample Person": false, "样例贸易有限公司": true, "样例县税务局": true, "Sample Trading GmbH": true, "Ministry of Samples": true, "样例县人民法院": true, "": true} {
		ruling := w.newCase()
		a := standing.Act{Kind: standing.RulingRecorded, Case: ruling, Code: "judgment", Region: "CN/37", Party: standing.Organisation,
			Instants: standing.Instants{}.With(standing.Decided, day("2023-06-01")).With(standing.Final, day("2023-06-20")).With(standing.Due, day("2023-09-01"))}
		w.must("officer", a, &standing.Opening{Party: firm(), Docket: "(2023) Sample 2", Obligation: &standing.Obligation{Kind: "pay", Amount: "5.00", Currency: "CNY", Creditor: name}})
		id := w.listed(ruling, standing.Organisation, defaulters)
		v := w.view(anonymous, id)
		if v.Ruling.Obligation == nil || v.Ruling.Obligation.Amount != "5.00" || (v.Ruling.Obligation.Creditor == name) != public {
			t.Errorf("creditor %q, public %v: %s", name, public, text(v.Ruling))
		}
		w.verdict(api.Restricted, anonymous, flying(firmID))
		if !public {
			w.hides(w.check(anonymous, flying(firmID)), name)
		}
		if got := w.view(api.Caller{Operator: true}, id); got.Ruling.Obligation.Creditor != name {
			t.Errorf("the operator sees %s", text(got.Ruling))
		}
		w.performed(ruling)
		w.days(40)
	}
}
