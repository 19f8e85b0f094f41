package standing_test

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/openstanding/standing"
)

// A CBOR reader of its own, written from RFC 8949 alone and knowing nothing of
// acts: what it can read, any CBOR library can.

type item struct {
	major byte
	arg   uint64
	head  []byte
	text  []byte  // of byte and text strings
	items []*item // of an array; of a map: key, value, key, value
}

func readItem(b []byte) (*item, []byte, error) {
	if len(b) == 0 {
		return nil, nil, fmt.Errorf("cbor: ends early")
	}
	it := &item{major: b[0] >> 5, arg: uint64(b[0] & 31)}
	n := 1
	if it.arg >= 24 {
		if it.arg > 27 {
			return nil, nil, fmt.Errorf("cbor: head %#x", b[0])
		}
		n += 1 << (it.arg - 24)
		if len(b) < n {
			return nil, nil, fmt.Errorf("cbor: head ends early")
		}
		it.arg = 0
		for _, c := range b[1:n] {
			it.arg = it.arg<<8 | uint64(c)
		}
	}
	it.head, b = b[:n], b[n:]
	children := uint64(0)
	switch it.major {
	case 0, 1:
	case 2, 3:
		if it.arg > uint64(len(b)) {
			return nil, nil, fmt.Errorf("cbor: string ends early")
		}
		it.text, b = b[:it.arg], b[it.arg:]
	case 4:
		children = it.arg
	case 5:
		children = 2 * it.arg
	default:
		return nil, nil, fmt.Errorf("cbor: major type %d", it.major)
	}
	for range children {
		child, rest, err := readItem(b)
		if err != nil {
			return nil, nil, err
		}
		it.items, b = append(it.items, child), rest
	}
	return it, b, nil
}

// int is the value of an integer.
func (it *item) int() int64 {
	if it.major == 1 {
		return -1 - int64(it.arg)
	}
	return int64(it.arg)
}

// get is the value of an unsigned key in a map, nil when it is not there.
func (it *item) get(key uint64) *item {
	for i := 0; i < len(it.items); i += 2 {
		if it.items[i].major == 0 && it.items[i].arg == key {
			return it.items[i+1]
		}
	}
	return nil
}

// layout says what the parts of an item mean, for the comments of a golden file.
type layout struct {
	name   string
	parts  map[uint64]layout // of a map by key, of an array by place
	each   *layout           // of an array whose parts are alike
	inside *layout           // of a byte string that holds CBOR
	show   func(*item) string
}

func (l layout) part(i uint64) layout {
	if l.each != nil {
		return *l.each
	}
	return l.parts[i]
}

// annotate writes an item as hex with a comment per field.
func annotate(w *strings.Builder, it *item, l layout, indent int, key []byte) {
	line := func(b []byte, comment string) {
		prefix := strings.Repeat("  ", indent)
		if len(key) > 0 {
			prefix += hex.EncodeToString(key) + " "
			key = nil
		}
		fmt.Fprintf(w, "%-24s # %s\n", prefix+hex.EncodeToString(b), comment)
	}
	switch {
	case it.major == 2 && l.inside != nil:
		line(it.head, fmt.Sprintf("%s: %d bytes of CBOR", l.name, it.arg))
		inner, _, err := readItem(it.text)
		if err != nil {
			panic(err)
		}
		annotate(w, inner, *l.inside, indent+1, nil)
	case it.major == 4:
		line(it.head, fmt.Sprintf("%s: %d parts", l.name, it.arg))
		for i, child := range it.items {
			annotate(w, child, l.part(uint64(i)), indent+1, nil)
		}
	case it.major == 5:
		line(it.head, fmt.Sprintf("%s: %d fields", l.name, it.arg))
		for i := 0; i < len(it.items); i += 2 {
			annotate(w, it.items[i+1], l.part(it.items[i].arg), indent+1, it.items[i].head)
		}
	default:
		line(append(append([]byte(nil), it.head...), it.text...), l.name+": "+l.value(it))
	}
}

