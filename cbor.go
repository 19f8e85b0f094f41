package standing

import "encoding/binary"

// Deterministic CBOR (RFC 8949, 4.2.1), the part that acts need: unsigned and
// negative integers, byte and text strings, arrays and maps with ascending
// unsigned keys, always in the shortest form. Anyone can read acts with any
// CBOR library; here anything not in that one form is refused, so that one
// statement has one sequence of bytes.

const (
	majorUint  = 0 << 5
	majorNeg   = 1 << 5
	majorBytes = 2 << 5
	majorText  = 3 << 5
	majorArray = 4 << 5
	majorMap   = 5 << 5
)

func appendHead(b []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n < 1<<8:
		return append(b, major|24, byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n < 1<<32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		return appendHead(b, majorNeg, uint64(-1-v))
	}
	return appendHead(b, majorUint, uint64(v))
}

func appendBytes(b, v []byte) []byte { return append(appendHead(b, majorBytes, uint64(len(v))), v...) }

func appendText(b []byte, v string) []byte {
	return append(appendHead(b, majorText, uint64(len(v))), v...)
}

// reader walks CBOR with a sticky error; after an error every read returns zero.
type reader struct {
	b   []byte
	pos int
	err *Error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = Errorf(Invalid, format, args...)
		r.err.What += " at byte " + itoa(r.pos)
	}
}

// unknown stops at what a newer version must have written: nobody may act on
// an act that they understand in part.
func (r *reader) unknown(format string, args ...any) {
	if r.err == nil {
		r.fail(format+" is not known: stop and use a newer version", args...)
		r.err.Kind = Unsupported
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func (r *reader) head(major byte) uint64 {
	if r.err != nil {
		return 0
	}
	if r.pos >= len(r.b) {
		r.fail("act bytes end early")
		return 0
	}
	h := r.b[r.pos]
	if h&0xe0 != major {
		r.fail("unexpected type %#02x in act bytes", h)
		return 0
	}
	r.pos++
	info := h & 0x1f
	if info < 24 {
		return uint64(info)
	}
	width := 1 << (info - 24)
	if info > 27 || r.pos+width > len(r.b) {
		r.fail("length cut short in act bytes")
		return 0
	}
	var n uint64
	for range width {
		n = n<<8 | uint64(r.b[r.pos])
		r.pos++
	}
	if least := [...]uint64{24, 1 << 8, 1 << 16, 1 << 32}[info-24]; n < least {
		r.fail("number not in its shortest form")
		return 0
	}
	return n
}

func (r *reader) uint(max uint64) uint64 {
	n := r.head(majorUint)
	if n > max {
		r.fail("number %d over its bound %d", n, max)
		return 0
	}
	return n
}

func (r *reader) int() int64 {
	if r.err == nil && r.pos < len(r.b) && r.b[r.pos]&0xe0 == majorNeg {
		n := r.head(majorNeg)
		if n >= 1<<62 {
			r.fail("number out of bounds")
			return 0
		}
		return -1 - int64(n)
	}
	return int64(r.uint(1<<63 - 1))
}

func (r *reader) take(major byte, max int) []byte {
	n := r.head(major)
	if r.err != nil {
		return nil
	}
	switch {
	case n > uint64(max):
		r.fail("string of %d bytes over its bound of %d", n, max)
		return nil
	case r.pos+int(n) > len(r.b):
		r.fail("string of %d bytes cut short", n)
		return nil
	}
	v := r.b[r.pos : r.pos+int(n)]
	r.pos += int(n)
	return v
}

func (r *reader) bytes(max int) []byte { return r.take(majorBytes, max) }

func (r *reader) fixed(dst []byte) {
	v := r.bytes(len(dst))
	if r.err == nil && len(v) != len(dst) {
		r.fail("%d bytes expected, %d found", len(dst), len(v))
		return
	}
	copy(dst, v)
}

func (r *reader) code() string {
	v := string(r.take(majorText, 96))
	if r.err == nil && !ValidCode(v) {
		r.fail("%q is not a code", v)
	}
	return v
}

// instant reads a point in time that the register can hold, or Forever.
func (r *reader) instant(name string) Instant {
	v := Instant(r.int())
	if r.err == nil && v != Forever && !v.Valid() {
		r.fail("instant %s is outside the years 1900 to 2199", name)
	}
	return v
}

func (r *reader) array(max int) int { return r.count(majorArray, max) }

func (r *reader) mapping(max int) int { return r.count(majorMap, max) }

func (r *reader) count(major byte, max int) int {
	n := r.head(major)
	if n > uint64(max) {
		r.fail("%d items over the bound of %d", n, max)
		return 0
	}
	return int(n)
}

// end refuses bytes left over.
func (r *reader) end() {
	if r.pos != len(r.b) {
		r.fail("%d bytes too many", len(r.b)-r.pos)
	}
}
