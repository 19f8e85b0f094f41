package synth

import (
	"strconv"

	"github.com/openstanding/standing"
)

// voice turns the events of one story into acts.
type voice struct {
	r   *run
	s   *story
	ids [maxListings + 1]standing.CaseID // worked out when first needed
}

// id is the case of the ruling (0) or of a listing.
func (v *voice) id(on uint8) standing.CaseID {
	if v.ids[on].IsZero() {
		period := int(v.s.events[0].period)
		for i := range v.s.n {
			if e := &v.s.events[i]; on > 0 && e.on == on {
				period = int(e.period)
				break
			}
		}
		v.ids[on] = v.r.w.caseID(period, v.s.authority, uint64(v.s.k), uint64(v.r.w.rulings()), uint64(v.s.k)<<3|uint64(on))
	}
	return v.ids[on]
}

// say adds the act of an event to the file of its desk.
func (v *voice) say(e *event) {
	a := standing.Act{Kind: e.kind, Case: v.id(e.on), Version: uint64(e.version), Occurred: e.at, Code: e.code, Facts: e.facts}
	d := v.r.w.draw(ofText, uint64(v.s.k)<<6|uint64(e.version)<<3|uint64(e.on))
	var o *standing.Opening
	if e.kind.Noun() == standing.RulingCase {
		o = v.ruling(&a, e, &d)
	} else {
		o = v.listing(&a, e, &d)
	}
	v.r.say(e.desk, &a, o)
}

// ruling fills in an act on the ruling and returns its opening.
func (v *voice) ruling(a *standing.Act, e *event, d *draw) *standing.Opening {
	switch e.kind {
	case standing.RulingRecorded:
		return v.recorded(a, d)
	case standing.AddresseeNamed:
		head := v.r.w.party(v.r.w.options.Parties + v.s.debtor.index)
		a.Party, a.Region, a.Codes = head.kind, string(head.place.id), []string{v.r.w.capacityOf(v.s.rule, 2)}
		a.Facts = factsOf(head.kind, false, v.s.immediate)
		id := v.r.w.identity(head, false)
		return &standing.Opening{Party: &id}
	case standing.RulingFinal:
		a.Instants = standing.Instants{{Name: standing.Final, At: e.until}}
		return nil
	case standing.RulingVaried:
		a.Instants = standing.Instants{{Name: standing.Due, At: e.until}}
	case standing.SumStated:
		return &standing.Opening{Obligation: v.obligation(v.s.amount*d.between(40, 95)/100, e.at, d)}
	case standing.PerformanceRecorded:
		if !e.facts.Has(standing.FullPerformance) {
			return &standing.Opening{Text: "Part of the sum was paid. 部分款项已支付。"}
		}
		return nil
	case standing.PerformanceClaimed:
		return &standing.Opening{Text: wording(e, d), Documents: []standing.Document{document("Proof of payment 付款凭证", d)}}
	}
	if e.cause > 0 {
		a.Refs = []standing.Ref{{Role: standing.RefCause, Case: a.Case, Version: uint64(e.cause)}}
	}
	return &standing.Opening{Text: wording(e, d)}
}

// recorded is the ruling itself.
func (v *voice) recorded(a *standing.Act, d *draw) *standing.Opening {
	w, s := v.r.w, v.s
	rule := &w.rules[s.rule]
	a.Code, a.Party, a.Region = s.kind, s.debtor.kind, string(w.authorities[s.authority].seat.id)
	a.Codes = []string{rule.capacity}
	a.Facts = factsOf(s.debtor.kind, rule.ordered, s.immediate)
	a.Instants = append(make(standing.Instants, 0, 3), standing.Named{Name: standing.Decided, At: s.decided})
	if s.final != 0 {
		a.Instants = append(a.Instants, standing.Named{Name: standing.Final, At: s.final})
	}
	a.Instants = append(a.Instants, standing.Named{Name: standing.Due, At: s.recordedDue})
	id := w.identity(s.debtor, w.isRenamed(s.debtor.index, s.period))
	id.Record = w.partyCase(s.debtor).String()
	year := s.decided.Time().Year()
	return &standing.Opening{Party: &id, Title: documentTitle(s.kind), Docket: v.docket(year),
		Obligation: v.obligation(s.amount, s.decided, d), By: w.authorities[s.authority].names[1]}
}

