package backup

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// The rows file: a line that says what it is, then records, each a byte that
// says what it is, the length of what follows as an unsigned varint, and that.
// Lengths inside a record are varints too; the last part of a record has none.
const magic = "standing rows 1\n"

// The kinds of record.
const (
	recordState    = 'S'
	recordLeaf     = 'L'
	recordHead     = 'H'
	recordVault    = 'V'
	recordEffect   = 'E'
	recordDocument = 'D'
	recordLook     = 'K'
	recordTold     = 'T'
	recordEnd      = 'Z' // without it the file was cut short
)

// maxRecord bounds a record in bytes: the head of the largest case is far below.
const maxRecord = 256 << 20

// writer is a sink that writes a rows file.
type writer struct {
	w      *bufio.Writer
	b      []byte
	length [binary.MaxVarintLen64]byte
	rows   map[string]uint64
	slot   uint64 // highest
}

func newWriter(w io.Writer) *writer {
	out := &writer{w: bufio.NewWriterSize(w, 1<<20), rows: map[string]uint64{}}
	out.w.WriteString(magic) // an error stays and comes with the flush
	return out
}

func (w *writer) record(kind byte, name string) error {
	w.w.WriteByte(kind)
	w.w.Write(w.length[:binary.PutUvarint(w.length[:], uint64(len(w.b)))])
	_, err := w.w.Write(w.b)
	if name != "" {
		w.rows[name]++
	}
	return err
}

func (w *writer) end() error {
	w.b = w.b[:0]
	return errors.Join(w.record(recordEnd, ""), w.w.Flush())
}

// State begins the file.
func (w *writer) State(size uint64, checkpoint []byte) error {
	w.b = append(binary.AppendUvarint(w.b[:0], size), checkpoint...)
	return w.record(recordState, "")
}

// Leaf writes an act; positions are counted.
func (w *writer) Leaf(_ uint64, leaf []byte) error {
	w.b = append(w.b[:0], leaf...)
	return w.record(recordLeaf, "leaves")
}

// Head writes a case.
func (w *writer) Head(h *store.Head) error {
	w.b = append(w.b[:0], h.Case[:]...)
	w.b = binary.AppendUvarint(append(w.b, byte(h.Kind)), h.Version)
	w.b = binary.AppendUvarint(w.b, uint64(len(h.Positions)))
	for _, p := range h.Positions {
		w.b = binary.AppendUvarint(w.b, p)
	}
	for i := range h.Listings {
		w.b = append(w.b, h.Listings[i][:]...)
	}
	return w.record(recordHead, "heads")
}

// Vault writes a sealed opening.
func (w *writer) Vault(v *store.VaultRow) error {
	w.slot = max(w.slot, v.Slot)
	w.b = binary.AppendUvarint(binary.AppendUvarint(w.b[:0], v.Position), v.Slot)
	w.b = binary.AppendUvarint(w.b, uint64(len(v.Keys)))
	for i := range v.Keys {
		w.b = append(w.b, v.Keys[i][:]...)
	}
	w.b = append(w.b, v.Sealed...)
	return w.record(recordVault, "vault")
}

// Effect writes the effects of a listing.
func (w *writer) Effect(e *store.EffectRow) error {
	w.b = store.AppendEffect(w.b[:0], e)
	return w.record(recordEffect, "effects")
}

// Tile is not called: tiles follow from the acts.
func (w *writer) Tile(*store.Tile) error { return nil }

// Document writes a text.
func (w *writer) Document(d *store.Document) error {
	w.b = append(append(w.b[:0], d.Digest[:]...), d.Bytes...)
	return w.record(recordDocument, "documents")
}

// Look writes a look.
func (w *writer) Look(l *store.Look) error {
	w.b = binary.AppendVarint(w.b[:0], int64(l.At))
	w.b = append(append(w.b, l.Key[:]...), l.Case[:]...)
	w.b = appendText(appendText(appendText(w.b, l.Relying), l.Purpose), l.Verdict)
	return w.record(recordLook, "looks")
}

