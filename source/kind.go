package source

import (
	"cmp"
	_ "embed"
	"strings"
	"unicode"
)

//go:embed tables/forms.txt
var formsText string

// forms is the table of what a name tells about the kind of its bearer. The
// rules are explained in tables/forms.txt.
type forms struct {
	byFirst map[string][]form // by the first token of the form
	inside  []form
}

type form struct {
	rule   string
	tokens []string
	in     string // jurisdictions, each with a space before and after
}

// Names tells kinds of parties by their names: legal forms, words of organisations
// and public bodies, titles. It is immutable.
type Names struct{ forms *forms }

// NewNames reads the table of forms.
func NewNames() *Names { return &Names{newForms()} }

// Kind is the kind that a name tells, and which word of it does; Unknown when none
// does. The country, two letters or none, decides where a form means something in
// some countries only.
func (n *Names) Kind(name, country string) (Kind, string) {
	return n.forms.read(name, country).kind()
}

func newForms() *forms {
	f := &forms{byFirst: map[string][]form{}}
	for _, row := range strings.Split(formsText, "\n") {
		rule, rest, ok := strings.Cut(row, "|")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		text, in, _ := strings.Cut(rest, "|")
		entry := form{rule: rule, in: " " + in + " "}
		if strings.IndexFunc(text, noSpaces) >= 0 {
			entry.tokens = []string{text}
			f.inside = append(f.inside, entry)
			continue
		}
		for _, t := range tokenise(text) {
			entry.tokens = append(entry.tokens, t.text)
		}
		f.byFirst[entry.tokens[0]] = append(f.byFirst[entry.tokens[0]], entry)
	}
	return f
}

// noSpaces tells the letters of scripts that do not (always) separate words.
func noSpaces(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Arabic, unicode.Hebrew)
}

// token is a word of a name, in capitals without diacritics.
type token struct {
	text   string
	dotted bool // printed with a full stop
}

// tokenise splits a name into tokens. A word with full stops inside is one
// abbreviation if each part has at most two letters (S.A., d.o.o.), else several
// words (Pvt.Ltd.).
func tokenise(name string) []token {
	var list []token
	words := strings.FieldsFunc(plain(name), func(r rune) bool {
		return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, w := range words {
		parts := strings.FieldsFunc(w, func(r rune) bool { return r == '.' })
		dotted, short := strings.Contains(w, "."), true
		for _, p := range parts {
			short = short && len([]rune(p)) <= 2
		}
		if short && len(parts) > 0 {
			list = append(list, token{strings.Join(parts, ""), dotted})
			continue
		}
		for _, p := range parts {
			list = append(list, token{p, dotted})
		}
	}
	return list
}

// told is what a name tells, by rule: the form found, "" if none.
// elsewhere is a form that stands where its rule wants it, for a party of another
// jurisdiction or of none stated: too little to decide, enough not to contradict.
type told struct{ form, elsewhere, word, public, title, single string }

func (f *forms) read(name, country string) told {
	var t told
	main, _, _ := strings.Cut(name, "(")
	main, _, _ = strings.Cut(main, " - ")
	last := len(tokenise(main)) - 1
	tokens := tokenise(name)
	for i := range tokens {
		for _, c := range f.byFirst[tokens[i].text] {
			if !c.matches(tokens[i:]) || !c.stands(tokens, i, last) {
				continue
			}
			if strings.TrimSpace(c.in) != "" && !strings.Contains(c.in, " "+country+" ") {
				setFirst(&t.elsewhere, c.tokens[0])
				continue
			}
			t.note(c.rule, strings.Join(c.tokens, " "))
		}
	}
	for _, c := range f.inside {
		if strings.Contains(name, c.tokens[0]) {
			t.note(c.rule, c.tokens[0])
		}
	}
	return t
}

func (c form) matches(tokens []token) bool {
	if len(tokens) < len(c.tokens) {
		return false
	}
	for i, want := range c.tokens {
		if tokens[i].text != want {
			return false
		}
	}
	return true
}

// stands reports whether a form that matches at i stands where its rule wants
// it; last is the last token before any bracket.
func (c form) stands(tokens []token, i, last int) bool {
	alone := len(tokens) == len(c.tokens)
	switch c.rule {
	case "last":
		return i > 0 && i+len(c.tokens)-1 == last
	case "first":
		return i == 0 && !alone
	case "dotted":
		return tokens[i].dotted && i > 0
	case "title":
		return i == 0 && !alone
	case "suffix":
		return i > 0 && i == last
	case "form", "word":
		return !alone
	}
	return true
}

// note keeps the first form of each rule.
func (t *told) note(rule, found string) {
	switch rule {
	case "word":
		setFirst(&t.word, found)
	case "public":
		setFirst(&t.public, found)
	case "title", "suffix":
		setFirst(&t.title, found)
	case "single":
		setFirst(&t.single, found)
	default:
		setFirst(&t.form, found)
	}
}

func setFirst(where *string, s string) {
	if *where == "" {
		*where = s
	}
}

// kind decides the kind of a party by its name alone.
func (t told) kind() (Kind, string) {
	switch {
	case t.single != "":
		return Unknown, quoted("one-person business", t.single)
	case t.form != "":
		return Organisation, quoted("legal form", t.form)
	case t.title != "" && t.word+t.public != "":
		return Unknown, quoted("title", t.title) + ", yet " + quoted("word", cmp.Or(t.word, t.public))
	case t.title != "":
		return Person, quoted("title", t.title)
	case t.public != "":
		return PublicBody, quoted("word", t.public)
	case t.word != "":
		return Organisation, quoted("word", t.word)
	}
	return Unknown, "neither the source nor the name tells"
}

// weigh holds what the source states against what the name tells. Where they
// contradict each other the kind is unknown: lists print married couples and
// physicians as companies, and companies as individuals.
func (t told) weigh(stated Kind, by string) (Kind, string) {
	switch {
	case stated == Organisation && t.single != "":
		return Unknown, by + ", yet " + quoted("one-person business", t.single)
	case stated == Organisation && t.title != "" && t.form+t.elsewhere == "":
		return Unknown, by + ", yet " + quoted("title", t.title)
	case stated == Person && t.form != "":
		return Unknown, by + ", yet " + quoted("legal form", t.form)
	}
	return stated, by
}

func quoted(what, s string) string { return what + ` "` + s + `"` }
