package charter

import "github.com/openstanding/standing"

func silenceText() Article {
	return Article{
		Number: 13,
		Title:  text("No silence", "不得悄然更改"),
		Text: text(
			"An act cannot be undone in silence: it is in the verifiable log, and a correction is another act.",
			"任何行为均不得悄然撤销：它存于可验证的日志，更正是另一个行为。"),
		Reason: text(
			"What can be changed unseen will be, and nobody could prove that it was not.",
			"可以暗中更改的终将被更改，而谁也无法证明未曾更改。"),
		Clauses: []Clause{
			clause("13.1", AtAct, "An act of a known kind names its register and is not dated ahead.", "行为须属于已知种类，载明其登记处，日期不得在未来。"),
			clause("13.2", AtAct, "A correction says what is corrected.", "更正须说明更正的内容。"),
			clause("13.3", InRulebook, "A rulebook has a name and a version, by which every decision cites it.", "规则须有名称和版本，供每一决定援引。"),
			clause("13.4", "log: tiles are made in the transaction that records; acts are stored verbatim and never deleted", "Every act is in the verifiable log.", "每一行为均存于可验证的日志。"),
		},
	}
}

// clockSkew is by how much the clock of an office may be ahead of the register's.
const clockSkew = 300

func silenceInRulebook(p *Proposal, r *report) {
	if p.Name == "" {
		r.add(3, "rulebook", "give it a name", "the rulebook has no name")
	}
	if p.Version == "" {
		r.add(3, "version", "give it a version", "the rulebook has no version")
	}
}

func silenceAtAct(f *Facts, r *report) {
	a := f.Act
	switch {
	case !a.Kind.Known():
		r.add(1, "", "use a newer version of the software", "act kind %d is not known", a.Kind)
	case a.Register == "":
		r.add(1, "", "name the register", "the act names no register")
	case a.Occurred > f.Now+clockSkew:
		r.add(1, "", "record it when it has happened", "the act is dated %s, which is still to come", a.Occurred)
	}
	if a.Kind == standing.ListingCorrected && a.Code == "" && a.Commitment.IsZero() {
		r.add(2, "", "give the code or the corrected opening", "the correction corrects nothing")
	}
}
