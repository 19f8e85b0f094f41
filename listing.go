package standing

import "slices"

// Notice is a notice as served.
type Notice struct {
	Served    Instant
	WindowEnd Instant // resolved: no confirmation before
	Method    string
	Position  uint64
}

// Objection is what the addressee says before confirmation, and its decision.
type Objection struct {
	Position  uint64
	Version   uint64 // of the act that makes it, by which the decision cites it
	At        Instant
	DecidedAt Instant
	Upheld    bool
	DecidedBy KeyID
}

// Confirmation is the act from which a listing has effect.
type Confirmation struct {
	At       Instant
	From     Instant // effect begins
	TermEnd  Instant // zero: until performed
	Review   Instant // ends here unless renewed by decision (charter 3)
	Earliest Instant // the earliest exit of a fixed term
	By       KeyID
	Position uint64
}

// Exemption lifts the restriction of named activities for a bounded time.
type Exemption struct {
	Interval
	Activities []string
	Version    uint64 // of the act that grants it
}

// Stay rests the whole listing for a time.
type Stay struct {
	Interval
	Version uint64
}

// Ended is the end of a listing by an act of its own case.
type Ended struct {
	At    Instant
	Event string
}

// Listing is the fold of a listing's case: one addressee on one list for one
// ruling.
type Listing struct {
	List       ListID
	Region     string
	Authority  AuthorityID
	Ruling     CaseID
	Addressee  uint8
	Party      PartyKind
	Ground     string
	Severity   uint8
	Facts      Facts
	Rulebook   Digest // version under which it was decided
	ProposedAt Instant
	ProposedBy KeyID
	Position   uint64
	Notice     *Notice
	Objections []Objection
	Confirmed  *Confirmation
	DroppedAt  Instant
	Stays      []Stay
	Exemptions []Exemption
	Ended      *Ended
	Claims     []Claim  // that the entry is wrong
	Marks      []Ended  // exits that only mark
	Corrected  []uint64 // positions of the acts that found it wrong
	Told       Instant  // make-good notice served for the last correction
	Reported   *Provenance
	Indefinite bool // reported without an end: holds while snapshots still show it
	Screening  bool // reported, but restricts nothing
	Creditor   []Ended
	Gaps       []Interval // in which the source had withdrawn the entry
	decided    *Ended     // an end decided for later, when the source withdrew the entry before it
}

func (l *Listing) apply(e *Entry) error {
	a := e.Act
	if a.Kind.Opens() {
		return l.open(e)
	}
	// An end decided for later closes nothing yet: until then the party may
	// still claim, be exempted, or get out earlier.
	over := l.Ended != nil && (l.Confirmed == nil || l.Ended.At <= e.RecordedAt)
	if over && !slices.Contains([]Kind{ListingCorrected, MakeGoodServed, ErrorAnswered, ListingMarked, ReportChanged}, a.Kind) {
		return Errorf(Conflict, "%s: the listing ended at %s (%s)", a.Kind, l.Ended.At, l.Ended.Event)
	}
	if l.DroppedAt != 0 {
		return Errorf(Conflict, "%s: the proposal was withdrawn at %s", a.Kind, l.DroppedAt)
	}
	if slices.Contains([]Kind{ListingAmended, NoticeServed, ObjectionMade, ObjectionDecided, ListingConfirmed, ListingDropped}, a.Kind) {
		return l.prepare(e)
	}
	if l.Confirmed == nil && l.Reported == nil && !slices.Contains([]Kind{CreditorRequested, ListingEnded, ListingCorrected, MakeGoodServed}, a.Kind) {
		return Errorf(Conflict, "%s: the listing is not confirmed", a.Kind)
	}
	switch a.Kind {
	case ListingStayed, StayLifted, Exempted, ExemptionRevoked:
		return l.rest(e)
	case ReportChanged, ReportWithdrawn:
		return l.report(e)
	}
	return l.change(e)
}

