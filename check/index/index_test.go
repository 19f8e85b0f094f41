package index_test

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/openstanding/standing/check/index"
	"pgregory.net/rapid"
)

func fileForm(t testing.TB, x *index.Index) []byte {
	t.Helper()
	var buf bytes.Buffer
	n, err := x.WriteTo(&buf)
	if err != nil || n != int64(buf.Len()) {
		t.Fatalf("WriteTo = %d, %v; %d bytes arrived", n, err, buf.Len())
	}
	return buf.Bytes()
}

// model is what an index does, in a map.
type model struct {
	entries []index.Entry
	asOf    index.AsOf
}

func (m *model) apply(asOf index.AsOf, changes []index.Change) {
	m.asOf = asOf
	for _, c := range changes {
		m.entries = slices.DeleteFunc(m.entries, func(e index.Entry) bool { return e.Interval.Listing == c.Listing })
		for _, e := range c.Set {
			e.Interval.Listing = c.Listing
			m.entries = append(m.entries, e)
		}
	}
}

func (m *model) find(k index.Key) (found []index.Interval) {
	for _, e := range m.entries {
		if e.Key == k {
			found = append(found, e.Interval)
		}
	}
	return sorted(found)
}

func sorted(v []index.Interval) []index.Interval {
	slices.SortFunc(v, func(a, b index.Interval) int {
		return cmp.Or(bytes.Compare(a.Listing[:], b.Listing[:]), cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Except, b.Except), bytes.Compare(a.Subject[:], b.Subject[:]))
	})
	return v
}

// compare asks the index about every key and some strangers.
func (m *model) compare(t interface{ Fatalf(string, ...any) }, x *index.Index, keys []index.Key) {
	view := x.View()
	if x.Len() != len(m.entries) || view.AsOf() != m.asOf || x.AsOf() != m.asOf {
		t.Fatalf("%d intervals as of %x, want %d as of %x", x.Len(), view.AsOf(), len(m.entries), m.asOf)
	}
	for _, k := range keys {
		want := m.find(k)
		if got := sorted(x.Find(k, nil)); !slices.Equal(got, want) {
			t.Fatalf("Find(%x) = %v\nwant %v", k, got, want)
		}
		if got := sorted(view.Find(k, nil)); !slices.Equal(got, want) {
			t.Fatalf("View.Find(%x) = %v\nwant %v", k, got, want)
		}
		if x.Has(k) != (len(want) > 0) || view.Has(k) != (len(want) > 0) {
			t.Fatalf("Has(%x) = %v, want %v", k, x.Has(k), len(want) > 0)
		}
	}
}

// awkwardKeys are few, so that they meet, and lie at borders and close together.
func awkwardKeys() []index.Key {
	keys := []index.Key{{}, {15: 1}, {7: 1}, {0: 1}, {0: 0x80}, {1: 4}, {1: 3}}
	all := index.Key(bytes.Repeat([]byte{0xff}, 16))
	for _, at := range []int{-1, 0, 7, 8, 15} {
		k := all
		if at >= 0 {
			k[at] = 0xfe
		}
		keys = append(keys, k)
	}
	r := rand.New(rand.NewPCG(4, 4))
	for range 12 {
		var k index.Key
		for i := range k {
			k[i] = byte(r.Uint32())
		}
		near := k
		near[15] ^= 1
		keys = append(keys, k, near)
	}
	return keys
}

func drawEntry(keys []index.Key) *rapid.Generator[index.Entry] {
	instant := rapid.OneOf(rapid.Int64Range(-1<<34, 1<<34), rapid.SampledFrom([]int64{0, -1, math.MaxInt64, -1 << 39, 1<<39 - 2}))
	id := rapid.Custom(func(t *rapid.T) index.ID { return index.ID{3: rapid.Byte().Draw(t, "id") % 40} })
	return rapid.Custom(func(t *rapid.T) index.Entry {
		return index.Entry{Key: rapid.SampledFrom(keys).Draw(t, "key"), Interval: index.Interval{
			Rule:    rapid.Uint32Range(0, index.MaxRule).Draw(t, "rule"),
			Except:  rapid.Uint32Range(0, index.MaxExcept).Draw(t, "except"),
			From:    instant.Draw(t, "from"),
			Until:   instant.Draw(t, "until"),
			Listing: id.Draw(t, "listing"),
			Subject: id.Draw(t, "subject"),
		}}
	})
}

