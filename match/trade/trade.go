// Package trade knows what Chinese words of trade mean in English, and takes the
// names of Chinese firms apart into place, brand and trade:
//
//	trade.Split("威海奥华钢结构") // 威海 (a place), 奥华 (what is left: a brand), 钢结构 (a trade)
//	trade.Ideas("steel")        // the numbers of the ideas that it may stand for
//
// An idea is a line of trades.txt: words that registers print for one another in
// the two languages. 建设 and 建筑 share one because both are printed as
// construction; between two Chinese names they are different words.
package trade

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/region"
)

// Kind says what a piece of a name is.
type Kind uint8

// The kinds of piece.
const (
	Brand Kind = iota // what nothing else is known of
	Trade
	Place
	Number // 第一, 2: which of several
)

// Piece is a piece of a row of Chinese characters.
type Piece struct {
	Text string
	Kind Kind
}

//go:embed trades.txt
var data string

type book struct {
	ideas   map[string][]uint16
	places  map[string]bool // short names, folded, and whether they count within a name
	latin   map[string]bool // names of provinces and cities in Latin letters
	english map[string]string
	longest int // characters
}

var known = open()

func open() *book {
	b := &book{ideas: map[string][]uint16{}, places: map[string]bool{}, latin: map[string]bool{}, english: map[string]string{}}
	n := uint16(0)
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		for w := range strings.FieldsSeq(strings.Replace(line, "|", " ", 1)) {
			w = fold.Text(w)
			if !strings.Contains(w, " ") {
				b.ideas[w] = append(b.ideas[w], n)
				b.longest = max(b.longest, utf8.RuneCountInString(w))
			}
		}
	}
	for _, province := range region.Children("CN") {
		b.place(province, true)
		for _, city := range region.Children(province) {
			b.place(city, true)
			for _, county := range region.Children(city) {
				b.place(county, false)
			}
		}
	}
	for _, id := range []region.ID{"HK", "MO", "TW"} {
		b.place(id, true)
	}
	return b
}

// place notes a place under its name and under its name without 省, 市, 县.
func (b *book) place(id region.ID, anywhere bool) {
	name := fold.Text(region.Name(id, "zh"))
	short := name
	for _, end := range []string{"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "地区", "新区", "省", "市", "区", "县", "盟"} {
		if s, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(s) >= 2 {
			short = s
			break
		}
	}
	latin := fold.Text(region.Name(id, "en"))
	for _, n := range []string{name, short} {
		if utf8.RuneCountInString(n) < 2 {
			continue
		}
		b.places[n] = b.places[n] || anywhere
		b.longest = max(b.longest, utf8.RuneCountInString(n))
		if n == short {
			b.english[n] = latin
		}
	}
	if anywhere && latin != "" && !strings.Contains(latin, " ") {
		b.latin[latin] = true
	}
}

// Ideas returns the ideas that a folded word, Chinese or English, may stand for.
func Ideas(word string) []uint16 { return known.ideas[word] }

// IsPlace reports whether a folded Latin word is the name of a Chinese province
// or city.
func IsPlace(latin string) bool { return known.latin[latin] }

// English returns the English name of a Chinese place, folded; "" if not known.
func English(place string) string { return known.english[place] }

// Split takes a row of folded Chinese characters apart, from the end: there the
// trades stand.
func Split(row string) []Piece {
	var back []Piece
	end, brand := len(row), len(row) // what lies from end to brand is a brand so far
	for end > 0 {
		from, kind := known.last(row[:end])
		if kind == Brand {
			_, size := utf8.DecodeLastRuneInString(row[:end])
			end -= size
			continue
		}
		back = appendBrand(back, row[end:brand])
		text := row[from:end]
		if kind == Place {
			text = short(text)
		}
		back = append(back, Piece{text, kind})
		end, brand = from, from
	}
	back = appendBrand(back, row[:brand])
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// short is a place without the word for its rank, unless two places share it.
func short(place string) string {
	for _, end := range []string{"省", "市", "区", "县"} {
		if s, ok := strings.CutSuffix(place, end); ok {
			if _, known := known.places[s]; known {
				return s
			}
		}
	}
	return place
}

// last returns where the longest known word at the end begins.
func (b *book) last(s string) (from int, kind Kind) {
	kind = Brand
	at := len(s)
	for n := 1; n <= b.longest && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		w := s[at:]
		if anywhere, ok := b.places[w]; ok && (anywhere || at == 0) {
			from, kind = at, Place
		} else if len(b.ideas[w]) > 0 && (n > 1 || at > 0) {
			from, kind = at, Trade
		}
	}
	if at, ok := ordinal(s); ok {
		return at, Number
	}
	return from, kind
}

// numerals are the numbers that firms of one kind are counted by.
const numerals = "〇一二三四五六七八九十"

// ordinal finds 第一 or 第2 at the end.
func ordinal(s string) (from int, ok bool) {
	at := strings.LastIndex(s, "第")
	if at < 0 || len(s)-at <= len("第") || len(s)-at > len("第二十一") {
		return 0, false
	}
	for _, r := range s[at+len("第"):] {
		if !strings.ContainsRune(numerals, r) && (r < '0' || r > '9') {
			return 0, false
		}
	}
	return at, true
}

// appendBrand adds a brand, in pieces of two or three characters: few are longer,
// and what stands after a brand is often a trade that is not in the book.
func appendBrand(back []Piece, s string) []Piece {
	if s == "" {
		return back
	}
	n := utf8.RuneCountInString(s)
	if n <= 3 {
		return append(back, Piece{s, Brand})
	}
	var ends []int
	count := 0
	for i := range s {
		if count > 0 && count%2 == 0 && n-count >= 2 {
			ends = append(ends, i)
		}
		count++
	}
	to := len(s)
	for i := len(ends) - 1; i >= 0; i-- {
		back = append(back, Piece{s[ends[i]:to], Brand})
		to = ends[i]
	}
	return append(back, Piece{s[:to], Brand})
}

// Value is the number that a piece counts with: "第十二" is 12; 0 if it is none.
func Value(s string) int {
	s = strings.TrimPrefix(s, "第")
	total, digit := 0, 0
	for _, r := range s {
		switch {
		case r == '十':
			total += 10 * max(1, digit)
			digit = 0
		case r >= '0' && r <= '9':
			digit = min(digit, 1_000_000)*10 + int(r-'0')
		default:
			i := strings.IndexRune(numerals, r)
			if i < 0 {
				return 0
			}
			digit = i / len("一")
		}
	}
	return total + digit
}
