package charter

import (
	"slices"

	"github.com/openstanding/standing"
)

func everyoneText() Article {
	return Article{
		Number: 12,
		Title:  text("Everyone", "一体适用"),
		Text: text(
			"Public bodies are subject to all of the above.",
			"公共机关同样受以上各条约束。"),
		Reason: text(
			"Trust in law is lost soonest where those who enforce it need not keep it.",
			"执法者无须守法之处，法律的信用丧失得最快。"),
		Clauses: []Clause{
			clause("12.1", InRulebook, "What meets organisations meets public bodies.", "凡及于组织者，亦及于公共机关。"),
			clause("12.2", AtAct, "Nobody is exempted beyond what the list allows everybody.", "对任何人的豁免均不得超出名单对所有人允许的限度。"),
		},
	}
}

func everyoneInRulebook(p *Proposal, r *report) {
	leavesOut := func(subjects []string) bool {
		return slices.Contains(subjects, standing.Organisation.String()) && !slices.Contains(subjects, standing.PublicBody.String())
	}
	for i := range p.Measures {
		if m := &p.Measures[i]; leavesOut(m.Subjects) {
			r.add(1, m.path("subjects"), "add public-body", "measure %s meets organisations but no public bodies", m.ID)
		}
	}
	for i := range p.Lists {
		if l := &p.Lists[i]; leavesOut(l.Subjects) {
			r.add(1, l.path("subjects"), "add public-body", "list %s meets organisations but no public bodies", l.ID)
		}
	}
}

func everyoneAtAct(f *Facts, r *report) {
	if f.Act.Kind != standing.Exempted {
		return
	}
	from, until := max(f.Act.At(standing.From), f.Now), f.Act.At(standing.Until)
	switch {
	case f.Rule == nil || f.Rule.ExemptionMax == 0:
		r.add(2, "", "stay the listing, or leave it", "the list exempts nobody")
	case until == 0 || until > from+f.Rule.ExemptionMax:
		r.add(2, "", "end the exemption sooner", "the exemption is longer than list %s allows", f.Rule.List)
	}
}