func TestAgainstModel(t *testing.T) {
	keys := awkwardKeys()
	rapid.Check(t, func(t *rapid.T) {
		entry := drawEntry(keys)
		entries := rapid.SliceOfN(entry, 0, 60)
		asOf := func() (a index.AsOf) { a[rapid.IntRange(0, 63).Draw(t, "at")] = 7; return a }

		m := &model{entries: entries.Draw(t, "entries"), asOf: asOf()}
		var b index.Builder
		for _, e := range m.entries {
			b.Add(e.Key, e.Interval)
		}
		x := b.Build(m.asOf)
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { m.compare(t, x, keys) },
			"apply": func(t *rapid.T) {
				var changes []index.Change
				for range rapid.IntRange(0, 4).Draw(t, "changes") {
					set := rapid.SliceOfN(entry, 0, 4).Draw(t, "set")
					changes = append(changes, index.Change{Listing: entry.Draw(t, "of").Interval.Listing, Set: set})
				}
				at := asOf()
				m.apply(at, changes)
				x.Apply(at, changes)
			},
			"compact": func(t *rapid.T) {
				if x.Compact(); x.Pending() != 0 {
					t.Fatalf("%d pending after Compact", x.Pending())
				}
			},
			"reopen": func(t *rapid.T) {
				opened, err := index.Open(fileFormOf(t, x))
				if err != nil {
					t.Fatal(err)
				}
				x = opened
			},
		})
	})
}

func fileFormOf(t *rapid.T, x *index.Index) []byte {
	var buf bytes.Buffer
	if _, err := x.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestLarge crosses what small cases do not: merges that Apply starts itself,
// more than one chunk of the bitmap, long runs of neighbours.
func TestLarge(t *testing.T) {
	const n = 2 * index.Chunk
	r := rand.New(rand.NewPCG(1, 2))
	entries := make([]index.Entry, n)
	var b index.Builder
	for i := range entries {
		e := &entries[i]
		e.Interval = someInterval(r)
		copy(e.Key[:], e.Interval.Subject[:])
		if i%100 == 0 {
			e.Key = entries[0].Key
		}
		b.Add(e.Key, e.Interval)
	}
	x := b.Build(index.AsOf{})
	merges, last := 0, 0
	for i := range entries {
		if i%3 == 0 {
			entries[i].Interval.Rule++
			x.Apply(index.AsOf{1}, replacing(entries[i]))
		}
		if x.Pending() < last {
			merges++
		}
		last = x.Pending()
	}
	if merges == 0 {
		t.Errorf("Apply never merged: %d pending", last)
	}
	want := map[index.Key][]index.Interval{}
	for _, e := range entries {
		want[e.Key] = append(want[e.Key], e.Interval)
	}
	var got []index.Interval
	for k, v := range want {
		if got = sorted(x.Find(k, got[:0])); !slices.Equal(got, sorted(v)) {
			t.Fatalf("Find(%x): %d intervals, want %d, or others", k, len(got), len(v))
		}
	}
	if x.Len() != n {
		t.Errorf("Len = %d, want %d", x.Len(), n)
	}
	for _, e := range entries {
		x.Apply(index.AsOf{2}, []index.Change{{Listing: e.Interval.Listing}})
	}
	if x.Len() != 0 || x.Has(entries[0].Key) {
		t.Errorf("%d intervals are left after all listings have gone", x.Len())
	}
}

// TestConcurrent moves a listing between two keys while others read and merge:
// a reader finds it under exactly one of them.
func TestConcurrent(t *testing.T) {
	keys := [2]index.Key{{1}, {0xf0}}
	listing := index.ID{9}
	at := func(i int) []index.Change {
		set := []index.Entry{{Key: keys[i%2], Interval: index.Interval{Rule: 5}}, {Key: keys[i%2], Interval: index.Interval{Rule: 6}}}
		return []index.Change{{Listing: listing, Set: set}}
	}
	var b index.Builder
	for _, e := range at(0)[0].Set {
		e.Interval.Listing = listing
		b.Add(e.Key, e.Interval)
	}
	x := b.Build(index.AsOf{})
	done := make(chan struct{})
	var running sync.WaitGroup
	background := func(f func()) {
		running.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					f()
				}
			}
		})
	}
	for range 2 {
		background(func() {
			v := x.View()
			a, b := v.Find(keys[0], nil), v.Find(keys[1], nil)
			if len(a)+len(b) != 2 || len(a) == 1 || v.Has(keys[0]) == v.Has(keys[1]) || int(v.AsOf()[0])%2 != len(b)/2 {
				t.Errorf("as of %d: %v under one key, %v under the other", v.AsOf()[0], a, b)
			}
		})
	}
	background(x.Compact)
	for i := range 5000 {
		x.Apply(index.AsOf{byte(i)}, at(i))
	}
	close(done)
	running.Wait()
	if x.Len() != 2 {
		t.Errorf("Len = %d, want 2", x.Len())
	}
}

