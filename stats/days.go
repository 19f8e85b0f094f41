package stats

import "github.com/openstanding/standing"

// Durations are counted to the day up to two years, then in spans of 30 days up
// to 26 years, of which the middle is given: at most 15 days off. Longer ones
// count as of 26 years.
const (
	exactDays  = 730
	coarseDays = 30
	buckets    = exactDays + 1 + 293
)

// bucketOf is the bucket of a span of time. A day begun counts.
func bucketOf(span standing.Interval) int {
	days := (int64(span.Until) - int64(span.From) + 86399) / 86400
	switch {
	case days <= exactDays:
		return int(max(days, 0))
	case days > exactDays+coarseDays*(buckets-exactDays-1):
		return buckets - 1
	}
	return exactDays + 1 + int(days-exactDays-1)/coarseDays
}

// daysOf is the number of days that a bucket stands for.
func daysOf(bucket int) int {
	if bucket <= exactDays {
		return bucket
	}
	return exactDays + (bucket-exactDays-1)*coarseDays + coarseDays/2
}

// median is the number of days within which half of those counted had ended; 0
// when none did.
func median(counts []int32) int {
	var all int64
	for _, n := range counts {
		all += int64(n)
	}
	var seen int64
	for bucket, n := range counts {
		if seen += int64(n); n > 0 && 2*seen >= all {
			return daysOf(bucket)
		}
	}
	return 0
}
