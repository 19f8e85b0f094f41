package server

import (
	"maps"
	"slices"
	"strconv"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// This file writes the rows and views of what can be browsed; rules_views.go
// those of the rules.

func (j *jsonWriter) optCount(k string, n int) {
	if n != 0 {
		j.count(k, n)
	}
}

// count writes a whole number.
func (j *jsonWriter) count(k string, n int) {
	j.key(k)
	j.sep()
	j.b = strconv.AppendInt(j.b, int64(n), 10)
}

func (j *jsonWriter) optNumber(k string, n uint64) {
	if n != 0 {
		j.number(k, n)
	}
}

func (j *jsonWriter) optLists(k string, ids []standing.ListID) {
	if len(ids) > 0 {
		j.lists(k, ids)
	}
}

func (j *jsonWriter) lists(k string, ids []standing.ListID) {
	j.key(k)
	j.open('[')
	for _, id := range ids {
		j.value(string(id))
	}
	j.close(']')
}

func (j *jsonWriter) total(c api.Count) {
	j.key("count")
	j.open('{')
	j.count("n", c.N)
	j.optTrue("more", c.More)
	j.close('}')
}

func (j *jsonWriter) partyRow(r *api.PartyRow) {
	j.open('{')
	j.text("party", r.Party)
	j.text("kind", r.Kind.String())
	j.texts("names", r.Names)
	optList(j, "matched", r.Matched, (*jsonWriter).span)
	j.optTexts("identifiers", r.Identifiers)
	j.optText("country", r.Country)
	j.optText("region", r.Region)
	j.optText("address", r.Address)
	j.optText("registry", string(r.Registry))
	j.count("entries", r.Entries)
	j.optLists("lists", r.Lists)
	j.optInstant("newest", r.Newest)
	j.close('}')
}

func (j *jsonWriter) span(s *api.Span) {
	j.open('{')
	j.count("from", s.From)
	j.count("to", s.To)
	j.close('}')
}

func (j *jsonWriter) listingRow(r *api.ListingRow) {
	j.open('{')
	j.text("id", r.ID)
	j.text("list", string(r.List))
	j.text("field", r.Field)
	j.text("ground", r.Ground)
	j.text("party", r.Party)
	j.text("name", r.Name)
	j.text("partyKind", r.PartyKind.String())
	j.text("region", r.Region)
	j.text("authority", string(r.Authority))
	j.text("ruling", r.Ruling)
	j.text("rulingKind", r.RulingKind)
	j.optText("docket", r.Docket)
	j.optInstant("decided", r.Decided)
	j.instant("from", r.From)
	j.optInstant("until", r.Until)
	j.optInstant("review", r.Review)
	j.optTrue("stayed", r.Stayed)
	j.optText("source", r.Source)
	j.optInstant("snapshot", r.Snapshot)
	j.close('}')
}

func (j *jsonWriter) correction(c *api.Correction) {
	j.open('{')
	j.text("listing", c.Listing)
	j.text("list", string(c.List))
	j.text("region", c.Region)
	j.text("cause", c.Cause)
	j.instant("at", c.At)
	j.number("position", c.Position)
	j.optInstant("told", c.Told)
	j.optText("authority", string(c.Authority))
	j.close('}')
}

func (j *jsonWriter) ruling(v *api.RulingView) {
	j.open('{')
	j.rulingFields(&v.RulingRef)
	j.text("region", v.Region)
	j.optInstant("due", v.Due)
	j.optInstant("annulled", v.Annulled)
	optList(j, "addressees", v.Addressees, (*jsonWriter).identity)
	j.optTexts("listings", v.Listings)
	optList(j, "history", v.History, (*jsonWriter).act)
	j.close('}')
}

func (j *jsonWriter) day(d *api.Day) {
	j.open('{')
	j.instant("at", d.At)
	j.number("position", d.Position)
	j.optNumber("behind", d.Behind)
	j.count("parties", d.Parties)
	j.count("listed", d.Listed)
	j.count("inForce", d.InForce)
	j.count("began", d.Began)
	j.count("ending", d.Ending)
	j.count("lists", d.Lists)
	j.close('}')
}

func (j *jsonWriter) authority(a *api.AuthorityView) {
	j.open('{')
	j.text("id", string(a.ID))
	j.text("kind", a.Kind)
	j.text("region", a.Region)
	j.optTexts("names", a.Names)
	j.optText("contact", a.Contact)
	j.optTexts("entitled", a.Entitled)
	j.close('}')
}

func (j *jsonWriter) proof(p *api.ProofView) {
	j.open('{')
	j.number("position", p.Position)
	j.number("size", p.Size)
	j.digest("leaf", p.Leaf)
	j.key("path")
	j.open('[')
	for _, d := range p.Path {
		j.value(d.String())
	}
	j.close(']')
	j.text("checkpoint", p.Checkpoint)
	j.close('}')
}

func (j *jsonWriter) statistics(s *api.Statistics) {
	j.open('{')
	j.instant("asOf", s.AsOf)
	j.number("position", s.Position)
	j.text("by", s.By)
	list(j, "rows", s.Rows, (*jsonWriter).statisticsRow)
	j.key("total")
	j.statisticsRow(&s.Total)
	j.optCount("withheld", s.Withheld)
	j.close('}')
}

func (j *jsonWriter) statisticsRow(r *api.StatisticsRow) {
	j.open('{')
	j.text("key", r.Key)
	j.count("listed", r.Listed)
	j.count("lifted", r.Lifted)
	j.count("inForce", r.InForce)
	j.counts("exits", r.Exits)
	j.count("notices", r.Notices)
	j.count("objections", r.Objections)
	j.count("upheld", r.Upheld)
	j.count("errors", r.Errors)
	j.count("exemptions", r.Exemptions)
	j.count("medianDays", r.MedianDays)
	if r.Persons != nil {
		j.key("persons")
		j.persons(r.Persons)
	}
	j.optTrue("withheld", r.Withheld)
	j.optCount("parties", r.Parties)
	j.optCount("partiesListed", r.PartiesListed)
	j.close('}')
}

func (j *jsonWriter) persons(p *api.PersonCounts) {
	j.open('{')
	j.count("listed", p.Listed)
	j.count("lifted", p.Lifted)
	j.count("inForce", p.InForce)
	j.counts("exits", p.Exits)
	j.count("notices", p.Notices)
	j.count("objections", p.Objections)
	j.count("upheld", p.Upheld)
	j.count("errors", p.Errors)
	j.count("exemptions", p.Exemptions)
	j.close('}')
}

// counts writes numbers by what they count, in order.
func (j *jsonWriter) counts(k string, by map[string]int) {
	j.key(k)
	j.open('{')
	for _, event := range slices.Sorted(maps.Keys(by)) {
		j.sep()
		j.b = append(appendString(j.b, event), ':')
		j.b = strconv.AppendInt(j.b, int64(by[event]), 10)
	}
	j.close('}')
}
