package charter

import (
	"slices"

	"github.com/openstanding/standing"
)

// Facts are all that the charter needs to know to judge an act. Nothing but
// Act has to be set; what is missing counts against an act that needs it.
type Facts struct {
	Act        *standing.Act
	Case       *standing.Case   // before the act; nil or empty when the act opens it
	Ruling     *standing.Ruling // of the listing, if any
	RulingCase standing.CaseID
	Rule       *Rule // list and ground; nil for acts without a list
	Authority  *standing.Authority
	Signer     *standing.Key
	Proposer   standing.OfficerID // who proposed the listing, for decisions on it
	Recognised *standing.Listing  // the listing that the act cites as RefListing, if recorded here
	Resolution standing.Resolution
	Now        standing.Instant
	Opening    *standing.Opening // nil when it is not at hand: not judged then
}

// Rule is what the compiled rulebook says of one list and ground. Spans are in
// seconds and generous: they include working days and rolling forward.
type Rule struct {
	List         standing.ListID
	Ground       string
	Field        string
	Region       string
	Rulings      []string
	Authorities  []string
	Subjects     []string
	Capacities   []string
	Methods      []string
	Variables    []string // that the ground's condition reads
	Recognises   []standing.ListID
	Mode         string // until-performed, fixed-term, conditional
	Default      bool
	Ordered      bool
	Severity     uint8
	ReviewMax    standing.Instant
	TermMax      standing.Instant // zero: no term
	ExemptionMax standing.Instant // zero: the list exempts nobody
	Reported     bool             // the list takes over another body's publication
	Attested     bool             // ... whose procedure of notice and hearing the rulebook cites
	Screening    bool             // ... and from which nothing follows here
}

const (
	day = standing.Instant(86400)
	// twoYears bounds reviews: two years, a leap day in each, and a fortnight
	// for the longest run of holidays over which a last day may roll forward.
	twoYears = (2*366 + 14) * day
)

// lays reports whether the act makes or prolongs a listing: what the articles
// on ground, minors and own conduct guard. Serving a notice is among them, so
// that nobody is threatened with what could not be confirmed.
func (f *Facts) lays() bool {
	switch f.Act.Kind {
	case standing.ListingProposed, standing.ListingAmended, standing.NoticeServed, standing.ListingConfirmed, standing.ListingRenewed:
		return true
	}
	return f.reports()
}

// reports reports whether the act takes over what another body published.
func (f *Facts) reports() bool {
	return f.Act.Kind == standing.ListingReported || f.Act.Kind == standing.ReportChanged
}

// listing is the listing before the act, nil when there is none.
func (f *Facts) listing() *standing.Listing {
	if f.Case == nil || f.Act.Kind.Opens() {
		return nil
	}
	return f.Case.Listing
}

// list is the list that the act is about.
func (f *Facts) list() standing.ListID {
	if l := f.listing(); l != nil {
		return l.List
	}
	return f.Act.List
}

// region is where the listing stands; "" means the list's own region.
func (f *Facts) region() string {
	if l := f.listing(); l != nil {
		return l.Region
	}
	return f.Act.Region
}

// party is the kind of party that is listed.
func (f *Facts) party() standing.PartyKind {
	if l := f.listing(); l != nil {
		return l.Party
	}
	return f.Act.Party
}

// stated are the facts that the listing's authority stated.
func (f *Facts) stated() standing.Facts {
	if l := f.listing(); l != nil {
		return l.Facts | f.Act.Facts
	}
	return f.Act.Facts
}

// number is the addressee's number in the ruling, from 1; 0 when none is said.
func (f *Facts) number() uint8 {
	if l := f.listing(); l != nil {
		return l.Addressee
	}
	return f.Act.Addressee
}

// addressee is who is listed, as the ruling names them; nil when it does not.
func (f *Facts) addressee() *standing.Addressee {
	n := int(f.number())
	if f.Ruling == nil || n < 1 || n > len(f.Ruling.Addressees) {
		return nil
	}
	return &f.Ruling.Addressees[n-1]
}

// ruled reports whether the ruling itself states a fact of this addressee: an
// order against one addressee is none against another.
func (f *Facts) ruled(fact standing.Facts) bool {
	a := f.addressee()
	return a != nil && a.Facts.Has(fact)
}

// waived reports whether the listing claims immediate effect.
func (f *Facts) waived() bool { return f.stated().Has(standing.NoticeWaived) }

// begins is when the effect starts by what was resolved.
func (f *Facts) begins() standing.Instant {
	if at := f.Resolution.Instants.Get(standing.From); at != 0 {
		return at
	}
	return f.Now
}

func (f *Facts) is(kinds ...standing.Kind) bool { return slices.Contains(kinds, f.Act.Kind) }
