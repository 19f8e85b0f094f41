package clerk_test

import (
	"context"

	"github.com/openstanding/standing"
)

// detail changes an act in the making.
type detail func(*standing.Act)

// act makes an act of a case.
func act(kind standing.Kind, id standing.CaseID, details ...detail) standing.Act {
	a := standing.Act{Kind: kind, Case: id}
	for _, d := range details {
		d(&a)
	}
	return a
}

func code(s string) detail             { return func(a *standing.Act) { a.Code = s } }
func codes(s ...string) detail         { return func(a *standing.Act) { a.Codes = s } }
func fact(f standing.Facts) detail     { return func(a *standing.Act) { a.Facts |= f } }
func addressee(n uint8) detail         { return func(a *standing.Act) { a.Addressee = n } }
func in(region string) detail          { return func(a *standing.Act) { a.Region = region } }
func kind(k standing.PartyKind) detail { return func(a *standing.Act) { a.Party = k } }
func list(l standing.ListID) detail    { return func(a *standing.Act) { a.List = l } }
func severity(n uint8) detail          { return func(a *standing.Act) { a.Severity = n } }
func version(n uint64) detail          { return func(a *standing.Act) { a.Version = n } }
func keyed(key string) detail          { return func(a *standing.Act) { a.Key = []byte(key) } }
func happened(at standing.Instant) detail {
	return func(a *standing.Act) { a.Occurred = at }
}

func when(name standing.InstantName, at standing.Instant) detail {
	return func(a *standing.Act) { a.Instants = a.Instants.With(name, at) }
}

func cites(role standing.RefRole, id standing.CaseID, version uint64) detail {
	return func(a *standing.Act) { a.Refs = append(a.Refs, standing.Ref{Role: role, Case: id, Version: version}) }
}

// answers cites the act of its own case that had a version.
func answers(id standing.CaseID, version uint64) detail {
	return cites(standing.RefCause, id, version)
}

func text(s string) *standing.Opening { return &standing.Opening{Text: s} }

func values(pairs ...string) *standing.Opening {
	o := &standing.Opening{Values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		o.Values[pairs[i]] = pairs[i+1]
	}
	return o
}

func firm() *standing.Identity {
	return &standing.Identity{Names: []string{"Shandong Sample Trading Co., Ltd."}, Identifiers: []string{"uscc:91110105MA0000007L"}}
}

// woman is a person with an invented number of the year 1800.
func woman() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample Woman"}, Identifiers: []string{"cn-citizen:110000180001010021"}, BirthDate: "1980-01-01", Country: "CN"}
}

func man() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample Man"}, Identifiers: []string{"cn-citizen:11000018000101003X"}, BirthDate: "1980-01-01", Country: "CN"}
}

func county() *standing.Identity {
	return &standing.Identity{Names: []string{"Sample County Government"}}
}

// against is the opening of a ruling against somebody.
func against(who *standing.Identity) *standing.Opening {
	return &standing.Opening{Party: who, Docket: "(2023) Sample 1", Obligation: &standing.Obligation{Kind: "pay", Amount: "120000.00", Currency: "CNY", Creditor: "Sample Creditor", Reference: "R-1"}}
}

// ruling is a ruling against a firm: of June 2023, final, due in September.
func ruling(id standing.CaseID, kind string, details ...detail) standing.Act {
	return act(standing.RulingRecorded, id, append([]detail{code(kind), in("CN/37"), func(a *standing.Act) { a.Party = standing.Organisation },
		when(standing.Decided, day("2023-06-01")), when(standing.Final, day("2023-06-20")), when(standing.Due, day("2023-09-01"))}, details...)...)
}

// ruled records a ruling against the firm.
func (w *town) ruled(who, kind string, details ...detail) standing.CaseID {
	w.t.Helper()
	return w.ruledOn(firm(), who, kind, details...)
}

