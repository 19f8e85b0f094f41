package synth

import (
	"crypto/sha256"
	"slices"

	"github.com/openstanding/standing"
)

// Options say what country to make. Register and at least the rulebook cn-courts
// are needed.
type Options struct {
	Parties   int              // 100 to 10 million
	Seed      uint64           // the same seed, the same country
	Register  string           // origin of the register's log, in every act
	Start     standing.Instant // when the register is founded; zero = 2019-01-01
	End       standing.Instant // everything is recorded before it; zero = 2026-11-01
	Rulebooks map[string]standing.Digest
}

// World is a made-up country. It does not change and is safe for concurrent use;
// its memory is one table of places and authorities and two numbers a period.
type World struct {
	options     Options
	seed        uint64
	places      []place
	rules       []rule
	weights     []int // of the rules that are drawn
	authorities []authority
	officeFrom  [offices]int
	officeUntil [offices]int
	bounds      []standing.Instant
	first       []int // ruling of each period
	drawn       int   // rulings but for the set pieces
	pieces      []piece
	bodies      shuffle
	sequences   shuffle
	citizens    shuffle
	city        int // index of the place with a list of its own
}

// MaxActs is how many acts a statement holds at most.
const MaxActs = 2000

// New prepares a country. Errors: Invalid, where the options make none.
func New(o Options) (*World, error) {
	if o.Start == 0 {
		o.Start = civil(2019, 1, 1)
	}
	if o.End == 0 {
		o.End = civil(2026, 11, 1)
	}
	_, courts := o.Rulebooks["cn-courts"]
	switch {
	case o.Parties < 100 || o.Parties > 10_000_000:
		return nil, standing.Errorf(standing.Invalid, "a country of %d parties: make one of 100 to 10,000,000", o.Parties)
	case !standing.ValidCode(o.Register):
		return nil, standing.Errorf(standing.Invalid, "register %.60q cannot be named in acts: give the origin of its log", o.Register)
	case !courts:
		return nil, standing.Errorf(standing.Invalid, "no rulings without rules: give the digest of rulebook cn-courts")
	case o.Start < civil(2000, 1, 1) || !o.End.Valid() || o.End < o.Start+400*day:
		return nil, standing.Errorf(standing.Invalid, "from %s to %s is no span to make up: give 400 days or more, of this century", o.Start, o.End)
	}
	w := &World{options: o, seed: o.Seed, rules: ruleTable(), bounds: bounds(o.Start, o.End), places: places(o.Start, o.End)}
	if w.periods() > 250 {
		return nil, standing.Errorf(standing.Invalid, "from %s to %s is too long: give 20 years or less", o.Start, o.End)
	}
	w.city = slices.IndexFunc(w.places, func(p place) bool { return p.id == demoCity })
	w.bodies = newShuffle(mix(o.Seed+1), 31*31*31*31*31)
	w.sequences = newShuffle(mix(o.Seed+2), 10_000_000)
	w.citizens = newShuffle(mix(o.Seed+3), birthDays*1000)
	w.makeAuthorities()
	for i := range w.rules {
		if !w.adopted(&w.rules[i]) {
			w.rules[i].weight = 0
		}
		w.weights = append(w.weights, w.rules[i].weight)
	}
	w.first = w.firstRulings()
	w.drawn = w.first[w.periods()]
	w.pieces = w.setPieces()
	return w, nil
}

// rulings is the number of rulings with the set pieces.
func (w *World) rulings() int { return w.drawn + len(w.pieces) }

// Estimate is about how many acts the world has, founding included: counted in
// one of many stories. It takes some milliseconds.
func (w *World) Estimate() int {
	const samples = 4000
	step := max(w.rulings()/samples, 1)
	acts, told := 0, 0
	var s story
	for k := 0; k < w.rulings(); k += step {
		w.tell(k, &s)
		acts += s.n
		told++
	}
	total := w.options.Parties + w.options.Parties/renamedEvery + 4*len(w.authorities) + 8
	return total + int(int64(acts)*int64(w.rulings())/int64(max(told, 1)))
}

// saltKey keys the stream of salts. A register's salts must come from a true
// source of randomness; here the openings are made up, nobody is to be
// protected, and the same seed is to give the same bytes.
func (w *World) saltKey(use string) [32]byte {
	k := w.key("salts/"+use, 0)
	return sha256.Sum256(k.Seed())
}
