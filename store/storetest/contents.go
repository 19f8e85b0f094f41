package storetest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// Contents is everything that a store answers about what a Maker made, by what
// was asked: "head 01h...", "leaf 17".
type Contents map[string]string

// Read asks a store for everything that the maker has made, each thing in every
// way there is to ask for it.
func Read(ctx context.Context, s store.Store, m *Maker) (Contents, error) {
	r := &reader{ctx: ctx, s: s, m: m, out: Contents{}}
	for _, step := range []func() error{r.log, r.cases, r.vault, r.effects, r.tiles, r.rest} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return r.out, nil
}

// Diff says how two contents differ, in ten lines at most; "" when they do not.
func Diff(want, got Contents) string {
	var b strings.Builder
	n := 0
	all := maps.Clone(want)
	maps.Copy(all, got)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		w, inWant := want[key]
		g, inGot := got[key]
		if w == g && inWant == inGot {
			continue
		}
		if n++; n <= 10 {
			fmt.Fprintf(&b, "%s: want %.200q (%t), got %.200q (%t)\n", key, w, inWant, g, inGot)
		}
	}
	if n > 10 {
		fmt.Fprintf(&b, "and %d more\n", n-10)
	}
	return b.String()
}

// reader fills contents.
type reader struct {
	ctx    context.Context
	s      store.Store
	m      *Maker
	out    Contents
	size   uint64
	leaves [][]byte
}

func (r *reader) put(key string, format string, args ...any) {
	r.out[key] = fmt.Sprintf(format, args...)
}

func (r *reader) log() (err error) {
	if r.size, err = r.s.Size(r.ctx); err != nil {
		return err
	}
	checkpoint, err := r.s.Checkpoint(r.ctx)
	if err != nil {
		return err
	}
	r.put("size", "%d", r.size)
	r.put("checkpoint", "%s", checkpoint)
	err = r.s.Leaves(r.ctx, 0, 1<<62, func(p uint64, leaf []byte) error {
		if p != uint64(len(r.leaves)) {
			return fmt.Errorf("leaf %d comes after %d leaves", p, len(r.leaves))
		}
		r.leaves = append(r.leaves, bytes.Clone(leaf))
		r.put(fmt.Sprintf("leaf %d", p), "%s", leaf)
		return nil
	})
	if err == nil && uint64(len(r.leaves)) != r.size {
		return fmt.Errorf("%d leaves in a store of size %d", len(r.leaves), r.size)
	}
	return err
}

func (r *reader) cases() error {
	last, err := r.s.LastCase(r.ctx)
	if err != nil {
		return err
	}
	r.put("last case", "%s", last)
	var heads []store.Head
	err = r.s.EachHead(r.ctx, func(h store.Head) error {
		heads = append(heads, h)
		return nil
	})
	if err != nil {
		return err
	}
	if !slices.IsSortedFunc(heads, func(a, b store.Head) int { return bytes.Compare(a.Case[:], b.Case[:]) }) {
		return fmt.Errorf("heads are out of order")
	}
	for _, h := range heads {
		one, err := r.s.Head(r.ctx, h.Case)
		if err != nil {
			return err
		}
		if h.Case != one.Case || fmt.Sprint(h) != fmt.Sprint(one) {
			return fmt.Errorf("EachHead shows %v, Head %v", h, one)
		}
		r.put("head "+h.Case.String(), "%v", h)
		if err := r.entries(h); err != nil {
			return err
		}
	}
	return nil
}

// entries checks that a case's entries are the acts at the positions of its
// head.
func (r *reader) entries(h store.Head) error {
	entries, err := r.s.Case(r.ctx, h.Case)
	if err != nil {
		return err
	}
	if len(entries) != len(h.Positions) || uint64(len(entries)) != h.Version {
		return fmt.Errorf("case %s: %d entries, %d positions, version %d", h.Case, len(entries), len(h.Positions), h.Version)
	}
	for i, e := range entries {
		if e.Position != h.Positions[i] || !bytes.Equal(e.Encode(), r.leaves[e.Position]) || e.Act.Case != h.Case {
			return fmt.Errorf("case %s: entry %d is not the act at position %d", h.Case, i, h.Positions[i])
		}
	}
	return nil
}

func (r *reader) vault() error {
	for p := range r.size {
		v, err := r.s.Vault(r.ctx, p)
		if err != nil {
			return err
		}
		r.put(fmt.Sprintf("vault %d", p), "%v", v)
	}
	for _, k := range r.m.keys {
		positions, err := r.s.Lookup(r.ctx, k)
		if err != nil {
			return err
		}
		r.put(fmt.Sprintf("lookup %x", k), "%v", positions)
	}
	return nil
}

func (r *reader) effects() error {
	var rows []store.EffectRow
	size, err := r.s.EachEffect(r.ctx, func(e *store.EffectRow) error {
		rows = append(rows, *e)
		return nil
	})
	if err != nil {
		return err
	}
	if size != r.size {
		return fmt.Errorf("EachEffect saw size %d, the store has %d", size, r.size)
	}
	for _, e := range rows {
		one, err := r.s.Effect(r.ctx, e.Listing)
		if err != nil {
			return err
		}
		if !bytes.Equal(store.AppendEffect(nil, &e), store.AppendEffect(nil, &one)) {
			return fmt.Errorf("EachEffect shows %v, Effect %v", e, one)
		}
		r.put("effect "+e.Listing.String(), "%v", e)
	}
	return nil
}

func (r *reader) tiles() error {
	for level, n := uint8(0), r.size; n > 0; level, n = level+1, n>>8 {
		for i := uint64(0); i<<8 < n; i++ {
			b, err := r.s.Tile(r.ctx, level, i)
			if err != nil {
				return err
			}
			r.put(fmt.Sprintf("tile %d/%d", level, i), "%s", b)
		}
	}
	return nil
}

func (r *reader) rest() error {
	for _, d := range r.m.documents {
		b, err := r.s.Document(r.ctx, d)
		if err == nil {
			r.put("document "+d.String(), "%s", b)
		} else if standing.KindOf(err) != standing.NotFound {
			return err
		}
	}
	n := 0
	return r.s.Looks(r.ctx, store.Key{}, func(l store.Look) error {
		n++
		r.put(fmt.Sprintf("look %d", n), "%v", l)
		return nil
	})
}
