package bulk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"

	"github.com/openstanding/standing"
)

// What a delta does with a row.
const (
	opAdd = "ADD"
	opMod = "MOD"
	opDel = "DEL"
)

// former is the whole of the issue before, read along with the new rows.
type former struct {
	*zippedLines
	want Root
	noun string
	sum  hash.Hash
	rows int
	line []byte // without its line feed; nil: no more
	key  string
}

func openFormer(d disk, path, noun string, want Root) (*former, error) {
	l, err := openLines(d, path)
	if err != nil {
		return nil, err
	}
	f := &former{zippedLines: l, want: want, noun: noun, sum: sha256.New()}
	if err := f.advance(); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// advance goes to the next row; at the end it holds the whole to its root.
func (f *former) advance() error {
	b, err := f.next()
	if err == io.EOF {
		f.line = nil
		if got := (Root{Rows: f.rows, Digest: standing.Digest(f.sum.Sum(nil))}); !got.Equal(f.want) {
			return f.damaged("its rows are not those of its index")
		}
		return nil
	}
	if err != nil {
		return f.damaged(err.Error())
	}
	f.sum.Write(b)
	f.rows++
	f.line = b[:len(b)-1]
	name := "party"
	if f.noun == ListingNoun {
		name = "id"
	}
	var ok bool
	if f.key, ok = member(f.line, name); !ok {
		return f.damaged(fmt.Sprintf("row %d has no %s", f.rows, name))
	}
	return nil
}

func (f *former) damaged(what string) error {
	return &standing.Error{Kind: standing.Conflict, What: "the issue before is damaged: " + f.noun + " rows: " + what,
		Do: "publish anew: that begins a new chain of deltas, and whoever follows takes the whole again"}
}

// changed is the rows that changed or went, by the first 16 bytes of the ids
// made here.
type changed [][16]byte

func idBytes(id string) (out [16]byte, err error) {
	if len(id) != len(idPrefix)+40 {
		return out, fmt.Errorf("%.60q is no id of a published row", id)
	}
	_, err = hex.Decode(out[:], []byte(id[len(idPrefix):len(idPrefix)+32]))
	return out, err
}

func (c changed) has(id string) (bool, error) {
	b, err := idBytes(id)
	if err != nil {
		return false, err
	}
	_, found := slices.BinarySearchFunc(c, b, func(x, y [16]byte) int { return bytes.Compare(x[:], y[:]) })
	return found, nil
}

// deltaSink compares the new rows with the former ones, both in their order, and
// writes what became of each.
type deltaSink struct {
	rows, ftm *zipped
	names     *namer
	former    *former
	counts    *Changes
	delta     Delta
	changed   changed
	buf       []byte
}

// begin turns to a noun.
func (s *deltaSink) begin(f *former, counts *Changes) { s.former, s.counts = f, counts }

func (s *deltaSink) take(b *batch) error {
	for i := range b.rows() {
		key := b.key(i)
		for s.former.line != nil && s.former.key < key {
			if err := s.gone(); err != nil {
				return err
			}
		}
		op := opAdd
		if s.former.line != nil && s.former.key == key {
			op = opMod
			if bytes.Equal(s.former.line, b.line(i)) {
				op = ""
			}
			if err := s.former.advance(); err != nil {
				return err
			}
		}
		if op != "" {
			if err := s.write(op, b, i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *deltaSink) write(op string, b *batch, i int) error {
	s.counts.count(op)
	if op == opMod {
		id, err := idBytes(b.ids[i])
		if err != nil {
			return err
		}
		s.changed = append(s.changed, id)
	}
	s.buf = startDelta(s.buf[:0], op, b.noun, b.id(i))
	s.buf = append(append(append(s.buf, deltaRow...), b.line(i)...), '}', '\n')
	if _, err := s.rows.Write(s.buf); err != nil {
		return err
	}
	s.buf = append(s.buf[:0], ftmStart+op+ftmEntity...)
	s.buf = append(s.names.appendEntity(s.buf, b, i), '}', '\n')
	_, err := s.ftm.Write(s.buf)
	return err
}

// gone writes the end of the former row at hand and goes on.
func (s *deltaSink) gone() error {
	s.counts.count(opDel)
	id, ok := member(s.former.line, "id")
	if !ok {
		return s.former.damaged("a row has no id")
	}
	made := id
	if s.former.noun == ListingNoun {
		made = s.names.id(ListingNoun, id)
	}
	key, err := idBytes(made)
	if err != nil {
		return s.former.damaged(err.Error())
	}
	s.changed = append(s.changed, key)
	s.buf = append(startDelta(s.buf[:0], opDel, s.former.noun, id), '}', '\n')
	if _, err := s.rows.Write(s.buf); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(s.ftm, "%s%s%s%s%s\"}}\n", ftmStart, opDel, ftmEntity, entityStart, made); err != nil {
		return err
	}
	return s.former.advance()
}

// endNoun ends what former rows are left and closes them.
func (s *deltaSink) endNoun() error {
	var err error
	for err == nil && s.former.line != nil {
		err = s.gone()
	}
	err = errors.Join(err, s.former.close())
	s.former = nil
	return err
}

// release closes the former rows wherever the pass has stopped.
func (s *deltaSink) release() {
	if s.former != nil {
		s.former.close()
		s.former = nil
	}
}

// abandon closes the files as they are; a nil delta has none.
func (s *deltaSink) abandon() {
	if s != nil {
		s.rows.abandon()
		s.ftm.abandon()
	}
}

// finishDelta makes the files durable and returns the delta, but for where it
// leads from and to.
func (s *deltaSink) finishDelta() (rows, ftm File, err error) {
	if rows, err = s.rows.finish(); err != nil {
		s.ftm.abandon()
		return rows, ftm, err
	}
	ftm, err = s.ftm.finish()
	slices.SortFunc(s.changed, func(x, y [16]byte) int { return bytes.Compare(x[:], y[:]) })
	return rows, ftm, err
}

const (
	deltaRow  = `,"row":`
	ftmStart  = `{"op":"`
	ftmEntity = `","entity":`
)

func startDelta(buf []byte, op, noun, id string) []byte {
	l := line{b: buf}
	l.open()
	l.text("id", id)
	l.text("kind", noun)
	l.text("op", op)
	return l.b
}

// rewriteRows copies an older delta and takes out the rows that have changed or
// gone since: of those only operation and id remain.
func rewriteRows(d disk, from, root, path string, c changed, n *namer) (File, error) {
	return rewrite(d, from, root, path, func(line []byte) ([]byte, error) {
		at := bytes.Index(line, []byte(deltaRow))
		if at < 0 {
			return line, nil // bare already
		}
		id, ok := member(line, "id")
		noun, _ := member(line[:at], "kind")
		if !ok {
			return nil, fmt.Errorf("a line has no id")
		}
		if noun == ListingNoun {
			id = n.id(ListingNoun, id)
		}
		bare, err := c.has(id)
		if !bare || err != nil {
			return line, err
		}
		return append(line[:at], '}', '\n'), nil
	})
}

// rewriteFTM copies an older delta and leaves out the entities that have changed
// or gone since: the line that says so stands in a later delta, and an entity
// without schema would be an error to every reader.
func rewriteFTM(d disk, from, root, path string, c changed) (File, error) {
	return rewrite(d, from, root, path, func(line []byte) ([]byte, error) {
		const start = len(ftmStart) + len(opAdd) + len(ftmEntity) + len(entityStart)
		if len(line) < start+len(idPrefix)+40 {
			return nil, fmt.Errorf("a line is too short")
		}
		if string(line[len(ftmStart):len(ftmStart)+len(opDel)]) == opDel {
			return line, nil
		}
		gone, err := c.has(string(line[start : start+len(idPrefix)+40]))
		if gone || err != nil {
			return nil, err
		}
		return line, nil
	})
}

// rewrite copies a gzip file line by line through edit.
func rewrite(d disk, from, root, path string, edit func(line []byte) ([]byte, error)) (File, error) {
	in, err := openLines(d, from)
	if err != nil {
		return File{}, err
	}
	defer in.close()
	out, err := createZipped(d, root, path)
	if err != nil {
		return File{}, err
	}
	for {
		b, err := in.next()
		if err == io.EOF {
			return out.finish()
		}
		if err == nil {
			b, err = edit(b)
		}
		if err == nil {
			_, err = out.Write(b)
		}
		if err != nil {
			out.abandon()
			return File{}, fmt.Errorf("%s: %w", path, err)
		}
	}
}
