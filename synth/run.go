package synth

import (
	"crypto/ed25519"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/openstanding/standing"
)

// done is the next period of a ruling to which nothing happens any more.
const done = 255

// run makes the steps of a world once.
type run struct {
	w     *World
	yield func(Step) bool
	ended bool // nobody wants more
	salts *rand.ChaCha8
	keys  [][3]ed25519.PrivateKey // in force, by authority
	law   founding                // acts of the constitution to come
	next  []uint8                 // of each ruling: the period of its next act
	cases [][]uint32              // rulings with acts in the period, by authority
	story story
	files [desks]file

	// of the slot that is being filled
	period, authority int
	at, until         standing.Instant
}

// file is what one desk has said and not sent yet.
type file struct {
	acts     [][]byte
	openings [][]byte
}

// All are the founding and everything after it.
func (w *World) All() iter.Seq[Step] {
	return func(yield func(Step) bool) {
		for _, s := range w.Founding() {
			if !yield(s) {
				return
			}
		}
		w.Steps(yield)
	}
}

// Steps yields everything after the founding in order of time: At never
// decreases. It can be called again and yields the same.
func (w *World) Steps(yield func(Step) bool) {
	r := &run{w: w, yield: yield, salts: rand.NewChaCha8(w.saltKey("steps")), next: make([]uint8, w.rulings()),
		cases: make([][]uint32, len(w.authorities)), keys: make([][3]ed25519.PrivateKey, len(w.authorities))}
	for i := range w.authorities {
		r.keys[i] = w.authorities[i].keys
	}
	for p := range w.periods() {
		for k := w.first[p]; k < w.first[p+1]; k++ {
			r.next[k] = uint8(p)
		}
	}
	for i := range w.pieces {
		r.next[w.drawn+i] = uint8(w.rulingOf(w.drawn + i).period)
	}
	r.law = founding{w: w, salts: r.salts, version: w.foundingActs()}
	for p := range w.periods() {
		if r.month(p); r.ended {
			return
		}
	}
}

// foundingActs is how many acts the founding has.
func (w *World) foundingActs() uint64 {
	n := 1 + len(w.authorities) + len(w.options.Rulebooks)
	for i := range w.authorities {
		if w.authorities[i].office == registry {
			n++
		} else {
			n += 3
		}
	}
	return uint64(n)
}

// month sends the files of one period, authority after authority.
func (r *run) month(period int) {
	r.period = period
	r.rotate()
	for i := range r.cases {
		r.cases[i] = r.cases[i][:0]
	}
	for k, p := range r.next {
		if int(p) == period {
			a := r.w.rulingOf(k).authority
			r.cases[a] = append(r.cases[a], uint32(k))
		}
	}
	for a := range r.w.authorities {
		r.enter(a)
		if r.w.authorities[a].office == registry {
			r.registry()
		} else {
			r.docket(r.cases[a])
		}
		if r.ended {
			return
		}
	}
}

// enter opens the slot of an authority.
func (r *run) enter(authority int) {
	from, width := r.w.slot(r.period, authority)
	r.authority, r.at, r.until = authority, from, from+width-1
}

// send closes a desk's file.
func (r *run) send(d desk) {
	f := &r.files[d]
	if len(f.acts) == 0 || r.ended {
		return
	}
	s := Step{At: r.at, Acts: f.acts, Openings: f.openings, Signer: r.keys[r.authority][d.key()], Algorithm: d.algorithm(), OnBehalfOf: d.onBehalfOf()}
	r.at = min(r.at+1, r.until)
	f.acts, f.openings = nil, nil // whoever takes the step may keep it
	r.ended = !r.yield(s)
}

// say adds an act to a desk's file, which is sent when it is full.
func (r *run) say(d desk, a *standing.Act, o *standing.Opening) {
	a.Register, a.Authority = r.w.options.Register, r.w.authorities[r.authority].id
	var opening []byte
	if o != nil {
		opening = seal(a, o, r.salts)
	}
	f := &r.files[d]
	if f.acts == nil {
		f.acts, f.openings = make([][]byte, 0, 64), make([][]byte, 0, 64)
	}
	f.acts, f.openings = append(f.acts, a.Encode()), append(f.openings, opening)
}

// docket sends what an authority did in its cases, in parts that overflow no
// desk's file.
func (r *run) docket(cases []uint32) {
	for _, k := range cases {
		if r.tell(int(k)); r.full() {
			r.sendAll()
		}
		if r.ended {
			return
		}
	}
	r.sendAll()
}

// full reports whether the next case could overflow a file.
func (r *run) full() bool {
	for d := range r.files {
		if len(r.files[d].acts) > MaxActs-maxEvents {
			return true
		}
	}
	return false
}

// sendAll closes the files of all desks, in their order.
func (r *run) sendAll() {
	for d := range desks {
		r.send(d)
	}
}

// tell says the part of a ruling's story that falls into the period, and notes
// when it goes on.
func (r *run) tell(k int) {
	s := &r.story
	r.w.tell(k, s)
	r.next[k] = done
	v := voice{r: r, s: s}
	for i := range s.n {
		e := &s.events[i]
		if int(e.period) == r.period {
			v.say(e)
		} else if int(e.period) > r.period {
			r.next[k] = uint8(e.period)
			return
		}
	}
}

// rotate replaces the keys of some officers in January: the person stays, the
// old key is revoked.
func (r *run) rotate() {
	w := r.w
	if w.bounds[r.period].Time().Month() != time.January {
		return
	}
	f := &r.law
	f.at = w.bounds[r.period+1]
	for i := range w.authorities {
		if i%rotateEvery != rotateEvery/3 {
			continue
		}
		a := &w.authorities[i]
		old := r.keys[i][0]
		fresh := w.key(string(a.id), 3+w.bounds[r.period].Time().Year())
		role := standing.RoleOfficer
		if a.office == registry {
			role = standing.RoleRegistrar
		}
		f.grant(a, 0, fresh, role)
		id := standing.KeyIDOf(public(old))
		f.act(standing.Act{Kind: standing.KeyRevoked, Payload: id[:]}, nil)
		r.keys[i][0] = fresh
	}
	if len(f.acts) > 0 && !r.ended {
		r.ended = !r.yield(f.step())
	}
}
