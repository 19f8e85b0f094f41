package charter

import "github.com/openstanding/standing"

func reasonsText() Article {
	return Article{
		Number: 10,
		Title:  text("Reasons", "说明理由"),
		Text: text(
			"Every adverse answer explains itself to the party in full: ruling, list, rule, measure, until when, how to get out, where to object.",
			"每一不利答复均须向当事人充分说明：裁判、名单、规则、措施、期限、出口和提出异议之处。"),
		Reason: text(
			"Only what is explained can be objected to, and only what has a source can be explained.",
			"说明了才能提出异议，有出处才能说明。"),
		Clauses: []Clause{
			clause("10.1", InRulebook, "A list cites its source and says where to object.", "名单须注明出处，并指明提出异议之处。"),
			clause("10.2", InRulebook, "A measure cites its source and says who carries it out.", "措施须注明出处和执行者。"),
			clause("10.3", InRulebook, "Grounds, exits and exemptions cite their sources.", "事由、出口和豁免须注明出处。"),
			clause("10.4", AtAct, "Whoever rejects an objection or claim gives reasons.", "驳回异议或者主张须说明理由。"),
			clause("10.5", "check: an answer is made from listing and rulebook together, and has no other constructor", "An adverse answer names ruling, list, rule, measure, end, exits and where to object.", "不利答复须载明裁判、名单、规则、措施、终止、出口和提出异议之处。"),
		},
	}
}

func reasonsInRulebook(p *Proposal, r *report) {
	const cite = "cite an entry of sources"
	for i := range p.Measures {
		m := &p.Measures[i]
		if len(m.Source) == 0 {
			r.add(2, m.path("source"), cite, "measure %s has no source", m.ID)
		}
		if !m.Executor {
			r.add(2, m.path("executor"), "say who carries it out", "measure %s is carried out by nobody", m.ID)
		}
	}
	for i := range p.Lists {
		l := &p.Lists[i]
		if len(l.Source) == 0 {
			r.add(1, l.path("source"), cite, "list %s has no source", l.ID)
		}
		if !l.ObjectTo {
			r.add(1, l.path("object-to"), "say where to object", "list %s does not say where to object", l.ID)
		}
		for j := range l.Grounds {
			if g := &l.Grounds[j]; len(g.Source) == 0 {
				r.add(3, l.ground(g, "source"), cite, "ground %s has no source", g.ID)
			}
		}
		for j, x := range l.Exits {
			if len(x.Source) == 0 {
				r.add(3, l.exit(j, "source"), cite, "exit %s has no source", x.Event)
			}
		}
		if l.Exemption != nil && len(l.Exemption.Source) == 0 {
			r.add(3, l.path("exemption.source"), cite, "the exemption of list %s has no source", l.ID)
		}
	}
}

func reasonsAtAct(f *Facts, r *report) {
	if !f.is(standing.ObjectionDecided, standing.ClaimAnswered, standing.ErrorAnswered) || f.Act.Code != "rejected" {
		return
	}
	if f.Act.Commitment.IsZero() || f.Opening != nil && f.Opening.Text == "" {
		r.add(4, "", "give the reasons in the opening", "the rejection gives no reasons")
	}
}
