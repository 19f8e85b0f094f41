// Package public is the public face of a register, in memory: the organisations
// and public bodies that registries recorded or that have a listing in force,
// their listings, and what was put right. It finds, filters, sorts and counts;
// it decides nothing, and natural persons never come in.
//
//	loader := public.NewLoader(origin)     // many at once
//	loader.Record(&public.Record{...})
//	face := loader.Done()
//	face.PutListing(&public.Listing{...})      // one at a time
//	page, err := face.Search(api.PartyQuery{Text: "harbour"}, now)
//
// Whoever follows the register fills it ([register]); the time is an argument of
// every question. What has ended is not shown from its instant on, also before
// anybody takes it out.
package public

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/match/find"
)

// Record is a registry's record of an organisation or public body.
type Record struct {
	Case     standing.CaseID
	Kind     standing.PartyKind
	Who      standing.Identity
	Region   string
	Registry standing.AuthorityID
}

// Listing is a listing of an organisation or public body on a list. It is shown in
// the interval in which it is in force.
type Listing struct {
	Case      standing.CaseID
	Ruling    standing.CaseID
	Addressee uint8
	Shown     standing.Interval
	Effective []standing.Interval // in which it restricts: not while it is stayed
	Who       standing.Identity
	Row       api.ListingRow // without Party and Name, which the face fills in
}

// Face is the public face. It is safe for concurrent use.
type Face struct {
	origin      string
	mu          sync.RWMutex
	parties     []party
	free        []uint32 // places of parties that are gone
	byKey       map[string]uint32
	records     map[standing.CaseID]uint32
	entries     map[standing.CaseID]*listing
	newest      []*listing // by beginning, latest first
	ending      []*listing // by end, nearest first
	places      map[string][]uint32
	order       []uint32         // parties by name
	rank        []uint32         // place in order; of whoever came since, beyond all
	listed      []uint32         // parties with a listing, by name
	tallied     map[string]Tally // by region
	index       *find.Index
	corrections []api.Correction // by position
	corrected   map[string]bool  // listings that they are about
	position    uint64
	size        atomic.Uint64     // acts recorded
	words       map[string]string // interned
}

// New makes an empty face of the register of that origin.
func New(origin string) *Face {
	return &Face{origin: origin, byKey: map[string]uint32{}, records: map[standing.CaseID]uint32{}, entries: map[standing.CaseID]*listing{},
		places: map[string][]uint32{}, corrected: map[string]bool{}, words: map[string]string{}, index: find.NewBuilder().Build()}
}

// party is everything known under one identifier: records that bear it, entries
// of whoever bears it. A party without identifier stands alone.
type party struct {
	key     string // by which it is asked for
	sort    string // comparable form of its first name
	facts   []fact
	entries []*listing
}

// fact is one record, packed.
type fact struct {
	id       standing.CaseID
	kind     standing.PartyKind
	who      identity
	region   string
	registry standing.AuthorityID
}

type listing struct {
	id    standing.CaseID
	party uint32
	shown standing.Interval
	spans []standing.Interval // in which it restricts
	who   identity
	row   api.ListingRow
}

// key is by what a party is asked for: its first identifier that says who it is
// everywhere and names no natural person, else the id of the record.
func key(who *standing.Identity, otherwise string) string {
	for _, text := range who.Identifiers {
		id, err := ident.Parse(text)
		if err == nil && id.Scheme != ident.SchemeRef && !id.Personal() {
			return id.String()
		}
	}
	return otherwise
}

// RulingParty is how an addressee of a ruling is asked for who has no identifier:
// the id of the ruling, a dot and the addressee's number.
func RulingParty(origin string, ruling standing.CaseID, addressee uint8) string {
	return origin + "/" + standing.RulingCase.String() + "/" + ruling.String() + "." + string('0'+addressee/100%10) + string('0'+addressee/10%10) + string('0'+addressee%10)
}

func (f *Face) intern(s string) string {
	if w, ok := f.words[s]; ok {
		return w
	}
	s = strings.Clone(s)
	f.words[s] = s
	return s
}

