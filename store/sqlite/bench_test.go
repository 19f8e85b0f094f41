package sqlite_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/sqlite"
)

// load makes batches shaped like those of the clerk: of three acts one opens a
// case, two go on with an older one.
type load struct {
	random *rand.ChaCha8
	size   uint64
	keyed  bool // case ids without time, as commands with idempotency keys give them
	cases  []standing.CaseID
	acts   []uint64
}

func (l *load) bytes(n int) []byte {
	b := make([]byte, n)
	l.random.Read(b)
	return b
}

func (l *load) batch(n int) *store.Batch {
	b := &store.Batch{PreviousSize: l.size, Checkpoint: l.bytes(200)}
	heads := map[int]int{}
	for i := range n {
		p := l.size + uint64(i)
		b.Leaves = append(b.Leaves, l.bytes(400))
		if i%3 == 0 {
			id := standing.CaseID(l.bytes(16))
			if !l.keyed {
				binary.BigEndian.PutUint64(id[:], p/64<<20)
			}
			heads[len(l.cases)] = len(b.Heads)
			l.cases, l.acts = append(l.cases, id), append(l.acts, 1)
			b.Heads = append(b.Heads, store.HeadChange{Case: id, Kind: standing.ListingCase, Version: 1, Positions: []uint64{p}})
			b.Effects = append(b.Effects, store.EffectRow{Listing: id, List: "cn-courts/judgment-defaulters", Region: "CN/37/10", Ground: "evades", Rulebook: sha256.Sum256(nil),
				Effects: []standing.Effect{{Interval: standing.Interval{From: 1700000000, Until: standing.Forever}}}, Keys: []store.Key{store.Key(l.bytes(16))}})
		} else {
			c := len(l.cases) - 1 - int(l.random.Uint64()%uint64(min(len(l.cases), 3000)))
			l.acts[c]++
			if h, ok := heads[c]; ok {
				b.Heads[h].Version, b.Heads[h].Positions = l.acts[c], append(b.Heads[h].Positions, p)
			} else {
				heads[c] = len(b.Heads)
				b.Heads = append(b.Heads, store.HeadChange{Case: l.cases[c], Kind: standing.ListingCase, Version: l.acts[c], Positions: []uint64{p}})
			}
		}
		b.Vault = append(b.Vault, store.VaultRow{Position: p, Slot: p, Sealed: l.bytes(300), Keys: []store.Key{store.Key(l.bytes(16))}})
	}
	for level, from, to := uint8(0), l.size, l.size+uint64(n); to > 0; level, from, to = level+1, from>>8, to>>8 {
		for i := from >> 8; i<<8 < to; i++ {
			b.Tiles = append(b.Tiles, store.Tile{Level: level, Index: i, Bytes: l.bytes(32 * int(min(256, to-i<<8)))})
		}
	}
	l.size += uint64(n)
	return b
}

func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{1, 64, 1024, 4096} {
		for _, keyed := range []bool{false, true} {
			for _, bulk := range []bool{false, true} {
				b.Run(fmt.Sprintf("acts=%d/keyed=%t/bulk=%t", n, keyed, bulk), func(b *testing.B) {
					s, err := sqlite.Create(filepath.Join(b.TempDir(), "register.db"))
					if err != nil {
						b.Fatal(err)
					}
					defer s.Close()
					if bulk {
						s.Bulk(b.Context(), true)
					}
					l := &load{random: rand.NewChaCha8([32]byte{}), keyed: keyed}
					b.ResetTimer()
					for b.Loop() {
						b.StopTimer()
						batch := l.batch(n)
						b.StartTimer()
						if err := s.Commit(b.Context(), batch); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "acts/s")
				})
			}
		}
	}
}
