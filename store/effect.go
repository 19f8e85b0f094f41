package store

import (
	"encoding/binary"

	"github.com/openstanding/standing"
)

// effectVersion begins every encoded [EffectRow].
const effectVersion = 1

// The flags of an encoded effect.
const (
	flagForever    = 1 << 0 // the end is not written: there is none
	flagWhileShown = 1 << 1
	flagExempted   = 1 << 2 // a list of activities follows
)

// AppendEffect appends the encoding of a row, about 150 bytes, in which stores
// keep it: a version, the fixed fields, then strings, effects and keys, each
// after its length. One row has one encoding.
func AppendEffect(b []byte, r *EffectRow) []byte {
	b = append(b, effectVersion)
	b = append(b, r.Listing[:]...)
	b = append(b, r.Ruling[:]...)
	b = append(b, r.Rulebook[:]...)
	b = append(b, r.Addressee, byte(r.Party), r.Severity)
	for _, s := range [...]string{string(r.List), r.Region, r.Ground, r.Source} {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Effects)))
	for i := range r.Effects {
		b = appendSpan(b, &r.Effects[i])
	}
	b = binary.AppendUvarint(b, uint64(len(r.Keys)))
	for i := range r.Keys {
		b = append(b, r.Keys[i][:]...)
	}
	return b
}

func appendSpan(b []byte, e *standing.Effect) []byte {
	var flags byte
	if e.Until == standing.Forever {
		flags |= flagForever
	}
	if e.WhileShown {
		flags |= flagWhileShown
	}
	if len(e.Exempted) > 0 {
		flags |= flagExempted
	}
	b = append(b, flags)
	b = binary.AppendVarint(b, int64(e.From))
	if e.Until != standing.Forever {
		b = binary.AppendVarint(b, int64(e.Until))
	}
	if len(e.Exempted) > 0 {
		b = binary.AppendUvarint(b, uint64(len(e.Exempted)))
		for _, a := range e.Exempted {
			b = appendString(b, a)
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// internBound bounds what an EffectDecoder remembers: lists, grounds, regions
// and activities of any register are fewer.
const internBound = 1 << 14

// EffectDecoder decodes effect rows. It keeps the strings it has met, so that
// millions of rows share the few names of lists, grounds and regions. The zero
// value is ready; it must not be used by two goroutines at once.
type EffectDecoder struct {
	known map[string]string
}

// Decode reads what [AppendEffect] wrote into a row, which it overwrites and
// which keeps nothing of b. Anything else is refused: Unsupported when the row
// is of a newer version, Invalid when it is damaged.
func (d *EffectDecoder) Decode(b []byte, r *EffectRow) error {
	if len(b) > 0 && b[0] > effectVersion {
		return standing.Errorf(standing.Unsupported, "effect row of version %d: this software reads version %d; use a newer one", b[0], effectVersion)
	}
	in := effectReader{b: b}
	in.fixed(1)
	*r = EffectRow{}
	copy(r.Listing[:], in.fixed(16))
	copy(r.Ruling[:], in.fixed(16))
	copy(r.Rulebook[:], in.fixed(32))
	if small := in.fixed(3); small != nil {
		r.Addressee, r.Party, r.Severity = small[0], standing.PartyKind(small[1]), small[2]
	}
	r.List = standing.ListID(d.intern(in.text()))
	r.Region, r.Ground, r.Source = d.intern(in.text()), d.intern(in.text()), d.intern(in.text())
	if n := in.count(2); n > 0 {
		r.Effects = make([]standing.Effect, n)
		for i := range r.Effects {
			d.span(&in, &r.Effects[i])
		}
	}
	if n := in.count(16); n > 0 {
		r.Keys = make([]Key, n)
		for i := range r.Keys {
			copy(r.Keys[i][:], in.fixed(16))
		}
	}
	if in.bad || in.at != len(b) || b[0] != effectVersion {
		return standing.Errorf(standing.Invalid, "effect row of %d bytes is damaged at byte %d: run standing verify", len(b), in.at)
	}
	return nil
}

func (d *EffectDecoder) span(in *effectReader, e *standing.Effect) {
	flags := in.fixed(1)
	if flags == nil || flags[0]&^(flagForever|flagWhileShown|flagExempted) != 0 {
		in.bad = true
		return
	}
	e.WhileShown = flags[0]&flagWhileShown != 0
	e.From, e.Until = standing.Instant(in.number()), standing.Forever
	if flags[0]&flagForever == 0 {
		e.Until = standing.Instant(in.number())
		in.bad = in.bad || e.Until == standing.Forever
	}
	if flags[0]&flagExempted == 0 {
		return
	}
	n := in.count(1)
	in.bad = in.bad || n == 0
	e.Exempted = make([]string, n)
	for i := range e.Exempted {
		e.Exempted[i] = d.intern(in.text())
	}
}

func (d *EffectDecoder) intern(b []byte) string {
	if s, ok := d.known[string(b)]; ok {
		return s
	}
	if d.known == nil || len(d.known) >= internBound {
		d.known = map[string]string{}
	}
	s := string(b)
	d.known[s] = s
	return s
}

// effectReader walks an encoded row; once bad, every read returns zero.
type effectReader struct {
	b   []byte
	at  int
	bad bool
}

func (in *effectReader) fixed(n int) []byte {
	if in.bad || len(in.b)-in.at < n {
		in.bad = true
		return nil
	}
	in.at += n
	return in.b[in.at-n : in.at]
}

func (in *effectReader) text() []byte { return in.fixed(in.count(1)) }

// count reads how many items of at least size bytes follow; more than the rest
// of the row can hold is damage, found before anything is allocated for them.
func (in *effectReader) count(size int) int {
	n := in.unsigned()
	if n > uint64(len(in.b)-in.at)/uint64(size) {
		in.bad = true
		return 0
	}
	return int(n)
}

func (in *effectReader) number() int64 {
	n := in.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

// unsigned reads a varint in its shortest form.
func (in *effectReader) unsigned() uint64 {
	if in.bad {
		return 0
	}
	n, width := binary.Uvarint(in.b[in.at:])
	if width <= 0 || width > 1 && in.b[in.at+width-1] == 0 {
		in.bad = true
		return 0
	}
	in.at += width
	return n
}
