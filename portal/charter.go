package portal

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
)

// tryingView is an example on a page, as it is or as somebody changed it.
type tryingView struct {
	example
	text   string
	result *trial // nil before it is tried
	open   bool   // it is what the reader asked for
}

// maxFindings is how many findings of one text a page shows.
const maxFindings = 20

func (c *catalogue) charterPage(p *page, _ *http.Request) (*reply, error) {
	c.begin(p, "/charter", p.T("charter.title"))
	first := map[int]tryingView{}
	for _, e := range c.examples {
		if _, ok := first[e.article]; !ok {
			first[e.article] = tryingView{example: e, text: e.wrong}
		}
	}
	return &reply{body: charterView(p, charter.Articles(), first)}, nil
}

// articlePage shows an article, and what came of a text that was tried.
func (c *catalogue) articlePage(p *page, r *http.Request) (*reply, error) {
	articles := charter.Articles()
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || number < 1 || number > len(articles) {
		return nil, notFound("the charter has %d articles; %.20q is none of them", len(articles), r.PathValue("number"))
	}
	var views []tryingView
	for _, e := range c.examples {
		if e.article == number {
			views = append(views, tryingView{example: e, text: e.wrong})
		}
	}
	if err := c.tryOn(views, r); err != nil {
		return nil, err
	}
	c.begin(p, "/charter", p.T("charter.article", strconv.Itoa(number))+p.T("list.colon")+p.Say(articles[number-1].Title))
	return &reply{body: articleView(p, &articles[number-1], len(articles), views)}, nil
}

// tryOn tries the text that a form sends on one of the examples; a request that
// sends none leaves them as they are.
func (c *catalogue) tryOn(views []tryingView, r *http.Request) error {
	if r.Body != nil {
		r.Body = http.MaxBytesReader(nil, r.Body, 4*maxTrial) // a form writes what is no letter in three bytes
	}
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return standing.Errorf(standing.TooLarge, "the text is longer than %d bytes", maxTrial)
		}
		return standing.Errorf(standing.Invalid, "the form cannot be read")
	}
	id := r.Form.Get("example")
	if id == "" {
		return nil
	}
	at := slices.IndexFunc(views, func(v tryingView) bool { return v.id == id })
	if at < 0 {
		return notFound("this article has no example %.40q", id)
	}
	v := &views[at]
	v.open = true
	switch r.Form.Get("do") {
	case "again":
		return nil
	case "right":
		v.text = v.right
	default:
		if r.Form.Has("text") {
			v.text = r.Form.Get("text")
		}
	}
	if !utf8.ValidString(v.text) {
		v.text = ""
		return standing.Errorf(standing.Invalid, "the text is not valid UTF-8")
	}
	leave, err := c.slot(r)
	if err != nil {
		return err
	}
	defer leave()
	v.result, err = try(v.kind, v.text)
	return err
}

// verdictOf is how a result is called: passes, refused by the charter, or not
// understood.
func (t *trial) verdict() string {
	switch {
	case t.passes():
		return "passes"
	case slices.ContainsFunc(t.found, func(f finding) bool { return f.article > 0 }):
		return "refused"
	}
	return "unread"
}

// articles are the articles that a text breaks, in order.
func (t *trial) articles() []int {
	var out []int
	for _, f := range t.found {
		if f.article > 0 && !slices.Contains(out, f.article) {
			out = append(out, f.article)
		}
	}
	slices.Sort(out)
	return out
}

// shown are the findings that a page has room for.
func (t *trial) shown() []finding { return t.found[:min(len(t.found), maxFindings)] }

// articleTitle is "Article 7: Essentials".
func (p *page) articleTitle(number int) string {
	s := p.T("charter.article", strconv.Itoa(number))
	for _, a := range charter.Articles() {
		if a.Number == number {
			s += p.T("list.colon") + p.Say(a.Title)
		}
	}
	return s
}

// articleTitles are several articles in a sentence.
func (p *page) articleTitles(numbers []int) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = p.articleTitle(n)
	}
	return strings.Join(out, p.T("list.semicolon"))
}

// clauseText is a clause in the language of the page.
func (p *page) clauseText(id string) string {
	for _, a := range charter.Articles() {
		for _, c := range a.Clauses {
			if c.ID == id {
				return p.Say(c.Text)
			}
		}
	}
	return ""
}

// held says where a clause is held.
func (p *page) held(c *charter.Clause) string {
	switch c.Held {
	case charter.InRulebook:
		return p.T("charter.held.rulebook")
	case charter.AtAct:
		return p.T("charter.held.act")
	case charter.InBoth:
		return p.T("charter.held.both")
	}
	return p.T("charter.held.shape")
}

// placeIn is where in a text something is wrong; of an act, its kind.
func (f *finding) placeIn() string {
	where, _, _ := strings.Cut(f.where, " of case ")
	return where
}

func articleAddress(number int) string { return "/charter/" + strconv.Itoa(number) }

// rows is how high the field for a text is: all of it, within reason.
func rows(text string) string {
	return strconv.Itoa(min(max(strings.Count(text, "\n")+1, 4), 24))
}
