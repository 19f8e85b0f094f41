package charter

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

func groundText() Article {
	return Article{
		Number: 1,
		Title:  text("Ground", "依据"),
		Text: text(
			"No adverse effect without a ruling or decision in force by an authority entitled to that list, and the default that the list names: obligation due, unperformed, no exclusion applies; or, for fixed-term lists, a decision that itself orders the entry.",
			"没有生效的裁判或者决定，不得产生任何不利后果；作出列入的机关须有权使用该名单，并须存在该名单所指明的失信事实：义务已到期、未履行且无排除情形；定期名单则须由决定本身命令列入。"),
		Reason: text(
			"A list is a means of carrying out what was decided elsewhere with hearing and remedy; it decides nothing itself.",
			"名单只是执行他处经听取陈述并可救济而作出之决定的手段，本身不作任何裁断。"),
		Clauses: []Clause{
			clause("1.1", AtAct, "A listing rests on the one ruling that it cites, which is final and in force.", "列入以其所援引的一份裁判为依据，该裁判须已终局并且有效。"),
			clause("1.2", InBoth, "The ruling is of a kind that the list accepts.", "裁判的种类须为该名单所接受。"),
			clause("1.3", InBoth, "The authority is entitled to the list, of a kind that the list names, and acts in its own region.", "机关须有权使用该名单，属于名单所列的机关种类，并在自己的辖区内行事。"),
			clause("1.4", InBoth, "The obligation is due and unperformed and nothing excludes the default, or the ruling itself orders the entry of this addressee.", "义务已到期而未履行且无排除情形，或者裁判本身命令将该相对人列入。"),
			clause("1.5", AtAct, "What another body published is taken over only as reported: with source, snapshot and date, signed by a transcriber and never by the issuer.", "他处公布的事项只能作为转录收录：载明来源、快照和日期，由转录员签署，绝不以发布者名义签署。"),
			clause("1.6", AtAct, "A listing on another list counts here only where the rulebook recognises that list and the listing is recorded here.", "他名单上的列入，仅在规则承认该名单且该列入已在此登记时方可援引。"),
		},
	}
}

var groundModes = [...]string{"until-performed", "fixed-term", "conditional"}

func groundInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		if len(l.Rulings) == 0 {
			r.add(2, l.path("rulings"), "name the kinds of ruling that the list accepts: "+strings.Join(standing.RulingKinds(), ", "), "list %s accepts no kind of ruling", l.ID)
		}
		for _, kind := range l.Rulings {
			if !slices.Contains(standing.RulingKinds(), kind) {
				r.add(2, l.path("rulings"), "use one of "+strings.Join(standing.RulingKinds(), ", "), "%.40q is not a kind of ruling", kind)
			}
		}
		if len(l.Authorities) == 0 {
			r.add(3, l.path("authorities"), "name the kinds of authority that may list", "nobody in particular may write to list %s", l.ID)
		}
		if len(l.Grounds) == 0 {
			r.add(4, l.path("grounds"), "name what makes a listing lawful", "list %s has no ground", l.ID)
		}
		for j := range l.Grounds {
			g := &l.Grounds[j]
			switch {
			case !g.Default && !g.Ordered:
				r.add(4, l.ground(g, ""), "set default (due and unperformed) or ordered (the ruling orders the entry)", "ground %s rests on neither a default nor an order", g.ID)
			case !g.Default && g.Mode == "until-performed":
				r.add(4, l.ground(g, "mode"), "set default, or give the ground a term", "ground %s lasts until performance but names no default", g.ID)
			}
		}
	}
}

func groundAtAct(f *Facts, r *report) {
	groundOfSource(f, r)
	if !f.lays() {
		return
	}
	groundRuling(f, r)
	groundRecognised(f, r)
	if f.Rule == nil || f.Rule.List != f.list() {
		r.add(2, "", "name a list and ground of a rulebook in force", "no rule in force speaks for list %q", f.list())
		return
	}
	if f.Ruling == nil {
		return
	}
	groundAuthority(f, r)
	if !slices.Contains(f.Rule.Rulings, f.Ruling.Kind) {
		r.add(2, "", "cite a ruling of kind "+strings.Join(f.Rule.Rulings, ", "), "list %s accepts no ruling of kind %q", f.Rule.List, f.Ruling.Kind)
	}
	ordered := f.Rule.Ordered && f.ruled(standing.RulingOrders)
	inDefault := f.Rule.Default && f.Ruling.InDefault(f.number(), f.Now)
	if !ordered && !inDefault {
		r.add(4, "", "wait until the obligation is due, or do not list", "ground %q is not there: %s", f.Rule.Ground, missingGround(f))
	}
}

// missingGround says in words why neither default nor order holds.
func missingGround(f *Facts) string {
	ruling := f.Ruling
	switch {
	case !f.Rule.Default:
		return "the ruling does not order the entry of this addressee"
	case ruling.Due == 0:
		return "the ruling sets no deadline"
	case ruling.Due > f.Now:
		return "the obligation is due only at " + ruling.Due.String()
	case ruling.PerformedBy(f.number()) != 0:
		return "the obligation is performed"
	case ruling.Settled(f.Now):
		return "a settlement is being kept"
	case ruling.SecurityAt != 0:
		return "security was given"
	}
	return "the debtor was found unable to pay"
}

