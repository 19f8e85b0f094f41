package standing

import (
	"crypto/ed25519"
	"slices"
	"strconv"
)

// Algorithm says how a statement is signed. Numbers are for ever.
type Algorithm uint8

// The algorithms.
const (
	Ed25519  Algorithm = 1 // RFC 8032
	WebAuthn Algorithm = 2 // reserved: assertion whose challenge is the statement's digest
	Intake   Algorithm = 3 // received at a counter, by post or form; Ed25519 by the receiving office
)

// String names the algorithm.
func (a Algorithm) String() string {
	switch a {
	case Ed25519:
		return "ed25519"
	case WebAuthn:
		return "webauthn"
	case Intake:
		return "intake"
	}
	return "unknown"
}

// Signature is the envelope of a statement: who signed, for whom, how. The
// constitution's acts bear a second one, by another person.
type Signature struct {
	Signer     KeyID
	OnBehalfOf string // "" = the act's authority; "party", "creditor" for intake
	Algorithm  Algorithm
	Bytes      []byte
	Second     *Signature
}

// Statement is one signature over 1 to 4,096 acts, whose bytes are verbatim.
type Statement struct {
	Acts      [][]byte
	Signature Signature
}

// signedText is what a signature covers: purpose, signer and root, so that a
// signature for one thing can never serve for another.
func signedText(sig *Signature, count int, root Digest) []byte {
	b := append([]byte("standing/statement/v1\x00"), byte(sig.Algorithm))
	b = append(b, sig.Signer[:]...)
	b = append(b, byte(len(sig.OnBehalfOf)))
	b = append(b, sig.OnBehalfOf...)
	b = append(b, byte(count>>8), byte(count))
	return append(b, root[:]...)
}

// Digests computes the digests of the statement's acts.
func (s *Statement) Digests() []Digest {
	out := make([]Digest, len(s.Acts))
	for i, a := range s.Acts {
		out[i] = DigestOf(a)
	}
	return out
}

// Sign makes a statement over acts with an Ed25519 private key.
func Sign(acts [][]byte, key ed25519.PrivateKey, algorithm Algorithm, onBehalfOf string) Statement {
	s := Statement{Acts: acts}
	s.Signature = signRoot(StatementRoot(s.Digests()), len(acts), key, algorithm, onBehalfOf)
	return s
}

// Countersign adds the second person's signature, which acts of the
// constitution need.
func (s *Statement) Countersign(key ed25519.PrivateKey) {
	second := signRoot(StatementRoot(s.Digests()), len(s.Acts), key, Ed25519, "")
	s.Signature.Second = &second
}

func signRoot(root Digest, count int, key ed25519.PrivateKey, algorithm Algorithm, onBehalfOf string) Signature {
	sig := Signature{Signer: KeyIDOf(key.Public().(ed25519.PublicKey)), OnBehalfOf: onBehalfOf, Algorithm: algorithm}
	sig.Bytes = ed25519.Sign(key, signedText(&sig, count, root))
	return sig
}

// VerifySignature checks one signature over a statement's root and count with
// the signer's public key.
func VerifySignature(sig *Signature, count int, root Digest, public ed25519.PublicKey) error {
	switch {
	case sig.Algorithm != Ed25519 && sig.Algorithm != Intake:
		return Errorf(Unsupported, "signature algorithm %d is not known here", sig.Algorithm)
	case len(public) != ed25519.PublicKeySize || KeyIDOf(public) != sig.Signer:
		return Errorf(Unauthenticated, "signature of key %s does not belong to the key given", sig.Signer)
	case !ed25519.Verify(public, signedText(sig, count, root), sig.Bytes):
		return Errorf(Unauthenticated, "broken signature of key %s: sign the statement's exact bytes again", sig.Signer)
	}
	return nil
}

// Check refuses a statement whose outer bounds are wrong, before anything
// costly is done with it.
func (s *Statement) Check() error {
	if n := len(s.Acts); n == 0 || n > MaxStatementActs {
		return Errorf(TooLarge, "a statement of %d acts: 1 to %d are allowed", n, MaxStatementActs)
	}
	if second := s.Signature.Second; second != nil {
		if second.Second != nil {
			return Errorf(Invalid, "a statement bears two signatures at most")
		}
		if err := second.check(); err != nil {
			return err
		}
	}
	return s.Signature.check()
}

