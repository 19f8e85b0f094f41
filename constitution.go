package standing

import (
	"crypto/ed25519"
	"maps"
	"slices"
)

// Roles of keys. A key may have several.
const (
	RoleFounder     = "founder"     // may change the constitution, two persons together
	RoleOfficer     = "officer"     // records, proposes, serves, decides for its authority
	RoleIntake      = "intake"      // receives what parties and creditors say
	RoleTranscriber = "transcriber" // signs reported acts, in this register's own name
	RoleRegistrar   = "registrar"   // records who exists
)

// Key is a public key that may sign for an authority.
type Key struct {
	ID      KeyID
	Public  ed25519.PublicKey
	Holder  AuthorityID
	Officer OfficerID
	Roles   []string
	Granted Instant
	Revoked Instant // zero = in force
}

// Active reports whether the key may sign what is recorded at an instant.
func (k *Key) Active(at Instant) bool {
	return k.Granted <= at && (k.Revoked == 0 || at < k.Revoked)
}

// Has reports whether the key has a role.
func (k *Key) Has(role string) bool { return slices.Contains(k.Roles, role) }

// Authority is a court, agency, registry, municipality or bank.
type Authority struct {
	ID       AuthorityID
	Kind     string   // court, agency, registry, municipality, bank, register
	Region   string   // where it may act
	Entitled []string // rulebooks or lists it may write to
	Position uint64   // act whose opening holds its names and contact
}

// Adoption says that a rulebook's text is in force in an interval.
type Adoption struct {
	Digest   Digest
	Interval Interval
}

// Constitution is the fold of founding, keys, authorities and rulebooks.
type Constitution struct {
	Register    string
	Founded     Instant
	Keys        map[KeyID]*Key
	Authorities map[AuthorityID]*Authority
	Rulebooks   map[string][]Adoption
	Repealed    map[ListID]Instant
}

// Clone copies the constitution for readers that outlive the next act. What
// the maps point to is replaced, never changed in place.
func (c *Constitution) Clone() *Constitution {
	return &Constitution{Register: c.Register, Founded: c.Founded, Keys: maps.Clone(c.Keys), Authorities: maps.Clone(c.Authorities),
		Rulebooks: maps.Clone(c.Rulebooks), Repealed: maps.Clone(c.Repealed)}
}

// Adopted is the digest of the rulebook's text in force at an instant.
func (c *Constitution) Adopted(rulebook string, at Instant) (Digest, bool) {
	for _, a := range slices.Backward(c.Rulebooks[rulebook]) {
		if a.Interval.Holds(at) {
			return a.Digest, true
		}
	}
	return Digest{}, false
}

// InForce is the interval in which a list's effects can stand: from the first
// adoption of its rulebook until the list or its rulebook is repealed.
func (c *Constitution) InForce(list ListID) Interval {
	adoptions := c.Rulebooks[list.Rulebook()]
	if len(adoptions) == 0 {
		return Interval{}
	}
	span := Interval{adoptions[0].Interval.From, adoptions[len(adoptions)-1].Interval.Until}
	if at := c.Repealed[list]; at != 0 {
		span.Until = min(span.Until, at)
	}
	return span
}

// Entitled reports whether an authority may write to a list.
func (a *Authority) IsEntitled(list ListID) bool {
	return slices.Contains(a.Entitled, string(list)) || slices.Contains(a.Entitled, list.Rulebook())
}