func (l layout) value(it *item) string {
	switch {
	case l.show != nil:
		return l.show(it)
	case it.major == 3:
		return fmt.Sprintf("%q", it.text)
	case it.major == 2:
		return fmt.Sprintf("%d bytes", len(it.text))
	}
	return fmt.Sprint(it.int())
}

// unhex reads a golden file back: hex, with comments from # to the line's end.
func unhex(text string) ([]byte, error) {
	var digits strings.Builder
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		digits.WriteString(strings.Join(strings.Fields(line), ""))
	}
	return hex.DecodeString(digits.String())
}

func instantLayout(name string) layout {
	return layout{name: name, show: func(it *item) string { return standing.Instant(it.int()).String() }}
}

func instantsLayout(name string) layout {
	l := layout{name: name, parts: map[uint64]layout{}}
	for n := range standing.InstantName(32) {
		l.parts[uint64(n)] = instantLayout(fmt.Sprintf("%d %s", n, n))
	}
	return l
}

func actLayout() layout {
	caseID := func(it *item) string { return standing.CaseID(it.text).String() }
	l := layout{name: "act", parts: map[uint64]layout{}}
	for i, name := range []string{"format", "kind", "register", "case", "version", "authority", "occurred", "list", "region", "refs", "code",
		"severity", "instants", "addressee", "party", "facts", "commitment", "codes", "digest", "payload", "key", "source", "officer", "holder"} {
		l.parts[uint64(i+1)] = layout{name: fmt.Sprintf("%d %s", i+1, name)}
	}
	set := func(n uint64, change func(*layout)) {
		part := l.parts[n]
		change(&part)
		l.parts[n] = part
	}
	set(2, func(p *layout) {
		p.show = func(it *item) string { return fmt.Sprintf("%d %s", it.arg, standing.Kind(it.arg)) }
	})
	set(4, func(p *layout) { p.show = caseID })
	set(7, func(p *layout) { *p = instantLayout(p.name) })
	set(10, func(p *layout) {
		p.each = &layout{name: "ref", parts: map[uint64]layout{0: {name: "role"}, 1: {name: "case", show: caseID}, 2: {name: "version"}}}
	})
	set(13, func(p *layout) { *p = instantsLayout(p.name) })
	set(15, func(p *layout) {
		p.show = func(it *item) string { return fmt.Sprintf("%d %s", it.arg, standing.PartyKind(it.arg)) }
	})
	set(16, func(p *layout) { p.show = func(it *item) string { return fmt.Sprintf("bits %b", it.arg) } })
	set(18, func(p *layout) { p.each = &layout{name: "code"} })
	set(22, func(p *layout) {
		p.parts = map[uint64]layout{0: {name: "source"}, 1: {name: "snapshot"}, 2: instantLayout("date"), 3: {name: "row"}}
	})
	return l
}

func entryLayout() layout {
	act := actLayout()
	signature := layout{name: "signature", parts: map[uint64]layout{0: {name: "signer"}, 1: {name: "on behalf of"}, 2: {name: "algorithm"}, 3: {name: "signature"}}}
	second := signature
	second.name = "second signature"
	signature.parts[4] = second
	return layout{name: "entry", parts: map[uint64]layout{0: {name: "format"}, 1: {name: "act", inside: &act}, 2: instantLayout("recorded at"),
		3: {name: "index in the statement"}, 4: {name: "acts in the statement"}, 5: signature,
		6: {name: "resolution", parts: map[uint64]layout{1: {name: "1 rulebook"}, 2: {name: "2 calendar"}, 3: instantsLayout("3 instants"),
			4: {name: "4 endings", each: &layout{name: "ending", parts: map[uint64]layout{0: {name: "listing", show: func(it *item) string { return standing.CaseID(it.text).String() }}, 1: instantLayout("at")}}},
			5: {name: "5 provisional"}, 6: {name: "6 screening"}}}}}
}
