package find_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/openstanding/standing/match/find"
)

var (
	places = []string{"北京市 Beijing", "河北省 Hebei", "威海市 Weihai", "郑州市 Zhengzhou", "赣州 Ganzhou", "上海 Shanghai", "成都市 Chengdu", "广州 Guangzhou"}
	brands = []string{"澄 cheng", "岚 lan", "霁 ji", "屿 yu", "杉 shan", "栎 li", "棠 tang", "砚 yan", "笙 sheng", "苇 wei", "芷 zhi", "荻 di", "菱 ling", "蘅 heng", "汀 ting", "沐 mu", "泓 hong", "洵 xun", "漪 yi", "潼 tong", "璟 jing", "稔 ren", "穗 sui", "翎 feather", "芸 yun", "茗 ming", "衍 yan", "遥 yao", "霖 lin", "鹭 lu"}
	trades = []string{"信息咨询 Information Consulting", "电子元件 Electronic Components", "建筑工程 Construction", "橡塑制品 Rubber and Plastics", "商贸 Trading", "物流 Logistics", "环保设备 Environmental Equipment", "农业机械 Farm Machinery"}
	forms  = []string{"有限公司 Co., Ltd.", "有限责任公司 LLC", "股份有限公司 JSC", "集团有限公司 Group Co., Ltd."}
)

// firm invents a Chinese name, an English one and a number.
func firm(r *rand.Rand) [3]string {
	var zh, en string
	add := func(table []string, space string) {
		var a, b string
		entry := table[r.IntN(len(table))]
		a, b = entry[:slices.Index([]byte(entry), ' ')], entry[slices.Index([]byte(entry), ' ')+1:]
		zh += a
		en += space + b
	}
	add(places, "")
	add(brands, " ")
	add(brands, "")
	add(brands, "")
	add(trades, " ")
	add(forms, " ")
	return [3]string{zh, en, fmt.Sprintf("91%06d%09dX", r.IntN(1e6), r.IntN(1e9))}
}

func firms(n int) [][3]string {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([][3]string, n)
	for i := range out {
		out[i] = firm(r)
	}
	return out
}

func indexOf(firms [][3]string) *find.Index {
	b := find.NewBuilder()
	for i := range firms {
		b.Add(uint32(i), firms[i][:]...)
	}
	return b.Build()
}

func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkBuild builds an index of parties with two names and an identifier.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			all := firms(n)
			before := heapInUse()
			var x *find.Index
			for b.Loop() {
				x = indexOf(all)
			}
			b.ReportMetric(float64(heapInUse()-before)/float64(2*n), "B/name")
			runtime.KeepAlive(x)
			runtime.KeepAlive(all)
		})
	}
}

// BenchmarkSearch runs queries as people type them.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		all := firms(n)
		x := indexOf(all)
		newest := make([]uint32, n)
		for i := range newest {
			newest[i] = uint32(n - 1 - i)
		}
		r := rand.New(rand.NewPCG(3, 4))
		one := func() [3]string { return all[r.IntN(n)] }
		for _, c := range []struct {
			name string
			next func() find.Query
		}{
			{"exact", func() find.Query { return find.Query{Text: one()[r.IntN(2)]} }},
			{"identifier", func() find.Query { return find.Query{Text: one()[2]} }},
			{"typing", func() find.Query {
				s := []rune(one()[r.IntN(3)])
				return find.Query{Text: string(s[:1+r.IntN(len(s))])}
			}},
			{"letter", func() find.Query { return find.Query{Text: string(rune('a' + r.IntN(26)))} }},
			{"common", func() find.Query {
				return find.Query{Text: []string{"有限公司", "co ltd", "公司", "beijing"}[r.IntN(4)]}
			}},
			{"common words", func() find.Query {
				return find.Query{Text: []string{"有限 北京", "ltd beijing", "trading co", "c t", "北京 物流 有限"}[r.IntN(5)]}
			}},
			{"no meeting", func() find.Query {
				return find.Query{Text: []string{"jsc llc", "beijing hebei", "有限 股 责"}[r.IntN(3)]}
			}},
			{"rare keep", func() find.Query {
				return find.Query{Text: "有限公司", Keep: func(doc uint32) bool { return doc%1009 == 0 }}
			}},
			{"newest", func() find.Query {
				return find.Query{Text: []string{"公司", "beijing co", "chenglan", "lan"}[r.IntN(4)], Among: newest, Order: func(a, b uint32) int { return int(int64(b) - int64(a)) }}
			}},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, c.name), func(b *testing.B) {
				var times []time.Duration
				for b.Loop() {
					q := c.next()
					q.Limit = 20
					began := time.Now()
					x.Search(q)
					times = append(times, time.Since(began))
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
				b.ReportMetric(float64(times[len(times)-1].Microseconds()), "max-µs")
			})
		}
	}
}

// BenchmarkReplace changes one document after another.
func BenchmarkReplace(b *testing.B) {
	all := firms(10_000)
	x := indexOf(all)
	i := 0
	for b.Loop() {
		f := all[(i*7919)%len(all)]
		x.Replace(uint32(i%len(all)), f[:]...)
		i++
	}
	b.ReportMetric(float64(x.Segments()), "segments")
}