func (s *Signature) check() error {
	switch {
	case !validBehalf(s.OnBehalfOf):
		return Errorf(Invalid, "signature of key %s on behalf of %.16q: only party or creditor can be meant", s.Signer, s.OnBehalfOf)
	case len(s.Bytes) > maxSignature:
		return Errorf(TooLarge, "signature of key %s has %d bytes: at most %d", s.Signer, len(s.Bytes), maxSignature)
	}
	return nil
}

// validBehalf keeps names out of the envelope, which everyone can read.
func validBehalf(s string) bool { return s == "" || s == "party" || s == "creditor" }

const maxSignature = 1024

func (s *Signature) append(b []byte) []byte {
	n := uint64(4)
	if s.Second != nil {
		n = 5
	}
	b = appendHead(b, majorArray, n)
	b = appendBytes(b, s.Signer[:])
	b = appendText(b, s.OnBehalfOf)
	b = appendHead(b, majorUint, uint64(s.Algorithm))
	b = appendBytes(b, s.Bytes)
	if s.Second != nil {
		b = s.Second.append(b)
	}
	return b
}

func (r *reader) signature(depth int) *Signature {
	n := r.array(5)
	if n != 4 && (n != 5 || depth > 0) {
		r.fail("a signature has four parts, and a second one at most")
		return nil
	}
	s := &Signature{}
	r.fixed(s.Signer[:])
	s.OnBehalfOf = string(r.take(majorText, 16))
	if !validBehalf(s.OnBehalfOf) {
		r.fail("%q is nobody on whose behalf can be signed", s.OnBehalfOf)
	}
	s.Algorithm = Algorithm(r.uint(255))
	s.Bytes = slices.Clone(r.bytes(maxSignature))
	if n == 5 {
		s.Second = r.signature(depth + 1)
	}
	return s
}

// Ending says that an act on a ruling ends a listing that rests on it.
type Ending struct {
	Listing CaseID  `json:"listing"`
	At      Instant `json:"at"`
}

// Resolution is what the clerk worked out when it recorded an act: every
// instant that depends on a rule, under which rulebook. The fold only compares
// these instants; verify works them out again.
type Resolution struct {
	Rulebook    Digest   // 1 rulebook under which the act was decided
	Calendar    Digest   // 2
	Instants    Instants // 3
	Endings     []Ending // 4
	Provisional bool     // 5 a working day past the calendar's last year: can only lengthen
	Screening   bool     // 6 a reported entry that serves screening only: it restricts nothing
}

// check refuses what an entry could not hold: bytes that nobody can read again
// must never be written.
func (r *Resolution) check() error {
	if len(r.Endings) > MaxEndings {
		return Errorf(TooLarge, "it ends %d listings: at most %d", len(r.Endings), MaxEndings)
	}
	for _, n := range r.Instants {
		if !n.At.Valid() && n.At != Forever || !n.Name.known() {
			return Errorf(Refused, "%s would be %s, outside the years 1900 to 2199", n.Name, n.At)
		}
	}
	for _, e := range r.Endings {
		if !e.At.Valid() && e.At != Forever {
			return Errorf(Refused, "listing %s would end at %s, outside the years 1900 to 2199", e.Listing, e.At)
		}
	}
	return nil
}

// Entry is a recorded act: what was said, by whom, when it was recorded, and
// what the clerk resolved. Its bytes are the log's leaf.
type Entry struct {
	Position   uint64 // index in the log; not part of the bytes
	RecordedAt Instant
	Index      uint16     // place within the statement
	Count      uint16     // acts in the statement
	Signature  *Signature // of the statement, only where Index is 0
	Resolution Resolution
	Bytes      []byte // act bytes, verbatim
	Act        *Act   // decoded Bytes
	Signer     KeyID  // signer of the statement, also where Signature is nil
}

// Encode writes the leaf: [1, act, recordedAt, index, count, signature or null,
// signer, resolution] with the act verbatim.
func (e *Entry) Encode() []byte {
	b := make([]byte, 0, len(e.Bytes)+256)
	b = append(b, majorArray|7, 1)
	b = appendBytes(b, e.Bytes)
	b = appendInt(b, int64(e.RecordedAt))
	b = appendHead(b, majorUint, uint64(e.Index))
	b = appendHead(b, majorUint, uint64(e.Count))
	if e.Signature != nil {
		b = e.Signature.append(b)
	} else {
		b = append(b, majorArray|1)
		b = appendBytes(b, e.Signer[:])
	}
	return e.Resolution.append(b)
}

