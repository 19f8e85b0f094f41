package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// bulk measures what publishing costs, each size in a process of its own, so
// that its peak memory is its own: the parties as Parquet alone, and a whole
// issue in all formats. The rows are made as they are read.
func (b *bench) bulk() error {
	for _, m := range []struct {
		what, name, goal string
		seconds          float64
	}{
		{"bulk export of 10 thousand parties as Parquet", "Parquet/10000", "", 20},
		{"bulk export of 1 million parties as Parquet", "Parquet/1000000", "20 s, constant memory", 20},
		{"bulk export of 4 million parties as Parquet", "Parquet/4000000", "memory as at 1 million", 80},
		{"whole issue, 10 thousand parties", "Publish/first/10000", "", 60},
		{"whole issue, 1 million parties and 200 thousand entries", "Publish/first/1000000", "", 60},
		{"next issue with its deltas, one row of a hundred changed", "Publish/next/1000000", "", 60},
	} {
		out, err := exec.Command("go", "test", "-run", "^$", "-bench", "^Benchmark"+m.name+"$", "-benchtime", "1x", "-timeout", "1h", "./bulk").CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", m.name, err, out)
		}
		seconds, size, peak := metric(out, "s/issue"), metric(out, "MB"), metric(out, "peak-MB")
		b.add(m.what, seconds > 0 && seconds <= m.seconds && peak < 400, fmt.Sprintf("%.1f s, peak %.0f MB, files %.1f MB", seconds, peak, size), m.goal, "")
	}
	return nil
}

// metric reads a figure of a benchmark's line; 0 if it has none.
func metric(out []byte, unit string) float64 {
	m := regexp.MustCompile(`([0-9.]+) ` + regexp.QuoteMeta(unit) + `(\s|$)`).FindSubmatch(out)
	if m == nil {
		return 0
	}
	v, _ := strconv.ParseFloat(string(m[1]), 64)
	return v
}