func (l *Listing) open(e *Entry) error {
	a := e.Act
	ref, ok := a.Ref(RefRuling)
	switch {
	case !ok:
		return Errorf(Refused, "%s: a listing cites its ruling; none is cited", a.Kind)
	case a.List == "" || a.Code == "":
		return Errorf(Invalid, "%s: list and ground are needed", a.Kind)
	case a.Addressee == 0:
		return Errorf(Invalid, "%s: say which addressee of the ruling is meant (from 1)", a.Kind)
	}
	*l = Listing{List: a.List, Region: a.Region, Authority: a.Authority, Ruling: ref.Case, Addressee: a.Addressee, Party: a.Party,
		Ground: a.Code, Severity: a.Severity, Facts: a.Facts, Rulebook: e.Resolution.Rulebook, ProposedAt: a.Occurred,
		ProposedBy: e.Signer, Position: e.Position, Reported: a.Source}
	if a.Kind == ListingReported {
		return l.report(e)
	}
	return nil
}

// prepare applies the acts that lead to confirmation.
func (l *Listing) prepare(e *Entry) error {
	a := e.Act
	switch {
	case l.Reported != nil:
		return Errorf(Conflict, "%s: the listing is reported from %s, where it was decided", a.Kind, l.Reported.Source)
	case l.Confirmed != nil:
		return Errorf(Conflict, "%s: the listing was confirmed at %s", a.Kind, l.Confirmed.At)
	}
	switch a.Kind {
	case ListingAmended:
		if l.Notice != nil {
			return Errorf(Conflict, "listing.amended: notice was served at %s; what changes after it is a correction", l.Notice.Served)
		}
		if a.Code != "" {
			l.Ground = a.Code
		}
		l.Position, l.Rulebook = e.Position, e.Resolution.Rulebook
	case NoticeServed:
		return l.notice(e)
	case ObjectionMade:
		if l.Notice == nil {
			return Errorf(Conflict, "objection.made: no notice was served yet")
		}
		l.Objections = append(slices.Clip(l.Objections), Objection{Position: e.Position, Version: a.Version + 1, At: a.Occurred})
	case ObjectionDecided:
		return l.decide(e)
	case ListingConfirmed:
		return l.confirm(e)
	case ListingDropped:
		l.DroppedAt = a.Occurred
	}
	return nil
}

func (l *Listing) notice(e *Entry) error {
	served, end := e.Act.At(Served), e.Resolution.Instants.Get(WindowEnd)
	switch {
	case l.Notice != nil:
		return Errorf(Conflict, "notice.served: notice was served already at %s", l.Notice.Served)
	case served == 0 || served < l.ProposedAt:
		return Errorf(Refused, "notice.served: notice dated %s, before the listing was proposed at %s", served, l.ProposedAt)
	case end < served:
		return Errorf(Internal, "notice.served: the objection window was not resolved")
	}
	l.Notice = &Notice{Served: served, WindowEnd: end, Method: e.Act.Code, Position: e.Position}
	return nil
}

func (l *Listing) decide(e *Entry) error {
	a := e.Act
	if a.Code != "upheld" && a.Code != "rejected" {
		return Errorf(Invalid, "objection.decided: the outcome is upheld or rejected")
	}
	if e.Signer == l.ProposedBy {
		return Errorf(Refused, "objection.decided: whoever proposed the listing cannot decide the objection: another officer must")
	}
	cause, _ := a.Ref(RefCause)
	out := slices.Clone(l.Objections)
	for i := range out {
		if out[i].Version != cause.Version || out[i].DecidedAt != 0 {
			continue
		}
		out[i].DecidedAt, out[i].Upheld, out[i].DecidedBy = e.RecordedAt, a.Code == "upheld", e.Signer
		l.Objections = out
		if out[i].Upheld {
			l.DroppedAt = a.Occurred
		}
		return nil
	}
	return Errorf(NotFound, "objection.decided: it decides no open objection of this case: cite the objection's version as cause")
}

