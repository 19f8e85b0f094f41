package bulk

import (
	"strings"

	"github.com/openstanding/standing/lang"
)

// datapackage is the descriptor of a Frictionless Data Package, version 2.
type datapackage struct {
	Schema        string     `json:"$schema"`
	Name          string     `json:"name"`
	Title         string     `json:"title"`
	TitleZH       string     `json:"titleZh"`
	Description   string     `json:"description"`
	DescriptionZH string     `json:"descriptionZh"`
	ID            string     `json:"id"`
	Created       string     `json:"created"`
	Version       string     `json:"version"`
	Register      string     `json:"register"` // of which this is an issue
	Position      uint64     `json:"position"` // acts of its log that the issue takes in
	Licences      []Licence  `json:"licenses"`
	Resources     []resource `json:"resources"`
}

type resource struct {
	Name          string       `json:"name"`
	Path          string       `json:"path"`
	Type          string       `json:"type,omitempty"` // table, where the standard knows how to read it
	Title         string       `json:"title"`
	TitleZH       string       `json:"titleZh"`
	Description   string       `json:"description,omitempty"`
	DescriptionZH string       `json:"descriptionZh,omitempty"`
	Format        string       `json:"format"`
	Mediatype     string       `json:"mediatype"`
	Encoding      string       `json:"encoding,omitempty"`
	Compression   string       `json:"compression,omitempty"`
	Bytes         int64        `json:"bytes"`
	Hash          string       `json:"hash"`
	Dialect       *dialect     `json:"dialect,omitempty"`
	Schema        *tableSchema `json:"schema,omitempty"`
}

type dialect struct {
	Header      bool   `json:"header"`
	Delimiter   string `json:"delimiter"`
	QuoteChar   string `json:"quoteChar"`
	DoubleQuote bool   `json:"doubleQuote"`
	Terminator  string `json:"lineTerminator"`
}

type tableSchema struct {
	Fields        []tableField `json:"fields"`
	PrimaryKey    []string     `json:"primaryKey"`
	MissingValues []string     `json:"missingValues"`
}

type tableField struct {
	Name          string       `json:"name"`
	Type          string       `json:"type"`
	Description   string       `json:"description"`
	DescriptionZH string       `json:"descriptionZh"`
	Constraints   *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool `json:"required,omitempty"`
	Unique   bool `json:"unique,omitempty"`
}

// words are the two languages that the descriptor speaks.
type words struct{ en, zh *lang.Catalogue }

func (p *publisher) datapackage(statistics []File) datapackage {
	all := lang.All()
	w := words{all.Named("en"), all.Named("zh")}
	out := datapackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "standing", ID: p.Register + "/" + p.next.Version,
		Title: w.en.T("bulk.title", p.Register), TitleZH: w.zh.T("bulk.title", p.Register), Description: w.en.T("bulk.about"), DescriptionZH: w.zh.T("bulk.about"),
		Created: p.Now.String(), Version: p.next.Version, Register: p.Register, Position: min(p.next.Parties.Position, p.next.Listings.Position),
		Licences: []Licence{p.Licence}, Resources: []resource{},
	}
	for _, f := range p.next.Files {
		out.Resources = append(out.Resources, w.resource(f))
	}
	for _, d := range p.next.Deltas {
		out.Resources = append(out.Resources, w.resource(d.Rows), w.resource(d.FTM))
	}
	for _, f := range statistics {
		out.Resources = append(out.Resources, w.resource(f))
	}
	return out
}

// resource describes a file by its path.
func (w words) resource(f File) resource {
	base, zipped := strings.CutSuffix(f.Path, ".gz")
	r := resource{Path: f.Path, Bytes: f.Bytes, Hash: "sha256:" + f.SHA256.String(), Encoding: "utf-8", Mediatype: "application/json", Format: "json",
		Name: strings.NewReplacer("/", "-", ".", "-").Replace(strings.ToLower(base))}
	if zipped {
		r.Compression = "gz"
	}
	stem, ending, _ := strings.Cut(base[strings.IndexByte(base, '/')+1:], ".")
	if strings.HasPrefix(f.Path, deltasFolder+"/") {
		stem, ending = "delta", base[strings.LastIndexByte(base, '.')+1:]
		if strings.HasSuffix(base, ".ftm.json") {
			stem = "delta-ftm"
		}
	} else if strings.HasPrefix(f.Path, statisticsFolder+"/") {
		stem = "statistics"
	}
	switch ending {
	case "csv":
		r.Type, r.Format, r.Mediatype = "table", "csv", "text/csv"
		r.Dialect = &dialect{Header: true, Delimiter: ",", QuoteChar: `"`, DoubleQuote: true, Terminator: "\n"}
		r.Schema = w.schema(stem)
	case "jsonl":
		r.Format, r.Mediatype = "jsonl", "application/jsonl"
		if stem != "delta" {
			r.like(w, "bulk.like.jsonl", stem)
		}
	case "parquet":
		r.Format, r.Mediatype, r.Encoding = "parquet", "application/vnd.apache.parquet", ""
		r.like(w, "bulk.like.parquet", stem)
	case "ftm.json", "json":
		if zipped {
			r.Format, r.Mediatype = "jsonl", "application/jsonl"
		}
	}
	r.Title, r.TitleZH = w.en.T("bulk.file."+stem), w.zh.T("bulk.file."+stem)
	return r
}

// like refers to the table that says what the fields are. These formats get no
// schema of their own: Table Schema wants every field in every row, in order.
func (r *resource) like(w words, key, stem string) {
	r.Description, r.DescriptionZH = w.en.T(key, stem+".csv.gz"), w.zh.T(key, stem+".csv.gz")
}

// schema is that of parties or listings as CSV; lists are texts there.
func (w words) schema(stem string) *tableSchema {
	s := &tableSchema{PrimaryKey: []string{"id"}, MissingValues: []string{""}}
	add := func(noun, name, kind string, required bool) {
		if kind == "list" {
			kind = "string"
		}
		f := tableField{Name: name, Type: kind, Description: w.en.T("bulk." + noun + "." + name), DescriptionZH: w.zh.T("bulk." + noun + "." + name)}
		if required {
			f.Constraints = &constraints{Required: true, Unique: name == "id"}
		}
		s.Fields = append(s.Fields, f)
	}
	if stem == plural(PartyNoun) {
		for _, f := range partyFields() {
			add(PartyNoun, f.name, f.kind, f.required)
		}
		return s
	}
	for _, f := range listingFields() {
		add(ListingNoun, f.name, f.kind, f.required)
	}
	return s
}
