// Package lang holds what the register says to people, in every language: one
// JSON file a language, keys to texts with {0}, {1} ... for what is filled in.
// The pages, the problem documents and the command line all speak from it.
//
//	c := lang.All().Choose("", "zh-CN,zh;q=0.9")
//	c.T("verdict.clear")
//
// Beside the texts with keys there is what the program says in errors and on the
// command line: there the English stands in the source, and a language's file has
// it under "messages", by the English text or format.
//
// A further language is one more file beside en.json, named by its language, with
// the keys that en.json has and the messages that zh.json has; its own name stands
// under "lang.name", its HTML tag under "lang.tag". A test says what is missing.
package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
)

//go:embed *.json
var files embed.FS

// Catalogue is one language. It is immutable and safe for concurrent use.
type Catalogue struct {
	Lang string            // as the register's texts name it: en, zh
	Tag  string            // as HTML names it: en, zh-Hans
	text map[string]string // by key

	english  map[string]string // for keys that are not in text
	messages map[string]string // English text or format: this language's; nil for English
	forms    func() []form     // the messages' formats, longest first
}

// Languages are all languages that there are; the first is the one for whoever
// reads none of them.
type Languages []*Catalogue

// All reads the catalogues: English first, the others in order of their names.
func All() Languages {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("lang: " + err.Error()) // embedded
	}
	var all Languages
	for _, e := range entries {
		c := &Catalogue{Lang: strings.TrimSuffix(e.Name(), ".json")}
		raw, err := files.ReadFile(e.Name())
		if err == nil {
			err = c.read(raw)
		}
		if err != nil {
			panic("lang: " + e.Name() + ": " + err.Error()) // embedded: a test would have said so
		}
		c.Tag = c.text["lang.tag"]
		if c.Lang == "en" {
			all = slices.Insert(all, 0, c)
		} else {
			all = append(all, c)
		}
	}
	for _, c := range all[1:] {
		c.english = all[0].text
	}
	return all
}

// read reads a catalogue's file: texts by key and, under "messages", what the
// program says, by the English.
func (c *Catalogue) read(raw []byte) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	c.text = make(map[string]string, len(parts))
	for key, part := range parts {
		into := any(&c.messages)
		var text string
		if key != "messages" {
			into = &text
		}
		if err := json.Unmarshal(part, into); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if key != "messages" {
			c.text[key] = text
		}
	}
	c.forms = sync.OnceValue(func() []form { return newForms(c.messages) })
	return nil
}

// Named finds a language; nil when there is none of the name.
func (all Languages) Named(name string) *Catalogue {
	for _, c := range all {
		if c.Lang == name {
			return c
		}
	}
	return nil
}

// Choose takes the language that was asked for, else the one that the reader
// likes best (RFC 9110, 12.5.4; a tag stands for its first subtag). Asked says
// that it was asked for.
func (all Languages) Choose(name, accept string) (c *Catalogue, asked bool) {
	if c := all.Named(name); c != nil {
		return c, true
	}
	best, weight := all[0], 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, q, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		v := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(q), "q="); ok {
			v, _ = strconv.ParseFloat(q, 64)
		}
		for _, c := range all {
			if c.Lang == primary && v > weight {
				best, weight = c, v
			}
		}
	}
	return best, false
}

// Has reports whether there is a text under the key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.find(key)
	return ok
}

// Keys are the keys of the catalogue, in order.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.text)) }

// find finds a text, the English one where the language has none.
func (c *Catalogue) find(key string) (string, bool) {
	if s, ok := c.text[key]; ok {
		return s, true
	}
	s, ok := c.english[key]
	return s, ok
}