// Undecided reports whether an objection waits for its decision.
func (l *Listing) Undecided() bool {
	return slices.ContainsFunc(l.Objections, func(o Objection) bool { return o.DecidedAt == 0 })
}

func (l *Listing) confirm(e *Entry) error {
	a, r := e.Act, e.Resolution.Instants
	waived := l.Facts.Has(NoticeWaived) && l.Facts.Has(RulingOrders)
	switch {
	case l.Notice == nil && !waived:
		return Errorf(Refused, "listing.confirmed: no notice was served: an effect needs notice and the objection window before it")
	case l.Notice != nil && !waived && min(a.Occurred, e.RecordedAt) < l.Notice.WindowEnd:
		return Errorf(Refused, "listing.confirmed: the objection window runs until %s", l.Notice.WindowEnd)
	case l.Undecided():
		return Errorf(Refused, "listing.confirmed: an objection waits for its decision")
	case r.Get(From) == 0 || r.Get(From) < max(a.Occurred, e.RecordedAt):
		return Errorf(Internal, "listing.confirmed: the beginning of the effect was not resolved, or before the act")
	case r.Get(From) == Forever:
		return Errorf(Invalid, "listing.confirmed: the effect would never begin")
	case earliest(r.Get(TermEnd), r.Get(Review)) == Forever:
		return Errorf(Refused, "listing.confirmed: neither a term nor a review date: no effect is for life")
	}
	l.Confirmed = &Confirmation{At: a.Occurred, From: r.Get(From), TermEnd: r.Get(TermEnd), Review: r.Get(Review),
		Earliest: r.Get(EarliestAt), By: e.Signer, Position: e.Position}
	if !e.Resolution.Rulebook.IsZero() {
		l.Rulebook = e.Resolution.Rulebook
	}
	return nil
}

// rest applies stays and exemptions, which lie over a listing for a time.
func (l *Listing) rest(e *Entry) error {
	a := e.Act
	span := Interval{max(a.At(From), e.RecordedAt), a.At(Until)}
	cause, _ := a.Ref(RefCause)
	switch a.Kind {
	case ListingStayed:
		if span.Until == 0 {
			span.Until = Forever
		}
		if span.empty() {
			return Errorf(Invalid, "listing.stayed: the stay ends before it begins")
		}
		l.Stays = append(slices.Clip(l.Stays), Stay{span, a.Version + 1})
	case Exempted:
		if a.At(Until) == 0 || a.At(Until) == Forever || span.empty() || len(a.Codes) == 0 {
			return Errorf(Invalid, "exempted: an exemption names its activities and ends: give codes, from and until")
		}
		l.Exemptions = append(slices.Clip(l.Exemptions), Exemption{span, a.Codes, a.Version + 1})
	case StayLifted:
		l.Stays = slices.Clone(l.Stays)
		for i := range l.Stays {
			if (cause.Version == 0 || l.Stays[i].Version == cause.Version) && l.Stays[i].Until > e.RecordedAt {
				l.Stays[i].Until = e.RecordedAt
				return nil
			}
		}
		return Errorf(NotFound, "stay.lifted: no stay runs")
	case ExemptionRevoked:
		l.Exemptions = slices.Clone(l.Exemptions)
		for i := range l.Exemptions {
			if l.Exemptions[i].Version == cause.Version && l.Exemptions[i].Until > e.RecordedAt {
				l.Exemptions[i].Until = e.RecordedAt
				return nil
			}
		}
		return Errorf(NotFound, "exemption.revoked: no such exemption runs: cite its version as cause")
	}
	return nil
}