func (w *town) ruledOn(party *standing.Identity, who, kind string, details ...detail) standing.CaseID {
	w.t.Helper()
	id := w.newCase()
	w.must(who, ruling(id, kind, details...), against(party))
	return id
}

// judgment is a judgment of the town's court.
func (w *town) judgment(details ...detail) standing.CaseID {
	w.t.Helper()
	return w.ruled("officer", "judgment", details...)
}

const (
	defaulters  = standing.ListID("cn-courts/judgment-defaulters")
	consumption = standing.ListID("cn-courts/consumption-restriction")
)

// proposal proposes the first addressee of a ruling for a list.
func (w *town) proposal(id, ruling standing.CaseID, onto standing.ListID, ground string, details ...detail) standing.Act {
	w.t.Helper()
	a := act(standing.ListingProposed, id, list(onto), code(ground), addressee(1), kind(standing.Organisation), cites(standing.RefRuling, ruling, 0))
	for _, b := range w.books.All() {
		if l, ok := b.List(onto.Name()); ok && b.Name == onto.Rulebook() {
			a.Severity = l.Severity
		}
	}
	for _, d := range details {
		d(&a)
	}
	return a
}

func propose(id, ruling standing.CaseID) standing.Act {
	return act(standing.ListingProposed, id, list(defaulters), code("refuses-though-able"), addressee(1), kind(standing.Organisation), severity(3),
		cites(standing.RefRuling, ruling, 0))
}

func served(id standing.CaseID, at standing.Instant) standing.Act {
	return act(standing.NoticeServed, id, code("personal"), when(standing.Served, at))
}

// noticed serves notice and lets the window pass.
func (w *town) noticed(who string, id standing.CaseID) {
	w.t.Helper()
	w.days(1)
	r := w.must(who, served(id, w.now), text("handed over"))
	w.now = r.Resolution.Instants.Get(standing.WindowEnd) + 60
}

// proposed proposes, serves notice and lets the window pass.
func (w *town) proposed(who string, ruling standing.CaseID, onto standing.ListID, ground string, o *standing.Opening, details ...detail) standing.CaseID {
	w.t.Helper()
	id := w.newCase()
	w.must(who, w.proposal(id, ruling, onto, ground, details...), o)
	w.noticed(who, id)
	return id
}

// listed goes all the way to confirmation.
func (w *town) listed(who string, ruling standing.CaseID, onto standing.ListID, ground string, o *standing.Opening, details ...detail) standing.CaseID {
	w.t.Helper()
	id := w.proposed(who, ruling, onto, ground, o, details...)
	w.must(who, act(standing.ListingConfirmed, id))
	return id
}

// defaulter is the firm, listed as judgment defaulter, and the judgment.
func (w *town) defaulter() (listing, judgment standing.CaseID) {
	w.t.Helper()
	judgment = w.judgment()
	return w.listed("officer", judgment, defaulters, "refuses-though-able", nil), judgment
}

// confirmed is the confirmation of a listing.
func (w *town) confirmed(id standing.CaseID) *standing.Confirmation {
	w.t.Helper()
	l, _ := w.listing(id)
	if l.Confirmed == nil {
		w.t.Fatal("the listing is not confirmed")
	}
	return l.Confirmed
}

func (w *town) version(id standing.CaseID) uint64 {
	w.t.Helper()
	h, err := w.store.Head(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return h.Version
}

// restrictsNow and clearNow say whether a listing has effect now.
func (w *town) restrictsNow(id standing.CaseID) {
	w.t.Helper()
	if !w.restricts(id, "", w.now) {
		w.t.Fatalf("it restricts nothing at %s; in force %+v", w.now, w.effects(id))
	}
}

func (w *town) clearNow(id standing.CaseID) {
	w.t.Helper()
	if w.restricts(id, "", w.now) {
		w.t.Fatalf("it restricts at %s; in force %+v", w.now, w.effects(id))
	}
}
