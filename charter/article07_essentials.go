package charter

func essentialsText() Article {
	return Article{
		Number: 7,
		Title:  text("Essentials", "基本生活"),
		Text: text(
			"Out of reach of any measure: health care, schooling of the compulsory years, subsistence, water and power, legal counsel, emergency travel. Nothing is checked on a child.",
			"任何措施均不得触及：医疗、义务教育、基本生存、水电、法律帮助、紧急出行。不得对儿童作任何查询。"),
		Reason: text(
			"Whoever owes money still has to live, to defend themselves and to bring up children, who owe nothing.",
			"欠债的人仍须生活、申辩和抚养子女，而子女并不欠债。"),
		Clauses: []Clause{
			clause("7.1", InRulebook, "No measure restricts an essential.", "任何措施均不得限制基本生活事项。"),
			clause("7.2", InRulebook, "No measure meets an addressee as somebody's child, pupil or ward.", "任何措施均不得以子女、学生或者被监护人的身份触及任何人。"),
		},
	}
}

func essentialsInRulebook(p *Proposal, r *report) {
	for i := range p.Measures {
		m := &p.Measures[i]
		for _, a := range m.Activities {
			if a.Essential {
				r.add(1, m.path("activities"), "leave it out", "measure %s would restrict %s, an essential", m.ID, a.ID)
			}
		}
	}
	for i := range p.Lists {
		for _, capacity := range p.Lists[i].Capacities {
			switch capacity {
			case "child", "pupil", "student", "ward", "minor", "dependant":
				r.add(2, p.Lists[i].path("capacities"), "leave it out", "list %s would meet people as %s", p.Lists[i].ID, capacity)
			}
		}
	}
}
