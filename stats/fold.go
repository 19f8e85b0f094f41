package stats

import (
	"sync"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/store"
)

// Config is what a fold needs to know besides the log.
type Config struct {
	// Now is when the fold begins to be filled: what happened until then counts
	// at once instead of waiting in a queue. Statistics moves it forward.
	Now standing.Instant
	// Field is the field of a list, by its rulebook; "" when there is no such
	// list. It is called while the fold is locked for readers, by several at
	// once. Nil: the name of the rulebook is the field.
	Field func(standing.ListID) string
	// Region is the region of a list, where an entry that was taken over from
	// another body is counted; "" or nil: its authority's.
	Region func(standing.ListID) string
	// Zone is where months begin; nil: UTC.
	Zone *time.Location
}

// Fold is the register counted. One writer calls Entry, Effect, End and Law;
// any number of readers call Statistics meanwhile.
type Fold struct {
	field    func(standing.ListID) string
	region   func(standing.ListID) string
	mu       sync.RWMutex
	now      standing.Instant // up to which beginnings and ends are counted; never goes back
	law      *standing.Constitution
	calendar                            // the writer's
	ids      map[standing.CaseID]uint32 // index in records
	records  []record
	places   []place
	placeOf  map[placeKey]uint32
	lists    []*list
	listOf   map[standing.ListID]uint16
	below    map[string][]string // regions right below one, of those that occur
	events   []string            // by number; "" is 0
	waiting  queue               // what counts later than now
}

// record is a listing in 24 bytes.
type record struct {
	begin standing.Instant // of the first effect; 0: it has none
	end   standing.Instant // 0: none is known
	place uint32
	event uint8 // number of the event of its end
	flags uint8
	acts  uint8 // of a person: bit per column from colNotice, whether it counts
}

// The flags of a record.
const (
	protected = 1 << iota
	shown     // it holds while its source shows it
	begun     // its beginning is counted
	ended     // its end is counted, too
)

type placeKey struct {
	list   standing.ListID
	region string
}

// place is a list in a region: where the entries are counted that hold there.
type place struct {
	list    uint16
	tallies []*tally // of the region and all above, the whole world last
	deep    int      // of the first this many, durations are not counted
	box     *box     // of persons
}

// list is what is known of a list.
type list struct {
	id         standing.ListID
	until      standing.Instant // repealed; Forever: not
	staleAfter standing.Instant // of its source's last snapshot; 0: none
	tallies    map[string]*tally
	boxes      map[string]*box
}

// New makes an empty fold.
func New(cfg Config) *Fold {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Field == nil {
		cfg.Field = standing.ListID.Rulebook
	}
	return &Fold{field: cfg.Field, region: cfg.Region, now: cfg.Now, calendar: calendar{zone: cfg.Zone}, ids: map[standing.CaseID]uint32{}, placeOf: map[placeKey]uint32{},
		listOf: map[standing.ListID]uint16{}, below: map[string][]string{}, events: []string{""}}
}

// Entry takes in an entry of the log. Every one is to be given, in the order of
// positions; most are not counted and cost next to nothing.
func (f *Fold) Entry(e *standing.Entry) {
	a := e.Act
	at := a.Occurred
	var c column
	switch a.Kind {
	case standing.ListingProposed, standing.ListingReported:
		f.mu.Lock()
		f.open(a.Case, a.List, Where(f.law, f.region, a.Region, a.List, a.Authority, a.Kind == standing.ListingReported), a.Party)
		f.mu.Unlock()
		return
	case standing.SnapshotImported:
		f.mu.Lock()
		f.lists[f.list(a.List)].staleAfter = e.Resolution.Instants.Get(standing.StaleAfter)
		f.mu.Unlock()
		return
	case standing.NoticeServed:
		c, at = colNotice, a.At(standing.Served)
	case standing.ObjectionMade:
		c = colObjection
	case standing.ObjectionDecided:
		c = colUpheld
	case standing.ErrorAnswered:
		c = colError
	case standing.Exempted:
		c = colExemption
	default:
		return
	}
	if (c == colUpheld || c == colError) && a.Code != "upheld" {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if i, ok := f.ids[a.Case]; ok {
		f.act(i, c, min(at, e.RecordedAt))
	}
}

// act counts an act of a listing: of organisations each, of a person whether
// there was one.
func (f *Fold) act(i uint32, c column, at standing.Instant) {
	r := &f.records[i]
	if r.flags&protected == 0 {
		m := f.of(at)
		for _, t := range f.places[r.place].tallies {
			t.add(m, c, 1)
		}
		return
	}
	if from := f.after(at); from > f.now {
		f.waiting.push(wait{from, i, c})
		return
	}
	if bit := uint8(1) << (c - colNotice); r.acts&bit == 0 {
		r.acts |= bit
		f.places[r.place].box.add(int(c), 1)
	}
}

// Effect takes in the present effect row of a listing, whenever it changed. It
// follows the Entry that makes the listing known.
func (f *Fold) Effect(row *store.EffectRow) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, ok := f.ids[row.Listing]
	if !ok {
		return
	}
	var from standing.Instant
	var flag uint8
	if len(row.Effects) > 0 {
		from = row.Effects[0].From
	}
	for i := range row.Effects {
		if row.Effects[i].WhileShown {
			flag = shown
		}
	}
	f.change(i, func(r *record) {
		r.begin, r.flags = from, r.flags&^shown|flag
	})
}

