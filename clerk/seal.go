package clerk

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/store"
)

func itoa(n int) string { return strconv.Itoa(n) }

// subject is whom an act is about: the slot of the key that seals what is said
// of them, and the keys by which they are found.
type subject struct {
	slot uint64
	keys []store.Key
}

// sealer turns openings into vault rows.
type sealer struct {
	keys   privacy.Keys
	hasher *index.Hasher
	rand   io.Reader
}

// subject works out the look-up keys of an identity. Identifiers must be in
// their canonical form, or the register could not be asked by them.
func (s *sealer) subject(id *standing.Identity, kind standing.PartyKind) (*subject, error) {
	if len(id.Names) > 64 || len(id.Identifiers) > 64 {
		return nil, standing.Errorf(standing.TooLarge, "a party has at most 64 names and 64 identifiers")
	}
	if len(id.Names) == 0 && len(id.Identifiers) == 0 {
		return nil, standing.Errorf(standing.Invalid, "the party has neither a name nor an identifier")
	}
	if slices.ContainsFunc(id.Names, func(n string) bool { return strings.TrimSpace(n) == "" }) {
		return nil, standing.Errorf(standing.Invalid, "a name of the party is empty: leave it out")
	}
	for _, text := range id.Identifiers {
		parsed, err := ident.Parse(text)
		if err != nil {
			return nil, standing.Errorf(standing.Invalid, "%v", err)
		}
		if parsed.String() != text {
			return nil, standing.Errorf(standing.Invalid, "identifier of scheme %s is not in its canonical form: write it as ident.Parse prints it", parsed.Scheme)
		}
	}
	return &subject{keys: s.lookups(id, kind)}, nil
}

func (s *sealer) lookups(id *standing.Identity, kind standing.PartyKind) []store.Key {
	texts := privacy.LookupTexts(id.Names, id.Identifiers, id.BirthDate, id.Country, kind.Protected())
	out := make([]store.Key, 0, len(texts))
	for _, text := range texts {
		if scheme, value, ok := strings.Cut(text, ":"); ok && value != "" {
			var k index.Key
			s.hasher.Key(&k, scheme, value)
			if !slices.Contains(out, store.Key(k)) {
				out = append(out, store.Key(k))
			}
		}
	}
	return out
}

// slots are allocated in blocks: each block is one durable write of the key
// file, and a slot skipped after a crash costs nothing.
func (s *sealer) slot() (uint64, error) {
	slot, err := s.keys.Allocate(1)
	return uint64(slot), err
}

// seal makes the vault row of an opening under a slot's key. The act's digest
// is bound in, so that rows cannot be swapped.
func (s *sealer) seal(p *prepared, slot uint64) (store.VaultRow, error) {
	key, err := s.keys.Get(privacy.Slot(slot))
	if err != nil {
		return store.VaultRow{}, err
	}
	sealed, err := privacy.Seal(key, p.digest[:], p.raw, s.rand)
	if err != nil {
		return store.VaultRow{}, err
	}
	row := store.VaultRow{Slot: slot, Sealed: sealed}
	if p.person != nil {
		row.Keys = p.person.keys
	}
	return row, nil
}

// OpenVault opens the opening of an act from its vault row.
func OpenVault(keys privacy.Keys, row store.VaultRow, act standing.Digest) (*standing.Opening, error) {
	if row.Sealed == nil {
		return nil, standing.Errorf(standing.NotFound, "the opening of the act at %d is not there: it was erased or never given", row.Position)
	}
	key, err := keys.Get(privacy.Slot(row.Slot))
	if err != nil {
		return nil, err
	}
	raw, err := privacy.Open(key, act[:], row.Sealed)
	if err != nil {
		return nil, err
	}
	return readOpening(raw)
}