func (c *Constitution) apply(e *Entry) error {
	a := e.Act
	if a.Case != ConstitutionID {
		return Errorf(Invalid, "%s belongs to the constitution, not to case %s", a.Kind, a.Case)
	}
	if a.Kind == RegisterFounded {
		return c.found(e)
	}
	from := a.At(From)
	if from == 0 {
		from = e.RecordedAt
	}
	switch a.Kind {
	case KeyGranted:
		return c.grant(e, from)
	case KeyRevoked:
		var id KeyID
		if copy(id[:], a.Payload) != len(a.Payload) || c.Keys[id] == nil {
			return Errorf(NotFound, "key.revoked: no such key")
		}
		k, at := *c.Keys[id], max(from, e.RecordedAt)
		if k.Revoked != 0 && k.Revoked <= at {
			return Errorf(Conflict, "key.revoked: key %s is revoked from %s; it can only be revoked earlier", id, k.Revoked)
		}
		k.Revoked = at
		c.Keys[id] = &k
	case AuthorityRecorded, AuthorityChanged:
		if (c.Authorities[a.Holder] != nil) != (a.Kind == AuthorityChanged) {
			return Errorf(Conflict, "%s: authority %s is %s recorded", a.Kind, a.Holder, map[bool]string{true: "already", false: "not"}[a.Kind == AuthorityRecorded])
		}
		if a.Holder == "" || a.Code == "" || a.Region == "" {
			return Errorf(Invalid, "%s: holder, kind and region are needed", a.Kind)
		}
		c.Authorities[a.Holder] = &Authority{ID: a.Holder, Kind: a.Code, Region: a.Region, Entitled: a.Codes, Position: e.Position}
	case RulebookAdopted:
		return c.adopt(string(a.List), a.Digest, max(from, e.RecordedAt))
	case RulebookRepealed:
		return c.repealRulebook(string(a.List), max(from, e.RecordedAt))
	case ListRepealed:
		at := max(from, e.RecordedAt)
		if span := c.InForce(a.List); span.empty() || span.Until <= at {
			return Errorf(NotFound, "list.repealed: %s is not in force at %s", a.List, at)
		}
		c.Repealed[a.List] = at
	default:
		return Errorf(Unsupported, "act kind %d is not known in the constitution", a.Kind)
	}
	return nil
}

// found starts a register with the keys of two persons; either alone can grant
// nothing.
func (c *Constitution) found(e *Entry) error {
	p := e.Act.Payload
	if len(p) != 2*ed25519.PublicKeySize || slices.Equal(p[:32], p[32:]) {
		return Errorf(Invalid, "register.founded: the public keys of two persons are needed")
	}
	*c = Constitution{Register: e.Act.Register, Founded: e.RecordedAt, Keys: map[KeyID]*Key{},
		Authorities: map[AuthorityID]*Authority{}, Rulebooks: map[string][]Adoption{}, Repealed: map[ListID]Instant{}}
	for i := range 2 {
		public := ed25519.PublicKey(p[32*i : 32*i+32])
		id := KeyIDOf(public)
		c.Keys[id] = &Key{ID: id, Public: public, Officer: OfficerID(id), Roles: []string{RoleFounder}, Granted: e.RecordedAt}
	}
	return nil
}

func (c *Constitution) grant(e *Entry, from Instant) error {
	a := e.Act
	id := KeyIDOf(a.Payload)
	switch {
	case len(a.Payload) != ed25519.PublicKeySize:
		return Errorf(Invalid, "key.granted: an Ed25519 public key has 32 bytes")
	case c.Keys[id] != nil:
		return Errorf(Conflict, "key.granted: key %s was granted before; a revoked key never returns", id)
	case a.Holder != "" && c.Authorities[a.Holder] == nil:
		return Errorf(NotFound, "key.granted: authority %s is not recorded", a.Holder)
	case a.Officer == (OfficerID{}):
		return Errorf(Invalid, "key.granted: say whose key it is (officer)")
	case len(a.Codes) == 0:
		return Errorf(Invalid, "key.granted: say what the key may do (codes)")
	}
	c.Keys[id] = &Key{ID: id, Public: ed25519.PublicKey(a.Payload), Holder: a.Holder, Officer: a.Officer, Roles: a.Codes, Granted: max(from, e.RecordedAt)}
	return nil
}

func (c *Constitution) adopt(name string, digest Digest, from Instant) error {
	list := slices.Clone(c.Rulebooks[name])
	if n := len(list); n > 0 {
		last := &list[n-1].Interval
		switch {
		case from < last.From:
			return Errorf(Conflict, "rulebook %s: a version from %s is adopted already", name, last.From)
		case last.Until < from:
			// What ended with the repeal would come back to life.
			return Errorf(Conflict, "rulebook %s was repealed at %s: adopt its successor under a new name", name, last.Until)
		}
		last.Until = min(last.Until, from)
	}
	c.Rulebooks[name] = append(list, Adoption{digest, Interval{from, Forever}})
	return nil
}

func (c *Constitution) repealRulebook(name string, from Instant) error {
	list := slices.Clone(c.Rulebooks[name])
	if len(list) == 0 || list[len(list)-1].Interval.Until <= from {
		return Errorf(NotFound, "rulebook.repealed: %s is not in force at %s", name, from)
	}
	list[len(list)-1].Interval.Until = from
	c.Rulebooks[name] = list
	return nil
}
