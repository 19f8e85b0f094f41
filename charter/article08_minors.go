package charter

import (
	"time"

	"github.com/openstanding/standing"
)

func minorsText() Article {
	return Article{
		Number: 8,
		Title:  text("Minors", "未成年人"),
		Text: text(
			"Minors are not listed. The authority states that an addressee is an adult; without that a natural person is not listed.",
			"未成年人不得列入。机关须声明相对人已成年；未作声明的，不得列入自然人。"),
		Reason: text(
			"A child's fault is dealt with by those who care for children, and a mistake here cannot be made good.",
			"儿童的过错应由负责照管者处理，此处的错误无法弥补。"),
		Clauses: []Clause{
			clause("8.1", AtAct, "A person, or a party of unknown kind, is listed only where it is stated that they are an adult.", "自然人或者种类不明的当事人，仅在声明其已成年时方可列入。"),
			clause("8.2", AtAct, "Nobody is listed, or stated to be an adult, whom the date of birth shows to be under 18.", "出生日期显示未满十八周岁的，不得列入，也不得声明其已成年。"),
			clause("8.3", InRulebook, "A list that takes over publications and meets persons cites the issuer's procedure, which vouches that they are adults.", "转录他处公布且涉及自然人的名单，须援引发布者的程序，由该程序保证其已成年。"),
		},
	}
}

// A reported row seldom says how old someone is. Where the rulebook cites the
// issuer's procedure of notice and hearing (`attested`), that procedure is one
// that only adults can be party to, and vouches for it. A row of a person from
// a source without it is recorded on no list, not even for screening: screening
// data sets have a store of their own, are no parties and never meet a child
// here, because nothing is checked on a child.

func minorsInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		if l.Reported == nil || l.Reported.Attested {
			continue
		}
		for _, subject := range l.Subjects {
			if subject == standing.Person.String() || subject == standing.UnknownParty.String() {
				r.add(3, l.path("subjects"), "leave persons out, or cite the issuer's procedure", "list %s takes over people of whom nobody says that they are adults", l.ID)
				break
			}
		}
	}
}

func minorsAtAct(f *Facts, r *report) {
	switch f.Act.Kind {
	case standing.RulingRecorded, standing.AddresseeNamed:
		if f.Act.Facts.Has(standing.AddresseeAdult) && f.shownMinor() {
			r.add(2, "", "correct the statement or the date", "the addressee is stated to be an adult, and by date of birth is not")
		}
		return
	}
	if !f.lays() {
		return
	}
	if f.shownMinor() {
		r.add(2, "", "do not list", "the addressee is a minor by date of birth")
	}
	addressee := f.addressee()
	protected := f.party().Protected() || addressee != nil && addressee.Party.Protected()
	adult := f.stated().Has(standing.AddresseeAdult) || f.ruled(standing.AddresseeAdult)
	attested := f.Rule != nil && f.Rule.Attested && (f.reports() || f.listing() != nil && f.listing().Reported != nil)
	if protected && !adult && !attested {
		r.add(1, "", "let the authority state that the addressee is an adult, or do not list", "it is not stated that the addressee is an adult")
	}
}

// shownMinor reports whether the opening's date of birth is less than 18 years
// ago. A date that cannot be read shows nothing.
func (f *Facts) shownMinor() bool {
	if f.Opening == nil || f.Opening.Party == nil {
		return false
	}
	born, err := time.Parse(time.DateOnly, f.Opening.Party.BirthDate)
	return err == nil && standing.At(born.AddDate(18, 0, 0)) > f.Now
}