// Told writes who was told.
func (w *writer) Told(t *store.Told) error {
	w.b = append(binary.AppendVarint(w.b[:0], int64(t.At)), t.Listing[:]...)
	w.b = appendText(w.b, t.Relying)
	return w.record(recordTold, "told")
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// damaged is the error of a file that is not as it was written.
func damaged(format string, args ...any) error {
	e := standing.Errorf(standing.Invalid, "the back-up is damaged: "+format, args...)
	e.Do = "use another copy of it"
	return e
}

// readRows gives a sink what a rows file holds. What it gives is the sink's
// during the call only.
func readRows(r *bufio.Reader, to store.Sink) error {
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return damaged("it does not begin with %q", magic)
	}
	in := rowReader{to: to}
	var b []byte
	for n := 0; ; n++ {
		kind, err := r.ReadByte()
		if err != nil {
			return damaged("it ends after %d records", n)
		}
		length, err := binary.ReadUvarint(r)
		if err != nil || length > maxRecord {
			return damaged("the length of record %d", n)
		}
		if b, err = grow(r, b[:0], int(length)); err != nil {
			return damaged("it ends in record %d", n)
		}
		if kind == recordEnd {
			if _, err := r.ReadByte(); err != io.EOF || length != 0 {
				return damaged("something follows its end")
			}
			return nil
		}
		if err := in.record(kind, b, n); err != nil {
			return err
		}
	}
}

// grow reads n bytes, believing their number only as far as they come.
func grow(r io.Reader, b []byte, n int) ([]byte, error) {
	for len(b) < n {
		from, step := len(b), min(n-len(b), 1<<20)
		b = append(b, make([]byte, step)...)
		if _, err := io.ReadFull(r, b[from:]); err != nil {
			return b, err
		}
	}
	return b, nil
}

// rowReader turns records into rows.
type rowReader struct {
	to       store.Sink
	position uint64 // of the next leaf
	effects  store.EffectDecoder
}

func (in *rowReader) record(kind byte, b []byte, n int) error {
	if (kind == recordState) != (n == 0) {
		return damaged("record %d is out of place", n)
	}
	p := parts{b: b}
	switch kind {
	case recordState:
		size := p.number()
		return p.whole(n, func() error { return in.to.State(size, p.b) })
	case recordLeaf:
		in.position++
		return in.to.Leaf(in.position-1, b)
	case recordHead:
		h := store.Head{Case: standing.CaseID(p.fixed(16)), Kind: standing.CaseKind(p.fixed(1)[0]), Version: p.number()}
		for range p.count(1) {
			h.Positions = append(h.Positions, p.number())
		}
		for len(p.b) >= 16 {
			h.Listings = append(h.Listings, standing.CaseID(p.fixed(16)))
		}
		return p.end(n, func() error { return in.to.Head(&h) })
	case recordVault:
		v := store.VaultRow{Position: p.number(), Slot: p.number()}
		for range p.count(16) {
			v.Keys = append(v.Keys, store.Key(p.fixed(16)))
		}
		if len(p.b) > 0 {
			v.Sealed = p.b
		}
		return p.whole(n, func() error { return in.to.Vault(&v) })
	case recordEffect:
		var e store.EffectRow
		if err := in.effects.Decode(b, &e); err != nil {
			return err
		}
		return in.to.Effect(&e)
	case recordDocument:
		d := store.Document{Digest: standing.Digest(p.fixed(32))}
		d.Bytes = p.b
		return p.whole(n, func() error { return in.to.Document(&d) })
	case recordLook:
		l := store.Look{At: standing.Instant(p.signed()), Key: store.Key(p.fixed(16)), Case: standing.CaseID(p.fixed(16)), Relying: p.text(), Purpose: p.text(), Verdict: p.text()}
		return p.end(n, func() error { return in.to.Look(&l) })
	case recordTold:
		t := store.Told{At: standing.Instant(p.signed()), Listing: standing.CaseID(p.fixed(16)), Relying: p.text()}
		return p.end(n, func() error { return in.to.Told(&t) })
	}
	return &standing.Error{Kind: standing.Unsupported, What: "the back-up holds rows that this software does not know", Do: "restore it with the version that wrote it, or a newer one"}
}

// parts walks a record; once bad, everything read is zero.
type parts struct {
	b   []byte
	bad bool
}

func (p *parts) fixed(n int) []byte {
	if p.bad || len(p.b) < n {
		p.bad = true
		return make([]byte, n)
	}
	out := p.b[:n]
	p.b = p.b[n:]
	return out
}

func (p *parts) number() uint64 {
	n, width := binary.Uvarint(p.b)
	if p.bad || width <= 0 {
		p.bad = true
		return 0
	}
	p.b = p.b[width:]
	return n
}

func (p *parts) signed() int64 {
	n := p.number()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads how many items of at least size bytes follow.
func (p *parts) count(size int) uint64 {
	n := p.number()
	if n > uint64(len(p.b)/size) {
		p.bad = true
		return 0
	}
	return n
}

func (p *parts) text() string { return string(p.fixed(int(p.count(1)))) }

func (p *parts) whole(n int, fn func() error) error {
	if p.bad {
		return damaged("record %d", n)
	}
	return fn()
}

func (p *parts) end(n int, fn func() error) error {
	p.bad = p.bad || len(p.b) > 0
	return p.whole(n, fn)
}
