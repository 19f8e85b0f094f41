package bulk

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"

	"github.com/openstanding/standing"
)

// RootOf reads the lines of a whole, unpacked, and returns its root.
func RootOf(whole io.Reader) (Root, error) {
	return Apply(nil, whole, PartyNoun)
}

// change is a line of a delta.
type change struct {
	ID   string          `json:"id"`
	Kind string          `json:"kind"`
	Op   string          `json:"op"`
	Row  json.RawMessage `json:"row"`
}

// Apply writes the whole that the deltas lead to from the given one, and returns
// its root, to be compared with that of the index. All are read unpacked; noun
// is PartyNoun or ListingNoun, and lines of the other are passed over. The whole
// streams; what the deltas change is held in memory. w may be nil.
//
// Invalid: a line is not one of these files, or the deltas do not reach as far
// as a row needs: one that stands in them without content was to be changed
// again by a later one.
func Apply(w io.Writer, whole io.Reader, noun string, deltas ...io.Reader) (Root, error) {
	last, err := lastChanges(noun, deltas)
	if err != nil {
		return Root{}, err
	}
	out := &applied{w: w, sum: sha256.New()}
	key := keyName(noun)
	var added []addition
	for id, c := range last {
		if c.Op == opDel {
			continue
		}
		k, ok := member(c.Row, key)
		if !ok {
			return Root{}, standing.Errorf(standing.Invalid, "%s stands without its row: the delta that says more of it is missing", id)
		}
		added = append(added, addition{k, id, c.Row})
	}
	slices.SortFunc(added, func(a, b addition) int { return cmp.Compare(a.key, b.key) })
	in := newLines(whole)
	for {
		b, err := in.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Root{}, err
		}
		row := b[:len(b)-1]
		if len(last) > 0 {
			id, hasID := member(row, "id")
			k, hasKey := member(row, key)
			if !hasID || !hasKey {
				return Root{}, standing.Errorf(standing.Invalid, "row %d of the whole has no id or no %s", out.rows+1, key)
			}
			for len(added) > 0 && added[0].key < k {
				out.write(added[0].row)
				added = added[1:]
			}
			if _, touched := last[id]; touched {
				continue // gone, or among the added
			}
		}
		out.write(row)
	}
	for _, a := range added {
		out.write(a.row)
	}
	return Root{Rows: out.rows, Digest: standing.Digest(out.sum.Sum(nil))}, out.err
}

// addition is a row to be put in its place.
type addition struct {
	key, id string
	row     []byte
}

func keyName(noun string) string {
	if noun == ListingNoun {
		return "id"
	}
	return "party"
}

// lastChanges is what the deltas, in their order, say last of each row.
func lastChanges(noun string, deltas []io.Reader) (map[string]change, error) {
	last := map[string]change{}
	for i, r := range deltas {
		in := newLines(r)
		for n := 1; ; n++ {
			b, err := in.next()
			if err == io.EOF {
				break
			}
			var c change
			if err == nil {
				err = json.Unmarshal(b, &c)
			}
			if err == nil && (c.ID == "" || c.Op != opAdd && c.Op != opMod && c.Op != opDel) {
				err = fmt.Errorf("it says neither ADD nor MOD nor DEL of an id")
			}
			if err != nil {
				return nil, standing.Errorf(standing.Invalid, "delta %d, line %d: %v", i+1, n, err)
			}
			if c.Kind == noun {
				c.Row = bytes.Clone(c.Row)
				last[c.ID] = c
			}
		}
	}
	return last, nil
}

// applied digests and writes rows.
type applied struct {
	w    io.Writer
	sum  hash.Hash
	rows int
	err  error
}

func (a *applied) write(row []byte) {
	a.rows++
	for _, part := range [][]byte{row, {'\n'}} {
		a.sum.Write(part)
		if a.w != nil && a.err == nil {
			_, a.err = a.w.Write(part)
		}
	}
}
