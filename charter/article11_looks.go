package charter

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

func looksText() Article {
	return Article{
		Number: 11,
		Title:  text("Looks", "查询留痕"),
		Text: text(
			"Every look at a person's record is logged before it is answered, and the person can read that log.",
			"对个人记录的每次查询，均须先留痕后答复，本人可以阅读该留痕。"),
		Reason: text(
			"Curiosity that leaves a trace which its object can read is rare.",
			"留有痕迹且为对方所见的窥探，必然稀少。"),
		Clauses: []Clause{
			clause("11.1", "server: the answer is written after the look is durable", "A look at a person is logged before it is answered.", "查询个人须先留痕后答复。"),
			clause("11.2", InRulebook, "No list publishes persons, where nobody's look could be logged.", "任何名单均不得公布自然人，公布即无从留痕。"),
			clause("11.3", AtAct, "A day's looks are sealed by their digest, when the day is over.", "每日查询记录在当日结束后以摘要封存。"),
		},
	}
}

var publications = [...]string{"organisations", "screening", "none"}

func looksInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		if l := &p.Lists[i]; !slices.Contains(publications[:], l.Publication) {
			r.add(2, l.path("publication"), "use "+strings.Join(publications[:], ", "), "list %s would publish %.40q", l.ID, l.Publication)
		}
	}
}

func looksAtAct(f *Facts, r *report) {
	if f.Act.Kind != standing.LooksSealed {
		return
	}
	switch from := f.Act.At(standing.From); {
	case f.Act.Digest.IsZero() || from == 0:
		r.add(3, "", "state the day and the digest of its looks", "the seal does not say what it seals")
	case from > f.Now:
		r.add(3, "", "seal the day when it is over", "the looks of %s are still to come", from)
	}
}
