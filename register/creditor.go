package register

import (
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/source"
)

// organisational reports whether a name says that an organisation or public body
// bears it. What may be a natural person's is taken for one.
func (r *Register) organisational(name string) bool {
	kind, _ := r.names.Kind(name, "")
	return kind == source.Organisation || kind == source.PublicBody
}

// withoutPersons is a ruling as everybody may see it: a creditor who may be a
// natural person is left out, and where the ruling addresses one, so are its title
// and the words of the obligation, which may name them.
func (r *Register) withoutPersons(c *chain, out *api.RulingRef) {
	mixed := c.mixed()
	if mixed {
		out.Title = ""
	}
	if out.Obligation == nil {
		return
	}
	o := *out.Obligation
	if !r.organisational(o.Creditor) {
		o.Creditor = ""
	}
	if mixed {
		o.Text = ""
	}
	out.Obligation = &o
}
