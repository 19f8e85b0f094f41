package match

import "math"

// classWeight is how much a word of a class weighs if it is rare.
func classWeight(c class, person bool) float32 {
	if person {
		return personWeights[c]
	}
	return organisationWeights[c]
}

var (
	organisationWeights = [classes]float32{telling: 1, tradeWord: 0.5, generic: 0.25, place: 0.55, number: 0.5, joining: 0.05, legal: 0.05, letter: 0.3}
	personWeights       = [classes]float32{telling: 1, tradeWord: 1, generic: 1, place: 1, number: 0.5, joining: 0.15, legal: 0.3, letter: 0.35}
)

// rarity is 1 for a word that fewer than one name in a thousand has, and less the
// more have it, by the logarithm; 0.4 at least. A short list is taken as part of
// one of a thousand names more, so that in it no word is common.
func rarity(count uint32, names int) float32 {
	p := (float64(count) + 0.5) / float64(names+1000)
	const rare = 0.001
	if p <= rare {
		return 1
	}
	return float32(max(0.4, math.Log(p)/math.Log(rare)))
}
