package index_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/openstanding/standing/check/index"
)

func tiny(asOf byte) *index.Index {
	var b index.Builder
	b.Add(index.Key{0x80, 15: 2}, index.Interval{Rule: 3, Except: 4, From: 1_700_000_000, Until: math.MaxInt64,
		Listing: index.ID(bytes.Repeat([]byte{0xaa}, 16)), Subject: index.ID(bytes.Repeat([]byte{0xbb}, 16))})
	b.Add(index.Key{0x10, 15: 1}, index.Interval{Rule: 1, Until: -1,
		Listing: index.ID(bytes.Repeat([]byte{0xcc}, 16)), Subject: index.ID(bytes.Repeat([]byte{0xdd}, 16))})
	return b.Build(index.AsOf{0: asOf, 63: asOf})
}

// golden is the file form of tiny(0x77), a section to a line.
var golden = strings.Join([]string{
	"7374616e64696478",                   // magic "standidx"
	"00000001",                           // version 1
	"00000002",                           // 2 entries
	"00000004",                           // 4 slots
	"77", strings.Repeat("00", 62), "77", // as of
	strings.Repeat("00", 36),           // zeros
	"ebf026b8",                         // checksum of the body
	"44f5fb60",                         // checksum of the header
	"10000000000000000000000000000001", // first slot: key
	"000001",                           // rule
	"0000000000",                       // from
	"000000",                           // except
	"ffffffffff",                       // until
	strings.Repeat("cc", 16),           // listing
	strings.Repeat("dd", 16),           // subject
	"80000000000000000000000000000002", // second slot: key
	"000003",                           // rule
	"006553f100",                       // from
	"000004",                           // except
	"7fffffffff",                       // until
	strings.Repeat("aa", 16),           // listing
	strings.Repeat("bb", 16),           // subject
	strings.Repeat("ff", 128),          // two gaps
	"0700000000000000",                 // filter: bits 0 and 1 of the first key, 0 and 2 of the second
	"00000000",                         // bucket 0 begins at 0
	"02000000",                         // and ends at 2
	"00000000",                         // slot 0
	"01000000",                         // slot 1
}, "")

func TestGolden(t *testing.T) {
	if got := hex.EncodeToString(fileForm(t, tiny(0x77))); got != golden {
		t.Errorf("the file form has changed: raise its version\ngot  %s\nwant %s", got, golden)
	}
}

// What was applied and merged is written as what was built at once.
func TestWriteToMerges(t *testing.T) {
	x := tiny(1)
	v := x.Find(index.Key{0x80, 15: 2}, nil)[0]
	x.Apply(index.AsOf{}, []index.Change{{Listing: index.ID{1}, Set: []index.Entry{{}}}})
	x.Apply(index.AsOf{}, []index.Change{{Listing: v.Listing}})
	x.Apply(index.AsOf{0: 0x77, 63: 0x77}, []index.Change{{Listing: index.ID{1}},
		{Listing: v.Listing, Set: []index.Entry{{Key: index.Key{0x80, 15: 2}, Interval: v}}}})
	if got := hex.EncodeToString(fileForm(t, x)); got != golden {
		t.Errorf("got  %s\nwant %s", got, golden)
	}
	if x.Pending() == 0 {
		t.Error("WriteTo changed the index")
	}
}

func TestOpenRefuses(t *testing.T) {
	put := func(at int, v uint32) func([]byte) []byte {
		return func(p []byte) []byte {
			binary.BigEndian.PutUint32(p[at:], v)
			index.Reseal(p)
			return p
		}
	}
	putLittle := func(at int, v uint32) func([]byte) []byte {
		return func(p []byte) []byte {
			binary.LittleEndian.PutUint32(p[at:], v)
			index.Reseal(p)
			return p
		}
	}
	flip := func(at int) func([]byte) []byte {
		return func(p []byte) []byte { p[at] ^= 1; return p }
	}
	slots := int(binary.BigEndian.Uint32(fileForm(t, tiny(7))[16:]))
	filter := 128 + 64*slots
	buckets := filter + 8
	for name, c := range map[string]struct {
		damage func([]byte) []byte
		says   string
	}{
		"empty":                 {func([]byte) []byte { return nil }, "truncated"},
		"half a header":         {func(p []byte) []byte { return p[:64] }, "truncated"},
		"no body":               {func(p []byte) []byte { return p[:128] }, "truncated"},
		"last byte lost":        {func(p []byte) []byte { return p[:len(p)-1] }, "truncated"},
		"a byte more":           {func(p []byte) []byte { return append(p, 0) }, "truncated or padded"},
		"magic":                 {flip(0), "not an index file"},
		"other version":         {put(8, 2), "version 2, this program reads version 1"},
		"entries":               {flip(15), "header is damaged"},
		"slots":                 {flip(19), "header is damaged"},
		"as of":                 {flip(20), "header is damaged"},
		"zeros":                 {flip(100), "header is damaged"},
		"body's checksum":       {flip(120), "header is damaged"},
		"header's checksum":     {flip(127), "header is damaged"},
		"a slot":                {flip(128), "body is damaged"},
		"the filter":            {flip(filter), "body is damaged"},
		"a bucket":              {flip(buckets), "body is damaged"},
		"last position":         {func(p []byte) []byte { return flip(len(p) - 1)(p) }, "body is damaged"},
		"more entries":          {put(12, 3), "malformed"},
		"entries without end":   {put(12, math.MaxUint32), "malformed"},
		"slots without end":     {put(16, math.MaxUint32), "truncated"},
		"no slots":              {put(16, 0), "malformed"},
		"last slot taken":       {put(filter-64+16, 0), "last slot is taken"},
		"bucket out of order":   {putLittle(buckets, 3), "bucket 1 begins at 2"},
		"directory too long":    {putLittle(buckets+4, 3), "ends at 3"},
		"position out of range": {putLittle(buckets+8, uint32(slots)), "is in slot"},
	} {
		_, err := index.Open(c.damage(fileForm(t, tiny(7))))
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasSuffix(err.Error(), "rebuild the index from the store") {
			t.Errorf("%s: %v; want it to say %q and what to do", name, err, c.says)
		}
	}
}

// Whatever the bytes are, Open refuses them or its index can be asked anything.
func FuzzOpen(f *testing.F) {
	f.Add([]byte{})
	f.Add(fileForm(f, tiny(7)))
	f.Add(fileForm(f, new(index.Builder).Build(index.AsOf{})))
	f.Fuzz(func(t *testing.T, data []byte) {
		for range 2 {
			if x, err := index.Open(data); err == nil {
				exercise(t, x)
			}
			data = bytes.Clone(data)
			index.Reseal(data)
		}
	})
}

func exercise(t *testing.T, x *index.Index) {
	for _, k := range append(awkwardKeys(), index.Key{0x80, 15: 2}, index.Key{0x10, 15: 1}) {
		for _, v := range x.Find(k, nil) {
			x.Apply(index.AsOf{}, []index.Change{{Listing: v.Listing, Set: []index.Entry{{Key: k, Interval: v}}}})
		}
		x.Has(k)
	}
	if x.Len() < 0 || x.Bytes() < 0 {
		t.Errorf("Len %d, Bytes %d", x.Len(), x.Bytes())
	}
}