// docket is a case number as courts print it, with the letter of a sample.
func (v *voice) docket(year int) string {
	b := append(make([]byte, 0, 40), "（"...)
	b = append(strconv.AppendInt(b, int64(year), 10), "）"...)
	b = append(append(b, v.r.w.authorities[v.s.authority].seat.letter...), "样"...)
	return string(append(strconv.AppendInt(b, int64(v.s.k+1), 10), "号"...))
}

func (v *voice) obligation(cents int, stated standing.Instant, d *draw) *standing.Obligation {
	w := v.r.w
	o := &standing.Obligation{Kind: "do", Text: "Do what the decision orders. 履行决定确定的义务。", StatedOn: date(stated)}
	if cents > 0 {
		b := strconv.AppendInt(make([]byte, 0, 16), int64(cents/100), 10)
		b = append(b, '.', byte('0'+cents/10%10), byte('0'+cents%10))
		o.Kind, o.Text, o.Amount, o.Currency = "pay", "", string(b), "CNY"
		o.Reference = "SYN" + digits(v.s.k+1, 10)
	}
	if w.rules[v.s.rule].office == court {
		creditor := w.party(castSize + w.draw(ofStory, uint64(v.s.k)).once(w.options.Parties-castSize))
		names := w.draw(ofName, uint64(creditor.index)<<1)
		o.Creditor = w.nameOf(creditor, &names)
	} else {
		o.Creditor = w.authorities[v.s.authority].names[1]
	}
	return o
}

// listing fills in an act on a listing and returns its opening.
func (v *voice) listing(a *standing.Act, e *event, d *draw) *standing.Opening {
	w, s := v.r.w, v.s
	l := &s.listings[e.on-1]
	rule := &w.rules[l.rule]
	o := &standing.Opening{Text: wording(e, d)}
	switch e.kind {
	case standing.ListingProposed:
		v.proposed(a, e, l)
		o.Values = rule.values
		o.By = w.authorities[s.authority].names[1]
	case standing.ListingAmended:
		o.Values = rule.values
	case standing.NoticeServed:
		a.Instants = standing.Instants{{Name: standing.Served, At: e.at}}
		o.Documents = []standing.Document{document("Proof of service 送达回证", d)}
	case standing.ErrorClaimed:
		o.Documents = []standing.Document{document("Proof 证明材料", d)}
	case standing.ListingConfirmed:
		if e.until > 0 {
			a.Instants = standing.Instants{{Name: standing.Until, At: w.bounds[e.period+1] + e.until}}
		}
	case standing.ListingStayed:
		a.Instants = standing.Instants{{Name: standing.Until, At: e.until}}
	case standing.Exempted:
		// Never longer than a month from the day on which the file arrives.
		until := w.bounds[e.period+1] + mailing + day*standing.Instant(d.between(10, 20))
		a.Codes, a.Instants = []string{"air-travel", "rail"}, standing.Instants{{Name: standing.Until, At: until}}
		a.Code = "personal-emergency"
		o = &standing.Opening{Documents: []standing.Document{document("", d)}}
	case standing.ListingDropped, standing.ListingRenewed, standing.StayLifted:
		o = nil
	}
	if e.cause > 0 {
		a.Refs = []standing.Ref{{Role: standing.RefCause, Case: a.Case, Version: uint64(e.cause)}}
	}
	return o
}

// proposed is the proposal to list.
func (v *voice) proposed(a *standing.Act, e *event, l *listing) {
	w, s := v.r.w, v.s
	rule := &w.rules[l.rule]
	a.List, a.Code, a.Severity, a.Addressee = rule.list, rule.ground, rule.severity, l.addressee
	if rule.office == city {
		a.Region = string(demoCity) // elsewhere the list's own region is meant
	}
	a.Refs = []standing.Ref{{Role: standing.RefRuling, Case: v.id(0), Version: uint64(e.ruling)}}
	a.Party = s.debtor.kind
	if l.addressee > 1 {
		a.Party = standing.Person
	}
	a.Facts = factsOf(a.Party, rule.ordered && l.addressee == 1, s.immediate)
}

// date is the civil day of an instant.
func date(at standing.Instant) string {
	y, m, d := at.Time().Date()
	return digits(y, 4) + "-" + digits(int(m), 2) + "-" + digits(d, 2)
}

// document is the digest of a document that does not exist.
func document(title string, d *draw) standing.Document {
	out := standing.Document{Title: title}
	for i := 0; i < len(out.SHA256); i += 8 {
		n := d.pcg.Uint64()
		for j := range 8 {
			out.SHA256[i+j] = byte(n >> (8 * j))
		}
	}
	return out
}
