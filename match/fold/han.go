package fold

// The blocks of Chinese characters that nearly every name is written in:
// extension A, hexagrams and the main block.
const (
	hanFirst = 0x3400
	hanLast  = 0x9FFF
)

// hanTable maps characters to their simplified forms.
type hanTable struct {
	common [hanLast - hanFirst + 1]uint16 // 0: stays
	rare   map[rune]rune                  // either side outside the main blocks
}

var han = newHanTable(hanPairs)

func newHanTable(pairs string) *hanTable {
	t := &hanTable{rare: map[rune]rune{}}
	var from rune
	for _, r := range pairs {
		switch {
		case from == 0:
			from = r
			continue
		case hanFirst <= from && from <= hanLast && r <= 0xFFFF:
			t.common[from-hanFirst] = uint16(r)
		default:
			t.rare[from] = r
		}
		from = 0
	}
	return t
}

// Han returns the simplified form of a Chinese character; other characters stay.
func Han(r rune) rune { return han.simple(r) }

func (t *hanTable) simple(r rune) rune {
	if hanFirst <= r && r <= hanLast {
		if s := t.common[r-hanFirst]; s != 0 {
			return rune(s)
		}
	}
	if r < hanFirst {
		return r
	}
	if s, ok := t.rare[r]; ok {
		return s
	}
	return r
}
