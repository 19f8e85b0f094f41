package charter

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

func endText() Article {
	return Article{
		Number: 3,
		Title:  text("End", "终止"),
		Text: text(
			"Every effect ends by itself: performance, expiry, annulment, repair, or a review date that nobody renewed; none is for life.",
			"一切效力均自行终止：履行、期满、撤销、修复，或者到复核日而无人续期；没有终身的效力。"),
		Reason: text(
			"Whoever can always get out has a reason to; an end that waits for an office may never come.",
			"有出路才有改正的理由；等待机关办理的终止可能永远不会到来。"),
		Clauses: []Clause{
			clause("3.1", InBoth, "A listing is confirmed with a term, or with a date on which it ends unless renewed.", "确认列入时须有期限，或者有一个不续期即终止的复核日。"),
			clause("3.2", InBoth, "A review lies at most two years ahead; no ground has a term beyond ten years, no reported entry one beyond thirty.", "复核日最远为两年之后；任何事由的期限均不得超过十年，转录条目的期限不得超过三十年。"),
			clause("3.3", AtAct, "A review is moved only by a decision taken before it; no other act moves an end away.", "复核日只能由其届至之前作出的决定推后；其他行为均不得推迟终止。"),
			clause("3.4", InRulebook, "Every ground has an exit that lifts; what lasts until performance is lifted by performance.", "每一事由都有可解除效力的出口；持续至履行为止的，因履行而解除。"),
			clause("3.5", InBoth, "A reported entry without an end holds only while fresh snapshots still show it.", "没有终止日的转录条目，仅在新近快照仍有显示期间有效。"),
		},
	}
}

// maxTermDays is the bound on terms: the longest of the regimes that the
// shipped rulebooks follow is six years; ten leave room, and end.
const maxTermDays = 10*366 + 14

// maxReportedDays bounds reported terms: development banks debar for up to a
// quarter of a century.
const maxReportedDays = 30*366 + 14

// MaxReported is the longest term of a reported entry in seconds; a longer one
// is for life in all but name and serves screening (clause 3.2).
const MaxReported standing.Instant = maxReportedDays * 86400

// maxReviewDays is two years in days, rounded up as terms are.
const maxReviewDays = 2 * 366

func endInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		if l.ReviewDays > maxReviewDays {
			r.add(2, l.path("review"), "give a review of two years or less", "list %s lets open ends run for more than two years", l.ID)
		}
		for j := range l.Grounds {
			endOfGround(l, &l.Grounds[j], r)
		}
		if l.Reported != nil && l.Reported.MaxAgeDays <= 0 {
			r.add(5, l.path("reported.max-age"), "say how old a snapshot may be", "open ends of list %s outlive every snapshot", l.ID)
		}
	}
}

func endOfGround(l *List, g *Ground, r *report) {
	open := g.Mode != "fixed-term"
	switch {
	case !slices.Contains(groundModes[:], g.Mode):
		r.add(1, l.ground(g, "mode"), "use one of "+strings.Join(groundModes[:], ", "), "%.40q is no mode of ending", g.Mode)
	case open && l.ReviewDays <= 0:
		r.add(1, l.path("review"), "give the list a review of two years or less", "ground %s has neither an end nor a review", g.ID)
	case !open && g.TermDays <= 0 && g.TermMaxDays <= 0:
		r.add(1, l.ground(g, "term"), "give the ground a term", "ground %s has a fixed term of no length", g.ID)
	}
	if max(g.TermDays, g.TermMaxDays) > maxTermDays {
		r.add(2, l.ground(g, "term"), "give a term of ten years or less", "ground %s has a term of more than ten years", g.ID)
	}
	if g.TermMaxDays > 0 && g.TermDays > g.TermMaxDays {
		r.add(2, l.ground(g, "term"), "keep the term within term-max", "ground %s has a term over its own maximum", g.ID)
	}
	fits := func(x Exit) bool { return x.Lifts && (len(x.Grounds) == 0 || slices.Contains(x.Grounds, g.ID)) }
	performed := func(x Exit) bool { return fits(x) && x.Event == "performed" }
	if !slices.ContainsFunc(l.Exits, fits) {
		r.add(4, l.path("exits"), "add an exit that lifts", "ground %s has no way out", g.ID)
	} else if g.Mode == "until-performed" && !slices.ContainsFunc(l.Exits, performed) {
		r.add(4, l.path("exits"), "add an exit performed that lifts", "ground %s lasts until performance, which does not lift it", g.ID)
	}
}

