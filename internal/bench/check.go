package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/store"
)

const (
	listings = 1_000_000
	activity = "air-travel.business"
)

// memory is an engine over generated listings of cn-courts, beside a Go map
// from the same identifiers.
type population struct {
	engine *check.Engine
	plain  map[string]standing.CaseID
	listed []ident.Identifier
	clear  []ident.Identifier
	now    standing.Instant
	heap   uint64 // bytes of the engine
}

func book(name string) (*rulebook.Compiled, *rulebook.Set, error) {
	b, err := builtin.Load(name)
	return b, rulebook.NewSet(b), err
}

// law puts one shipped rulebook in force.
func law(name string) (*check.Law, *rulebook.Compiled, error) {
	b, set, err := book(name)
	if err != nil {
		return nil, nil, err
	}
	return check.NewLaw(&standing.Constitution{Rulebooks: map[string][]standing.Adoption{
		name: {{Digest: b.Digest, Interval: standing.Interval{From: standing.MinInstant, Until: standing.Forever}}}}}, set), b, nil
}

func identifiers(n int, stream uint64) []ident.Identifier {
	const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	r := rand.New(rand.NewPCG(stream, 1))
	out := make([]ident.Identifier, n)
	for i := range out {
		text := []byte("91370000MA00000000")
		for j := 10; j < len(text); j++ {
			text[j] = letters[r.IntN(len(letters))]
		}
		text[2+r.IntN(6)] = letters[r.IntN(10)]
		out[i] = ident.Identifier{Scheme: "uscc", Value: string(text)}
	}
	return out
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func populate(n int) (*population, error) {
	l, b, err := law("cn-courts")
	if err != nil {
		return nil, err
	}
	p := &population{plain: make(map[string]standing.CaseID), now: standing.At(time.Now())}
	hasher := index.NewHasher([32]byte{1})
	p.listed, p.clear = identifiers(n, 1), identifiers(n, 2)
	before := heap()
	loader := check.NewLoader(hasher, l, check.Sources{}, p.now)
	r := rand.New(rand.NewPCG(3, 3))
	for i, id := range p.listed {
		var key index.Key
		hasher.Key(&key, string(id.Scheme), id.Value)
		row := store.EffectRow{Party: standing.Organisation, List: "cn-courts/judgment-defaulters", Ground: b.Lists[0].Grounds[0].ID, Severity: 3, Rulebook: b.Digest,
			Keys: []store.Key{store.Key(key)}, Effects: []standing.Effect{{Interval: standing.Interval{From: p.now - 1000, Until: standing.Forever}}}}
		row.Listing[0], row.Listing[15] = byte(i>>16), 1
		row.Listing[1], row.Listing[2] = byte(i>>8), byte(i)
		row.Ruling[3] = byte(r.Uint32())
		if err := loader.Add(&row); err != nil {
			return nil, err
		}
	}
	p.engine = loader.Done(uint64(n))
	p.heap = heap() - before
	for i, id := range p.listed {
		p.plain[id.String()] = standing.CaseID{byte(i)}
	}
	// Asked in another order, from memory of their own, as requests are.
	r.Shuffle(n, func(i, j int) { p.listed[i], p.listed[j] = p.listed[j], p.listed[i] })
	for i := range p.listed {
		p.listed[i].Value = string([]byte(p.listed[i].Value))
	}
	return p, nil
}

// per times f over n questions, best of rounds, in nanoseconds each.
func per(n int, f func(i int)) float64 {
	best := 0.0
	for range 5 {
		start := time.Now()
		for i := range n {
			f(i)
		}
		if t := float64(time.Since(start).Nanoseconds()) / float64(n); best == 0 || t < best {
			best = t
		}
	}
	return best
}

// check measures decisions in process beside a Go map of the same identifiers.
func (b *bench) check() error {
	p, err := populate(listings)
	if err != nil {
		return err
	}
	cover, err := p.engine.Law().Cover(activity, "")
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		name  string
		ids   []ident.Identifier
		want  check.Verdict
		limit float64
	}{{"clear", p.clear, check.Clear, 0.6}, {"restricted", p.listed, check.Restricted, 1.2}} {
		texts := make([]string, len(kind.ids))
		for i, id := range kind.ids {
			texts[i] = id.String()
		}
		wrong := 0
		hits := make([]check.Hit, 0, 8)
		ours := per(len(kind.ids), func(i int) {
			d, err := p.engine.CheckInto(cover, kind.ids[i], p.now, hits)
			if err != nil || d.Verdict != kind.want {
				wrong++
			}
		})
		found := 0
		plain := per(len(texts), func(i int) {
			if _, ok := p.plain[texts[i]]; ok {
				found++
			}
		})
		if wrong > 0 {
			return fmt.Errorf("%d of the answers are not %s", wrong, kind.name)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for i := range 100_000 {
			p.engine.CheckInto(cover, kind.ids[i], p.now, hits)
		}
		runtime.ReadMemStats(&after)
		allocs := float64(after.Mallocs-before.Mallocs) / 100_000
		b.add(fmt.Sprintf("check in process, %s, %d live listings, beside a Go map", kind.name, listings), ours/plain <= kind.limit && allocs < 0.01,
			fmt.Sprintf("%.2f of the map's time (%.0f ns, map %.0f ns), %.2f allocations", ours/plain, ours, plain, allocs), fmt.Sprintf("%.1f, 0 allocations", kind.limit), "")
	}
	perListing := float64(p.heap) / listings
	b.add("memory of the check index per live listing", perListing <= 128, fmt.Sprintf("%.0f B", perListing), "128 B", "")
	return nil
}

// load asks a URL from several connections for a while and returns answers per
// second.
func hammer(url string, seconds float64) (float64, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var n atomic.Int64
	var failed atomic.Value
	var wg sync.WaitGroup
	end := time.Now().Add(time.Duration(seconds * float64(time.Second)))
	for range 32 {
		wg.Go(func() {
			buf := make([]byte, 8192)
			for time.Now().Before(end) {
				r, err := client.Get(url)
				if err != nil {
					failed.Store(err)
					return
				}
				for err == nil {
					_, err = r.Body.Read(buf)
				}
				r.Body.Close()
				n.Add(1)
			}
		})
	}
	wg.Wait()
	if err, ok := failed.Load().(error); ok {
		return 0, err
	}
	return float64(n.Load()) / seconds, nil
}

// listen serves a handler on a free port.
func listen(h http.Handler) (url string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: h}
	go s.Serve(l)
	return "http://" + l.Addr().String(), func() { s.Close() }, nil
}
