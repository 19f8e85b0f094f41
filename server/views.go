package server

import (
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func (j *jsonWriter) party(v *api.PartyView) {
	j.open('{')
	j.text("asked", v.Asked)
	j.text("kind", v.Kind.String())
	j.texts("names", v.Names)
	j.optTexts("identifiers", v.Identifiers)
	j.optText("country", v.Country)
	j.optText("address", v.Address)
	optList(j, "records", v.Records, (*jsonWriter).record)
	list(j, "listings", v.Listings, (*jsonWriter).listing)
	j.optText("identity", v.Identity)
	optList(j, "candidates", v.Candidates, (*jsonWriter).candidate)
	j.close('}')
}

func (j *jsonWriter) record(r *api.RecordView) {
	j.open('{')
	j.text("id", r.ID)
	j.text("authority", string(r.Authority))
	j.texts("names", r.Names)
	j.optTexts("identifiers", r.Identifiers)
	j.optText("region", r.Region)
	j.close('}')
}

func (j *jsonWriter) listing(v *api.ListingView) {
	j.open('{')
	j.text("id", v.ID)
	j.text("status", string(v.Status))
	j.text("list", string(v.List))
	j.optWords("listTitle", v.ListTitle)
	j.optIdentity("party", v.Party)
	j.text("partyKind", v.PartyKind.String())
	j.optRuling("ruling", v.Ruling)
	j.key("rule")
	j.rule(&v.Rule)
	j.text("region", v.Region)
	optList(j, "effects", v.Effects, (*jsonWriter).effect)
	j.optInstant("until", v.Until)
	j.optText("endEvent", v.EndEvent)
	j.optInstant("windowEnd", v.WindowEnd)
	j.optInstant("review", v.Review)
	optList(j, "measures", v.Measures, (*jsonWriter).measure)
	optList(j, "exits", v.Exits, (*jsonWriter).exit)
	j.optWords("objectTo", v.ObjectTo)
	j.optReported("reported", v.Reported)
	optList(j, "history", v.History, (*jsonWriter).act)
	j.close('}')
}

func (j *jsonWriter) optIdentity(k string, i *standing.Identity) {
	if i != nil {
		j.key(k)
		j.identity(i)
	}
}

func (j *jsonWriter) identity(i *standing.Identity) {
	j.open('{')
	j.texts("names", i.Names)
	j.optTexts("identifiers", i.Identifiers)
	j.optText("country", i.Country)
	j.optText("birthDate", i.BirthDate)
	j.optText("address", i.Address)
	j.optText("record", i.Record)
	j.close('}')
}

func (j *jsonWriter) effect(e *standing.Effect) {
	j.open('{')
	j.instant("from", e.From)
	j.instant("until", e.Until)
	j.optTexts("exempted", e.Exempted)
	j.optTrue("whileShown", e.WhileShown)
	j.close('}')
}

func (j *jsonWriter) act(a *api.ActView) {
	j.open('{')
	j.number("position", a.Position)
	j.text("case", a.Case)
	j.text("kind", a.Kind)
	j.instant("occurred", a.Occurred)
	j.instant("recordedAt", a.RecordedAt)
	j.optText("authority", string(a.Authority))
	j.optText("code", a.Code)
	j.digest("digest", a.Digest)
	j.number("version", a.Version)
	optList(j, "instants", a.Instants, (*jsonWriter).named)
	optList(j, "resolved", a.Resolved, (*jsonWriter).named)
	j.optText("text", a.Text)
	j.close('}')
}

func (j *jsonWriter) named(n *standing.Named) {
	j.open('{')
	j.text("name", n.Name.String())
	j.instant("at", n.At)
	j.close('}')
}

func (j *jsonWriter) receipt(r *api.ReceiptView) {
	j.open('{')
	j.number("position", r.Position)
	j.digest("act", r.Act)
	j.text("case", r.Case)
	j.number("version", r.Version)
	j.instant("recordedAt", r.RecordedAt)
	optList(j, "resolved", r.Resolved, (*jsonWriter).named)
	j.optTrue("again", r.Again)
	j.close('}')
}

func (j *jsonWriter) rulebook(r *api.RulebookView) {
	j.open('{')
	j.rulebookFields(r)
	j.close('}')
}

func (j *jsonWriter) rulebookFields(r *api.RulebookView) {
	j.text("name", r.Name)
	j.text("version", r.Version)
	j.words("title", r.Title)
	j.digest("digest", r.Digest)
	j.instant("since", r.Since)
	j.optInstant("until", r.Until)
	j.texts("lists", r.Lists)
	j.optText("zone", r.Zone)
}

func (j *jsonWriter) version(v *api.VersionView) {
	j.open('{')
	j.text("case", v.Case)
	j.number("version", v.Version)
	j.close('}')
}
