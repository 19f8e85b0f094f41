package standing

import "slices"

// Addressee is someone whom a ruling names, with the capacity in which it does.
// Who it is stands in the opening of the act at Position.
type Addressee struct {
	Party    PartyKind
	Facts    Facts  // AddresseeAdult
	Capacity string // debtor, legal-representative, controller, responsible-person
	Region   string
	Position uint64
}

// Claim is what a party says with or without proof, and whether it has been
// answered. Unanswered at AnswerBy, the effect rests until it is: the office's
// silence helps the party (charter 2).
type Claim struct {
	Position   uint64 // of the act that makes it
	Version    uint64 // of that act in its case, by which the answer cites it
	At         Instant
	Addressee  uint8 // 0 = all
	Proven     bool
	AnswerBy   Instant
	AnsweredAt Instant
	Upheld     bool
}

// rests is the span in which an unanswered claim rests the effect.
func (c *Claim) rests() Interval {
	if !c.Proven || c.AnswerBy == 0 {
		return Interval{}
	}
	until := c.AnsweredAt
	if until == 0 {
		until = Forever
	}
	return Interval{c.AnswerBy, until}
}

// Performance is the obligation carried out, as the authority recorded it.
type Performance struct {
	At        Instant
	Full      bool
	Addressee uint8 // 0 = the obligation as a whole
}

// recordedEnding is an Ending with the instant at which it became known.
type recordedEnding struct {
	Ending
	Event string
}

// Ruling is the fold of a ruling's case.
type Ruling struct {
	Kind         string // judgment, award, penalty, decision, order, suspension
	Authority    AuthorityID
	Region       string
	Decided      Instant
	Final        Instant // zero: not (yet) in force
	Due          Instant // the obligation's deadline; zero: the ruling sets none
	Position     uint64  // of the act whose opening holds docket and obligation
	Addressees   []Addressee
	Facts        Facts
	Reported     *Provenance
	AnnulledAt   Instant
	Performances []Performance
	Claims       []Claim
	Settlements  []Interval
	SecurityAt   Instant
	InabilityAt  Instant
	SumPosition  uint64 // of the act whose opening holds the sum last stated
	endings      []recordedEnding
}

// InForce reports whether a listing may rest on the ruling at an instant.
func (r *Ruling) InForce(at Instant) bool {
	return r.Final != 0 && r.Final <= at && (r.AnnulledAt == 0 || at < r.AnnulledAt)
}

// PerformedBy reports when the obligation was performed in full by or for an
// addressee; zero when it was not.
func (r *Ruling) PerformedBy(addressee uint8) Instant {
	for _, p := range r.Performances {
		if p.Full && (p.Addressee == 0 || p.Addressee == addressee) {
			return p.At
		}
	}
	return 0
}

// InDefault reports whether the obligation was due and unperformed by an
// addressee at an instant, no exclusion applying.
func (r *Ruling) InDefault(addressee uint8, at Instant) bool {
	performed := r.PerformedBy(addressee)
	return r.Due != 0 && r.Due <= at && (performed == 0 || performed > at) &&
		(r.SecurityAt == 0 || r.SecurityAt > at) && (r.InabilityAt == 0 || r.InabilityAt > at) && !r.Settled(at)
}

// Settled reports whether a settlement is being kept at an instant.
func (r *Ruling) Settled(at Instant) bool {
	return slices.ContainsFunc(r.Settlements, func(i Interval) bool { return i.Holds(at) })
}

func (r *Ruling) apply(e *Entry) error {
	a := e.Act
	if a.Kind != RulingRecorded && r.AnnulledAt != 0 {
		return Errorf(Conflict, "%s: the ruling was annulled at %s", a.Kind, r.AnnulledAt)
	}
	switch a.Kind {
	case RulingRecorded:
		return r.record(e)
	case AddresseeNamed:
		if len(r.Addressees) >= MaxAddressees {
			return Errorf(TooLarge, "a ruling names at most %d addressees", MaxAddressees)
		}
		if len(a.Codes) > 1 {
			return Errorf(Invalid, "addressee.named: one capacity is stated, not %d", len(a.Codes))
		}
		r.Addressees = append(slices.Clip(r.Addressees), addresseeOf(e))
	case RulingFinal:
		switch at := a.At(Final); {
		case at == 0 || at == Forever || at < r.Decided:
			return Errorf(Invalid, "ruling.final: the instant of finality is missing or before the decision")
		case r.Final != 0 && r.Final <= e.RecordedAt:
			return Errorf(Conflict, "ruling.final: the ruling has been final since %s: what rests on it cannot be moved; annul it instead", r.Final)
		}
		r.Final = a.At(Final)
	case RulingAnnulled:
		r.AnnulledAt = a.Occurred
	case RulingVaried:
		if due := a.At(Due); due == 0 || due < r.Decided {
			return Errorf(Invalid, "ruling.varied: the new deadline (due) is missing or before the decision of %s", r.Decided)
		}
		r.Due = a.At(Due)
	case SumStated:
		r.SumPosition = e.Position
	case PerformanceRecorded, SettlementRecorded, SettlementFailed, SecurityGiven, InabilityFound:
		return r.resolve(e)
	case PerformanceClaimed:
		return applyClaim(&r.Claims, e, true)
	case ClaimAnswered:
		return r.answer(e)
	default:
		return Errorf(Unsupported, "act kind %d is not known of a ruling", a.Kind)
	}
	return nil
}

