// Package charter holds what no rulebook, act or programme can override: 13
// articles, a file each, with text in English and Chinese, the reason, and the
// clauses by which it is held.
//
// Two questions are asked of it. [CheckRulebook] judges a text before it can
// be compiled; [CheckAct] judges an act before it is recorded. Both read plain
// structs, never stop at the first violation and return them sorted:
//
//	if vs := charter.CheckAct(facts); len(vs) > 0 {
//		return charter.AsError(vs)
//	}
//
// What helps a party is never refused by the articles that guard the way into
// a listing: they look only at acts that make, prolong or restore an effect.
// Where an article is held by the shape of the software and not by a check, its
// clause says where ([Clause.Held]).
package charter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

// Where a clause is held.
const (
	InRulebook = "rulebook" // by CheckRulebook
	AtAct      = "act"      // by CheckAct
	InBoth     = "rulebook and act"
)

// Article is one article of the charter. The maps are by language tag: "en",
// "zh".
type Article struct {
	Number  int
	Title   map[string]string
	Text    map[string]string
	Reason  map[string]string
	Clauses []Clause
}

// Clause is one testable sentence of an article.
type Clause struct {
	ID   string // "4.2"
	Text map[string]string
	Held string // InRulebook, AtAct, InBoth, or where else in words
}

// Violation is one breach of one clause.
type Violation struct {
	Article int
	Clause  string // "4.2"
	Where   string // path in the rulebook, or kind and case of the act
	What    string // what is wrong
	Do      string // what to do about it
}

// Error says where, what, under which clause, and what to do.
func (v Violation) Error() string { return v.Say(func(english string) string { return english }) }

// Say is Error in the language into which translate turns what and do.
func (v Violation) Say(translate func(string) string) string {
	s := v.Where + ": " + translate(v.What) + " [charter " + v.Clause + "]"
	if v.Do != "" {
		s += ": " + translate(v.Do)
	}
	return s
}

// AsError turns violations into one refusal that names them all, the first as
// its rule; nil when there are none.
func AsError(vs []Violation) error {
	if len(vs) == 0 {
		return nil
	}
	vs = slices.Clone(vs)
	slices.SortFunc(vs, compare)
	first := vs[0]
	if len(vs) == 1 {
		return standing.RefusedBy("charter "+first.Clause, first.Do, "%s: %s", first.Where, standing.Told(first.What))
	}
	return standing.RefusedBy("charter "+first.Clause, "correct every one of them", "%d violations of the charter: %s", len(vs), violations(vs))
}

// violations are several in one line.
type violations []Violation

func (vs violations) String() string { return vs.Say(func(english string) string { return english }) }

// Say is the line in another language.
func (vs violations) Say(translate func(string) string) string {
	lines := make([]string, len(vs))
	for i, v := range vs {
		lines[i] = v.Say(translate)
	}
	return strings.Join(lines, "; ")
}

// norm is an article as the package uses it: its text and its two checks,
// either of which may be nil.
type norm struct {
	text     func() Article
	rulebook func(*Proposal, *report)
	act      func(*Facts, *report)
}

// norms is the charter: every article, in order, and nothing registers itself.
func norms() [13]norm {
	return [13]norm{
		{groundText, groundInRulebook, groundAtAct},
		{noticeText, noticeInRulebook, noticeAtAct},
		{endText, endInRulebook, endAtAct},
		{measureText, measureInRulebook, measureAtAct},
		{scoringText, scoringInRulebook, nil},
		{dataText, dataInRulebook, dataAtAct},
		{essentialsText, essentialsInRulebook, nil},
		{minorsText, minorsInRulebook, minorsAtAct},
		{conductText, conductInRulebook, conductAtAct},
		{reasonsText, reasonsInRulebook, reasonsAtAct},
		{looksText, looksInRulebook, looksAtAct},
		{everyoneText, everyoneInRulebook, everyoneAtAct},
		{silenceText, silenceInRulebook, silenceAtAct},
	}
}

// Articles returns a fresh copy of the charter's text.
func Articles() []Article {
	var out []Article
	for _, n := range norms() {
		out = append(out, n.text())
	}
	return out
}

// CheckRulebook returns every violation in what a rulebook or programme says,
// sorted by clause, then by place.
func CheckRulebook(p Proposal) []Violation {
	var r report
	for i, n := range norms() {
		if n.rulebook != nil {
			r.article = i + 1
			n.rulebook(&p, &r)
		}
	}
	return r.sorted()
}

// CheckAct returns every violation in an act that is about to be recorded,
// sorted by clause. It does not ask whether the signature is sound or the
// key in force: that is the clerk's.
func CheckAct(f Facts) []Violation {
	var r report
	if f.Act == nil {
		r.article = 13
		r.add(1, "act", "state the act", "there is no act to judge")
		return r.sorted()
	}
	r.where = f.Act.Kind.String() + " of case " + f.Act.Case.String()
	for i, n := range norms() {
		if n.act != nil {
			r.article = i + 1
			n.act(&f, &r)
		}
	}
	return r.sorted()
}

// report collects violations of the article that is being checked.
type report struct {
	article int
	where   string // of an act, when where is ""
	found   []Violation
}

func (r *report) add(clause int, where, do, format string, args ...any) {
	if where == "" {
		where = r.where
	}
	r.found = append(r.found, Violation{r.article, fmt.Sprintf("%d.%d", r.article, clause), where, fmt.Sprintf(format, args...), do})
}

func (r *report) sorted() []Violation {
	slices.SortFunc(r.found, compare)
	return slices.Compact(r.found)
}

// compare orders violations by article, clause (no article has ten), place and
// text.
func compare(a, b Violation) int {
	return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Clause, b.Clause), cmp.Compare(a.Where, b.Where), cmp.Compare(a.What, b.What))
}

func text(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }

func clause(id, held, en, zh string) Clause { return Clause{id, text(en, zh), held} }
