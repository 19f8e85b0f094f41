package match

import (
	"math"
	"slices"
	"sync"

	"github.com/openstanding/standing/match/form"
)

// Builder collects the parties of a list.
type Builder struct{ records []Record }

// NewBuilder returns an empty builder.
func NewBuilder() *Builder { return &Builder{} }

// Add adds a party. The builder keeps the slices of r until Build.
func (b *Builder) Add(r Record) { b.records = append(b.records, r) }

// Build returns an index of what was added; of two with one ID the later counts.
// The builder is empty afterwards.
func (b *Builder) Build() *Index {
	x := &Index{s: newState()}
	const batch = 4096
	for len(b.records) > 0 {
		n := min(batch, len(b.records))
		x.s.addAll(b.records[:n])
		b.records = b.records[n:]
	}
	b.records = nil
	x.s = x.s.compacted()
	x.pool.New = func() any { return &searcher{} }
	return x
}

// Index finds parties. Its methods may be called at the same time.
type Index struct {
	write sync.Mutex
	mu    sync.RWMutex // over s and what it holds
	s     *state
	pool  sync.Pool
}

// gone is the document of a name that is no more.
const gone = math.MaxUint32

// Marks in the reference of a name to its words.
const (
	branchBit = 1 << 31
	wordMask  = branchBit - 1
)

// state is the words, the names and the parties.
type state struct {
	vocab vocab

	keyBits  uint
	keyStart []uint32 // words by the upper bits of their keys' hash
	keyWords []uint32
	newKeys  map[uint32][]uint32 // of words that came later

	postStart []uint32 // names by word, ascending
	postNames []uint32
	newPosts  map[uint32][]uint32

	refs      []uint32 // words of names
	nameStart []uint32 // one more than there are names
	nameDoc   []uint32
	nameFlags []nameFlags
	nameNth   []uint16  // which of the party's names
	nameSize  []float32 // sum of the words' weights by class

	docs  []party
	names int // alive
	dead  int
}

type nameFlags struct {
	kinds          form.Kind
	branch, person bool
}

// party is what is known of a party beside its names.
type party struct {
	first, count uint32 // of names
	schema       Schema
	known        bool
	birth        date
	country      string
	region       string
	codes        []uint32 // words of class code
}

func newState() *state {
	return &state{vocab: vocab{ids: map[string]uint32{}}, nameStart: []uint32{0}, newKeys: map[uint32][]uint32{}, newPosts: map[uint32][]uint32{}}
}

// addAll reads records on two processors and adds them in order.
func (s *state) addAll(records []Record) {
	read := make([]readRecord, len(records))
	var wait sync.WaitGroup
	half := len(records) / 2
	wait.Go(func() {
		for i := half; i < len(records); i++ {
			read[i] = readAll(records[i])
		}
	})
	for i := range half {
		read[i] = readAll(records[i])
	}
	wait.Wait()
	for i := range records {
		s.add(records[i], read[i], false)
	}
}

type readRecord struct {
	names []reading
	codes []string
}

func readAll(r Record) readRecord {
	var out readRecord
	for i, n := range r.Names {
		if i > math.MaxUint16 {
			break
		}
		out.names = append(out.names, read(n, r.Schema))
	}
	for _, id := range r.Identifiers {
		out.codes = append(out.codes, codesOf(id)...)
	}
	return out
}

// add adds a party; indexed says that its words must be found at once.
func (s *state) add(r Record, read readRecord, indexed bool) {
	s.remove(r.ID)
	for int(r.ID) >= len(s.docs) {
		s.docs = append(s.docs, party{})
	}
	p := party{first: uint32(len(s.nameDoc)), schema: r.Schema, known: true, birth: parseDate(r.BirthDate), country: upper(r.Country), region: r.Region}
	for i, n := range read.names {
		if len(n.tokens) > 0 {
			s.addName(r.ID, uint16(i), n, indexed)
		}
	}
	p.count = uint32(len(s.nameDoc)) - p.first
	for _, c := range read.codes {
		id := s.word(token{text: c, class: code}, indexed)
		p.codes = append(p.codes, id)
		s.newPosts[id] = append(s.newPosts[id], r.ID)
		s.vocab.words[id].count++
	}
	s.docs[r.ID] = p
}

