package match

import "math"

// BaseRates are the parts of the pairs that the tables were measured on that were
// the same party: to each pair of names of one party the likest name of another
// party of the same list, and one at random. At another rate the same names mean
// another probability; among customers of whom few are listed, a lower one.
var BaseRates = map[Schema]float64{Organisation: 0.234, Person: 0.283}

// point says of a raw likeness how probable it is that the two are the same.
type point struct{ raw, probability float64 }

// The tables, by isotonic regression (pool adjacent violators) on labelled data,
// ten-fold cross-validated; a straight line between points.
var (
	organisationTable = []point{{0, 0}, {0.2, 0.03}, {0.6, 0.13}, {0.7, 0.24}, {0.755, 0.375}, {0.805, 0.467}, {0.845, 0.595}, {0.908, 0.741}, {0.937, 0.838}, {0.967, 0.909}, {0.99, 0.97}, {1, 0.995}}
	personTable       = []point{{0, 0}, {0.2, 0.06}, {0.45, 0.16}, {0.6, 0.28}, {0.638, 0.33}, {0.666, 0.402}, {0.693, 0.5}, {0.709, 0.623}, {0.755, 0.73}, {0.866, 0.856}, {0.9, 0.93}, {1, 0.985}}
)

func calibrated(raw float32, person bool) float64 {
	table := organisationTable
	if person {
		table = personTable
	}
	x := float64(raw)
	for i := 1; i < len(table); i++ {
		if x <= table[i].raw {
			a, b := table[i-1], table[i]
			return a.probability + (b.probability-a.probability)*(x-a.raw)/(b.raw-a.raw)
		}
	}
	return table[len(table)-1].probability
}

// withOdds adds to the log odds of a probability.
func withOdds(p, logOdds float64) float64 {
	if logOdds == 0 {
		return p
	}
	p = min(max(p, 0.01), 0.995)
	return 1 / (1 + math.Exp(-(math.Log(p/(1-p)) + logOdds)))
}
