package portal

import (
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/strict"
)

// caseAct is an act that can be tried, with as much of its case as the charter
// asks about. What a text leaves out is in order.
type caseAct struct {
	Act       string           `yaml:"act"`
	On        standing.Instant `yaml:"on,omitempty"` // when it is recorded
	By        string           `yaml:"by,omitempty"` // officer who signs
	Outcome   string           `yaml:"outcome,omitempty"`
	Reasons   string           `yaml:"reasons,omitempty"` // "none": none are given
	From      standing.Instant `yaml:"from,omitempty"`
	Until     standing.Instant `yaml:"until,omitempty"`
	Review    standing.Instant `yaml:"review,omitempty"`
	Dated     standing.Instant `yaml:"dated,omitempty"` // when it is said to have happened; zero: on
	Corrects  string           `yaml:"corrects,omitempty"`
	Ruling    caseRuling       `yaml:"ruling,omitempty"`
	Addressee caseAddressee    `yaml:"addressee,omitempty"`
	Listing   caseListing      `yaml:"listing,omitempty"`
}

type caseRuling struct {
	None      bool             `yaml:"none,omitempty"` // there is none
	Kind      string           `yaml:"kind,omitempty"`
	Final     standing.Instant `yaml:"final,omitempty"`
	Due       standing.Instant `yaml:"due,omitempty"`
	Performed standing.Instant `yaml:"performed,omitempty"`
	Annulled  standing.Instant `yaml:"annulled,omitempty"`
}

type caseAddressee struct {
	Kind     string `yaml:"kind,omitempty"`
	Capacity string `yaml:"capacity,omitempty"`
	Adult    bool   `yaml:"stated-adult,omitempty"`
	Born     string `yaml:"born,omitempty"`
	Unnamed  bool   `yaml:"not-named-in-the-ruling,omitempty"`
}

type caseListing struct {
	ProposedBy string           `yaml:"proposed-by,omitempty"`
	Served     standing.Instant `yaml:"notice-served,omitempty"`
	Method     string           `yaml:"notice-by,omitempty"`
	WindowEnd  standing.Instant `yaml:"objections-until,omitempty"`
	Objection  bool             `yaml:"objection-waits,omitempty"`
}

// inOrder is the case on which acts are tried: a judgment of January 2026, due in
// March, a notice of April, a window until May. Nobody in it is real.
func inOrder() caseAct {
	day := func(s string) standing.Instant {
		i, err := standing.ParseInstant(s)
		if err != nil {
			panic("portal: " + err.Error()) // constants below
		}
		return i
	}
	return caseAct{
		On: day("2026-06-01"), By: "second officer", Review: day("2028-05-01"), From: day("2026-06-01"), Until: day("2026-06-20"),
		Corrects:  "the name",
		Ruling:    caseRuling{Kind: "judgment", Final: day("2026-02-01"), Due: day("2026-03-01")},
		Addressee: caseAddressee{Kind: "person", Capacity: "debtor", Adult: true, Born: "1980-01-01"},
		Listing:   caseListing{ProposedBy: "first officer", Served: day("2026-04-10"), Method: "personal", WindowEnd: day("2026-05-01")},
	}
}

// tryable are the acts that make sense on the case.
var tryable = [...]standing.Kind{standing.ListingProposed, standing.NoticeServed, standing.ListingConfirmed, standing.ListingRenewed, standing.ListingCorrected,
	standing.ObjectionDecided, standing.Exempted, standing.LooksSealed}

func tryOneAct(text string) *trial {
	a := inOrder()
	doc, problems := strict.Decode([]byte(text), &a)
	if len(problems) > 0 {
		return tried(problems, true)
	}
	at := slices.IndexFunc(tryable[:], func(k standing.Kind) bool { return k.String() == a.Act })
	if at < 0 {
		line, _ := doc.Position("act")
		names := ""
		for i, k := range tryable {
			if i > 0 {
				names += ", "
			}
			names += k.String()
		}
		return &trial{found: []finding{{line: line, where: "act", what: "this act cannot be tried here", do: "use one of " + names}}}
	}
	var party standing.PartyKind
	if err := party.UnmarshalText([]byte(a.Addressee.Kind)); err != nil {
		line, _ := doc.Position("addressee.kind")
		return &trial{found: []finding{{line: line, where: "addressee.kind", what: err.Error()}}}
	}
	book, err := rulebook.Load([]byte(trialBook))
	if err != nil {
		return tried(err, false)
	}
	return judged(charter.CheckAct(a.facts(tryable[at], party, book.Rule("defaulters", "refuses"))), nil)
}

