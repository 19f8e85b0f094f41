package match

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/form"
	"github.com/openstanding/standing/match/name"
	"github.com/openstanding/standing/match/pinyin"
	"github.com/openstanding/standing/match/trade"
	"github.com/openstanding/standing/match/word"
)

// class is what sort of word a token is; it decides how much it can weigh.
type class uint8

const (
	telling class = iota
	tradeWord
	generic
	place
	number
	joining
	legal
	letter // an initial
	code   // an identifier
	classes
)

// token is a word of a name, or a piece of a row of Chinese characters.
type token struct {
	text   string
	spell  []string // in Latin letters; nil: as text
	class  class
	branch bool // it says which branch
}

// maxTokens is how many words of a name are compared.
const maxTokens = 24

// reading is a name, read.
type reading struct {
	tokens []token
	kinds  form.Kind
	branch bool
	person bool
}

// read reads a name as one of the schema.
func read(text string, schema Schema) reading {
	var r reading
	if schema == Person {
		r.person = true
		r.readPerson(text)
	} else {
		r.readOrganisation(text)
	}
	if len(r.tokens) > maxTokens {
		r.tokens = r.tokens[:maxTokens]
	}
	return r
}

func (r *reading) readOrganisation(text string) {
	o := name.ParseOrganisation(withoutAlias(text))
	r.kinds = o.Kinds
	r.branch = o.Kinds&(form.Branch|form.Office) != 0
	if o.Parent == "" {
		r.words(o.Words, false)
		r.tidy()
		return
	}
	r.branch = true
	parent := name.ParseOrganisation(o.Parent)
	r.words(parent.Words, false)
	r.words(name.ParseOrganisation(o.Branch).Words, true)
	r.kinds |= parent.Kinds
	r.tidy()
}

// tidy joins letters that stand alone (N. V.), knows legal forms that stand
// within a name, and takes what follows one for a place: "Maasland N.V., Delft".
func (r *reading) tidy() {
	out := r.tokens[:0]
	single := false
	for _, t := range r.tokens {
		letter := len(t.text) == 1 && t.text[0] >= 'a' && t.class != number
		if letter && single {
			last := &out[len(out)-1]
			last.text += t.text
			last.class = classOf(last.text)
			continue
		}
		single = letter
		out = append(out, t)
	}
	r.tokens = out
	told := false
	after := false
	for i := range out {
		t := &out[i]
		if i+1 < len(out) && t.text == "joint" && out[i+1].text == "stock" {
			t.class, out[i+1].class = legal, legal
			if i > 0 && openOrClosed[out[i-1].text] {
				out[i-1].class = legal
			}
		}
		if i > 0 && t.class == telling && misspeltForm(t.text) {
			t.class = legal
		}
		switch {
		case t.class == legal:
			after = told
		case t.class == telling && after && !t.branch:
			t.class = place
		case tells(t.class):
			told = true
		}
	}
}

// misspeltForm reports whether a word is nearly a legal form, wherever it stands but first.
func misspeltForm(s string) bool {
	if len(s) < 6 || !isASCII(s) {
		return false
	}
	for _, w := range [...]string{"company", "limited", "corporation", "incorporated"} {
		if distance(s, w, 2) <= 2 {
			return true
		}
	}
	return false
}

var openOrClosed = set("open closed public private limited")

// withoutAlias leaves out a short form that is given in quotation marks after a
// name: Hebei Construction Group Corporation Limited ("Hebei Construction").
func withoutAlias(text string) string {
	t := strings.TrimRight(text, " .")
	end := strings.TrimSuffix(strings.TrimSuffix(t, ")"), "）")
	if len(end) == len(t) {
		return text
	}
	at := strings.LastIndexAny(end, "(（")
	if at <= 0 || !strings.ContainsAny(end[at:], `"“”«»„'’`) {
		return text
	}
	return strings.TrimSpace(end[:at])
}

func (r *reading) words(words []name.Word, branch bool) {
	for _, w := range words {
		if len(r.tokens) >= maxTokens {
			return
		}
		if first, _ := utf8.DecodeRuneInString(w.Text); unicode.Is(unicode.Han, first) && !strings.ContainsFunc(w.Text, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) {
			r.han(w, branch)
			continue
		}
		t := token{text: w.Text, branch: branch}
		if !isASCII(w.Text) {
			t.spell = w.Latin
		}
		t.class = classOf(w.Text)
		if t.class == number {
			t.text, t.spell = plainNumber(w.Text), nil
		}
		r.tokens = append(r.tokens, t)
	}
}

