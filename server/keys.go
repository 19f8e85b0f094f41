package server

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// The bounds of a file of relying parties.
const (
	maxRelying  = 10_000
	maxPurposes = 32
)

// Relying are the relying parties that the operator has registered: who holds
// which API key, for which purposes. The register keeps the SHA-256 of each
// key only. It never changes; load another to change it.
type Relying struct {
	byDigest map[standing.Digest]relyingParty
}

type relyingParty struct {
	ID        string   `yaml:"id"`
	Name      string   `yaml:"name"`
	KeySHA256 string   `yaml:"keySHA256"`
	Purposes  []string `yaml:"purposes"`
}

// LoadRelying reads a file of relying parties, YAML or JSON:
//
//	relying:
//	  - id: bank-17
//	    name: First Bank of Rongcheng
//	    keySHA256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//	    purposes: [credit-decision, account-opening]
//
// An id may stand there with several keys, so that a key can be changed without
// a gap; a key stands there once. A party without purposes may ask whatever
// anybody may. Errors are Invalid, with the line of a key that is not known.
func LoadRelying(file []byte) (*Relying, error) {
	var text struct {
		Relying []relyingParty `yaml:"relying"`
	}
	d := yaml.NewDecoder(bytes.NewReader(file), yaml.Strict())
	if err := d.Decode(&text); err != nil && err != io.EOF {
		return nil, standing.Errorf(standing.Invalid, "relying parties: %s", strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	if err := d.Decode(new(any)); err != io.EOF {
		return nil, standing.Errorf(standing.Invalid, "relying parties: more than one document in the file")
	}
	if len(text.Relying) > maxRelying {
		return nil, standing.Errorf(standing.TooLarge, "relying parties: more than %d", maxRelying)
	}
	r := &Relying{byDigest: make(map[standing.Digest]relyingParty, len(text.Relying))}
	for i, p := range text.Relying {
		if err := r.add(p); err != nil {
			return nil, standing.Errorf(standing.Invalid, "relying party %d (%.40q): %s", i+1, p.ID, err.What)
		}
	}
	return r, nil
}

func (r *Relying) add(p relyingParty) *standing.Error {
	var digest standing.Digest
	raw, err := hex.DecodeString(p.KeySHA256)
	switch {
	case !standing.ValidCode(p.ID):
		return standing.Errorf(standing.Invalid, "the id is 1 to 96 of a-z 0-9 . - / :")
	case p.Name == "" || len(p.Name) > 256:
		return standing.Errorf(standing.Invalid, "the name is missing or longer than 256 bytes")
	case err != nil || len(raw) != len(digest):
		return standing.Errorf(standing.Invalid, "keySHA256 is the SHA-256 of the key in 64 hex digits: standing key api prints both")
	case len(p.Purposes) > maxPurposes:
		return standing.Errorf(standing.Invalid, "more than %d purposes", maxPurposes)
	}
	for _, purpose := range p.Purposes {
		if !standing.ValidCode(purpose) {
			return standing.Errorf(standing.Invalid, "the purpose %.40q is not 1 to 96 of a-z 0-9 . - / :", purpose)
		}
	}
	copy(digest[:], raw)
	if other, ok := r.byDigest[digest]; ok {
		return standing.Errorf(standing.Invalid, "%.40q has the same key", other.ID)
	}
	r.byDigest[digest] = p
	return nil
}

// keyBytes is how long a key is: 256 bits cannot be guessed, so that one round
// of SHA-256 is enough to keep it by.
const keyBytes = 32

// GenerateKey draws an API key. The key is printed once and given to the relying
// party; its SHA-256, in hex, goes into the operator's file.
func GenerateKey(random io.Reader) (key, keySHA256 string, err error) {
	var b [keyBytes]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", "", standing.Errorf(standing.Internal, "no randomness for a key: %v", err)
	}
	key = base64.RawURLEncoding.EncodeToString(b[:])
	return key, standing.Digest(sha256.Sum256([]byte(key))).String(), nil
}

// find looks a key up by its digest, which says nothing of the key, and then
// compares in constant time.
func (r *Relying) find(key string) (relyingParty, bool) {
	if r == nil {
		return relyingParty{}, false
	}
	digest := sha256.Sum256([]byte(key))
	p := r.byDigest[digest]
	known, err := hex.DecodeString(p.KeySHA256)
	if err != nil || subtle.ConstantTimeCompare(known, digest[:]) != 1 {
		return relyingParty{}, false
	}
	return p, true
}

// caller says who asks: nobody without a key; with one, its holder, for the
// purpose that the header Purpose or the query states.
func (s *server) caller(r *http.Request, purpose string) (api.Caller, error) {
	header := r.Header["Authorization"]
	if len(header) == 0 {
		return api.Caller{}, nil
	}
	scheme, key, _ := strings.Cut(header[0], " ")
	if len(header) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return api.Caller{}, &standing.Error{Kind: standing.Unauthenticated, What: "the header Authorization is not of the form Bearer KEY"}
	}
	p, ok := s.relying.find(strings.TrimSpace(key))
	if !ok {
		return api.Caller{}, &standing.Error{Kind: standing.Unauthenticated, What: "this API key is not known here", Do: "ask the operator of the register"}
	}
	if stated := r.Header.Get("Purpose"); stated != "" {
		if purpose != "" && purpose != stated {
			return api.Caller{}, malformed("the header Purpose and the query state two purposes")
		}
		purpose = stated
	}
	if purpose != "" && !slices.Contains(p.Purposes, purpose) {
		return api.Caller{}, &standing.Error{Kind: standing.Forbidden, What: "this API key is not registered for the purpose that was stated", Do: registeredFor(p.Purposes)}
	}
	return api.Caller{Relying: p.ID, Purpose: purpose}, nil
}

func registeredFor(purposes []string) string {
	if len(purposes) == 0 {
		return "it is registered for no purpose: ask the operator of the register"
	}
	return "it is registered for: " + strings.Join(purposes, ", ")
}

// without says to a known key that stated no purpose what it was that was
// missing; the register only knows that it was not enough.
func without(c api.Caller, err error) error {
	if err == nil || c.Relying == "" || c.Purpose != "" || standing.KindOf(err) != standing.Unauthenticated {
		return err
	}
	return &standing.Error{Kind: standing.Forbidden, What: "natural persons are looked up for a stated purpose; this request states none",
		Do: "send the header Purpose with one of the purposes that the key is registered for"}
}