func (r *Resolution) append(b []byte) []byte {
	n := 0
	for _, set := range []bool{!r.Rulebook.IsZero(), !r.Calendar.IsZero(), len(r.Instants) > 0, len(r.Endings) > 0, r.Provisional, r.Screening} {
		if set {
			n++
		}
	}
	b = appendHead(b, majorMap, uint64(n))
	if !r.Rulebook.IsZero() {
		b = appendBytes(append(b, 1), r.Rulebook[:])
	}
	if !r.Calendar.IsZero() {
		b = appendBytes(append(b, 2), r.Calendar[:])
	}
	if len(r.Instants) > 0 {
		b = r.Instants.append(append(b, 3))
	}
	if len(r.Endings) > 0 {
		b = appendHead(append(b, 4), majorArray, uint64(len(r.Endings)))
		for _, e := range r.Endings {
			b = appendBytes(append(b, majorArray|2), e.Listing[:])
			b = appendInt(b, int64(e.At))
		}
	}
	if r.Provisional {
		b = append(b, 5, 1)
	}
	if r.Screening {
		b = append(b, 6, 1)
	}
	return b
}

func (r *reader) resolution() Resolution {
	var out Resolution
	last := uint64(0)
	for range r.mapping(6) {
		field := r.uint(6)
		if field <= last {
			r.fail("resolution field %d out of order", field)
		}
		last = field
		switch field {
		case 1:
			r.fixed(out.Rulebook[:])
		case 2:
			r.fixed(out.Calendar[:])
		case 3:
			out.Instants = r.instants()
		case 4:
			for range r.array(MaxEndings) {
				var e Ending
				if r.array(2) != 2 {
					r.fail("an ending has two parts")
				}
				r.fixed(e.Listing[:])
				e.At = r.instant("of an ending")
				out.Endings = append(out.Endings, e)
			}
		case 5:
			out.Provisional = r.uint(1) == 1
		case 6:
			out.Screening = r.uint(1) == 1
		}
	}
	return out
}

// MaxEndings bounds how many listings one act on a ruling can end: every
// addressee on a few lists.
const MaxEndings = 256

// MaxEntryBytes bounds a leaf: entry bundles of the log hold its length in two
// bytes.
const MaxEntryBytes = 65535

// DecodeEntry reads a leaf at a position. Bytes that Encode would not have
// written are refused. The entry keeps parts of b, which must not change.
func DecodeEntry(position uint64, b []byte) (*Entry, error) {
	e, err := decodeEntry(b)
	if err != nil {
		err.What = "log entry " + strconv.FormatUint(position, 10) + ": " + err.What
		return nil, err
	}
	e.Position = position
	return e, nil
}

func decodeEntry(b []byte) (*Entry, *Error) {
	if len(b) > MaxEntryBytes {
		return nil, Errorf(TooLarge, "%d bytes: at most %d", len(b), MaxEntryBytes)
	}
	r := &reader{b: b}
	n := r.array(maxFields)
	if v := r.uint(1 << 16); r.err == nil && v != 1 {
		r.unknown("entry format %d", v)
	}
	if n != 7 {
		r.fail("a log entry has seven parts")
	}
	e := &Entry{}
	e.Bytes = r.bytes(MaxActBytes)
	if e.RecordedAt = r.instant("of recording"); e.RecordedAt == Forever {
		r.fail("instant of recording is open")
	}
	e.Index = uint16(r.uint(MaxStatementActs))
	if e.Count = uint16(r.uint(MaxStatementActs)); e.Index >= e.Count {
		r.fail("act %d of a statement of %d", e.Index, e.Count)
	}
	if e.Index == 0 {
		if e.Signature = r.signature(0); e.Signature != nil {
			e.Signer = e.Signature.Signer
		}
	} else {
		if r.array(1) != 1 {
			r.fail("a later act of a statement names its signer alone")
		}
		r.fixed(e.Signer[:])
	}
	e.Resolution = r.resolution()
	if r.end(); r.err != nil {
		return nil, r.err
	}
	var err *Error
	if e.Act, err = decodeAct(e.Bytes); err != nil {
		return nil, err
	}
	if !slices.Equal(e.Encode(), b) {
		return nil, Errorf(Invalid, "bytes are not in their one canonical form")
	}
	return e, nil
}
