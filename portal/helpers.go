package portal

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/lang"
)

// verdicts in the order in which the first page explains them.
var verdicts = [...]api.Verdict{api.Clear, api.Restricted, api.Unknown, api.NotCovered}

// sign is a mark beside a verdict, for whoever cannot tell its colour.
func sign(v api.Verdict) string {
	switch v {
	case api.Clear:
		return "✓"
	case api.Restricted:
		return "✕"
	case api.NotCovered:
		return "–"
	}
	return "?"
}

// class is the style of a verdict.
func class(v api.Verdict) string {
	switch v {
	case api.Clear, api.Restricted:
		return string(v)
	case api.NotCovered:
		return "not-covered"
	}
	return "unknown"
}

// means explains a verdict.
func (w *words) means(a *api.Answer) string {
	if a.Verdict == api.Unknown && len(a.Candidates) > 0 {
		return w.T("verdict.unknown.names")
	}
	return w.T("verdict." + string(a.Verdict) + ".means")
}

// schemeOf and valueOf take an identifier apart for the eye.
func (w *words) schemeOf(id string) string {
	if scheme, _, ok := strings.Cut(id, ":"); ok {
		return w.Scheme(scheme)
	}
	return ""
}

func valueOf(id string) string {
	if _, value, ok := strings.Cut(id, ":"); ok {
		return value
	}
	return id
}

// publicSchemes are those by which anybody may ask.
func publicSchemes() []ident.Info {
	var out []ident.Info
	for _, s := range ident.Schemes() {
		if !s.Personal {
			out = append(out, s)
		}
	}
	return out
}

func query(s string) string { return url.QueryEscape(s) }

// asked is the party that the form was understood to mean.
func (f *form) asked() string {
	if f.meant != "" {
		return f.meant
	}
	return f.Party
}

// relyingExample is how a relying party asks.
const relyingExample = `POST /api/v1/check
Authorization: Bearer …
Purpose: credit-decision
Content-Type: application/json

{"party": "cn-citizen:…", "activity": "company.director"}`

// again is the address that asks the same of another party; without an activity,
// that party's page.
func (f *form) again(party string) string {
	if f.Activity == "" {
		return "/parties/" + escape(party)
	}
	q := url.Values{"party": {party}, "activity": {f.Activity}}
	if f.Region != "" {
		q.Set("region", f.Region)
	}
	return "/check?" + q.Encode()
}

// saidIn is the language of what was wrong with the party.
func (f *form) saidIn(p *page) string {
	if f.Said {
		return "en"
	}
	return p.Tag
}

// merged is what one entry restricts, all measures together.
type merged struct {
	api.Ground
	Measures []api.Measure
}

// merge puts the grounds of one entry together; a check gives one per measure.
func merge(grounds []api.Ground) []merged {
	var out []merged
next:
	for _, g := range grounds {
		for i := range out {
			if o := &out[i]; o.Listing == g.Listing && o.Rule.ID == g.Rule.ID && o.Until == g.Until && o.From == g.From {
				o.Measures = append(o.Measures, g.Measure)
				continue next
			}
		}
		out = append(out, merged{g, []api.Measure{g.Measure}})
	}
	return out
}

// until says when a ground ends.
func (w *words) until(until, review standing.Instant) string {
	switch {
	case until != 0 && until != standing.Forever && until != review:
		return w.Date(until)
	case review != 0:
		return w.T("ground.until.review", w.Date(review))
	}
	return w.T("ground.until.exit")
}

// ends says when an entry ends or ended, and by what.
func (w *words) ends(l *api.ListingView) string {
	key := "listing.ends"
	if l.Status == standing.StatusEnded || l.Status == standing.StatusDropped {
		key = "listing.ended"
	}
	return w.T(key) + w.T("list.colon") + w.end(l)
}

// end is the day of it.
func (w *words) end(l *api.ListingView) string {
	if l.Until == 0 || l.Until == standing.Forever {
		return w.T("listing.open")
	}
	event := w.Or("event.", l.EndEvent)
	if l.EndEvent == "not-renewed" && l.Status != standing.StatusEnded {
		event = w.T("listing.unless")
	}
	if event == "" {
		return w.Date(l.Until)
	}
	return w.Date(l.Until) + w.T("list.aside", event)
}

func (w *words) reported(r *api.Reported) string {
	by := w.Say(r.By)
	if by == "" {
		by = r.Source
	}
	return w.T("ground.reported", by, w.Date(r.Snapshot), strconv.FormatUint(r.Row, 10))
}

