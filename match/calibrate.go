package match

import "math"

// BaseRate is the part of the pairs that the table of a schema was measured on that
// were the same party, 0 where there is no table: to each pair of names of one party the likest name of another
// party of the same list, and one at random. At another rate the same names mean
// another probability; among customers of whom few are listed, a lower one.
func BaseRate(s Schema) float64 {
	switch s {
	case Organisation:
		return 0.249
	case Person:
		return 0.298
	}
	return 0
}

// point says of a raw likeness how probable it is that the two are the same.
type point struct{ raw, probability float64 }

// The tables, by isotonic regression (pool adjacent violators) on labelled data,
// a straight line between points. Fitted on nine tenths, of what the table gives
// 0.9 or more, 0.95 are the same on the other tenth.
var (
	organisationTable = []point{{0, 0}, {0.1, 0.06}, {0.44, 0.177}, {0.7, 0.26}, {0.792, 0.348}, {0.832, 0.449}, {0.857, 0.575}, {0.894, 0.669}, {0.945, 0.8}, {0.983, 0.94}, {1, 0.995}}
	personTable       = []point{{0, 0}, {0.14, 0.08}, {0.4, 0.2}, {0.637, 0.331}, {0.678, 0.436}, {0.705, 0.5}, {0.735, 0.666}, {0.75, 0.737}, {0.854, 0.825}, {0.922, 0.945}, {1, 0.985}}
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
