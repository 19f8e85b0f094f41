package public

import (
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/match/fold"
)

// identity is who is meant, in one string: country, address, number of names,
// names, identifiers, each ended by a NUL. A register of millions would spend
// more on slices and headers than on what they say.
type identity string

// pack leaves out what has no place on the public face: identifiers of natural
// persons and birth dates.
func pack(who *standing.Identity) identity {
	var b strings.Builder
	item := func(s string) {
		b.WriteString(strings.ReplaceAll(s, "\x00", ""))
		b.WriteByte(0)
	}
	item(who.Country)
	item(who.Address)
	names := who.Names[:min(len(who.Names), 255)]
	b.WriteByte(byte(len(names)))
	for _, n := range names {
		item(n)
	}
	for _, text := range who.Identifiers {
		if id, err := ident.Parse(text); err != nil || !id.Personal() {
			item(text)
		}
	}
	return identity(b.String())
}

func (p identity) open() (country, address string, names, identifiers []string) {
	s := string(p)
	next := func() string {
		item, rest, _ := strings.Cut(s, "\x00")
		s = rest
		return item
	}
	country, address = next(), next()
	n := int(s[0])
	s = s[1:]
	names = make([]string, n)
	for i := range names {
		names[i] = next()
	}
	for s != "" {
		identifiers = append(identifiers, next())
	}
	return country, address, names, identifiers
}

// texts are the names and identifiers of a party: those of its records, then
// those of its entries, each once.
func (p *party) texts() (names, identifiers []string) {
	add := func(who identity) {
		_, _, n, i := who.open()
		names, identifiers = union(names, n), union(identifiers, i)
	}
	for i := range p.facts {
		add(p.facts[i].who)
	}
	for _, e := range p.entries {
		add(e.who)
	}
	return names, identifiers
}

func union(all, more []string) []string {
next:
	for _, s := range more {
		for _, o := range all {
			if o == s {
				continue next
			}
		}
		all = append(all, s)
	}
	return all
}

// values are identifiers as people type them, without their scheme.
func values(identifiers []string) []string {
	out := make([]string, len(identifiers))
	for i, id := range identifiers {
		_, out[i], _ = strings.Cut(id, ":")
	}
	return out
}

// sortKey is what parties are ordered by: their first name as it is compared.
func sortKey(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return shorten(fold.Text(names[0]), 24)
}

// shorten cuts a text between two characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.Clone(s[:n])
}
