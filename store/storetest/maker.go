package storetest

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Maker makes batches such as the clerk commits: of three acts one opens a
// case, the others go on with an earlier one. Entries are real and decode, with
// versions as the cases have them; signatures, commitments and sealed openings
// are random bytes. The same seed and calls give the same batches.
type Maker struct {
	Keyed bool // case ids are spread at random, as idempotency keys give them
	Plain bool // nothing is erased or forgotten, no documents: the bulk of real work

	size      uint64
	random    *rand.ChaCha8
	cases     []made
	keys      []store.Key
	documents []standing.Digest
	erasable  []uint64 // of the batch before
}

// made is a case that a Maker has opened.
type made struct {
	id       standing.CaseID
	kind     standing.CaseKind
	version  uint64
	ruling   standing.CaseID // of a listing
	position uint64
}

// NewMaker returns a maker of a fresh register's batches.
func NewMaker(seed uint64) *Maker {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return &Maker{random: rand.NewChaCha8(key)}
}

// Size is how many acts were made.
func (m *Maker) Size() uint64 { return m.size }

// Cases is how many cases were opened.
func (m *Maker) Cases() int { return len(m.cases) }

// Listings returns the case ids of all listings made, in order.
func (m *Maker) Listings() []standing.CaseID {
	var out []standing.CaseID
	for i := range m.cases {
		if m.cases[i].kind == standing.ListingCase {
			out = append(out, m.cases[i].id)
		}
	}
	return out
}

func (m *Maker) fill(b []byte) { m.random.Read(b) }

func (m *Maker) bytes(n int) []byte {
	b := make([]byte, n)
	m.fill(b)
	return b
}

func (m *Maker) below(n int) int { return int(m.random.Uint64() % uint64(n)) }

// Batch makes a batch of n acts that follows the one before.
func (m *Maker) Batch(n int) *store.Batch {
	b := &store.Batch{PreviousSize: m.size, Checkpoint: fmt.Appendf(nil, "register.example\n%d\n", m.size+uint64(n))}
	heads, rows := map[standing.CaseID]int{}, map[standing.CaseID]int{}
	head := func(c *made) *store.HeadChange {
		i, ok := heads[c.id]
		if !ok {
			i = len(b.Heads)
			heads[c.id] = i
			b.Heads = append(b.Heads, store.HeadChange{Case: c.id, Kind: c.kind})
		}
		b.Heads[i].Version = c.version
		return &b.Heads[i]
	}
	for i := range n {
		p := m.size + uint64(i)
		c := m.next(p)
		b.Leaves = append(b.Leaves, m.leaf(c))
		c.version++
		h := head(c)
		h.Positions = append(h.Positions, p)
		if c.version == 1 && c.kind == standing.ListingCase {
			ruling := &m.cases[len(m.cases)-2]
			h := head(ruling)
			h.Listings = append(h.Listings, c.id)
		}
		if c.kind == standing.ListingCase {
			m.effect(b, rows, c)
		}
		b.Vault = append(b.Vault, m.vault(p))
	}
	m.size += uint64(n)
	m.tiles(b)
	if !m.Plain {
		m.asides(b)
	}
	return b
}

// next opens a case or chooses one of the latest.
func (m *Maker) next(position uint64) *made {
	if position%3 != 0 && len(m.cases) > 0 {
		return &m.cases[len(m.cases)-1-m.below(min(len(m.cases), 1000))]
	}
	c := made{id: standing.CaseID(m.bytes(16)), kind: standing.RulingCase, position: position}
	if !m.Keyed {
		binary.BigEndian.PutUint64(c.id[:], (1_760_000_000_000+position/64*1000)<<16)
	}
	if n := len(m.cases); n > 0 && m.cases[n-1].kind == standing.RulingCase {
		c.kind, c.ruling = standing.ListingCase, m.cases[n-1].id
	}
	m.cases = append(m.cases, c)
	return &m.cases[len(m.cases)-1]
}

