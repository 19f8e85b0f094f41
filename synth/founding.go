package synth

import (
	"crypto/ed25519"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/openstanding/standing"
)

const founders = "founder"

// Founding are the statements that make the register, all at the start: two
// persons found it, record the authorities with their keys, and adopt the
// rulebooks that the options name.
func (w *World) Founding() []Step {
	f := founding{w: w, salts: rand.NewChaCha8(w.saltKey("founding"))}
	first, second := w.founder(0), w.founder(1)
	f.act(standing.Act{Kind: standing.RegisterFounded, Payload: slices.Concat(public(first), public(second))}, nil)
	out := []Step{f.step()}
	for i := range w.authorities {
		f.authority(&w.authorities[i])
	}
	out = append(out, f.step())
	for i := range w.authorities {
		f.grants(&w.authorities[i])
	}
	out = append(out, f.step())
	for _, name := range slices.Sorted(maps.Keys(w.options.Rulebooks)) {
		f.act(standing.Act{Kind: standing.RulebookAdopted, List: standing.ListID(name), Digest: w.options.Rulebooks[name]}, nil)
	}
	return append(out, f.step())
}

func (w *World) founder(n int) ed25519.PrivateKey { return w.key(founders, n) }

func public(k ed25519.PrivateKey) []byte { return k.Public().(ed25519.PublicKey) }

// founding collects acts of the constitution, whose version they carry on.
type founding struct {
	w        *World
	salts    *rand.ChaCha8
	at       standing.Instant // zero = the start
	version  uint64
	acts     [][]byte
	openings [][]byte
}

func (f *founding) act(a standing.Act, o *standing.Opening) {
	a.Register, a.Version, a.Occurred = f.w.options.Register, f.version, f.at
	if f.at == 0 {
		a.Occurred = f.w.options.Start
	}
	var opening []byte
	if o != nil {
		opening = seal(&a, o, f.salts)
	}
	f.acts, f.openings = append(f.acts, a.Encode()), append(f.openings, opening)
	f.version++
}

// step is the statement of what was collected, signed by both founders.
func (f *founding) step() Step {
	at := f.at
	if at == 0 {
		at = f.w.options.Start
	}
	s := Step{At: at, Acts: f.acts, Openings: f.openings, Signer: f.w.founder(0), Second: f.w.founder(1), Algorithm: standing.Ed25519}
	f.acts, f.openings = nil, nil
	return s
}

func (f *founding) authority(a *authority) {
	f.act(standing.Act{Kind: standing.AuthorityRecorded, Holder: a.id, Code: a.kind, Region: string(a.region), Codes: a.entitled},
		&standing.Opening{Names: a.names, Contact: string(a.id) + "@register.example"})
}

// grants gives an authority the keys that it needs.
func (f *founding) grants(a *authority) {
	roles := [...]string{standing.RoleOfficer, standing.RoleIntake, standing.RoleOfficer}
	if a.office == registry {
		roles = [...]string{standing.RoleRegistrar, "", ""}
	}
	for i, role := range roles {
		if role != "" {
			f.grant(a, i, a.keys[i], role)
		}
	}
}

func (f *founding) grant(a *authority, desk int, key ed25519.PrivateKey, role string) {
	f.act(standing.Act{Kind: standing.KeyGranted, Payload: public(key), Holder: a.id, Codes: []string{role}, Officer: f.w.officerOf(string(a.id), desk)}, nil)
}

// Founders are the keys of the two persons who found the register.
func (w *World) Founders() (one, two ed25519.PrivateKey) { return w.founder(0), w.founder(1) }
