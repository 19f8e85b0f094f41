package main

import (
	"testing"

	"github.com/openstanding/standing/check"
)

func BenchmarkProfile(b *testing.B) {
	p, _ := populate(1000000)
	cover, _ := p.engine.Law().Cover(activity, "")
	b.Run("restricted", func(b *testing.B) {
		hits := make([]check.Hit, 0, 8)
		i := 0
		for b.Loop() {
			p.engine.CheckInto(cover, p.listed[i%len(p.listed)], p.now, hits)
			i++
		}
	})
	b.Run("clear", func(b *testing.B) {
		i := 0
		for b.Loop() {
			p.engine.CheckInto(cover, p.clear[i%len(p.clear)], p.now, nil)
			i++
		}
	})
}
