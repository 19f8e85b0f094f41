package server

import (
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// This file writes what a check answers; views.go writes the rest of api.

func (j *jsonWriter) answer(a *api.Answer) {
	j.open('{')
	j.text("verdict", string(a.Verdict))
	j.text("party", a.Party)
	j.optText("identity", a.Identity)
	j.text("activity", a.Activity)
	j.optText("region", a.Region)
	j.instant("effectiveAt", a.EffectiveAt)
	j.instant("knownAt", a.KnownAt)
	list(j, "grounds", a.Grounds, (*jsonWriter).ground)
	optList(j, "gaps", a.Gaps, (*jsonWriter).gap)
	optList(j, "candidates", a.Candidates, (*jsonWriter).candidate)
	j.number("position", a.Position)
	j.optText("caseCode", a.CaseCode)
	j.optTexts("notes", a.Notes)
	j.close('}')
}

func (j *jsonWriter) ground(g *api.Ground) {
	j.open('{')
	j.optText("listing", g.Listing)
	j.optText("list", string(g.List))
	j.optWords("title", g.Title)
	j.optRuling("ruling", g.Ruling)
	j.key("rule")
	j.rule(&g.Rule)
	j.key("measure")
	j.measure(&g.Measure)
	j.optText("where", g.Where)
	j.optInstant("from", g.From)
	j.optInstant("until", g.Until)
	j.optInstant("review", g.Review)
	list(j, "exits", g.Exits, (*jsonWriter).exit)
	j.words("objectTo", g.ObjectTo)
	j.optReported("reported", g.Reported)
	j.instant("asOf", g.AsOf)
	j.close('}')
}

func (j *jsonWriter) optRuling(k string, r *api.RulingRef) {
	if r == nil {
		return
	}
	j.key(k)
	j.open('{')
	j.rulingFields(r)
	j.close('}')
}

func (j *jsonWriter) rulingFields(r *api.RulingRef) {
	j.text("id", r.ID)
	j.text("kind", r.Kind)
	j.text("authority", string(r.Authority))
	j.optText("issuer", r.Issuer)
	j.optText("docket", r.Docket)
	j.optText("title", r.Title)
	j.optInstant("decided", r.Decided)
	j.optInstant("final", r.Final)
	j.optObligation("obligation", r.Obligation)
}

func (j *jsonWriter) optObligation(k string, o *standing.Obligation) {
	if o == nil {
		return
	}
	j.key(k)
	j.open('{')
	j.text("kind", o.Kind)
	j.optText("text", o.Text)
	j.optText("amount", o.Amount)
	j.optText("currency", o.Currency)
	j.optText("reference", o.Reference)
	j.optText("creditor", o.Creditor)
	j.optText("statedOn", o.StatedOn)
	j.close('}')
}

func (j *jsonWriter) rule(r *api.Rule) {
	j.open('{')
	j.text("id", r.ID)
	j.optWords("title", r.Title)
	j.texts("source", r.Source)
	j.text("rulebook", r.Rulebook)
	j.digest("digest", r.Digest)
	j.close('}')
}

func (j *jsonWriter) measure(m *api.Measure) {
	j.open('{')
	j.measureFields(m)
	j.close('}')
}

func (j *jsonWriter) measureFields(m *api.Measure) {
	j.text("id", m.ID)
	j.words("title", m.Title)
	j.text("class", m.Class)
	j.texts("source", m.Source)
	j.words("executor", m.Executor)
}

func (j *jsonWriter) exit(x *api.Exit) {
	j.open('{')
	j.text("event", x.Event)
	j.words("title", x.Title)
	j.text("effect", x.Effect)
	j.optInstant("earliest", x.Earliest)
	j.optText("amount", x.Amount)
	j.optText("currency", x.Currency)
	j.optText("payTo", x.PayTo)
	j.optText("reference", x.Reference)
	j.optText("statedOn", x.StatedOn)
	j.texts("source", x.Source)
	j.close('}')
}

func (j *jsonWriter) optReported(k string, r *api.Reported) {
	if r == nil {
		return
	}
	j.key(k)
	j.open('{')
	j.words("by", r.By)
	j.text("source", r.Source)
	j.instant("snapshot", r.Snapshot)
	j.optInstant("staleAfter", r.StaleAfter)
	j.number("row", r.Row)
	j.close('}')
}

func (j *jsonWriter) gap(g *api.Gap) {
	j.open('{')
	j.text("list", string(g.List))
	j.text("why", g.Why)
	j.texts("askBy", g.AskBy)
	j.close('}')
}

func (j *jsonWriter) candidate(c *api.Candidate) {
	j.open('{')
	j.texts("names", c.Names)
	j.optTexts("identifiers", c.Identifiers)
	j.optText("country", c.Country)
	j.optText("address", c.Address)
	j.text("id", c.ID)
	j.close('}')
}

func (j *jsonWriter) outcome(o *api.Outcome) {
	j.open('{')
	if o.Answer != nil {
		j.key("answer")
		j.answer(o.Answer)
	}
	if o.Problem != nil {
		j.key("problem")
		j.problem(o.Problem)
	}
	j.close('}')
}

func (j *jsonWriter) problem(p *api.Problem) {
	j.open('{')
	j.text("type", p.Type)
	j.text("title", p.Title)
	j.number("status", uint64(p.Status))
	j.text("detail", p.Detail)
	j.optText("rule", p.Rule)
	j.optText("do", p.Do)
	j.optText("request", p.Request)
	j.close('}')
}