func TestNoAllocations(t *testing.T) {
	p := populate(3000)
	p.renew()
	dst := make([]index.Interval, 0, 4)
	for name, texts := range map[string][]string{"listed": p.listed, "clear": p.absent} {
		i := 0
		if n := testing.AllocsPerRun(1000, func() {
			k := p.key(texts[i])
			if i++; p.index.Has(k) != (name == "listed") {
				t.Fatalf("Has(%s) is wrong", texts[i])
			}
			dst = p.index.Find(k, dst[:0])
		}); n != 0 {
			t.Errorf("%s: %v allocations for a look-up", name, n)
		}
	}
}

// TestBytes holds the figure of 128 bytes, with the overlay as large as it gets.
func TestBytes(t *testing.T) {
	const n = 100_000
	p := populate(n)
	p.renew()
	if per := float64(p.index.Bytes()) / n; per > 128 || per < 64 {
		t.Errorf("%.1f bytes per listing", per)
	}
}

func TestLimits(t *testing.T) {
	var b index.Builder
	far := index.Interval{Rule: index.MaxRule, Except: index.MaxExcept, From: math.MinInt64, Until: math.MaxInt64 - 1}
	b.Add(index.Key{}, far)
	x := b.Build(index.AsOf{})
	want := far
	want.From, want.Until = -1<<39, math.MaxInt64
	if got := x.Find(index.Key{}, nil); len(got) != 1 || got[0] != want {
		t.Errorf("Find = %v, want %v", got, want)
	}
	for _, v := range []index.Interval{{Rule: index.MaxRule + 1}, {Except: index.MaxExcept + 1}} {
		mustPanic(t, func() { b.Add(index.Key{}, v) })
		mustPanic(t, func() {
			x.Apply(index.AsOf{1}, []index.Change{{}, {Listing: index.ID{1}, Set: []index.Entry{{Interval: v}}}})
		})
	}
	if x.Len() != 1 || x.AsOf() != (index.AsOf{}) {
		t.Errorf("a refused Apply left %d intervals as of %x", x.Len(), x.AsOf())
	}
}

func mustPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f()
}

type brokenWriter struct{ left int }

var errBroken = errors.New("disk is full")

func (w *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return w.left, errBroken
	}
	w.left -= len(p)
	return len(p), nil
}

func TestWriteToBroken(t *testing.T) {
	x := new(index.Builder).Build(index.AsOf{})
	size := len(fileForm(t, x))
	for left := range size {
		if n, err := x.WriteTo(&brokenWriter{left}); !errors.Is(err, errBroken) || n > int64(left) {
			t.Fatalf("with room for %d bytes: %d, %v", left, n, err)
		}
	}
}