// issuer is the body that made a ruling, as printed, else as recorded.
func (p *page) issuer(r *api.RulingRef) string {
	if r.Issuer != "" {
		return r.Issuer
	}
	return p.authority(r.Authority)
}

func (p *page) rulingLine(r *api.RulingRef) string {
	by := p.issuer(r)
	if r.Decided == 0 {
		return p.T("ground.ruling.undated", p.Or("ruling.", r.Kind), by)
	}
	return p.T("ground.ruling.line", p.Or("ruling.", r.Kind), by, p.day(r.Decided))
}

func (w *words) owed(o *standing.Obligation) string {
	switch {
	case o.Amount == "":
		return ""
	case o.Creditor == "":
		return w.T("ground.owed", lang.Sum(o.Amount, o.Currency))
	}
	return w.T("ground.owed.to", lang.Sum(o.Amount, o.Currency), o.Creditor)
}

// exitDetails is how much, to whom, and from when on.
func (w *words) exitDetails(x *api.Exit) string {
	var parts []string
	if x.Amount != "" && x.StatedOn != "" {
		parts = append(parts, w.T("ground.exit.amount", lang.Sum(x.Amount, x.Currency), w.Civil(x.StatedOn)))
	} else if x.Amount != "" {
		parts = append(parts, lang.Sum(x.Amount, x.Currency))
	}
	if x.PayTo != "" {
		parts = append(parts, w.T("ground.exit.to", x.PayTo))
	}
	if x.Reference != "" {
		parts = append(parts, w.T("ground.exit.reference", x.Reference))
	}
	if x.Earliest != 0 {
		parts = append(parts, w.T("ground.exit.earliest", w.Date(x.Earliest)))
	}
	return strings.Join(parts, w.T("list.comma"))
}

// span is one stretch of time in which an entry restricts.
func (w *words) span(e *standing.Effect) string {
	s := w.T("listing.span", w.Date(e.From), w.Date(e.Until))
	if e.Until == standing.Forever {
		s = w.T("listing.span.open", w.Date(e.From))
	}
	if e.WhileShown {
		s += w.T("list.comma") + w.T("listing.span.shown")
	}
	if len(e.Exempted) > 0 {
		titles := make([]string, len(e.Exempted))
		for i, id := range e.Exempted {
			titles[i] = w.activity(id)
		}
		s += w.T("list.comma") + w.T("listing.span.exempted", strings.Join(titles, w.T("list.comma")))
	}
	return s
}

// code prints what an act says by its code: the kind of a ruling, the event of an
// end, an outcome, a method; a ground's code shows itself.
func (w *words) code(a *api.ActView) string {
	for _, prefix := range []string{"code.", "event.", "ruling."} {
		if w.Has(prefix + a.Code) {
			return w.T(prefix + a.Code)
		}
	}
	return a.Code
}

// inForce counts the entries of a party that are in force.
func inForce(v *api.PartyView) (n int) {
	for i := range v.Listings {
		if v.Listings[i].Status == standing.StatusConfirmed {
			n++
		}
	}
	return n
}

// stretch says from when to when a bar goes.
func (p *page) stretch(b *bar) string {
	first, last := b.spans[0], b.spans[len(b.spans)-1]
	s := p.T("listing.span", p.day(first.From), p.day(last.Until))
	if b.open || b.listing.EndEvent == "not-renewed" {
		s += p.T("list.aside", p.T("listing.unless"))
	}
	return s
}

// cut divides a list after its first elements, unless hardly one would be left.
func cut[T any](list []T, most int) (first, rest []T) {
	if len(list) <= most+1 {
		return list, nil
	}
	return list[:most], list[most:]
}

func measureTitles(list []api.Measure) []map[string]string {
	out := make([]map[string]string, len(list))
	for i := range list {
		out[i] = list[i].Title
	}
	return out
}

func exitTitles(list []api.Exit) []map[string]string {
	out := make([]map[string]string, len(list))
	for i := range list {
		out[i] = list[i].Title
	}
	return out
}

// holds is where an entry holds.
func (w *words) holds(region string) string {
	if region == "" {
		return w.T("answer.world")
	}
	return w.Place(region)
}

// bookOf is the name of a rulebook without its version.
func bookOf(rulebook string) string {
	name, _, _ := strings.Cut(rulebook, " ")
	return name
}

// tongueOf is the language in which this one tells an English text.
func (w *words) tongueOf(english string) string {
	if w.Knows(english) {
		return w.Tag
	}
	return "en"
}
