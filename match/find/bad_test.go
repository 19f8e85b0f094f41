package find_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing/match/find"
)

// TestBadInput sends what nobody types: it must be bounded and find what it is.
func TestBadInput(t *testing.T) {
	bad := map[string]string{
		"long":          strings.Repeat("Hebei Group ", 1000),
		"long Chinese":  strings.Repeat("河北", 5000),
		"many words":    manyWords(),
		"punctuation":   "!!! --- ... 《》",
		"directions":    "\u202eabc\u2066 שלום \u200f123",
		"emoji":         "😀👨‍👩‍👧🏳️‍🌈",
		"NUL":           "a\x00b",
		"surrogates":    "c\xed\xa0\x80d\xff",
		"SQL":           "'; DROP TABLE parties; --",
		"markup":        "<script>alert(1)</script>",
		"expression":    "(a+)+$ .* [^x]",
		"combining":     "a" + strings.Repeat("\u0301", 5000),
		"one character": strings.Repeat("a", 10_000),
	}
	b, doc := find.NewBuilder(), uint32(0)
	names := map[string]uint32{}
	for name, text := range bad {
		names[name] = doc
		b.Add(doc, text)
		doc++
	}
	x := b.Build()
	for name, text := range bad {
		r := x.Search(find.Query{Text: text, Limit: 100})
		empty := name == "punctuation" || name == "emoji"
		if empty && r.Count > 0 || !empty && (len(r.Hits) == 0 || r.Hits[0].Doc != names[name] || r.Hits[0].Rank != find.Exact) {
			t.Errorf("%s: %+v, want document %d", name, r, names[name])
		}
		for _, s := range find.Spans(text, text) {
			if s.From < 0 || s.From >= s.To || s.To > len(text) {
				t.Errorf("%s: span %v of %d bytes", name, s, len(text))
			}
		}
	}
	for _, q := range []find.Query{{Offset: -1, Limit: 5}, {Offset: 1 << 62, Limit: 1 << 62}, {Limit: -1}, {MaxCount: -1, Limit: 1}} {
		q.Text = "a"
		if r := x.Search(q); len(r.Hits) > q.Limit && q.Limit >= 0 {
			t.Errorf("%+v: %d hits", q, len(r.Hits))
		}
	}
}

func manyWords() string {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "%x ", i)
	}
	return b.String()
}

// TestConcurrent is for the race detector: a search sees a document wholly
// before or after each change.
func TestConcurrent(t *testing.T) {
	all := firms(2000)
	x := indexOf(all)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for i := range 300 {
				r := x.Search(find.Query{Text: "number", Limit: 10})
				for _, h := range r.Hits {
					if h.Text != 0 {
						t.Errorf("round %d: %+v", i, h)
					}
				}
			}
		})
	}
	group.Go(func() {
		for i := range 500 {
			x.Replace(uint32(i*3), fmt.Sprintf("number %d", i), "another")
		}
	})
	group.Go(func() {
		for range 3 {
			x.Compact()
		}
	})
	group.Wait()
	if r := x.Search(find.Query{Text: "number", Limit: 1}); r.Count != 500 {
		t.Errorf("%d documents, want 500", r.Count)
	}
	x.Compact()
	if r := x.Search(find.Query{Text: "number", Limit: 1}); r.Count != 500 || x.Segments() != 1 {
		t.Errorf("%d documents in %d segments, want 500 in 1", r.Count, x.Segments())
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("北京 co", "北京移动 Co., Ltd.", "a b")
	f.Add("S.A. & x", "x\x00\xff", "ไทย จำกัด")
	f.Add("и\u0306", "Й", "й й")
	f.Fuzz(func(t *testing.T, query, first, second string) {
		texts := map[uint32][]string{0: {first, second}, 1: {second + first}, 2: {query}}
		x := build(texts)
		for _, narrow := range []int{1 << 20, 0} {
			find.SetBounds(x, narrow, narrow)
			r := x.Search(find.Query{Text: query, Limit: 10})
			for i, h := range r.Hits {
				if h.Rank > find.Anywhere || h.Text >= len(texts[h.Doc]) || i > 0 && h.Rank < r.Hits[i-1].Rank {
					t.Fatalf("hits out of order: %+v", r.Hits)
				}
			}
			if itself := x.Search(find.Query{Text: query, Limit: 10, Keep: func(doc uint32) bool { return doc == 2 }}); itself.Count > 0 && itself.Hits[0].Rank != find.Exact || itself.Count == 0 && r.Count > 0 {
				t.Fatalf("%q does not find itself: %+v", query, itself)
			}
		}
		for _, s := range find.Spans(query, first) {
			if s.From < 0 || s.From >= s.To || s.To > len(first) {
				t.Fatalf("span %v of %q", s, first)
			}
		}
	})
}
