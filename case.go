package standing

import "slices"

// Case is the fold of the acts about one noun. Exactly one of the noun's
// pointers is set, by Kind.
type Case struct {
	ID           CaseID
	Kind         CaseKind
	Version      uint64 // acts so far
	LastRecorded Instant
	Constitution *Constitution
	Party        *Party
	Ruling       *Ruling
	Listing      *Listing
	Source       *Source
	Looks        *Looks
}

// Fold replays the entries of one case, in order, up to those recorded at or
// before known (Forever = all).
func Fold(entries []*Entry, known Instant) (*Case, error) {
	c := &Case{}
	for _, e := range entries {
		if e.RecordedAt > known {
			break
		}
		if err := c.Apply(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Apply adds one entry to the case, or refuses it and leaves the case as it
// was. It is pure: the entry carries every instant that it compares. What it
// enforces is the order of events, which no rulebook can change; who may act
// and under which rule is the clerk's to decide before.
func (c *Case) Apply(e *Entry) error {
	a := e.Act
	noun := a.Kind.Noun()
	switch {
	case noun == NoCase:
		return Errorf(Unsupported, "act kind %d is not known: stop and use a newer version", a.Kind)
	case (noun == ConstitutionCase) != (a.Case == ConstitutionID):
		return Errorf(Invalid, "%s: case %s cannot be a %s", a.Kind, a.Case, noun)
	case a.stray() != "":
		return Errorf(Invalid, "%s: acts of this kind carry no %s: leave it out", a.Kind, a.stray())
	case a.Occurred == 0:
		return Errorf(Invalid, "%s: say when it happened (occurred)", a.Kind)
	case c.Version == 0 && !a.Kind.Opens():
		return Errorf(NotFound, "%s: case %s does not exist", a.Kind, a.Case)
	case c.Version > 0 && c.ID != a.Case:
		return Errorf(Internal, "%s: the act is for case %s, this is case %s", a.Kind, a.Case, c.ID)
	case c.Version > 0 && c.Kind != noun:
		return Errorf(Invalid, "%s: case %s is a %s", a.Kind, a.Case, c.Kind)
	case c.Version > 0 && a.Kind.Opens() && noun != SourceCase && noun != LooksCase:
		return Errorf(Conflict, "%s: case %s exists already", a.Kind, a.Case)
	case a.Version != c.Version:
		return Errorf(Conflict, "%s: case %s has %d acts, the act was signed for %d: read it again and sign anew", a.Kind, a.Case, c.Version, a.Version)
	case e.RecordedAt < c.LastRecorded:
		return Errorf(Internal, "%s: recorded before the act that precedes it", a.Kind)
	}
	if err := e.Resolution.check(); err != nil {
		return err
	}
	if err := c.applyNoun(noun, e); err != nil {
		return err
	}
	c.ID, c.Kind, c.LastRecorded = a.Case, noun, e.RecordedAt
	c.Version++
	return nil
}

func (c *Case) applyNoun(noun CaseKind, e *Entry) error {
	switch noun {
	case ConstitutionCase:
		return applyTo(&c.Constitution, e)
	case PartyCase:
		return applyTo(&c.Party, e)
	case RulingCase:
		return applyTo(&c.Ruling, e)
	case ListingCase:
		return applyTo(&c.Listing, e)
	case SourceCase:
		return applyTo(&c.Source, e)
	default:
		return applyTo(&c.Looks, e)
	}
}

// applyTo applies an entry to a noun, made for the act that opens its case; a
// refused opening leaves no empty noun behind.
func applyTo[N any, P interface {
	*N
	apply(*Entry) error
}](noun *P, e *Entry) error {
	into := *noun
	if into == nil {
		into = new(N)
	}
	if err := into.apply(e); err != nil {
		return err
	}
	*noun = into
	return nil
}

// Party is a registry's record of who exists. Who it is stands in the opening
// of the act at Position.
type Party struct {
	Kind      PartyKind
	Region    string
	Authority AuthorityID
	Position  uint64 // act whose opening holds names and identifiers now
	ErasedAt  Instant
	Reported  *Provenance
}

func (p *Party) apply(e *Entry) error {
	a := e.Act
	if p.ErasedAt != 0 {
		return Errorf(Conflict, "%s: the party's record was erased", a.Kind)
	}
	switch a.Kind {
	case PartyErased:
		p.ErasedAt = e.RecordedAt
	default:
		*p = Party{Kind: a.Party, Region: a.Region, Authority: a.Authority, Position: e.Position, Reported: a.Source}
	}
	return nil
}

// Source is what is known of a list that is imported: its latest snapshot.
type Source struct {
	List       ListID
	Snapshots  []SnapshotRead
	StaleAfter Instant // open ends of this source hold no longer than this
}

// SnapshotRead is one snapshot of a source.
type SnapshotRead struct {
	Digest     Digest
	Date       Instant
	RecordedAt Instant
}

func (s *Source) apply(e *Entry) error {
	a := e.Act
	date, n := a.At(Snapshot), len(s.Snapshots)
	switch {
	case a.List == "" || date == 0:
		return Errorf(Invalid, "snapshot.imported: list and day of the snapshot are needed")
	case date > e.RecordedAt+86400: // a day: it is tomorrow already in the east
		return Errorf(Invalid, "snapshot.imported: the snapshot is dated %s, in the future: it would never grow stale", date)
	case n > 0 && a.List != s.List:
		return Errorf(Invalid, "snapshot.imported: this source is of list %s, not of %s", s.List, a.List)
	case n > 0 && date < s.Snapshots[n-1].Date:
		return Errorf(Refused, "snapshot of %s is older than the last one read, of %s", date, s.Snapshots[n-1].Date)
	}
	s.List = a.List
	s.Snapshots = append(slices.Clip(s.Snapshots), SnapshotRead{a.Digest, date, e.RecordedAt})
	s.StaleAfter = e.Resolution.Instants.Get(StaleAfter)
	return nil
}

// Looks chains the daily segments of looks at persons.
type Looks struct {
	Days []LooksDay
}

// LooksDay is the head of one day's segment.
type LooksDay struct {
	Day  Instant
	Head Digest
}

func (l *Looks) apply(e *Entry) error {
	day := e.Act.At(From)
	if day == 0 {
		return Errorf(Invalid, "looks.sealed: say which day is sealed (from)")
	}
	if n := len(l.Days); n > 0 && day <= l.Days[n-1].Day {
		return Errorf(Conflict, "looks of %s are sealed already", day)
	}
	l.Days = append(slices.Clip(l.Days), LooksDay{day, e.Act.Digest})
	return nil
}
