package portal

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// filters are what a reader set on a page of results, and what is wrong with it.
type filters struct {
	names       []string // in the order of the form
	set         map[string]string
	region      string // as it was understood
	RegionError string
	problem     string
	english     bool // problem is the register's own, in English
}

func (f *filters) get(name string) string { return f.set[name] }

// narrowed reports whether a filter beside the text is set.
func (f *filters) narrowed() bool {
	for name, value := range f.set {
		if value != "" && name != "q" && name != "cursor" {
			return true
		}
	}
	return false
}

// wide are the same filters with the text alone.
func (f *filters) wide() *filters { return &filters{set: map[string]string{"q": f.get("q")}} }

// closed are the values of a filter that has few; nil for one of many.
func closed(name string) []string {
	switch name {
	case "status":
		return []string{api.StatusListed, api.StatusUnlisted}
	case "record":
		return []string{api.RecordNone, api.RecordOne, api.RecordSeveral}
	case "kind":
		return []string{standing.Organisation.String(), standing.PublicBody.String()}
	case "ruling":
		return []string{"judgment", "award", "penalty", "decision", "order", "suspension"}
	}
	return nil
}

// known are the values of a filter that can be told before the register is asked.
func (p *page) known(name string) []string {
	var out []string
	switch name {
	case "field":
		return p.fields()
	case "list":
		for i := range p.lists {
			out = append(out, string(p.lists[i].ID))
		}
		return out
	}
	return closed(name)
}

// valueName says a value of such a filter.
func (p *page) valueName(name, value string) string {
	switch name {
	case "kind":
		return p.T("party.kind." + value)
	case "ruling":
		return p.Or("ruling.", value)
	}
	return p.T("search." + name + "." + value)
}

// filters reads the parameters of a page of results. What is no filter, too long
// or of no known value is said in the page.
func (p *page) filters(q url.Values, names, sorts []string) (*filters, error) {
	f := &filters{names: names, set: map[string]string{}}
	for name := range q {
		if name == "lang" {
			continue
		}
		if !slices.Contains(names, name) {
			f.problem = p.T("search.unknown", clip(name, 40))
			continue
		}
		if !utf8.ValidString(q.Get(name)) {
			return nil, standing.Errorf(standing.Invalid, "the address is not valid UTF-8")
		}
		value := strings.TrimSpace(legible(q.Get(name)))
		most := api.MaxText
		if name == "cursor" {
			most = 1024
		}
		if utf8.RuneCountInString(value) > most {
			f.problem, value = p.T("search.long", p.number(most)), clip(value, api.MaxText)
		}
		f.set[name] = value
		values := p.known(name)
		if name == "sort" {
			values = sorts
		}
		if values != nil && value != "" && !slices.Contains(values, value) {
			f.problem = p.T("search.value", clip(value, 40), p.T("search."+name))
			f.set[name] = ""
		}
	}
	f.region, f.RegionError = p.portal.where(p.words, f.get("region"))
	return f, nil
}

// legible puts a space for what is no character to read.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// clip shortens a text to a number of characters.
func clip(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// bad reports whether there is nothing to ask the register.
func (f *filters) bad() bool { return f.problem != "" || f.RegionError != "" }

// refuse takes up what the register said against the filters; an error that is
// no fault of theirs is given back.
func (f *filters) refuse(w *words, err error) error {
	if standing.KindOf(err) != standing.Invalid {
		return err
	}
	var tongue string
	f.problem, _, tongue = w.Tell(err)
	f.english = tongue != ""
	return nil
}

// values are the filters that are set. With asked, as the register understands
// them and without the place in the results.
func (f *filters) values(asked bool) url.Values {
	out := url.Values{}
	for name, value := range f.set {
		switch {
		case value == "" || asked && name == "cursor":
		case asked && name == "region":
			out.Set(name, f.region)
		default:
			out.Set(name, value)
		}
	}
	return out
}

// resultsAt is the address of a page of results with these filters.
func (p *page) resultsAt(path string, f *filters) string {
	v := f.values(false)
	if p.chosen {
		v.Set("lang", p.Lang)
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// tidy is a reply that leads to the address without what the form left empty, so
// that an address worth sharing is short; nil where it is so already. To a page
// that htmx fetched it says the address instead.
func (p *page) tidy(r *http.Request, path string, f *filters) (shown string, redirect *reply) {
	empty := false
	for _, values := range r.URL.Query() {
		empty = empty || len(values) == 1 && values[0] == ""
	}
	to := p.resultsAt(path, f)
	if r.Header.Get("HX-Request") == "true" {
		return to, nil
	}
	if empty {
		return "", &reply{to: to}
	}
	return "", nil
}

// exports are the files of what a page of results shows.
func (p *page) exports(path string, f *filters) []download {
	var out []download
	for _, format := range []struct{ name, title, media string }{{"csv", "CSV", "text/csv"}, {"jsonl", "JSON Lines", "application/jsonl"}} {
		v := f.values(true)
		v.Set("format", format.name)
		out = append(out, download{p.T("search.export", format.title), path + "?" + v.Encode(), format.media})
	}
	return out
}

// without is the address of the same results with one filter fewer.
func (p *page) without(path string, f *filters, name string) string {
	fewer := &filters{set: map[string]string{}}
	for k, v := range f.set {
		if k != name && k != "cursor" {
			fewer.set[k] = v
		}
	}
	return p.resultsAt(path, fewer)
}

// firstOf is the address of the first page of the same results, "" on it.
func (p *page) firstOf(path string, f *filters) string {
	if f.get("cursor") == "" {
		return ""
	}
	return p.without(path, f, "cursor")
}

// nextOf is the address of the page after this one, "" on the last.
func (p *page) nextOf(path string, f *filters, cursor string) string {
	if cursor == "" {
		return ""
	}
	other := &filters{set: maps.Clone(f.set)}
	other.set["cursor"] = cursor
	return p.resultsAt(path, other)
}

// chip is a filter that is set, in words, with the address without it.
type chip struct{ name, value, without string }

func (p *page) chips(path string, f *filters) []chip {
	var out []chip
	for _, name := range f.names {
		value := f.get(name)
		if value == "" || name == "sort" || name == "cursor" {
			continue
		}
		say := value
		switch name {
		case "region":
			if f.region != "" {
				say = p.Place(f.region)
			}
		case "field":
			say = p.field(value)
		case "list":
			say = p.listTitle(standing.ListID(value))
		case "authority":
			say = p.authority(standing.AuthorityID(value))
		case "source":
			say = p.sourceName(value)
		case "kind", "ruling", "status", "record":
			say = p.valueName(name, value)
		}
		out = append(out, chip{p.T("search." + name), say, p.without(path, f, name)})
	}
	return out
}

func (p *page) sourceName(code string) string {
	if code == "-" {
		return p.T("search.source.here")
	}
	return p.authority(standing.AuthorityID(code))
}

// fields are the fields of the lists in force, by their names.
func (p *page) fields() []string {
	var out []string
	for i := range p.lists {
		if !slices.Contains(out, p.lists[i].Field) {
			out = append(out, p.lists[i].Field)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(p.field(a), p.field(b)) })
	return out
}

func (p *page) isField(code string) bool { return slices.Contains(p.fields(), code) }

// placeOf is where a party is.
func (p *page) placeOf(row *api.PartyRow) string {
	switch {
	case row.Region != "":
		return p.Place(row.Region)
	case row.Country != "":
		return p.Place(row.Country)
	}
	return ""
}

func nameOr(name, party string) string {
	if name != "" {
		return name
	}
	return valueOf(party)
}