// T is the text of a key with {0}, {1} ... filled in, in English where the
// language has none. A key that is nowhere shows itself; a test finds it first.
func (c *Catalogue) T(key string, args ...string) string {
	s, ok := c.find(key)
	if !ok {
		return key
	}
	if len(args) == 0 {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// N is the text of a key that counts: under key.one, key.two, key.few and so on as
// the language has forms for such a number (Unicode CLDR, plural rules), else
// under key.many. {0} is the number, with thousands set apart.
func (c *Catalogue) N(key string, n int) string {
	form := map[plural.Form]string{plural.Zero: ".zero", plural.One: ".one", plural.Two: ".two", plural.Few: ".few"}[plural.Cardinal.MatchPlural(language.Make(c.Tag), n, 0, 0, 0, 0)]
	if form == "" || !c.Has(key+form) {
		form = ".many"
	}
	return c.T(key+form, Sum(strconv.Itoa(n), ""))
}

// Or is the text of a key whose second part comes from the register, which may
// know more than the catalogue: then that part shows itself.
func (c *Catalogue) Or(prefix, code string) string {
	if s, ok := c.find(prefix + code); ok {
		return s
	}
	return code
}

// Pick takes a text of the register in this language, else in another, and says
// in which, "" for this one.
func (c *Catalogue) Pick(m map[string]string) (text, lang string) {
	if s := m[c.Lang]; s != "" {
		return s, ""
	}
	if s := m["en"]; s != "" {
		return s, "en"
	}
	rest := make([]string, 0, len(m))
	for lang := range m {
		rest = append(rest, lang)
	}
	slices.Sort(rest)
	for _, lang := range rest {
		if m[lang] != "" {
			return m[lang], lang
		}
	}
	return "", ""
}

// Say is Pick without saying in which language.
func (c *Catalogue) Say(m map[string]string) string {
	s, _ := c.Pick(m)
	return s
}

// Date prints an instant: the day in UTC, and the time of day unless it is
// midnight.
func (c *Catalogue) Date(i standing.Instant) string {
	if i == 0 || i == standing.Forever {
		return "–"
	}
	t := i.Time()
	day := c.T("lang.date", strconv.Itoa(t.Year()), c.month(t.Month()), strconv.Itoa(t.Day()))
	if t.Truncate(24 * time.Hour).Equal(t) {
		return day
	}
	return c.T("time.utc", day+t.Format(" 15:04"))
}

// month is a month as dates have it: "lang.months" has twelve, with commas.
func (c *Catalogue) month(m time.Month) string {
	names := strings.Split(c.T("lang.months"), ",")
	if len(names) != 12 {
		return strconv.Itoa(int(m))
	}
	return names[m-1]
}

// Civil prints a date of the register's texts, 2006-01-02.
func (c *Catalogue) Civil(s string) string {
	i, err := standing.ParseInstant(s)
	if err != nil || i == 0 {
		return s
	}
	return c.Date(i)
}

// Sum prints a decimal amount with thousands set apart.
func Sum(amount, currency string) string {
	whole, rest, _ := strings.Cut(amount, ".")
	for _, r := range whole {
		if r < '0' || r > '9' {
			return strings.TrimSpace(amount + " " + currency)
		}
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return strings.TrimSpace(b.String() + " " + currency)
}

// Place prints a region with what it lies in.
func (c *Catalogue) Place(id string) string {
	switch id {
	case "":
		return c.T("answer.anywhere")
	case string(region.World):
		return c.T("answer.world")
	}
	place := ""
	for at, ok := region.ID(id), true; ok && at != region.World && at != ""; at, ok = at.Parent() {
		name := region.Name(at, c.Lang)
		if place != "" {
			name = c.T("lang.place", place, name)
		}
		place = name
	}
	return place
}

// Scheme is the name of an identifier scheme.
func (c *Catalogue) Scheme(code string) string {
	info, ok := ident.Lookup(ident.Scheme(code))
	switch {
	case code == "name":
		return c.T("form.scheme.exact")
	case !ok:
		return code
	case c.Lang == "zh":
		return info.NameZH
	}
	return info.Name
}