func addresseeOf(e *Entry) Addressee {
	capacity := "debtor"
	if len(e.Act.Codes) > 0 {
		capacity = e.Act.Codes[0]
	}
	return Addressee{Party: e.Act.Party, Facts: e.Act.Facts, Capacity: capacity, Region: e.Act.Region, Position: e.Position}
}

func (r *Ruling) record(e *Entry) error {
	a := e.Act
	decided, final := a.At(Decided), a.At(Final)
	switch {
	case !slices.Contains(RulingKinds(), a.Code):
		return Errorf(Invalid, "ruling.recorded: %q is not a kind of ruling: judgment, award, penalty, decision, order or suspension", a.Code)
	case len(a.Codes) > 1:
		return Errorf(Invalid, "ruling.recorded: one capacity is stated, not %d", len(a.Codes))
	case decided == 0:
		return Errorf(Invalid, "ruling.recorded: say when it was decided")
	case final != 0 && final < decided:
		return Errorf(Invalid, "ruling.recorded: final on %s, before it was decided on %s", final, decided)
	case a.At(Due) != 0 && a.At(Due) < decided:
		return Errorf(Invalid, "ruling.recorded: due on %s, before it was decided on %s", a.At(Due), decided)
	}
	*r = Ruling{Kind: a.Code, Authority: a.Authority, Region: a.Region, Decided: decided, Final: final, Due: a.At(Due),
		Position: e.Position, SumPosition: e.Position, Facts: a.Facts, Reported: a.Source, Addressees: []Addressee{addresseeOf(e)}}
	return nil
}

// resolve applies what happened to the obligation, with the ends that the
// clerk worked out for the listings that rest on it.
func (r *Ruling) resolve(e *Entry) error {
	a := e.Act
	event := ""
	switch a.Kind {
	case PerformanceRecorded:
		r.Performances = append(slices.Clip(r.Performances), Performance{a.Occurred, a.Facts.Has(FullPerformance), a.Addressee})
		event = "performed"
	case SettlementRecorded:
		if n := len(r.Settlements); n > 0 && r.Settlements[n-1].Until == Forever {
			return Errorf(Conflict, "settlement.recorded: a settlement is being kept already")
		}
		r.Settlements = append(slices.Clip(r.Settlements), Interval{a.Occurred, Forever})
		event = "settled"
	case SettlementFailed:
		n := len(r.Settlements)
		if n == 0 || r.Settlements[n-1].Until != Forever {
			return Errorf(Conflict, "settlement.failed: no settlement is being kept")
		}
		r.Settlements = slices.Clone(r.Settlements)
		r.Settlements[n-1].Until = max(a.Occurred, e.RecordedAt)
	case SecurityGiven:
		r.SecurityAt = a.Occurred
		event = "security-given"
	case InabilityFound:
		r.InabilityAt = a.Occurred
		event = "inability-found"
	}
	for _, end := range e.Resolution.Endings {
		r.endings = append(slices.Clip(r.endings), recordedEnding{end, event})
	}
	return nil
}

// answer closes a claim of performance; upheld, the obligation is performed
// from the day that the party claimed.
func (r *Ruling) answer(e *Entry) error {
	if err := applyClaim(&r.Claims, e, false); err != nil {
		return err
	}
	cause, _ := e.Act.Ref(RefCause)
	for _, c := range r.Claims {
		if c.Version == cause.Version && c.Upheld {
			r.Performances = append(slices.Clip(r.Performances), Performance{c.At, true, c.Addressee})
		}
	}
	for _, end := range e.Resolution.Endings {
		r.endings = append(slices.Clip(r.endings), recordedEnding{end, "performed"})
	}
	return nil
}

// applyClaim adds a claim, or answers the one that the act cites by version.
func applyClaim(claims *[]Claim, e *Entry, made bool) error {
	a := e.Act
	if made {
		*claims = append(slices.Clip(*claims), Claim{Position: e.Position, Version: a.Version + 1, At: a.Occurred, Addressee: a.Addressee,
			Proven: a.Facts.Has(ProofAttached), AnswerBy: e.Resolution.Instants.Get(AnswerBy)})
		return nil
	}
	if a.Code != "upheld" && a.Code != "rejected" {
		return Errorf(Invalid, "%s: the outcome is upheld or rejected", a.Kind)
	}
	cause, ok := a.Ref(RefCause)
	out := slices.Clone(*claims)
	for i := range out {
		if ok && out[i].Version == cause.Version && out[i].AnsweredAt == 0 {
			out[i].AnsweredAt, out[i].Upheld = e.RecordedAt, a.Code == "upheld"
			*claims = out
			return nil
		}
	}
	return Errorf(NotFound, "%s: it answers no open claim of this case: cite the claim's version as cause", a.Kind)
}

// ending is when events on the ruling end a listing, with the event's name;
// Forever when none does.
func (r *Ruling) ending(listing CaseID) (Instant, string) {
	at, event := Forever, ""
	for _, e := range r.endings {
		if e.Listing == listing && e.At < at {
			at, event = e.At, e.Event
		}
	}
	return at, event
}

// RulingKinds is the closed set of kinds of legally effective document.
func RulingKinds() []string {
	return []string{"judgment", "award", "penalty", "decision", "order", "suspension"}
}
