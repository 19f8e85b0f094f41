package bulk

import (
	"crypto/sha256"
	"fmt"
	"hash"

	"github.com/openstanding/standing"
)

// sink takes the rows of a pass in their order, in a goroutine of its own.
type sink interface {
	take(b *batch) error
	finish() (File, error)
	abandon()
}

// rowsSink writes canonical lines and digests them.
type rowsSink struct {
	*zipped
	sum  hash.Hash
	rows int
}

func newRows(d disk, root, path string) (*rowsSink, error) {
	z, err := createZipped(d, root, path)
	if err != nil {
		return nil, err
	}
	return &rowsSink{zipped: z, sum: sha256.New()}, nil
}

func (s *rowsSink) take(b *batch) error {
	s.rows += b.rows()
	s.sum.Write(b.lines)
	_, err := s.Write(b.lines)
	return err
}

func (s *rowsSink) root() Root { return Root{Rows: s.rows, Digest: standing.Digest(s.sum.Sum(nil))} }

// cellsSink writes CSV.
type cellsSink struct {
	*zipped
	buf []byte
	row func(buf []byte, b *batch, i int) []byte
}

func newCells(d disk, root, path, noun string) (*cellsSink, error) {
	z, err := createZipped(d, root, path)
	if err != nil {
		return nil, err
	}
	s := &cellsSink{zipped: z}
	var names []string
	if noun == PartyNoun {
		fields := partyFields()
		for _, f := range fields {
			names = append(names, f.name)
		}
		s.row = func(buf []byte, b *batch, i int) []byte {
			for n, f := range fields {
				buf = appendCell(comma(buf, n), f.cell(&b.parties[i], b.ids[i]))
			}
			return buf
		}
	} else {
		fields := listingFields()
		for _, f := range fields {
			names = append(names, f.name)
		}
		s.row = func(buf []byte, b *batch, i int) []byte {
			for n, f := range fields {
				buf = appendCell(comma(buf, n), f.cell(&b.listings[i], b.ids[i]))
			}
			return buf
		}
	}
	for n, name := range names {
		s.buf = append(comma(s.buf, n), name...)
	}
	if _, err := z.Write(append(s.buf, '\n')); err != nil {
		z.abandon()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func comma(buf []byte, n int) []byte {
	if n > 0 {
		return append(buf, ',')
	}
	return buf
}

func (s *cellsSink) take(b *batch) error {
	s.buf = s.buf[:0]
	for i := range b.rows() {
		s.buf = append(s.row(s.buf, b, i), '\n')
	}
	_, err := s.Write(s.buf)
	return err
}