func (s *state) addName(doc uint32, nth uint16, n reading, indexed bool) {
	name := uint32(len(s.nameDoc))
	size := float32(0)
	for i, t := range n.tokens {
		id := s.word(t, indexed)
		ref := id
		if t.branch {
			ref |= branchBit
		}
		s.refs = append(s.refs, ref)
		size += classWeight(t.class, n.person)
		if !repeats(n.tokens, i) {
			s.vocab.words[id].count++
			if indexed {
				s.newPosts[id] = append(s.newPosts[id], name)
			}
		}
	}
	s.nameStart = append(s.nameStart, uint32(len(s.refs)))
	s.nameDoc = append(s.nameDoc, doc)
	s.nameNth = append(s.nameNth, nth)
	s.nameFlags = append(s.nameFlags, nameFlags{n.kinds, n.branch, n.person})
	s.nameSize = append(s.nameSize, size)
	s.names++
}

// repeats reports whether a token stands before in the same name.
func repeats(tokens []token, i int) bool {
	for _, t := range tokens[:i] {
		if t.class == tokens[i].class && t.text == tokens[i].text {
			return true
		}
	}
	return false
}

// word returns the number of a token's word.
func (s *state) word(t token, indexed bool) uint32 {
	id, added := s.vocab.intern(t)
	if added && indexed {
		for _, k := range s.vocab.words[id].indexKeys(nil) {
			s.newKeys[k] = append(s.newKeys[k], id)
		}
	}
	return id
}

func (s *state) remove(doc uint32) {
	if int(doc) >= len(s.docs) || !s.docs[doc].known {
		return
	}
	p := s.docs[doc]
	for n := p.first; n < p.first+p.count; n++ {
		s.nameDoc[n] = gone
		s.names--
		s.dead++
		refs := s.refs[s.nameStart[n]:s.nameStart[n+1]]
		for i, ref := range refs {
			if !hasRef(refs[:i], ref) {
				s.vocab.words[ref&wordMask].count--
			}
		}
	}
	for _, c := range p.codes {
		s.vocab.words[c].count--
		s.newPosts[c] = without1(s.newPosts[c], doc)
	}
	s.docs[doc] = party{}
}

func hasRef(refs []uint32, ref uint32) bool {
	for _, r := range refs {
		if r&wordMask == ref&wordMask {
			return true
		}
	}
	return false
}

func without1(list []uint32, x uint32) []uint32 {
	for i, v := range list {
		if v == x {
			return append(list[:i:i], list[i+1:]...)
		}
	}
	return list
}

// compacted returns the same list without what is dead, sorted anew. s may be
// read meanwhile, and is not changed.
func (s *state) compacted() *state {
	c := newState()
	c.vocab.words = make([]entry, 0, len(s.vocab.words))
	renamed := make([]uint32, len(s.vocab.words))
	for i := range s.vocab.words {
		e := s.vocab.words[i]
		if e.count == 0 {
			continue
		}
		renamed[i] = c.vocab.append(e)
	}
	c.docs = make([]party, len(s.docs))
	for doc, p := range s.docs {
		first := uint32(len(c.nameDoc))
		for n := p.first; n < p.first+p.count; n++ {
			for _, ref := range s.refs[s.nameStart[n]:s.nameStart[n+1]] {
				c.refs = append(c.refs, renamed[ref&wordMask]|ref&branchBit)
			}
			c.nameStart = append(c.nameStart, uint32(len(c.refs)))
			c.nameDoc = append(c.nameDoc, s.nameDoc[n])
			c.nameNth = append(c.nameNth, s.nameNth[n])
			c.nameFlags = append(c.nameFlags, s.nameFlags[n])
			c.nameSize = append(c.nameSize, s.nameSize[n])
		}
		p.first = first
		codes := p.codes
		p.codes = nil
		for _, id := range codes {
			id = renamed[id]
			p.codes = append(p.codes, id)
			c.newPosts[id] = append(c.newPosts[id], uint32(doc))
		}
		c.docs[doc] = p
	}
	c.names = len(c.nameDoc)
	c.reserve()
	c.sortPosts()
	c.sortKeys()
	return c
}

