package synth

import (
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
)

// place is a county with everything that names and numbers need of it.
type place struct {
	index  int // in the world's table
	id     region.ID
	code   string // GB/T 2260
	letter string // of the province, in dockets
	zh, en string // the city that firms name themselves after
	seatZH string // the county itself
	seatEN string
	fullZH string
}

// demoCity is the county with a list of its own: Rongcheng.
const demoCity region.ID = "CN/37/10/82"

// places are the counties of China's municipalities and of prefectures that are
// cities, as far as they exist all the time, in order of their codes. Others
// are left out for their long names alone. Every county is alike to the
// generator (an assumption).
func places(from, until standing.Instant) []place {
	var out []place
	for _, province := range region.Children("CN") {
		letter := provinceLetters[strings.TrimPrefix(string(province), "CN/")]
		if letter == "" {
			continue // Taiwan, Hong Kong and Macao issue no codes of GB 32100
		}
		provinceZH, provinceEN := region.Name(province, "zh"), region.Name(province, "en")
		for _, prefecture := range region.Children(province) {
			zh, en := region.Name(prefecture, "zh"), region.Name(prefecture, "en")
			if zh == "市辖区" || zh == "县" {
				zh, en = provinceZH, provinceEN
			}
			if !strings.HasSuffix(zh, "市") || zh == "三沙市" {
				continue
			}
			for _, county := range region.Children(prefecture) {
				code, ok := county.GB2260()
				if !ok || !region.ValidAt(county, from.Time()) || !region.ValidAt(county, until.Time()) {
					continue
				}
				out = append(out, place{index: len(out), id: county, code: code, letter: letter, zh: strings.TrimSuffix(zh, "市"), en: en,
					seatZH: region.Name(county, "zh"), seatEN: region.Name(county, "en"), fullZH: region.FullName(county, "zh")})
			}
		}
	}
	return out
}
