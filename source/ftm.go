package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/openstanding/standing/ident"
)

// ftm reads FollowTheMoney entities, one JSON object a line.
//
// Persons, companies and other parties become rows of effect record. A Sanction
// becomes a listing whose About is the party's key: the two stand anywhere in
// the file, and joining them would need all of it in memory. Every other schema
// (Address, Payment, Ownership...) is no party: a reject. Of a party only what
// the register may hold is read: not religion, ethnicity, political leaning,
// kinship, nor the numbers of personal documents.
type ftm struct {
	lines     *lines
	forms     *forms
	countries countries
	keys      *keys
	opts      Options
	count     int
	err       error
}

func newFTM(r io.Reader, opts Options) *ftm {
	return &ftm{
		lines: newLines(r, encUTF8, opts.MaxRecord),
		forms: newForms(), countries: newCountries(), keys: newKeys(), opts: opts,
	}
}

// Next implements [Reader].
func (f *ftm) Next() (Row, *Reject, error) {
	if f.err != nil {
		return Row{}, nil, f.err
	}
	ln, err := f.lines.next()
	for err == nil && ln.fault == "" && strings.TrimSpace(ln.text) == "" {
		ln, err = f.lines.next()
	}
	if err == nil {
		f.count++
		err = overLimit(f.count, f.opts.MaxRows)
	}
	if err != nil {
		f.err = err
		if err != io.EOF {
			f.err = fmt.Errorf("source: FollowTheMoney, line %d: %w", f.lines.no+1, err)
		}
		return Row{}, nil, f.err
	}
	if ln.fault != "" {
		return Row{}, newReject(ln.no, ln.text, Unreadable, ln.fault), nil
	}
	row, bad := f.row(ln)
	if bad != nil {
		return Row{}, bad, nil
	}
	row.Key = f.keys.unique(row.Key)
	return row, nil, nil
}

// entity is what is read of one line.
type entity struct {
	ID         string
	Caption    string
	Schema     string
	Properties map[string]json.RawMessage
}

// parseEntity is strict about case, which encoding/json is not.
func parseEntity(text string) (entity, error) {
	var raw map[string]json.RawMessage
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&raw); err != nil {
		return entity{}, err
	}
	if d.More() {
		return entity{}, fmt.Errorf("more than one object on the line")
	}
	if _, delta := raw["op"]; delta {
		return entity{}, fmt.Errorf("a line of a delta file; read the full snapshot")
	}
	var e entity
	for _, field := range []struct {
		name string
		into any
	}{{"id", &e.ID}, {"caption", &e.Caption}, {"schema", &e.Schema}, {"properties", &e.Properties}} {
		if v, ok := raw[field.name]; ok {
			if err := json.Unmarshal(v, field.into); err != nil {
				return entity{}, fmt.Errorf("%s: %w", field.name, err)
			}
		}
	}
	if e.ID == "" || e.Schema == "" {
		return entity{}, fmt.Errorf("no id or no schema")
	}
	return e, nil
}

// all returns the texts of a property, tidied; entities nested in it are passed
// over.
func (e entity) all(property string) []string {
	var list []json.RawMessage
	if json.Unmarshal(e.Properties[property], &list) != nil {
		return nil
	}
	var texts []string
	for _, v := range list {
		var s string
		if bytes.HasPrefix(v, []byte{'"'}) && json.Unmarshal(v, &s) == nil {
			texts = append(texts, tidy(s))
		}
	}
	return distinct(texts, "")
}

// only returns the text of a property that has exactly one.
func (e entity) only(property string) string {
	if all := e.all(property); len(all) == 1 {
		return all[0]
	}
	return ""
}

// The schemas that are parties; LegalEntity says neither person nor company.
func partySchema(schema string) (Kind, bool) {
	switch schema {
	case "Person":
		return Person, true
	case "Company", "Organization":
		return Organisation, true
	case "PublicBody":
		return PublicBody, true
	case "LegalEntity":
		return Unknown, true
	}
	return "", false
}

func (f *ftm) row(ln line) (Row, *Reject) {
	e, err := parseEntity(ln.text)
	if err != nil {
		return Row{}, newReject(ln.no, ln.text, Malformed, err.Error())
	}
	row := Row{Line: ln.no, Raw: ln.text, Key: e.ID, SourceName: "FollowTheMoney", SnapshotDate: f.opts.Snapshot}
	kind, isParty := partySchema(e.Schema)
	switch {
	case isParty:
		return f.party(row, e, kind)
	case e.Schema == "Sanction":
		return f.sanction(row, e)
	case e.Schema == "Family" || e.Schema == "Associate":
		// Kinship and acquaintance are data that the charter forbids to keep.
		return Row{}, newReject(ln.no, "", NotParty, "schema "+e.Schema+" links persons; not kept")
	}
	return Row{}, newReject(ln.no, ln.text, NotParty, fmt.Sprintf("schema %.60q is no party", e.Schema))
}

