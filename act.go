package standing

import (
	"crypto/sha256"
	"math/bits"
	"slices"

	"github.com/openstanding/standing/region"
)

// Limits on what one act may carry: each stops an abuse, none has been met by
// a real ruling.
const (
	MaxActBytes      = 16 << 10  // a log entry is at most 65,535 bytes
	MaxOpeningBytes  = 256 << 10 // documents stay outside: the opening holds their digests
	MaxRefs          = 16
	MaxCodes         = 64
	MaxPayload       = 1 << 10
	MaxStatementActs = 4096 // one signature covers so many acts
	MaxAddressees    = 64
	maxFields        = 64 // of which 24 are known
)

// RefRole says why an act cites a case.
type RefRole uint8

// The roles of a reference. Numbers are for ever.
const (
	RefRuling       RefRole = 1
	RefListing      RefRole = 2
	RefConstitution RefRole = 3
	RefSource       RefRole = 4
	RefCause        RefRole = 5 // what this act answers or corrects
)

// Ref cites a case. A Version other than zero makes the act conditional on it.
type Ref struct {
	Role    RefRole `json:"role"`
	Case    CaseID  `json:"case"`
	Version uint64  `json:"version,omitempty"`
}

// InstantName numbers the instants that an act or a resolution carries.
type InstantName uint8

// The names of instants. Numbers are for ever.
const (
	Decided    InstantName = 1  // the ruling was given
	Final      InstantName = 2  // it became final
	Due        InstantName = 3  // the obligation's deadline
	Served     InstantName = 4  // notice reached the party
	From       InstantName = 5  // something begins
	Until      InstantName = 6  // something ends
	Snapshot   InstantName = 7  // the day the source speaks of
	WindowEnd  InstantName = 16 // resolved: the objection window ends
	TermEnd    InstantName = 17 // resolved: the listing's term ends
	Review     InstantName = 18 // resolved: ends here unless renewed
	AnswerBy   InstantName = 19 // resolved: unanswered then, the effect rests
	EndsAt     InstantName = 20 // resolved: when an exit event lifts
	EarliestAt InstantName = 21 // resolved: the earliest exit of a fixed term
	StaleAfter InstantName = 22 // resolved: a snapshot no longer holds open ends
)

// String names the instant as the API does.
func (n InstantName) String() string {
	switch n {
	case Decided:
		return "decided"
	case Final:
		return "final"
	case Due:
		return "due"
	case Served:
		return "served"
	case From:
		return "from"
	case Until:
		return "until"
	case Snapshot:
		return "snapshot"
	case WindowEnd:
		return "windowEnd"
	case TermEnd:
		return "termEnd"
	case Review:
		return "review"
	case AnswerBy:
		return "answerBy"
	case EndsAt:
		return "endsAt"
	case EarliestAt:
		return "earliest"
	case StaleAfter:
		return "staleAfter"
	}
	return "instant-" + itoa(int(n))
}

func (n InstantName) known() bool {
	return n >= Decided && n <= Snapshot || n >= WindowEnd && n <= StaleAfter
}

// MarshalText names the instant.
func (n InstantName) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the name.
func (n *InstantName) UnmarshalText(b []byte) error {
	for v := range InstantName(32) {
		if v.known() && v.String() == string(b) {
			*n = v
			return nil
		}
	}
	return Errorf(Invalid, "%.40q is not the name of an instant", string(b))
}

// Named is an instant with its name. A list of them is ascending by name.
type Named struct {
	Name InstantName `json:"name"`
	At   Instant     `json:"at"`
}

// Instants is a short list of named instants, ascending by name.
type Instants []Named

// Get returns the instant of a name, zero when not set.
func (s Instants) Get(n InstantName) Instant {
	for _, v := range s {
		if v.Name == n {
			return v.At
		}
	}
	return 0
}

