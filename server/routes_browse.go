package server

import (
	"net/http"
	"reflect"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Forms of parameters, in what Go and ECMAScript agree on.
const (
	codePattern   = `^[a-z0-9.:/-]+$`
	listPattern   = `^[a-z0-9.-]+/[a-z0-9.-]+$`
	regionPattern = `^(\*|[A-Z]{2}(/[A-Z0-9]{2,3}){0,3})$`
	cursorPattern = `^[A-Za-z0-9_-]+$`
	monthPattern  = `^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$`
	maxCode       = 96
	maxCursor     = 1024
)

func code(name, about, example string) param {
	return param{name: name, about: about, pattern: codePattern, max: maxCode, example: example}
}

func regionParam(about string) param {
	return param{name: "region", about: about + ", and everything below it.", pattern: regionPattern, max: 16, example: "CN/37"}
}

func listParam(about string) param {
	return param{name: "list", about: about, pattern: listPattern, max: maxCode, example: "cn-courts/judgment-defaulters"}
}

func choice(name, about string, values ...string) param {
	return param{name: name, about: about, values: values}
}

func purposeParam() param {
	return code("purpose", "The purpose, where the header Purpose cannot be sent.", "credit-decision")
}

func cursorParam() param {
	return param{name: "cursor", about: "Where to go on: next of the page before, with the same filters.", pattern: cursorPattern, max: maxCursor}
}

func limitParam(about string) param {
	return param{name: "limit", about: about, number: true, max: api.MaxLimit, example: "20"}
}

// paging are the parameters of a collection that is had page by page.
func paging() []param {
	return []param{limitParam("Rows of a page; 20 unless it says otherwise. Of an export: rows in all, 10,000 unless it says otherwise."), cursorParam()}
}

// slicing are those of a collection that is had whole unless limit is given.
func slicing() []param {
	return []param{limitParam("Rows of a page; all of them unless it says otherwise."), cursorParam()}
}

func partyParams() []param {
	return []param{
		{name: "region", about: "Where; anywhere unless given.", pattern: regionPattern, max: 16, example: "CN/37"},
		{name: "at", about: "At what time; now unless given.", instant: true}, {name: "asKnownOn", about: "By what was known when; by all that is known now unless given.", instant: true},
		{name: "birthDate", about: "With name: of a person.", max: 10, example: "1980-01-01"}, {name: "country", about: "With name: of a person.", max: 2, pattern: `^[A-Z]{2}$`, example: "CN"},
		purposeParam(),
	}
}

func searchParams() []param {
	return append([]param{
		{name: "q", about: "A name, the beginnings of words of one, a part of a Chinese one, or an identifier.", max: api.MaxText, example: "rongcheng fishing"},
		regionParam("The party's region"),
		code("field", "With an entry in force on a list of the field.", "enforcement"),
		listParam("With an entry in force on the list."),
		choice("status", "With or without an entry in force.", api.StatusListed, api.StatusUnlisted),
		choice("record", "How many entries are in force.", api.RecordNone, api.RecordOne, api.RecordSeveral),
		choice("kind", "What the party is.", standing.Organisation.String(), standing.PublicBody.String()),
		choice("sort", "Order: relevance by default with q, name without; there is no relevance without q.", api.SortRelevance, api.SortName, api.SortNewest),
	}, paging()...)
}

func listingParams() []param {
	return append([]param{
		listParam("On the list."), code("field", "On a list of the field.", "enforcement"), regionParam("The entry's region"),
		code("authority", "That listed.", "cn-court-371082"), choice("ruling", "Kind of the ruling.", standing.RulingKinds()...),
		{name: "source", about: `Source of an entry that was taken over; "-" for those recorded here.`, pattern: `^(-|[a-z0-9.:/-]+)$`, max: maxCode, example: "iadb"},
		choice("sort", "Order: the latest beginning first by default, or the nearest end.", api.SortNewest, api.SortEnding),
	}, paging()...)
}

// common are the parameters that follow from what a route offers.
func (rt *route) common() []param {
	var out []param
	if rt.row != nil {
		out = append(out, param{name: "fields", about: "The members wanted of each object, by their names; all unless given.", several: true, values: names(reflect.TypeOf(rt.row))})
	}
	if len(rt.formats) > 1 {
		p := param{name: "format", about: "Form of the answer, where the header Accept cannot be sent."}
		for _, f := range rt.formats {
			p.values = append(p.values, f.name)
		}
		out = append(out, p)
	}
	return out
}

const asTable = " As CSV or lines of JSON it is an export of what is asked for, up to 10,000 rows; bulk data has everything."

// tables are the formats of what has rows.
func tables() []format { return []format{asJSON, asCSV, asLines} }

func (s *server) browseRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/api/v1/parties", id: "parties", read: s.search().answer, params: searchParams(), formats: tables(), row: api.PartyRow{}, answer: api.PartyPage{},
			public: true, zip: true, cost: 2, about: "Finds organisations and public bodies. Natural persons are never among them." + asTable},
		{method: http.MethodPost, path: "/api/v1/search", id: "searchByBody", read: s.searchBody, body: api.PartyQuery{}, answer: api.PartyPage{},
			problems: []standing.ErrorKind{standing.TooLarge}, zip: true, cost: 2, about: "The same search with the query in the body, so that a name stands in no address."},
		{method: http.MethodGet, path: "/api/v1/listings", id: "listings", read: s.listings().answer, params: listingParams(), formats: tables(), row: api.ListingRow{}, answer: api.ListingPage{},
			public: true, zip: true, cost: 2, about: "The entries of organisations in force." + asTable},
		{method: http.MethodGet, path: "/api/v1/corrections", id: "corrections", read: s.corrections().answer, params: paging(), formats: tables(), row: api.Correction{}, answer: api.CorrectionPage{},
			public: true, zip: true, about: "What the register got wrong and put right, newest first. It names nobody." + asTable},
		{method: http.MethodGet, path: "/api/v1/authorities", id: "authorities", read: s.authorities().answer, formats: tables(), row: api.AuthorityView{}, answer: []api.AuthorityView{},
			params: append([]param{choice("kind", "Kind of authority.", "court", "agency", "registry", "municipality", "bank", "register"), regionParam("Its region")}, slicing()...),
			public: true, zip: true, about: "The authorities, by id, with where to reach them."},
		{method: http.MethodGet, path: "/api/v1/authorities/{id...}", id: "authority", read: s.authority, row: api.AuthorityView{}, answer: api.AuthorityView{},
			problems: []standing.ErrorKind{standing.NotFound}, public: true, about: "An authority by its id: its names, where it is, how to reach it."},
		{method: http.MethodGet, path: "/api/v1/today", id: "today", read: s.today, row: api.Day{}, answer: api.Day{}, public: true, about: "The register at a glance."},
		{method: http.MethodGet, path: "/api/v1/statistics", id: "statistics", read: s.statistics, formats: tables(), row: api.Statistics{}, answer: api.Statistics{}, public: true, zip: true,
			params: []param{choice("by", "What to group by; list unless given.", api.ByList, api.ByField, api.ByRegion, api.ByMonth), listParam("Of the list."),
				code("field", "Of the lists of the field.", "enforcement"), regionParam("Of the region"),
				{name: "from", about: "First month; the first there is unless given.", pattern: monthPattern, max: 7, example: "2026-01"},
				{name: "until", about: "Last month; this one unless given.", pattern: monthPattern, max: 7, example: "2026-11"}},
			about: "Counts of all parties over a span of months. Cells that would point at a person are withheld. As CSV or lines of JSON it is the rows alone, whole; fields then has no effect."},
	}
}