// classOf says what a word of an organisation's name is.
func classOf(text string) class {
	switch {
	case plainNumber(text) != "":
		return number
	case legalWords[text]:
		return legal
	case text == "al" || text == "el" || text == "ul":
		return joining
	}
	switch word.Weigh(text) {
	case word.Generic:
		return generic
	case word.Joining:
		return joining
	}
	switch {
	case len(trade.Ideas(text)) > 0 || len(word.Full(text)) > 0 && len(text) > 2:
		return tradeWord
	case trade.IsPlace(text) || places[text]:
		return place
	}
	return telling
}

var legalWords = set("aktiengesellschaft co corp inc ltd limited llc plc company corporation incorporated gmbh sa ag bv nv jsc ooo oao zao pao srl spa sarl kg ab as oy oyj cv sl ltda sas pte pty bhd sdn tbk pt kk llp lp pjsc ojsc cjsc ojs fze fzco fzc sal rl eood ood doo eurl sasu snc sc srls spzoo cia")

// places are names of states that stand in many names of firms.
var places = set("usa us uk china russia russian germany german france french india indian iran iranian japan japanese korea korean american america canada brasil brazil mexico deutschland " +
	"nederland netherlands international italia italy spain espana turkey turkiye ukraine ukrainian syria syrian iraq cuba cubana colombia hong kong singapore taiwan malaysia thailand vietnam indonesia africa african asia asian europe european " +
	"europa emirates dubai uae pakistan bangladesh nigeria kenya egypt saudi arabia libya moscow beijing shanghai london paris tehran")

// particles stand in the names of persons and say little.
var particles = set("al el bin ben ibn bint bt binti abu abou umm van von der den de del della di da dos das du la le ter ten af av zu y e i ul ud ur oglu ogly kyzy ould mc mac san jr sr colonel general major captain lieutenant col gen lt capt cdr commander brigadier")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// plainNumber is what a number word counts, "2nd", "no5", "iii"; "" if it is none.
func plainNumber(s string) string {
	if s == "" || len(s) > 12 {
		return ""
	}
	switch s {
	case "ii":
		return "2"
	case "iii":
		return "3"
	case "iv":
		return "4"
	}
	if s[0] < '0' || s[0] > '9' {
		return ""
	}
	n := strings.TrimRight(s, "sthndr")
	if n == s || len(s)-len(n) == 2 {
		if _, err := strconv.ParseUint(n, 10, 63); err == nil {
			if n = strings.TrimLeft(n, "0"); n == "" {
				n = "0"
			}
			return n
		}
	}
	return ""
}

// han adds the pieces of a row of Chinese characters.
func (r *reading) han(w name.Word, branch bool) {
	for _, p := range trade.Split(w.Text) {
		t := token{text: p.Text, branch: branch}
		switch p.Kind {
		case trade.Number:
			t.class, t.text = number, strconv.Itoa(trade.Value(p.Text))
		case trade.Place:
			t.class = place
			t.spell = []string{joinedPinyin(p.Text)}
			if en := strings.ReplaceAll(trade.English(p.Text), " ", ""); en != "" && en != t.spell[0] {
				t.spell = append([]string{en}, t.spell...)
			}
		case trade.Trade:
			t.class = tradeWord
			if word.Weigh(p.Text) == word.Generic {
				t.class = generic
			}
			t.spell = []string{joinedPinyin(p.Text)}
		default:
			if form := legalHan[p.Text]; form {
				t.class = legal
			}
			t.spell = []string{joinedPinyin(p.Text)}
		}
		if t.spell != nil && !isASCII(t.spell[0]) {
			t.spell = nil
		}
		r.tokens = append(r.tokens, t)
	}
}

var legalHan = set("有限 有限责任 股份 有限公司 责任 有")

func joinedPinyin(s string) string {
	return strings.ReplaceAll(fold.Text(pinyin.Text(s)), " ", "")
}

func (r *reading) readPerson(text string) {
	p := name.ParsePerson(text)
	for _, w := range p.Words {
		t := token{text: w.Text}
		if !isASCII(w.Text) {
			t.spell = w.Latin
		}
		switch {
		case particles[w.Text]:
			t.class = joining
		case len(w.Text) == 1:
			t.class = letter
		}
		r.tokens = append(r.tokens, t)
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
