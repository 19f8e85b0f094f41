package synth

import (
	"strconv"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
)

// class is what a party is, finer than the register's kinds.
type class uint8

const (
	company class = iota
	cooperative
	soleTrader // an individual business is one person and protected like one
	publicBody
	person
)

// party is someone made up. Firms, traders and bodies are numbered from 0 to
// Parties-1 together with the persons that the registry knows; the legal
// representative of firm i is the person Parties+i, whom it does not know.
type party struct {
	index int
	class class
	kind  standing.PartyKind
	place *place
	trade *trade
}

// kindOf is the register's kind of a class.
func kindOf(c class) standing.PartyKind {
	switch c {
	case company, cooperative:
		return standing.Organisation
	case publicBody:
		return standing.PublicBody
	}
	return standing.Person
}

// party works out what is decided first of a party: enough to know which court
// it meets and which lists.
func (w *World) party(i int) party {
	if i >= w.options.Parties {
		return party{index: i, class: person, kind: standing.Person, place: w.party(i - w.options.Parties).place, trade: &trades[0]}
	}
	d := w.draw(ofParty, uint64(i))
	c, at := class(d.pick(classWeights[:])), d.below(len(w.places))
	if i < castSize {
		c = castClass(i)
	}
	if i == castCity || d.chance(inDemoCity) {
		at = w.city
	}
	return party{index: i, class: c, kind: kindOf(c), place: &w.places[at], trade: one(&d, trades)}
}

// identity is who the party is, as a registry or a court would name it.
func (w *World) identity(p party, renamed bool) standing.Identity {
	out := standing.Identity{Country: "CN"}
	name := uint64(p.index) << 1
	if renamed {
		name |= 1
	}
	d := w.draw(ofName, name)
	switch p.class {
	case company, cooperative, soleTrader, publicBody:
		out.Names = p.names(&d)
		out.Identifiers = w.orgIdentifiers(p)
		out.Address = p.place.fullZH + brandSyllables[d.below(len(brandSyllables))].zh + brandSyllables[d.below(len(brandSyllables))].zh + "路" + strconv.Itoa(1+d.below(999)) + "号"
	default:
		out.Names = personNames(&d)
		id, born := w.citizen(p.index)
		out.Identifiers, out.BirthDate = []string{id}, born
	}
	return out
}

// nameOf is the Chinese name of a party, drawn from d.
func (w *World) nameOf(p party, d *draw) string {
	if p.class == person {
		return personNames(d)[0]
	}
	return p.names(d)[0]
}

// names are place, brand, trade and form, in Chinese and English.
func (p *party) names(d *draw) []string {
	brandZH, brandEN := brand(d, 3)
	f, tradeZH, tradeEN := companyForms, p.trade.zh, " "+p.trade.en
	switch p.class {
	case cooperative:
		return []string{p.place.zh + brandZH + "农产品专业合作社", p.place.en + " " + brandEN + " Farm Products Cooperative"}
	case soleTrader:
		f = soleForms
	case publicBody:
		f, tradeZH, tradeEN = publicOffices, "", ""
	}
	chosen := pickForm(d, f)
	return []string{p.place.zh + brandZH + tradeZH + chosen.zh, p.place.en + " " + brandEN + tradeEN + " " + chosen.en}
}

func personNames(d *draw) []string {
	family := one(d, surnames)
	zh, en := brand(d, 1+d.below(2))
	return []string{family.zh + zh, family.en + " " + en}
}

// brand is a few syllables in a row.
func brand(d *draw, n int) (zh, en string) {
	for i := range n {
		s := one(d, brandSyllables)
		zh += s.zh
		if i == 0 {
			en = string(s.en[0]-'a'+'A') + s.en[1:]
		} else {
			en += s.en
		}
	}
	return zh, en
}

func pickForm(d *draw, forms []form) *form {
	n := d.below(100) // weights are in per cent
	for i := range forms {
		if n < forms[i].weight {
			return &forms[i]
		}
		n -= forms[i].weight
	}
	return &forms[0]
}

// usccAlphabet is the alphabet of GB 32100.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// orgIdentifiers are the unified code and, for some, older and foreign ones.
// Bodies of the unified code are of the block MAY, which is not issued: the
// national series began at MAA in 2021 and uses up a letter a year.
func (w *World) orgIdentifiers(p party) []string {
	body := [8]byte{'M', 'A', 'Y'}
	n := w.bodies.of(p.index)
	for i := 7; i > 2; i-- {
		body[i] = usccAlphabet[n%31]
		n /= 31
	}
	registrar, kind := byte('9'), byte('1')
	switch p.class {
	case cooperative:
		kind = '3'
	case soleTrader:
		kind = '2'
	case publicBody:
		registrar = '1'
	}
	out := []string{must(ident.USCCFrom(registrar, kind, p.place.code, string(body[:])))}
	if p.class != company {
		return out
	}
	if p.index%regEvery == 0 {
		// The sequence of domestic firms begins with 0 to 3.
		out = append(out, must(ident.RegFrom(p.place.code+"3"+digits(w.sequences.of(p.index), 7))))
	}
	if p.index%leiEvery == 0 {
		// No issuer has the prefix SYN0.
		out = append(out, must(ident.LEIFrom("SYN000"+digits(w.sequences.of(p.index), 12))))
	}
	return out
}

// citizen is the number and birth date of a person born in the 1800s, in the
// region of the whole of Beijing, for whom no number was ever issued.
func (w *World) citizen(i int) (id, born string) {
	n := w.citizens.of(i)
	sequence, day := n%1000, n/1000
	date := standing.Instant(firstBirth + int64(day)*86400).Time()
	y, m, d := date.Date()
	text := digits(y, 4) + digits(int(m), 2) + digits(d, 2)
	return must(ident.CitizenFrom("110000" + text + digits(sequence, 3))), text[:4] + "-" + text[4:6] + "-" + text[6:]
}

// Birth dates run from 1800-01-01 over 99 years.
const (
	firstBirth = -5364662400
	birthDays  = 36_159
)

// digits writes n with leading zeros; n has at most that many digits.
func digits(n, width int) string {
	var b [12]byte
	for i := width - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:width])
}

// must is for identifiers whose parts are of this package's making.
func must(id ident.Identifier, err error) string {
	if err != nil {
		panic("synth: made a broken identifier: " + err.Error())
	}
	return id.String()
}
