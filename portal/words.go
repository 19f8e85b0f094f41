package portal

import (
	"embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/activity"
)

//go:embed text/*.json
var texts embed.FS

// words is one language.
type words struct {
	lang       string // as the register's texts name it: en, zh
	tag        string // as HTML names it: en, zh-Hans
	text       map[string]string
	activities []group
}

// languages reads the catalogues. The first language is the one for whoever
// reads none of them.
func languages() []*words {
	all := []*words{{lang: "en", tag: "en"}, {lang: "zh", tag: "zh-Hans"}}
	for _, w := range all {
		raw, err := texts.ReadFile("text/" + w.lang + ".json")
		if err == nil {
			err = json.Unmarshal(raw, &w.text)
		}
		if err != nil {
			panic("portal: text/" + w.lang + ".json: " + err.Error()) // embedded: a test would have said so
		}
		w.activities = w.groups()
	}
	return all
}

// choose takes the language that was asked for, else the one that the reader
// likes best (RFC 9110, 12.5.4; a tag stands for its first subtag).
func choose(langs []*words, asked, accept string) (w *words, chosen bool) {
	for _, w := range langs {
		if w.lang == asked {
			return w, true
		}
	}
	best, weight := langs[0], 0.0
	for _, part := range strings.Split(accept, ",") {
		tag, q, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		v := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(q), "q="); ok {
			v, _ = strconv.ParseFloat(q, 64)
		}
		for _, w := range langs {
			if w.lang == primary && v > weight {
				best, weight = w, v
			}
		}
	}
	return best, false
}

// T is the text of a key with {0}, {1} ... filled in. A key that is not there
// shows itself; a test finds it first.
func (w *words) T(key string, args ...string) string {
	s, ok := w.text[key]
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

// or is the text of a key whose second part comes from the register, which may
// know more than the catalogue: then that part shows itself.
func (w *words) or(prefix, code string) string {
	if s, ok := w.text[prefix+code]; ok {
		return s
	}
	return code
}

// pick takes a text of the register in this language, else in another, and says
// in which, "" for this one.
func (w *words) pick(m map[string]string) (text, lang string) {
	if s := m[w.lang]; s != "" {
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

// say is pick without saying in which language.
func (w *words) say(m map[string]string) string {
	s, _ := w.pick(m)
	return s
}

// date prints an instant: the day in UTC, and the time of day unless it is
// midnight.
func (w *words) date(i standing.Instant) string {
	if i == 0 || i == standing.Forever {
		return "–"
	}
	t := i.Time()
	layout := "2 January 2006"
	if w.lang == "zh" {
		layout = "2006年1月2日"
	}
	if t.Truncate(24 * time.Hour).Equal(t) {
		return t.Format(layout)
	}
	return w.T("time.utc", t.Format(layout+" 15:04"))
}

// civil prints a date of the register's texts, 2006-01-02.
func (w *words) civil(s string) string {
	i, err := standing.ParseInstant(s)
	if err != nil || i == 0 {
		return s
	}
	return w.date(i)
}

// sum prints a decimal amount with thousands set apart.
func sum(amount, currency string) string {
	whole, rest, _ := strings.Cut(amount, ".")
	for _, c := range whole {
		if c < '0' || c > '9' {
			return strings.TrimSpace(amount + " " + currency)
		}
	}
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if rest != "" {
		b.WriteString("." + rest)
	}
	return strings.TrimSpace(b.String() + " " + currency)
}

// place prints a region with what it lies in.
func (w *words) place(id string) string {
	switch id {
	case "":
		return w.T("answer.anywhere")
	case string(region.World):
		return w.T("answer.world")
	}
	var names []string
	for at, ok := region.ID(id), true; ok && at != region.World && at != ""; at, ok = at.Parent() {
		names = append(names, region.Name(at, w.lang))
	}
	if w.lang == "zh" {
		slices.Reverse(names)
		return strings.Join(names, "")
	}
	return strings.Join(names, ", ")
}

// activity is the title of a leaf.
func (w *words) activity(id string) string { return activity.Title(id, w.lang) }

// scheme is the name of an identifier scheme.
func (w *words) scheme(code string) string {
	info, ok := ident.Lookup(ident.Scheme(code))
	switch {
	case code == "name":
		return w.T("form.scheme.exact")
	case !ok:
		return code
	case w.lang == "zh":
		return info.NameZH
	}
	return info.Name
}