// End takes in when and why a listing ends by what is known now, whenever that
// changed: [standing.End] of it and its ruling. Forever: nothing ends it. It
// follows the Entry that makes the listing known.
func (f *Fold) End(listing standing.CaseID, at standing.Instant, event string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, ok := f.ids[listing]
	if !ok {
		return
	}
	n := f.event(event)
	if at == standing.Forever {
		at = 0
	}
	f.change(i, func(r *record) { r.end, r.event = at, n })
}

// Law takes in the constitution, whenever it changed: entries on a list end
// when it is repealed, alone or with its rulebook.
func (f *Fold) Law(con *standing.Constitution) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.law = con
	changed := map[uint16]standing.Instant{}
	for n, l := range f.lists {
		if until := f.repealedAt(l.id); until != l.until {
			changed[uint16(n)] = until
		}
	}
	if len(changed) == 0 {
		return
	}
	var moved []uint32
	for i := range f.records {
		r := &f.records[i]
		if _, ok := changed[f.places[r.place].list]; ok {
			f.count(r, -1)
			moved = append(moved, uint32(i))
		}
	}
	for n, until := range changed {
		f.lists[n].until = until
	}
	for _, i := range moved {
		f.settle(i)
		f.await(i)
	}
}

func (f *Fold) repealedAt(id standing.ListID) standing.Instant {
	if f.law == nil {
		return standing.Forever
	}
	if until := f.law.InForce(id).Until; until != 0 {
		return until
	}
	return standing.Forever
}

// Where is the region that people look for a listing in, and in which it is
// counted: its own, else, of one that was taken over, its list's, else that of the
// authority that made it. Where its measures hold is another thing: a listing by a
// court in Shandong on a national list holds in the whole country. Con may be nil.
func Where(con *standing.Constitution, listRegion func(standing.ListID) string, region string, list standing.ListID, by standing.AuthorityID, reported bool) string {
	if region == "" && reported && listRegion != nil {
		region = listRegion(list)
	}
	if region == "" && con != nil && con.Authorities[by] != nil {
		region = con.Authorities[by].Region
	}
	return region
}

// open finds a listing's record, or makes it.
func (f *Fold) open(id standing.CaseID, list standing.ListID, where string, party standing.PartyKind) uint32 {
	if i, ok := f.ids[id]; ok {
		return i
	}
	r := record{place: f.place(list, where)}
	if party.Protected() {
		r.flags = protected
	}
	i := uint32(len(f.records))
	f.records = append(f.records, r)
	f.ids[id] = i
	return i
}

func (f *Fold) list(id standing.ListID) uint16 {
	n, ok := f.listOf[id]
	if !ok {
		n = uint16(len(f.lists))
		f.listOf[id] = n
		f.lists = append(f.lists, &list{id: id, until: f.repealedAt(id), tallies: map[string]*tally{}, boxes: map[string]*box{}})
	}
	return n
}

// place finds a list in a region, and makes its tallies: of the region and of
// everything above.
func (f *Fold) place(id standing.ListID, where string) uint32 {
	key := placeKey{id, where}
	if n, ok := f.placeOf[key]; ok {
		return n
	}
	p := place{list: f.list(id)}
	l := f.lists[p.list]
	at := region.ID(where)
	if at == "" {
		at = region.World
	}
	for more := true; more; {
		t := l.tallies[string(at)]
		if t == nil {
			t = &tally{}
			l.tallies[string(at)] = t
		}
		if at.Depth() > boxDepth {
			p.deep++
		} else if p.box == nil {
			p.box = l.box(string(at))
		}
		p.tallies = append(p.tallies, t)
		above, ok := at.Parent()
		if ok {
			f.connect(string(above), string(at))
		}
		at, more = above, ok
	}
	n := uint32(len(f.places))
	f.places = append(f.places, p)
	f.placeOf[key] = n
	return n
}

func (f *Fold) connect(above, at string) {
	for _, b := range f.below[above] {
		if b == at {
			return
		}
	}
	f.below[above] = append(f.below[above], at)
}

// otherEvent takes the place of events beyond those that a byte can number; no
// rulebook has a tenth as many.
const otherEvent = "other"

func (f *Fold) event(name string) uint8 {
	for n, e := range f.events {
		if e == name {
			return uint8(n)
		}
	}
	if len(f.events) == 255 {
		name = otherEvent
	}
	if len(f.events) < 256 {
		f.events = append(f.events, name)
	}
	return uint8(len(f.events) - 1)
}
