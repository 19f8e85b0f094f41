package bulk_test

import (
	"context"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/openstanding/standing/bulk"
)

// BenchmarkPublish writes whole issues of 1,000,000 parties and 200,000 entries:
// the first, and the next, in which one row of a hundred differs.
func BenchmarkPublish(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000} {
		b.Run("first/"+strconv.Itoa(size), func(b *testing.B) {
			for b.Loop() {
				published(b, b.TempDir(), country{parties: size, listings: size / 5, changed: 100}, 0)
			}
		})
		b.Run("next/"+strconv.Itoa(size), func(b *testing.B) {
			dir := b.TempDir()
			day := 0
			published(b, dir, country{parties: size, listings: size / 5, changed: 100}, 0)
			for b.Loop() {
				day++
				published(b, dir, country{parties: size, listings: size / 5, changed: 100, day: day}, day)
			}
		})
	}
}

func published(b *testing.B, dir string, c country, day int) {
	start := time.Now()
	index, err := bulk.Publish(context.Background(), dir, c, nil, on(day))
	if err != nil {
		b.Fatal(err)
	}
	bytes := int64(0)
	for _, f := range index.Files {
		bytes += f.Bytes
	}
	b.ReportMetric(time.Since(start).Seconds(), "s/issue")
	b.ReportMetric(float64(bytes)/1e6, "MB")
	b.ReportMetric(peak(b), "peak-MB")
}

// peak is the most memory that the process ever held, where the system says so.
func peak(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Logf("peak memory is not known here: %v", err)
		return 0
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	kb, _ := strconv.Atoi(string(m[1]))
	return float64(kb) / 1e3
}

// BenchmarkParquet writes the parties as Parquet alone.
func BenchmarkParquet(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000, 4_000_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			for b.Loop() {
				start := time.Now()
				f, err := bulk.Columns(context.Background(), b.TempDir(), country{parties: size, listings: size / 5}, on(0))
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(start).Seconds(), "s/issue")
				b.ReportMetric(float64(f.Bytes)/1e6, "MB")
				b.ReportMetric(peak(b), "peak-MB")
			}
		})
	}
}
