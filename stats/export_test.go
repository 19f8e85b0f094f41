package stats

// Published is what is published of persons in boxes by region.
func Published(boxes map[string]int32, where string, own bool) int32 {
	l := &list{boxes: map[string]*box{}}
	for at, n := range boxes {
		l.box(at).add(boxInForce, n)
	}
	if out := l.published(where, own); len(out) > 0 {
		return out[boxInForce]
	}
	return 0
}

// BucketOf and DaysOf are the buckets of durations.
var (
	BucketOf = bucketOf
	DaysOf   = daysOf
)
