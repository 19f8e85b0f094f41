package find

import (
	"slices"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

// A run of so many characters is taken apart: two are one word, and hundreds are
// no name.
const (
	minRun = 4
	maxRun = 64
)

// A run of Chinese characters may leave out what stands between: "北京移动" means
// 中国移动通信集团北京有限公司. If it stands nowhere as it is, it is taken apart.

// breakUp returns the words with every run that stands nowhere as it is in
// pieces; ok is false if there is none, or one that cannot be.
func (x *search) breakUp(apart func(*search, []rune) [][]rune) (words [][]byte, ok bool) {
	for _, w := range x.words {
		if x.stands(w) {
			words = append(words, w)
			continue
		}
		run := []rune(string(w))
		if len(run) < minRun || len(run) > maxRun || slices.ContainsFunc(run, func(r rune) bool { return !fold.IsUnit(r) }) {
			return nil, false
		}
		for _, piece := range apart(x, run) {
			words = append(words, []byte(string(piece)))
			ok = true
		}
	}
	return words, ok
}

func (x *search) stands(word []byte) bool {
	for _, s := range x.segments {
		if lo, hi := s.prefixed(&s.words, word); hi > lo {
			return true
		}
	}
	return false
}

// longest takes a run apart into the longest pieces that stand somewhere, none
// of a single character if that can be.
func longest(x *search, run []rune) (pieces [][]rune) {
	for len(run) > 0 {
		n := min(2, len(run))
		for n < len(run) && x.stands([]byte(string(run[:n+1]))) {
			n++
		}
		if len(run)-n == 1 && n > 2 {
			n--
		}
		pieces = append(pieces, run[:n])
		run = run[n:]
	}
	return pieces
}

// twos takes a run apart into words of two characters, as most are.
func twos(_ *search, run []rune) (pieces [][]rune) {
	for len(run) > 3 {
		pieces = append(pieces, run[:2])
		run = run[2:]
	}
	return append(pieces, run)
}

// inPieces returns the parts of a run that stand in a text, the longest first
// found from its beginning, for highlighting.
func inPieces(text, run []byte) (pieces [][]byte) {
	for len(run) > 0 {
		_, n := utf8.DecodeRune(run)
		best := 0
		for end := n; end <= len(run); {
			if unitAt(text, run[:end], 0) < 0 {
				break
			}
			if end > n {
				best = end
			}
			if end == len(run) {
				break
			}
			_, size := utf8.DecodeRune(run[end:])
			end += size
		}
		if best > 0 {
			pieces = append(pieces, run[:best])
			n = best
		}
		run = run[n:]
	}
	return pieces
}
