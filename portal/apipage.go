package portal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/portal/apidoc"
)

// described is the interface for programs as pages.
type described struct {
	*apidoc.API
}

func describe() *described {
	d, err := apidoc.Parse([]byte(api.OpenAPI()))
	if err != nil {
		panic("portal: " + err.Error()) // embedded, and tested
	}
	return &described{d}
}

func (d *described) index(pg *page, r *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("api.title"), "/api", []string{"figures.css"}
	return &reply{body: apiPage(pg, d, origin(r))}, nil
}

func (d *described) types(pg *page, _ *http.Request) (*reply, error) {
	pg.title, pg.section, pg.styles = pg.T("api.types"), "/api", []string{"figures.css"}
	return &reply{body: apiTypesPage(pg, d)}, nil
}

func (d *described) operation(pg *page, r *http.Request) (*reply, error) {
	o := d.Find(r.PathValue("operation"))
	if o == nil {
		return nil, &standing.Error{Kind: standing.NotFound, What: "the interface has no such operation", Do: "see /api"}
	}
	pg.title, pg.section, pg.styles = pg.summary(o), "/api", []string{"figures.css"}
	if len(o.Body) > 0 {
		pg.scripts = append(pg.scripts, "try.js")
	}
	return &reply{body: operationPage(pg, o, origin(r))}, nil
}

// try leads from the form of an operation to its answer. An address with parts
// to fill in cannot be the target of a form.
func (d *described) try(pg *page, r *http.Request) (*reply, error) {
	o := d.Find(r.PathValue("operation"))
	if o == nil || o.Method != http.MethodGet {
		return nil, &standing.Error{Kind: standing.NotFound, What: "the interface has no such operation to try by address", Do: "see /api"}
	}
	return &reply{to: filled(o, func(p apidoc.Param) string { return r.URL.Query().Get(p.Name) })}, nil
}

// filled is the address of an operation with values for its parameters. What is
// empty is left out, but for parts of the path.
func filled(o *apidoc.Operation, value func(apidoc.Param) string) string {
	address, query := o.Path, url.Values{}
	for _, p := range o.Params {
		v := strings.TrimSpace(value(p))
		switch {
		case p.In == "path":
			address = strings.ReplaceAll(address, "{"+p.Name+"}", escape(v))
		case p.In == "query" && v != "":
			query.Set(p.Name, v)
		}
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	// One slash at the beginning: two would lead to another host.
	return "/" + strings.TrimLeft(address, "/")
}

// summary is the title of an operation in the reader's language.
func (w *words) summary(o *apidoc.Operation) string { return w.T("op." + o.ID) }

// origin is where programs find this register, as the reader found it.
func origin(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// sample gives the values of an example: what must be there, and where nothing
// must, the first that may be.
func sample(o *apidoc.Operation) func(apidoc.Param) string {
	first := slices.IndexFunc(o.Params, func(p apidoc.Param) bool { return p.In == "path" || p.Required })
	if first < 0 && o.Method == http.MethodGet {
		first = slices.IndexFunc(o.Params, func(p apidoc.Param) bool { return p.In == "query" && p.Example != "" })
	}
	return func(p apidoc.Param) string {
		switch {
		case p.Required || p.In == "path":
			return cmp.Or(p.Example, strings.ToUpper(p.Name))
		case first >= 0 && p.Name == o.Params[first].Name:
			return p.Example
		}
		return ""
	}
}

// curl is an operation as a command line.
func curl(o *apidoc.Operation, origin string, keyed bool) string {
	var b strings.Builder
	b.WriteString("curl")
	if o.Method != http.MethodGet {
		b.WriteString(" -X " + o.Method)
	}
	if keyed {
		b.WriteString(" \\\n  -H \"Authorization: Bearer $STANDING_KEY\" -H 'Purpose: credit-decision'")
	}
	if len(o.Body) > 0 {
		b.WriteString(" \\\n  -H 'Content-Type: " + o.Body[0].Type + "' \\\n  --data " + quoted(o.Body[0].Example))
	}
	if b.Len() > len("curl") {
		b.WriteString(" \\\n ")
	}
	b.WriteString(" " + quoted(origin+filled(o, sample(o))))
	return b.String()
}

// quoted makes a word of a shell of a text.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// fillable are the parameters that a form has fields for.
func fillable(o *apidoc.Operation) []apidoc.Param {
	var out []apidoc.Param
	for _, p := range o.Params {
		if p.In == "path" || p.In == "query" && p.Name != "purpose" {
			out = append(out, p)
		}
	}
	return out
}

// answers are those of success; problems the others.
func outcomes(o *apidoc.Operation, problems bool) []apidoc.Answer {
	var out []apidoc.Answer
	for _, a := range o.Answers {
		if a.Problem == problems {
			out = append(out, a)
		}
	}
	return out
}

// shapeWords is what a value is, for readers.
func shapeWords(s apidoc.Shape) string {
	if len(s.Values) > 0 {
		return s.Text + ": " + strings.Join(s.Values, ", ")
	}
	return s.Text
}