// With returns a copy in which the name has the instant.
func (s Instants) With(n InstantName, at Instant) Instants {
	out := make(Instants, 0, len(s)+1)
	for _, v := range s {
		if v.Name != n {
			out = append(out, v)
		}
	}
	if at != 0 {
		out = append(out, Named{n, at})
	}
	slices.SortFunc(out, func(a, b Named) int { return int(a.Name) - int(b.Name) })
	return out
}

// Provenance says where a reported act comes from: another body's list, the
// snapshot of it, and the row. The act is signed by the transcriber here,
// never in the issuer's name.
type Provenance struct {
	Source   string  `json:"source"`   // code of the source, "iadb"
	Snapshot Digest  `json:"snapshot"` // SHA-256 of the file as read
	Date     Instant `json:"date"`     // the day the snapshot speaks of
	Row      uint64  `json:"row"`
}

// Act is one signed statement of one thing: the envelope that anyone may read.
// Fields are numbered for ever in encoding; an unset field adds no bytes; new
// fields are optional. Nothing in it names or describes a party.
type Act struct {
	Kind       Kind        // 2
	Register   string      // 3 origin of the register's log
	Case       CaseID      // 4
	Version    uint64      // 5 how many acts the case had when this was said
	Authority  AuthorityID // 6
	Occurred   Instant     // 7 when what is stated happened
	List       ListID      // 8
	Region     string      // 9
	Refs       []Ref       // 10
	Code       string      // 11 kind of ruling, ground, method, outcome, exit event, by Kind
	Severity   uint8       // 12
	Instants   Instants    // 13
	Addressee  uint8       // 14 number of the addressee in the ruling, from 1
	Party      PartyKind   // 15
	Facts      Facts       // 16
	Commitment Digest      // 17 to the opening; zero when there is none
	Codes      []string    // 18
	Digest     Digest      // 19 rulebook, snapshot, document
	Payload    []byte      // 20 public keys
	Key        []byte      // 21 idempotency key, up to 32 bytes
	Source     *Provenance // 22
	Officer    OfficerID   // 23 whose key is granted
	Holder     AuthorityID // 24 authority that is recorded or holds the key
}

// Encode writes the act's one sequence of bytes (deterministic CBOR map).
func (a *Act) Encode() []byte {
	b := make([]byte, 0, 256)
	b = appendHead(b, majorMap, uint64(bits.OnesCount32(uint32(a.fields()))))
	b = append(b, 1, 1, 2) // field 1, format 1; field 2
	b = appendHead(b, majorUint, uint64(a.Kind))
	b = appendText(append(b, 3), a.Register)
	b = appendBytes(append(b, 4), a.Case[:])
	if a.Version != 0 {
		b = appendHead(append(b, 5), majorUint, a.Version)
	}
	if a.Authority != "" {
		b = appendText(append(b, 6), string(a.Authority))
	}
	if a.Occurred != 0 {
		b = appendInt(append(b, 7), int64(a.Occurred))
	}
	if a.List != "" {
		b = appendText(append(b, 8), string(a.List))
	}
	if a.Region != "" {
		b = appendText(append(b, 9), a.Region)
	}
	if len(a.Refs) > 0 {
		b = appendHead(append(b, 10), majorArray, uint64(len(a.Refs)))
		for _, r := range a.Refs {
			b = append(b, majorArray|3)
			b = appendHead(b, majorUint, uint64(r.Role))
			b = appendBytes(b, r.Case[:])
			b = appendHead(b, majorUint, r.Version)
		}
	}
	if a.Code != "" {
		b = appendText(append(b, 11), a.Code)
	}
	if a.Severity != 0 {
		b = appendHead(append(b, 12), majorUint, uint64(a.Severity))
	}
	if len(a.Instants) > 0 {
		b = a.Instants.append(append(b, 13))
	}
	return a.encodeRest(b)
}

