package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

// The file form, version 1. Numbers of the header are big endian, those of the
// directories and of the filter little endian.
//
//	  0  magic      8 bytes
//	  8  version    4
//	 12  entries    4
//	 16  slots      4
//	 20  as of     64
//	 84  zeros     36  so that slots fall on lines of a processor's cache
//	120  checksum   4  CRC-32C of the body
//	124  checksum   4  CRC-32C of the 124 bytes before it
//	128  the body: the sections of base, in order
const (
	magic      = "standidx"
	version    = 1
	headerSize = 128
)

// A file may be mapped and shared, so it is guarded against damage, not against
// whoever can write to it: that person can change an index in memory too.
func checksum(p []byte) uint32 { return crc32.Checksum(p, crc32.MakeTable(crc32.Castagnoli)) }

// WriteTo writes the file form of the present state, merged first if need be
// (see Compact, which spares that). It implements [io.WriterTo].
func (x *Index) WriteTo(w io.Writer) (int64, error) {
	s := x.state.Load()
	b := s.merged()
	written := int64(0)
	for _, part := range [][]byte{header(b, s.asOf), b.body} {
		n, err := w.Write(part)
		written += int64(n)
		if err != nil {
			return written, fmt.Errorf("index: write: %w", err)
		}
	}
	return written, nil
}

func header(b *base, asOf AsOf) []byte {
	h := make([]byte, headerSize)
	copy(h, magic)
	binary.BigEndian.PutUint32(h[8:], version)
	binary.BigEndian.PutUint32(h[12:], uint32(b.n))
	binary.BigEndian.PutUint32(h[16:], uint32(b.slotCount()))
	copy(h[20:84], asOf[:])
	binary.BigEndian.PutUint32(h[120:], checksum(b.body))
	binary.BigEndian.PutUint32(h[124:], checksum(h[:124]))
	return h
}

// Open uses the file form where it lies. The bytes, a mapped file for one, must
// stay as they are for as long as the index or a View of it is used. They are
// read through once, to verify them.
//
// Every error means that the file cannot be used and the index must be built
// from the store again; it says why.
func Open(data []byte) (*Index, error) {
	b, err := openBase(data)
	if err != nil {
		return nil, fmt.Errorf("index: %w: rebuild the index from the store", err)
	}
	return newIndex(b, AsOf(data[20:84])), nil
}

func openBase(data []byte) (*base, error) {
	if len(data) < headerSize {
		return nil, fmt.Errorf("file is truncated: %d bytes are less than a header", len(data))
	}
	if string(data[:8]) != magic {
		return nil, fmt.Errorf("not an index file: it begins with %q", data[:8])
	}
	if v := binary.BigEndian.Uint32(data[8:]); v != version {
		return nil, fmt.Errorf("file has version %d, this program reads version %d", v, version)
	}
	if binary.BigEndian.Uint32(data[124:]) != checksum(data[:124]) {
		return nil, fmt.Errorf("header is damaged: its checksum does not match")
	}
	entries, slots := binary.BigEndian.Uint32(data[12:]), binary.BigEndian.Uint32(data[16:])
	body := data[headerSize:]
	if uint64(slots)*slotSize > uint64(len(body)) {
		return nil, fmt.Errorf("file is truncated: %d bytes cannot hold %d slots", len(data), slots)
	}
	n, s := int(entries), int(slots)
	if entries >= slots || s <= homesFor(n) {
		return nil, fmt.Errorf("header is malformed: %d entries in %d slots", n, s)
	}
	if len(body) != bodySize(n, s) {
		return nil, fmt.Errorf("file is truncated or padded: %d bytes where %d are expected", len(data), headerSize+bodySize(n, s))
	}
	if binary.BigEndian.Uint32(data[120:]) != checksum(body) {
		return nil, fmt.Errorf("body is damaged: its checksum does not match")
	}
	b := newBase(body, n, s)
	return b, b.verify()
}

// verify finds what would make a reader leave the bytes or never end. The
// checksum has spoken for the rest.
func (b *base) verify() error {
	if !b.slot(b.slotCount()-1).gap() || b.slot(b.slotCount()-1).hi() != 1<<64-1 {
		return fmt.Errorf("body is malformed: the last slot is taken")
	}
	last := 0
	for i := range listBuckets(b.n) + 1 {
		if at := number(b.buckets, i); at < last {
			return fmt.Errorf("body is malformed: bucket %d begins at %d, before the one ahead of it", i, at)
		}
		last = number(b.buckets, i)
	}
	if last != b.n {
		return fmt.Errorf("body is malformed: the directory of %d entries ends at %d", b.n, last)
	}
	for i := range b.n {
		if pos := number(b.positions, i); pos >= b.slotCount() {
			return fmt.Errorf("body is malformed: entry %d is in slot %d of %d", i, pos, b.slotCount())
		}
	}
	return nil
}
