package register

import (
	"slices"
	"unicode"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/form"
)

// longestPerson is how many Han characters the name of a natural person has at
// most: two of a double surname, two of a given name.
const longestPerson = 4

// offices are words of public bodies and institutions, which bear no legal form.
var offices = [...]string{"agency", "authority", "bank", "bureau", "city", "commission", "committee", "council", "county", "court", "customs", "department",
	"fund", "government", "hospital", "inspectorate", "institute", "ministry", "municipality", "office", "school", "state", "treasury", "university"}

// organisational reports whether a name can only be an organisation's: by its legal
// form, by a word of an office, or because no person's name in Han characters is so
// long. What may be a person's is taken for one.
func organisational(name string) bool {
	folded := fold.Text(name)
	if len(form.Split(folded).Forms) > 0 {
		return true
	}
	han := 0
	for _, r := range folded {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han > longestPerson {
		return true
	}
	return slices.ContainsFunc(fold.Words(folded), func(w string) bool { return slices.Contains(offices[:], w) })
}

// withoutPersons is a ruling as everybody may see it: a creditor who may be a
// natural person is left out, and where the ruling addresses one, so are its title
// and the words of the obligation, which may name them.
func (c *chain) withoutPersons(out *api.RulingRef) {
	mixed := c.mixed()
	if mixed {
		out.Title = ""
	}
	if out.Obligation == nil {
		return
	}
	o := *out.Obligation
	if !organisational(o.Creditor) {
		o.Creditor = ""
	}
	if mixed {
		o.Text = ""
	}
	out.Obligation = &o
}
