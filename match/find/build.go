package find

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
)

// MaxText is how many bytes of a folded text are held, and of a query read. A
// longer text is known by its beginning.
const MaxText = 1024

// Builder collects documents for an [Index].
type Builder struct {
	raw     []byte
	entries []entry
}

// entry is a folded text in Builder.raw.
type entry struct {
	doc     uint32
	from    uint32
	size    uint16 // at most MaxText
	ordinal uint16
}

// NewBuilder returns an empty builder.
func NewBuilder() *Builder { return &Builder{} }

// Add takes in all texts of a document that was not added before. Texts of
// nothing but punctuation are not found, but counted in [Hit.Text]. It panics
// beyond 4 GiB of texts.
func (b *Builder) Add(doc uint32, texts ...string) {
	for i, text := range texts[:min(len(texts), math.MaxUint16)] {
		from := len(b.raw)
		b.raw = fold.Append(b.raw, cut(text, 4*MaxText))
		b.keep(doc, uint16(i), from)
	}
}

// keep makes what was appended to raw an entry.
func (b *Builder) keep(doc uint32, ordinal uint16, from int) {
	b.raw = b.raw[:from+len(cut(b.raw[from:], MaxText))]
	if len(b.raw) == from {
		return
	}
	if len(b.raw)+len(b.entries) > math.MaxUint32-2*padding {
		panic(fmt.Sprintf("find: %d texts of %d bytes are more than one index holds", len(b.entries), len(b.raw)))
	}
	b.entries = append(b.entries, entry{doc, uint32(from), uint16(len(b.raw) - from), ordinal})
}

// cut shortens a text to at most n bytes, at the end of a character, without a
// space there.
func cut[T string | []byte](text T, n int) T {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	for n > 0 && text[n-1] == ' ' {
		n--
	}
	return text[:n]
}

// Build returns the index. The builder is empty afterwards.
func (b *Builder) Build() *Index { return newIndex(b.segment()) }

// segment lays out what was added.
func (b *Builder) segment() *segment {
	raw, entries := b.raw, b.entries
	b.raw, b.entries = nil, nil
	s := &segment{
		text:    make([]byte, 0, len(raw)+len(entries)+padding),
		doc:     make([]uint32, len(entries)),
		ordinal: make([]uint16, len(entries)),
		texts:   make([]uint32, len(entries)),
	}
	byDoc := func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.ordinal, b.ordinal))
	}
	if !slices.IsSortedFunc(entries, byDoc) {
		slices.SortStableFunc(entries, byDoc)
	}
	order := bySize(entries)
	for n, i := range order {
		e := &entries[i]
		size := uint32(e.size) + 1
		if len(s.groups) == 0 || s.groups[len(s.groups)-1].size != size {
			s.groups = append(s.groups, group{uint32(len(s.text)), uint32(n), size})
		}
		s.text = append(append(s.text, raw[e.from:e.from+uint32(e.size)]...), 0)
		s.doc[n], s.ordinal[n], s.texts[i] = e.doc, e.ordinal, uint32(n)
	}
	for i, e := range entries {
		if i == 0 || entries[i-1].doc != e.doc {
			s.docs, s.first = append(s.docs, e.doc), append(s.first, uint32(i))
		}
	}
	s.text = append(s.text, make([]byte, padding)...)
	s.paginate()
	s.sort()
	return s
}

// bySize returns the indexes of entries in the order of their sizes.
func bySize(entries []entry) []uint32 {
	var next [MaxText + 2]uint32
	for _, e := range entries {
		next[e.size+1]++
	}
	for i := 1; i < len(next); i++ {
		next[i] += next[i-1]
	}
	order := make([]uint32, len(entries))
	for i, e := range entries {
		order[next[e.size]] = uint32(i)
		next[e.size]++
	}
	return order
}

// sort finds the beginnings of units and puts them in order.
func (s *segment) sort() {
	body := s.text[:len(s.text)-padding]
	units := 0
	s.eachUnit(func(uint32) { units++ })
	positions := make([]uint32, 0, units)
	s.eachUnit(func(p uint32) { positions = append(positions, p) })
	positions = sortSuffixes(s.text, positions)
	heads := make([]uint32, 0, len(s.doc))
	for _, p := range positions {
		if p == 0 || body[p-1] == 0 {
			heads = append(heads, p)
		}
	}
	s.words, s.heads = newSorted(positions), newSorted(heads)
}

// eachUnit calls fn with the positions of the beginnings of units.
func (s *segment) eachUnit(fn func(uint32)) {
	at := uint32(0)
	for rest := s.text[:len(s.text)-padding]; len(rest) > 0; {
		end := bytes.IndexByte(rest, 0)
		text := rest[:end]
		for i, c := range text {
			if c != ' ' && utf8.RuneStart(c) && fold.Starts(text, i) {
				fn(at + uint32(i))
			}
		}
		at += uint32(end) + 1
		rest = rest[end+1:]
	}
}