// report applies what a source's snapshots say.
func (l *Listing) report(e *Entry) error {
	a := e.Act
	if l.Reported == nil || a.Source == nil {
		return Errorf(Invalid, "%s: a reported act carries its source, and its listing is a reported one", a.Kind)
	}
	if a.Kind == ReportWithdrawn {
		l.Reported, l.decided = a.Source, l.Ended
		l.Ended = &Ended{At: e.RecordedAt, Event: "withdrawn"}
		return nil
	}
	from, until, indefinite := a.At(From), a.At(Until), a.Facts.Has(Indefinite)
	switch {
	case from == 0 || from == Forever || until != 0 && until < from:
		return Errorf(Invalid, "%s: the source's beginning is missing or after its end", a.Kind)
	case until == Forever, until == 0 && !indefinite:
		return Errorf(Invalid, "%s: give the end that the source states, or state that it gives none (indefinite)", a.Kind)
	}
	if l.Ended != nil && l.Ended.Event == "withdrawn" {
		l.Gaps = append(slices.Clip(l.Gaps), Interval{l.Ended.At, e.RecordedAt})
		l.Ended, l.decided = l.decided, nil
	}
	l.Reported, l.Indefinite = a.Source, indefinite
	l.Confirmed, l.Screening = nil, e.Resolution.Screening
	if !l.Screening {
		l.Confirmed = &Confirmation{At: e.RecordedAt, From: from, TermEnd: until, By: e.Signer, Position: e.Position}
	}
	return nil
}

// end sets when the listing ends; what is set can only come earlier. An error
// that is found stays the reason even where the source had withdrawn the entry
// before, so that no later snapshot brings it back.
func (l *Listing) end(at Instant, event string) {
	switch {
	case l.Ended == nil || at < l.Ended.At:
		l.Ended = &Ended{at, event}
	case l.Ended.Event == "withdrawn":
		l.Ended = &Ended{l.Ended.At, event}
	}
}

// change applies what ends, marks, corrects or renews a confirmed listing.
func (l *Listing) change(e *Entry) error {
	a := e.Act
	switch a.Kind {
	case ListingEnded:
		at := e.Resolution.Instants.Get(EndsAt)
		if a.Code == "" || at == 0 {
			return Errorf(Invalid, "listing.ended: the exit event and its instant are needed")
		}
		if l.Ended != nil && l.Ended.At <= at {
			return Errorf(Conflict, "listing.ended: the listing ends at %s (%s) already; it can only end earlier", l.Ended.At, l.Ended.Event)
		}
		l.end(at, a.Code)
	case ListingMarked:
		l.Marks = append(slices.Clip(l.Marks), Ended{a.Occurred, a.Code})
	case ListingCorrected:
		if l.Notice == nil && l.Reported == nil && !l.Facts.Has(NoticeWaived) {
			return Errorf(Conflict, "listing.corrected: no notice was served; what changes before it is an amendment")
		}
		l.Corrected = append(slices.Clip(l.Corrected), e.Position)
		if a.Code == "revoked" {
			l.end(max(a.Occurred, e.RecordedAt), "corrected")
		}
	case MakeGoodServed:
		if len(l.Corrected) == 0 {
			return Errorf(Conflict, "make-good.served: nothing was corrected")
		}
		l.Told = a.Occurred
	case ErrorClaimed:
		return applyClaim(&l.Claims, e, true)
	case ErrorAnswered:
		if err := applyClaim(&l.Claims, e, false); err != nil {
			return err
		}
		if a.Code == "upheld" {
			l.Corrected = append(slices.Clip(l.Corrected), e.Position)
			l.end(e.RecordedAt, "corrected")
		}
	case ListingRenewed:
		review := e.Resolution.Instants.Get(Review)
		if l.Confirmed == nil || l.Confirmed.Review == 0 || review <= l.Confirmed.Review || review == Forever || e.RecordedAt >= l.Confirmed.Review {
			return Errorf(Conflict, "listing.renewed: the listing has no review date ahead that could be renewed")
		}
		c := *l.Confirmed
		c.Review = review
		l.Confirmed = &c
	case CreditorRequested:
		if a.Code != "entry" && a.Code != "deletion" {
			return Errorf(Invalid, "creditor.requested: a creditor asks for entry or deletion, not for %q", a.Code)
		}
		l.Creditor = append(slices.Clip(l.Creditor), Ended{a.Occurred, a.Code})
	}
	return nil
}
