package match_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openstanding/standing/match"
)

// mixed is a query and the party it means; want is -1 if it means none.
type mixed struct {
	kind  string
	query match.Query
	want  int
	names []string // of the party
}

// edited returns a name with n letters changed, left out, set in, or exchanged
// with the next.
func edited(r *rand.Rand, s string, n int) string {
	b := []rune(s)
	for range n {
		for range 50 {
			i := r.IntN(len(b))
			if b[i] == ' ' || b[i] == ',' {
				continue
			}
			c := rune('A' + r.IntN(26))
			switch r.IntN(4) {
			case 0:
				b[i] = c
			case 1:
				if len(b) < 4 {
					continue
				}
				b = slices.Delete(b, i, i+1)
			case 2:
				b = slices.Insert(b, i, c)
			default:
				if i+1 >= len(b) || b[i+1] == ' ' || b[i] == b[i+1] {
					continue
				}
				b[i], b[i+1] = b[i+1], b[i]
			}
			break
		}
	}
	return string(b)
}

// mixedQueries makes queries of a list: exact, one and two letters wrong, words in
// another order, an alias, and names of a list that has nothing to do with it.
func mixedQueries(tb testing.TB, dir string, list []match.Record, n int) []mixed {
	r := rand.New(rand.NewPCG(7, 7))
	unrelated := rows(tb, filepath.Join(dir, "linkage/febrl/febrl3.csv"), ',')[1:]
	german := rows(tb, filepath.Join(dir, "linkage/companies/kvk_emm_namepairs_201.csv"), ',')[1:]
	var out []mixed
	for len(out) < n {
		i := r.IntN(len(list))
		rec := list[i]
		name := rec.Names[0]
		if len(name) < 6 || rec.Schema == match.Unknown {
			continue
		}
		m := mixed{kind: []string{"exact", "one edit", "two edits", "reordered", "alias", "unrelated"}[len(out)%6], want: i, names: rec.Names}
		switch m.kind {
		case "one edit":
			name = edited(r, name, 1)
		case "two edits":
			name = edited(r, name, 2)
		case "reordered":
			w := strings.Fields(strings.ReplaceAll(name, ",", " "))
			if len(w) < 2 {
				continue
			}
			name = strings.Join(append(w[1:], w[0]), " ")
		case "alias":
			if len(rec.Names) < 2 {
				continue
			}
			name = rec.Names[1+r.IntN(len(rec.Names)-1)]
		case "unrelated":
			m.want, rec.Schema = -1, match.Person
			u := unrelated[r.IntN(len(unrelated))]
			if name = u[1] + " " + u[2]; len(out)%12 > 5 {
				rec.Schema, name = match.Organisation, german[r.IntN(len(german))][column([]string{"gt_name"}, "gt_name")+13]
			}
		}
		m.query = match.Query{Names: []string{name}, Schema: rec.Schema}
		out = append(out, m)
	}
	return out
}

func indexed(list []match.Record) *match.Index {
	b := match.NewBuilder()
	for _, r := range list {
		b.Add(r)
	}
	return b.Build()
}

// shareName reports whether two parties have an equal name, which no query can
// tell apart.
func shareName(list []match.Record, a uint32, want int) bool {
	for _, x := range list[a].Names {
		for _, y := range list[want].Names {
			if plain(x) == plain(y) {
				return true
			}
		}
	}
	return false
}

// TestMixed measures the first hit of mixed queries on a list of the US Treasury.
func TestMixed(t *testing.T) {
	dir := shared(t)
	list := ofac(t, dir)
	x := indexed(list)
	first, all := map[string]int{}, map[string]int{}
	for _, m := range mixedQueries(t, dir, list, 6000) {
		all[m.kind]++
		hits := x.Search(m.query)
		switch {
		case m.want < 0 && len(hits) > 0:
			first[m.kind]++
			if *dump {
				t.Log(m.query.Names, hits[0].Score, list[hits[0].ID].Names[hits[0].Name])
			}
		case m.want >= 0 && len(hits) > 0 && (int(hits[0].ID) == m.want || shareName(list, hits[0].ID, m.want)):
			first[m.kind]++
		case m.want >= 0 && *dump:
			t.Log(m.kind, m.query.Names, m.names[0], hits)
		}
	}
	for _, c := range []struct {
		kind string
		low  float64
		high float64
	}{{"exact", 0.995, 1}, {"one edit", 0.97, 1}, {"two edits", 0.87, 1}, {"reordered", 0.99, 1}, {"alias", 0.99, 1}, {"unrelated", 0, 0.005}} {
		got := float64(first[c.kind]) / float64(all[c.kind])
		t.Logf("%-10s %.4f of %d (goal %.3f to %.3f)", c.kind, got, all[c.kind], c.low, c.high)
		if got < c.low-0.02 || got > c.high+0.02 {
			t.Errorf("%s: %.4f is far from the goal", c.kind, got)
		}
	}
}