func (a *Act) encodeRest(b []byte) []byte {
	if a.Addressee != 0 {
		b = appendHead(append(b, 14), majorUint, uint64(a.Addressee))
	}
	if a.Party != 0 {
		b = appendHead(append(b, 15), majorUint, uint64(a.Party))
	}
	if a.Facts != 0 {
		b = appendHead(append(b, 16), majorUint, uint64(a.Facts))
	}
	if !a.Commitment.IsZero() {
		b = appendBytes(append(b, 17), a.Commitment[:])
	}
	if len(a.Codes) > 0 {
		b = appendHead(append(b, 18), majorArray, uint64(len(a.Codes)))
		for _, c := range a.Codes {
			b = appendText(b, c)
		}
	}
	if !a.Digest.IsZero() {
		b = appendBytes(append(b, 19), a.Digest[:])
	}
	if len(a.Payload) > 0 {
		b = appendBytes(append(b, 20), a.Payload)
	}
	if len(a.Key) > 0 {
		b = appendBytes(append(b, 21), a.Key)
	}
	if s := a.Source; s != nil {
		b = append(b, 22, majorArray|4)
		b = appendText(b, s.Source)
		b = appendBytes(b, s.Snapshot[:])
		b = appendInt(b, int64(s.Date))
		b = appendHead(b, majorUint, s.Row)
	}
	if a.Officer != (OfficerID{}) {
		b = appendBytes(append(b, 23), a.Officer[:])
	}
	if a.Holder != "" {
		b = appendText(append(b, 24, 24), string(a.Holder)) // 24 takes a second byte
	}
	return b
}

func (s Instants) append(b []byte) []byte {
	b = appendHead(b, majorMap, uint64(len(s)))
	for _, v := range s {
		b = appendHead(b, majorUint, uint64(v.Name))
		b = appendInt(b, int64(v.At))
	}
	return b
}