func (m *Maker) leaf(c *made) []byte {
	a := &standing.Act{Kind: standing.RulingRecorded, Register: "register.example", Case: c.id, Version: c.version, Authority: "cn-court-371082",
		Occurred: standing.Instant(1_760_000_000 + m.size), Region: "CN/37/10/82", Code: "judgment", Commitment: standing.Digest(m.bytes(32))}
	if c.kind == standing.ListingCase {
		a.Kind, a.List, a.Addressee = standing.ListingProposed, "cn-courts/judgment-defaulters", 1
		a.Refs = []standing.Ref{{Role: standing.RefRuling, Case: c.ruling, Version: 1}}
	}
	signature := &standing.Signature{Algorithm: standing.Ed25519, Bytes: m.bytes(64)}
	m.fill(signature.Signer[:])
	e := standing.Entry{RecordedAt: a.Occurred, Count: 1, Signature: signature, Signer: signature.Signer, Bytes: a.Encode()}
	e.Resolution.Instants = standing.Instants{{Name: standing.WindowEnd, At: a.Occurred + 864000}}
	m.fill(e.Resolution.Rulebook[:])
	m.fill(e.Resolution.Calendar[:])
	return e.Encode()
}

func (m *Maker) vault(position uint64) store.VaultRow {
	v := store.VaultRow{Position: position, Slot: position / 2, Sealed: m.bytes(300)}
	if position%4 == 3 && len(m.keys) > 0 {
		v.Keys = append(v.Keys, m.keys[m.below(len(m.keys))]) // the same party again
	} else {
		v.Keys = append(v.Keys, store.Key(m.bytes(16)))
		m.keys = append(m.keys, v.Keys[0])
	}
	return v
}

// effect adds the row of a listing to a batch, or replaces it; rows says where
// each stands.
func (m *Maker) effect(b *store.Batch, rows map[standing.CaseID]int, c *made) {
	e := store.EffectRow{Listing: c.id, Ruling: c.ruling, Addressee: 1, Party: standing.Person, List: "cn-courts/judgment-defaulters", Region: "CN/37",
		Ground: "evades", Severity: uint8(c.version % 8), Rulebook: standing.Digest(m.bytes(32)), Keys: []store.Key{store.Key(m.bytes(16))}}
	if c.version > 1 {
		e.Effects = []standing.Effect{{Interval: standing.Interval{From: 1_760_000_000, Until: standing.Forever}, Exempted: []string{"air-travel.business"}}}
	}
	if i, again := rows[c.id]; again {
		b.Effects[i] = e
		return
	}
	rows[c.id] = len(b.Effects)
	b.Effects = append(b.Effects, e)
}

// tiles rewrites the tiles at the right edge of every level.
func (m *Maker) tiles(b *store.Batch) {
	from, to := b.PreviousSize, m.size
	for level := uint8(0); to > 0; level++ {
		for i := from >> 8; i<<8 < to; i++ {
			b.Tiles = append(b.Tiles, store.Tile{Level: level, Index: i, Bytes: m.bytes(32 * int(min(256, to-i<<8)))})
		}
		from, to = from>>8, to>>8
	}
}

// asides are what few batches bring: a document, an erasure, a row that loses
// its keys.
func (m *Maker) asides(b *store.Batch) {
	switch m.below(4) {
	case 0:
		d := store.Document{Digest: standing.Digest(m.bytes(32)), Bytes: m.bytes(1 + m.below(20_000))}
		b.Documents = append(b.Documents, d)
		m.documents = append(m.documents, d.Digest)
	case 1:
		b.Erased = append(b.Erased, m.erasable...)
		if len(b.Effects) > 0 {
			b.Forgotten = append(b.Forgotten, b.Effects[m.below(len(b.Effects))].Listing)
		}
	}
	m.erasable = nil
	if n := len(b.Vault); n > 0 {
		m.erasable = []uint64{b.Vault[m.below(n)].Position}
	}
}