func (s *server) ruleRoutes() []route {
	none := []standing.ErrorKind{standing.NotFound}
	return []route{
		{method: http.MethodGet, path: "/api/v1/lists", id: "lists", read: s.lists().answer, formats: tables(), row: api.ListDefinition{}, answer: []api.ListDefinition{}, public: true, zip: true,
			params: append([]param{code("field", "Of the field.", "enforcement"), regionParam("In the region")}, slicing()...),
			about:  "The lists of the rulebooks in force, by id, as their rulebooks define them."},
		{method: http.MethodGet, path: "/api/v1/lists/{id...}", id: "list", read: s.listOf, row: api.ListDefinition{}, answer: api.ListDefinition{}, problems: none, public: true, zip: true,
			about: "A list as its rulebook defines it, by its id."},
		{method: http.MethodGet, path: "/api/v1/measures", id: "measures", read: s.measures().answer, formats: tables(), row: api.MeasureDefinition{}, answer: []api.MeasureDefinition{}, public: true, zip: true,
			params: append([]param{listParam("That follow from the list."), code("activity", "That restrict the activity.", "procurement.bid")}, slicing()...),
			about:  "The measures of the published catalogue, by id, with the law behind each."},
		{method: http.MethodGet, path: "/api/v1/activities", id: "activities", read: s.activities().answer, formats: tables(), row: api.ActivityView{}, answer: []api.ActivityView{}, public: true, zip: true,
			params: append([]param{choice("tag", "Essential activities are never restricted.", "open", "essential", "forbidden"), listParam("That the list restricts.")}, slicing()...),
			about:  "The leaves of the tree of activities, by id, with the lists that restrict them here."},
		{method: http.MethodGet, path: "/api/v1/rulebooks", id: "rulebooks", read: s.rulebooks().answer, formats: tables(), row: api.RulebookView{}, answer: []api.RulebookView{}, params: slicing(),
			public: true, zip: true, about: "The rulebooks in force here, by name."},
		{method: http.MethodGet, path: "/api/v1/rulebooks/{name}", id: "versions", read: s.versions().answer, formats: tables(), row: api.RulebookView{}, answer: []api.RulebookView{},
			problems: none, public: true, zip: true, about: "Every version of a rulebook that was adopted here, newest first."},
		{method: http.MethodGet, path: "/api/v1/rulebooks/{name}/{version}", id: "rulebook", read: s.rulebookVersion, formats: []format{asJSON, asYAML, asMarkdown}, row: api.RulebookText{}, answer: api.RulebookText{},
			params: []param{{name: "lang", about: "Language of the Markdown; by the header Accept-Language unless given.", pattern: `^[a-z]{2,3}$`, max: 3, example: "zh"}}, problems: none, public: true, zip: true,
			about: `A version of a rulebook, "current" for the one in force: whole, or as YAML the very bytes that were adopted, or as Markdown a document to read.`},
		{method: http.MethodGet, path: "/api/v1/rulebooks/{name}/changes", id: "changes", read: s.changes().answer, formats: tables(), row: api.RuleChange{}, answer: []api.RuleChange{}, shares: true,
			params:   []param{{name: "from", about: "The older version.", pattern: codePattern, max: maxCode, example: "2026-01-01", required: true}, {name: "to", about: "The newer version.", pattern: codePattern, max: maxCode, example: "2026-04-01", required: true}},
			problems: none, public: true, zip: true, about: "What changed from one version of a rulebook to another, place by place."},
	}
}
