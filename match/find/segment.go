package find

import (
	"bytes"
	"sort"

	"github.com/openstanding/standing/match/fold"
)

// segment is an index of some documents that never changes; those that have
// changed since are dead.
type segment struct {
	text    []byte   // folded texts by length, document and ordinal, each ended by a zero
	groups  []group  // of texts of one length
	pages   []uint16 // group of the first byte of each page
	doc     []uint32 // of each text
	ordinal []uint16 // of each text among those of its document
	words   sorted   // beginnings of units
	heads   sorted   // beginnings of texts
	docs    []uint32 // ascending
	first   []uint32 // of each of docs, its first in texts
	texts   []uint32 // numbers of texts by document and ordinal
	dead    docSet
}

// group is a run of texts of one length.
type group struct {
	from  uint32 // position of the first
	first uint32 // its number
	size  uint32 // length with the zero
}

// number returns the text that holds a position.
func (s *segment) number(pos uint32) uint32 {
	i := int(s.pages[pos>>pageBits])
	for i+1 < len(s.groups) && s.groups[i+1].from <= pos {
		i++
	}
	g := &s.groups[i]
	return g.first + (pos-g.from)/g.size
}

// pageBits is the size of a page of text, for which the first group is known.
const pageBits = 14

// paginate notes the group of the first byte of every page.
func (s *segment) paginate() {
	g := 0
	for pos := 0; pos < len(s.text); pos += 1 << pageBits {
		for g+1 < len(s.groups) && int(s.groups[g+1].from) <= pos {
			g++
		}
		s.pages = append(s.pages, uint16(g))
	}
}

// body returns a text by its number, without its zero.
func (s *segment) body(n uint32) []byte {
	i := sort.Search(len(s.groups), func(i int) bool { return s.groups[i].first > n }) - 1
	g := &s.groups[i]
	from := g.from + (n-g.first)*g.size
	return s.text[from : from+g.size-1]
}

// prefixed returns the range of members whose text goes on with p.
func (s *segment) prefixed(of *sorted, p []byte) (lo, hi int) {
	rest := func(i int) []byte {
		at := int(of.pos[i])
		return s.text[at:min(at+len(p), len(s.text))]
	}
	lo = sort.Search(len(of.pos), func(i int) bool { return bytes.Compare(rest(i), p) >= 0 })
	hi = lo + sort.Search(len(of.pos)-lo, func(i int) bool { return !bytes.Equal(rest(lo+i), p) })
	return lo, hi
}

// textsOf returns the numbers of a document's texts.
func (s *segment) textsOf(doc uint32) []uint32 {
	if len(s.docs) == 0 || doc < s.docs[0] || doc > s.docs[len(s.docs)-1] {
		return nil
	}
	i := int(doc - s.docs[0]) // where it is, if there are no gaps
	if i >= len(s.docs) || s.docs[i] != doc {
		i = sort.Search(len(s.docs), func(i int) bool { return s.docs[i] >= doc })
		if s.docs[i] != doc {
			return nil
		}
	}
	end := len(s.texts)
	if i+1 < len(s.first) {
		end = int(s.first[i+1])
	}
	return s.texts[s.first[i]:end]
}

// unitAt returns where the word first begins a unit of the text at or after
// from; -1 if nowhere.
func unitAt(text, word []byte, from int) int {
	for from < len(text) {
		i := bytes.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		if fold.Starts(text, from+i) {
			return from + i
		}
		from += i + 1
	}
	return -1
}
