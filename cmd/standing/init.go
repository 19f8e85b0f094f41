package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
)

type initCmd struct {
	where
	Register string   `help:"Origin of the register's log: a host name that is yours. It is part of every id, for ever." required:""`
	Adopt    []string `help:"Rulebooks to put in force; all shipped ones unless given." placeholder:"NAME"`
}

// Run founds an empty register.
func (c *initCmd) Run(p *program) error {
	if err := c.where.create(p.ctx, c.Register); err != nil {
		return err
	}
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return err
	}
	defer h.close()
	if _, err := h.found(p.ctx, c.Adopt); err != nil {
		return err
	}
	say(p.out, `Register %s is founded in %s.
Two founders' keys are in %s: give them to two people and keep neither here.
A change of the constitution (authorities, officers' keys, rulebooks) needs both; the operator alone can grant nothing.
Next: standing key new, standing key grant, standing act --help, standing serve.
`, c.Register, h.dir, filepath.Join(h.dir, "keys"))
	return nil
}

// transcriber is the register's own authority: it signs what is imported, in
// this register's name and never in the issuer's.
const transcriber standing.AuthorityID = "register"

// found makes the founding statement: two founders, the register as an
// authority with a transcriber's key, and the rulebooks.
func (h *home) found(ctx context.Context, adopt []string) ([]standing.Digest, error) {
	one, err := newKey(filepath.Join(h.dir, "keys", "founder-1.key"))
	if err != nil {
		return nil, err
	}
	two, err := newKey(filepath.Join(h.dir, "keys", "founder-2.key"))
	if err != nil {
		return nil, err
	}
	scribe, err := newKey(filepath.Join(h.dir, "keys", "transcriber.key"))
	if err != nil {
		return nil, err
	}
	now := clockNow()
	d := draft.New(h.origin, rand.Reader)
	if err := d.Found(now, public(one), public(two)); err != nil {
		return nil, err
	}
	con := d.Constitution(1, now)
	books := h.books.All()
	var names []string
	for _, b := range books {
		names = append(names, b.Name)
	}
	if len(adopt) == 0 {
		adopt = names
	}
	if err := con.Authority(transcriber, "register", "*", names, []string{"This register", "本登记册"}, ""); err != nil {
		return nil, err
	}
	if err := con.Key(public(scribe), transcriber, officerOf(scribe), standing.RoleTranscriber, standing.RoleRegistrar); err != nil {
		return nil, err
	}
	var digests []standing.Digest
	for _, name := range adopt {
		found := false
		for _, b := range books {
			if b.Name == name {
				found = true
				digests = append(digests, b.Digest)
				if err := con.Adopt(name, b.Digest, 0); err != nil {
					return nil, err
				}
			}
		}
		if !found {
			return nil, standing.Errorf(standing.NotFound, "no rulebook %s: see standing rulebook list", name)
		}
	}
	s, openings := d.Sign(one)
	s.Countersign(two)
	return digests, h.submit(ctx, clerk.Submission{Statement: s, Openings: openings})
}

// submit records one statement through a clerk of its own.
func (h *home) submit(ctx context.Context, s clerk.Submission) error {
	c, err := clerk.Open(ctx, h.clerkConfig(clockNow, nil))
	if err != nil {
		return err
	}
	_, err = c.Submit(ctx, s)
	return errors.Join(err, c.Close())
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// officerOf is the id of the person who holds a first key: drawn from the key
// itself, so that it says nothing else.
func officerOf(k ed25519.PrivateKey) standing.OfficerID {
	return standing.OfficerID(standing.KeyIDOf(public(k)))
}

type keyCmd struct {
	New    keyNewCmd    `cmd:"" help:"Make a key file for an officer; print the public key."`
	Grant  keyGrantCmd  `cmd:"" help:"Record an authority and grant an officer's key; both founders sign."`
	Revoke keyRevokeCmd `cmd:"" help:"Revoke an officer's key; both founders sign."`
	API    keyAPICmd    `cmd:"" name:"api" help:"Make an API key for a relying party, printed once."`
}

type keyNewCmd struct {
	File string `arg:"" help:"File to write." type:"path"`
}

// Run makes a key file.
func (c *keyNewCmd) Run(p *program) error {
	k, err := newKey(c.File)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, hex.EncodeToString(public(k)))
	return nil
}