func (r *reader) instants() Instants {
	n := r.mapping(32)
	out := make(Instants, 0, n)
	for range n {
		v := Named{Name: InstantName(r.uint(255))}
		switch {
		case r.err == nil && !v.Name.known():
			r.unknown("instant %d", v.Name)
		case len(out) > 0 && out[len(out)-1].Name >= v.Name:
			r.fail("instants out of order")
		}
		v.At = r.instant(v.Name.String())
		if r.err != nil {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// DecodeAct reads act bytes. Bytes that Encode would not have written are
// refused; so is a kind that this software does not know.
func DecodeAct(b []byte) (*Act, error) {
	a, err := decodeAct(b)
	if err != nil {
		return nil, err
	}
	return a, nil
}

func decodeAct(b []byte) (*Act, *Error) {
	if len(b) > MaxActBytes {
		return nil, Errorf(TooLarge, "act of %d bytes: at most %d", len(b), MaxActBytes)
	}
	r := &reader{b: b}
	a := &Act{}
	n := r.mapping(maxFields)
	var last uint64
	for range n {
		field := r.uint(1 << 16)
		if r.err == nil && field <= last {
			r.fail("field %d out of order", field)
		}
		last = field
		if field == 1 {
			if v := r.uint(1 << 16); r.err == nil && v != 1 {
				r.unknown("act format %d", v)
			}
			continue
		}
		a.decodeField(r, field)
	}
	if r.end(); r.err != nil {
		return nil, r.err
	}
	if !a.Kind.Known() {
		return nil, Errorf(Unsupported, "act kind %d is not known: stop and use a newer version", a.Kind)
	}
	if a.Register == "" {
		return nil, Errorf(Invalid, "act names no register")
	}
	if canonical := a.Encode(); !slices.Equal(canonical, b) {
		return nil, Errorf(Invalid, "act bytes are not in their one canonical form")
	}
	return a, nil
}

func (a *Act) decodeField(r *reader, field uint64) {
	switch field {
	case 2:
		a.Kind = Kind(r.uint(1<<16 - 1))
	case 3:
		a.Register = r.code()
	case 4:
		r.fixed(a.Case[:])
	case 5:
		a.Version = r.uint(1 << 40)
	case 6:
		a.Authority = AuthorityID(r.code())
	case 7:
		if a.Occurred = r.instant("occurred"); a.Occurred == Forever {
			r.fail("instant occurred is open")
		}
	case 8:
		a.List = ListID(r.code())
	case 9:
		a.Region = r.region()
	case 10:
		for range r.array(MaxRefs) {
			if r.array(3) != 3 {
				r.fail("a reference has three parts")
			}
			var ref Ref
			ref.Role = RefRole(r.uint(255))
			if r.err == nil && (ref.Role < RefRuling || ref.Role > RefCause) {
				r.unknown("role %d of a reference", ref.Role)
			}
			r.fixed(ref.Case[:])
			ref.Version = r.uint(1 << 40)
			a.Refs = append(a.Refs, ref)
		}
	case 11:
		a.Code = r.code()
	case 12:
		a.Severity = uint8(r.uint(255))
	case 13:
		a.Instants = r.instants()
	case 14:
		a.Addressee = uint8(r.uint(MaxAddressees))
	case 15:
		a.Party = PartyKind(r.uint(uint64(Person)))
	default:
		a.decodeRest(r, field)
	}
}

func (a *Act) decodeRest(r *reader, field uint64) {
	switch field {
	case 16:
		a.Facts = Facts(r.uint(1<<32 - 1))
		if a.Facts&^allFacts != 0 {
			r.unknown("facts %#x", uint32(a.Facts&^allFacts))
		}
	case 17:
		r.fixed(a.Commitment[:])
	case 18:
		for range r.array(MaxCodes) {
			a.Codes = append(a.Codes, r.code())
		}
	case 19:
		r.fixed(a.Digest[:])
	case 20:
		a.Payload = slices.Clone(r.bytes(MaxPayload))
	case 21:
		a.Key = slices.Clone(r.bytes(32))
	case 22:
		if r.array(4) != 4 {
			r.fail("a source has four parts")
		}
		s := &Provenance{Source: r.code()}
		r.fixed(s.Snapshot[:])
		if s.Date = r.instant("of the source"); s.Date == Forever {
			r.fail("instant of the source is open")
		}
		s.Row = r.uint(1 << 40)
		a.Source = s
	case 23:
		r.fixed(a.Officer[:])
	case 24:
		a.Holder = AuthorityID(r.code())
	default:
		r.unknown("field %d", field)
	}
}

func (r *reader) region() string {
	v := string(r.take(majorText, 32))
	if r.err == nil {
		if _, err := region.Parse(v); err != nil {
			r.fail("%v", err)
		}
	}
	return v
}

// DigestOf is the digest by which an act is signed and known.
func DigestOf(actBytes []byte) Digest { return sha256.Sum256(actBytes) }

// Ref returns the first reference of a role.
func (a *Act) Ref(role RefRole) (Ref, bool) {
	for _, r := range a.Refs {
		if r.Role == role {
			return r, true
		}
	}
	return Ref{}, false
}

// At is the named instant of the act, or zero.
func (a *Act) At(n InstantName) Instant { return a.Instants.Get(n) }

// StatementRoot is the Merkle tree head (RFC 6962, 2.1, SHA-256) over the
// digests of a statement's acts, in order.
func StatementRoot(digests []Digest) Digest {
	switch len(digests) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		leaf := [33]byte{}
		copy(leaf[1:], digests[0][:])
		return sha256.Sum256(leaf[:])
	}
	split := 1 << (bits.Len(uint(len(digests)-1)) - 1)
	left, right := StatementRoot(digests[:split]), StatementRoot(digests[split:])
	node := [65]byte{1}
	copy(node[1:], left[:])
	copy(node[33:], right[:])
	return sha256.Sum256(node[:])
}
