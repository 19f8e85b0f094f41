package synth

import (
	"math/bits"
	"math/rand/v2"
)

// topic keeps the random numbers of different things apart.
type topic uint64

const (
	ofParty topic = iota + 1
	ofName
	ofPerson
	ofRuling
	ofStory
	ofText
	ofCase
	ofPermutation
)

// draw is the random numbers of one thing: PCG-DXSM seeded by the world's seed,
// the topic and the thing's number. All draws are of whole numbers, because
// floating point may round differently on another machine.
type draw struct{ pcg rand.PCG }

func (w *World) draw(t topic, i uint64) draw {
	var d draw
	d.pcg.Seed(mix(w.seed+uint64(t)*golden), mix(w.seed^mix(i+golden)))
	return d
}

// below returns a number from 0 to n-1.
func (d *draw) below(n int) int {
	high, _ := bits.Mul64(d.pcg.Uint64(), uint64(n))
	return int(high)
}

// once is below for a draw that is used for nothing else.
func (d draw) once(n int) int { return d.below(n) }

// between returns a number from a to b, both included.
func (d *draw) between(a, b int) int { return a + d.below(b-a+1) }

// chance is true with a probability in tenths of a thousandth.
func (d *draw) chance(of10000 int) bool { return d.below(10000) < of10000 }

// pick returns an index with a probability proportional to its weight.
func (d *draw) pick(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := d.below(sum)
	for i, w := range weights {
		if n < w {
			return i
		}
		n -= w
	}
	return len(weights) - 1
}

// one returns one of a table's rows.
func one[T any](d *draw, table []T) *T { return &table[d.below(len(table))] }

const golden = 0x9e3779b97f4a7c15

// mix spreads every bit of x over the result (the finaliser of SplitMix64,
// Steele, Lea and Flood 2014), so that neighbouring numbers have unrelated
// seeds.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// shuffle is a one-to-one map of the numbers below size onto themselves: no two
// parties share an identifier, and neighbours' look unrelated. factor and size
// have no common divisor.
type shuffle struct{ factor, shift, size uint64 }

func newShuffle(seed uint64, size uint64) shuffle {
	factor := mix(seed)%size | 1
	for gcd(factor, size) != 1 {
		factor += 2
	}
	return shuffle{factor % size, mix(seed+golden) % size, size}
}

func (s shuffle) of(i int) int {
	high, low := bits.Mul64(uint64(i)%s.size, s.factor)
	_, rest := bits.Div64(high%s.size, low, s.size)
	return int((rest + s.shift) % s.size)
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
