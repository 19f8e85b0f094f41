package standing

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"io"
	"strings"
	"time"
)

// Instant is a point in time in Unix seconds, UTC. Zero means "not set".
type Instant int64

// The bounds of an Instant that an act may carry: years 1900 to 2199. A date
// in year 0 or 9999 is a mistake of the sender, never a date of law.
const (
	MinInstant Instant = -2208988800 // 1900-01-01
	MaxInstant Instant = 7258118399  // 2199-12-31T23:59:59
	// Forever is the end of an interval that has none yet.
	Forever Instant = 1<<63 - 1
)

// At turns a time into an Instant.
func At(t time.Time) Instant { return Instant(t.Unix()) }

// Time turns an Instant into a time in UTC.
func (i Instant) Time() time.Time { return time.Unix(int64(i), 0).UTC() }

// Valid reports whether an act may carry the instant.
func (i Instant) Valid() bool { return i >= MinInstant && i <= MaxInstant && i != 0 }

// String prints RFC 3339 in UTC; "" when not set, "open" for Forever.
func (i Instant) String() string {
	switch i {
	case 0:
		return ""
	case Forever:
		return "open"
	}
	return i.Time().Format(time.RFC3339)
}

// MarshalText makes JSON carry RFC 3339.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads RFC 3339, a civil date (midnight UTC), "open" or "".
func (i *Instant) UnmarshalText(b []byte) error {
	v, err := ParseInstant(string(b))
	*i = v
	return err
}

// ParseInstant reads RFC 3339, a civil date (midnight UTC), "open" or "".
func ParseInstant(s string) (Instant, error) {
	switch s {
	case "":
		return 0, nil
	case "open":
		return Forever, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			v := At(t)
			if v < MinInstant || v > MaxInstant {
				return 0, &Error{Kind: Invalid, What: "date " + s + " is outside the years 1900 to 2199", Do: "correct the year"}
			}
			if v == 0 {
				return 0, &Error{Kind: Invalid, What: "date " + s + " is the zero of computers, by which a missing date is told", Do: "if it is meant, write 1970-01-01T00:00:01Z"}
			}
			return v, nil
		}
	}
	return 0, Errorf(Invalid, "%.40q is not a date: write 2026-11-22 or 2026-11-22T15:04:05Z", s)
}

// CaseID names a case: 48 bits of Unix milliseconds, then 80 random bits, so
// that ids say nothing about anyone and yet arrive in order, which keeps the
// trees of every database narrow. The all-zero id is the constitution.
type CaseID [16]byte

// ConstitutionID is the case of keys, authorities and rulebooks in force.
var ConstitutionID CaseID

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewCaseID draws an id at an instant from a source of randomness.
func NewCaseID(now Instant, random io.Reader) (CaseID, error) {
	var id CaseID
	ms := uint64(now) * 1000
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return CaseID{}, Errorf(Internal, "no randomness for a case id: %v", err)
	}
	return id, nil
}

// KeyedCaseID derives the id of the case that a command with an idempotency
// key opens, so that the same command twice meets the same case.
func KeyedCaseID(authority AuthorityID, key []byte) CaseID {
	h := sha256.New()
	h.Write([]byte("standing/case-key/v1\x00" + string(authority) + "\x00"))
	h.Write(key)
	var id CaseID
	copy(id[6:], h.Sum(nil)) // no time in front: these ids sort before all drawn ones
	return id
}

// String prints the id in 26 letters of Crockford's base 32.
func (c CaseID) String() string { return idText.EncodeToString(c[:]) }

// IsZero reports whether the id is unset (or the constitution's).
func (c CaseID) IsZero() bool { return c == CaseID{} }

// MarshalText prints the id.
func (c CaseID) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the id.
func (c *CaseID) UnmarshalText(b []byte) error {
	v, err := ParseCaseID(string(b))
	*c = v
	return err
}

// ParseCaseID reads a case id, with or without the register's origin before it
// ("register.example/listing/01h...").
func ParseCaseID(s string) (CaseID, error) {
	if i := strings.LastIndexByte(s, '/'); i >= 0 {
		s = s[i+1:]
	}
	var id CaseID
	b, err := idText.DecodeString(strings.ToLower(s))
	copy(id[:], b)
	if err != nil || len(b) != len(id) || id.String() != strings.ToLower(s) {
		return CaseID{}, Errorf(Invalid, "%.60q is not a case id: 26 letters and digits are expected", s)
	}
	return id, nil
}

// Digest is a SHA-256 digest.
type Digest [32]byte

// String prints the digest in hex.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero reports whether the digest is unset.
func (d Digest) IsZero() bool { return d == Digest{} }

// MarshalText prints the digest in hex.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a digest in hex.
func (d *Digest) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Digest{}
		return nil
	}
	raw, err := hex.DecodeString(string(b))
	if err != nil || len(raw) != len(d) {
		return Errorf(Invalid, "%.80q is not a SHA-256 digest in hex", string(b))
	}
	copy(d[:], raw)
	return nil
}

// AuthorityID is the register's code of an authority, "cn-court-371082".
type AuthorityID string

// ListID is rulebook and list, "cn-courts/judgment-defaulters".
type ListID string

// Rulebook is the part before the slash.
func (l ListID) Rulebook() string {
	name, _, _ := strings.Cut(string(l), "/")
	return name
}

// Name is the part after the slash.
func (l ListID) Name() string {
	_, name, _ := strings.Cut(string(l), "/")
	return name
}

// KeyID is the first 16 bytes of the SHA-256 digest of a public key.
type KeyID [16]byte

// KeyIDOf computes the id of an Ed25519 public key.
func KeyIDOf(public []byte) KeyID {
	d := sha256.Sum256(public)
	return KeyID(d[:16])
}

// String prints the id in hex.
func (k KeyID) String() string { return hex.EncodeToString(k[:]) }

// MarshalText prints the id in hex.
func (k KeyID) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// OfficerID names the person behind keys within the register, at random: one
// person's old and new key bear the same id, so that a second signature is a
// second person's.
type OfficerID [16]byte

// ValidCode reports whether s may stand in act bytes as a code: 1 to 96 of
// a-z 0-9 . - / : and nothing else, so that no name or free text can.
func ValidCode(s string) bool {
	if s == "" || len(s) > 96 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '/' || c == ':') {
			return false
		}
	}
	return true
}