// PutRecord adds a record or replaces it. One of a natural person, or of nobody
// knows whom, is refused: a fault of the caller.
func (f *Face) PutRecord(r *Record) error {
	if r.Kind.Protected() {
		return standing.Errorf(standing.Internal, "a %s has no place on the public face", r.Kind)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropRecord(r.Case)
	f.settle(f.putRecord(r))
	return nil
}

func (f *Face) putRecord(r *Record) uint32 {
	i := f.at(key(&r.Who, f.origin+"/"+standing.PartyCase.String()+"/"+r.Case.String()))
	p := &f.parties[i]
	p.facts = append(p.facts, fact{id: r.Case, kind: r.Kind, who: pack(&r.Who), region: f.intern(r.Region), registry: standing.AuthorityID(f.intern(string(r.Registry)))})
	f.records[r.Case] = i
	return i
}

// DropRecord takes a record out, if it is there.
func (f *Face) DropRecord(id standing.CaseID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropRecord(id)
}

func (f *Face) dropRecord(id standing.CaseID) {
	i, ok := f.records[id]
	if !ok {
		return
	}
	delete(f.records, id)
	f.unplace(i)
	p := &f.parties[i]
	p.facts = slices.DeleteFunc(p.facts, func(x fact) bool { return x.id == id })
	f.settle(i)
}

// PutListing adds a listing or replaces it.
func (f *Face) PutListing(e *Listing) error {
	if e.Row.PartyKind.Protected() {
		return standing.Errorf(standing.Internal, "a %s has no place on the public face", e.Row.PartyKind)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropListing(e.Case)
	x := f.putListing(e)
	f.newest = insert(f.newest, x, byNewest)
	f.ending = insert(f.ending, x, byEnding)
	f.settle(x.party)
	return nil
}

func (f *Face) putListing(e *Listing) *listing {
	i := f.at(key(&e.Who, RulingParty(f.origin, e.Ruling, e.Addressee)))
	x := &listing{id: e.Case, party: i, shown: e.Shown, spans: e.Effective, who: pack(&e.Who), row: e.Row}
	r := &x.row
	for _, s := range []*string{(*string)(&r.List), &r.Field, &r.Ground, &r.Region, (*string)(&r.Authority), &r.RulingKind, &r.Source} {
		*s = f.intern(*s)
	}
	f.parties[i].entries = append(f.parties[i].entries, x)
	f.entries[e.Case] = x
	return x
}

// DropListing takes a listing out, if it is there.
func (f *Face) DropListing(id standing.CaseID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropListing(id)
}

func (f *Face) dropListing(id standing.CaseID) {
	x := f.entries[id]
	if x == nil {
		return
	}
	delete(f.entries, id)
	f.newest = remove(f.newest, x, byNewest)
	f.ending = remove(f.ending, x, byEnding)
	p := &f.parties[x.party]
	p.entries = slices.DeleteFunc(p.entries, func(o *listing) bool { return o == x })
	f.settle(x.party)
}

// Sweep takes out what has ended by now.
func (f *Face) Sweep(now standing.Instant) {
	f.mu.RLock()
	over := len(f.ending) > 0 && f.ending[0].shown.Until <= now
	f.mu.RUnlock()
	if !over {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.ending) > 0 && f.ending[0].shown.Until <= now {
		f.dropListing(f.ending[0].id)
	}
}

// Followed says up to where the face follows the register, and how many acts
// there are.
func (f *Face) Followed(position, size uint64) {
	f.Recorded(size)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.position = position
}

// Recorded says how many acts there are. It waits for nobody.
func (f *Face) Recorded(size uint64) {
	for old := f.size.Load(); old < size && !f.size.CompareAndSwap(old, size); old = f.size.Load() {
	}
}

func (f *Face) behind() uint64 { return max(f.size.Load(), f.position) - f.position }

// at is the place of the party of the key, made when there is none.
func (f *Face) at(key string) uint32 {
	if i, ok := f.byKey[key]; ok {
		return i
	}
	var i uint32
	if n := len(f.free); n > 0 {
		i, f.free = f.free[n-1], f.free[:n-1]
		f.parties[i] = party{key: key}
	} else {
		i = uint32(len(f.parties))
		f.parties = append(f.parties, party{key: key})
	}
	f.byKey[key] = i
	return i
}

// settle brings everything by which a party is found up to date with it; one of
// which nothing is left goes.
func (f *Face) settle(i uint32) {
	p := &f.parties[i]
	f.unorder(i)
	f.unplace(i)
	if len(p.facts)+len(p.entries) == 0 {
		f.index.Replace(i)
		delete(f.byKey, p.key)
		f.free = append(f.free, i)
		*p = party{}
		return
	}
	names, identifiers := p.texts()
	p.sort = sortKey(names)
	f.index.Replace(i, append(names, values(identifiers)...)...)
	f.reorder(i)
	f.place(i)
}

// byNewest and byEnding order entries; ids decide between equals.
func byNewest(a, b *listing) int {
	return cmp.Or(cmp.Compare(b.shown.From, a.shown.From), slices.Compare(a.id[:], b.id[:]))
}

func byEnding(a, b *listing) int {
	return cmp.Or(cmp.Compare(a.shown.Until, b.shown.Until), slices.Compare(a.id[:], b.id[:]))
}

func insert(all []*listing, x *listing, order func(a, b *listing) int) []*listing {
	at, _ := slices.BinarySearchFunc(all, x, order)
	return slices.Insert(all, at, x)
}

func remove(all []*listing, x *listing, order func(a, b *listing) int) []*listing {
	if at, ok := slices.BinarySearchFunc(all, x, order); ok {
		return slices.Delete(all, at, at+1)
	}
	return all
}