// TestLatinHan measures whether registered names in Latin letters find the names
// in Chinese, of all Chinese names of the list.
func TestLatinHan(t *testing.T) {
	dir := shared(t)
	pairs := latinHan(t, dir)
	var han []match.Record
	for i, p := range pairs {
		han = append(han, match.Record{ID: uint32(i), Schema: match.Organisation, Names: p[1:]})
	}
	x := indexed(han)
	at1, at10 := 0, 0
	for i, p := range pairs {
		hits := x.Search(match.Query{Names: p[:1], Schema: match.Organisation, Limit: 10, Threshold: 1e-9})
		found := slices.IndexFunc(hits, func(r match.Result) bool { return int(r.ID) == i })
		if found == 0 {
			at1++
		} else if *dump {
			t.Log(found, p)
			for _, h := range hits[:min(2, len(hits))] {
				t.Log("   ", h.Score, pairs[h.ID][1], h.Evidence)
			}
		}
		if found >= 0 {
			at10++
		}
	}
	r1, r10 := float64(at1)/float64(len(pairs)), float64(at10)/float64(len(pairs))
	t.Logf("recall at 1 %.3f (goal 0.85), at 10 %.3f (goal 0.95), of %d", r1, r10, len(pairs))
	if r1 < 0.85 || r10 < 0.9 {
		t.Errorf("recall is %.3f and %.3f", r1, r10)
	}
}

// BenchmarkMixed runs mixed queries on one processor and on all.
func BenchmarkMixed(b *testing.B) {
	dir := shared(b)
	list := ofac(b, dir)
	x := indexed(list)
	queries := mixedQueries(b, dir, list, 504)
	for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			for b.Loop() {
				var wait sync.WaitGroup
				for w := range workers {
					wait.Go(func() {
						for i := w; i < len(queries); i += workers {
							x.Search(queries[i].query)
						}
					})
				}
				wait.Wait()
			}
			b.ReportMetric(float64(len(queries)*b.N)/b.Elapsed().Seconds(), "queries/s")
		})
	}
}

// BenchmarkMillion builds an index of a million parties and searches it.
func BenchmarkMillion(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("cheng lan ji yu shan li tang yan sheng wei zhi di ling heng ting mu hong xun yi tong jing ren sui yun ming yao lin lu bao dong fang guo hai")
	han := strings.Fields("澄 岚 霁 屿 杉 栎 棠 砚 笙 苇 芷 荻 菱 蘅 汀 沐 泓 洵 漪 潼 璟 稔 穗 芸 茗 遥 霖 鹭 宝 东 方 国 海")
	places := []string{"北京 Beijing", "河北 Hebei", "威海 Weihai", "郑州 Zhengzhou", "赣州 Ganzhou", "上海 Shanghai", "成都 Chengdu", "广州 Guangzhou"}
	trades := []string{"信息咨询 Information Consulting", "电子 Electronics", "建筑工程 Construction Engineering", "商贸 Trading", "物流 Logistics", "环保设备 Environmental Equipment", "农业机械 Agricultural Machinery"}
	const n = 1_000_000
	names := make([][]string, n)
	for i := range names {
		z, en := "", ""
		p, tr := places[r.IntN(len(places))], trades[r.IntN(len(trades))]
		for range 3 {
			k := r.IntN(len(han))
			z, en = z+han[k], en+syllables[k%len(syllables)]
		}
		pz, pe, _ := strings.Cut(p, " ")
		tz, te, _ := strings.Cut(tr, " ")
		names[i] = []string{pz + z + tz + "有限公司", pe + " " + strings.ToUpper(en[:1]) + en[1:] + " " + te + " Co., Ltd."}
	}
	runtime.GC()
	var m0, m1 runtime.MemStats
	runtime.ReadMemStats(&m0)
	for b.Loop() {
		builder := match.NewBuilder()
		for i := range names {
			builder.Add(match.Record{ID: uint32(i), Schema: match.Organisation, Names: names[i]})
		}
		began := time.Now()
		x := builder.Build()
		b.ReportMetric(time.Since(began).Seconds(), "build-s")
		runtime.GC()
		runtime.ReadMemStats(&m1)
		b.ReportMetric(float64(m1.HeapAlloc-m0.HeapAlloc)/(2*n), "B/name")
		var times []time.Duration
		for i := range 2000 {
			name := names[r.IntN(n)][i%2]
			if i%3 == 1 {
				name = edited(r, name, 1)
			}
			q := match.Query{Names: []string{name}, Schema: match.Organisation}
			began := time.Now()
			x.Search(q)
			times = append(times, time.Since(began))
		}
		for _, name := range []string{"Beijing", "有限公司", "Construction Engineering Co., Ltd.", "北京电子", "Beijing Shanghai Chengdu Hebei Electronics Trading Logistics"} {
			began := time.Now()
			x.Search(match.Query{Names: []string{name}, Schema: match.Organisation})
			times = append(times, time.Since(began))
		}
		began = time.Now()
		x.Replace(match.Record{ID: n, Schema: match.Organisation, Names: []string{"威海新设物流有限公司"}})
		b.ReportMetric(float64(time.Since(began).Microseconds()), "replace-µs")
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
		b.ReportMetric(float64(times[len(times)-1].Microseconds()), "max-µs")
	}
}
