// Package form knows the legal forms in the names of firms, in some seventy
// countries, and which of them are alike:
//
//	p := form.Split(fold.Text("ООО «Ромашка»"))    // p.Core == "ромашка"
//	q := form.Split(fold.Text("Romashka Co., Ltd.")) // q.Core == "romashka"
//	p.Kinds().Alike(q.Kinds())                       // true: 有限责任公司, LLC, GmbH, ... too
//
// A form is a hint, not an identity: registers translate them as they like ("Co.,
// Ltd." is printed for both kinds of Chinese company), so each spelling carries
// every kind that it may be. A branch is not its parent: see [Parent].
//
// The data is forms.txt, a line for each country and kind.
package form

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

// Kind is a set of kinds of legal form.
type Kind uint16

// The kinds, as far as countries share them.
const (
	Limited            Kind = 1 << iota // liable with the share; shares are not traded
	Stock                               // shares may be traded
	Partnership                         // partners are liable
	LimitedPartnership                  // some of them are
	Cooperative
	Foundation
	Association
	State
	Sole   // one person
	Branch // a part of another
	Office // a part of another that does no business

	Company = Limited | Stock | Partnership | LimitedPartnership // words that say no more
)

// Alike reports whether two names may have the same kind of form; where one has
// none, nothing speaks against it, except for a branch.
func (k Kind) Alike(other Kind) bool {
	const part = Branch | Office
	if k&part != other&part {
		return false
	}
	k, other = k&^part, other&^part
	return k == 0 || other == 0 || k&other != 0
}

// Form is what the words of a legal form mean.
type Form struct {
	Kinds     Kind
	Countries []string // ISO 3166 alpha-2, "EU"; none if the words say no country
}

// Found is a form in a name.
type Found struct {
	Form
	Text string // folded
}

// Parts is a name taken apart.
type Parts struct {
	Core     string // without its forms; never empty unless the name is
	From, To int    // of Core in the name, in bytes
	Forms    []Found
}

// Kinds is what the forms are together: those of a branch and its parent's.
func (p Parts) Kinds() Kind {
	var k Kind
	for _, f := range p.Forms {
		k |= f.Kinds
	}
	return k
}

// Split takes the form at the end of a folded name off, and one at the beginning
// where forms stand there.
func Split(folded string) Parts {
	p := Parts{To: len(folded)}
	for {
		f, at := all.last(folded[:p.To])
		if at == 0 || f.Text == "" {
			break
		}
		p.To = len(strings.TrimRight(folded[:at], " "))
		p.Forms = append(p.Forms, f)
		if f.Kinds&(Branch|Office) == 0 {
			break
		}
	}
	if f, end := all.firstOf(folded[:p.To]); end > 0 {
		p.From = end
		p.Forms = append(p.Forms, f)
	}
	p.Core = folded[p.From:p.To]
	return p
}

// Parent returns whose branch or office a folded name says it is, and which one:
// "威海建设集团股份有限公司" and "城阳" of "威海建设集团股份有限公司城阳分公司", the same
// for "Chengyang Branch of Weihai Construction Group Co Ltd". ok is false if it
// is none, or does not say.
func Parent(folded string) (parent, branch string, ok bool) {
	if before, after, found := strings.Cut(folded, " of "); found {
		if f, at := all.last(before); at > 0 && f.Kinds&(Branch|Office) != 0 && strings.TrimSpace(after) != "" {
			return after, strings.TrimSpace(before[:at]), true
		}
	}
	f, at := all.last(folded)
	if f.Text == "" || at == 0 || f.Kinds&(Branch|Office) == 0 {
		return "", "", false
	}
	for i := at; i > 0; i-- {
		if i < len(folded) && folded[i] != ' ' && (!startsRune(folded[i]) || !fold.Starts([]byte(folded), i)) {
			continue
		}
		head := folded[:i]
		if inner, from := all.last(head); from > 0 && inner.Kinds&Company != 0 && inner.Kinds&Branch == 0 || strings.HasSuffix(head, "银行") || strings.HasSuffix(head, " bank") {
			return head, strings.TrimSpace(folded[i:at]), true
		}
	}
	return "", "", false
}

