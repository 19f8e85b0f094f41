// Package draft prepares acts for signing: it salts and commits to openings and
// gathers acts into statements. Officers' tools, importers and generators use
// it; the clerk takes what comes out and judges it.
//
//	d := draft.New("register.example", rand.Reader)
//	err := d.Add(act, opening)
//	statement, openings := d.Sign(key)
package draft

import (
	"crypto/ed25519"
	"encoding/json"
	"io"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/privacy"
)

// Draft is a statement in the making.
type Draft struct {
	register string
	random   io.Reader
	acts     [][]byte
	openings [][]byte
}

// New starts a statement for a register with a source of randomness for salts.
func New(register string, random io.Reader) *Draft {
	return &Draft{register: register, random: random}
}

// Add encodes an act with its opening, nil for none. The act's register and
// commitment are set here.
func (d *Draft) Add(a standing.Act, o *standing.Opening) error {
	if len(d.acts) >= standing.MaxStatementActs {
		return standing.Errorf(standing.TooLarge, "a statement has at most %d acts: sign this one and begin another", standing.MaxStatementActs)
	}
	a.Register = d.register
	var raw []byte
	if o != nil {
		salted := *o
		if _, err := io.ReadFull(d.random, salted.Salt[:]); err != nil {
			return standing.Errorf(standing.Internal, "no randomness for a salt: %v", err)
		}
		var err error
		if raw, err = json.Marshal(salted); err != nil {
			return standing.Errorf(standing.Invalid, "opening: %v", err)
		}
		a.Commitment = privacy.Commit(salted.Salt, raw)
	}
	d.acts, d.openings = append(d.acts, a.Encode()), append(d.openings, raw)
	return nil
}

// Len is the number of acts so far.
func (d *Draft) Len() int { return len(d.acts) }

// Sign signs what was added and empties the draft.
func (d *Draft) Sign(key ed25519.PrivateKey) (standing.Statement, [][]byte) {
	return d.sign(key, standing.Ed25519, "")
}

// Receive signs as an intake office on behalf of a party or creditor.
func (d *Draft) Receive(key ed25519.PrivateKey, onBehalfOf string) (standing.Statement, [][]byte) {
	return d.sign(key, standing.Intake, onBehalfOf)
}

func (d *Draft) sign(key ed25519.PrivateKey, algorithm standing.Algorithm, onBehalfOf string) (standing.Statement, [][]byte) {
	s, o := standing.Sign(d.acts, key, algorithm, onBehalfOf), d.openings
	d.acts, d.openings = nil, nil
	return s, o
}
