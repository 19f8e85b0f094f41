package backup

import (
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/tile"
)

// log hashes acts as they pass and hands on the tiles that follow from them.
type log struct {
	tree    tile.Appender
	waiting []tlog.Hash
	tiles   func(tile.Tile) error // nil: nobody wants them
	at      uint64                // a size of which the root is wanted
	rootAt  tlog.Hash
}

// logStep is how many acts are hashed into the tree at a time.
const logStep = 4096

func (l *log) add(leaf []byte) error {
	l.waiting = append(l.waiting, tile.LeafHash(leaf))
	if len(l.waiting) < logStep && l.size() != l.at {
		return nil
	}
	return l.settle()
}

func (l *log) size() uint64 { return l.tree.Size() + uint64(len(l.waiting)) }

func (l *log) settle() error {
	if len(l.waiting) == 0 {
		return nil
	}
	next, tiles, err := l.tree.Append(l.waiting)
	if err != nil {
		return err
	}
	l.tree, l.waiting = next, l.waiting[:0]
	if l.tree.Size() == l.at {
		l.rootAt = l.tree.Root()
	}
	for i := 0; l.tiles != nil && i < len(tiles); i++ {
		if err := l.tiles(tiles[i]); err != nil {
			return err
		}
	}
	return nil
}

// audit is a sink that keeps nothing but what must be known of a back-up before
// it can be believed: that the acts hash to what the checkpoint signs, which
// parties were erased, and which keys are needed.
type audit struct {
	origin   string
	verifier note.Verifier
	log      log
	size     uint64
	signed   tile.Checkpoint
	note     string
	rows     map[string]uint64
	slots    bits                     // that openings name
	highest  uint64                   // of them
	erased   map[standing.CaseID]bool // parties
	gone     map[uint64]bool          // positions of the acts about them, whose openings must go
}

func newAudit(origin string, v note.Verifier, erased map[standing.CaseID]bool) *audit {
	a := &audit{origin: origin, verifier: v, rows: map[string]uint64{}, erased: map[standing.CaseID]bool{}, gone: map[uint64]bool{}}
	for id := range erased {
		a.erased[id] = true
	}
	return a
}

// State checks the signature of the checkpoint.
func (a *audit) State(size uint64, checkpoint []byte) error {
	a.size, a.note = size, string(checkpoint)
	if size == 0 {
		return damaged("it holds no act")
	}
	var err error
	if a.signed, err = tile.Open(checkpoint, a.verifier); err != nil {
		return damaged("its checkpoint is not signed by this register's log key: %v", err)
	}
	if a.signed.Size != size || a.signed.Origin != a.origin {
		return damaged("its checkpoint is of %s at %d acts, not of %s at %d", a.signed.Origin, a.signed.Size, a.origin, size)
	}
	return nil
}

// Leaf hashes an act and looks whether it erases a party.
func (a *audit) Leaf(position uint64, leaf []byte) error {
	a.rows["leaves"]++
	if err := a.log.add(leaf); err != nil {
		return err
	}
	e, err := standing.DecodeEntry(position, leaf)
	if err != nil {
		return damaged("act %d: %v", position, err)
	}
	if e.Act.Kind == standing.PartyErased {
		a.erased[e.Act.Case] = true
	}
	return nil
}

// Head notes the acts about an erased party.
func (a *audit) Head(h *store.Head) error {
	a.rows["heads"]++
	if a.erased[h.Case] {
		for _, p := range h.Positions {
			a.gone[p] = true
		}
	}
	return nil
}

// Vault notes which key an opening needs.
func (a *audit) Vault(v *store.VaultRow) error {
	a.rows["vault"]++
	if v.Slot > maxSlot {
		return damaged("an opening names key %d", v.Slot)
	}
	a.slots.set(v.Slot)
	a.highest = max(a.highest, v.Slot)
	return nil
}

// Effect counts.
func (a *audit) Effect(*store.EffectRow) error { a.rows["effects"]++; return nil }

// Tile does nothing: there are none.
func (a *audit) Tile(*store.Tile) error { return nil }

// Document checks a text against its digest.
func (a *audit) Document(d *store.Document) error {
	a.rows["documents"]++
	if standing.DigestOf(d.Bytes) != d.Digest {
		return damaged("document %s is not what its digest says", d.Digest)
	}
	return nil
}

// Look counts.
func (a *audit) Look(*store.Look) error { a.rows["looks"]++; return nil }

// Told counts.
func (a *audit) Told(*store.Told) error { a.rows["told"]++; return nil }

// finish compares the root of the acts with the one that is signed.
func (a *audit) finish() error {
	if err := a.log.settle(); err != nil {
		return err
	}
	if a.log.tree.Size() != a.size || a.log.tree.Root() != a.signed.Root {
		return damaged("its %d acts have root %x, the checkpoint signs %x at %d", a.log.tree.Size(), a.log.tree.Root(), a.signed.Root, a.signed.Size)
	}
	return nil
}

// maxSlot bounds what memory a damaged back-up can ask for: 128 MiB.
const maxSlot = 1 << 30

// bits is a set of slots.
type bits []uint64

func (b *bits) set(n uint64) {
	for uint64(len(*b)) <= n/64 {
		*b = append(*b, 0)
	}
	(*b)[n/64] |= 1 << (n % 64)
}

func (b bits) has(n uint64) bool { return n/64 < uint64(len(b)) && b[n/64]&(1<<(n%64)) != 0 }