// reserve makes room for changes, so that the first one copies nothing.
func (s *state) reserve() {
	n := len(s.nameDoc)/32 + 16
	s.refs = slices.Grow(s.refs, 8*n)
	s.nameStart, s.nameDoc, s.nameNth = slices.Grow(s.nameStart, n), slices.Grow(s.nameDoc, n), slices.Grow(s.nameNth, n)
	s.nameFlags, s.nameSize, s.docs = slices.Grow(s.nameFlags, n), slices.Grow(s.nameSize, n), slices.Grow(s.docs, n)
	s.vocab.words, s.vocab.signs = slices.Grow(s.vocab.words, n), slices.Grow(s.vocab.signs, n)
}

// sortPosts lays the names out by word.
func (s *state) sortPosts() {
	start := make([]uint32, len(s.vocab.words)+1)
	each := func(fn func(word, name uint32)) {
		for n := range s.nameDoc {
			refs := s.refs[s.nameStart[n]:s.nameStart[n+1]]
			for i, ref := range refs {
				if !hasRef(refs[:i], ref) {
					fn(ref&wordMask, uint32(n))
				}
			}
		}
	}
	each(func(w, _ uint32) { start[w+1]++ })
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	s.postNames = make([]uint32, start[len(start)-1])
	next := append([]uint32(nil), start...)
	each(func(w, n uint32) { s.postNames[next[w]] = n; next[w]++ })
	s.postStart = start
}

// sortKeys lays the words out by their keys.
func (s *state) sortKeys() {
	total := 0
	var buf []uint32
	for i := range s.vocab.words {
		buf = s.vocab.words[i].indexKeys(buf[:0])
		total += len(buf)
	}
	s.keyBits = 10
	for 1<<s.keyBits < total && s.keyBits < 28 {
		s.keyBits++
	}
	start := make([]uint32, 1<<s.keyBits+1)
	each := func(fn func(bucket, word uint32)) {
		for i := range s.vocab.words {
			buf = s.vocab.words[i].indexKeys(buf[:0])
			for _, k := range buf {
				fn(k>>(32-s.keyBits), uint32(i))
			}
		}
	}
	each(func(b, _ uint32) { start[b+1]++ })
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	s.keyWords = make([]uint32, total)
	next := append([]uint32(nil), start[:len(start)-1]...)
	each(func(b, w uint32) { s.keyWords[next[b]] = w; next[b]++ })
	s.keyStart = start
}

// Replace makes r all that is known of the party r.ID; a record without names
// and identifiers takes it out. It is so from when Replace returns.
func (x *Index) Replace(r Record) {
	read := readAll(r)
	x.write.Lock()
	defer x.write.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(r.Names)+len(r.Identifiers) == 0 {
		x.s.remove(r.ID)
		return
	}
	x.s.add(r, read, true)
}

// Changed is how many names have come or gone since the index was sorted. Above
// a tenth of the list, [Index.Compact] pays.
func (x *Index) Changed() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.s.dead + len(x.s.newPosts)
}

// Compact makes the index what building it anew would make. Searches go on
// meanwhile; changes wait.
func (x *Index) Compact() {
	x.write.Lock()
	defer x.write.Unlock()
	c := x.s.compacted()
	x.mu.Lock()
	x.s = c
	x.mu.Unlock()
}
