package draft

import (
	"crypto/ed25519"
	"io"

	"github.com/openstanding/standing"
)

// Found adds the founding of a register by two persons' keys.
func (d *Draft) Found(now standing.Instant, one, two ed25519.PublicKey) error {
	return d.Add(standing.Act{Kind: standing.RegisterFounded, Occurred: now, Payload: append(append([]byte{}, one...), two...)}, nil)
}

// Constitution adds acts on the constitution one after the other, keeping count
// of its version.
type Constitution struct {
	d       *Draft
	version uint64
	now     standing.Instant
	random  io.Reader
}

// Constitution continues the constitution at a version.
func (d *Draft) Constitution(version uint64, now standing.Instant) *Constitution {
	return &Constitution{d, version, now, d.random}
}

func (c *Constitution) add(a standing.Act, o *standing.Opening) error {
	a.Version, a.Occurred = c.version, c.now
	if err := c.d.Add(a, o); err != nil {
		return err
	}
	c.version++
	return nil
}

// Authority records an authority; names are [English, Chinese, ...].
func (c *Constitution) Authority(id standing.AuthorityID, kind, region string, entitled []string, names []string, contact string) error {
	return c.add(standing.Act{Kind: standing.AuthorityRecorded, Holder: id, Code: kind, Region: region, Codes: entitled},
		&standing.Opening{Names: names, Contact: contact})
}

// AuthorityChanged replaces what is recorded of an authority.
func (c *Constitution) AuthorityChanged(id standing.AuthorityID, kind, region string, entitled []string, names []string, contact string) error {
	return c.add(standing.Act{Kind: standing.AuthorityChanged, Holder: id, Code: kind, Region: region, Codes: entitled},
		&standing.Opening{Names: names, Contact: contact})
}

// Key grants a key to an officer of an authority.
func (c *Constitution) Key(public ed25519.PublicKey, holder standing.AuthorityID, officer standing.OfficerID, roles ...string) error {
	return c.add(standing.Act{Kind: standing.KeyGranted, Payload: public, Holder: holder, Officer: officer, Codes: roles}, nil)
}

// Adopt puts a rulebook in force from an instant on; zero: as soon as it is
// recorded.
func (c *Constitution) Adopt(name string, digest standing.Digest, from standing.Instant) error {
	a := standing.Act{Kind: standing.RulebookAdopted, List: standing.ListID(name), Digest: digest}
	if from != 0 {
		a.Instants = a.Instants.With(standing.From, from)
	}
	return c.add(a, nil)
}

// Version is the constitution's version after what was added.
func (c *Constitution) Version() uint64 { return c.version }
