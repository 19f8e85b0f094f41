package bulk

import (
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// partyEntity appends a party as a FollowTheMoney entity: Company, PublicBody or
// Organization, never LegalEntity, which may be a person.
func (n *namer) partyEntity(buf []byte, r *api.PartyRow, id string) []byte {
	caption := r.Party
	if len(r.Names) > 0 {
		caption = r.Names[0]
	}
	e := n.entity(buf, id, caption, partySchema(r))
	numbers := sortIdentifiers(r.Identifiers)
	e.one("address", r.Address)
	e.one("country", strings.ToLower(r.Country))
	e.texts("dunsCode", numbers.duns)
	e.texts("idNumber", numbers.other)
	e.texts("leiCode", numbers.lei)
	names := r.Names
	if len(names) == 0 {
		names = []string{caption} // FollowTheMoney knows no party without a name
	}
	e.texts("name", names)
	e.texts("registrationNumber", numbers.registration)
	e.texts("taxNumber", numbers.tax)
	if r.Entries > 0 {
		e.one("topics", "reg.action")
	}
	e.texts("uniqueEntityId", numbers.uei)
	e.texts("uscCode", numbers.uscc)
	e.texts("vatCode", numbers.vat)
	e.shut() // properties
	return e.end(r.Entries > 0)
}

// listingEntity appends an entry in force as a Sanction: what a list says of a
// party, on which ground, since when and until when.
func (n *namer) listingEntity(buf []byte, r *api.ListingRow, id string) []byte {
	e := n.entity(buf, id, string(r.List), "Sanction")
	e.one("authority", string(r.Authority))
	e.one("authorityId", r.Docket)
	if country, _, _ := strings.Cut(r.Region, "/"); country != "*" {
		e.one("country", strings.ToLower(country))
	}
	e.one("endDate", moment(r.Until))
	e.one("entity", n.id(PartyNoun, r.Party))
	e.one("listingDate", moment(r.From))
	e.one("program", string(r.List))
	e.one("publisher", r.Source)
	e.one("reason", r.Ground)
	e.one("recordId", r.ID)
	e.one("startDate", moment(r.From))
	status := "active"
	if r.Stayed {
		status = "suspended"
	}
	e.one("status", status)
	e.one("summary", r.RulingKind)
	e.shut() // properties
	return e.end(false)
}

// moment is an instant as FollowTheMoney has it: UTC, without saying so. A date
// alone would be another day where the list's own midnight is not that of UTC.
func moment(at standing.Instant) string {
	if at == 0 {
		return ""
	}
	return at.Time().Format("2006-01-02T15:04:05")
}

// entity is a FollowTheMoney entity under construction. Its id comes first, so
// that it is found without reading the rest.
type entity struct {
	line
	origin string
}

const entityStart = `{"id":"`

func (n *namer) entity(buf []byte, id, caption, schema string) *entity {
	e := &entity{line{b: buf}, n.origin}
	e.open()
	e.text("id", id)
	e.text("caption", caption)
	e.text("schema", schema)
	e.name("properties")
	e.open()
	return e
}

// one adds a property of one value unless it is empty.
func (e *entity) one(name, value string) {
	if value != "" {
		e.name(name)
		e.b = append(quote(append(e.b, '['), value), ']')
	}
}

// end ends the entity with what OpenSanctions' tools want beside properties.
func (e *entity) end(target bool) []byte {
	e.b = append(e.b, `,"referents":[],"datasets":[`...)
	e.b = quote(e.b, e.origin)
	if target {
		return append(e.b, `],"target":true}`...)
	}
	return append(e.b, `],"target":false}`...)
}

// partySchema tells companies by the first digits of their Chinese code (GB
// 32100: 91 companies, 93 farmers' cooperatives); of other organisations only
// that they are some is known.
func partySchema(r *api.PartyRow) string {
	if r.Kind == standing.PublicBody {
		return "PublicBody"
	}
	for _, id := range r.Identifiers {
		if strings.HasPrefix(id, "uscc:91") || strings.HasPrefix(id, "uscc:93") {
			return "Company"
		}
	}
	return "Organization"
}

// numbers are identifiers by the property that holds their scheme.
type numbers struct{ uscc, lei, duns, uei, vat, tax, registration, other []string }

func sortIdentifiers(ids []string) (n numbers) {
	for _, id := range ids {
		scheme, value, ok := strings.Cut(id, ":")
		if !ok {
			continue
		}
		into := &n.other
		switch scheme {
		case "uscc":
			into = &n.uscc
		case "lei":
			into = &n.lei
		case "duns":
			into = &n.duns
		case "us-uei":
			into = &n.uei
		case "eu-vat":
			into = &n.vat
		case "us-ein", "br-cnpj":
			into = &n.tax
		case "cn-reg", "cn-org", "gb-company", "euid":
			into = &n.registration
		}
		*into = append(*into, value)
	}
	return n
}

// entitiesSink writes both nouns as FollowTheMoney.
type entitiesSink struct {
	*zipped
	names *namer
	buf   []byte
}

func (s *entitiesSink) take(b *batch) error {
	s.buf = s.buf[:0]
	for i := range b.rows() {
		s.buf = append(s.names.appendEntity(s.buf, b, i), '\n')
	}
	_, err := s.Write(s.buf)
	return err
}

func (n *namer) appendEntity(buf []byte, b *batch, i int) []byte {
	if b.noun == PartyNoun {
		return n.partyEntity(buf, &b.parties[i], b.ids[i])
	}
	return n.listingEntity(buf, &b.listings[i], b.ids[i])
}