// founders are the two keys that change the constitution.
type founders struct {
	Founder1 string `help:"First founder's key file." placeholder:"FILE" type:"path"`
	Founder2 string `help:"Second founder's key file." placeholder:"FILE" type:"path"`
}

func (f founders) sign(h *home, d *draft.Draft) (clerk.Submission, error) {
	paths := []string{f.Founder1, f.Founder2}
	var keys []ed25519.PrivateKey
	for i, path := range paths {
		if path == "" {
			path = filepath.Join(h.dir, "keys", fmt.Sprintf("founder-%d.key", i+1))
		}
		k, err := readKey(path)
		if err != nil {
			return clerk.Submission{}, err
		}
		keys = append(keys, k)
	}
	s, o := d.Sign(keys[0])
	s.Countersign(keys[1])
	return clerk.Submission{Statement: s, Openings: o}, nil
}

type keyGrantCmd struct {
	where
	founders
	Authority string   `help:"Code of the authority, such as cn-court-371082." required:""`
	Kind      string   `help:"court, agency, registry, municipality or bank; needed for an authority that is new here." enum:"court,agency,registry,municipality,bank," default:""`
	Region    string   `help:"Where the authority may act, such as CN/37." default:"*"`
	Entitle   []string `help:"Rulebooks or lists that it may write to, such as cn-courts." placeholder:"NAME"`
	Name      []string `help:"Name of the authority; once for each language." sep:"none"`
	Contact   string   `help:"Where to reach it."`
	Public    string   `help:"Public key in hex, as standing key new printed it." required:""`
	Role      []string `help:"officer, intake, registrar, transcriber." default:"officer"`
}

// Run records an authority, if new, and grants the key.
func (c *keyGrantCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return err
	}
	defer h.close()
	pub, err := hex.DecodeString(c.Public)
	if err != nil || len(pub) != ed25519.PublicKeySize {
		return standing.Errorf(standing.Invalid, "--public is not a public key: 64 hex digits, as standing key new printed them")
	}
	entries, err := h.store.Case(p.ctx, standing.ConstitutionID)
	if err != nil {
		return err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return err
	}
	d := draft.New(h.origin, rand.Reader)
	con := d.Constitution(fold.Version, clockNow())
	id := standing.AuthorityID(c.Authority)
	if fold.Constitution.Authorities[id] == nil {
		if c.Kind == "" {
			return standing.Errorf(standing.Invalid, "authority %s is new here: give --kind, --region, --entitle and --name", id)
		}
		if err := con.Authority(id, c.Kind, c.Region, c.Entitle, c.Name, c.Contact); err != nil {
			return err
		}
	}
	if err := con.Key(pub, id, standing.OfficerID(standing.KeyIDOf(pub)), c.Role...); err != nil {
		return err
	}
	s, err := c.founders.sign(h, d)
	if err != nil {
		return err
	}
	if err := h.submit(p.ctx, s); err != nil {
		return err
	}
	say(p.out, "key %s may act for %s as %v\n", standing.KeyIDOf(pub), id, c.Role)
	return nil
}

type keyRevokeCmd struct {
	where
	founders
	Key string `arg:"" help:"Id of the key, 32 hex digits."`
}

// Run revokes a key.
func (c *keyRevokeCmd) Run(p *program) error {
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return err
	}
	defer h.close()
	id, err := hex.DecodeString(c.Key)
	if err != nil || len(id) != len(standing.KeyID{}) {
		return standing.Errorf(standing.Invalid, "%q is not a key id: 32 hex digits", c.Key)
	}
	head, err := h.store.Head(p.ctx, standing.ConstitutionID)
	if err != nil {
		return err
	}
	d := draft.New(h.origin, rand.Reader)
	if err := d.Add(standing.Act{Kind: standing.KeyRevoked, Version: head.Version, Occurred: clockNow(), Payload: id}, nil); err != nil {
		return err
	}
	s, err := c.founders.sign(h, d)
	if err != nil {
		return err
	}
	if err := h.submit(p.ctx, s); err != nil {
		return err
	}
	say(p.out, "revoked %s\n", c.Key)
	return nil
}