func startsRune(c byte) bool { return c&0xC0 != 0x80 }

//go:embed forms.txt
var data string

// table is forms by their folded spellings.
type table struct {
	forms   map[string]*Form
	leading map[string]bool // that may begin a name
	longest int             // bytes
}

var all = mustParse(data)

func mustParse(data string) *table {
	t, err := parse(data)
	if err != nil {
		panic(err) // a test sees to it that it is not
	}
	return t
}

var kinds = map[string]Kind{
	"limited": Limited, "stock": Stock, "partnership": Partnership, "lp": LimitedPartnership, "cooperative": Cooperative, "foundation": Foundation,
	"association": Association, "state": State, "sole": Sole, "branch": Branch, "office": Office, "company": Company,
}

// parse reads lines "CN limited,stock | 有限公司; ^spelling", see forms.txt.
func parse(data string) (*table, error) {
	t := &table{forms: map[string]*Form{}, leading: map[string]bool{}}
	number := 0
	for line := range strings.Lines(data) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, spellings, ok := strings.Cut(line, "|")
		country, kindNames, ok2 := strings.Cut(strings.TrimSpace(head), " ")
		if !ok || !ok2 {
			return nil, fmt.Errorf("forms.txt:%d: not \"country kinds | spelling; spelling\"", number)
		}
		var k Kind
		for name := range strings.SplitSeq(kindNames, ",") {
			if kinds[name] == 0 {
				return nil, fmt.Errorf("forms.txt:%d: no kind %q", number, name)
			}
			k |= kinds[name]
		}
		for spelling := range strings.SplitSeq(spellings, ";") {
			if err := t.add(country, k, strings.TrimSpace(spelling)); err != nil {
				return nil, fmt.Errorf("forms.txt:%d: %w", number, err)
			}
		}
	}
	return t, nil
}

func (t *table) add(country string, k Kind, spelling string) error {
	spelling, leading := strings.CutPrefix(spelling, "^")
	key := squeeze(fold.Text(spelling))
	if key == "" {
		return fmt.Errorf("the spelling %q is empty", spelling)
	}
	f := t.forms[key]
	if f == nil {
		f = &Form{}
		t.forms[key] = f
		t.longest = max(t.longest, len(key))
	}
	f.Kinds |= k
	if country != "*" && (len(f.Countries) == 0 || f.Countries[len(f.Countries)-1] != country) {
		f.Countries = append(f.Countries, country)
	}
	if leading {
		t.leading[key] = true
	}
	return nil
}

// squeeze joins single letters: "s a de c v" is "sa de cv", however it was printed.
func squeeze(s string) string {
	var b strings.Builder
	from, single := 0, false // of the word; whether the one before was a letter
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != ' ' {
			continue
		}
		letter := utf8.RuneCountInString(s[from:i]) == 1
		if b.Len() > 0 && !(letter && single) {
			b.WriteByte(' ')
		}
		b.WriteString(s[from:i])
		from, single = i+1, letter
	}
	return b.String()
}

// last returns the longest form at the end of a name and where it begins.
func (t *table) last(folded string) (Found, int) {
	text := []byte(folded)
	for i := max(0, len(text)-t.longest-8); i < len(text); i++ {
		if text[i] == ' ' || !startsRune(text[i]) || !fold.Starts(text, i) {
			continue
		}
		if f, ok := t.forms[squeeze(folded[i:])]; ok {
			return Found{*f, folded[i:]}, i
		}
	}
	return Found{}, 0
}

// firstOf returns the longest form at the beginning of a name, and where what
// follows it begins; 0 if nothing would.
func (t *table) firstOf(folded string) (Found, int) {
	text := []byte(folded)
	for i := min(len(text)-1, t.longest+8); i > 0; i-- {
		if text[i] != ' ' && (!startsRune(text[i]) || !fold.Starts(text, i) || text[i-1] == ' ') {
			continue
		}
		key := squeeze(folded[:i])
		if f, ok := t.forms[key]; ok && t.leading[key] {
			end := i
			if text[i] == ' ' {
				end++
			}
			return Found{*f, folded[:i]}, end
		}
	}
	return Found{}, 0
}