func endAtAct(f *Facts, r *report) {
	resolved := f.Resolution.Instants
	switch f.Act.Kind {
	case standing.ListingConfirmed:
		endConfirmed(f, r)
	case standing.ListingRenewed:
		endRenewed(f, r)
	case standing.ListingReported, standing.ReportChanged:
		endReported(f, r)
	case standing.SnapshotImported:
		if stale := resolved.Get(standing.StaleAfter); stale == 0 || stale == standing.Forever {
			r.add(5, "", "resolve the day after which the snapshot is stale", "nothing bounds the age of the snapshot")
		}
	default:
		if resolved.Get(standing.Review) != 0 {
			r.add(3, "", "renew by decision (listing.renewed)", "%s would move a review", f.Act.Kind)
		}
	}
}

func endConfirmed(f *Facts, r *report) {
	from := f.begins()
	term, review := f.Resolution.Instants.Get(standing.TermEnd), f.Resolution.Instants.Get(standing.Review)
	open := f.Rule != nil && f.Rule.Mode != "fixed-term"
	switch {
	case term == 0 && review == 0:
		r.add(1, "", "resolve a term or a review", "the listing would have neither a term nor a review")
	case open && review == 0:
		r.add(1, "", "resolve a review", "an open end needs a review")
	case term == standing.Forever || review == standing.Forever:
		r.add(1, "", "resolve an end", "the listing would be for life")
	}
	endReview(f, from, review, r)
	if term != 0 && f.Rule != nil && f.Rule.TermMax > 0 && term > from+f.Rule.TermMax {
		r.add(2, "", "keep to the list's maximum", "the term until %s is longer than the list allows", term)
	}
	if term > from+maxTermDays*day {
		r.add(2, "", "give a term of ten years or less", "the term until %s is longer than ten years", term)
	}
}

// endReview holds a review to the bounds of the charter and the list.
func endReview(f *Facts, from, review standing.Instant, r *report) {
	switch {
	case review == 0:
	case review > from+twoYears:
		r.add(2, "", "set a review within two years", "the review at %s is more than two years ahead", review)
	case f.Rule != nil && f.Rule.ReviewMax > 0 && review > from+f.Rule.ReviewMax:
		r.add(2, "", "keep to the list's review", "the review at %s is later than list %s allows", review, f.Rule.List)
	}
}

func endRenewed(f *Facts, r *report) {
	review := f.Resolution.Instants.Get(standing.Review)
	l := f.listing()
	switch {
	case review == 0:
		r.add(1, "", "resolve the next review", "a renewal without a next review would be for life")
	case l == nil || l.Confirmed == nil || l.Confirmed.Review == 0:
		r.add(3, "", "leave it", "the listing has no review that could be renewed")
	case f.Now >= l.Confirmed.Review:
		r.add(3, "", "propose a new listing, if its ground is there", "the review at %s passed; the listing has ended", l.Confirmed.Review)
	case f.Signer == nil || !f.Signer.Has(standing.RoleOfficer):
		r.add(3, "", "let an officer decide", "the renewal is not an officer's decision")
	}
	endReview(f, f.Now, review, r)
}

// endReported holds what another body decided to an end. Its terms are its own
// and longer than those of any list here; only one that outlasts a working life
// is taken for what it is. What serves screening only has no effect to end.
func endReported(f *Facts, r *report) {
	if f.Resolution.Screening {
		return
	}
	until := f.Act.At(standing.Until)
	switch {
	case f.Act.Facts.Has(standing.Permanent):
		r.add(1, "", "keep it for screening", "the reported entry is for life")
	case until == standing.Forever, until == 0 && !f.Act.Facts.Has(standing.Indefinite):
		r.add(1, "", "give the end that the source states, or state that it states none", "the reported entry has no end")
	case until != 0 && until > f.Act.At(standing.From)+MaxReported:
		r.add(2, "", "state it as permanent, so that it is kept for screening", "the reported term until %s is longer than thirty years", until)
	}
}
