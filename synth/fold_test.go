package synth_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/synth"
)

const day standing.Instant = 86400

// register folds what it is given, as a clerk does whose lists have the longest
// windows and lift at once.
type register struct {
	cases    map[standing.CaseID]*standing.Case
	listings map[standing.CaseID][]standing.CaseID // by ruling
	position uint64
	kinds    map[standing.Kind]int
}

func newRegister() *register {
	return &register{cases: map[standing.CaseID]*standing.Case{}, listings: map[standing.CaseID][]standing.CaseID{}, kinds: map[standing.Kind]int{}}
}

func (r *register) record(t *testing.T, s synth.Step) {
	t.Helper()
	if len(s.Acts) > synth.MaxActs || len(s.Openings) != len(s.Acts) {
		t.Fatalf("a statement of %d acts with %d openings", len(s.Acts), len(s.Openings))
	}
	signer := standing.KeyIDOf(s.Signer.Public().(ed25519.PublicKey))
	for i, raw := range s.Acts {
		act, err := standing.DecodeAct(raw)
		if err != nil {
			t.Fatal(err)
		}
		checkOpening(t, act, s.Openings[i])
		if act.Occurred > s.At {
			t.Fatalf("%s at %s is recorded before, at %s", act.Kind, act.Occurred, s.At)
		}
		e := &standing.Entry{Position: r.position, RecordedAt: s.At, Bytes: raw, Act: act, Signer: signer}
		r.position++
		e.Resolution = r.resolve(t, e)
		c := r.cases[act.Case]
		if c == nil {
			c = &standing.Case{}
			r.cases[act.Case] = c
		}
		if err := c.Apply(e); err != nil {
			t.Fatalf("%s of %s: %v", act.Kind, act.Case, err)
		}
		if act.Kind == standing.ListingProposed {
			r.listings[c.Listing.Ruling] = append(r.listings[c.Listing.Ruling], act.Case)
		}
		r.kinds[act.Kind]++
	}
}

// resolve works out what the fold compares.
func (r *register) resolve(t *testing.T, e *standing.Entry) (out standing.Resolution) {
	t.Helper()
	a, now := e.Act, e.RecordedAt
	set := func(n standing.InstantName, at standing.Instant) { out.Instants = out.Instants.With(n, at) }
	var l *standing.Listing
	if c := r.cases[a.Case]; c != nil {
		l = c.Listing
	}
	switch a.Kind {
	case standing.ListingProposed, standing.NoticeServed, standing.ListingConfirmed, standing.ListingRenewed:
		r.mustHold(t, a, l, now)
	}
	switch a.Kind {
	case standing.NoticeServed:
		set(standing.WindowEnd, a.At(standing.Served)+16*day)
	case standing.ListingConfirmed:
		set(standing.From, now)
		set(standing.Review, review(l, now))
	case standing.ListingRenewed:
		set(standing.Review, review(l, l.Confirmed.Review))
	case standing.ListingEnded:
		set(standing.EndsAt, now)
	case standing.PerformanceClaimed, standing.ErrorClaimed:
		set(standing.AnswerBy, a.Occurred+15*day)
	case standing.PerformanceRecorded:
		if a.Facts.Has(standing.FullPerformance) {
			for _, id := range r.listings[a.Case] {
				out.Endings = append(out.Endings, standing.Ending{Listing: id, At: a.Occurred})
			}
		}
	}
	return out
}

// review is when an open end ends: in the city after a year, elsewhere two.
func review(l *standing.Listing, from standing.Instant) standing.Instant {
	if l.Region != "" {
		return standing.At(from.Time().AddDate(1, 0, 0))
	}
	return standing.At(from.Time().AddDate(2, 0, 0))
}

// mustHold holds a listing to its ruling: in force, and in default or ordered.
func (r *register) mustHold(t *testing.T, a *standing.Act, l *standing.Listing, now standing.Instant) {
	t.Helper()
	ref, _ := a.Ref(standing.RefRuling)
	addressee := a.Addressee
	if l != nil {
		ref.Case, addressee = l.Ruling, l.Addressee
	}
	c := r.cases[ref.Case]
	if c == nil || c.Ruling == nil {
		t.Fatalf("%s cites ruling %s, which is not there", a.Kind, ref.Case)
	}
	if ref.Version != 0 && ref.Version != c.Version {
		t.Fatalf("%s cites version %d of the ruling, which has %d", a.Kind, ref.Version, c.Version)
	}
	named := c.Ruling.Addressees[addressee-1]
	if !c.Ruling.InForce(now) || !c.Ruling.InDefault(addressee, now) && !named.Facts.Has(standing.RulingOrders) {
		t.Fatalf("%s at %s: the ruling is not in force, or there is no default: %+v", a.Kind, now, c.Ruling)
	}
	if named.Party == standing.Person && !named.Facts.Has(standing.AddresseeAdult) {
		t.Fatalf("%s: nobody says that the person is an adult", a.Kind)
	}
}

// checkOpening holds an opening to its commitment and its party to what can be
// nobody's.
func checkOpening(t *testing.T, a *standing.Act, raw []byte) {
	t.Helper()
	if a.Commitment.IsZero() != (raw == nil) {
		t.Fatalf("%s: commitment and opening do not go together", a.Kind)
	}
	if raw == nil {
		return
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var o standing.Opening
	if err := d.Decode(&o); err != nil {
		t.Fatalf("%s: %v: %s", a.Kind, err, raw)
	}
	if !privacy.Verify(a.Commitment, o.Salt, raw) {
		t.Fatalf("%s: the opening is not what the act commits to", a.Kind)
	}
	if o.Party == nil {
		return
	}
	for _, text := range o.Party.Identifiers {
		id, err := ident.Parse(text)
		if err != nil || id.String() != text {
			t.Fatalf("%s: identifier %s: %v", a.Kind, text, err)
		}
		switch id.Scheme {
		case ident.SchemeCitizen:
			if year := id.Value[6:10]; year < "1800" || year > "1898" || a.Party != standing.Person {
				t.Fatalf("citizen number %s of a party of kind %s", id.Value, a.Party)
			}
		case ident.SchemeUSCC:
			if id.Value[8:11] != "MAY" {
				t.Fatalf("code %s is not of the block that is not issued", id.Value)
			}
		}
	}
}

func TestEveryCaseFolds(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		w := world(t, 3000, seed)
		r := newRegister()
		var last standing.Instant
		for s := range w.All() {
			if s.At < last {
				t.Fatalf("a step at %s after one at %s", s.At, last)
			}
			last = s.At
			r.record(t, s)
		}
		if last > 1793491200 {
			t.Errorf("the last step is at %s, after the end of the world", last)
		}
		if seed > 1 {
			continue
		}
		t.Logf("%d acts, estimated %d", r.position, w.Estimate())
		for _, k := range standing.Kinds() {
			t.Logf("%6d %s", r.kinds[k], k)
		}
	}
}
