package charter

func scoringText() Article {
	return Article{
		Number: 5,
		Title:  text("No scoring of people", "不给人打分"),
		Text: text(
			"A natural person is scored only at their own live request or consent; such a grade is never adverse, never visible to an authority, never a condition of a public service.",
			"自然人仅在本人即时请求或者同意时方可被评分；该等级绝不产生不利后果，绝不为机关所见，绝不作为公共服务的条件。"),
		Reason: text(
			"A number for a whole person mixes what has nothing to do with each other, and nobody can answer to it.",
			"给一个人打一个总分，是把互不相干的事混在一起，谁也无从申辩。"),
		Clauses: []Clause{
			clause("5.1", InRulebook, "No condition reads a score, grade or rating.", "任何条件都不得读取评分、等级或者评级。"),
			clause("5.2", InRulebook, "A person is scored only at their own live request or consent.", "仅在本人即时请求或者同意时方可对其评分。"),
			clause("5.3", InRulebook, "Nothing adverse follows from a person's score.", "个人评分不产生任何不利后果。"),
			clause("5.4", InRulebook, "No authority sees a person's score.", "任何机关均不得看到个人评分。"),
			clause("5.5", InRulebook, "No public service depends on a person's score.", "任何公共服务均不以个人评分为条件。"),
		},
	}
}

func scoringInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		for j := range l.Grounds {
			g := &l.Grounds[j]
			for _, v := range g.Variables {
				if v.Score {
					r.add(1, l.ground(g, "when"), "rest the ground on a ruling", "ground %s reads the score %q", g.ID, v.Name)
				}
			}
		}
	}
	for _, s := range p.Scores {
		path := "scores[" + s.ID + "]"
		if !s.Persons {
			continue
		}
		if !s.OnRequest {
			r.add(2, path, "compute it only at the person's request or with consent", "score %s grades people who have not asked for it", s.ID)
		}
		if s.Adverse {
			r.add(3, path, "let it bring perks alone", "something adverse follows from score %s", s.ID)
		}
		if s.Authorities {
			r.add(4, path, "show it to the person alone", "authorities see score %s", s.ID)
		}
		if s.Condition {
			r.add(5, path, "let the service not depend on it", "a public service depends on score %s", s.ID)
		}
	}
}