func (f *ftm) party(row Row, e entity, stated Kind) (Row, *Reject) {
	names := e.all("name")
	row.Name = tidy(e.Caption)
	if row.Name == "" || !contains(names, row.Name) {
		if len(names) == 0 {
			return Row{}, newReject(row.Line, row.Raw, Missing, "no name")
		}
		row.Name = names[0]
	}
	if len(row.Name) > maxName {
		return Row{}, newReject(row.Line, row.Raw, Unreadable, fmt.Sprintf("a name longer than %d bytes", maxName))
	}
	if strings.Contains(row.Name, lost) {
		return Row{}, newReject(row.Line, row.Raw, Unreadable, "the name has lost a character before it came here (U+FFFD)")
	}
	// Weak aliases are left out: they match half the world.
	row.OtherNames = distinct(append(append(names, e.all("alias")...), e.all("previousName")...), row.Name)
	row.Country = f.country(e)
	t := f.forms.read(row.Name, row.Country)
	if stated == Unknown {
		row.Kind, row.KindReason = t.kind()
	} else {
		row.Kind, row.KindReason = t.weigh(stated, "source: schema "+e.Schema)
	}
	row.Nationality = strings.Join(e.all("nationality"), "; ")
	for _, a := range e.all("address") {
		row.Addresses = append(row.Addresses, Address{Text: a})
	}
	switch births := e.all("birthDate"); len(births) {
	case 0:
	case 1:
		row.BirthDate = births[0]
	default:
		row.Notes = append(row.Notes, "several birth dates stated; none taken")
	}
	f.identifiers(&row, e)
	if topics := e.all("topics"); len(topics) > 0 {
		row.Notes = append(row.Notes, "topics: "+strings.Join(topics, ", "))
	}
	row.Effect, row.EffectKind = Record, "entity"
	return row, nil
}

// country takes the seat before the other ties, and none if there are several.
func (f *ftm) country(e entity) string {
	for _, property := range []string{"jurisdiction", "mainCountry", "country"} {
		if len(e.all(property)) > 0 {
			return f.countries.code(e.only(property))
		}
	}
	return ""
}

// ftmIdentifiers are the properties that hold numbers of parties, with the
// scheme; numbers of schemes that ident does not know become references.
var ftmIdentifiers = [...]struct{ property, scheme, label string }{
	{"leiCode", "lei", ""},
	{"uscCode", "uscc", ""},
	{"uniqueEntityId", "us-uei", ""},
	{"dunsCode", "duns", ""},
	{"innCode", "ref", "RU-INN "},
	{"ogrnCode", "ref", "RU-OGRN "},
	{"registrationNumber", "ref", "REG "},
	{"taxNumber", "ref", "TAX "},
	{"vatCode", "ref", "VAT "},
	{"imoNumber", "ref", "IMO "},
	{"swiftBic", "ref", "BIC "},
}

func (f *ftm) identifiers(row *Row, e entity) {
	for _, spec := range ftmIdentifiers {
		for _, v := range e.all(spec.property) {
			id, err := ident.New(ident.Scheme(spec.scheme), spec.label+v)
			if err != nil {
				row.Notes = append(row.Notes, fmt.Sprintf("%s left out: %v", spec.property, err))
				continue
			}
			row.Identifiers = append(row.Identifiers, Identifier{string(id.Scheme), id.Value})
		}
	}
}

func (f *ftm) sanction(row Row, e entity) (Row, *Reject) {
	reject := func(code Code, format string, args ...any) (Row, *Reject) {
		return Row{}, newReject(row.Line, row.Raw, code, fmt.Sprintf(format, args...))
	}
	if row.About = e.only("entity"); row.About == "" {
		return reject(Missing, "a sanction of no party, or of several")
	}
	row.Kind, row.KindReason = Unknown, "see the party's own row"
	row.RulingKind, row.Effect, row.EffectKind = "decision", Listing, "sanction"
	row.RulingAuthority = strings.Join(e.all("authority"), "; ")
	row.RulingRef = strings.Join(e.all("authorityId"), "; ")
	row.GroundText = strings.Join(e.all("reason"), "; ")
	for _, d := range []struct {
		property string
		into     *Date
	}{{"startDate", &row.From}, {"endDate", &row.Until}, {"listingDate", &row.Noticed}} {
		switch values := e.all(d.property); len(values) {
		case 0:
		case 1:
			got, err := readDate(values[0], ftmLayouts[:])
			if err != nil {
				return reject(BadDate, "%s: %v", d.property, err)
			}
			*d.into = got
		default:
			return reject(BadDate, "%s is ambiguous: %s", d.property, strings.Join(values, ", "))
		}
	}
	if !row.Until.IsZero() && row.Until.Before(row.From) {
		return reject(BadDate, "ends on %s, before it begins on %s", row.Until, row.From)
	}
	row.Ongoing = row.Until.IsZero()
	for _, property := range []string{"program", "provisions", "status", "duration"} {
		if texts := e.all(property); len(texts) > 0 {
			row.Notes = append(row.Notes, property+": "+strings.Join(texts, "; "))
		}
	}
	return row, nil
}

var ftmLayouts = [...]dateLayout{"YYYY-MM-DD", "YYYY-MM-DDThh:mm:ss"}