func groundRuling(f *Facts, r *report) {
	var cited standing.CaseID
	if l := f.listing(); l != nil {
		cited = l.Ruling
	} else if ref, ok := f.Act.Ref(standing.RefRuling); ok {
		cited = ref.Case
	}
	switch {
	case f.Ruling == nil || cited.IsZero():
		r.add(1, "", "record the ruling first and cite it", "no ruling stands behind the listing")
	case cited != f.RulingCase:
		r.add(1, "", "cite the ruling that is meant", "the listing cites ruling %s, another one was judged", cited)
	case f.Ruling.Final == 0 || f.Ruling.Final > f.Now:
		r.add(1, "", "wait until it is final, and record that", "ruling %s is not final yet", cited)
	case !f.Ruling.InForce(f.Now):
		r.add(1, "", "do not list", "ruling %s was annulled at %s", cited, f.Ruling.AnnulledAt)
	}
}

// groundAuthority lets a city's court write to a national list, whose entries
// hold in the whole region of the list, and a national body to a city's.
func groundAuthority(f *Facts, r *report) {
	a, where := f.Authority, f.region()
	if where == "" {
		where = f.Rule.Region
	}
	switch {
	case a == nil:
		r.add(3, "", "let an authority of the list act", "no authority stands behind the act")
	case a.ID != f.Act.Authority:
		r.add(3, "", "name the authority that acts", "the act speaks for authority %q, not for %q", f.Act.Authority, a.ID)
	case !a.IsEntitled(f.Rule.List):
		r.add(3, "", "let an entitled authority act, or entitle this one in the constitution", "authority %s is not entitled to list %s", a.ID, f.Rule.List)
	case f.reports():
		// The publisher lists, by its own procedure; what is judged here is
		// only that this register's transcriber may take the list over.
	case !slices.Contains(f.Rule.Authorities, a.Kind):
		r.add(3, "", "let an authority of kind "+strings.Join(f.Rule.Authorities, ", ")+" act", "authority %s is of kind %q", a.ID, a.Kind)
	case !within(where, a.Region) && !within(a.Region, where):
		r.add(3, "", "let an authority of that region act", "authority %s acts in %s, not in %s", a.ID, a.Region, where)
	case f.Signer == nil || f.Signer.Holder != a.ID:
		r.add(3, "", "sign with a key of the authority", "the key is none of authority %s", a.ID)
	}
}

// groundOfSource holds reported acts to their provenance, whatever they report.
func groundOfSource(f *Facts, r *report) {
	reported := f.Act.Kind == standing.ListingReported || f.Act.Kind == standing.ReportChanged || f.Act.Kind == standing.ReportWithdrawn
	source := f.Act.Source
	if source == nil {
		if reported {
			r.add(5, "", "state source, snapshot and date", "a reported act carries no source")
		}
		return
	}
	switch {
	case source.Source == "" || source.Snapshot.IsZero() || source.Date == 0:
		r.add(5, "", "state source, snapshot and date", "the source is not stated in full")
	case source.Date > f.Now:
		r.add(5, "", "correct the date", "the snapshot is dated %s, which is still to come", source.Date)
	}
	if f.Signer == nil || !f.Signer.Has(standing.RoleTranscriber) {
		r.add(5, "", "sign with the transcriber's key", "what is reported was not signed by a transcriber")
	}
	if f.Act.Kind.Noun() == standing.ListingCase && !reported {
		r.add(5, "", "leave the source out, or report", "%s is this register's own act and has no other source", f.Act.Kind)
	}
	if f.reports() && f.Rule != nil && !f.Rule.Reported {
		r.add(5, "", "report to a list that takes publications over", "list %s takes over no publication", f.Rule.List)
	}
}

// groundRecognised holds what rests on another list's decision, and keeps a
// reported ruling from grounding a listing that claims to be this register's.
func groundRecognised(f *Facts, r *report) {
	if f.reports() {
		return
	}
	if !f.stated().Has(standing.Recognised) {
		if f.Ruling != nil && f.Ruling.Reported != nil {
			r.add(6, "", "report the listing, or state that it is recognised", "the ruling is only reported from %s", f.Ruling.Reported.Source)
		}
		return
	}
	if f.Act.Kind != standing.ListingProposed {
		return
	}
	ref, cited := f.Act.Ref(standing.RefListing)
	switch other := f.Recognised; {
	case !cited || ref.Case.IsZero() || other == nil:
		r.add(6, "", "cite the listing that is recognised", "no listing recorded here is recognised")
	case f.Rule != nil && !slices.Contains(f.Rule.Recognises, other.List):
		r.add(6, "", "do not list", "list %s does not recognise list %s", f.Rule.List, other.List)
	case other.Confirmed == nil || other.Ended != nil || other.DroppedAt != 0 || other.Ruling != f.RulingCase:
		r.add(6, "", "do not list", "the recognised listing is not in force, or rests on another ruling")
	}
}
