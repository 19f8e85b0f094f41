package charter

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

func noticeText() Article {
	return Article{
		Number: 2,
		Title:  text("Notice", "告知"),
		Text: text(
			"No effect before notice and the objection window, unless the ruling itself orders it. Silence of the office never prolongs an effect.",
			"未经告知且异议期未满，不得产生效力，裁判本身另有命令的除外。机关的沉默绝不延长效力。"),
		Reason: text(
			"Who is heard first is harmed by mistake less often, and nobody should have to wait out an office.",
			"事前听取意见可减少错误伤害；任何人都不应因机关拖延而受累。"),
		Clauses: []Clause{
			clause("2.1", InBoth, "Notice is served by a method of the list, after the ruling and the proposal and never dated ahead, before a listing is confirmed.", "列入确认之前，须以名单规定的方式送达告知，日期在裁判和提议之后，且不得为未来日期。"),
			clause("2.2", InBoth, "A listing is confirmed only when its objection window is over.", "异议期届满之后方可确认列入。"),
			clause("2.3", AtAct, "No listing is confirmed while an objection waits for its decision.", "异议尚未决定的，不得确认列入。"),
			clause("2.4", AtAct, "Notice is waived only where the ruling itself orders immediate effect.", "仅在裁判本身命令立即生效时方可免除事前告知。"),
			clause("2.5", AtAct, "An objection is decided by another officer than the one who proposed the listing.", "异议由提议人以外的另一名官员决定。"),
			clause("2.6", InBoth, "Every objection and claim has a day by which it is answered; a proven claim that is not rests the effect.", "每项异议和主张都有答复期限；附有证明的主张逾期未答复的，效力中止。"),
			clause("2.7", InBoth, "A reported entry restricts only where the rulebook cites the issuer's procedure of notice and hearing.", "转录的条目，仅在规则援引发布者的告知和听证程序时方可产生限制。"),
		},
	}
}

func noticeInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		if len(l.Methods) == 0 {
			r.add(1, l.path("notice.methods"), "name how a party is told", "list %s tells nobody", l.ID)
		}
		if l.WindowDays <= 0 {
			r.add(2, l.path("notice.window"), "give a window of a day or more", "list %s has no objection window", l.ID)
		}
		if l.ObjectionDays <= 0 {
			r.add(6, l.path("objection.within"), "say by when an objection is decided", "list %s lets objections wait for ever", l.ID)
		}
		if l.ClaimDays <= 0 {
			r.add(6, l.path("claims.within"), "say by when a claim is answered", "list %s lets claims wait for ever", l.ID)
		}
		if l.Reported != nil && !l.Reported.Attested && l.restricts() {
			r.add(7, l.path("reported.attested"), "cite the issuer's procedure of notice and hearing, or let the list have no measures", "list %s restricts by entries whose notice and hearing nobody attests", l.ID)
		}
	}
}

func noticeAtAct(f *Facts, r *report) {
	switch f.Act.Kind {
	case standing.ListingProposed, standing.ListingAmended:
		noticeWaiver(f, r)
	case standing.NoticeServed:
		noticeServed(f, r)
	case standing.ListingConfirmed:
		noticeWaiver(f, r)
		noticeOver(f, r)
	case standing.ObjectionDecided:
		noticeDecided(f, r)
	case standing.ErrorClaimed, standing.PerformanceClaimed:
		by := f.Resolution.Instants.Get(standing.AnswerBy)
		if f.Rule != nil && f.Act.Facts.Has(standing.ProofAttached) && (by == 0 || by == standing.Forever) {
			r.add(6, "", "resolve the day by which it is answered", "a proven claim has no day by which it is answered")
		}
	case standing.ListingReported, standing.ReportChanged:
		if f.Rule != nil && !f.Rule.Attested && !f.Rule.Screening && !f.Resolution.Screening {
			r.add(7, "", "cite the issuer's procedure in the rulebook, or screen only", "nobody attests notice and hearing for list %s", f.Rule.List)
		}
	}
}

func noticeWaiver(f *Facts, r *report) {
	if f.waived() && !f.ruled(standing.NoticeWaived) {
		r.add(4, "", "serve notice, or record that the ruling orders immediate effect", "the ruling does not order immediate effect against this addressee")
	}
}

func noticeServed(f *Facts, r *report) {
	served := f.Act.At(standing.Served)
	switch l := f.listing(); {
	case served == 0:
		r.add(1, "", "state when notice was served", "the notice has no date")
	case served > f.Now:
		r.add(1, "", "record it when it has been served", "the notice is dated %s, which is still to come", served)
	case f.Ruling != nil && served < f.Ruling.Decided:
		r.add(1, "", "serve notice anew", "the notice is dated %s, before its ruling of %s", served, f.Ruling.Decided)
	case l == nil || served < l.ProposedAt:
		r.add(1, "", "serve notice of the listing as proposed", "the notice is dated %s, before the listing was proposed", served)
	}
	if f.Rule != nil && !slices.Contains(f.Rule.Methods, f.Act.Code) {
		r.add(1, "", "serve by "+strings.Join(f.Rule.Methods, ", "), "%q is no method of list %s", f.Act.Code, f.Rule.List)
	}
	if end := f.Resolution.Instants.Get(standing.WindowEnd); end <= served {
		r.add(2, "", "resolve the end of the window", "the notice opens no window for objections")
	}
}

func noticeOver(f *Facts, r *report) {
	l := f.listing()
	if l != nil && l.Undecided() {
		r.add(3, "", "decide the objection first", "an objection waits for its decision")
	}
	if f.waived() && f.ruled(standing.NoticeWaived) {
		return
	}
	switch {
	case l == nil || l.Notice == nil:
		r.add(1, "", "serve notice first", "no notice was served")
	case l.Notice.Served == 0 || l.Notice.Served < l.ProposedAt || f.Ruling != nil && l.Notice.Served < f.Ruling.Decided:
		r.add(1, "", "serve notice anew", "the notice is dated %s, before the ruling or the proposal", l.Notice.Served)
	case l.Notice.WindowEnd <= l.Notice.Served:
		r.add(2, "", "serve notice anew", "the notice opened no window for objections")
	case f.Now < l.Notice.WindowEnd || f.Act.Occurred < l.Notice.WindowEnd || f.begins() < l.Notice.WindowEnd:
		r.add(2, "", "wait until the window is over", "the objection window runs until %s", l.Notice.WindowEnd)
	}
}

func noticeDecided(f *Facts, r *report) {
	switch {
	case f.Signer == nil || f.Signer.Officer == (standing.OfficerID{}) || !f.Signer.Has(standing.RoleOfficer):
		r.add(5, "", "let an officer decide", "the decision is not an officer's")
	case f.Proposer == (standing.OfficerID{}):
		r.add(5, "", "state who proposed the listing", "it is not known who proposed the listing")
	case f.Signer.Officer == f.Proposer:
		r.add(5, "", "let another officer decide", "whoever proposed the listing decides the objection")
	}
}