// facts puts the act before the charter.
func (a *caseAct) facts(kind standing.Kind, party standing.PartyKind, rule *charter.Rule) charter.Facts {
	const court, where = "example-court", "CN/37/10"
	rulingID, listingID := standing.CaseID{1}, standing.CaseID{2}
	if a.Dated == 0 {
		a.Dated = a.On
	}
	f := charter.Facts{
		Act: &standing.Act{Kind: kind, Register: "register.example", Case: listingID, Authority: court, Occurred: a.Dated, Code: a.Outcome, Commitment: standing.Digest{1},
			List: rule.List, Region: where, Addressee: 1, Party: party, Severity: rule.Severity},
		Rule: rule, Authority: &standing.Authority{ID: court, Kind: "court", Region: where, Entitled: []string{"example-courts"}},
		Signer:   &standing.Key{Holder: court, Officer: officer(a.By), Roles: []string{standing.RoleOfficer}},
		Proposer: officer(a.Listing.ProposedBy), Now: a.On, Opening: &standing.Opening{Party: &standing.Identity{BirthDate: a.Addressee.Born}},
	}
	if a.Addressee.Adult {
		f.Act.Facts = standing.AddresseeAdult
	}
	if !a.Ruling.None {
		f.Ruling, f.RulingCase = a.Ruling.ruling(court, where), rulingID
		if !a.Addressee.Unnamed {
			f.Ruling.Addressees = []standing.Addressee{{Party: party, Capacity: a.Addressee.Capacity, Facts: f.Act.Facts}}
		}
	}
	a.listing(&f, rulingID)
	a.particulars(&f)
	return f
}

func (r *caseRuling) ruling(court standing.AuthorityID, where string) *standing.Ruling {
	decided := r.Final
	if decided > 86400 {
		decided -= 30 * 86400
	}
	out := &standing.Ruling{Kind: r.Kind, Authority: court, Region: where, Decided: decided, Final: r.Final, Due: r.Due, AnnulledAt: r.Annulled}
	if r.Performed != 0 {
		out.Performances = []standing.Performance{{At: r.Performed, Full: true}}
	}
	return out
}

// listing is the case before the act, or, for a proposal, what it rests on.
func (a *caseAct) listing(f *charter.Facts, ruling standing.CaseID) {
	if f.Act.Kind == standing.ListingProposed {
		f.Act.Code = f.Rule.Ground
		if f.Ruling != nil {
			f.Act.Refs = []standing.Ref{{Role: standing.RefRuling, Case: ruling}}
		}
		return
	}
	l := &standing.Listing{List: f.Rule.List, Region: f.Act.Region, Authority: f.Act.Authority, Addressee: 1, Party: f.Act.Party, Ground: f.Rule.Ground,
		Severity: f.Rule.Severity, ProposedAt: a.Listing.Served - 86400}
	if f.Ruling != nil {
		l.Ruling = ruling
	}
	if f.Act.Kind != standing.NoticeServed && a.Listing.Served != 0 {
		l.Notice = &standing.Notice{Served: a.Listing.Served, WindowEnd: a.Listing.WindowEnd, Method: a.Listing.Method}
	}
	if a.Listing.Objection {
		l.Objections = []standing.Objection{{Version: 3}}
	}
	if f.Act.Kind == standing.ListingRenewed {
		l.Confirmed = &standing.Confirmation{At: a.Listing.WindowEnd, From: a.Listing.WindowEnd, Review: a.Listing.WindowEnd + 700*86400}
	}
	f.Case = &standing.Case{Kind: standing.ListingCase, Version: 3, Listing: l}
}

// particulars are what one kind of act alone says.
func (a *caseAct) particulars(f *charter.Facts) {
	f.Opening.Text = ""
	switch f.Act.Kind {
	case standing.NoticeServed:
		f.Act.Code, f.Act.Instants = a.Listing.Method, standing.Instants{{Name: standing.Served, At: a.Listing.Served}}
		f.Resolution.Instants = standing.Instants{{Name: standing.WindowEnd, At: a.Listing.WindowEnd}}
	case standing.ListingConfirmed:
		f.Resolution.Instants = standing.Instants{{Name: standing.From, At: a.On}}
		if a.Review != 0 {
			f.Resolution.Instants = f.Resolution.Instants.With(standing.Review, a.Review)
		}
	case standing.ListingRenewed:
		if a.Review != 0 {
			f.Resolution.Instants = standing.Instants{{Name: standing.Review, At: a.Review}}
		}
	case standing.ObjectionDecided:
		switch a.Reasons {
		case "":
			f.Opening.Text = "the debt is not paid"
		case "none":
		default:
			f.Opening.Text = a.Reasons
		}
	case standing.Exempted:
		f.Act.Instants = standing.Instants{{Name: standing.From, At: a.From}, {Name: standing.Until, At: a.Until}}
		f.Opening = &standing.Opening{Text: a.Reasons}
	case standing.ListingCorrected:
		if a.Corrects == "none" {
			f.Act.Commitment = standing.Digest{}
		}
	case standing.LooksSealed:
		f.Act.Digest, f.Act.Instants = standing.Digest{1}, standing.Instants{{Name: standing.From, At: a.From}}
	}
}

// officer makes an id of whatever an officer is called.
func officer(name string) (id standing.OfficerID) {
	if name != "" {
		digest := standing.DigestOf([]byte(name))
		copy(id[:], digest[:])
	}
	return id
}
