package synth

import (
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/openstanding/standing"
)

// appendOpening writes an opening as encoding/json would, but for the escapes
// that make JSON safe inside HTML, several times faster: three million of them
// are a large part of making a country.
func appendOpening(b []byte, o *standing.Opening) []byte {
	b = append(b, `{"salt":"`...)
	b = hex.AppendEncode(b, o.Salt[:])
	b = append(b, '"')
	if o.Party != nil {
		b = appendIdentity(append(b, `,"party":`...), o.Party)
	}
	b = appendMember(b, "title", o.Title)
	b = appendMember(b, "docket", o.Docket)
	b = appendMember(b, "issuer", o.Issuer)
	if o.Obligation != nil {
		b = appendObligation(append(b, `,"obligation":`...), o.Obligation)
	}
	b = appendMember(b, "text", o.Text)
	b = appendMember(b, "by", o.By)
	b = appendMember(b, "contact", o.Contact)
	b = appendMembers(b, "names", o.Names)
	if len(o.Values) > 0 {
		b = append(b, `,"values":{`...)
		for i, k := range slices.Sorted(maps.Keys(o.Values)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(append(appendString(b, k), ':'), o.Values[k])
		}
		b = append(b, '}')
	}
	if len(o.Documents) > 0 {
		b = append(b, `,"documents":[`...)
		for i, d := range o.Documents {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(append(b, `{"title":`...), d.Title)
			b = hex.AppendEncode(append(b, `,"sha256":"`...), d.SHA256[:])
			b = append(b, `"}`...)
		}
		b = append(b, ']')
	}
	b = appendMember(b, "row", o.Row)
	return append(appendMember(b, "who", o.Who), '}')
}

func appendIdentity(b []byte, id *standing.Identity) []byte {
	b = appendStrings(append(b, `{"names":`...), id.Names)
	b = appendMembers(b, "identifiers", id.Identifiers)
	b = appendMember(b, "country", id.Country)
	b = appendMember(b, "birthDate", id.BirthDate)
	b = appendMember(b, "address", id.Address)
	return append(appendMember(b, "record", id.Record), '}')
}

func appendObligation(b []byte, o *standing.Obligation) []byte {
	b = appendString(append(b, `{"kind":`...), o.Kind)
	b = appendMember(b, "text", o.Text)
	b = appendMember(b, "amount", o.Amount)
	b = appendMember(b, "currency", o.Currency)
	b = appendMember(b, "reference", o.Reference)
	b = appendMember(b, "creditor", o.Creditor)
	return append(appendMember(b, "statedOn", o.StatedOn), '}')
}

// appendMember writes a member that is left out when empty.
func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendString(b, value)
}

func appendMembers(b []byte, name string, values []string) []byte {
	if len(values) == 0 {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendStrings(b, values)
}

func appendStrings(b []byte, values []string) []byte {
	if values == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, v)
	}
	return append(b, ']')
}

// appendString writes a JSON string. Bytes that need care take the slow road.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0x7f {
			return appendEscaped(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendEscaped(b, s)
	}
	return append(append(append(b, '"'), s...), '"')
}

// appendEscaped writes a string with JSON's escapes; what is not UTF-8 becomes
// the replacement character.
func appendEscaped(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == 0x7f:
			b = append(b, `\u00`...)
			if r < 16 {
				b = append(b, '0')
			}
			b = strconv.AppendInt(b, int64(r), 16)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
