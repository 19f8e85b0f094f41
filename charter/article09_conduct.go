package charter

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

func conductText() Article {
	return Article{
		Number: 9,
		Title:  text("Own conduct", "自己的行为"),
		Text: text(
			"An addressee is named in the ruling or order itself, with capacity (debtor, legal representative, controller) and ground, and has own notice, objection and exit (leaving office). The software never derives one from a link; links raise questions, never effects.",
			"相对人须由裁判或者命令本身指明，并载明身份（债务人、法定代表人、实际控制人）和事由，享有自己的告知、异议和出口（离任）。软件绝不由关联推导相对人；关联只引出疑问，绝不产生效力。"),
		Reason: text(
			"Nobody answers for their family, their friends or their firm's neighbours.",
			"无人应为亲属、朋友或者企业的邻居承担后果。"),
		Clauses: []Clause{
			clause("9.1", AtAct, "The addressee is named in the ruling itself.", "相对人由裁判本身指明。"),
			clause("9.2", InBoth, "The addressee is named in a capacity of its own that the list names; kinship and acquaintance are none.", "相对人以名单所列的自身身份被指明；亲属和熟人关系不是身份。"),
			clause("9.3", InBoth, "The addressee is of a kind that the list meets, and of the kind that the ruling says.", "相对人的种类属于名单所及，并与裁判所述一致。"),
			clause("9.4", InRulebook, "Whoever is listed for an office or for control gets out by leaving it.", "因职务或者控制关系被列入的，离任即可解除。"),
		},
	}
}

// Capacities in which an addressee can be listed: each is a role of one's own
// in the matter that was ruled on.
func Capacities() []string {
	return []string{"debtor", "legal-representative", "controller", "responsible-person", "respondent", "guarantor", "employer", "bidder", "contractor", "taxpayer"}
}

// LeftOffice is the exit event of whoever was listed for an office.
const LeftOffice = "left-office"

func conductInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		if len(l.Capacities) == 0 {
			r.add(2, l.path("capacities"), "use "+strings.Join(Capacities(), ", "), "list %s names no capacity", l.ID)
		}
		for _, capacity := range l.Capacities {
			if !slices.Contains(Capacities(), capacity) {
				r.add(2, l.path("capacities"), "use "+strings.Join(Capacities(), ", "), "%.40q is no capacity of one's own", capacity)
			}
		}
		if len(l.Subjects) == 0 {
			r.add(3, l.path("subjects"), "name the kinds of party: organisation, public-body, person, unknown", "list %s meets nobody", l.ID)
		}
		for _, subject := range l.Subjects {
			if !isSubject(subject) {
				r.add(3, l.path("subjects"), "use organisation, public-body, person, unknown", "%.40q is no kind of party", subject)
			}
		}
		office := slices.Contains(l.Capacities, "legal-representative") || slices.Contains(l.Capacities, "controller")
		if office && !slices.ContainsFunc(l.Exits, func(x Exit) bool { return x.Event == LeftOffice && x.Lifts && len(x.Grounds) == 0 }) {
			r.add(4, l.path("exits"), "add an exit "+LeftOffice+" that lifts, for all grounds", "whoever leaves the office stays on list %s", l.ID)
		}
	}
}

func isSubject(s string) bool {
	var kind standing.PartyKind
	return kind.UnmarshalText([]byte(s)) == nil
}

func conductAtAct(f *Facts, r *report) {
	if !f.lays() {
		return
	}
	addressee := f.addressee()
	if addressee == nil {
		r.add(1, "", "list only whom the ruling names", "the ruling names no addressee %d", f.number())
		return
	}
	if f.Rule == nil {
		return
	}
	if !slices.Contains(f.Rule.Capacities, addressee.Capacity) {
		r.add(2, "", "list in the capacity of "+strings.Join(f.Rule.Capacities, ", "), "the ruling names addressee %d as %q, which list %s does not meet", f.number(), addressee.Capacity, f.Rule.List)
	}
	if addressee.Party != f.party() {
		r.add(3, "", "state the kind of party that the ruling names", "the listing is of a party of kind %s, the ruling names one of kind %s", f.party(), addressee.Party)
	}
	if !slices.Contains(f.Rule.Subjects, f.party().String()) {
		r.add(3, "", "do not list", "list %s does not meet a party of kind %s", f.Rule.List, f.party())
	}
}
